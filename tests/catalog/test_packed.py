"""What is packed comes back as it was: every value in its type, each item when it is asked for."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
import pytest

from decide.catalog import Catalog
from decide.catalog.compiled import PACKING
from decide.catalog.packed import Later, Packing
from decide.catalog.read import read_file


class Pair(NamedTuple):
    """Two values."""

    first: Any
    second: Any = None


@dataclass(frozen=True)
class Thing:
    """A name, and what has a value that is not told."""

    held: Any
    note: str = ""
    inner: "Thing | None" = None


PLAIN = Packing(Pair, Thing)


def back(value: Any, packing: Packing = PLAIN) -> Any:
    return packing.unpacked(packing.packed(value))


@pytest.mark.parametrize(
    "value",
    [
        (1, 2.5, None, True, "ü \n\x00", (float("inf"), -0.0)),
        {"a": {1: "whole", (2, "b"): 2.0}, None: ()},
        frozenset({"b"}),
        Decimal("1.50"),
        Pair((1, (2,)), Thing({"held": (1,)}, inner=Thing(0, "x"))),
        (1.0, 1, True),
    ],
)
def test_plain_values_come_back_as_they_were(value: Any) -> None:
    assert repr(back(value)) == repr(value)
    assert back(value) == value


def test_arrays_come_back_as_they_were() -> None:
    value = {"b": np.arange(6.0).reshape(2, 3), "c": np.empty((0, 4)), "d": np.array([[True, False, True]])}
    found = back((value, 1))[0]
    for name, array in value.items():
        np.testing.assert_array_equal(found[name], array)
        assert found[name].shape == array.shape
        assert found[name].dtype == array.dtype


@pytest.mark.parametrize("value", [object(), Thing(object()), {1: {2}}, Later([np.zeros(1), object()])])
def test_what_is_not_known_is_not_packed(value: Any) -> None:
    with pytest.raises(TypeError, match="is not kept"):
        PLAIN.packed(value)


@pytest.mark.parametrize(
    "told", ["{}", '{"Unknown":1}', '{"=":9}', '{"=":"array","v":["<f8",[4000],0]}', '{"=":"shared","v":0}', "[", ""]
)
def test_what_is_no_packed_value_is_none(told: str) -> None:
    import json

    head = json.dumps([[], told]).encode()
    assert PLAIN.unpacked(b"%*d" % (8, len(head)) + head) is None
    assert PLAIN.unpacked(told.encode()) is None


def test_a_later_item_is_read_when_it_is_asked_for_and_once() -> None:
    found = back(Later([Thing(1), Thing(2), Thing(3)]))
    assert len(found) == 3
    assert found._items[0] != Thing(1)
    assert found[1] is found[1]
    assert found[0:2] == (Thing(1), Thing(2))
    assert list(found.but({2: Thing(9)})) == [Thing(1), Thing(2), Thing(9)]
    assert list(found) == [Thing(1), Thing(2), Thing(3)]


def test_what_is_shared_is_told_and_made_once() -> None:
    packing = Packing(Thing, Pair, shared=(Thing,))
    one = Thing("a" * 1000)
    value = (one, Pair(one, Thing("a" * 1000)), Later([one, Thing(1.0), Thing(1)]))
    data = packing.packed(value)
    assert data.count(b"a" * 1000) == 1
    first, pair, later = packing.unpacked(data)
    assert first is pair.first is pair.second is later[0]
    # numbers that are equal are not the same
    assert (repr(later[1]), repr(later[2])) == (repr(Thing(1.0)), repr(Thing(1)))


def test_what_is_given_is_what_the_reader_has(catalog: Catalog) -> None:
    packing = Packing(Thing, given=Catalog)
    data = packing.packed(Thing(catalog))
    assert packing.unpacked(data, catalog).held is catalog


def test_every_fact_of_the_catalogue_comes_back_as_it_was(catalog: Catalog) -> None:
    for path in catalog.files():
        facts = tuple(entry.fact for entry in read_file(path)[0])
        found = PACKING.unpacked(PACKING.packed(facts))
        assert found == facts, path
        for ours, theirs in zip(found, facts, strict=True):
            assert repr(ours) == repr(theirs)
            assert list(vars(ours)) == list(vars(theirs))
            assert ours.model_dump_json() == theirs.model_dump_json()
