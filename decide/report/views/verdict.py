"""A ranking in sentences: the question as it was taken, the verdict, what happens anyway, which kind, what basis."""

from typing import TYPE_CHECKING

from decide.question.names import lower_first
from decide.question.restate import asker
from decide.report.views.common import quote_lines, reason
from decide.report.views.sureness import first_tier
from decide.report.words import (
    IN_ALL,
    RANGES,
    SURENESS,
    gain_alone,
    gain_phrase,
    level,
    listed,
    money,
    number,
    plural,
    score,
    share,
    whole_span,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from decide.alternatives.cell import Cell
    from decide.answers.ranking.result import Kind, Ranked, Ranking
    from decide.answers.why import Why

TIED = 5
"""Names of those too close to call that are told."""
LINES = {"1": "first", "2": "second", "3": "third", "added": "beside others", "": "in no order", "avoid": "to be left"}
"""How a line of a guideline is said."""
NOTHING_FIRST = "Nothing here is worth more than doing nothing, by these weights."


def title(ranking: "Ranking") -> str:
    """The question as it was taken, in one line."""
    budget = ranking.request.budget
    bits = [ranking.concern_name]
    if budget and budget.high is not None:
        bits.append(f"up to {money(float(budget.high), ranking.symbol)}{IN_ALL[budget.per]}")
    bits += asker(ranking.request, ranking.catalog)
    bits.append(f"{ranking.market_name} prices")
    if ranking.profile != ranking.catalog.edition.default_profile:
        bits.append(f"{ranking.profile} weights")
    return " · ".join(bits)


def status(ranking: "Ranking") -> str:
    """One short line for somebody who does not see the page change."""
    best = ranking.best
    if best is None:
        return NOTHING_FIRST if ranking.rows else "Nothing fits."
    return (
        f"{plural(len(ranking.options), 'option')}. First: {best.option.name}, "
        f"{money(best['cost'].typical, ranking.symbol)}, score {score(best.score)}."
    )


def reasons(ranking: "Ranking") -> str:
    """Why the first place is first: what it is expected to gain, and what puts it ahead of the next."""
    tied = first_tier(ranking)
    close = f"Too close to call: {listed(_some_names(tied))}. " if tied else ""
    best, lead = ranking.best, ranking.lead
    if best is None:
        first = ranking.options[0]
        return f"{NOTHING_FIRST} {close}The nearest is {_opening(first, ranking)}."
    opening = f"{close}{best.option.name} comes first: {_opening(best, ranking).partition(': ')[2]}."
    if lead is None:
        return opening
    other = ranking[lead.second]
    second = lower_first(other.option.name) if other.nothing else other.option.name
    if lead.kind == "tie":
        return f"{opening} {second} scores the same."
    if not lead.ahead:
        return f"{opening} It is a hair ahead of {second}."
    criteria = ranking.catalog.criteria
    text = f"{opening} Next to {second} it {listed([criteria[c].ahead for c in lead.ahead])}"
    return f"{text}, but {listed([criteria[c].behind for c in lead.behind])}." if lead.behind else f"{text}."


def _some_names(names: "Sequence[str]") -> list[str]:
    more = len(names) - TIED
    return [*names[:TIED], *([f"{more} more"] if more > 0 else [])]


def _opening(row: "Ranked", ranking: "Ranking") -> str:
    """An option with what it is expected to gain, how sure that is, and what it costs."""
    lent = ", by studies of other kinds" if row["benefit"].other_kinds else ""
    series = ", by series alone" if row.stars_working.series else ""
    phrase = gain_phrase(row["benefit"], ranking.catalog.scales[ranking.scale])
    return (
        f"{row.option.name}: {phrase}{lent}{series}, {SURENESS[row.stars]}, "
        f"about {money(row['cost'].typical, ranking.symbol)} in all"
    )


def anyway(answer: "Ranking | Why") -> str:
    """What people come to with nothing done, which gains are over."""
    scale = answer.catalog.scales[answer.scale]
    dummy, alone = answer.nothing_done, answer.left_alone
    if dummy.basis == "studies":
        told = f"What happens anyway: with a dummy treatment in the trials, {_level(dummy, answer)}"
    else:
        told = f"What happens anyway is assumed, as no trial had a dummy treatment: {_level(dummy, answer)}"
    return f"{told}{f'; left alone, {level(alone.typical, scale)}' if alone is not None else ''}."


def _level(cell: "Cell", answer: "Ranking | Why") -> str:
    scale = answer.catalog.scales[answer.scale]
    return f"{level(cell.typical, scale)} (likely {whole_span(cell.low, cell.high)})"


def standing(ranking: "Ranking") -> str:
    """Where doing nothing stands."""
    at = next((k for k, row in enumerate(ranking.rows) if row.nothing), None)
    if at is None:
        return ""
    worse = len(ranking.options) - at
    below = f"{worse} score less" if worse != 1 else "1 scores less"
    rest = f"; {below} and are not worth it by these weights" if worse > 1 else ""
    rest = rest or (f"; {below} and is not worth it by these weights" if worse else "")
    return f"Doing nothing scores {score(ranking.rows[at].score)}{rest}."


def nothing_fits(ranking: "Ranking") -> str:
    """What would fit, when nothing does."""
    if ranking.unmeasured:
        return "Nothing with a figure fits. What fits has none: it stands below, with what is claimed of it."
    over = [item for item in ranking.left_out if item.why == "over budget" and item.total is not None]
    if over:
        nearest = min(over, key=lambda item: item.amount or 0)
        return f"Nothing fits. The nearest is {nearest.name}: {reason(nearest, ranking.catalog, ranking.symbol)}."
    barred = [item for item in ranking.left_out if item.screening is not None]
    if barred:
        ask = " Some may be had once somebody was asked." if ranking.ask_first else ""
        return f"Nothing here can be offered to you: see a doctor.{ask} What was left out, and why, stands below."
    return "Nothing fits what you allow. What was left out, and why, stands below."


def assumed(ranking: "Ranking") -> str:
    """For which kind this is where nobody said one, and who leads the others."""
    if not ranking.kind_assumed:
        return ""
    others = "; ".join(_leader(kind, ranking) for kind in ranking.kinds)
    return f"{unsaid(ranking)}.{f' The others: {others}.' if others else ''}"


def unsaid(answer: "Ranking | Why") -> str:
    """That nobody said which kind."""
    of = {kind.id: kind.name for kind in answer.catalog.concerns[answer.concern].subtype}
    most = answer.catalog.concerns[answer.concern].default_kind in (None, answer.subtype)
    why = "the one most asked about" if most else "in which most of what you ask about was studied"
    return f"You did not say which kind: this is for {of[answer.subtype or ''].lower()}, {why}"


def _leader(kind: "Kind", ranking: "Ranking") -> str:
    if kind.gain is None:
        return f"{kind.name.lower()}: nothing with a figure beats doing nothing"
    return f"{kind.name.lower()}: {kind.first}, {gain_alone(kind.gain, ranking.catalog.scales[ranking.scale])}"


def kinds(ranking: "Ranking") -> list[str]:
    """Which kind of the concern would change the answer."""
    lines = []
    changing = [kind for kind in ranking.kinds if kind.changes]
    if changing and not ranking.kind_assumed:
        leads = "; ".join(_leader(kind, ranking) for kind in changing)
        lines.append(f"Which kind matters. By the studies of each kind another answer would lead: {leads}.")
    return lines


def named(ranking: "Ranking") -> list[str]:
    """What documents name for the kind in answer, by line, and what of it nobody measured there."""
    lines = []
    for line, says in LINES.items():
        found = [item for item in ranking.named if item.line == line]
        if found:
            by = ", ".join(dict.fromkeys(source for item in found for source in item.by))
            names = [f"{item.name}{f' ({item.note})' if item.note else ''}" for item in found]
            lines.append(f"Guides name {says}: {listed(names)} [{by}].")
    unseen = dict.fromkeys(item.name for item in ranking.named if not item.measured and item.line != "avoid")
    if unseen:
        lines.append(f"Of these no study read here gives a usable gain in this kind: {listed(list(unseen))}.")
    return [" ".join(lines)] if lines else []


def filters(ranking: "Ranking") -> list[str]:
    """What each thing that is ruled out costs in score."""
    lines = []
    for cost in ranking.filter_costs:
        if cost.best_with is None:
            continue
        what = f"more than {plural_days(cost.days)} of downtime" if cost.days is not None else cost.name
        if cost.best_without is None:
            lines.append(f"Without {what} nothing is left; with it the best score would be {score(cost.best_with)}.")
        elif cost.best_with > cost.best_without + 0.005:
            lines.append(
                f"Without {what} the best score falls from {score(cost.best_with)} to {score(cost.best_without)}."
            )
        else:
            lines.append(f"Leaving out {what} costs nothing: the first place is the same.")
    return lines


def plural_days(days: float) -> str:
    """Days of downtime."""
    return f"{days:g} day{'' if days == 1 else 's'}"


def basis(ranking: "Ranking") -> str:
    """Market, price years, horizon and weights."""
    years = ""
    if ranking.price_years:
        first, last = ranking.price_years
        years = f" of {first}" if first == last else f" of {first}–{last}"
    criteria = ranking.catalog.criteria
    weights = ", ".join(f"{criteria[c].name.lower()} {share(w)}" for c, w in ranking.weights.items() if w >= 0.005)
    quoted = "".join(f"{line} " for line in quote_lines(ranking.quotes, ranking.catalog, ranking.symbol))
    return (
        f"{quoted}On {ranking.market_name} prices{years}, over {number(ranking.horizon_months)} months, upkeep "
        "included. "
        f"{RANGES}. Weights: {weights}. "
        f"Catalogue {ranking.edition} ({ranking.edition_date})."
    )
