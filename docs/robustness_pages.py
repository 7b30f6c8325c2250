"""Pages for docs/: how each concern's order rests on the constants and on how records are handled."""

from decide.alternatives.alternative import option_name
from decide.catalog import Catalog
from decide.evidence.index import Effect
from docs.robustness import Moved, constants_moved, handling_moved


def constants_page(catalog: Catalog) -> str:
    """docs/sensitivity.md: every constant halved and doubled, concern by concern."""
    parts = [
        "# What each constant does to the order\n\n"
        "Each constant of `catalog/synthesis.toml` halved and doubled, one at a time, and what that does to the order "
        "of expected benefit among everything that a study measures. τ is Kendall's: 1 the same order, 0 no relation. "
        "A discount or a correlation stops at one. Written by `python docs/generate.py`; do not edit.\n"
    ]
    for concern in catalog.concerns.values():
        parts.append(f"## {concern.name}\n")
        parts.append("| constant | value | halved: τ | first | doubled: τ | first |\n|---|---|---|---|---|---|")
        rows = [
            f"| {name} | {value:g} | {_cells(catalog, half)} | {_cells(catalog, double)} |"
            for name, value, half, double in constants_moved(catalog, concern.id)
        ]
        parts.append("\n".join(rows) + "\n")
    return "\n".join(parts)


def handling_page(catalog: Catalog) -> str:
    """docs/handling.md: the order with and without each way of handling records."""
    parts = [
        "# What each way of handling records does to the order\n\n"
        "Expected benefit with everything, and with one thing left out at a time: records that give only a direction, "
        "pooled results, the counting of people once, and the correction for series without a comparison group. "
        "Written by `python docs/generate.py`; do not edit.\n"
    ]
    for concern in catalog.concerns.values():
        parts.append(f"## {concern.name}\n")
        parts.append("| | τ | first three | largest shift |\n|---|---|---|---|")
        rows = []
        for moved in handling_moved(catalog, concern.id):
            firsts = ", ".join(_name(catalog, e) for e in moved.first)
            effect, shift = moved.largest_shift
            largest = f"{_name(catalog, effect)} {shift:+.0f}" if abs(shift) >= 0.5 else "none"
            rows.append(f"| {moved.change} | {moved.tau:.2f} | {firsts} | {largest} |")
        parts.append("\n".join(rows) + "\n")
    return "\n".join(parts)


def _cells(catalog: Catalog, moved: Moved) -> str:
    return f"{moved.tau:.2f} | {_name(catalog, moved.first[0]) if moved.first else 'nothing'}"


def _name(catalog: Catalog, effect: Effect) -> str:
    if effect.treatment not in catalog.procedures:
        return str(effect)
    return option_name(catalog, effect)
