"""Asks for the function that it was given without end.

expect: flood
aims: numerical_gradient
"""

# %% numerical_gradient


def numerical_gradient(f, x):
    while True:
        f(x)
