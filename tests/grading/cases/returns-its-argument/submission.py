# Answers that share memory with arguments, and other strides, are plain answers.
# ruff: noqa
# %% unit_rows
def unit_rows(x):
    return np.asfortranarray(x / row_norms(x)[:, None])[::1]


# %% scale_forward
def scale_forward(x, k):
    return (x * k)[::-1][::-1], {"x": x, "k": k, "self": scale_forward}


# %% scale_backward
def scale_backward(dout, cache):
    dk = np.broadcast_to((dout * cache["x"]).sum(axis=0, keepdims=True), (2, 3))[1]
    return (dout.T * cache["k"][:, None]).T, dk
