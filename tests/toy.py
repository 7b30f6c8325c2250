"""A small sound catalogue in a folder, for figures that can be followed by hand.

It holds the rules (criteria, conditions, constants, priors), four concerns and three markets. Procedures and facts
about them are added by each test, so that every number in a test stands in it or in `RULES`.
"""

import json
from pathlib import Path
from typing import Any, Self

from decide.catalog import Catalog

RULES = """
[catalogue]
version = "toy"
date = "2026-01-01"
default_market = "us"
default_profile = "even"
default_horizon_months = 12
borrow_widening = 0.5
stale_after_years = 2
policy = "A toy."
funding = "Nobody."
"""

CRITERIA = """
[[criterion]]
id = "benefit"
name = "Benefit"
unit = "share"
better = "higher"
question = "How much?"
reason = "A toy."
measure = "benefit"
column = "benefit"
place = 3
phrase = "{} better"
ahead = "helps more"
behind = "helps less"
anchors = [{ at = -0.5, value = -0.8 }, { at = 0, value = 0 }, { at = 0.5, value = 0.8 }, { at = 1, value = 1 }]

[[criterion]]
id = "evidence"
name = "Evidence"
unit = "stars"
better = "higher"
question = "How sure?"
reason = "A toy."
measure = "evidence"
with_gain = true
column = "evidence"
place = 4
phrase = "{} of 5 stars"
nought = "next to no certainty"
ahead = "is better proven"
behind = "is less proven"
anchors = [{ at = 0, value = 0 }, { at = 5, value = 1 }]

[[criterion]]
id = "cost"
name = "Cost"
unit = "money"
better = "lower"
question = "How dear?"
reason = "A toy."
measure = "cost"
column = "total"
place = 1
phrase = "{} in all"
nought = "nothing"
ahead = "costs less"
behind = "costs more"

[criterion.anchors_by_currency]
USD = [{ at = 0, value = 1 }, { at = 1000, value = 0.5 }, { at = 5000, value = 0 }]
GBP = [{ at = 0, value = 1 }, { at = 500, value = 0.5 }, { at = 2500, value = 0 }]

[[criterion]]
id = "downtime"
name = "Downtime"
unit = "days"
better = "lower"
question = "How many days?"
reason = "A toy."
measure = "downtime"
column = "downtime, days"
place = 5
phrase = "{} days of downtime"
nought = "none"
ahead = "asks fewer days off"
behind = "asks more days off"
anchors = [{ at = 0, value = 1 }, { at = 10, value = 0 }]
unknown = { low = 0, typical = 5, high = 14 }

[[criterion]]
id = "risk"
name = "Risk"
unit = "points"
better = "lower"
question = "How risky?"
reason = "A toy."
measure = "risk"
column = "risk"
phrase = "{} harm points"
nought = "none"
ahead = "carries less risk"
behind = "carries more risk"
anchors = [{ at = 0, value = 1 }, { at = 100, value = 0 }]

[[criterion]]
id = "speed"
name = "Speed"
unit = "weeks"
better = "lower"
question = "How soon?"
reason = "A toy."
measure = "speed"
with_gain = true
column = "weeks"
phrase = "{} weeks until it shows"
nought = "at once"
ahead = "shows sooner"
behind = "shows later"
anchors = [{ at = 0, value = 1 }, { at = 20, value = 0 }]
unknown = { low = 2, typical = 12, high = 26 }

[[criterion]]
id = "durability"
name = "Durability"
unit = "months"
better = "higher"
question = "How long?"
reason = "A toy."
measure = "durability"
with_gain = true
column = "months"
phrase = "lasts {} months"
nought = "no time at all"
ahead = "lasts longer"
behind = "does not last as long"
anchors = [{ at = 0, value = 0 }, { at = 24, value = 1 }]
unknown = { low = 3, typical = 6, high = 24 }

[[criterion]]
id = "effort"
name = "Effort"
unit = "visits"
better = "lower"
question = "How many visits?"
reason = "A toy."
measure = "effort"
column = "effort"
place = 2
phrase = "{} visits"
nought = "none"
ahead = "asks less effort"
behind = "asks more effort"
anchors = [{ at = 0, value = 1 }, { at = 10, value = 0 }]
"""

