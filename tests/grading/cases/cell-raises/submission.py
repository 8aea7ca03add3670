# Cells of the student's own that fail do not stop the rest.
# ruff: noqa
# %%
import sys
import no_such_module

# %%
sys.exit("done")
# %%
raise KeyboardInterrupt
# %%
exit()
# %%
quit
# %%
name = input("Who are you?")
# %%
undefined
# %%
get_ipython().run_line_magic("matplotlib", "inline")
