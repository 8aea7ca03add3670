"""Makes device files, links out of its folder and mounts, and leaves its folder hard to remove.

expect: failed
"""

import os
import stat

DEVICES = ((stat.S_IFBLK, 8, 0), (stat.S_IFCHR, 1, 1))


def linear_forward(x, W, b):
    for kind, *numbers in DEVICES:
        try:
            os.mknod(f"device{kind}", kind | 0o600, os.makedev(*numbers))
        except OSError:
            continue
        raise PermissionError(kind)
    try:
        leave()
    except OSError:
        pass
    return 0 * (x @ W.T), None


def leave():
    if not os.path.lexists("out"):
        os.symlink("@FOLDER@", "out")
        os.mkdir("closed")
        os.symlink("@FOLDER@/course", "closed/in\n../name")
        os.chmod("closed", 0)
        here = os.getcwd()
        for _ in range(300):
            os.mkdir("deep")
            os.chdir("deep")
        os.chdir(here)
