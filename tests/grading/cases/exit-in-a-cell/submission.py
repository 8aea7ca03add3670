# A cell of the student's own ends the process; the notebook goes on without it.
# ruff: noqa
# %%
import os

# %%
os._exit(0)
