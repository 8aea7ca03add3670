"""What keeps a model from learning noise by heart: the reference solutions of `regularization`."""

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


def l2_penalty(W: np.ndarray, lam: float) -> tuple[float, np.ndarray]:
    """Give the penalty lam / 2 times the sum of all squared entries of W, and its gradient.

    W is not modified.

    Parameters
    ----------
    W : ndarray of floats, any shape
        The weights: a vector, a matrix, the kernels of a convolution.
    lam : float
        The strength of the penalty, 0 or more.

    Returns
    -------
    penalty : float
        A sum over all entries, not a mean.
    gradient : ndarray, the shape of W
        The gradient of the penalty with respect to W; for lam = 0, zeros.

    References
    ----------
    Lecture, "Regularization Theory", section "L1 and L2 Regularization Mathematics".
    """
    return float(0.5 * lam * (W**2).sum()), lam * W


def sgd_l2(w: np.ndarray, g: np.ndarray, lr: float, lam: float) -> np.ndarray:
    """Make one step of gradient descent on a loss with an L2 penalty.

    The step follows the gradient of loss + lam / 2 ||w||^2. No argument is modified.

    Parameters
    ----------
    w : ndarray of floats, any shape
        The weights before the step.
    g : ndarray of floats, the shape of w
        The gradient of the loss alone, without the penalty.
    lr : float
        The learning rate, > 0.
    lam : float
        The strength of the penalty, 0 or more.

    Returns
    -------
    new_w : ndarray, the shape of w
        The weights after the step.

    References
    ----------
    Lecture, "Regularization Theory", section "L1 and L2 Regularization Mathematics": the step is
    the same as shrinking w first ("weight decay"). That holds for this optimiser only.
    """
    return w - lr * (g + lam * w)


