"""Names of treatments, studies and kinds, whatever they are: text with any sign in it, or numbers.

A name means nothing by how it is spelt. A combination is a tuple of names, in any order; nothing is read out of a "+"
or a "/" inside a name. A name that no row holds is refused, and near ones are told.
"""

import difflib
from collections.abc import Collection, Iterable
from numbers import Integral, Real
from typing import Any

import numpy as np

from decide.errors import InputError

Effect = tuple[str, ...]
"""What was given: the names of its parts, the base first. One part where nothing was added."""


def label(what: str, given: Any) -> str:
    """A name as text; `what` it is the name of, for messages. 1, 1.0 and "1" are one name.

    Raises
    ------
    InputError : nothing, a number that is not one, or what is neither text nor a number.
    """
    if isinstance(given, str):
        name = str(given)
    elif isinstance(given, Integral) and not isinstance(given, bool | np.bool_):
        name = str(int(given))
    elif isinstance(given, Real) and float(given).is_integer() and not isinstance(given, bool):
        name = str(int(float(given)))
    else:
        raise InputError(f"{what} must be a name or a whole number, not {given!r:.60}")
    if not name.strip():
        raise InputError(f"{what} has no name")
    return name


def told_apart(what: str, given: Iterable[Any]) -> None:
    """Refuses a table that holds a number and a text of one spelling, 1 and "1": `label` would take them for one.

    Raises
    ------
    InputError : it does.
    """
    texts: set[str] = set()
    numbers: set[str] = set()
    for one in given:
        for name in one if isinstance(one, tuple | list | frozenset | set) else (one,):
            if isinstance(name, str):
                texts.add(name)
            elif name is not None:
                numbers.add(label(what, name))
    if both := sorted(texts & numbers):
        raise InputError(
            f"{what} is called both the number {both[0]} and the text {both[0]!r}", "call one of them else"
        )


def parts(what: str, given: Any) -> frozenset[str]:
    """The parts of what was given: one name, or those of a tuple, list or set of names."""
    if isinstance(given, tuple | list | frozenset | set):
        found = [label(what, one) for one in given]
        if not found or len(set(found)) != len(found):
            raise InputError(f"{what} must be different names, not {given!r:.60}")
        return frozenset(found)
    return frozenset([label(what, given)])


def spelt(effect: Iterable[str]) -> str:
    """An effect in words."""
    return " + ".join(effect)


def known(what: str, name: str, among: Collection[str]) -> str:
    """The name, if it is one of these.

    Raises
    ------
    InputError : it is not; near names are told.
    """
    if name in among:
        return name
    near = difflib.get_close_matches(name, list(among), 3, 0.6)
    some = sorted(among)
    if not some:
        raise InputError(f"there is no {what} {name!r:.60}")
    hint = f"did you mean {' or '.join(map(repr, near))}?" if near else f"there are {', '.join(map(repr, some[:12]))}"
    raise InputError(f"there is no {what} {name!r:.60}", hint + (" …" if not near and len(some) > 12 else ""))
