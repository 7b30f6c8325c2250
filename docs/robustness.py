"""How far the orders of gains rest on the constants of the synthesis and on how records are handled."""

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from decide.catalog import Catalog
from decide.catalog.models import Constant
from decide.catalog.read import Entry
from decide.evidence.benefit import Benefits, benefits
from decide.evidence.index import Effect
from decide.evidence.informing import INACTIVE

CONSTANTS = (
    "gain-sd", "heterogeneity-sd", "study-sd", "sigma", "level-sd", "level-kind-sd", "series-mean", "series-sd",
    "study-cut-sd", "untreated-sd", "added-share", "combined-share", "pair-share", "product-share",
    "bias-non-randomised", "bias-case-series", "bias-open", "bias-interest", "bias-meta-analysis", "outlier-chance",
    "outlier-inflation", "pair-correlation", "n-unknown", "one-arm-most",
)  # fmt: skip
"""What is halved and doubled: first what moves answers most."""
MOST = {"pair-correlation": 0.95, "one-arm-most": 1.0}
"""Constants that cannot pass this."""
SWITCHES: Mapping[str, Mapping[str, bool]] = {
    "without direction-only records": {"directions": False},
    "without pooled results": {"pooled": False},
    "overlaps not freed": {"overlaps": False},
}
Asked = tuple[str, str]
"""A concern and a kind of it."""
Order = tuple[tuple[Effect, float], ...]


class Moved(NamedTuple):
    """What one change does to the orders of all kinds: how alike they are (Kendall's τ: mean and least), the mean
    shift of a gain and its mean size, and the first places that change, with how sure each was.
    """

    change: str
    tau: float
    least: float
    shift: float
    size: float
    flips: tuple[tuple[Asked, Effect, Effect, float], ...]


def asked(catalog: Catalog) -> list[Asked]:
    """Every kind of every concern, and each concern without kinds."""
    return [
        (concern.id, kind)
        for concern in catalog.concerns.values()
        for kind in [one.id for one in concern.subtype if not one.whole] or [""]
    ]


def order(found: Benefits) -> Order:
    """Effects that have a figure, by gain, most first; those given nothing left out."""
    known = sorted((e for e in found.effects if e.adjunct or e.treatment not in INACTIVE), key=str)
    gains = found.joint(known).mean.tolist() if known else []
    return tuple(sorted(zip(known, gains, strict=True), key=lambda item: (-item[1], str(item[0]))))


def orders(catalog: Catalog, **switches: bool) -> dict[Asked, Order]:
    """The order of every kind of every concern that has two figures at least."""
    found: dict[Asked, Order] = {}
    whole: dict[str, Benefits] = {}
    for concern, kind in asked(catalog):
        whole.setdefault(concern, benefits(catalog, concern, **switches))
        one = order(whole[concern].of_kind(kind))
        if len(one) > 1:
            found[concern, kind] = one
    return found


def first_surely(catalog: Catalog) -> dict[Asked, float]:
    """How sure each first place is: P(the first gains more than the second)."""
    found = {}
    for (concern, kind), one in orders(catalog).items():
        joint = benefits(catalog, concern).of_kind(kind).joint([e for e, _ in one[:2]])
        found[concern, kind] = float(joint.better()[0, 1])
    return found


def kendall(a: Order, b: Order) -> float:
    """Kendall's τ over the effects that both orders hold: 1 the same order, −1 reversed (Kendall 1938)."""
    other = dict(b)
    values = [(x, other[e]) for e, x in a if e in other]
    pairs = agree = 0
    for i, (x, y) in enumerate(values):
        for u, v in values[i + 1 :]:
            pairs += 1
            agree += 1 if (x - u) * (y - v) > 0 else -1 if (x - u) * (y - v) < 0 else 0
    return agree / pairs if pairs else 1.0


def moved(change: str, base: Mapping[Asked, Order], other: Mapping[Asked, Order], sure: Mapping[Asked, float]) -> Moved:
    """What a change does to every order."""
    taus, shifts, flips = [], [], []
    for key, one in base.items():
        now = other.get(key, ())
        taus.append(kendall(one, now))
        shifts += [dict(now)[e] - x for e, x in one if e in dict(now)]
        if now and now[0][0] != one[0][0]:
            flips.append((key, one[0][0], now[0][0], sure[key]))
    size = sum(map(abs, shifts)) / max(len(shifts), 1)
    return Moved(change, sum(taus) / len(taus), min(taus), sum(shifts) / max(len(shifts), 1), size, tuple(flips))


def changed(catalog: Catalog, name: str, factor: float) -> Catalog:
    """The catalogue with one constant multiplied, wherever it stands."""
    entries = []
    for concern in catalog.concerns:
        value = min(catalog.constant(name, concern) * factor, MOST.get(name, float("inf")))
        fact = Constant(name=name, concern=concern, value=value, reason="a change to see what it does")
        entries.append(Entry("constant", fact, Path("memory"), 0))
    return catalog.with_facts(*entries)


_shared: list[Catalog] = []
"""The catalogue that forked workers inherit, read once."""


def _orders_with(name: str, factor: float) -> dict[Asked, Order]:
    return orders(changed(_shared[-1], name, factor))


def constants_moved(catalog: Catalog) -> list[tuple[str, Moved, Moved]]:
    """Each constant, and what halving and doubling it does to every order."""
    base, sure = orders(catalog), first_surely(catalog)
    tried = [(name, factor) for name in CONSTANTS for factor in (0.5, 2.0)]
    _shared.append(catalog)
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        found = list(pool.map(_orders_with, *zip(*tried, strict=True)))
    _shared.clear()
    told = [moved(f"× {factor:g}", base, one, sure) for (_, factor), one in zip(tried, found, strict=True)]
    return [(name, told[2 * i], told[2 * i + 1]) for i, name in enumerate(CONSTANTS)]


def handling_moved(catalog: Catalog) -> list[Moved]:
    """What leaving out each way of handling records does to every order."""
    base, sure = orders(catalog), first_surely(catalog)
    return [moved(name, base, orders(catalog, **switch), sure) for name, switch in SWITCHES.items()]