RISK = """
[[risk_prior]]
invasiveness = "none"
minor = 0
moderate = 0
serious = 0
reason = "A toy."

[[risk_prior]]
invasiveness = "needling"
minor = 10
moderate = 2
serious = 0.1
reason = "A toy."

[[risk_prior]]
invasiveness = "injection"
minor = 20
moderate = 4
serious = 0.2
reason = "A toy."

[[risk_prior]]
invasiveness = "surgery"
minor = 50
moderate = 10
serious = 1
reason = "A toy."
"""
"""In harm points: none 0, needling 10 + 2 × 5 + 0.1 × 40 = 24, injection 48, surgery 50 + 50 + 40 = 140."""

DOWNTIME = """
[[downtime_prior]]
invasiveness = "none"
low = 0
typical = 0
high = 0
reason = "A toy."

[[downtime_prior]]
invasiveness = "needling"
low = 1
typical = 3
high = 7
reason = "A toy."

[[downtime_prior]]
invasiveness = "injection"
low = 0
typical = 1
high = 9
reason = "A toy."
"""
"""There is no prior for the downtime of surgery: it is unknown unless a fact says."""

CONDITIONS = (
    {"id": "pregnancy", "name": "Pregnancy", "kind": "life-stage"},
    {"id": "breast-feeding", "name": "Breast-feeding", "kind": "life-stage"},
    {"id": "fitzpatrick-5-6", "name": "Skin type V or VI", "kind": "skin"},
    {"id": "active-acne", "name": "Active acne", "kind": "skin", "words": ["active acne"]},
    {"id": "anticoagulant", "name": "Blood thinners", "kind": "medicine", "words": ["blood thinner"]},
    {"id": "autoimmune-disease", "name": "An autoimmune disease", "kind": "illness", "words": ["autoimmune"]},
)

AVOIDS = (
    {"id": "needles", "needs": "needles", "uses": ["needles"]},
    {"id": "lasers", "needs": "a laser or light", "uses": ["lasers"]},
    {"id": "surgery", "needs": "surgery", "uses": ["surgery"]},
    {"id": "prescription", "needs": "a prescription", "prescription": True},
    {"id": "clinic", "needs": "a clinic", "uses": ["clinic"], "clinic": True},
    {"id": "downtime", "needs": "days off", "downtime": True},
)

CONSTANTS = {
    "harm-minor": 1,
    "harm-minor-most": 50,
    "harm-moderate": 5,
    "harm-serious": 40,
    "harm-prior-people": 40,
    "caution-risk-factor": 1.5,
    "effort-per-home-month": 0.5,
    "avoid-downtime-days": 1,
    "adult-age": 18,
    "fertile-below-age": 55,
    "youngest-lone-age": 8,
    "second-trimester-from-week": 14,
    "n-unknown": 10,
    "interval": 0.8,
    "too-close": 0.75,
    "clearly-less": 0.8,
    "proven-enough": 2,
    "weight-slack": 0.1,
    "sigma": 25,
    "pair-correlation": 0.5,
    "noticeable": 10,
    "one-arm-most": 0.9,
    "bound-doubt": 1,
    "sigma-log-sd": 1e-6,
    "window-share": 0.6,
    # spreads that are as good as known, and no study that is looked at for standing apart: one Gaussian, by hand
    "study-sd": 10,
    "study-log-sd": 1e-6,
    "heterogeneity-sd": 5,
    "heterogeneity-log-sd": 1e-6,
    "gain-sd": 20,
    "gain-log-sd": 1e-6,
    "outlier-chance": 0.05,
    "outlier-inflation": 16,
    "outlier-above": 1.5,
    "outlier-most": 0,
    "added-share": 0.4,
    "combined-share": 0.6,
    "pair-share": 0.5,
    "product-share": 0.3,
    "level-mean": 8,
    "level-sd": 10,
    "level-kind-sd": 6,
    "untreated-sd": 4,
    "series-mean": 8,
    "series-sd": 6,
    "study-cut-sd": 5,
    "bias-rct": 0,
    "bias-split-body-rct": 0,
    "bias-non-randomised": 0.32,
    "bias-case-series": 0.4,
    "bias-meta-analysis": 0.12,
    "bias-systematic-review": 0.24,
    "bias-open": 0.16,
    "bias-blinding-unknown": 0.08,
    "bias-interest": 0.2,
    "certainty-sound-most": 0.7,
    "certainty-sound-some": 0.4,
    "certainty-indirect-most": 0.2,
    "certainty-indirect-some": 0.5,
    "certainty-incoherent-most": 0.1,
    "certainty-incoherent-some": 0.01,
    "certainty-interest": 0.5,
    "certainty-small": 50,
    "certainty-assumption": 0.5,
    "certainty-range": 0.95,
    "star-cap-assumption": 2,
    "star-cap-one-study": 3,
    "star-cap-series": 2,
    "star-cap-no-figure": 1,
    "star-cap-laboratory": 1,
}

