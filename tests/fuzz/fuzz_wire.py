"""Fuzzes what the grader makes of a worker's bytes: python tests/fuzz/fuzz_wire.py (atheris)."""

import os
import random
import struct
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import msgpack
import numpy as np

LIMIT = 1 << 16
SEAM = b"\xc1\xc1"  # never used by msgpack


class Pipe:
    """A socket from which these bytes can be read, and then no more."""

    def __init__(self, data):
        self.rest = memoryview(data)

    def recv_into(self, target):
        part = self.rest[: len(target)]
        target[: len(part)] = part
        self.rest = self.rest[len(part) :]
        return len(part)


def frame(packed, body=b""):
    """A frame whose header tells the truth."""
    return struct.pack("<4sIQ", b"LWF1", len(packed), len(body)) + packed + body


def taken(data):
    """The message in these bytes as a grader takes it; None if refused as it should be."""
    from autograder.sandbox import Ending, Limits
    from autograder.sandbox.outputs import notebook_outputs
    from autograder.sandbox.values import remote_error
    from autograder.wire import Channel, Closed, TooLarge, WireError
    from autograder.wire.messages import Raised, Ran, from_wire

    with suppress(Closed, TooLarge, WireError):
        message = from_wire(Channel(Pipe(data), LIMIT).receive(lambda mark: mark))
        with suppress(Ending):
            if isinstance(message, Ran):
                notebook_outputs(message.outputs, 1, Limits())
            if isinstance(message, Raised):
                remote_error(message)
        return message
    return None


def one_input(data):
    """A whole frame, or the two parts of one behind a byte that says so."""
    if data[:1] in b"LWF1":
        taken(data)
    else:
        packed, _, body = data[1:].partition(SEAM)
        taken(frame(packed, body))


def seeds():
    """Valid messages of every kind, in both forms."""
    from autograder.wire.messages import Ask, Hello, Overflow, Raised, Ran, Returned, to_wire

    rng = np.random.Generator(np.random.PCG64(7))
    text = {"output_type": "stream", "name": "stdout", "text": "\x1b[31mred"}
    result = {"output_type": "execute_result", "data": {"text/plain": "1"}}
    error = {"output_type": "error", "ename": "E", "evalue": "e", "traceback": ["a"]}
    array, number = np.arange(6.0).reshape(2, 3), np.float32(1.5)
    values = [array, number, True, None, 1j, 10**30, "x" * 2000, rng, {"a": [1], 2: (3.5,)}]
    messages = [Hello(0), Ran(1, [text, result, error], None), Overflow(1, "x")]
    messages += [
        Raised(1, "E", "m", ("Exception",), "f", "x", (values, {})),
        Ask(1, 0, (array,), {}),
    ]
    messages += [Returned(1, value, None) for value in [*values, values]]
    for message in messages:
        packed, body = encoded(to_wire(message))
        yield frame(packed, body)
        yield b"\0" + packed + SEAM + body


def encoded(value):
    """The two parts of a frame."""
    from autograder.wire.encoder import Encoder

    encoder = Encoder(lambda value: value, LIMIT)
    tree = encoder.encode(value)
    buffers = [buffer.tobytes() for buffer in encoder.buffers]
    return msgpack.packb([list(map(len, buffers)), tree]), b"".join(buffers)


TAGS = ["", *"ltdguashfci", "bool", "float64", "object", "PCG64", "1" * 5000]
ODD = [None, True, -1, 2**31, 2**63, 1.5, b"", bytes(8), [], [[]], ["u"], ["i", "-"], *TAGS]


def mutated(node, rng):
    """A tree with one place of it changed: replaced, doubled, dropped or swapped."""
    if not (isinstance(node, list) and node and rng.random() < 0.9):
        return rng.choice(ODD)
    i, j = rng.randrange(len(node)), rng.randrange(len(node))
    changes = {
        "double": [*node[:i], node[i], *node[i:]],
        "drop": node[:i] + node[i + 1 :],
        "swap": [node[j] if k == i else node[i] if k == j else n for k, n in enumerate(node)],
        "nest": [*node[:i], node, *node[i + 1 :]],
    }
    deeper = [*node[:i], mutated(node[i], rng), *node[i + 1 :]]
    return deeper if rng.random() < 0.7 else changes[rng.choice(list(changes))]


def mutation(data, size, seed):
    """Change the tree of a frame in parts; if that can't be done, its bytes."""
    import atheris

    rng = random.Random(seed)
    packed, _, body = data[1:].partition(SEAM)
    with suppress(Exception):
        if data[:1] == b"\0" and rng.random() < 0.7:
            changed = b"\0" + msgpack.packb(mutated(msgpack.unpackb(packed), rng)) + SEAM + body
            return changed if len(changed) <= size else data
    return atheris.Mutate(data, size)


def main():
    """Let atheris mutate the seeds."""
    import atheris

    with atheris.instrument_imports(include=["autograder"]):
        import autograder.sandbox
        import autograder.wire.messages  # noqa: F401
    with tempfile.TemporaryDirectory() as corpus:
        for i, seed in enumerate(seeds()):
            Path(corpus, str(i)).write_bytes(seed)
        os.chdir(corpus)
        options = [*sys.argv, corpus, "-max_len=4096", "-timeout=10"]
        atheris.Setup(options, one_input, custom_mutator=mutation)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
