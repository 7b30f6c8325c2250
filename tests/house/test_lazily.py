"""A class whose methods are written later is the class that the standard library would have made."""

import copy
import pickle
import threading
from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from typing import Any

import pytest

from decide import lazily


def classes(dataclass: Callable[..., Any]) -> tuple[Any, Any, Any]:
    """A base, a class with a field of every sort, and one that is not frozen."""

    @dataclass(frozen=True)
    class Base:
        """The first field."""

        held: int

    @dataclass(frozen=True, kw_only=True)
    class Thing(Base):
        """More of them."""

        self_: str = "x"
        listed: list[int] = field(default_factory=list, compare=False)
        hidden: int = field(default=3, repr=False, compare=False)
        later: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

        def __post_init__(self) -> None:
            self.later["made"] = self.held

    @dataclass
    class Open:
        """No field has a default."""

        a: int
        b: int

    return Base, Thing, Open


@pytest.fixture(params=[dataclass, lazily.dataclass], ids=["standard", "lazily"])
def kinds(request: pytest.FixtureRequest) -> tuple[Any, Any, Any]:
    """The same classes, made by both."""
    return classes(request.param)


def test_values_are_compared_hashed_and_shown(kinds: tuple[Any, Any, Any]) -> None:
    base, thing, plain = kinds
    assert base(1) == base(1) != base(2)
    assert base(1) != thing(1)
    assert thing(1, listed=[1], hidden=9) == thing(held=1)
    assert hash(thing(1, listed=[1])) == hash(thing(1))
    assert repr(thing(1, hidden=9)).endswith("Thing(held=1, self_='x', listed=[])")
    assert thing(1).later == {"made": 1}
    assert thing(1).listed is not thing(1).listed
    assert plain(1, 2) == plain(a=1, b=2)
    with pytest.raises(TypeError):
        hash(plain(1, 2))
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'b'"):
        plain(1)
    with pytest.raises(TypeError):
        thing(1, "y")


def test_what_is_frozen_stays(kinds: tuple[Any, Any, Any]) -> None:
    _, thing, plain = kinds
    one = thing(1)
    with pytest.raises(FrozenInstanceError):
        one.held = 2
    with pytest.raises(FrozenInstanceError):
        del one.held
    other = plain(1, 2)
    other.a = 5
    assert other.a == 5


def test_fields_are_known_before_an_instance_is(kinds: tuple[Any, Any, Any]) -> None:
    _, thing, _ = kinds
    assert is_dataclass(thing)
    assert [one.name for one in fields(thing)] == ["held", "self_", "listed", "hidden", "later"]
    assert replace(thing(1), held=2).later == {"made": 2}
    assert copy.deepcopy(thing(1)) == copy.copy(thing(1)) == thing(1)


@lazily.dataclass(frozen=True)
class Sent:
    """At the top of a module, so that it can be sent."""

    value: int


def test_what_another_process_sent_is_whole_before_one_is_made_here() -> None:
    sent = pickle.dumps(Sent(1)).replace(b"Sent", b"Came")
    globals()["Came"] = lazily.dataclass(frozen=True)(type("Came", (), {"__annotations__": {"value": int}}))
    came = pickle.loads(sent)
    assert came == pickle.loads(sent)
    assert hash(came) == hash((1,))
    with pytest.raises(FrozenInstanceError):
        came.value = 2


def test_many_threads_that_make_the_first_at_once_all_get_one() -> None:
    for _ in range(20):
        _, thing, _ = classes(lazily.dataclass)
        start, found = threading.Barrier(8), []

        def make(thing: Any = thing, start: Any = start, found: Any = found) -> None:
            start.wait()
            found.append(thing(1))

        threads = [threading.Thread(target=make) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [thing(1)] * 8


def test_an_unused_class_costs_nothing() -> None:
    _, thing, _ = classes(lazily.dataclass)
    assert isinstance(vars(thing)["__dataclass_fields__"], lazily._Fields)
    thing(1)
    assert not isinstance(vars(thing)["__dataclass_fields__"], lazily._Fields)
