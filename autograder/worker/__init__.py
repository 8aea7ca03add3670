"""The process inside the sandbox: runs one notebook's cells, answers calls to its functions."""
