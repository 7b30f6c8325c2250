"""How far the order of a concern's benefits rests on the constants of the synthesis and on how records are handled."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from decide.catalog import Catalog
from decide.catalog.models import Constant
from decide.catalog.read import Entry
from decide.evidence.benefit import Benefits, benefits
from decide.evidence.index import Effect

CONSTANTS = (
    "sigma",
    "pair-correlation",
    "n-unknown",
    "study-sd",
    "heterogeneity-sd",
    "spread-log-sd",
    "prior-mean",
    "prior-sd",
    "adjunct-sd",
    "combination-sd",
    "optimism-mean",
    "optimism-sd",
    "q-non-randomised",
    "q-case-series",
    "q-meta-analysis",
    "q-systematic-review",
    "q-unblinded",
    "q-interested",
    "one-arm-most",
)
SHARES = ("pair-correlation", "one-arm-most")
"""Constants that cannot pass one; discounts (`q-…`) cannot either."""


class Moved(NamedTuple):
    """What one change does to an order: how alike the two orders are (Kendall's τ), and who comes first."""

    change: str
    tau: float
    first: tuple[Effect, ...]
    largest_shift: tuple[Effect, float]


def order(found: Benefits) -> list[tuple[Effect, float]]:
    """Effects that a study measures, by expected benefit, most first; no-treatment arms left out."""
    known = [e for e in found.effects if e.main not in ("placebo", "untreated")]
    return sorted(((e, found.estimate(e).mean) for e in known), key=lambda item: (-item[1], str(item[0])))


def kendall(a: Sequence[tuple[Effect, float]], b: Sequence[tuple[Effect, float]]) -> float:
    """Kendall's τ over the effects that both orders hold: 1 the same order, −1 reversed (Kendall 1938)."""
    other = dict(b)
    values = [(x, other[e]) for e, x in a if e in other]
    pairs = agree = 0
    for i, (x, y) in enumerate(values):
        for u, v in values[i + 1 :]:
            pairs += 1
            agree += 1 if (x - u) * (y - v) > 0 else -1 if (x - u) * (y - v) < 0 else 0
    return agree / pairs if pairs else 1.0


def _moved(change: str, base: Sequence[tuple[Effect, float]], other: Sequence[tuple[Effect, float]]) -> Moved:
    now = dict(other)
    shifts = [(e, now[e] - x) for e, x in base if e in now]
    largest = max(shifts, key=lambda item: abs(item[1]), default=(Effect("—"), 0.0))
    return Moved(change, kendall(base, other), tuple(e for e, _ in other[:3]), largest)


def constants_moved(catalog: Catalog, concern: str) -> list[tuple[str, float, Moved, Moved]]:
    """Each constant with its value, and what halving and doubling it does to the order."""
    base = order(benefits(catalog, concern))
    found = []
    for name in CONSTANTS:
        value = catalog.constant(name, concern)
        halves = []
        for factor in (0.5, 2.0):
            changed = value * factor
            if name.startswith("q-") or name in SHARES:
                changed = min(changed, 0.95 if name in SHARES else 1.0)
            fact = Constant(name=name, concern=concern, value=changed, reason="a change to see what it does")
            moved = catalog.with_facts(Entry("constant", fact, Path("memory"), 0))
            word = "halved" if factor < 1 else "doubled"
            halves.append(_moved(word, base, order(benefits(moved, concern))))
        found.append((name, value, halves[0], halves[1]))
    return found


def handling_moved(catalog: Catalog, concern: str) -> list[Moved]:
    """What leaving out each way of handling records does to the order."""
    whole = benefits(catalog, concern)
    base = order(whole)
    return [
        _moved("everything", base, base),
        _moved("without direction-only records", base, order(benefits(catalog, concern, directions=False))),
        _moved("without pooled results", base, order(benefits(catalog, concern, pooled=False))),
        _moved("overlaps not freed", base, order(benefits(catalog, concern, overlaps=False))),
        _moved("series taken at their word", base, order(benefits(catalog, concern, optimism=False))),
    ]
