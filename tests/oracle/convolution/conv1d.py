"""conv1d_matrix against torch.nn.functional.conv1d, which is cross-correlation."""


def cases(rng):
    """Both modes for kernels shorter and longer than the signal."""
    for mode in ("full", "circular"):
        for _ in range(15):
            m, n = rng.integers(1, 10, 2)
            k, x = rng.integers(-32, 33, m) / 8, rng.integers(-32, 33, n) / 8
            yield {"k": k, "x": x, "mode": mode}


def torch_says(case):
    import torch

    k, x = torch.tensor(case["k"]), torch.tensor(case["x"])
    flipped = k.flip(0)[None, None]
    if case["mode"] == "full":
        y = torch.nn.functional.conv1d(x[None, None], flipped, padding=len(k) - 1)
    else:
        # The signal, repeated to the left until the whole kernel has met it everywhere.
        wound = x.repeat(len(k) + 1)[-(len(x) + len(k) - 1) :]
        y = torch.nn.functional.conv1d(wound[None, None], flipped)
    return {"y": y[0, 0].numpy()}


def we_say(solutions, case):
    k, x = case["k"], case["x"]
    return {"y": solutions.conv1d_matrix(k, len(x), case["mode"]) @ x}
