"""Every input about a person changes something: who may have what, what is told of it, or what is ranked."""

from typing import Any

import pytest

from decide.alternatives.eligibility import screen
from decide.catalog import Catalog
from decide.evidence.index import Effect
from decide.question.problem import Concern
from decide.question.request import Person
from tests.posed import posed

STATES: dict[str, list[Any]] = {
    "pregnant": [True],
    "trying_to_conceive": [True],
    "breast_feeding": [True],
    "skin_type": [4, 5, 6],
    "age": [5, 8, 11, 15, 20, 50, 70],
    "sex": ["male", "female"],
}
"""Values of the keys of a person that are no condition, each of which has to matter."""


def seen(catalog: Catalog, **person: Any) -> set[object]:
    """What the screening of every procedure says of a person."""
    problem = posed(catalog, "wrinkles", person=person)
    found = set[object]()
    for name in catalog.procedures:
        one = screen(
            problem, Effect(name), Concern("hair-loss" if catalog.procedures[name].route == "oral" else "wrinkles")
        )
        found |= {(name, one.verdict), *((name, g) for g in one.grounds), *((name, c) for c in one.cautions)}
    return found


def test_the_keys_are_those_of_a_person() -> None:
    assert set(STATES) | {"conditions"} == set(Person.model_fields)


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in STATES.items() for value in values])
def test_each_key_of_a_person_changes_something(catalog: Catalog, key: str, value: object) -> None:
    assert seen(catalog, **{key: value}) != seen(catalog)


def test_each_condition_that_can_be_said_changes_something(catalog: Catalog) -> None:
    nobody = seen(catalog)
    flags = {condition for flag in catalog.red_flags for condition in flag.conditions}
    idle = [c.id for c in catalog.conditions.values() if c.is_state and c.kind not in ("age", "life-stage")
            and c.id not in flags
            and not {g for g in seen(catalog, conditions=(c.id,)) - nobody if "no-fact" not in repr(g)}]  # fmt: skip
    assert idle == []


def test_what_could_not_be_read_changes_something(catalog: Catalog) -> None:
    problem = posed(catalog, "wrinkles", unread=("flurbosis",))
    stopped = {p for p in catalog.procedures if not screen(problem, Effect(p), Concern("wrinkles")).offered}
    assert {"botulinum-toxin", "tranexamic-acid-oral", "subcision", "microneedling", "rf-microneedling"} <= stopped
    assert not {"niacinamide", "retinol", "sunscreen"} & stopped


def test_what_did_harm_is_asked_about_first(catalog: Catalog) -> None:
    problem = posed(catalog, "wrinkles", unread=("niacinamide burned my face",))
    assert screen(problem, Effect("niacinamide"), Concern("wrinkles")).verdict == "ask-first"
    assert screen(problem, Effect("retinol"), Concern("wrinkles")).offered
