"""What an address asks: its fields as a request and settings, and back into fields.

All state of the page stands in its address, so that it can be shared and nothing is kept. A question in words (`q`) is
read as the command line reads it. With `edit` the fields rule instead and the words only stand in the box.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from pydantic import ValidationError
from starlette.datastructures import QueryParams as Fields

from decide.catalog import Catalog
from decide.errors import InputError
from decide.question.problem import Settings, market_for
from decide.question.request import Request

Pairs = list[tuple[str, str]]
FLAGS = {"pregnant": "pregnant", "trying": "trying_to_conceive", "feeding": "breast_feeding"}
MOST_QUOTES = 20


class Asked(NamedTuple):
    """A question with everything that bears on its answer."""

    text: str
    edited: bool
    request: Request
    settings: Settings
    quotes: tuple[str, ...]

    @property
    def concern(self) -> str:
        """The first concern asked about, or none."""
        return self.request.concerns[0].id if self.request.concerns else ""


def asked(catalog: Catalog, fields: Fields) -> Asked | None:
    """The question that fields ask; None where they ask nothing yet.

    Raises
    ------
    InputError : in the words of the command line.
    """
    text = (fields.get("q") or "").strip()
    edited = bool(fields.get("edit")) or not text
    if edited:
        if not fields.getlist("concern") and not fields.getlist("procedure"):
            return None
        request = _request(catalog, fields)
        if not request.concerns and not request.procedures:
            return None
    else:
        from decide.question.reading import understand

        request = understand(text, catalog)
    quotes = tuple(q.strip() for value in fields.getlist("price") for q in value.split(";") if q.strip())
    settings = settings_of(catalog, fields, request, quotes)
    return Asked(text, edited, request, settings, quotes)


def settings_of(catalog: Catalog, fields: Fields, request: Request, quotes: tuple[str, ...]) -> Settings:
    """Market, weights, horizon and prices from fields."""
    market = (fields.get("market") or "").strip().lower() or None
    profile = (fields.get("profile") or "").strip() or None
    if profile == catalog.edition.default_profile and not request.prefer:
        profile = None
    changed: dict[str, float] = {}
    # sliders drawn for another profile say nothing about this one
    was = fields.get("was")
    if was in (None, "", fields.get("profile")):
        for criterion in catalog.criteria:
            value = (fields.get(f"w_{criterion}") or "").strip()
            if value:
                changed[criterion] = _number(value, f"the weight of {criterion}")
    base = catalog.profiles.get(profile or catalog.edition.default_profile)
    if base is not None:
        changed = {c: w for c, w in changed.items() if w != float(base.weights.get(c, 0.0))}
    months = (fields.get("horizon") or "").strip()
    settings = Settings(
        market=market,
        profile=profile,
        weights=changed,
        horizon_months=_number(months, "the horizon") if months else None,
        borrow=fields.get("borrow") != "no",
    )
    return priced(catalog, settings, request, quotes)


def priced(catalog: Catalog, settings: Settings, request: Request, quotes: tuple[str, ...]) -> Settings:
    """Settings with the prices that a person was quoted ("fraxel=1200")."""
    if not quotes:
        return settings
    if len(quotes) > MOST_QUOTES:
        raise InputError(f"{len(quotes)} quoted prices are too many", f"at most {MOST_QUOTES}")
    from decide.cli.options import with_prices

    return with_prices(catalog, settings, market_for(catalog, request, settings), quotes, None)


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
    concerns = _concerns(catalog, fields)
    known: dict[str, Any] = {field: True for key, field in FLAGS.items() if fields.get(key)}
    for key in ("skin_type", "age", "sex"):
        if value := (fields.get(key) or "").strip():
            known[key] = value
    known["conditions"] = tuple(dict.fromkeys(filter(None, fields.getlist("condition"))))
    intent = fields.get("intent") or "best"
    raw: dict[str, Any] = {
        "intent": intent,
        "concerns": concerns,
        "procedures": tuple(procedure(catalog, name) for name in filter(None, fields.getlist("procedure"))),
        "budget": _budget(catalog, fields),
        "market": (fields.get("market") or "").strip().lower() or None,
        "person": known,
        "avoid": tuple(dict.fromkeys(filter(None, fields.getlist("avoid")))),
        "exclude": tuple(procedure(catalog, name) for name in filter(None, fields.getlist("exclude"))),
        "prefer": _prefer(catalog, fields),
    }
    if days := (fields.get("max_downtime") or "").strip():
        raw["max_downtime_days"] = days
    return validated(raw)


def validated(raw: Mapping[str, Any]) -> Request:
    """A request from plain values, what is wrong told as the library tells it."""
    try:
        return Request.model_validate(raw)
    except ValidationError as error:
        item = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in item["loc"])
        raise InputError(f"{where}: {item['msg'].lower()}") from None


def procedure(catalog: Catalog, name: str) -> str:
    """The procedure or family that a name means."""
    if name in catalog.procedures or name in catalog.families:
        return name
    from decide.question.vocabulary import Vocabulary

    return str(Vocabulary.of(catalog).procedure(name))


def _concerns(catalog: Catalog, fields: Fields) -> tuple[dict[str, str | None], ...]:
    from decide.question.vocabulary import Vocabulary

    # a kind names its concern ("acne-scars/rolling"), so that one chosen before the concern was changed falls away
    chosen = dict(kind.split("/", 1) for kind in fields.getlist("kind") if "/" in kind)
    bare = next((kind for kind in fields.getlist("kind") if kind and "/" not in kind), None)
    found: dict[str, str | None] = {}
    for name in filter(None, fields.getlist("concern")):
        identity, kind = Vocabulary.of(catalog).concern(name)
        if identity in found:
            continue
        found[identity] = chosen.get(identity) or kind or (bare if not found else None)
    return tuple({"id": identity, "subtype": kind} for identity, kind in found.items())


def _budget(catalog: Catalog, fields: Fields) -> dict[str, Any] | None:
    from decide.question.money import parse

    found: dict[str, Any] = {}
    for key, end in (("budget", "high"), ("budget_low", "low")):
        if text := (fields.get(key) or "").strip():
            found[end], currency = parse(text, catalog, "budget")
            found["currency"] = currency or found.get("currency")
    return {**found, "per": fields.get("per") or "course"} if found else None


def pairs(catalog: Catalog, question: Asked, *, concern: str = "", kind: str | None = None) -> Pairs:
    """The fields that ask this question again, about one of its concerns if named; only what is not the default."""
    request, settings = question.request, question.settings
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
    market = market_for(catalog, request, settings)
    if market != catalog.edition.default_market:
        found.append(("market", market))
    person = request.person
    found += [(key, "yes") for key, field in FLAGS.items() if getattr(person, field)]
    found += [(key, str(value)) for key in ("skin_type", "age", "sex") if (value := getattr(person, key)) is not None]
    found += [("condition", condition) for condition in person.conditions]
    found += [("avoid", word) for word in request.avoid]
    found += [("exclude", name) for name in request.exclude]
    if request.max_downtime_days is not None:
        found.append(("max_downtime", f"{request.max_downtime_days:g}"))
    if request.prefer:
        found.append(("prefer", request.prefer))
    found += [("profile", settings.profile)] if settings.profile else []
    found += [(f"w_{name}", f"{weight:g}") for name, weight in settings.weights.items()]
    found += [("horizon", f"{settings.horizon_months:g}")] if settings.horizon_months is not None else []
    found += [("borrow", "no")] if not settings.borrow else []
    found += [("price", quote) for quote in question.quotes]
    return found


def address(path: str, *groups: Iterable[tuple[str, str]]) -> str:
    """A path with these fields."""
    query = urlencode([pair for group in groups for pair in group])
    return f"{path}?{query}" if query else path
