"""What each keyword of the library's calls may hold: one table, which every call is checked against before it begins.

Types alone are checked here; whether a name is known, an amount can be and a share is in range is told where it is
used. Each check gives back what it was given, gone through where it could be gone through but once.
"""

import inspect
import os
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import wraps
from numbers import Number
from typing import Any, ParamSpec, TypeVar, get_args, get_type_hints

from decide.catalog import Catalog
from decide.errors import InputError
from decide.mcda.given import flag, instance, text
from decide.mcda.labelled import listed, number, whole
from decide.question.prices import Quote
from decide.question.problem import Preferences
from decide.question.request import Had, Person

Check = Callable[[str, Any], Any]
P = ParamSpec("P")
R = TypeVar("R")


def _texts(what: str, given: Any) -> list[str]:
    return [text(f"each of {what}", item) for item in listed(what, given, ordered=False)]


def _some_texts(what: str, given: Any) -> list[str]:
    if found := _texts(what, given):
        return found
    raise InputError(f"{what} names nothing", "leave it out, or give None, for all there are")


def _one_or_more(what: str, given: Any) -> str | list[str]:
    return given if isinstance(given, str) else _texts(what, given)


def _named(what: str, given: Any) -> str:
    """A name, or a place in a ranking."""
    return given if isinstance(given, str) else str(whole(f"{what}, where it is no name,", given, 1))


def _by_name(example: str) -> Check:
    def check(what: str, given: Any) -> Mapping[str, Any]:
        if hasattr(given, "to_dict") and not isinstance(given, Mapping):
            given = given.to_dict()  # a series of pandas
        if not isinstance(given, Mapping):
            raise InputError(f"{what} must go by name, not {given!r:.60}", f"such as {example}")
        for name in given:
            text(f"each name of {what}", name)
        return given

    return check


def _numbers_by_name(what: str, given: Any) -> Mapping[str, float]:
    named: Mapping[str, Any] = _by_name('{"redness": 2}')(what, given)
    return {name: number(f"{what} of {name!r:.60}", value) for name, value in named.items()}


def _prices(what: str, given: Any) -> Any:
    if isinstance(given, str | os.PathLike):
        return _path(what, given)
    if isinstance(given, Mapping):
        return _by_name('{"fraxel": "$1200/session"}')(what, given)
    return [item if isinstance(item, Quote) else text(f"each of {what}", item) for item in listed(what, given)]


def _path(what: str, given: Any) -> Any:
    if not isinstance(given, str | os.PathLike) or not given:
        raise InputError(f"{what}: {given!r:.60} is no path", "give it as text or a Path")
    return given


def _facts(what: str, given: Any) -> Any:
    if not isinstance(given, Catalog | str | os.PathLike) or given == "":
        raise InputError(f"{what} must be a Catalog or a folder of facts, not {given!r:.60}")
    return given


def _person(what: str, given: Any) -> Any:
    if not isinstance(given, Person | Mapping):
        raise InputError(f"{what} must be a Person, or a mapping of its fields, not {given!r:.60}")
    return given


def _money(what: str, given: Any) -> Any:
    if not isinstance(given, str | Number) or isinstance(given, bool) or given == "":
        raise InputError(f"the {what} {given!r:.60} is not an amount of money", "for example 2000 or $2,000")
    return given


def _history(what: str, given: Any) -> Any:
    for item in (items := listed(what, given)):
        if not isinstance(item, Had | Mapping):
            raise InputError(f'each of {what} must be like {{"procedure": "prp", "went": "failed"}}, not {item!r:.60}')
    return items


def _or_none(check: Check) -> Check:
    return lambda what, given: None if given is None else check(what, given)


KEYWORDS: Mapping[str, Check] = {
    "avoid": _texts,
    "borrow": flag,
    "budget": _or_none(_money),
    "catalog": _or_none(_facts),
    "concern": text,
    "concerns": _one_or_more,
    "draws": whole,
    "exclude": _texts,
    "history": _history,
    "horizon": _or_none(lambda what, given: given),
    "importance": _or_none(_numbers_by_name),
    "least_stars": lambda what, given: whole(what, given, 0, 6),
    "market": _or_none(text),
    "max_downtime_days": _or_none(lambda what, given: number(what, given, 0)),
    "most": lambda what, given: whole(what, given, 1),
    "only": _or_none(_some_texts),
    "per": text,
    "person": _or_none(_person),
    "preferences": _or_none(lambda what, given: instance(what, given, Preferences)),
    "price_list": _or_none(_path),
    "prices": _or_none(_prices),
    "procedure": _named,
    "procedures": _texts,
    "profile": _or_none(text),
    "red_flags": _texts,
    "seed": lambda what, given: whole("the seed", given),
    "spend": _or_none(_money),
    "subtype": _or_none(text),
    "text": text,
    "unread": _texts,
    "weights": _or_none(_by_name('{"cost": 2}')),
}
"""What each may hold; it raises InputError in one line that names the keyword, and gives back what to use."""


def checked(call: Callable[P, R]) -> Callable[P, R]:
    """The call, with what it is given checked by `KEYWORDS`; a keyword it does not have is told with those it has."""
    signature = inspect.signature(call)
    open_ended = [p for p in signature.parameters.values() if p.kind is p.VAR_KEYWORD]
    named = [name for name in signature.parameters if name not in {p.name for p in open_ended}]
    more = [name for p in open_ended for name in get_type_hints(get_args(p.annotation)[0])]

    @wraps(call)
    def within(*args: P.args, **kwargs: P.kwargs) -> R:
        for name in kwargs:
            if name not in named and name not in more:
                raise InputError(f"{call.__name__} has no {name!r:.60}", f"it has {', '.join((*named, *more))}")
        places = dict(zip(named, args, strict=False))
        told = {name: KEYWORDS[name](name, value) for name, value in places.items()}
        kept: Any = (*told.values(), *args[len(told) :])
        said: Any = {name: KEYWORDS[name](name, value) for name, value in kwargs.items()}
        return call(*kept, **said)

    return within


def settled(preferences: Preferences) -> Preferences:
    """Preferences, checked field by field."""
    for each in fields(preferences):
        KEYWORDS[each.name](each.name, getattr(preferences, each.name))
    return preferences
