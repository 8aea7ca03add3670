# More output than a notebook should hold.
# ruff: noqa
# %%
for i in range(10**5):
    print("a line that nobody will ever read", i)


# %% row_norms
def row_norms(x):
    print("x" * 10**6)
    return np.linalg.norm(x, axis=1)
