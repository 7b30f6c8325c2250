"""The form beside an answer: its controls, set to the fields of an address.

The fields are those of the question as it was understood, or, of one that was refused, those that were sent: whatever
was sent comes back, also what no control could have sent.
"""

import json
from functools import cached_property
from math import inf
from typing import Any

from starlette.datastructures import QueryParams as Fields

from decide.catalog import Catalog
from decide.question.conditions import avoid_choices, condition_choices
from decide.question.names import name_of
from decide.question.problem import known_market
from decide.question.request import Person, Request
from decide.question.restate import WENT, allowed, asker, restated
from decide.web.asked import FLAGS, ONCE, SUBJECT, WEIGHT, Asked, address, without

SKIN = (
    ("1", "1: very fair, always burns"), ("2", "2: fair, mostly burns"), ("3", "3: medium, sometimes burns"),
    ("4", "4: olive, rarely burns"), ("5", "5: brown, very rarely burns"), ("6", "6: dark brown or black"),
)  # fmt: skip
PER = (("course", "in all"), ("session", "a visit"), ("month", "a month"))
SEXES = (("female", "Female"), ("male", "Male"))
Choices = list[tuple[str, str]]


class Form:
    """The controls over one catalogue."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    @cached_property
    def _choices(self) -> dict[str, Any]:
        facts = self.catalog
        return {
            "kinds_json": json.dumps(
                {c.id: [(f"{c.id}/{s.id}", s.name) for s in c.subtype] for c in facts.concerns.values() if c.subtype}
            ),
            "profiles": [
                (p.id, p.name, p.reason, json.dumps({c: float(p.weights.get(c, 0.0)) for c in facts.criteria}))
                for p in facts.profiles.values()
            ],
            "procedures": sorted((p.id, p.name) for p in facts.procedures.values()),
        }

    def of(self, sent: Fields, question: Asked | None, *, weighed: bool = True, spent: bool = True) -> dict[str, Any]:
        """The controls, set to fields: those of a question, or, without one, those that were sent and refused.

        Without weights where nothing in the answer is `weighed`, and without a budget where nothing is `spent`: no
        control stands there that changes nothing.
        """
        facts, left = self.catalog, _Left(sent, (*ONCE, *(f"{WEIGHT}{c}" for c in self.catalog.criteria)))
        text, _ = left.one("q"), left.one("edit")
        asks = question is not None and bool(question.concern or question.request.procedures)
        market = left.one("market") or (question.problem.market.id if question else known_market(facts).id)
        profile = (weighed and left.one("profile")) or (
            question.problem.profile if question else facts.edition.default_profile
        )
        left.one("was")
        per = left.one("per") or "course"
        concerns, kinds = left.many("concern"), left.many("kind")
        first = concerns[0] if concerns else ""
        kind = next((k for k in kinds if k.startswith(f"{first}/") or "/" not in k), "")
        person = {name: left.one(name) for name in ("skin_type", "age", "sex")}
        states = {name: left.one(name, "yes") for name in FLAGS}
        found = {
            **self._choices,
            "open": asks,
            "text": text,
            "box": question.says if question is not None and asks else text,
            "chips": self.chips(question) if question is not None and asks else {},
            "weighed": weighed,
            "spent": spent,
            "tiles": [
                (c.id, c.name, c.summary,
                 address("/", [("concern", c.id)], without(sent.multi_items(), "q", "edit", "was", *SUBJECT)))
                for c in facts.concerns.values()
            ],
            "carried": without(sent.multi_items(), "q", "edit", "was"),
            "concern": first,
            "concerns": [
                (c, name, self._kinds(c, kind))
                for c, name in _with([(c.id, c.name) for c in facts.concerns.values()], first)
            ],
            "kind": kind,
            "kinds": self._kinds(first, kind),
            "kinds_more": [k for k in kinds if k != kind],
            "named": [
                (name, value, label + self._name(value))
                for name, label, values in (
                    ("concern", "", concerns[1:]),
                    ("procedure", "", left.many("procedure")),
                    ("exclude", "not ", left.many("exclude")),
                    ("had", "had ", left.many("had")),
                )
                for value in values
            ],
            "budget": left.one("budget"),
            "spend_per": per,
            "per": _with(list(PER), per),
            "market": market,
            "markets": _with([(m.id, f"{m.name} ({m.long_symbol})") for m in facts.markets.values()], market),
            "usual_market": known_market(facts).id,
            "symbol": facts.markets[market].long_symbol if market in facts.markets else market,
            "avoided": (avoided := left.many("avoid")),
            "avoid": _with(avoid_choices(facts), *avoided),
            "unread": left.many("unread"),
            "conditioned": (conditions := left.many("condition")),
            "conditions": _with(condition_choices(facts), *conditions),
            "states": [(name, state.says.capitalize(), bool(states[name])) for name, state in FLAGS.items()],
            "person": person,
            "skin": _with(list(SKIN), person["skin_type"]),
            "sexes": _with(list(SEXES), person["sex"]),
            "days": left.one("max_downtime"),
            "profile": profile,
            "profiles": [*self._choices["profiles"]]
            + ([(profile, profile, "", "{}")] if profile not in facts.profiles else []),
            "quotes": "; ".join(left.many("price")),
            "horizon": left.one("horizon"),
            "no_borrow": bool(left.one("borrow", "no")),
            "sliders": self._sliders(left, profile) if weighed else [],
        }  # fmt: skip
        rest = left.pairs()
        # what no control shows is carried; what was refused is shown, so that it can be dropped
        return found | {"hidden": rest if question else [], "refused": [] if question else rest}

    def chips(self, question: Asked) -> dict[str, str]:
        """What is set, by group of controls; nothing where a group says nothing."""
        facts, request, market = self.catalog, question.request, question.problem.market
        subject = Request(concerns=request.concerns, procedures=request.procedures)
        named = facts.profiles.get(question.problem.profile)
        return {
            "for": " · ".join(restated(subject, facts, market)),
            "money": " · ".join((*allowed(request.budget, market), market.name)),
            "weights": (named.name if named else "") + (", changed" if question.preferences.weights else ""),
            "out": ", ".join(asker(request.model_copy(update={"person": Person()}), facts)),
            "you": ", ".join((*asker(Request(person=request.person), facts), *request.unread)),
            "quotes": ", ".join(str(quote) for quote in question.preferences.prices),
        }

    def _kinds(self, concern: str, chosen: str) -> Choices:
        """The kinds of a concern, and one that was chosen for it and is none of them."""
        known = self.catalog.concerns.get(concern)
        kinds = [(f"{concern}/{kind.id}", kind.name) for kind in known.subtype] if known else []
        return _with(kinds, chosen) if chosen.startswith(f"{concern}/") or "/" not in chosen else kinds

    def _name(self, value: str) -> str:
        facts = self.catalog
        value, _, went = value.partition(":")
        name = facts.concerns[value].name if value in facts.concerns else name_of(facts, value)
        return f"{name} ({WENT.get(went, went)})" if went else name

    def _sliders(self, left: "_Left", profile: str) -> list[tuple[str, ...]]:
        facts = self.catalog
        base = facts.profiles[profile if profile in facts.profiles else facts.edition.default_profile].weights
        said = {c: left.number(f"{WEIGHT}{c}") for c in facts.criteria}
        weights = {c: float(base.get(c, 0.0)) if (w := said[c]) is None else w for c in facts.criteria}
        total = sum(weights.values()) or 1.0
        return [
            (c.id, c.name, c.question, f"{weights[c.id]:g}", f"{weights[c.id] / total:.0%}",
             f"{max(100.0, weights[c.id]):g}")
            for c in facts.criteria.values()
        ]  # fmt: skip


class _Left:
    """Fields that no control has taken yet."""

    def __init__(self, sent: Fields, once: tuple[str, ...]) -> None:
        self.left = [(name, value) for name, value in sent.multi_items() if value.strip() or name not in once]

    def many(self, name: str) -> list[str]:
        """All values of a field, which a control takes."""
        found = [value for key, value in self.left if key == name and value]
        self.left = without(self.left, name)
        return list(dict.fromkeys(found))

    def one(self, name: str, *only: str) -> str:
        """The first value of a field (of these alone), which a control takes; a second value stays."""
        found = next((v for key, v in self.left if key == name and (v in only or not only)), "")
        self.left = [(key, value) for key, value in self.left if key != name or (found and value != found) or not found]
        return found

    def number(self, name: str) -> float | None:
        """The value of a field that is a number, which a control takes."""
        found = next((v for key, v in self.left if key == name), "")
        try:
            number = float(found)
        except ValueError:
            return None
        if not 0 <= number < inf:
            return None
        self.one(name)
        return number

    def pairs(self) -> list[tuple[str, str]]:
        """What is left."""
        return list(dict.fromkeys(self.left))


def _with(choices: Choices, *values: str) -> Choices:
    """Choices, and after them what was sent and is none of them."""
    known = {value for value, _ in choices}
    return [*choices, *((value, value) for value in values if value and value not in known)]
