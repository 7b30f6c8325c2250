"""The conditions and things to avoid that a request may name: the catalogue's, checked, and listed to choose from."""

from collections.abc import Iterable
from difflib import get_close_matches

from decide.catalog import Catalog
from decide.errors import InputError


def known_conditions(catalog: Catalog, ids: Iterable[str]) -> tuple[str, ...]:
    """The ids of conditions, each once.

    Raises
    ------
    InputError : one that the catalogue does not list, or that is no state of a person; the hint names what comes near.
    """
    listed = [c.id for c in catalog.conditions.values() if c.is_state]
    return _known(ids, listed, [c for c, _ in condition_choices(catalog)], "condition", "conditions")


def known_avoids(catalog: Catalog, ids: Iterable[str]) -> tuple[str, ...]:
    """The ids of things to avoid, each once.

    Raises
    ------
    InputError : one that the catalogue does not list; the hint names what comes near.
    """
    return _known(ids, list(catalog.avoids), list(catalog.avoids), "thing to avoid", "these can be avoided")


def condition_choices(catalog: Catalog) -> list[tuple[str, str]]:
    """Id and name of every condition to choose from; what has a key of its own in a request (pregnancy, sex, skin type)
    is not among them.
    """
    return [(c.id, c.name) for c in catalog.conditions.values() if c.is_state and (c.words or c.kind == "kind")]


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


def _known(ids: Iterable[str], listed: list[str], offered: list[str], what: str, all_of_them: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(ids))
    for name in found:
        if name not in listed:
            near = get_close_matches(name, listed, n=3)
            hint = f"did you mean {' or '.join(near)}?" if near else f"{all_of_them}: {', '.join(offered)}"
            raise InputError(f"unknown {what} {name!r:.60}", hint)
    return found
