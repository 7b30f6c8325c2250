"""A ranking in sentences: the question as it was taken, the verdict, what happens anyway, which kind, what basis.

Long because the sentences of one verdict stand together, to be read against each other.
"""

from typing import TYPE_CHECKING, NamedTuple

from decide.answers.ranking.result import Unmeasured
from decide.answers.ranking.verdict import people_of, verdict_of
from decide.question.conditions import readable as readable_condition
from decide.question.names import lower_first
from decide.question.restate import allowed, asker
from decide.report.views.common import quote_lines, reason, source_view
from decide.report.views.facts import people_count
from decide.report.views.marks import row_marks, safety, screening_marks
from decide.report.views.screening import PEOPLE
from decide.report.views.sureness import for_more
from decide.report.words import (
    AS_USED,
    GUESSED,
    RANGES,
    SURENESS,
    capital,
    course_says,
    gain_phrase,
    level,
    listed,
    money,
    number,
    plural,
    reach,
    readable,
    score,
    share,
    some,
    whole_span,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from decide.alternatives.cell import Cell
    from decide.answers.ranking.result import Kind, NoFirst, NotWorth, Ranked, Ranking, Verdict
    from decide.answers.why import Why

TIED = 5
"""Names of those too close to call that are told."""
LINES = {"1": "first", "2": "second", "3": "third", "added": "beside others", "": "in no order", "avoid": "to be left"}
"""How a line of a guideline is said."""
NO_FIRST: "dict[NoFirst, str]" = {
    "": "nothing",
    "over budget": "what helps costs more than your budget",
    "not for you": "nothing that you may have beats doing nothing",
    "ruled out": "nothing that you allow beats doing nothing",
    "worse than nothing": "nothing with a figure beats doing nothing",
    "no price": "nothing that was measured has a price here",
    "no figure": "nothing was measured",
}
"""Why nothing leads a kind."""
NOTHING_FIRST = "Nothing here is worth more than doing nothing, by these weights."


def title(ranking: "Ranking") -> str:
    """The question as it was taken, in one line."""
    market = ranking.catalog.markets[ranking.market]
    bits = [ranking.concern_name, *allowed(ranking.request.budget, market), *asker(ranking.request, ranking.catalog)]
    bits.append(f"{market.name} prices")
    if ranking.profile != ranking.catalog.edition.default_profile:
        bits.append(f"{readable(ranking.profile)} weights")
    return " · ".join(bits)


def status(ranking: "Ranking") -> str:
    """One short line for somebody who does not see the page change."""
    best = ranking.best
    if best is None:
        return NOTHING_FIRST if ranking.options else "Nothing fits."
    return (
        f"{plural(len(ranking.options), 'option')}. First: {best.option.name}, "
        f"{money(best['cost'].typical, ranking.symbol)}, score {score(best.score)}."
    )


class Line(NamedTuple):
    """One line of a verdict: what it is about, and what it says."""

    kind: str
    label: str
    says: str


LABELS = {
    "first": "First",
    "kind": "Which kind?",
    "yours": "Your kind",
    "best": "Best overall",
    "less": "Best for less",
    "sure": "How sure",
    "catch": "The catch",
    "more": "For more money",
    "not-worth": "Not worth it",
}
"""What the lines of a verdict are about, in their order: how sure stands before the catch, whose list of who must not
have it may be long.
"""


def verdict(ranking: "Ranking") -> tuple[Line, ...]:
    """The answer in a few lines, before its table."""
    found = verdict_of(ranking)
    says = {
        "first": _first(found, ranking),
        "kind": assumed(ranking) or changing(ranking),
        "yours": yours(ranking),
        "best": _best(found, ranking),
        "less": _less(found, ranking),
        "sure": _sure(found, ranking),
        "catch": _catch(found.best, ranking),
        "more": " ".join(for_more(ranking)),
        "not-worth": _not_worth(found.not_worth, ranking),
    }
    return tuple(Line(kind, LABELS[kind], text) for kind, text in says.items() if text)


def pair(ranking: "Ranking") -> tuple[str, ...]:
    """The first, and the best for less or the second: what is worth holding side by side."""
    found = verdict_of(ranking)
    others = [row for row in (found.less, *ranking.options[1:2]) if row is not None]
    return (found.best.option.id, others[0].option.id) if found.best is not None and others else ()


def _first(found: "Verdict", ranking: "Ranking") -> str:
    """What concerns this person before anything else."""
    catalog, told = ranking.catalog, []
    for why, says in (("not for you", "Not for you"), ("ask first", "Ask a doctor first about")):
        items = [item for item in found.barred if item.why == why]
        grounds = [
            g
            for item in items
            if item.screening
            for g in item.screening.grounds
            if g.kind != "unread" and g.condition not in PEOPLE
        ]
        said, left_open = (
            dict.fromkeys(readable_condition(catalog, g.condition) for g in grounds if (g.kind == "if") == maybe)
            for maybe in (False, True)
        )
        if items:
            because = f", for what you said ({some(said, TIED, ', ')})" if said else ""
            because += f", as it may mean {some(left_open, TIED, ', ')}" if left_open else ""
            told.append(f"{says}{because}: {some([item.name for item in items], TIED, ', ')}.")
    for row in filter(None, (found.best, found.less)):
        cautions = [mark.brief for mark in screening_marks(row.screening, catalog) if mark.kind == "caution"]
        told += [f"{row.option.name}: {lower_first(text)}." for text in dict.fromkeys(cautions)]
    return " ".join(told)


def _best(found: "Verdict", ranking: "Ranking") -> str:
    if not ranking.options:
        return nothing_fits(ranking)
    if found.best is None:
        return f"{NOTHING_FIRST} The nearest is {_offer(ranking.options[0], ranking)}."
    return f"{_offer(found.best, ranking)}. {_helps(found.best['benefit'], ranking)}"


def _offer(row: "Ranked", ranking: "Ranking | Why") -> str:
    """An option, how much of it, and what it costs."""
    total = f"about {money(row['cost'].typical, ranking.symbol)} in all"
    return f"{row.option.name}: {course_says(row.option, ranking.horizon_months)}, {total}"


def _helps(benefit: "Cell", ranking: "Ranking | Why", *, against: bool = True) -> str:
    """How many people it helps, `against` those who are helped anyway; where that cannot be told, the gain."""
    people = people_of(ranking, benefit)
    if people is None:
        return f"{capital(gain_phrase(benefit, ranking.catalog.scales[ranking.scale]))}."
    dummy = f", {round(people.dummy)} of 100 with a dummy treatment" if against else ""
    span = whole_span(people.low, people.high)
    return f"{round(people.typical)} of 100 people ({span}) come out {people.cut}{dummy}."


def _less(found: "Verdict", ranking: "Ranking") -> str:
    if found.less is None:
        return ""
    row = found.less
    tie = " Too close to the first to call." if row in found.tied else f" {capital(SURENESS[row.stars])}."
    harm = safety(mark for mark in row_marks(row, ranking.catalog) if mark.kind != "caution")
    return f"{_offer(row, ranking)}. {_helps(row['benefit'], ranking, against=False)}{tie} {harm}".rstrip()


def _catch(best: "Ranked | None", ranking: "Ranking | Why") -> str:
    """What speaks against the first: the dearest total, days off, the gravest harm, and who must not have it."""
    if best is None:
        return ""
    cost, days = best["cost"], best["downtime"]
    told = []
    if cost.high > cost.typical:
        over = ", over your budget" if best.high_end_over_budget else ""
        told.append(f"Could reach {money(cost.high, ranking.symbol)}{over}.")
    marks = row_marks(best, ranking.catalog)
    told += [f"{capital(mark.brief)}." for mark in marks if mark.kind in ("borrowed", "doubtful", "starting")]
    off = reach(days, whole=True)
    if off not in ("none", "?", AS_USED):
        told.append(f"Days off after a visit: {off.removeprefix(GUESSED)}{' (a guess)' if GUESSED in off else ''}.")
    told.append(safety(mark for mark in marks if mark.kind != "caution"))
    return " ".join(filter(None, told))


def _sure(found: "Verdict", ranking: "Ranking") -> str:
    best = found.best
    # that doing nothing may be as good is said before what else may be
    tied = sorted((row for row in found.tied if row is not best), key=lambda row: not row.nothing)
    names = [lower_first(row.option.name) if row.nothing else row.option.name for row in tied]
    told = []
    if best is not None:
        working = best.stars_working
        seen = f", from {plural(working.studies, 'study')} with {people_count(working.people)}"
        told.append(f"{capital(SURENESS[best.stars])}{seen if working.people else ''}.")
        if best["benefit"].other_kinds:
            told.append("Its figure is lent by studies of other kinds.")
        if working.series:
            told.append("In its studies nobody went without.")
        if found.only:
            source = source_view(ranking.catalog, found.only).label
            told.append(f"It rests on one study ({source}), which nobody has repeated.")
    if names:
        told.append(f"A toss-up with {listed(some_names(names))}: too close to call.")
    elif best is not None and ranking.sureness is not None and len(ranking.rows) > 1:
        second = ranking.rows[1]
        name = lower_first(second.option.name) if second.nothing else second.option.name
        told.append(f"It beats {name} in {round(100 * ranking.sureness.pairwise[0][1])} of 100 cases.")
    return " ".join(told)


def helps(why: "Why") -> tuple[Line, ...]:
    """Whether one thing helps: how many, how sure, what it costs, and the catch."""
    row, working = why.row, why.stars_working
    gain = row["benefit"] if row is not None else why.gain
    seen = f", from {plural(working.studies, 'study')} with {people_count(working.people)}" if working.people else ""
    told = (
        Line("helps", "Does it help?", f"{_whether(gain, why.stars)}. {_helps(gain, why)}"),
        Line("sure", LABELS["sure"], f"{capital(SURENESS[why.stars])}{seen}."),
        Line("cost", "What it costs", f"{_offer(row, why)}." if row is not None else ""),
        Line("catch", LABELS["catch"], _catch(row, why)),
    )
    return tuple(line for line in told if line.says)


HELPS = ("Nobody knows", "Nobody knows", "Probably", "Yes", "Yes", "Yes")
"""Whether what gains for sure helps, by its stars."""


def _whether(gain: "Cell", stars: int) -> str:
    if gain.basis != "studies":
        return HELPS[0]
    if round(gain.typical) <= 0:
        return "Probably not"
    return HELPS[stars] if gain.low > 0 else HELPS[0]


def some_names(names: "Sequence[str]") -> list[str]:
    """The first names, and how many more."""
    more = len(names) - TIED
    return [*names[:TIED], *([f"{more} more"] if more > 0 else [])]


def _not_worth(found: "NotWorth | None", ranking: "Ranking") -> str:
    if found is None:
        return ""
    name = found.row.name if isinstance(found.row, Unmeasured) else found.row.option.name
    why = {
        "no figure": "no study here says how much it helps",
        "worse than nothing": "worth less than doing nothing here",
        "beaten": f"{found.by.option.name if found.by else ''} is expected to help as much for less",
    }[found.why]
    by = f"{found.sellers} {'is' if found.sellers == 1 else 'are'} by those who sell it"
    sold = f" Of {plural(found.claims, 'claim')} made for it {by}."
    return f"{name}: about {money(found.total.typical, ranking.symbol)}, and {why}.{sold if found.sellers else ''}"


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
    others = capital("; ".join(map(_leader, ranking.kinds)))
    return f"{unsaid(ranking)}.{f' Say which is yours. {others}.' if others else ''}"


def yours(ranking: "Ranking") -> str:
    """For the kind that was said: how many options were studied in it, and what guides name for it."""
    if ranking.subtype is None or ranking.kind_assumed:
        return ""
    own, every = sum(not row["benefit"].other_kinds for row in ranking.options), len(ranking.options)
    told = [f"{own} of the {every} options were studied in it."] if own < every else []
    return " ".join((*told, *named(ranking)))


def changing(ranking: "Ranking") -> str:
    """Which kinds would change an answer for all kinds together, and who would lead."""
    leads = "; ".join(_leader(kind) for kind in ranking.kinds if kind.changes)
    if not leads or ranking.kind_assumed:
        return ""
    return f"By the studies of each kind another answer would lead: {leads}. Say which is yours."


def unsaid(answer: "Ranking | Why") -> str:
    """That nobody said which kind."""
    of = {kind.id: kind.name for kind in answer.catalog.concerns[answer.concern].subtype}
    most = answer.catalog.concerns[answer.concern].default_kind in (None, answer.subtype)
    why = "the one most asked about" if most else "in which most of what you ask about was studied"
    return f"You did not say which kind: this is for {of[answer.subtype or ''].lower()}, {why}"


def _leader(kind: "Kind") -> str:
    return f"for {kind.name.lower()}: {kind.first or NO_FIRST[kind.none]}"


def kinds(ranking: "Ranking") -> list[str]:
    """What guides and documents name for the kind that stands in for one that nobody said."""
    return named(ranking) if ranking.kind_assumed or ranking.subtype is None else []


def named(ranking: "Ranking") -> list[str]:
    """What documents name for the kind in answer, by line, and what of it nobody measured there."""
    lines = []
    for line, says in LINES.items():
        found = [item for item in ranking.named if item.line == line]
        if found:
            sources = dict.fromkeys(source for item in found for source in item.by)
            by = ", ".join(source_view(ranking.catalog, source).label for source in sources)
            names = [f"{item.name}{f' ({item.note})' if item.note else ''}" for item in found]
            lines.append(f"Guides name {says}: {listed(names)} ({by}).")
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


def prices(ranking: "Ranking") -> str:
    """On which prices, over which time, and what a range is."""
    years = ""
    if ranking.price_years:
        first, last = ranking.price_years
        years = f" of {first}" if first == last else f" of {first}–{last}"
    scale = ranking.catalog.scales[ranking.scale]
    quoted = "".join(f"{line} " for line in quote_lines(ranking.quotes, ranking.catalog, ranking.symbol))
    return (
        f"{quoted}On {ranking.market_name} prices{years}, over {number(ranking.horizon_months)} months, upkeep "
        f"included. Gains are in {scale.step} {scale.over}. {RANGES}."
    )


def basis(ranking: "Ranking") -> str:
    """The prices, the weights and the edition."""
    criteria = ranking.catalog.criteria
    weights = ", ".join(f"{criteria[c].name.lower()} {share(w)}" for c, w in ranking.weights.items() if w >= 0.005)
    return f"{prices(ranking)} Weights: {weights}. Catalogue {ranking.edition} ({ranking.edition_date})."
