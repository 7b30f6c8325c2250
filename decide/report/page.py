"""Answers laid out for a page: every text that a page or a printed report shows, in the words of `words`.

Templates only place these; they choose no words and round no number. What an answer does not hold (a probability of
being best, say) is an empty text here, and is then not shown.
"""

from typing import TYPE_CHECKING, NamedTuple

from decide.report.words import (
    benefit_short,
    course_length,
    days,
    money,
    money_range,
    number,
    span,
    stars,
    stars_phrase,
)

if TYPE_CHECKING:
    from decide.answers.ranking import Ranked, Ranking
    from decide.catalog import Catalog
    from decide.options import LeftOut, Option


class Part(NamedTuple):
    """One criterion's part in a score: what the option does on it, its value, its weight, and the product."""

    criterion: str
    says: str
    value: str
    weight: str
    adds: str
    share: float


class OptionView(NamedTuple):
    """One option of a ranking as texts."""

    id: str
    name: str
    place: int
    score: str
    total: str
    total_says: str
    visits: str
    visits_says: str
    benefit: str
    benefit_says: str
    stars: int
    stars_text: str
    stars_says: str
    downtime: str
    p_best: str
    cautions: tuple[str, ...]
    notes: tuple[str, ...]
    parts: tuple[Part, ...]


class Group(NamedTuple):
    """Things left out for one reason."""

    why: str
    title: str
    lines: tuple[tuple[str, str, str], ...]
    """Name, reason, and the source behind the reason."""


LEFT_OUT = {
    "contraindicated": "Not for you",
    "avoided": "Ruled out by what you avoid",
    "downtime": "Too much downtime",
    "excluded": "Ruled out by you",
    "over budget": "Over budget",
    "no price": "No price known here: ask for a quote",
    "no count": "No course known",
    "no study": "No study for this concern here",
}


def option_view(row: "Ranked", ranking: "Ranking", names: "Catalog") -> OptionView:
    """A row of a ranking as texts."""
    option = row.option
    p_best = getattr(row, "p_best", None)
    return OptionView(
        id=option.id,
        name=option.name,
        place=row.rank,
        score=f"{row.score:.2f}",
        total=money_range(row["cost"], ranking.symbol),
        total_says=_total_says(row, ranking),
        visits=course_length(option, ranking.horizon_months),
        visits_says=visits_says(option, ranking.horizon_months),
        benefit=benefit_text(row, ranking),
        benefit_says=benefit_unit(ranking) if row["benefit"].basis == "studies" else "no study gives one",
        stars=row.stars,
        stars_text=stars(row.stars),
        stars_says=f"{row.stars} of 5 stars: {stars_phrase(row.stars)}",
        downtime=downtime_text(row),
        p_best="" if p_best is None else f"{p_best:.0%}",
        cautions=row.cautions,
        notes=tuple(_notes(row)),
        parts=tuple(_parts(row, ranking, names)),
    )


def benefit_text(row: "Ranked", ranking: "Ranking") -> str:
    """`24% (17–31)`, or `no figure`."""
    text = benefit_short(row["benefit"])
    return text.replace(" (", "% (") if "percent" in ranking.scale else text


def benefit_unit(ranking: "Ranking") -> str:
    """What a figure of benefit counts."""
    return "better than before" if "percent" in ranking.scale else "hairs gained per cm²"


def downtime_text(row: "Ranked") -> str:
    """`3–7 days`, `none`, `not known`; a guess is named as one."""
    cell = row["downtime"]
    short = days(cell)
    if short == "?":
        return "not known"
    if short == "none":
        return "none"
    guess = ", a guess" if short.startswith("~") else ""
    short = short.removeprefix("~")
    return f"{short} day{'' if short in ('1', '<1') else 's'}{guess}"


def visits_says(option: "Option", horizon: float) -> str:
    """The length of a course in words."""
    text = course_length(option, horizon)
    if option.sessions is None:
        return {"once": "bought once"}.get(text, "at home")
    says = "visits" if option.sessions != 1 or option.part_course else "visit"
    if option.part_course:
        says += ", a part course"
    if option.renewals:
        says += ", then visits to renew it"
    return f"{says}, and daily use at home" if option.months else says


def _total_says(row: "Ranked", ranking: "Ranking") -> str:
    says = []
    if row["cost"].basis == "borrowed price":
        lender = (row.option.cost.borrowed_from or "").upper()
        says.append(f"no price known here: borrowed from {lender or 'other'} prices, range widened")
    if row.high_end_over_budget:
        says.append("the high end is over your budget")
    return "; ".join(says)


def _notes(row: "Ranked") -> list[str]:
    found = []
    if row.option.part_course:
        found.append("Fewer visits than usual; its benefit is scaled down.")
    if row.disagree:
        found.append("Studies disagree: a third or more of the weight finds no gain.")
    if row["benefit"].basis == "prior":
        found.append("No study read gives a figure: for the score, what placebo gives is assumed.")
    if row["downtime"].basis == "prior":
        found.append("No source gives its downtime: a guess by how deep it goes.")
    return found


