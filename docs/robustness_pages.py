"""Pages for docs/: what the orders rest on, how cuts are calibrated, and whether studies agree."""

import math
from collections import Counter
from collections.abc import Iterable

from decide.alternatives.alternative import option_name
from decide.catalog import Catalog
from decide.evidence.benefit import synthesis_of
from decide.evidence.index import Effect
from decide.evidence.model import scale_of
from decide.evidence.rows import rows_for
from decide.synthesis.consistency import Inconsistency, Split
from docs.robustness import JUDGED, MOST, Moved, asked, constants_moved, handling_moved

SURE = 0.75
"""P(first gains more than second) from which a first place is no tie."""
WRITTEN = "Written by `python docs/generate.py`; do not edit.\n"
READING = (
    "Over the orders of gains of every kind of every concern. τ is Kendall's against the order as it is (1 the same "
    "order): mean, and least. Shift is the mean change of a gain, and its mean size, in the scale's units. A first "
    f"place that was a tie (P(first gains more than second) below {SURE:g}) stands in brackets. "
)
COLUMNS = "| {} | τ, least | shift, size | first places that change |\n|---|---|---|---|"


def constants_page(catalog: Catalog) -> str:
    """docs/sensitivity.md: every constant halved and doubled."""
    parts = [
        "# What each constant does to the orders\n\n"
        "Each constant of `catalog/synthesis.toml` that bears on gains (not those of stars and of showing) halved and "
        f"doubled, one at a time, and beside them what is judged of kinds and cuts: {_judged()}. Bounds hold: "
        f"{', '.join(f'`{name}` at most {most:g}' for name, most in MOST.items())}. " + READING + WRITTEN,
        COLUMNS.format("constant"),
    ]
    for name, half, double in constants_moved(catalog):
        parts += [f"| `{name}` {one.change} | {_moved(catalog, one)} |" for one in (half, double)]
    return "\n".join(parts) + "\n"


def _judged() -> str:
    return "; ".join(f"`{name}`, {says}" for name, says in JUDGED.items())


def handling_page(catalog: Catalog) -> str:
    """docs/handling.md: the orders without each way of handling records."""
    parts = [
        "# What each way of handling records does to the orders\n\n"
        "With one thing left out at a time: records that give only a direction, pooled results, the counting of people "
        "once. " + READING + WRITTEN,
        COLUMNS.format("change"),
        *(f"| {one.change} | {_moved(catalog, one)} |" for one in handling_moved(catalog)),
    ]
    return "\n".join(parts) + "\n"


def cuts_page(catalog: Catalog) -> str:
    """docs/cuts.md: the classes of cut, where they were put and where the studies put them."""
    parts = [
        "# Where cuts of responders lie\n\n"
        "A share of people past a cut says how far the mean lies from the cut; where the cut itself lies on the scale "
        "is a judgement (`catalog/cuts.toml`), with a spread. All concerns of the scale together, with gains flat and "
        "so never from an order, then say by how much each class of cut errs. The figures of `cuts.toml` stay as they "
        "are; the synthesis takes the error off, with its doubt. " + WRITTEN
    ]
    for scale in catalog.scales:
        concerns = [concern.id for concern in catalog.concerns.values() if concern.scale == scale]
        arms = Counter(
            item.row.cut for concern in concerns for item in rows_for(catalog, concern).used if item.kind == "arm"
        )
        found = scale_of(catalog, scale)
        if found is None:
            continue
        mean, sd = found.series
        parts.append(f"## {catalog.scales[scale].name[0].upper()}{catalog.scales[scale].name[1:]}\n")
        parts.append(f"Studies in which nobody went without run high by {mean:.1f} ± {sd:.1f}.\n")
        if not found.cuts:
            continue
        parts.append("| cut | words | arms | put at | studies say |\n|---|---|---|---|---|")
        for name, (error, spread) in sorted(
            found.cuts.items(), key=lambda one: catalog.cuts[scale, one[0]].threshold - one[1][0]
        ):
            known = catalog.cuts[scale, name]
            parts.append(
                f"| {name} | {known.says} | {arms[name]} | {known.threshold:g} ± {known.spread:g} | "
                f"{known.threshold - error:.0f} ± {spread:.0f} |"
            )
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def consistency_page(catalog: Catalog) -> str:
    """docs/consistency.md: direct against indirect comparisons, sums, and comparisons against levels."""
    parts = [
        "# Do studies agree?\n\n"
        "For each group of kinds: all designs at once (χ², degrees of freedom, p); each pair that a trial compares, "
        "directly against through others; combinations against the sum of their parts; comparisons against levels (of "
        "studies in which nobody went without). Told one by one are those with p below 0.1. With so many tests, one in "
        "ten is below 0.1 by chance alone. " + WRITTEN
    ]
    for concern in catalog.concerns.values():
        kinds = dict.fromkeys((kind for name, kind in asked(catalog) if name == concern.id), True)
        groups: dict[str, Inconsistency] = {}
        for kind in kinds:
            groups |= {one.group: one for one in synthesis_of(catalog, concern.id, kind).inconsistency}
        parts.append(f"## {concern.name}\n")
        parts.append("| group | all designs | direct against indirect | sums | levels |\n|---|---|---|---|---|")
        told: list[str] = []
        for group, one in groups.items():
            overall = (
                f"χ² {one.overall.q:.1f} on {one.overall.df}, p {one.overall.p:.2f}"
                if one.overall.df
                else "not testable"
            )
            cells = [_counted(tests) for tests in (one.splits, one.sums, one.levels)]
            parts.append(f"| {group or 'all'} | {overall} | {' | '.join(cells)} |")
            told += [_told(test) for tests in (one.splits, one.sums, one.levels) for test in tests if test.p < 0.1]
        parts.append("")
        parts += [*told, ""] if told else []
    return "\n".join(parts).rstrip() + "\n"


def _counted(tests: Iterable[Split]) -> str:
    every = list(tests)
    testable = [test for test in every if test.testable]
    if not every:
        return "none"
    if not testable:
        return f"{len(every)}, not testable"
    return f"{len(testable)} of {len(every)} testable, least p {min(test.p for test in testable):.2f}"


def _told(test: Split) -> str:
    if math.isnan(test.direct):
        return f"- {test.first}, {test.second}: apart by {test.difference:.0f} ± {test.se:.0f}, p {test.p:.3f}"
    return (
        f"- {test.first}, {test.second}: {test.direct:.0f} ± {test.direct_se:.0f} against "
        f"{test.indirect:.0f} ± {test.indirect_se:.0f}, p {test.p:.3f}"
    )


def _moved(catalog: Catalog, one: Moved) -> str:
    flips = []
    for (concern, kind), was, now, sure in one.flips:
        place = kind or catalog.concerns[concern].name.lower()
        text = f"{place}: {_name(catalog, was)} → {_name(catalog, now)}"
        flips.append(text if sure >= SURE else f"({text})")
    return (
        f"{one.tau:.2f}, {one.least:.2f} | {one.shift:+.1f}, {one.size:.1f} | "
        f"{len(flips) or 'none'}{': ' if flips else ''}{'; '.join(flips)}"
    )


def _name(catalog: Catalog, effect: Effect) -> str:
    return option_name(catalog, effect) if effect.treatment in catalog.procedures else str(effect)
