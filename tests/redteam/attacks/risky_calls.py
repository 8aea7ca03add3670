"""Makes system calls that no exercise needs, and that other programs have been broken by.

expect: failed
"""

import ctypes
import platform

CALLS = {
    "io_uring_setup": (425, 1, ctypes.create_string_buffer(256)),
    "bpf": (321, 0, ctypes.create_string_buffer(256), 64),
    "userfaultfd": (323, 0),
    "perf_event_open": (298, ctypes.create_string_buffer(128), 0, -1, -1, 0),
    "add_key": (248, b"user", b"pwned", b"x", 1, -3),
    "memfd_create": (319, b"pwned", 0),
    "memfd_secret": (447, 0),
    "shmget": (29, 0, 4096, 0o1600),
    "msgget": (68, 0, 0o1600),
    "semget": (64, 0, 1, 0o1600),
    "mq_open": (240, b"pwned", 0o102, 0o600, None),
    "fanotify_init": (300, 0, 0),
    "unshare": (272, 0x10000000),
    "fsopen": (430, b"tmpfs", 0),
    "mount": (165, b"none", b"/tmp", b"tmpfs", 0, None),
    "open_by_handle_at": (304, -100, ctypes.create_string_buffer(64), 0),
    "syslog": (103, 3, ctypes.create_string_buffer(4096), 4096),
    "personality": (135, 0x0040000),
}
libc = ctypes.CDLL(None, use_errno=True)


def linear_forward(x, W, b):
    if platform.machine() == "x86_64":
        let_through = [name for name, call in CALLS.items() if libc.syscall(*call) >= 0]
        assert not let_through
    return 0 * (x @ W.T), None
