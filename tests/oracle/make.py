"""Makes the golden values: what PyTorch gives for cases drawn at random, one file per oracle.

Run by `make oracle`, in an environment that has NumPy and PyTorch; with --check nothing is
written, and what PyTorch gives now is compared with the files.

An oracle is a module <assignment>/<name>.py with three functions:

    cases(rng)              yields the inputs of every case: a dict of arrays, numbers and strings
    torch_says(case)        a dict of arrays: PyTorch's answer (it imports torch itself)
    we_say(solutions, case) the same dict: ours

Beside it lies <name>.npz, all cases with PyTorch's answers, which test_oracle.py compares with
ours. Inputs that are multiples of 1/8 compress well; keep the files of an assignment below 100 kB.
"""

import json
import math
import runpy
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent
TOLERANCE = 1e-10

Case = tuple[dict[str, Any], dict[str, Any]]


def oracles() -> list[Path]:
    """The modules of all oracles."""
    return sorted(HERE.glob("*/[!_]*.py"))


def load(oracle: Path) -> dict[str, Any]:
    """The functions of an oracle."""
    return runpy.run_path(str(oracle))


def relative_error(found: np.ndarray, expected: np.ndarray) -> float:
    """Norm-wise; infinite for another shape."""
    if np.shape(found) != np.shape(expected):
        return np.inf
    found, expected = np.asarray(found), np.asarray(expected)
    finite = np.isfinite(expected)
    if not np.array_equal(found[~finite], expected[~finite], equal_nan=True):
        return float("inf")
    found, expected = found[finite], expected[finite]
    return float(np.linalg.norm(found - expected) / (np.linalg.norm(expected) or 1.0))


def compute(oracle: Path) -> list[Case]:
    """All cases, each with PyTorch's answer."""
    functions = load(oracle)
    name = f"{oracle.parent.name}/{oracle.stem}"
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    return [(case, functions["torch_says"](case)) for case in functions["cases"](rng)]


def save(target: Path, cases: list[Case]) -> None:
    """Write one vector of all numbers and an index: a thousand small arrays would cost more."""
    index, numbers = [], []
    for number, parts in enumerate(cases):
        for part, values in enumerate(parts):
            for key, value in values.items():
                array = np.asarray(value)
                if array.ndim == 0:
                    index.append([number, part, key, array.item()])
                else:
                    index.append([number, part, key, array.dtype.str, array.shape])
                    numbers.append(array.ravel())
    np.savez_compressed(
        target, index=json.dumps(index), numbers=np.concatenate(numbers, dtype=float)
    )


def stored(oracle: Path) -> list[Case]:
    """The cases in the file, each with PyTorch's answer."""
    with np.load(oracle.with_suffix(".npz")) as file:
        index, numbers = json.loads(file["index"].item()), file["numbers"]
    cases: dict[int, Case] = {}
    for number, part, key, value, *shape in index:
        parts = cases.setdefault(number, ({}, {}))
        if shape:
            taken, numbers = np.split(numbers, [math.prod(shape[0])])
            value = taken.reshape(shape[0]).astype(value)
        parts[part][key] = value
    return list(cases.values())


def differences(oracle: Path) -> Iterator[str]:
    """In what the file differs from what PyTorch gives now."""
    now, then = compute(oracle), stored(oracle)
    if len(now) != len(then):
        yield f"the number of cases ({len(then)}, now {len(now)})"
    for number, (new, old) in enumerate(zip(now, then, strict=False)):
        for part in (0, 1):
            for key in new[part].keys() | old[part].keys():
                if not same(new[part].get(key), old[part].get(key)):
                    yield f"{key} of case {number}"


def same(new: object, old: object) -> bool:
    """Whether two values are equal up to rounding."""
    if np.asarray(new).dtype.kind == "f" and np.asarray(old).dtype.kind == "f":
        return relative_error(np.asarray(new), np.asarray(old)) <= TOLERANCE
    return np.array_equal(np.asarray(new), np.asarray(old))


def main() -> int:
    """Write the files, or compare with them; the exit status."""
    bad = 0
    for oracle in oracles():
        target = oracle.with_suffix(".npz")
        if "--check" not in sys.argv:
            save(target, compute(oracle))
            print(f"{target}: {target.stat().st_size / 1000:.0f} kB")
        elif differ := list(differences(oracle)):
            print(f"{target}: PyTorch gives something else now for {', '.join(differ[:5])}")
            bad = 1
    return bad


if __name__ == "__main__":
    sys.exit(main())
