"""The one builder of requests from plain values."""

from collections.abc import Mapping
from typing import Any

from decide.question.request import AskedConcern, Budget, Person, Request


def request_for(
    concern: str,
    *,
    subtype: str | None = None,
    budget: object = None,
    person: Person | Mapping[str, Any] | None = None,
    **rest: Any,
) -> Request:
    """A request from plain values. `budget` may be a number, a `Budget`, or None."""
    from decide.question.money import amount

    asked = budget if isinstance(budget, Budget) or budget is None else Budget(high=amount(budget, "budget"))
    known = person if isinstance(person, Person) else Person.model_validate(dict(person or {}))
    return Request(
        intent="best",
        concerns=(AskedConcern(id=concern, subtype=subtype),),
        budget=asked,
        person=known,
        **{k: v for k, v in rest.items() if v is not None},
    )
