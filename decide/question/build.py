"""The one builder of requests: plain values in, a checked request out, what is wrong told in one line.

Library, command line, page, API and batch all build here; none of them has a rule of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from pydantic import ValidationError

from decide.catalog import Catalog
from decide.errors import InputError
from decide.mcda.labelled import listed
from decide.question.money import amount, parse
from decide.question.names import option_named
from decide.question.request import AskedConcern, Budget, Per, Person, Request, Respelled
from decide.question.vocabulary import Vocabulary


def request_of(
    catalog: Catalog,
    *,
    intent: str = "best",
    concerns: str | Sequence[str] = (),
    subtype: str | None = None,
    budget: object = None,
    per: str = "course",
    person: Person | Mapping[str, Any] | None = None,
    procedures: Iterable[str] = (),
    exclude: Iterable[str] = (),
    **rest: object,
) -> Request:
    """A request from plain values; names may be typed as a person would.

    `subtype` is the kind of the first concern; `budget` a number in the market's money, or text ("$2,000"); `rest` are
    further fields of `Request`.

    Raises
    ------
    InputError : an unknown name, an amount or value that cannot be.
    """
    names = [concerns] if isinstance(concerns, str) else listed("concerns", concerns)
    asked = [concern_named(catalog, name) for name in names]
    procedures, exclude = (
        listed(what, given, ordered=False) for what, given in (("only", procedures), ("exclude", exclude))
    )
    slips = dict.fromkeys(
        s for name in (*names, *procedures, *exclude) for s in Vocabulary.of(catalog).slips(str(name))
    )
    if subtype and asked:
        asked[0] = AskedConcern(id=asked[0].id, subtype=subtype)
    return validated(
        {
            "intent": intent,
            "concerns": tuple(asked),
            "budget": budget if isinstance(budget, Budget) else budget_of(catalog, budget, per=per),
            "person": person_of(person),
            "procedures": tuple(str(option_named(catalog, name)) for name in procedures),
            "exclude": tuple(str(option_named(catalog, name)) for name in exclude),
            "respelled": tuple(Respelled(typed=typed, read=read) for typed, read in slips),
            **{name: value for name, value in rest.items() if value is not None},
        }
    )


def concern_named(catalog: Catalog, name: str) -> AskedConcern:
    """The concern that a typed name means, with its kind where the name says one."""
    identity, kind = Vocabulary.of(catalog).concern(name)
    return AskedConcern(id=identity, subtype=kind)


def budget_of(
    catalog: Catalog, high: object, *, low: object = None, per: str = "course", currency: str | None = None,
    what: str = "budget",
) -> Budget | None:  # fmt: skip
    """A budget from numbers or text; None where nothing is given. `what` is its name in messages.

    Raises
    ------
    InputError : what is no amount of money, or two ends in two currencies.
    """
    if per not in get_args(Per):
        raise InputError(f"per must be one of {', '.join(get_args(Per))}, not {per!r:.40}")
    found: dict[str, Any] = {}
    for end, value in (("high", high), ("low", low)):
        if value is None or value == "":
            continue
        if isinstance(value, str):
            found[end], written = parse(value, catalog, what)
            if written and currency and written != currency:
                raise InputError(f"the budget is in {written} and in {currency}", "give both ends in one currency")
            currency = written or currency
        else:
            found[end] = amount(value, what)
    if not found:
        return None
    try:
        return Budget.model_validate({**found, "currency": currency, "per": per})
    except ValidationError as error:
        raise refusal(error, "budget") from None


def person_of(person: Person | Mapping[str, Any] | None) -> Person:
    """A person from plain values.

    Raises
    ------
    InputError : a value that cannot be.
    """
    if isinstance(person, Person):
        return person
    try:
        return Person.model_validate(dict(person or {}))
    except ValidationError as error:
        raise refusal(error, "person") from None


def validated(raw: Mapping[str, Any]) -> Request:
    """A request from values by field.

    Raises
    ------
    InputError : an unknown field, or a value that cannot be.
    """
    try:
        return Request.model_validate(raw)
    except ValidationError as error:
        raise refusal(error) from None


def refusal(error: ValidationError, within: str = "") -> InputError:
    """What pydantic found wrong first, in one line."""
    item = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in (*([within] if within else []), *item["loc"]))
    said = item["msg"].lower().replace("a valid tuple", "a list").replace("a valid string", "text")
    return InputError(
        f"{where}: {said}, not {item['input']!r:.60}" if item["type"].endswith("_type") else f"{where}: {said}"
    )
