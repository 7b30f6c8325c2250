"""What the library's calls are given is told in one line when it cannot be used."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from pydantic import BaseModel

import decide
from decide.catalog import Catalog


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"only": "lasers"}, "only must be a list, not 'lasers'"),
        ({"exclude": "peels"}, "exclude must be a list, not 'peels'"),
        ({"avoid": "lasers"}, "avoid must be a list, not 'lasers'"),
        ({"only": 3}, "only must be a list"),
        ({"seed": -1}, "the seed must be at least 0"),
        ({"seed": "x"}, "the seed must be a whole number"),
        ({"seed": 1.5}, "the seed must be a whole number"),
        ({"draws": 2.5}, "draws must be a whole number"),
        ({"draws": "10"}, "draws must be a whole number"),
        ({"draws": True}, "draws must be a whole number"),
        ({"draws": 10**9}, "draws are out of range"),
        ({"horizon": "a year"}, "the horizon"),
        ({"horizon": float("nan")}, "the horizon"),
        ({"weights": {"cost": "much"}}, "the weight of cost must be a number"),
        ({"weights": {"beauty": 3}}, "beauty"),
        ({"budget": "nothing"}, "is not an amount of money"),
        ({"per": "week"}, "per"),
        ({"person": {"skin_type": 9}}, "skin_type"),
        ({"person": {"shoe": 43}}, "shoe"),
        ({"max_downtime_days": -1}, "max_downtime_days"),
        ({"market": "mars"}, "unknown market 'mars'"),
    ],
    ids=str,
)
def test_what_cannot_be_used_is_told_in_one_line(given: dict[str, Any], words: str, catalog: Catalog) -> None:
    with pytest.raises(decide.InputError) as caught:
        decide.rank("redness", catalog=catalog, **{"draws": 10, **given})
    assert words in caught.value.message
    assert "\n" not in str(caught.value)


def test_only_of_nothing_is_not_all() -> None:
    with pytest.raises(decide.InputError, match="only names nothing"):
        decide.rank("acne scars", only=[])


def emptied(found: Any, seen: set[int]) -> None:
    """Empties every dict and list inside an answer; the facts it speaks of are the catalogue's, not its own."""
    if id(found) in seen or isinstance(found, Catalog | BaseModel):
        return
    seen.add(id(found))
    inside: list[Any] = []
    if is_dataclass(found) and not isinstance(found, type):
        inside = [getattr(found, field.name) for field in fields(found)]
    elif isinstance(found, dict):
        inside = list(found.values())
    elif isinstance(found, list | tuple):
        inside = list(found)
    for one in inside:
        emptied(one, seen)
    if isinstance(found, dict | list):
        found.clear()


ANSWERS: dict[str, Callable[[Catalog], Any]] = {
    "rank": lambda c: decide.rank("acne scars", budget=2000, draws=50, catalog=c),
    "compare": lambda c: decide.compare(["microneedling", "fraxel"], "acne scars", catalog=c),
    "why": lambda c: decide.why("microneedling", "acne scars", catalog=c)[0],
    "show": lambda c: decide.show("microneedling", catalog=c)[0],
    "instead": lambda c: decide.instead("microneedling", catalog=c),
    "plan": lambda c: decide.plan(["acne scars", "redness"], 1500, catalog=c),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_who_changes_an_answer_changes_no_later_one(name: str, catalog: Catalog) -> None:
    first = ANSWERS[name](catalog)
    kept = first.to_dict()
    emptied(first, set())
    assert ANSWERS[name](catalog).to_dict() == kept
