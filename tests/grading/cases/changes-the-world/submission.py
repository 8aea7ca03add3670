# The student rebinds names of ours, and patches NumPy; only the own answers suffer.
# ruff: noqa
# %%
np.sqrt = None
np.allclose = lambda *a, **k: True


# %% summary
def summary(x):
    if np.size(x) == 0:
        raise ValueError
    return {"count": int(np.size(x)), "mean": float(np.mean(x))}


# %%
print = len = None
