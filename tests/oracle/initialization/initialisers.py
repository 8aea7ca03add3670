"""Laws of PyTorch's initialisers: fans, standard deviations and bounds, gains of (leaky) ReLUs."""

import numpy as np

NAMES = {
    "xavier_normal": "xavier_normal_",
    "xavier_uniform": "xavier_uniform_",
    "he_normal": "kaiming_normal_",
    "he_uniform": "kaiming_uniform_",
    "lecun_normal": "kaiming_normal_",
    "lecun_uniform": "kaiming_uniform_",
}


def cases(rng):
    for ndim in (2, 3, 4, 5):
        for name in NAMES:
            shape = [int(size) for size in rng.integers(2, 8, ndim)]
            gain = float(rng.uniform(0.5, 2)) if name.startswith("xavier") else 1.0
            case = {"name": name, "shape": np.array(shape), "gain": gain}
            yield {**case, "slope": float(rng.uniform(0, 1))}


def torch_says(case):
    import torch
    from torch.nn import init

    W, unit = (torch.empty(tuple(case["shape"]), dtype=torch.float64) for _ in range(2))
    family, kind = case["name"].split("_")
    options = {
        "xavier": {"gain": case["gain"]},
        "he": {"mode": "fan_in", "nonlinearity": "relu"},
        "lecun": {"mode": "fan_in", "nonlinearity": "linear"},
    }[family]
    torch.manual_seed(1)
    getattr(init, NAMES[case["name"]])(W, **options)
    torch.manual_seed(1)  # the same numbers, of scale 1
    unit.normal_(0, 1) if kind == "normal" else unit.uniform_(-1, 1)
    return {
        "scale": np.median((W / unit).numpy()),
        "fans": np.array(init._calculate_fan_in_and_fan_out(W)),
        "gain of relu": init.calculate_gain("relu"),
        "gain of leaky_relu": init.calculate_gain("leaky_relu", case["slope"]),
    }


def we_say(solutions, case):
    shape = tuple(int(size) for size in case["shape"])
    gain = {"gain": case["gain"]} if case["name"].startswith("xavier") else {}
    W = getattr(solutions, case["name"])(shape, np.random.default_rng(1), **gain)
    again = np.random.default_rng(1)
    is_normal = case["name"].endswith("normal")
    unit = again.standard_normal(shape) if is_normal else again.uniform(-1, 1, shape)
    slope = case["slope"]
    return {
        "scale": np.median(W / unit),
        "fans": np.array(solutions.fans(shape)),
        "gain of relu": solutions.activation_gain(lambda z: np.maximum(z, 0)),
        "gain of leaky_relu": solutions.activation_gain(lambda z: np.where(z > 0, z, slope * z)),
    }
