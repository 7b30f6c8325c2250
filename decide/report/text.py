"""Answers as text for a terminal: tables within 100 columns, and the paragraphs under them."""

import textwrap
from typing import TYPE_CHECKING

from decide.answers.ranking.result import Ranking
from decide.report.paragraphs import TITLES, filters, kinds
from decide.report.tables import table
from decide.report.words import (
    benefit_short,
    course_length,
    days,
    money,
    money_range,
    number,
    plain,
    span,
    stars,
)

if TYPE_CHECKING:
    from decide.answers.ask import Answer
    from decide.answers.ranking.result import Ranked

WIDTH = 100
TEXT = 94
"""Paragraphs are narrower: in ASCII some signs are spelt out."""
TOTAL = 21
VISITS = 9
NAME = 14
"""No name is wrapped narrower than this."""
TALK = "This informs a talk with a clinician; it does not replace one."


def wrap(text: str, indent: str = "") -> str:
    """A paragraph within the width."""
    return textwrap.fill(
        text, TEXT, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def ranking_text(ranking: "Ranking", limit: int | None = 12) -> str:
    """The table of a ranking, its reasons, what was left out and why, and on what it rests."""
    parts = [heading(ranking)]
    if ranking.rows:
        shown = ranking.rows if limit is None else ranking.rows[:limit]
        parts.append(_table(ranking, shown))
        if len(shown) < len(ranking.rows):
            parts.append(f"{len(ranking.rows) - len(shown)} more with --all.")
        parts.append(wrap(ranking.reasons))
        parts.append(_order(ranking))
        parts.append(_frontier(ranking))
        parts.append(_without(ranking))
        parts.append("\n".join(wrap(line) for line in filters(ranking)))
        parts.append(_kinds(ranking))
        parts.append("\n".join(wrap(note) for note in _marks(ranking, shown)))
    else:
        parts.append(wrap(nothing_fits(ranking)))
    parts.append(_left_out(ranking))
    parts.append(wrap(basis(ranking)))
    parts.append(TALK)
    return "\n\n".join(part for part in parts if part)


def heading(ranking: "Ranking") -> str:
    """The question as it was taken, in one line."""
    budget = ranking.request.budget
    bits = [ranking.concern_name]
    if budget and budget.high is not None:
        per = {"course": " in all", "session": " a session", "month": " a month"}[budget.per]
        bits.append(f"up to {money(float(budget.high), ranking.symbol)}{per}")
    bits.append(f"{ranking.market_name} prices")
    if ranking.profile != "balanced":
        bits.append(f"{ranking.profile} weights")
    return " · ".join(bits)


def _table(ranking: "Ranking", rows: "tuple[Ranked, ...]") -> str:
    percent = "percent" in ranking.scale
    headers = ["", "option", "total", "visits", "better" if percent else "hairs/cm²", "proof", "days", "score", "best"]
    lines = []
    for row in rows:
        benefit = benefit_short(row["benefit"])
        lines.append(
            [
                textwrap.fill(
                    money_range(row["cost"], ranking.symbol)
                    + ("+" if row.high_end_over_budget else "")
                    + ("?" if row.option.cost.doubtful else ""),
                    TOTAL,
                ),
                textwrap.fill(course_length(row.option, ranking.horizon_months), VISITS),
                benefit.replace(" (", "% (") if percent else benefit,
                stars(row.stars),
                days(row["downtime"]),
                f"{row.score:.2f}",
                "" if row.p_best is None else f"{row.p_best:.0%}",
            ]
        )
    if all(row.p_best is None for row in rows):
        headers = headers[:-1]
        lines = [line[:-1] for line in lines]
    # names take what the other columns leave, also where ASCII spells a sign out
    rest = sum(
        2 + max(len(plain(line)) for cell in column for line in cell.splitlines() or [""])
        for column in zip(headers[2:], *lines, strict=True)
    )
    width = max(NAME, WIDTH - 4 - rest)
    names = [row.option.name + ("!" if row.cautions else "") + ("†" if row.disagree else "") for row in rows]
    lines = [
        [str(row.rank), textwrap.fill(name, width, subsequent_indent=" "), *line]
        for row, name, line in zip(rows, names, lines, strict=True)
    ]
    return table(lines, headers, ("right", *("left",) * (len(headers) - 1)))


def _order(ranking: "Ranking") -> str:
    """How sure the first place is, and what else could hold it."""
    found = ranking.sureness
    if found is None or len(ranking.rows) < 2:
        return ""
    names = {row.option.id: row.option.name for row in ranking.rows}
    first = ranking.rows[0]
    lines = [f"best: the share of {found.draws:,} draws of all that is unsure in which an option comes first."]
    close = [c for c in found.too_close if c.first == first.option.id]
    if close:
        named = ", ".join(f"{names[c.second]} ({1 - c.p:.0%})" for c in close[:4])
        more = f" and {len(close) - 4} more" if len(close) > 4 else ""
        lines.append(f"Too close to call with {first.option.name}: {named}{more}, by how often they beat it.")
    text = [wrap(" ".join(lines))]
    if found.weight_ranges:
        text.append(_sure_details(ranking))
    if ranking.methods:
        views = "; ".join(f"{v.method.replace('_', ' ')}: {v.first} (τ {v.tau:.2f})" for v in ranking.methods)
        text.append(wrap(f"Other methods on the same values put first: {views}."))
    return "\n".join(text)


def _frontier(ranking: "Ranking") -> str:
    """Options on expected total and benefit: what each further point costs, and what is dominated by what."""
    view = ranking.frontier
    if view is None:
        return ""
    rows = []
    for row in view.rows:
        per = money(row.per_point, ranking.symbol) if row.per_point is not None else ""
        verdict = {"ND": "on the frontier", "ED": "dominated by a mix of ", "D": "dominated by "}[row.status]
        verdict += " and ".join(row.by) if row.status != "ND" else ""
        rows.append(
            [
                textwrap.fill(row.name, 28),
                money(row.cost, ranking.symbol),
                f"{row.benefit:.0f}",
                per,
                textwrap.fill(verdict, 36),
            ]
        )
    text = table(rows, ["option", "total", view.unit, "per point more", "money"])
    points = "; ".join(f"{money(a.per_point, ranking.symbol)}: {a.name} ({a.p:.0%} sure)" for a in view.acceptability)
    return text + "\n" + wrap(f"If one point more is worth this much to you, the best buy is: {points}.")


def _sure_details(ranking: "Ranking") -> str:
    found = ranking.sureness
    assert found is not None
    names = {row.option.id: row.option.name for row in ranking.rows}
    ranges = ", ".join(f"{r.criterion} {r.low:.0%}–{r.high:.0%} (now {r.share:.0%})" for r in found.weight_ranges)
    lines = [f"The first place stays while the weight is: {ranges}."]
    prices = [b for b in found.break_even if b.price is not None]
    if prices:
        leads = "; ".join(
            f"{names[b.id]} below {money(b.price or 0, ranking.symbol)} a {b.unit} (now {money(b.now, ranking.symbol)})"
            for b in prices[:5]
        )
        lines.append(f"Would lead: {leads}.")
    else:
        lines.append("No lower price alone would put another option first.")
    if found.worth_knowing:
        worth = "; ".join(
            f"{w.criterion} of {w.option} ({w.score:.3f} of score"
            + (f", as good as {money(w.money, ranking.symbol)} off" if w.money else "")
            + ")"
            for w in found.worth_knowing[:3]
        )
        lines.append(
            f"Worth knowing first: {worth}. Knowing everything: {found.perfect_information or 0:.3f} of score."
        )
    if found.tornado:
        swings = "; ".join(
            f"{s.criterion} of {s.option} ({s.lead_at_low:+.2f} to {s.lead_at_high:+.2f})" for s in found.tornado[:4]
        )
        lines.append(f"What moves the lead most, from its low end to its high: {swings}.")
    return "\n".join(wrap(line) for line in lines)


def _without(ranking: "Ranking") -> str:
    """What leaving sources out changed."""
    gone = ranking.without
    if gone is None:
        return ""
    which = gone.sources[0] if len(gone.sources) == 1 else f"{len(gone.sources)} sources"
    studies = f"{gone.facts} {'study' if gone.facts == 1 else 'studies'} of this concern"
    first = (
        f"{gone.first_with} stays first"
        if gone.first_with == gone.first_without
        else f"the first place goes from {gone.first_with} to {gone.first_without or 'nobody'}"
    )
    moves = f" Moved: {'; '.join(gone.moved)}." if gone.moved else ""
    return wrap(f"Without {which} ({studies}) {first}.{moves}")


def _kinds(ranking: "Ranking") -> str:
    """Which kind would change the answer, and how to say which it is."""
    lines = kinds(ranking)
    if lines:
        lines.append(f"Say which with --subtype ({', '.join(kind.id for kind in ranking.kinds)}).")
    return "\n".join(wrap(line) for line in lines)


def _marks(ranking: "Ranking", rows: "tuple[Ranked, ...]") -> list[str]:
    """What the marks in the table mean; only those that occur."""
    notes = []
    if any(row.option.part_course for row in rows):
        notes.append("3 of 4: a part course, fewer visits than usual; its benefit is scaled down.")
    if any(row.option.renewals for row in rows):
        notes.append("1 + 3: visits, and visits within the year to renew a result that fades.")
    if any(row["cost"].basis == "borrowed price" for row in rows):
        lenders = sorted({row.option.cost.borrowed_from for row in rows if row.option.cost.borrowed_from})
        notes.append(f"≈ no price known here: borrowed from {', '.join(lenders).upper()} prices, range widened.")
    if any(row.option.cost.doubtful for row in rows):
        notes.append("? every price seen for it is doubtful ('decide why' says how): ask for a quote.")
    if any(row.high_end_over_budget for row in rows):
        notes.append("+ the high end of its range is over your budget.")
    if any(row.disagree for row in rows):
        notes.append("† studies disagree: a third or more of the weight finds no gain.")
    if any(row["downtime"].basis == "prior" for row in rows):
        notes.append("~ no source gives its downtime: a guess by how deep it goes.")
    if any(row["benefit"].basis == "prior" for row in rows):
        notes.append(
            "No figure: no study read gives one; what placebo gives is assumed for the score, with a wide range."
        )
    by_caution: dict[str, list[str]] = {}
    for row in rows:
        for caution in row.cautions:
            by_caution.setdefault(caution, []).append(row.option.name)
    return notes + [f"! {caution}: {', '.join(dict.fromkeys(names))}." for caution, names in by_caution.items()]


def _left_out(ranking: "Ranking") -> str:
    lines = []
    for why, title in TITLES.items():
        if why == "no study":
            continue
        items = [item for item in ranking.left_out if item.why == why]
        if not items:
            continue
        items.sort(key=lambda item: item.amount or 0)
        shown = items[:8]
        if why == "over budget":
            named = [f"{i.name} {i.reason}" for i in shown]
        elif why == "no price":
            named = [i.name + (f" ({i.reason.split('; ')[1]})" if "; " in i.reason else "") for i in shown]
        else:
            named = [f"{i.name} ({i.reason}{f'; {i.source}' if i.source else ''})" for i in shown]
        more = f"; and {len(items) - len(shown)} more" if len(items) > len(shown) else ""
        lines.append(wrap(f"{title}: {'; '.join(named)}{more}."))
    unstudied = sum(item.why == "no study" for item in ranking.left_out)
    if unstudied:
        lines.append(
            wrap(f"{unstudied} other procedures have no study for this concern here ('--format json' names them).")
        )
    return "\n".join(lines)


def nothing_fits(ranking: "Ranking") -> str:
    """What would fit, when nothing does."""
    over = [item for item in ranking.left_out if item.why == "over budget" and item.total is not None]
    if over:
        nearest = min(over, key=lambda item: item.amount or 0)
        return f"Nothing fits. The nearest is {nearest.name}: {nearest.reason}."
    return "Nothing fits what you allow. What was left out, and why, stands below."


def basis(ranking: "Ranking") -> str:
    """Market, price years, horizon, weights, and what doing nothing gives."""
    years = ""
    if ranking.price_years:
        first, last = ranking.price_years
        years = f" of {first}" if first == last else f" of {first}–{last}"
    weights = ", ".join(f"{name} {weight:.0%}" for name, weight in ranking.weights.items() if weight >= 0.005)
    idle = ranking.nothing_done
    percent = "percent" in ranking.scale
    unit, worded = (" %", " better") if percent else (" hairs/cm²", "")
    return (
        f"On {ranking.market_name} prices{years}, over {number(ranking.horizon_months)} months, upkeep included. "
        f"Ranges of benefit hold 8 times in 10; with placebo or nothing done, people in these studies got "
        f"{span(round(idle.low), round(idle.high))}{unit}{worded}. Weights: {weights}. "
        f"Catalogue {ranking.edition} ({ranking.edition_date})."
    )


def answer_text(answer: "Answer", everything: bool = False) -> str:
    """The question as it was read, what was not, and each answer."""
    parts = [wrap(answer.restated)] if answer.restated else []
    parts.extend(wrap(gap) for gap in answer.gaps)
    for part in answer.parts:
        ranked = isinstance(part, Ranking)
        text = ranking_text(part, None if everything else 12) if isinstance(part, Ranking) else str(part)
        # the restated question stands above already
        parts.append(text.partition("\n\n")[2] if len(answer.parts) == 1 and ranked else text)
    return "\n\n".join(parts)