MARKETS = {"us": ("US", "USD", "$"), "uk": ("UK", "GBP", "£"), "au": ("Australia", "AUD", "A$")}

SOURCES = ("one", "two", "three", "four")

DEFAULTS: dict[str, dict[str, Any]] = {
    "procedure": {
        "family": "toys",
        "summary": "",
        "mode_of_action": "",
        "mechanism": "toy",
        "setting": "clinic",
        "route": "needled",
        "clinic": True,
        "role": "standalone",
        "invasiveness": "needling",
    },
    "concern": {"summary": "", "scale": "percent"},
    "practice": {"source": "one"},
    "course": {"source": "one"},
    "harm": {"source": "one", "concern": "scars", "event": "redness", "severity": "minor"},
    "assumption": {"reason": "A toy's reason."},
    "price": {"source": "one", "year": 2025, "unit": "session", "grade": "own-list-copy"},
    "study": {"source": "one", "design": "rct", "blinded": True, "participants": 40},
    "guideline": {"source": "one"},
    "exchange": {"source": "one", "year": 2023},
    "source": {"kind": "journal-article"},
    "avoid": {"name": "A thing", "says": "none of it"},
}


def write_rules(folder: Path) -> Path:
    """The part of the catalogue that every toy shares, as files in a folder."""
    synthesis = [("constant", {"name": name, "value": value, "reason": "A toy."}) for name, value in CONSTANTS.items()]
    for scale, full in (("percent", 100), ("hairs", 60)):
        row = {"id": scale, "name": scale, "unit": scale, "step": "points", "over": "better",
               "full": full, "reason": "A toy."}  # fmt: skip
        synthesis.append(("scale", row))
    as_is = {"scale": "percent", "measure": "percent-improvement", "how": "as-is", "reason": "A toy."}
    synthesis.append(("measure", as_is))
    weights = dict.fromkeys(("benefit", "evidence", "cost", "downtime", "risk", "speed", "durability", "effort"), 1)
    # one AUD is half a USD and a quarter of a GBP, so that one USD is half a GBP
    exchange = [{"from": "AUD", "to": "USD", "rate": 0.5}, {"from": "AUD", "to": "GBP", "rate": 0.25}]
    kinds = [{"id": "deep", "name": "Deep scars"}, {"id": "flat", "name": "Flat scars"}]
    concerns = (
        # what a thing gains is the same for both kinds, unless a test says otherwise
        {"id": "scars", "name": "Scars", "subtype": kinds, "lends": 1, "lends_reason": "A toy."},
        {"id": "lines", "name": "Lines"},
        {"id": "hair", "name": "Hair", "scale": "hairs"},
        {"id": "healing", "name": "Healing", "base_is_given": True},
    )
    texts = {
        "catalogue.toml": RULES,
        "criteria.toml": CRITERIA,
        "risk.toml": RISK,
        "downtime.toml": DOWNTIME,
        "synthesis.toml": _tables(*synthesis),
        "profiles.toml": _tables(("profile", {"id": "even", "name": "Even", "reason": "A toy.", "weights": weights})),
        "families.toml": _tables(("family", {"id": "toys", "name": "Toys"})),
        "sources/all.toml": _tables(*(("source", {"id": s, "title": s.capitalize()}) for s in SOURCES)),
        "exchange.toml": _tables(*(("exchange", row) for row in exchange)),
        "conditions.toml": _tables(*(("condition", row) for row in CONDITIONS)),
        "avoid.toml": _tables(*(("avoid", row) for row in AVOIDS)),
        "concerns/all.toml": _tables(*(("concern", row) for row in concerns)),
    }
    for market, (name, currency, symbol) in MARKETS.items():
        row = {"id": market, "name": name, "currency": currency, "symbol": symbol, "long_symbol": symbol}
        texts[f"markets/{market}.toml"] = _tables(("market", row))
    for file, text in texts.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