def _parts(row: "Ranked", ranking: "Ranking", names: "Catalog") -> list[Part]:
    most = max((abs(x) for x in row.contributions.values()), default=0.0) or 1.0
    return [
        Part(
            criterion=names.criteria[c].name if c in names.criteria else c.capitalize(),
            says=cell_text(c, row, ranking),
            value=f"{row.values[c]:.2f}",
            weight=f"{ranking.weights[c]:.0%}",
            adds=f"{adds:.3f}",
            share=round(adds / most, 4),
        )
        for c, adds in row.contributions.items()
        if c in row.cells
    ]


def cell_text(criterion: str, row: "Ranked", ranking: "Ranking") -> str:
    """What an option does on one criterion, with its unit."""
    cell = row[criterion]
    if criterion == "benefit":
        text = benefit_text(row, ranking)
        return f"{text} {benefit_unit(ranking)}" if cell.basis == "studies" else text
    if criterion == "evidence":
        return f"{row.stars} of 5 stars"
    if criterion == "cost":
        return money_range(cell, ranking.symbol)
    if criterion == "downtime":
        return downtime_text(row)
    if not cell.known:
        return "not known"
    reach = span(cell.low, cell.high)
    if criterion == "risk":
        return f"{number(cell.typical)} harm points in 100 people ({reach})"
    if criterion == "speed":
        return f"{reach} weeks until it shows"
    if criterion == "durability":
        return "as long as used" if cell.basis == "as long as used" else f"lasts {reach} months"
    if criterion == "effort":
        return f"{course_length(row.option, ranking.horizon_months)} {visits_says(row.option, ranking.horizon_months)}"
    return reach


def left_out(ranking: "Ranking") -> list[Group]:
    """What is not in the ranking, by reason; the nearest to the budget first."""
    found = []
    for why, title in LEFT_OUT.items():
        items = sorted((item for item in ranking.left_out if item.why == why), key=lambda item: item.amount or 0)
        if items:
            found.append(Group(why, title, tuple((item.name, _reason(item), item.source) for item in items)))
    return found


def _reason(item: "LeftOut") -> str:
    if item.why == "no price":
        return item.reason.partition("; ")[2]
    return "" if item.why == "no study" else item.reason


def kinds(ranking: "Ranking") -> list[str]:
    """Which kind of the concern would change the answer, and what a document matches to each kind."""
    lines = []
    changing = [kind for kind in ranking.kinds if kind.changes]
    if changing:
        leads = "; ".join(f"{kind.name.lower()}: {kind.first}" for kind in changing)
        lines.append(f"Which kind matters. By the studies of each kind another option would lead for {leads}.")
    matched = [kind for kind in ranking.kinds if kind.matched]
    if matched:
        by = ", ".join(dict.fromkeys(source for kind in matched for source in kind.matched_by))
        pairs = "; ".join(f"{kind.name.lower()}: {', '.join(kind.matched)}" for kind in matched)
        lines.append(f"Matched to a kind by {by}: {pairs}.")
    return lines


def filters(ranking: "Ranking") -> list[str]:
    """What each thing that is ruled out costs in score."""
    lines = []
    for cost in ranking.filter_costs:
        if cost.best_with is None:
            continue
        if cost.best_without is None:
            lines.append(f"Without {cost.what} nothing is left; with it the best score would be {cost.best_with:.2f}.")
        elif cost.best_with > cost.best_without + 0.005:
            lines.append(
                f"Without {cost.what} the best score falls from {cost.best_with:.2f} to {cost.best_without:.2f}."
            )
        else:
            lines.append(f"Leaving out {cost.what} costs nothing: the first place is the same.")
    return lines


def order(ranking: "Ranking") -> list[str]:
    """How sure the first place is: which options are too close to it to call."""
    found = getattr(ranking, "sureness", None)
    if found is None or len(ranking.rows) < 2:
        return []
    names = {row.option.id: row.option.name for row in ranking.rows}
    first = ranking.rows[0].option
    close = [item for item in found.too_close if item.first == first.id and item.second in names]
    if not close:
        return []
    named = ", ".join(f"{names[item.second]} ({1 - item.p:.0%})" for item in close[:4])
    more = f" and {len(close) - 4} more" if len(close) > 4 else ""
    return [f"Too close to call with {first.name}: {named}{more}. In brackets: how often they come out ahead of it."]


def status(ranking: "Ranking") -> str:
    """One short line for somebody who does not see the page change."""
    best = ranking.best
    if best is None:
        return "Nothing fits."
    count = len(ranking.rows)
    return (
        f"{count} option{'' if count == 1 else 's'}. First: {best.option.name}, "
        f"{money(best['cost'].typical, ranking.symbol)}, score {best.score:.2f}."
    )