def adam_step(
    w: np.ndarray,
    g: np.ndarray,
    m: np.ndarray,
    v: np.ndarray,
    t: int,
    lr: float,
    lam: float,
    decoupled: bool,
    b1: float = 0.9,
    b2: float = 0.999,
    eps: float = 1e-8,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Make step number t of Adam with an L2 penalty, or of AdamW with decoupled weight decay.

    Adam keeps a running mean m of the gradient and a running mean v of its square, entry by entry:

        m <- b1 m + (1 - b1) gradient
        v <- b2 v + (1 - b2) gradient^2
        w <- w - lr * mhat / (sqrt(vhat) + eps)

    Here mhat = m / (1 - b1^t) and vhat = v / (1 - b2^t) are made from the new m and v: they undo
    that both start from zero. The new m and v that are returned are without this correction.

    * If decoupled is False, the penalty lam / 2 ||w||^2 is a part of the loss: its gradient is
      added to g, and the sum is the gradient above, for m and for v.
    * If decoupled is True, the gradient above is g alone. The weights decay beside it: lr * lam
      times the old w, the one before the step, is subtracted as well.

    No argument is modified.

    Parameters
    ----------
    w : ndarray of floats, any shape
        The weights before the step.
    g : ndarray of floats, the shape of w
        The gradient of the loss alone, without the penalty.
    m, v : ndarray of floats, the shape of w
        The running means before the step, zero before the first step; v is nowhere negative.
    t : int
        The number of this step: 1 for the first.
    lr : float
        The learning rate, > 0.
    lam : float
        The strength of the penalty or of the decay, 0 or more.
    decoupled : bool
        False for Adam with L2, True for AdamW.
    b1, b2 : float
        How much of the running means is kept, at least 0 and less than 1.
    eps : float
        Added to the root, > 0; not always small.

    Returns
    -------
    new_w : ndarray, the shape of w
    new_m : ndarray, the shape of w
    new_v : ndarray, the shape of w

    References
    ----------
    Kingma and Ba (2015), "Adam: a method for stochastic optimization"; Loshchilov and Hutter
    (2019), "Decoupled weight decay regularization", with the constant learning rate lr in the place
    of their schedule, as PyTorch has it.
    """
    if not decoupled:
        g = g + lam * w
    new_m = b1 * m + (1 - b1) * g
    new_v = b2 * v + (1 - b2) * g**2
    step = (new_m / (1 - b1**t)) / (np.sqrt(new_v / (1 - b2**t)) + eps)
    decay = lam * w if decoupled else 0.0
    return w - lr * (step + decay), new_m, new_v


def soft_threshold(w: np.ndarray, t: float) -> np.ndarray:
    """Give the proximal step of the penalty t ||.||_1: for every entry, on its own, the best u.

    The best u makes (u - w)^2 / 2 + t abs(u) as small as possible. Where abs(w) <= t, that is 0,
    and the result is exactly 0 there. w is not modified.

    Parameters
    ----------
    w : ndarray of floats, any shape
        Entries of both signs, and zeros.
    t : float
        The threshold, 0 or more. With 0, nothing changes. All numbers may be small: there is no
        tolerance at the threshold.

    Returns
    -------
    u : ndarray, the shape of w

    References
    ----------
    Beck and Teboulle (2009), "A fast iterative shrinkage-thresholding algorithm for linear inverse
    problems". The lecture, section "L1 and L2 Regularization Mathematics", has the subgradient
    only.
    """
    return np.sign(w) * np.maximum(np.abs(w) - t, 0.0)


def ista(X: np.ndarray, y: np.ndarray, lam: float, steps: int) -> np.ndarray:
    """Fit a linear model with an L1 penalty by proximal gradient steps, starting from w = 0.

    The objective is ||X w - y||^2 / (2 n) + lam ||w||_1, with n the number of examples. Each step
    goes down the gradient of its first term, the second left out, by the step size
    n / ||X||^2, where ||X|| is the largest singular value of X. The soft threshold for the second
    term follows, and it takes the step size into account: step size times lam. There is no bias.
    No argument is modified.

    Parameters
    ----------
    X : ndarray of floats, shape (n, d)
        One example per row; n may be larger or smaller than d. X is not zero.
    y : ndarray of floats, shape (n,)
        The targets.
    lam : float
        The strength of the penalty, 0 or more.
    steps : int
        The number of steps; with 0, w stays zero.

    Returns
    -------
    w : ndarray, shape (d,)
        The weights after that many steps. Those that the last threshold has removed are exactly 0,
        and no others, however small they are.

    References
    ----------
    Beck and Teboulle (2009), "A fast iterative shrinkage-thresholding algorithm for linear inverse
    problems", without the acceleration.
    """
    n, d = X.shape
    lr = n / np.linalg.norm(X, 2) ** 2
    w = np.zeros(d)
    for _ in range(steps):
        w = soft_threshold(w - lr * X.T @ (X @ w - y) / n, lr * lam)
    return w


def map_lambda(prior: str, scale: float, noise_var: float, n: int) -> float:
    """Give the strength of the penalty whose minimum is the mode of the posterior (MAP).

    The model: the weights have independent prior distributions about 0, and every target is
    y_i = x_i . w + noise, for n examples, with independent normal noise of mean 0 and variance
    noise_var. The mode of the posterior distribution of w is the w that minimises

    * with prior "gaussian": ||X w - y||^2 / (2 n) + lam / 2 ||w||^2,
    * with prior "laplace":  ||X w - y||^2 / (2 n) + lam ||w||_1,

    for the lam that is asked for.

    Parameters
    ----------
    prior : str
        "gaussian" or "laplace".
    scale : float
        Of the prior of every weight, > 0. "gaussian": its standard deviation. "laplace": b, for the
        density exp(-abs(w) / b) / (2 b).
    noise_var : float
        The variance of the noise, > 0.
    n : int
        The number of examples, at least 1.

    Returns
    -------
    lam : float

    References
    ----------
    Lecture, "Regularization Theory", section "L1 and L2 Regularization Mathematics", which names
    the two priors, and says that the strength depends on noise and data, but not how.
    """
    if prior == "gaussian":
        return noise_var / (n * scale**2)
    return noise_var / (n * scale)


def dropout_forward(
    x: np.ndarray, keep: float, rng: np.random.Generator, train: bool = True
) -> tuple[np.ndarray, Any]:
    """Drop entries of x at random in training, and scale the others so that the mean stays.

    In training, every entry of x is kept with probability keep, independently of all other entries
    (also of those of other examples, channels and positions) and of what x holds. A kept entry is
    divided by keep, a dropped one becomes exactly 0. So in a small x it can happen that all entries
    are dropped, or none. In evaluation (train=False) out is x, entry by entry. x is not modified.

    Parameters
    ----------
    x : ndarray of floats, any shape
        The activations: (N, D), (N, C, H, W) or any other shape. Entries that are 0 are kept or
        dropped like all others.
    keep : float
        The probability of *keeping* an entry, 0 < keep <= 1. With 1, out is x in training too.
    rng : numpy.random.Generator
        The only source of random numbers: generators in the same state give the same out, and one
        generator gives different ones in one call after the other.
    train : bool
        True in training, False in evaluation.

    Returns
    -------
    out : ndarray, the shape of x
    cache : object
        Whatever your `dropout_backward` needs. It is yours: the grader only hands it back.

    References
    ----------
    Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov (2014), "Dropout: a simple way to
    prevent neural networks from overfitting"; lecture, section "Dropout Theory", where this keep is
    called p.
    """
    if not train:
        return x, None
    mask = (rng.random(x.shape) < keep) / keep
    return x * mask, mask


def dropout_backward(dout: np.ndarray, cache: Any) -> np.ndarray:
    """Give the gradient of sum(dout * out) with respect to x.

    Here `out` is what `dropout_forward` returned together with `cache`, in training (also with
    keep = 1) or in evaluation, with the entries kept and dropped as they were. That holds for
    entries of x that are 0 as well, although out is 0 there in both cases. Nothing is modified,
    neither dout nor what the cache holds: a second call with the same arguments gives the same
    answer.

    Parameters
    ----------
    dout : ndarray of floats, the shape of out
        Gradient of the loss with respect to out; its entries can have any sign and size.
    cache : object
        The second value of `dropout_forward`, as your own function returned it.

    Returns
    -------
    dx : ndarray, the shape of x

    References
    ----------
    As for `dropout_forward`.
    """
    return dout if cache is None else dout * cache


def geometric_ensemble(logits: np.ndarray) -> np.ndarray:
    """Give the normalised geometric mean of the predictions of several classifiers.

    Every member of the ensemble predicts the probabilities softmax(logits of this member). For each
    class, the ensemble takes the geometric mean of the members' probabilities: the M-th root of
    their product. Then it divides these numbers by their sum over the classes. All members count
    the same; one that occurs twice counts twice. logits is not modified.

    Parameters
    ----------
    logits : ndarray of floats, shape (M, K)
        One member per row, one class per column; M >= 1 and K >= 2. Logits may be as large as 1e4
        in size, of either sign, and may differ by as much between members: the answer must be
        right there as well, although single probabilities are then too small for a float.

    Returns
    -------
    probabilities : ndarray, shape (K,)
        They sum to 1.

    References
    ----------
    Baldi and Sadowski (2013), "Understanding dropout"; lecture, section "Dropout Theory". For one
    softmax layer with dropout, the ensemble of all masks equals one pass with scaled weights; for a
    deep network that is an approximation.
    """
    mean = logits.mean(axis=0)
    g = np.exp(mean - mean.max())
    return g / g.sum()


def noise_scale(per_sample_grads: np.ndarray, batch: int, lr: float) -> dict[str, float]:
    """Measure three kinds of noise that mini-batches bring into stochastic gradient descent.

    The training set has n examples, each with its own gradient; the full gradient is their mean. A
    mini-batch is `batch` examples, each drawn uniformly from all n, independently (so an example
    may occur twice), and its gradient g_B is the mean of theirs. The noise of a random vector is
    its mean squared distance from its mean: the sum of the variances of its entries. All three
    numbers are exact: nothing is sampled. per_sample_grads is not modified.

    Parameters
    ----------
    per_sample_grads : ndarray of floats, shape (n, d)
        The gradient of every training example; n >= 1. They are all there are, no sample of more.
    batch : int
        Examples in a mini-batch, at least 1; it may be larger than n.
    lr : float
        The learning rate, > 0.

    Returns
    -------
    noise : dict of float
        "grad_noise": the noise of g_B.
        "step_noise": the noise of the step -lr * g_B.
        "sde_scale": the noise of the steps per unit of time, if a step of gradient descent takes
        the time lr: step_noise / lr.

    References
    ----------
    Smith and Le (2018), "A Bayesian perspective on generalization and stochastic gradient descent".
    The lecture, section "Batch Size and Generalization", has one formula for all three.
    """
    var = per_sample_grads.var(axis=0).sum()
    return {
        "grad_noise": float(var / batch),
        "step_noise": float(lr**2 * var / batch),
        "sde_scale": float(lr * var / batch),
    }


def early_stopping(
    losses: "Sequence[float]", patience: int, min_delta: float = 0.0
) -> tuple[int, int]:
    """Say when training stops, and which epoch's weights are restored.

    Epochs count from 0. Epoch 0 is the first best epoch. A later epoch becomes the best one if its
    loss is smaller than that of the best epoch so far by *more* than min_delta; as long as that
    does not happen, the best epoch and its loss stay what they are. Training stops at the first
    epoch that lies `patience` epochs behind the best one so far (the epoch `patience` after it)
    without being a new best epoch. What comes later is not seen any more. If that never happens,
    training stops at the last epoch. losses is not modified.

    Parameters
    ----------
    losses : sequence of float (a list or an array)
        The validation loss of every epoch: at least one, finite, of any sign and size.
    patience : int
        At least 1.
    min_delta : float
        By how much more than this a loss has to fall to count; 0 or more.

    Returns
    -------
    stop_epoch : int
        The last epoch that is trained.
    best_epoch : int
        The best epoch up to then.

    References
    ----------
    Prechelt (1998), "Early stopping - but when?". The lecture, section "Early Stopping Theory",
    stops when the loss starts to rise; measured curves rise and fall many times.
    """
    best, best_epoch = losses[0], 0
    for epoch, loss in enumerate(losses):
        if loss < best - min_delta:
            best, best_epoch = loss, epoch
        elif epoch - best_epoch >= patience:
            return epoch, best_epoch
    return len(losses) - 1, best_epoch


def gd_shrinkage(eigenvalues: np.ndarray, lr: float, steps: int) -> np.ndarray:
    """Say how far gradient descent has come after some steps, in each direction of the loss.

    The loss is (w - w*)^T H (w - w*) / 2, with its minimum at w*. Gradient descent starts from
    w = 0, and makes `steps` steps with the learning rate lr. Along an eigenvector of H, it has then
    reached the returned factor times w*: 0 is where it started, 1 is the minimum. The factor is
    exact, also where it exceeds 1 since a step was too long. eigenvalues is not modified.

    Parameters
    ----------
    eigenvalues : ndarray of floats, any shape
        Eigenvalues of H, 0 or more, in any order.
    lr : float
        The learning rate, > 0; lr times an eigenvalue is less than 2, but can be 1 or more.
    steps : int
        0 or more.

    Returns
    -------
    factors : ndarray, the shape of eigenvalues

    References
    ----------
    Goodfellow, Bengio and Courville (2016), "Deep learning", section 7.8; Ali, Kolter and
    Tibshirani (2019), "A continuous-time view of early stopping for least squares regression".
    """
    return 1.0 - (1.0 - lr * eigenvalues) ** steps


def ridge_shrinkage(eigenvalues: np.ndarray, alpha: float) -> np.ndarray:
    """Say how far an L2 penalty lets the minimum of a quadratic loss come, in each direction.

    The loss is (w - w*)^T H (w - w*) / 2, with its minimum at w*, and alpha / 2 ||w||^2 is added to
    it. Along an eigenvector of H, the new minimum is the returned factor times w*. (For linear
    regression with the loss ||X w - y||^2 / (2 n), H is X^T X / n.) eigenvalues is not modified.

    Parameters
    ----------
    eigenvalues : ndarray of floats, any shape
        Eigenvalues of H, 0 or more, in any order.
    alpha : float
        The strength of the penalty, > 0.

    Returns
    -------
    factors : ndarray, the shape of eigenvalues

    References
    ----------
    Hoerl and Kennard (1970), "Ridge regression". The lecture, section "Early Stopping Theory", says
    that early stopping is equivalent to one strength; compare with `gd_shrinkage`.
    """
    return eigenvalues / (eigenvalues + alpha)


def bias_variance(preds: np.ndarray, truth: np.ndarray) -> dict[str, float]:
    """Split the error of models of one kind, trained on different training sets, into two parts.

    The mean of (prediction - truth)^2 over all models and test points is the sum of the two, up to
    rounding. No argument is modified.

    Parameters
    ----------
    preds : ndarray of floats, shape (M, P)
        The predictions of M >= 1 models, one per row, at P >= 1 test points. The average over the
        rows stands for the average over all training sets.
    truth : ndarray of floats, shape (P,)
        The true values at the test points, without noise.

    Returns
    -------
    parts : dict of float
        "bias2": the squared distance of the average model from the truth, averaged over the points.
        "variance": the variance of the predictions at a point over the models, about their average
        and divided by M, averaged over the points.

    References
    ----------
    Geman, Bienenstock and Doursat (1992), "Neural networks and the bias/variance dilemma"; lecture,
    section "Early Stopping Theory". The split is one of the squared error, and of no other loss.
    """
    mean = preds.mean(axis=0)
    return {
        "bias2": float(((mean - truth) ** 2).mean()),
        "variance": float(preds.var(axis=0).mean()),
    }


def gaussian_kl(
    mean_q: np.ndarray, std_q: np.ndarray, mean_p: np.ndarray, std_p: np.ndarray
) -> float:
    """Give the Kullback-Leibler divergence KL(q || p) of two normal distributions.

    It is the mean of log(q(w) / p(w)), natural logarithm, for w drawn from q. Both q and p are
    distributions of a vector w with d independent entries. The result is exact up to rounding, also
    for hundreds of entries with standard deviations of 0.01: nothing is sampled. No argument is
    modified.

    Parameters
    ----------
    mean_q, std_q : ndarray of floats, shape (d,)
        Mean and standard deviation (not variance) of every entry of w under q, the posterior.
    mean_p, std_p : ndarray of floats, shape (d,)
        The same under p, the prior. All standard deviations are > 0.

    Returns
    -------
    kl : float
        Of the distributions of the whole vector, 0 or more.

    References
    ----------
    Kullback and Leibler (1951), "On information and sufficiency".
    """
    ratio = std_q / std_p
    return float((-np.log(ratio) + (ratio**2 + ((mean_q - mean_p) / std_p) ** 2 - 1) / 2).sum())


def pac_bayes_bound(train_error: float, kl: float, n: int, delta: float) -> float:
    """Bound the true error of a randomised classifier by its training error and a divergence.

    The bound is

        train_error + sqrt((kl + log(2 sqrt(n) / delta)) / (2 n)),

    with the natural logarithm. The examples have to be drawn independently, from the distribution
    that the true error is about, and an error has to lie between 0 and 1. Then, with probability at
    least 1 - delta over the training set, the bound holds for all posteriors at once. It can exceed
    1, and then says nothing; it is not clipped.

    Parameters
    ----------
    train_error : float
        The mean error on the training set, from 0 to 1 (both included), of classifiers drawn from
        the posterior.
    kl : float
        KL(posterior || prior), 0 or more. The prior has to be chosen without the training set.
    n : int
        The number of training examples.
    delta : float
        The probability with which the bound may fail.

    Returns
    -------
    bound : float

    Raises
    ------
    ValueError
        If n < 1, or if delta is not between 0 and 1 (0 and 1 themselves are not allowed).

    References
    ----------
    McAllester (1999), "PAC-Bayesian model averaging", with the constant of Maurer (2004), "A note
    on the PAC Bayesian theorem". The lecture, section "Batch Size and Generalization", puts the
    number of parameters where the divergence belongs.
    """
    if n < 1 or not 0 < delta < 1:
        raise ValueError("n must be at least 1, and delta between 0 and 1")
    return float(train_error + np.sqrt((kl + np.log(2 * np.sqrt(n) / delta)) / (2 * n)))


def combined_regularizers_numbers(student: str) -> dict[str, Any]:
    """Draw the numbers of the question on regularisers that work together for one student.

    Parameters
    ----------
    student : str
        The student's id, the one used for submission.

    Returns
    -------
    numbers : dict
        "x", a list of four rows of three features; "keep", "lam", "lr", "decay", "decay_steps" and
        "norm"; "pair": "L2 and dropout" or "two dropouts".
    """
    import hashlib

    draw = hashlib.sha256(f"combined_regularizers {student}".encode()).digest()
    sizes = [(0.2, 0.9, -2.5), (2.5, -0.2, 0.9), (-0.9, 2.5, 0.2)][draw[0] % 3]
    return {
        # In every feature the examples differ, each by another factor around 1.
        "x": [
            [
                round(sizes[j] * (0.5 + (i + j) % 4 * 0.3 + draw[4 * i + j + 4] / 1600), 2)
                for j in range(3)
            ]
            for i in range(4)
        ],
        "keep": (0.3, 0.35, 0.4, 0.6, 0.7, 0.8)[draw[1] % 6],
        "lam": round(0.2 + draw[2] % 40 / 100, 2),
        # Such that w is clearly longer than 1 after its decay, and that many decays do not add up.
        "lr": (0.2, 0.25, 0.3)[draw[3] % 3],
        "decay": (0.2, 0.3, 0.4, 0.5)[draw[20] % 4],
        "decay_steps": 4 + draw[21] % 5,
        "norm": round(4.5 + draw[22] % 30 / 10, 1),
        "pair": ("L2 and dropout", "two dropouts")[draw[23] % 2],
    }


def combined_regularizers(numbers: dict[str, Any]) -> dict[str, Any]:
    """Answer the question on regularisers that work together for the numbers you were given.

    You may compute the answers, with functions of your own as well, or write them down as literals:
    the function is called with your own numbers only.

    "Linear regression": the loss is the mean of (y_i - w . x_i)^2 / 2 over the examples, whose
    inputs x_i are the rows of `x`; the targets y_i do not matter. Inverted dropout with probability
    `keep` of keeping is put on the inputs: every feature of every example has its own mask. The
    penalty `lam` / 2 ||w||^2 is added. Averaged over all masks, the result is the loss without
    dropout plus a sum over the features j of lambda_eff_j / 2 times w_j^2.

    "Batch norm": the weight vector w of a unit before batch norm; multiplied by any positive
    number, it gives the same loss. Its length ||w|| is `norm` now. First, weight decay alone acts
    `decay_steps` times, and each time multiplies w by 1 - lr * decay. Then follows one step of
    gradient descent on the loss, w - lr * gradient, without decay. Afterwards only the direction of
    w matters. It is the direction which gradient descent reaches from w / ||w||, with its gradient
    there, in one step with another learning rate: lr_eff.

    "Adding up": in linear regression, two regularisers work at the same time. `pair` says which:
    "L2 and dropout", as above; or "two dropouts", two layers of inverted dropout on the inputs, one
    behind the other, each with its own independent masks and its own keep, less than 1.

    Parameters
    ----------
    numbers : dict
        From `combined_regularizers_numbers`.

    Returns
    -------
    claims : dict
        "lambda_eff": list (or array) of three floats, lambda_eff_j for every feature of linear
        regression, each to within 1 %.
        "lr_eff": float, the learning rate lr_eff of batch norm, to within 1 %.
        "adds_up": bool (True or False), whether for every feature the lambda_eff_j of your pair
        together is the sum of the lambda_eff_j of the two, each of them used alone.

    References
    ----------
    Wager, Wang and Liang (2013), "Dropout training as adaptive regularization"; van Laarhoven
    (2017), "L2 regularization versus batch and weight normalization". The lecture, "Advanced
    Understanding Questions", the one on interaction, has "multiplicative weight decay" and
    "stochastic weight zeroing".
    """
    x, keep = np.array(numbers["x"]), numbers["keep"]
    lambda_eff = numbers["lam"] + (1 - keep) / keep * (x**2).mean(axis=0)
    norm = numbers["norm"] * (1 - numbers["lr"] * numbers["decay"]) ** numbers["decay_steps"]
    return {
        "lambda_eff": lambda_eff.tolist(),
        "lr_eff": numbers["lr"] / norm**2,
        "adds_up": numbers["pair"] == "L2 and dropout",
    }


def dropout_strength_numbers(student: str) -> dict[str, Any]:
    """Draw the numbers of the question on the strength of dropout for one student.

    Parameters
    ----------
    student : str
        The student's id, the one used for submission.

    Returns
    -------
    numbers : dict
        "keep" and "activation"; "runs", a list of [keep, training loss, validation loss]; "factor",
        "capacity" and "data".
    """
    import hashlib

    draw = hashlib.sha256(f"dropout_strength {student}".encode()).digest()
    keeps = [0.3, 0.4, 0.55, 0.65, 0.75, 0.85, 0.95]
    best = 2 + draw[2] % 4
    train = [0.62 - 0.08 * i + draw[4 + i] % 6 / 100 for i in range(7)]
    val = [0.66 + (0.05 * abs(i - best) + draw[12 + i] % 4 / 100) * (i != best) for i in range(7)]
    order = sorted(range(7), key=lambda i: draw[20 + i])
    ratio = (0.2, 0.5, 1.5, 1.8, 40.0, 200.0)[draw[27] % 6]
    data = 1000 * (20 + draw[28] % 60)
    return {
        "keep": (0.3, 0.4, 0.6, 0.7, 0.75, 0.8)[draw[0] % 6],
        "activation": round(2.2 + draw[1] % 20 / 10, 1),
        "runs": [[keeps[i], round(train[i], 2), round(val[i], 2)] for i in order],
        "factor": (0.6, 0.8, 1.2)[draw[29] % 3],
        "capacity": round(ratio * data),
        "data": data,
    }


def dropout_strength(numbers: dict[str, Any]) -> dict[str, Any]:
    """Answer the question on the strength of dropout for the numbers you were given.

    You may compute the answers or write them down as literals: the function is called with your own
    numbers only.

    Parameters
    ----------
    numbers : dict
        From `dropout_strength_numbers`.

    Returns
    -------
    claims : dict
        "noise_var": float, the variance of what inverted dropout makes of an activation of the
        value `activation`, in training, with the probability `keep` of keeping it; to within 1 %.
        "supported_formula": str, one of "log(capacity / data)", "(1 - keep) / keep",
        "keep / (1 - keep)" and "keep (1 - keep)": what dropout's penalty on a weight is
        proportional to, in linear regression with inverted dropout on the inputs. Data and weights
        are given, and keep varies.
        "best_keep": float, the keep that you take from `runs`: networks that differ in nothing but
        keep, each with its loss on the training set and on the validation set.
        "is_probability": bool (True or False). The lecture has a formula for the best probability
        of *dropping* an entry: proportional to log(capacity / data), natural logarithm. Take
        `factor` for the constant, `capacity` parameters and `data` examples: is
        factor * log(capacity / data) between 0 and 1?

    References
    ----------
    Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov (2014), "Dropout: a simple way to
    prevent neural networks from overfitting"; Wager, Wang and Liang (2013), "Dropout training as
    adaptive regularization". The lecture's formula stands in "Advanced Understanding Questions",
    in the answer to the one on dropout; there is no such law.
    """
    keep = numbers["keep"]
    value = numbers["factor"] * np.log(numbers["capacity"] / numbers["data"])
    return {
        "noise_var": numbers["activation"] ** 2 * (1 - keep) / keep,
        "supported_formula": "(1 - keep) / keep",
        "best_keep": min(numbers["runs"], key=lambda run: run[2])[0],
        "is_probability": bool(0 <= value <= 1),
    }
