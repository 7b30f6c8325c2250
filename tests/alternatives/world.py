"""A small catalogue of made-up things, so that each rule can be tried by facts written for it alone."""

from pathlib import Path
from typing import Any

from decide.catalog import Catalog
from decide.catalog.read import TABLES, Entry
from decide.evidence.index import Effect
from decide.question.problem import Concern, Problem
from decide.question.request import Person, Request

CREAM, TABLET, SHOT, SERUM, CELLS, LAMP = "x-cream", "x-tablet", "x-shot", "x-serum", "x-cells", "x-lamp"
PAIR, LASER = "x-cream-in-shot", "x-laser"
CONCERN = Concern("sun-damage")
MADE_UP: dict[str, dict[str, Any]] = {
    CREAM: {"route": "topical", "invasiveness": "medicine-topical"},
    TABLET: {"route": "oral", "invasiveness": "medicine-oral"},
    SHOT: {"route": "injected", "invasiveness": "injection", "clinic": True},
    SERUM: {"route": "topical", "invasiveness": "none"},
    CELLS: {"route": "topical", "invasiveness": "none", "family": "x-cells-all"},
    LAMP: {"route": "home-device", "invasiveness": "none"},
    LASER: {"route": "energy", "invasiveness": "non-ablative-energy"},
    PAIR: {"route": "injected", "invasiveness": "injection", "parts": [CREAM, SHOT], "adjunct_to": [SHOT]},
}


def entry(table: str, **fact: Any) -> Entry:
    return Entry(table, TABLES[table].model.model_validate(fact), Path("made-up.toml"), 0)


def fact(procedure: str, kind: str, value: str | None = None, **more: Any) -> Entry:
    """A practice fact; its source tells it from all others."""
    made = {"procedure": procedure, "fact": kind, "source": f"s-{kind}-{value or 0}-{len(more)}", **more}
    return entry("practice", **made, **({"value": value} if value is not None else {}))


def bar(procedure: str, value: str, *, weak: bool = False, **more: Any) -> Entry:
    return fact(procedure, "contraindication", value, **({"strength": "weak"} if weak else {}), **more)


def allowed(procedure: str, value: str, **more: Any) -> Entry:
    return fact(procedure, "pregnancy-compatible", value, **more)


def world(catalog: Catalog, *facts: Entry) -> Catalog:
    """The shipped catalogue with made-up things in it, of which only these facts are known."""
    procedures = [
        entry(
            "procedure",
            **{
                "id": name, "name": name, "family": "x-all", "summary": "Made up.", "mode_of_action": "Made up.",
                "mechanism": "hydration", "setting": "home", "clinic": False, "role": "either",
            }
            | more,
        )
        for name, more in MADE_UP.items()
    ]  # fmt: skip
    families = [
        entry("family", id="x-all", name="Made-up things"),
        entry("family", id="x-cells-all", name="Made-up cells", biological=True),
    ]
    conditions = [
        entry("condition", id="x-narrow", name="A narrow thing", kind="illness", implies=["x-wide"]),
        entry("condition", id="x-wide", name="A wide thing", kind="illness", words=["widosis"]),
    ]
    return catalog.with_facts(*families, *procedures, *conditions, *facts)


def posed(catalog: Catalog, person: Person, unread: tuple[str, ...] = (), market: str = "us") -> Problem:
    request = Request.model_validate(
        {"person": person, "concerns": [{"id": CONCERN.id}], "market": market, "unread": unread}
    )
    return Problem.of(catalog, request)


def effect(name: str) -> Effect:
    """What the evidence calls one of the made-up things."""
    on = MADE_UP[name].get("adjunct_to")
    return Effect(on[0], name) if on else Effect(name)
