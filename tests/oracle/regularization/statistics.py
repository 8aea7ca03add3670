"""torch's KL divergence of normal distributions, ensembles by log_softmax, variances."""


def cases(rng):
    for _ in range(24):
        d, members, classes, points = (int(size) for size in rng.integers(1, 8, 4))
        case = {name: rng.integers(-16, 17, d) / 8 for name in ("mean_q", "mean_p")}
        case |= {name: rng.integers(1, 33, d) / 8 for name in ("std_q", "std_p")}
        case["logits"] = rng.integers(-64, 65, (members, classes + 1)) / 8
        case["grads"] = rng.integers(-16, 17, (members, d)) / 8
        case["preds"] = rng.integers(-16, 17, (members, points)) / 8
        case["truth"] = rng.integers(-16, 17, points) / 8
        yield {**case, "batch": int(rng.integers(1, 20)), "lr": float(rng.uniform(0.01, 1))}


def torch_says(case):
    import torch

    given = {name: torch.tensor(value) for name, value in case.items()}
    law = torch.distributions.Normal
    q, p = law(given["mean_q"], given["std_q"]), law(given["mean_p"], given["std_p"])
    mean_log = torch.log_softmax(given["logits"], dim=1).mean(dim=0)
    noise = torch.var(given["grads"], dim=0, correction=0).sum().item() / case["batch"]
    mean = given["preds"].mean(dim=0)
    return {
        "kl": torch.distributions.kl_divergence(q, p).sum().item(),
        "probabilities": torch.softmax(mean_log, dim=0).numpy(),
        "grad_noise": noise,
        "step_noise": case["lr"] ** 2 * noise,
        "sde_scale": case["lr"] * noise,
        "bias2": torch.nn.functional.mse_loss(mean, given["truth"]).item(),
        "variance": torch.var(given["preds"], dim=0, correction=0).mean().item(),
    }


def we_say(solutions, case):
    laws = [case[name] for name in ("mean_q", "std_q", "mean_p", "std_p")]
    return {
        "kl": solutions.gaussian_kl(*laws),
        "probabilities": solutions.geometric_ensemble(case["logits"]),
        **solutions.noise_scale(case["grads"], case["batch"], case["lr"]),
        **solutions.bias_variance(case["preds"], case["truth"]),
    }
