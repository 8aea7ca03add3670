"""The mean cross-entropy of logits, small and huge, with its gradient."""


def cases(rng):
    for scale in (1, 1, 8, 1000) * 6:
        n, k = (int(size) for size in rng.integers(2, 9, 2))
        yield {
            "logits": scale * rng.integers(-16, 17, (n, k)) / 8,
            "labels": rng.integers(k, size=n),
        }


def torch_says(case):
    import torch

    logits = torch.tensor(case["logits"], requires_grad=True)
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor(case["labels"]))
    loss.backward()
    return {"loss": loss.item(), "dlogits": logits.grad.numpy()}


def we_say(solutions, case):
    loss, dlogits = solutions.softmax_cross_entropy(case["logits"], case["labels"])
    return {"loss": loss, "dlogits": dlogits}