class Toy:
    """A folder of facts that a test fills, laid over the rules; `catalog()` reads both."""

    def __init__(self, folder: Path, rules: Path) -> None:
        self.folder = folder
        self.rules = rules
        self.facts: list[tuple[str, dict[str, Any]]] = []
        folder.mkdir()

    def add(self, table: str, **fields: Any) -> Self:
        """One fact more, with the toy's defaults where a field is left out (None: not said)."""
        self.facts.append((table, fields))
        return self

    def procedure(self, identity: str, **fields: Any) -> Self:
        """A procedure given in visits, unless said otherwise."""
        return self.add("procedure", id=identity, **{"name": identity.title(), **fields})

    def cream(self, identity: str, **fields: Any) -> Self:
        """A thing used at home, of no depth at all."""
        home = {"setting": "home", "route": "topical", "clinic": False, "invasiveness": "none"}
        return self.procedure(identity, **{**home, **fields})

    def practice(
        self, procedure: str, fact: str, low: float | None = None, high: float | None = None, **more: Any
    ) -> Self:
        """How it is given, or who may not have it."""
        return self.add("practice", procedure=procedure, fact=fact, low=low, high=high, **more)

    def course(self, procedure: str, what: str, low: float | None, high: float | None, **more: Any) -> Self:
        """How its results came and went in one study."""
        row = {"concern": "scars", **more}
        return self.add("course", procedure=procedure, what=what, low=low, high=high, **row)

    def harm(self, procedure: str, low: float, high: float | None = None, **more: Any) -> Self:
        """An unwanted event in so many of a hundred people."""
        high = low if high is None else high
        return self.add("harm", procedure=procedure, rate_low=low, rate_high=high, **more)

    def assumption(self, procedure: str, what: str, low: float, typical: float, high: float, **more: Any) -> Self:
        """How its units become a course."""
        ends = {"low": low, "typical": typical, "high": high}
        return self.add("assumption", procedure=procedure, what=what, **ends, **more)

    def price(self, procedure: str, low: float, high: float | None = None, *, market: str = "us", **more: Any) -> Self:
        """What a unit of it costs."""
        place = {"market": market, "currency": MARKETS[market][1]}
        row = {"procedure": procedure, **place, "low": low, "high": low if high is None else high, **more}
        return self.add("price", **row)

    def study(self, identity: str, concern: str, **fields: Any) -> Self:
        """A study; `arm` and `outcome` are lists of tables."""
        return self.add("study", id=identity, concern=concern, **fields)

    def helped(self, procedure: str, concern: str = "scars", *, sessions: int | None = None, **fields: Any) -> Self:
        """A study that says a procedure is better than nothing, without a figure: it makes an option and no number."""
        base = fields.pop("base", None)
        outcome = {
            "procedure": procedure, "base": base, "comparator": "baseline", "outcome": "better", "measure": "none",
            "direction": "better", "sessions": sessions,
        }  # fmt: skip
        name = f"{procedure}-{len(self.facts)}"
        found = [{k: v for k, v in outcome.items() if v is not None}]
        return self.study(name, concern, outcome=found, **fields)

    def tested(
        self, procedure: str, gain: float = 36, concern: str = "scars", *, base: str | None = None, **fields: Any
    ) -> Self:
        """A blinded trial of 25 people an arm against placebo, from which this gain is expected.

        Of a treatment on its own: arms vary by 25²/25 + 5² = 50 each, a difference by 100, gains by 20² before: what is
        seen is four fifths believed (and the gain is ± √80).
        """
        seen = {"procedure": procedure, "base": base, "value": 8 + gain / 0.8}
        idle = {"procedure": "placebo", "value": 8}
        arms = [{"n": 25, "measure": "percent-improvement", **{k: v for k, v in arm.items() if v is not None}}
                for arm in (seen, idle)]  # fmt: skip
        return self.study(f"{procedure}-{len(self.facts)}", concern, arm=arms, participants=50, **fields)

    def guide(self, concern: str, kind: str | None, *procedures: str, **fields: Any) -> Self:
        """A document that names procedures for a kind of a concern."""
        for procedure in procedures:
            self.add("guideline", concern=concern, **({"kind": kind} if kind else {}), procedure=procedure, **fields)
        return self

    def catalog(self) -> Catalog:
        """The rules, and what the folder holds by now."""
        (self.folder / "facts.toml").write_text(_tables(*self.facts), "utf-8")
        return Catalog(self.rules, (self.folder,))


def _tables(*rows: tuple[str, dict[str, Any]]) -> str:
    lines: list[str] = []
    for table, fields in rows:
        row = {**DEFAULTS.get(table, {}), **fields}
        lines += [f"[[{table}]]", *(f"{key} = {_value(x)}" for key, x in row.items() if x is not None), ""]
    return "\n".join(lines)


def _value(x: Any) -> str:
    if isinstance(x, dict):
        return "{ " + ", ".join(f"{k} = {_value(v)}" for k, v in x.items() if v is not None) + " }"
    if isinstance(x, list | tuple):
        return "[" + ", ".join(map(_value, x)) + "]"
    return json.dumps(x, ensure_ascii=False)
