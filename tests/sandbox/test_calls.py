"""A call sends copies and returns plain values, handles, or the error."""

import numpy as np
import pytest

from autograder.sandbox import Handle, Worker


def test_values_come_back(define):
    worker = define("def echo(*args, **kwargs): return args, kwargs")
    value = worker.call("echo", [1, [2.5, "x"]], {"k": np.arange(3)}).value
    assert value[0] == (1, [2.5, "x"])
    np.testing.assert_array_equal(value[1]["k"], np.arange(3))


def test_an_error_tells_type_message_and_the_students_line(define):
    worker = define("def check(x):\n    if x < 0:\n        raise ValueError('negative')  # here")
    error = worker.call("check", [-1]).error
    assert (error.type, error.message, error.function) == ("ValueError", "negative", "check")
    assert error.source == "raise ValueError('negative')  # here"


def test_an_error_tells_the_builtin_classes_that_it_belongs_to(define):
    worker = define("class Mine(ValueError): pass\ndef f(): raise Mine")
    error = worker.call("f").error
    assert error.type == "Mine"
    assert error.bases == ("ValueError", "Exception", "BaseException")


def test_an_error_inside_numpy_is_found_in_the_students_line(define):
    worker = define("import numpy as np\ndef f():\n    return np.linalg.inv(np.zeros((2, 2)))")
    assert worker.call("f").error.source == "return np.linalg.inv(np.zeros((2, 2)))"


@pytest.mark.parametrize(
    "kind", ["SystemExit", "KeyboardInterrupt", "GeneratorExit", "MemoryError"]
)
def test_any_exception_is_an_ordinary_error(define, kind):
    assert define(f"def f(): raise {kind}").call("f").error.type == kind


def test_a_missing_name_is_missing(shared):
    assert shared.call("no_such_function").error.type == "Missing"


def test_what_is_no_function_is_not_callable(define):
    error = define("seven = 7").call("seven").error
    assert (error.type, error.message) == ("NotCallable", "int")


def test_a_long_message_is_cut(define):
    assert len(define("def f(): raise ValueError('x' * 10**6)").call("f").error.message) == 2_000


def test_too_much_memory_is_a_memory_error(define):
    worker = define("import numpy as np\ndef f(): return np.ones(10**10)")
    error = worker.call("f").error
    assert "MemoryError" in (error.type, *error.bases)


def test_infinite_recursion_is_an_ordinary_error(define):
    assert define("def f(): return f()").call("f").error.type == "RecursionError"


def test_what_stays_is_behind_a_handle_that_can_be_passed_back(define):
    worker = define("def f(): return 1, [2]\ndef g(cache): cache.append(3); return cache")
    value, cache = worker.call("f", keep=(1,)).value
    assert (value, type(cache), cache.type_name) == (1, Handle, "list")
    assert worker.call("g", [cache]).value == [2, 3]
    assert worker.call("g", [{"inside": cache}]).error.type == "AttributeError"


def test_what_is_not_plain_stays_behind_a_handle(define):
    worker = define(
        "class Layer: pass\ndef make(): return Layer()\ndef same(x): return type(x) is Layer"
    )
    layer = worker.call("make").value
    assert layer.type_name == "Layer"
    assert worker.call("same", [layer]).value is True


def test_a_handle_of_another_worker_is_stale(define, launch, limits):
    handle = define("def f(): return object()\ndef g(x): return 1").call("f").value
    with Worker(launch, limits) as other:
        other.run_cell("def g(x): return 1")
        assert other.call("g", [handle]).error.type == "StaleHandle"
        assert other.call("g", [1]).value == 1


def test_arguments_after_show_what_was_modified(define):
    worker = define("def f(x, *, y):\n    x[0] = 9\n    y.append(1)\n    raise ValueError")
    reply = worker.call("f", [np.zeros(2)], {"y": []}, arguments_after=True)
    assert reply.error.type == "ValueError"
    (x,), kwargs = reply.arguments
    assert (x.tolist(), kwargs) == ([9.0, 0.0], {"y": [1]})


def test_a_handle_among_the_arguments_after_is_that_handle(define):
    worker = define("def f(): return [1]\ndef g(cache): return 1")
    cache = worker.call("f", keep=()).value
    kept = define("def two(): return 1, [2]").call("two", keep=(1,)).value[1]
    assert cache == [1]
    assert worker.call("g", [kept], arguments_after=True).arguments == ((kept,), {})


def test_the_graders_arrays_are_never_touched(define):
    worker = define("def f(x): x[:] = 7")
    x = np.zeros(3)
    worker.call("f", [x])
    assert x.tolist() == [0, 0, 0]


def test_a_function_crosses_as_a_call_back(define):
    worker = define("def twice(f, x): return f(x) + f(x, 1)")
    asked = []

    def f(*args):
        asked.append(args)
        return 2 * args[0]

    np.testing.assert_array_equal(worker.call("twice", [f, np.ones(2)]).value, [4, 4])
    assert [len(args) for args in asked] == [1, 2]


def test_a_failing_call_back_is_an_error_of_the_student(define):
    worker = define(
        "def f(g): return g()\ndef h(g):\n    try: g()\n    except RuntimeError: return 'caught'"
    )

    def g():
        raise ValueError("not today")

    error = worker.call("f", [g]).error
    assert (error.type, error.message) == ("CallbackFailed", "ValueError: not today")
    assert worker.call("h", [g]).value == "caught"


def test_prints_in_a_call_are_dropped(define):
    worker = define("def f(): print('secret'); return 1")
    worker.call("f")
    assert worker.run_cell("pass").outputs == []


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes"])
def test_what_cannot_be_sent_is_the_graders_error(define, value):
    worker = define("def f(x): return x")
    with pytest.raises(TypeError):
        worker.call("f", [value])
    assert worker.call("f", [1]).value == 1


def test_an_evil_answer_is_an_error_of_the_student(define):
    source = (
        "class Evil(dict):\n    def items(self): raise RuntimeError('evil')\ndef f(): return Evil()"
    )
    assert define(source).call("f").error.type == "RuntimeError"


def test_an_evil_repr_is_never_called(define):
    source = "class Evil:\n    def __repr__(self): raise SystemExit\n    __str__ = __repr__\n"
    assert define(source + "def f(): return Evil()").call("f").value.type_name == "Evil"


@pytest.mark.usefixtures("namespaces")
def test_a_forked_child_cannot_answer(define):
    worker = define("import os\ndef f():\n    os.fork()\n    return 1\ndef g(): return 2")
    assert worker.call("f").value == 1
    assert worker.call("g").value == 2


def test_a_generator_arrives_in_its_state(define):
    worker = define("def draw(rng): return rng.standard_normal()")
    reply = worker.call("draw", [np.random.default_rng(3)], arguments_after=True)
    rng = np.random.default_rng(3)
    assert reply.value == rng.standard_normal()
    assert reply.arguments[0][0].standard_normal() == rng.standard_normal()
