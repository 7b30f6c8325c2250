"""How far the orders of gains rest on the constants of the synthesis and on how records are handled."""

import tomllib
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from decide.catalog import Catalog
from decide.catalog.models import Constant
from decide.catalog.read import Entry
from decide.evidence.benefit import Benefits, benefits
from decide.evidence.index import Effect
from decide.evidence.informing import INACTIVE

NO_GAIN = ("certainty-", "star-cap-", "interval", "noticeable")
"""How constants begin that are read off gains and move none."""
FIRST = ("gain-sd", "heterogeneity-sd", "study-sd", "sigma")
"""What is shown first, for it moves answers most."""
JUDGED = {
    "lends (ρ)": "what kinds of one group have in common",
    "shares of kinds (π)": "halved and doubled in its logarithm: kinds more alike, and further from alike",
    "spreads of cuts": "how unsure it is where cuts of responders lie",
}
"""Judgements that stand with concerns and cuts, beside the constants."""
MOST = {"pair-correlation": 0.95, "one-arm-most": 1.0, "outlier-most": 6.0}
"""Constants that cannot pass this (of studies looked at each one more doubles the work)."""
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


def constants_of(catalog: Catalog) -> list[str]:
    """All that bears on gains: the constants of synthesis.toml but those at nought, and what is judged beside them."""
    stated = tomllib.loads((catalog.root / "synthesis.toml").read_text("utf-8"))["constant"]
    names = dict.fromkeys(one["name"] for one in stated if one["value"] and not one["name"].startswith(NO_GAIN))
    return sorted([*names, *JUDGED], key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))


def changed(catalog: Catalog, name: str, factor: float) -> Catalog:
    """The catalogue with one constant or judgement multiplied, wherever it stands."""
    return catalog.with_facts(*(Entry(fact, one, Path("memory"), 0) for fact, one in _changes(catalog, name, factor)))


def _changes(catalog: Catalog, name: str, factor: float) -> Iterator[tuple[str, Any]]:
    if name == "spreads of cuts":
        for cut in catalog.cuts.values():
            yield "cut", cut.model_copy(update={"spread": cut.spread * factor})
        return
    for concern in catalog.concerns.values():
        if name == "lends (ρ)":
            yield "concern", concern.model_copy(update={"lends": min(1.0, concern.lends * factor)})
        elif name == "shares of kinds (π)":
            whole = sum(kind.share**factor for kind in concern.subtype if kind.share)
            kinds = [k.model_copy(update={"share": k.share and k.share**factor / whole}) for k in concern.subtype]
            yield "concern", concern.model_copy(update={"subtype": tuple(kinds)})
        else:
            value = min(catalog.constant(name, concern.id) * factor, MOST.get(name, float("inf")))
            yield (
                "constant",
                Constant(name=name, concern=concern.id, value=value, reason="a change to see what it does"),
            )


_shared: list[Catalog] = []
"""The catalogue that forked workers inherit, read once."""


def _orders_with(name: str, factor: float) -> dict[Asked, Order]:
    return orders(changed(_shared[-1], name, factor))


def constants_moved(catalog: Catalog) -> list[tuple[str, Moved, Moved]]:
    """Each constant, and what halving and doubling it does to every order."""
    base, sure = orders(catalog), first_surely(catalog)
    names = constants_of(catalog)
    tried = [(name, factor) for name in names for factor in (0.5, 2.0)]
    _shared.append(catalog)
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        found = list(pool.map(_orders_with, *zip(*tried, strict=True)))
    _shared.clear()
    told = [moved(f"× {factor:g}", base, one, sure) for (_, factor), one in zip(tried, found, strict=True)]
    return [(name, told[2 * i], told[2 * i + 1]) for i, name in enumerate(names)]


def handling_moved(catalog: Catalog) -> list[Moved]:
    """What leaving out each way of handling records does to every order."""
    base, sure = orders(catalog), first_surely(catalog)
    return [moved(name, base, orders(catalog, **switch), sure) for name, switch in SWITCHES.items()]
