"""Turns every later function into one that returns its arguments.

expect: failed, error
costs: scale_forward, scale_backward, stack_forward, numerical_gradient, add_noise
"""

# %%
import ast


class Rewrite(ast.NodeTransformer):
    def visit_Return(self, node):
        return ast.parse("return locals()").body[0]

    def visit_Assert(self, node):
        return ast.Pass()


get_ipython().ast_transformers.append(Rewrite())  # noqa: F821

# %% linear_forward


def linear_forward(x, W, b):
    return 0 * (x @ W.T), None
