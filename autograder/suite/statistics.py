"""Checks of random answers by exact laws: each fails a correct answer once in 1/ALPHA cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from autograder.suite.comparison import fail

ALPHA = 1e-9
"""How often each of these checks fails a correct answer. Count them: a submission's sum matters."""

FAR = 2.5
"""Standard deviations from 0: normal draws get there, those of some laws much like it never."""


@dataclass(frozen=True)
class Normal:
    """The normal law with mean 0."""

    std: float

    def cdf(self, x: np.ndarray) -> np.ndarray:
        """The distribution function."""
        return np.asarray(special.ndtr(x / self.std))

    def scores(self, x: np.ndarray) -> np.ndarray:
        """The draws as standard normal ones."""
        return x / self.std


@dataclass(frozen=True)
class Uniform:
    """The uniform law between -bound and bound."""

    bound: float

    @property
    def std(self) -> float:
        """The standard deviation."""
        return float(self.bound / np.sqrt(3))

    def cdf(self, x: np.ndarray) -> np.ndarray:
        """The distribution function."""
        return np.clip((x / self.bound + 1) / 2, 0, 1)

    def scores(self, x: np.ndarray) -> np.ndarray:
        """The draws as standard normal ones."""
        # A draw may be a bound itself, up to rounding; that is no infinite score.
        return np.asarray(special.ndtri(np.clip(self.cdf(x), 2**-54, 1 - 2**-53)))


def second_moment(sample: np.ndarray, law: Normal | Uniform, name: str = "the result") -> None:
    """Compare the spread of independent draws with that of a law.

    Notes
    -----
    The false-alarm rate is ALPHA, exactly: as standard normal draws, which the law turns them into,
    they have a chi-squared sum of squares. For a normal law they are these draws but for a factor.
    """
    __tracebackhide__ = True
    largest = float(np.abs(sample).max())
    if isinstance(law, Uniform) and largest > law.bound * (1 + 1e-6):
        fail(f"the entries of {name} reach {largest:.4g}, expected at most {law.bound:.4g}.")
    found = float(np.sqrt((sample**2).mean()))
    _judge(
        second_moment_p(sample, law),
        f"the entries of {name} have a root mean square of {found:.4g}, expected {law.std:.4g}",
    )


def second_moment_p(sample: np.ndarray, law: Normal | Uniform) -> float:
    """The two-sided p-value of `second_moment`."""
    total = float((law.scores(sample) ** 2).sum())
    return float(2 * min(special.chdtr(sample.size, total), special.chdtrc(sample.size, total)))


def follows(
    sample: np.ndarray, cdf: Callable[[np.ndarray], np.ndarray], name: str = "the result"
) -> None:
    """Compare the distribution of independent draws with a continuous one.

    Notes
    -----
    The false-alarm rate is at most ALPHA, whatever the distribution and the size of the sample: the
    inequality of Dvoretzky, Kiefer and Wolfowitz, with Massart's constant, bounds the law of the
    largest distance of the two distribution functions, and is sharp where it is improbable. A
    sample that repeats itself in a tenth of its entries, with either sign, is refused as well;
    independent draws practically never do.
    """
    __tracebackhide__ = True
    different = np.unique(np.abs(sample)).size
    if different < 0.9 * sample.size:
        what = f"the {sample.size} entries of {name}"
        fail(f"{what} have only {different} different values, apart from their signs.")
    at, distance = _largest_distance(sample, cdf)
    found, expected = (sample <= at).mean(), float(cdf(np.array(at)))
    _judge(
        _distance_p(distance, sample.size),
        f"{found:.1%} of the entries of {name} are at most {at:.3g}, expected {expected:.1%}",
    )


def follows_p(sample: np.ndarray, cdf: Callable[[np.ndarray], np.ndarray]) -> float:
    """The p-value of `follows`."""
    return _distance_p(_largest_distance(sample, cdf)[1], sample.size)


def normal_shape(sample: np.ndarray, rng: np.random.Generator, name: str = "the result") -> None:
    """Check that independent draws are normal with mean 0, whatever their variance.

    Notes
    -----
    The false-alarm rate is that of `follows` and that of `proportion`, so at most 2 ALPHA: the
    distance of two distribution functions tells little about their tails. The direction of a vector
    of such draws is uniform and independent of its length; so with a new length, drawn from `rng`,
    the draws are standard normal. The sample must not come from `rng` itself.
    """
    __tracebackhide__ = True
    normal = standardised(sample, rng)
    follows(normal, Normal(1).cdf, f"{name}, standardised,")
    what = f"entries of {name}, standardised, are larger than {FAR} or smaller than -{FAR}"
    proportion(int((np.abs(normal) > FAR).sum()), normal.size, 2 * special.ndtr(-FAR), what)


def standardised(sample: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The sample as a vector of the length that as many standard normal draws would have."""
    length = float(np.linalg.norm(sample)) or 1.0
    return sample.ravel() / length * np.sqrt(rng.chisquare(sample.size))


def uniform_shape(sample: np.ndarray, name: str = "the result") -> None:
    """Check that independent draws are uniform between -a and a, whatever a is.

    Notes
    -----
    The false-alarm rate is that of `follows`. Beside the largest of such draws, the others are
    independent and uniform up to it.
    """
    __tracebackhide__ = True
    follows(within_largest(sample), Uniform(1).cdf, f"{name}, divided by the largest,")


def within_largest(sample: np.ndarray) -> np.ndarray:
    """All entries but the largest one in size, in units of that."""
    flat = sample.ravel()
    largest = int(np.argmax(np.abs(flat)))
    return np.delete(flat, largest) / (float(np.abs(flat[largest])) or 1.0)


def proportion(count: int, trials: int, expected: float, name: str) -> None:
    """Compare the share of successes in independent trials with their probability.

    Parameters
    ----------
    count : int
        The number of successes.
    trials : int
        The number of trials.
    expected : float
        The probability of a success.
    name : str
        What is counted, for the message: “{count} of {trials} {name}”.

    Notes
    -----
    The false-alarm rate is at most ALPHA, by the binomial law.
    """
    __tracebackhide__ = True
    _judge(
        proportion_p(count, trials, expected),
        f"{count} of {trials} {name}, expected about {trials * expected:.4g}",
    )


def proportion_p(count: int, trials: int, expected: float) -> float:
    """The two-sided p-value of `proportion`."""
    at_most = special.bdtr(count, trials, expected)
    at_least = special.bdtrc(count - 1, trials, expected) if count else 1.0
    return float(min(1.0, 2 * min(at_most, at_least)))


def _largest_distance(
    sample: np.ndarray, cdf: Callable[[np.ndarray], np.ndarray]
) -> tuple[float, float]:
    """Where the two distribution functions are farthest apart, and how far."""
    ordered = np.sort(sample, axis=None)
    expected, n = cdf(ordered), ordered.size
    gaps = np.maximum(np.arange(1, n + 1) / n - expected, expected - np.arange(n) / n)
    worst = int(np.argmax(gaps))
    return float(ordered[worst]), float(gaps[worst])


def _distance_p(distance: float, n: int) -> float:
    """The bound of Massart (1990) on the chance of a distance at least as large."""
    return float(min(1.0, 2 * np.exp(-2 * n * distance**2)))


def _judge(p: float, finding: str) -> None:
    """Fail if a correct answer would look like this, or worse, with a probability below ALPHA."""
    __tracebackhide__ = True
    if not p >= ALPHA:
        fail(f"{finding}. (By chance this happens to a correct function once in 10^9 times.)")
