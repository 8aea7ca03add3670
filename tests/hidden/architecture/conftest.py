"""What the tests share: the digits, and how a network of unknown architecture is examined.

The architecture is the student's own, so little can be compared with the reference. What is
compared are the student's own functions with each other, and with what holds for every network.
Single images are used where a batch would add nothing: a mean over the batch that is wrong costs
its points in one place only.
"""

from pathlib import Path

import numpy as np
import pytest

from autograder.suite import agree, agrees, fail

EPOCHS = 8
CLASSES = 10
STEPS = (1e-6, 1e-7)
MOST_NUMBERS = 100_000

with np.load(Path(__file__).with_name("held_out.npz")) as file:
    DIGITS = {name: file[name] for name in file.files}


class Digits:
    """The images and labels of the notebook, and those that no student has seen."""

    def __init__(self, rng):
        self.rng = rng
        self.x, self.y = arrays("train_images", "train_labels")
        self.unseen, self.answers = arrays("images", "labels")

    def some(self, count):
        """Some of the notebook's digits, in a random order."""
        chosen = self.rng.permutation(len(self.x))[:count]
        return self.x[chosen], self.y[chosen]


def arrays(images, labels):
    """Images as floats from 0 to 1, labels as ints."""
    return DIGITS[images][:, None] / 16, DIGITS[labels].astype(int)


@pytest.fixture
def digits(rng):
    """The digits."""
    return Digits(rng)


@pytest.fixture
def noise(rng):
    """Draws images in which no pixel is exactly 0, so that no ReLU stands on its kink."""
    return lambda count: rng.uniform(0, 1, (count, 1, 8, 8))


@pytest.fixture
def network(student, rng, form):
    """Draws parameters of the student's network, and moves them: those with one axis a lot.

    They are biases and the like, which start at 0, and which nobody must forget.
    """

    def drawn():
        built = form.lenient(student.build_network(rng.spawn(1)[0]))
        moved = rng.spawn(1)[0]

        def move(value):
            most = 0.05 if value.ndim > 1 else 0.5
            return value + moved.uniform(-most, most, value.shape)

        return changed(built, lambda _, value: move(value))

    return drawn


@pytest.fixture
def form(student, rng):
    """What the student's answers have to be, before anything is computed with them."""
    return Form(student, rng)


class Form:
    """Checks the form of answers, and gives them back as plain arrays and floats."""

    epochs = EPOCHS

    def __init__(self, student, rng):
        self.student, self.rng = student, rng

    def strict(self, params):
        """The parameters, exactly as the docstring asks for them."""
        self.lenient(params)
        if not isinstance(params, dict):
            fail(f"the parameters are of type {type(params).__name__}, expected a dict of arrays.")
        for name, value in params.items():
            if not isinstance(name, str):
                fail(f"the key {short(name)} is no text.")
            if not isinstance(value, np.ndarray) or value.dtype != np.float64 or not value.ndim:
                kind = getattr(value, "dtype", type(value).__name__)
                axes = f" with {np.ndim(value)} axes"
                fail(
                    f"under {short(name)} is a value of type {kind}{axes}, expected an array of"
                    " float64 with at least one axis."
                )

    def lenient(self, params):
        """The parameters as arrays of floats: their exact form has its own points.

        They may stand in dicts or lists of dicts or lists, as the student's functions have them.
        """
        if not isinstance(params, dict | list | tuple):
            fail("the parameters are no dict of arrays.")
        values = changed(params, lambda _, value: as_floats(value))
        named = arrays_in(values)
        for name, value in named.items():
            if value is None:
                fail(f"the parameters hold no array of finite numbers under {short(name)}.")
        if not named:
            fail("the parameters hold no array.")
        if sum(value.size for value in named.values()) > MOST_NUMBERS:
            fail(f"the parameters are more than {MOST_NUMBERS} numbers.")
        return values

    @staticmethod
    def arrays(params):
        """Parameters or gradients by name, wherever they stand."""
        return arrays_in(params)

    def loss(self, answer):
        """The loss of an answer (loss, grads), as a float."""
        loss, _ = answer
        agree(loss, 0.0, "loss", tol=np.inf)
        return float(loss)

    def is_random(self, params, x, y):
        """Whether the loss in evaluation is: that has cost its points in network_loss."""
        one, other = (
            self.loss(self.student.network_loss(params, x, y, self.rng.spawn(1)[0], False))
            for _ in range(2)
        )
        return not agrees(one, other)

    def losses_by_label(self, params, image, train=False):
        """The loss of one image with every label, by generators in the same state."""
        seed = self.rng.integers(2**32, size=4)
        found = [
            self.student.network_loss(
                params, image[None], np.array([label]), np.random.default_rng(seed), train
            )
            for label in range(CLASSES)
        ]
        return np.array([self.loss(answer) for answer in found])

    def labels(self, answer, count):
        """The labels, if they are as many ints from 0 to 9."""
        agree(answer, np.zeros(count), "the result", tol=np.inf)
        if answer.dtype.kind not in "iu":
            fail(f"the result has type {answer.dtype}, expected ints.")
        if answer.min() < 0 or answer.max() >= CLASSES:
            fail(f"the labels lie between {answer.min()} and {answer.max()}, expected 0 to 9.")
        return answer

    def history(self, history, epochs):
        """The history as floats, one for each epoch."""
        if isinstance(history, np.ndarray) and history.ndim == 1:
            history = history.tolist()
        agree(history, [0.0] * epochs, "history", tol=np.inf)
        return [float(loss) for loss in history]


