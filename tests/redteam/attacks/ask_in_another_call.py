"""Keeps the function that it was given, and asks for it in a later call.

expect: breach
aims: add_noise
costs: numerical_gradient
"""

# %% numerical_gradient


def numerical_gradient(f, x):
    global kept
    kept = f
    return 0 * x


# %% add_noise


def add_noise(rng, x):
    kept(x)
    return x
