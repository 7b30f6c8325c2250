"""Figures on the catalogue: how good each part is, and what is left out of every synthesis, and why."""

from collections.abc import Callable, Iterable, Sequence

from decide.alternatives.alternative import option_name
from decide.catalog import Catalog
from decide.catalog.holes import holes
from decide.catalog.models import Arm, Study
from decide.evidence.benefit import benefits
from decide.evidence.informing import Unused
from decide.evidence.rows import CONTROLLED
from decide.report.views.facts import not_pooled
from docs.price_figures import prices_table

BEGIN, END = "<!-- figures: written by docs/generate.py -->", "<!-- end of figures -->"
PRICES = "<!-- figures on prices: written by docs/generate.py -->"
LEFT_OUT = """# What was read and moves no figure, and why

Every record whose figure does not enter the benefit of anything, by the program's reason. `decide why
PROCEDURE --for CONCERN` names those of one procedure. Written by `python docs/generate.py`; do not edit.
"""


def with_figures(page: str, catalog: Catalog) -> str:
    """A page with each block between its two marks written anew."""
    for begin, told in ((BEGIN, quality(catalog)), (PRICES, prices_table(catalog))):
        before, rest = page.split(begin, 1)
        page = f"{before}{begin}\n{told}\n{END}{rest.split(END, 1)[1]}"
    return page


def quality(catalog: Catalog) -> str:
    """How good each part is: studies, how many count, and what their arms say, concern by concern and in all."""
    sold = {p.procedure for p in catalog.products.values()}
    heads = ("concern", "studies", "that count", "control unread", "arms that count", "with n", "shares past a cut")
    heads += ("with a cut", "arms of what has products", "product or dose said")
    rows = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    every: list[Study] = []
    for concern in catalog.concerns.values():
        studies = list(catalog.studies(concern.id))
        every += studies
        rows.append(f"| {concern.name} | {_cells(studies, sold)} |")
    rows.append(f"| **all** | {_cells(every, sold)} |")
    found = holes(catalog)
    studies = sum(hole.table == "study" for hole in found)
    return "\n".join([*rows, "", f"{len(found)} holes are listed, {studies} of them in studies."])


def _cells(studies: Iterable[Study], sold: set[str]) -> str:
    listed = list(studies)
    counted = [s for s in listed if s.use == "pool" and not s.other]
    arms = [a for s in counted for a in s.arm if not a.other and a.measure != "none"]
    shares = [a for a in arms if a.measure == "responders"]
    forms = [a for a in arms if a.procedure in sold]
    alone = sum(len(s.arm) == 1 and not s.contrast and s.design in CONTROLLED for s in counted)
    cells = (
        len(listed), len(counted), alone, len(arms), _share(arms, lambda a: a.n is not None), len(shares),
        _share(shares, lambda a: a.cut is not None), len(forms), _share(forms, lambda a: bool(a.product or a.dose)),
    )  # fmt: skip
    return " | ".join(map(str, cells))


def _share(arms: Sequence[Arm], said: Callable[[Arm], bool]) -> str:
    return f"{sum(map(said, arms)) / len(arms):.0%}" if arms else ""


def left_out_page(catalog: Catalog) -> str:
    """docs/left-out.md: by concern and reason, the records that move no figure."""
    parts = [LEFT_OUT]
    for concern in catalog.concerns.values():
        found: dict[str, dict[str, list[str]]] = {}
        for item in benefits(catalog, concern.id).unused:
            found.setdefault(not_pooled(item.reason, item.by), {}).setdefault(item.study.id, []).append(
                _name(catalog, item)
            )
        parts.append(f"## {concern.name}\n\n| why | records |\n|---|---|")
        for reason, records in sorted(found.items()):
            told = "; ".join(f"`{i}` ({', '.join(dict.fromkeys(names))})" for i, names in sorted(records.items()))
            parts.append(f"| {reason} | {told} |")
        parts.append("")
    return "\n".join(parts)


def _name(catalog: Catalog, item: Unused) -> str:
    known = item.effect.treatment in catalog.procedures
    return option_name(catalog, item.effect) if known else str(item.effect)