def changed(params, change, *place):
    """The parameters with change(name, value) for every array, in the same dicts and lists."""
    if isinstance(params, dict):
        return {key: changed(value, change, *place, key) for key, value in params.items()}
    if isinstance(params, list | tuple):
        return [changed(value, change, *place, i) for i, value in enumerate(params)]
    return change(place[0] if len(place) == 1 else place, params)


def arrays_in(params):
    """The arrays by name: the key in a dict, or all keys and positions that lead to it."""
    found = {}
    changed(params, found.__setitem__)
    return found


def as_floats(value):
    """The value as an array of finite floats; None if it is none."""
    if not isinstance(value, np.ndarray | np.number | int | float):
        return None
    array = np.asarray(value)
    if array.dtype.kind not in "fiu" or not np.isfinite(array).all():
        return None
    return array.astype(float)


def short(name):
    """A key as students may read it."""
    return repr(name)[:40]


class Slopes:
    """The gradients of one batch beside the slopes of its loss, by central differences.

    Each array is moved as a whole, every entry by the same step to a random side: a gradient with
    one wrong entry shows. The same seed gives the same dropout masks.
    """

    def __init__(self, form, params, x, y, rng):
        self.form = form
        self.params, self.x, self.y = params, x, y
        self.seed = rng.integers(2**32, size=4)
        self.signs = rng.spawn(1)[0]

    def answer(self, params):
        """Loss and gradients at some parameters."""
        generator = np.random.default_rng(self.seed)
        return self.form.student.network_loss(params, self.x, self.y, generator, True)

    def gradients(self):
        """The student's gradients, of the right form."""
        loss, grads = self.answer(self.params)
        agree(loss, 0.0, "loss", tol=np.inf)
        agree(grads, self.params, "grads", tol=np.inf)
        return arrays_in(grads)

    def are_met(self, name, gradient):
        """Whether a gradient is the slope, for one of the steps."""
        sign = self.signs.choice([-1.0, 1.0], gradient.shape)
        claimed, size = (gradient * sign).sum(), np.linalg.norm(gradient)
        slopes = [self.slope(name, step * sign, step) for step in STEPS]
        return any(abs(slope - claimed) <= 1e-4 * size + 1e-7 for slope in slopes)

    def slope(self, name, move, step):
        """How the loss changes with one array."""
        up = self.form.loss(self.answer(self.moved(name, move)))
        down = self.form.loss(self.answer(self.moved(name, -move)))
        return (up - down) / (2 * step)

    def moved(self, name, move):
        """The parameters with one array moved."""
        return changed(self.params, lambda other, value: value + move if other == name else value)


@pytest.fixture
def check_gradients(rng, noise, network, form):
    """Checks the gradients of some arrays, in three batches.

    Two of them have to be right: by chance, a ReLU may stand so close to its kink that the
    difference is wrong and not the gradient.
    """

    def check(count, wanted):
        batches = [(noise(count), rng.integers(CLASSES, size=count)) for _ in range(3)]
        right = {}
        for x, y in batches:
            slopes = Slopes(form, network(), x, y, rng)
            for name, gradient in slopes.gradients().items():
                if wanted(gradient):
                    right.setdefault(name, []).append(slopes.are_met(name, gradient))
        for name, verdicts in right.items():
            if sum(verdicts) < 2:
                fail(
                    f"grads[{short(name)}] is not the derivative of the loss. Move that array a"
                    " little, with the same dropout masks: the loss changes by something else."
                )

    return check


@pytest.fixture
def same_again():
    """Checks that a function draws from its generator alone, and remembers nothing.

    NumPy's global generator starts from the arguments of a call: labels of another integer type,
    equal otherwise, give it another state.
    """

    def check(call, seed, y, what):
        """The first answer of call(y, generator), after and before calls with other arguments."""
        call(y[:-2], np.random.default_rng(seed[::-1]))
        first = call(y.astype(np.int64), np.random.default_rng(seed))
        for others in (y[:-2], y):
            call(others, np.random.default_rng(seed[1:]))
        again = call(y.astype(np.int32), np.random.default_rng(seed))
        if not agrees(again, first):
            fail(
                f"gives {what} for two generators in the same state: either not all random numbers"
                " come from rng, or something is remembered from call to call."
            )
        return first

    return check
