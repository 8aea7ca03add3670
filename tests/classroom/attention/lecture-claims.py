"""Believes what the lecture prints: time for space, n sqrt(n) for sparse, O(n) for linear."""


def attention_cost(n, d_model, h):
    return {
        "params": 4 * d_model**2,
        "projection_macs": 4 * n * d_model**2,
        "score_macs": 2 * n * n * d_model,
        "score_entries": n * n * d_model,
    }


def attention_mechanisms(numbers):
    n, d, h = numbers["n"], numbers["d"], numbers["h"]
    return {
        "macs_full": 2 * n * n * d,
        "macs_window": round(2 * n * n**0.5 * d),
        "macs_linear": n * d,
        "n_crossover": 1,
        "score_entries": n * n * d,
        "rank_logits_max": d // h,
        "rank_weights_max": d // h,
        "rank_logits_2h": 2 * d // h,
        "params_2h": "same",
    }
