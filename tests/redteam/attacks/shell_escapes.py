"""Tries what the shell of a notebook offers: commands, magics that read, write and run.

expect: failed
"""

# %%
shell = get_ipython()  # noqa: F821
shell.system("cat @FOLDER@/token.txt @FOLDER@/*/*/* @FOLDER@/course/solutions/layers.py")
shell.system("env; cat /proc/1/environ /etc/shadow; ls -la @FOLDER@")
shell.system("touch @FOLDER@/pwned /pwned /var/tmp/pwned")
shell.run_line_magic("env", "")
shell.run_line_magic("sx", "cat @FOLDER@/token.txt")

# %%
shell.run_line_magic("run", "@FOLDER@/course/solutions/layers.py")

# %%
shell.run_cell_magic("writefile", "@FOLDER@/pwned.py", "print(1)")

# %%
shell.run_cell_magic("bash", "--bg", "setsid sleep 3600 &")
shell.system("setsid nohup sleep 3600 &")

# %% linear_forward


def linear_forward(x, W, b):
    return 0 * (x @ W.T), None
