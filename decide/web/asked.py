"""What an address asks: its fields as a request and settings, and back into fields.

All state of the page stands in its address, so that it can be shared and nothing is kept. A question in words (`q`) is
read as the command line reads it. With `edit` the fields rule instead and the words only stand in the box.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlencode

from starlette.datastructures import QueryParams as Fields

from decide.catalog import Catalog
from decide.errors import InputError
from decide.question.build import budget_of, concern_named, request_of
from decide.question.problem import Preferences, Problem
from decide.question.request import AskedConcern, Request

Pairs = list[tuple[str, str]]
FLAGS = {"pregnant": "pregnant", "trying": "trying_to_conceive", "feeding": "breast_feeding"}
MOST_QUOTES = 20


class Asked(NamedTuple):
    """A question with everything that bears on its answer: the problem, and the preferences as they were given."""

    text: str
    edited: bool
    problem: Problem
    preferences: Preferences

    @property
    def request(self) -> Request:
        """The question as it was understood."""
        return self.problem.request

    @property
    def concern(self) -> str:
        """The first concern asked about, or none."""
        return self.problem.concerns[0].id if self.problem.concerns else ""


def asked(catalog: Catalog, fields: Fields) -> Asked | None:
    """The question that fields ask; None where they ask nothing yet.

    Raises
    ------
    InputError : in the words of the command line.
    """
    text = (fields.get("q") or "").strip()
    edited = bool(fields.get("edit")) or not text
    if edited:
        if not any(filter(None, (*fields.getlist("concern"), *fields.getlist("procedure")))):
            return None
        request = _request(catalog, fields)
    else:
        from decide.question.reading import understand

        request = understand(text, catalog)
    preferences = preferences_of(catalog, fields, request)
    return Asked(text, edited, Problem.of(catalog, request, preferences), preferences)


def bare(catalog: Catalog, fields: Fields | None = None) -> Asked:
    """No concern asked about, by the person and under the preferences that fields give."""
    request = Request() if fields is None else _request(catalog, fields)
    preferences = Preferences() if fields is None else preferences_of(catalog, fields, request)
    return Asked("", True, Problem.of(catalog, request, preferences), preferences)


def preferences_of(catalog: Catalog, fields: Fields, request: Request) -> Preferences:
    """Market, weights, horizon and prices from fields."""
    profile = (fields.get("profile") or "").strip() or None
    if profile == catalog.edition.default_profile and not request.prefer:
        profile = None
    changed: dict[str, object] = {}
    # sliders drawn for another profile say nothing about this one
    if fields.get("was") in (None, "", fields.get("profile")):
        for criterion in catalog.criteria:
            if value := (fields.get(f"w_{criterion}") or "").strip():
                changed[criterion] = _number(value, f"the weight of {criterion}")
    base = catalog.profiles.get(profile or catalog.edition.default_profile)
    if base is not None:
        changed = {c: w for c, w in changed.items() if w != float(base.weights.get(c, 0.0))}
    months = (fields.get("horizon") or "").strip()
    quotes = tuple(q.strip() for value in fields.getlist("price") for q in value.split(";") if q.strip())
    if len(quotes) > MOST_QUOTES:
        raise InputError(f"{len(quotes)} quoted prices are too many", f"at most {MOST_QUOTES}")
    return Preferences(
        market=(fields.get("market") or "").strip() or None,
        profile=profile,
        weights=changed,
        horizon=_number(months, "the horizon") if months else None,
        prices=quotes,
        borrow=fields.get("borrow") != "no",
    )


def _prefer(catalog: Catalog, fields: Fields) -> str | None:
    """What was preferred in words, unless another profile has been chosen since."""
    profile = catalog.profiles.get(fields.get("profile") or "")
    prefer = fields.get("prefer") or None
    return None if profile is not None and profile.prefer != prefer else prefer


def _number(text: str, what: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise InputError(f"{what} must be a number, not {text!r:.40}") from None


def _request(catalog: Catalog, fields: Fields) -> Request:
    person: dict[str, Any] = {field: True for key, field in FLAGS.items() if fields.get(key)}
    for key in ("skin_type", "age", "sex"):
        if value := (fields.get(key) or "").strip():
            person[key] = value
    person["conditions"] = tuple(dict.fromkeys(filter(None, fields.getlist("condition"))))
    low, high = ((fields.get(name) or "").strip() for name in ("budget_low", "budget"))
    request = request_of(
        catalog,
        intent=fields.get("intent") or "best",
        budget=budget_of(catalog, high, low=low, per=fields.get("per") or "course"),
        person=person,
        procedures=filter(None, fields.getlist("procedure")),
        exclude=filter(None, fields.getlist("exclude")),
        market=(fields.get("market") or "").strip().lower() or None,
        avoid=tuple(dict.fromkeys(filter(None, fields.getlist("avoid")))),
        prefer=_prefer(catalog, fields),
        max_downtime_days=(fields.get("max_downtime") or "").strip() or None,
        unread=tuple(dict.fromkeys(filter(None, fields.getlist("unread")))),
        red_flags=tuple(dict.fromkeys(filter(None, fields.getlist("flag")))),
    )
    return request.model_copy(update={"concerns": _concerns(catalog, fields)})


def _concerns(catalog: Catalog, fields: Fields) -> tuple[AskedConcern, ...]:
    # a kind names its concern ("acne-scars/rolling"), so that one chosen before the concern was changed falls away
    chosen = dict(kind.split("/", 1) for kind in fields.getlist("kind") if "/" in kind)
    alone = next((kind for kind in fields.getlist("kind") if kind and "/" not in kind), None)
    found: dict[str, AskedConcern] = {}
    for name in filter(None, fields.getlist("concern")):
        known = concern_named(catalog, name)
        kind = chosen.get(known.id) or known.subtype or (alone if not found else None)
        found.setdefault(known.id, AskedConcern(id=known.id, subtype=kind))
    return tuple(found.values())


def pairs(catalog: Catalog, question: Asked, *, concern: str = "", kind: str | None = None) -> Pairs:
    """The fields that ask this question again, about one of its concerns if named; only what is not the default."""
    request, preferences = question.request, question.preferences
    found: Pairs = []
    if request.intent not in ("best", "unknown") and not concern:
        found.append(("intent", request.intent))
    for item in request.concerns:
        if not concern or item.id == concern:
            found.append(("concern", item.id))
            if kind or item.subtype:
                found.append(("kind", f"{item.id}/{kind or item.subtype}"))
    if concern and concern not in [item.id for item in request.concerns]:
        found.append(("concern", concern))
    if not concern or request.intent == "best":
        found += [("procedure", name) for name in request.procedures]
    budget = request.budget
    if budget is not None:
        found += [("budget", f"{budget.high:f}")] if budget.high is not None else []
        found += [("budget_low", f"{budget.low:f}")] if budget.low is not None else []
        found += [("per", budget.per)] if budget.per != "course" else []
    if question.problem.market.id != catalog.edition.default_market:
        found.append(("market", question.problem.market.id))
    person = request.person
    found += [(key, "yes") for key, field in FLAGS.items() if getattr(person, field)]
    found += [(key, str(value)) for key in ("skin_type", "age", "sex") if (value := getattr(person, key)) is not None]
    found += [("condition", condition) for condition in person.conditions]
    found += [("unread", words) for words in request.unread]
    found += [("flag", words) for words in request.red_flags]
    found += [("avoid", word) for word in request.avoid]
    found += [("exclude", name) for name in request.exclude]
    if request.max_downtime_days is not None:
        found.append(("max_downtime", f"{request.max_downtime_days:g}"))
    if request.prefer:
        found.append(("prefer", request.prefer))
    found += [("profile", preferences.profile)] if preferences.profile else []
    found += [(f"w_{name}", f"{weight:g}") for name, weight in preferences.weights.items()]
    found += [("horizon", f"{preferences.horizon:g}")] if preferences.horizon is not None else []
    found += [("borrow", "no")] if not preferences.borrow else []
    found += [("price", str(quote)) for quote in preferences.prices]
    return found


def address(path: str, *groups: Iterable[tuple[str, str]]) -> str:
    """A path with these fields."""
    query = urlencode([pair for group in groups for pair in group])
    return f"{path}?{query}" if query else path
