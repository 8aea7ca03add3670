"""Reference solutions, one module per assignment; their docstrings specify the exercises."""
