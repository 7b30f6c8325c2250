"""The conditions and things to avoid that a request may name: the catalogue's, checked, and listed to choose from."""

import re
from collections.abc import Callable, Collection, Iterable
from difflib import get_close_matches
from functools import lru_cache

from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.errors import InputError
from decide.question.request import Person

OF_MOTHERS = ("pregnancy", "breast-feeding")
PAST_BEARING = "post-menopause"
OF_WOMEN = frozenset({*OF_MOTHERS, "could-become-pregnant", "female-sex", PAST_BEARING})
"""Conditions that only a woman can have."""
AGES = re.compile(r"(under|over)-\d+")


def known_conditions(catalog: Catalog, ids: Iterable[str]) -> tuple[str, ...]:
    """The ids of conditions, each once.

    Raises
    ------
    InputError : one that the catalogue does not list, or that is no state of a person; the hint names what comes near.
    """
    listed = _states(catalog)
    return _known(ids, listed, lambda: [c for c, _ in condition_choices(catalog)], "condition", "conditions")


@derived(most=1)
def _states(catalog: Catalog) -> dict[str, None]:
    return {c.id: None for c in catalog.conditions.values() if c.is_state}


def implied(catalog: Catalog, conditions: Iterable[str]) -> frozenset[str]:
    """Conditions and all that they imply."""
    found, front = set[str](), list(conditions)
    while front:
        name = front.pop()
        if name not in found:
            found.add(name)
            known = catalog.conditions.get(name)
            front.extend(known.implies if known is not None else ())
    return frozenset(found)


def meant_by_asking(catalog: Catalog, concern: str, kind: str = "") -> tuple[str, ...]:
    """The conditions that asking about a concern means: those of its kind, or without one those of all its kinds."""
    known = catalog.concerns.get(concern)
    if known is None:
        return ()
    kinds = [{*s.implies, s.id} for s in known.subtype if kind in ("", s.id)]
    shared = set[str].intersection(*kinds) if kinds else set()
    return tuple(c for c in catalog.conditions if c in shared or c == concern)


def meant_beside(catalog: Catalog, concerns: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The states of a person that asking about several concerns means; a place that one of them has is its own."""
    found = (c for concern, kind in concerns for c in meant_by_asking(catalog, concern, kind))
    return tuple(dict.fromkeys(c for c in found if catalog.conditions[c].is_state))


def check_person(catalog: Catalog, person: Person) -> None:
    """Refuse what cannot be true of one person: conditions that nobody lists, or that go against sex or age.

    Raises
    ------
    InputError : in one line, with what would do.
    """
    known = known_conditions(catalog, person.conditions)
    said = (*(state.condition for state in person.states), *known)
    # who tries for a child may be either
    of_women = [c for c in said if c != "trying-to-conceive" and implied(catalog, [c]) & OF_WOMEN]
    men = [c for c in said if c == "male-sex"] or (["male"] if person.sex == "male" else [])
    if of_women and men:
        raise InputError(f"{readable(catalog, of_women[0])} does not go with a man", "leave out the one or the other")
    if (person.sex == "female" and "male-sex" in said) or {"male-sex", "female-sex"} <= set(said):
        raise InputError("a person is given as a man and as a woman", "leave out the one or the other")
    for condition in known:
        if person.age is not None and AGES.fullmatch(condition) and not of_age(condition, person.age):
            raise InputError(f"{readable(catalog, condition)} does not go with age {person.age}", "give the age alone")


@lru_cache(4096)
def figures(condition: str, what: str) -> tuple[int, ...]:
    """The numbers in the id of a condition that is about this: 5 and 6 in `fitzpatrick-5-6`."""
    found = re.fullmatch(rf"{what}((?:-\d+)+)", condition)
    return tuple(int(n) for n in found[1].split("-")[1:]) if found else ()


@lru_cache(8192)
def of_age(condition: str, age: int) -> bool:
    """Whether a condition that an age decides holds at this one."""
    return any(age < n for n in figures(condition, "under")) or any(age > n for n in figures(condition, "over"))


def known_avoids(catalog: Catalog, ids: Iterable[str]) -> tuple[str, ...]:
    """The ids of things to avoid, each once.

    Raises
    ------
    InputError : one that the catalogue does not list; the hint names what comes near.
    """
    return _known(ids, catalog.avoids, lambda: list(catalog.avoids), "thing to avoid", "these can be avoided")


def condition_choices(catalog: Catalog) -> list[tuple[str, str]]:
    """Id and name of every condition to choose from; what has a key of its own in a request (pregnancy, sex, skin type)
    is not among them.
    """
    return [(c.id, c.name) for c in catalog.conditions.values() if c.is_state and (c.is_said or c.kind == "kind")]


def avoid_choices(catalog: Catalog) -> list[tuple[str, str]]:
    """Id and name of everything that can be avoided."""
    return [(a.id, a.name) for a in catalog.avoids.values()]


def readable(catalog: Catalog, condition: str) -> str:
    """A condition's name inside a sentence; its id in plain words where the catalogue does not list it."""
    known = catalog.conditions.get(condition)
    if known is None:
        return condition.replace("-", " ")
    word = known.name.split(maxsplit=1)[0]
    return known.name if word[1:] != word[1:].lower() else known.name[0].lower() + known.name[1:]


def _known(
    ids: Iterable[str], listed: Collection[str], offered: Callable[[], list[str]], what: str, all_of_them: str
) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(ids))
    for name in found:
        if name not in listed:
            near = get_close_matches(name, listed, n=3)
            hint = f"did you mean {' or '.join(near)}?" if near else f"{all_of_them}: {', '.join(offered())}"
            raise InputError(f"unknown {what} {name!r:.60}", hint)
    return found
