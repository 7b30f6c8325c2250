"""Sentences under a ranking that every format tells alike."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decide.answers.ranking.result import Ranking

TITLES = {
    "contraindicated": "Not for you",
    "not known safe": "Not offered, for nothing is known",
    "not allowed": "Not allowed here",
    "avoided": "Ruled out by what you avoid",
    "downtime": "Too much downtime",
    "excluded": "Ruled out by you",
    "over budget": "Over budget",
    "no price": "No price known here (ask for a quote)",
    "no count": "No course known",
    "no study": "No study for this concern here",
}
"""Why something is not in a ranking, as a heading; the weightiest reason first."""


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
