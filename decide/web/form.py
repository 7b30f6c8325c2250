"""The form beside an answer: its controls, set to what was understood."""

import json
from functools import cached_property
from typing import Any

from starlette.datastructures import QueryParams as Fields

from decide.catalog import Catalog
from decide.question.conditions import avoid_choices, condition_choices, readable
from decide.question.names import name_of
from decide.web.asked import Asked, bare

SKIN = (
    (1, "1: very fair, always burns"), (2, "2: fair, mostly burns"), (3, "3: medium, sometimes burns"),
    (4, "4: olive, rarely burns"), (5, "5: brown, very rarely burns"), (6, "6: dark brown or black"),
)  # fmt: skip
PER = (("course", "in all"), ("session", "a visit"), ("month", "a month"))


class Form:
    """The controls over one catalogue."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    @cached_property
    def _choices(self) -> dict[str, Any]:
        facts = self.catalog
        return {
            "concerns": [
                (c.id, c.name, [(f"{c.id}/{s.id}", s.name) for s in c.subtype]) for c in facts.concerns.values()
            ],
            "kinds_json": json.dumps(
                {c.id: [(f"{c.id}/{s.id}", s.name) for s in c.subtype] for c in facts.concerns.values() if c.subtype}
            ),
            "markets": [(m.id, f"{m.name} ({m.long_symbol})") for m in facts.markets.values()],
            "profiles": [
                (p.id, p.name, p.reason, json.dumps({c: float(p.weights.get(c, 0.0)) for c in facts.criteria}))
                for p in facts.profiles.values()
            ],
            "avoid": avoid_choices(facts),
            "conditions": condition_choices(facts),
            "skin": SKIN,
            "per": PER,
            "procedures": sorted((p.id, p.name) for p in facts.procedures.values()),
        }

    def of(self, question: Asked | None, fields: Fields | None) -> dict[str, Any]:
        """The controls, set to what was understood."""
        facts = self.catalog
        asking = question or bare(facts)
        request, preferences = asking.request, asking.preferences
        market, profile = asking.problem.market.id, asking.problem.profile
        base = facts.profiles[profile].weights
        changes = dict(preferences.weights)
        weights = {c: float(str(changes.get(c, base.get(c, 0.0)))) for c in facts.criteria}
        total = sum(weights.values()) or 1.0
        person, budget = request.person, request.budget
        first = asking.concern or (fields.get("concern") if fields is not None else "") or ""
        known = facts.concerns.get(first)
        states = (
            ("pregnant", person.pregnant),
            ("trying to conceive", person.trying_to_conceive),
            ("breast-feeding", person.breast_feeding),
        )
        about = [
            *(label for label, said in states if said),
            *([f"skin type {person.skin_type}"] if person.skin_type else []),
            *([f"age {person.age}"] if person.age is not None else []),
            *([person.sex] if person.sex else []),
            *(readable(facts, c) for c in person.conditions),
        ]  # fmt: skip
        return {
            **self._choices,
            "open": bool(asking.concern or request.procedures),
            "text": asking.text,
            "intent": request.intent if request.intent not in ("best", "unknown") else "",
            "concern": first,
            "kind": next((f"{first}/{c.subtype}" for c in request.concerns[:1] if c.subtype), ""),
            "kinds": [(f"{first}/{s.id}", s.name) for s in known.subtype] if known else [],
            "more": [
                (c.id, facts.concerns[c.id].name, f"{c.id}/{c.subtype}" if c.subtype else "")
                for c in request.concerns[1:]
                if c.id in facts.concerns
            ],
            "named": [(name, name_of(facts, name)) for name in request.procedures],
            "excluded": [(name, name_of(facts, name)) for name in request.exclude],
            "budget": f"{budget.high:f}" if budget and budget.high is not None else "",
            "budget_low": f"{budget.low:f}" if budget and budget.low is not None else "",
            "spend_per": budget.per if budget else "course",
            "market": market,
            "symbol": facts.markets[market].long_symbol,
            "avoided": request.avoid,
            "unread": request.unread,
            "flags": request.red_flags,
            "person": person,
            "about": about,
            "days": f"{request.max_downtime_days:g}" if request.max_downtime_days is not None else "",
            "prefer": request.prefer or "",
            "profile": profile,
            "quotes": "; ".join(str(quote) for quote in preferences.prices),
            "horizon": f"{preferences.horizon:g}" if preferences.horizon is not None else "",
            "sliders": [
                (c.id, c.name, c.question, f"{weights[c.id]:g}", f"{weights[c.id] / total:.0%}",
                 f"{max(100.0, weights[c.id]):g}")
                for c in facts.criteria.values()
            ],
        }  # fmt: skip
