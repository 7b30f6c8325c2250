"""Plain values as they come in: text, yes or no, a word of a few, a thing of a kind. Numbers are in `labelled`."""

from collections.abc import Hashable, Mapping
from typing import Any, TypeVar, get_args

import numpy as np

from decide.errors import InputError

T = TypeVar("T")


def text(what: str, given: Any) -> str:
    """Text.

    Raises
    ------
    InputError : anything else.
    """
    if not isinstance(given, str):
        raise InputError(f"{what} must be text, not {given!r:.60}")
    return given


def flag(what: str, given: Any) -> bool:
    """True or False, and no number or word for it.

    Raises
    ------
    InputError : anything else.
    """
    if not isinstance(given, bool | np.bool_):
        raise InputError(f"{what} must be True or False, not {given!r:.60}")
    return bool(given)


def choice(what: str, given: Any, among: Any) -> None:
    """Refuses what is none of the words of a `Literal`.

    Raises
    ------
    InputError : anything else.
    """
    words = get_args(among)
    if not isinstance(given, str) or given not in words:
        raise InputError(f"{what} must be {', '.join(words[:-1])} or {words[-1]}, not {given!r:.60}")


def instance(what: str, given: Any, kind: type[T], hint: str = "") -> T:
    """A thing of this kind.

    Raises
    ------
    InputError : anything else.
    """
    if not isinstance(given, kind):
        raise InputError(f"{what} must be a {kind.__name__}, not {given!r:.60}", hint)
    return given


def mapping(what: str, given: Any) -> Mapping[Any, Any]:
    """A mapping.

    Raises
    ------
    InputError : anything else.
    """
    if not isinstance(given, Mapping):
        raise InputError(f"{what} must be a mapping, not {given!r:.60}")
    return given


def missing(given: Any) -> bool:
    """Whether a value is none: None, NaN, and what frames have for one."""
    try:
        return given is None or bool(given != given)  # noqa: PLR0124
    except (TypeError, ValueError):
        return True


def name(what: str, given: Any) -> Hashable:
    """What can be a name: anything that stays as it is.

    Raises
    ------
    InputError : a list or another thing that may change, or a missing value.
    """
    try:
        hash(given)
        sound = given is None or not missing(given)
    except TypeError:
        sound = False
    if not sound:
        raise InputError(f"{what} cannot be {given!r:.60}", "a name is text or a number")
    found: Hashable = given
    return found
