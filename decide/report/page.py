"""Answers laid out for a page: every text that a page or a printed report shows, in the words of `words`.

Templates only place these; they choose no words and round no number. What an answer does not hold (a probability of
being best, say) is an empty text here, and is then not shown.
"""

from typing import TYPE_CHECKING, NamedTuple

from decide.report.paragraphs import TITLES
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
    from collections.abc import Iterable, Sequence

    from decide.alternatives.alternative import LeftOut, Option
    from decide.alternatives.cell import Ref
    from decide.answers.card import Card
    from decide.answers.comparison import Side
    from decide.answers.instead import Bought, Instead
    from decide.answers.plan import Plan, PlanCourse, PlanView
    from decide.answers.ranking.result import Ranked, Ranking
    from decide.answers.why import Why
    from decide.catalog import Catalog


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


def option_view(row: "Ranked", ranking: "Ranking", names: "Catalog") -> OptionView:
    """A row of a ranking as texts."""
    option = row.option
    p_best = row.p_best
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
    for why, title in TITLES.items():
        items = sorted((item for item in ranking.left_out if item.why == why), key=lambda item: item.amount or 0)
        if items:
            found.append(Group(why, title, tuple((item.name, _reason(item), item.source) for item in items)))
    return found


def _reason(item: "LeftOut") -> str:
    if item.why == "no price":
        return item.reason.partition("; ")[2]
    return "" if item.why == "no study" else item.reason


def order(ranking: "Ranking") -> list[str]:
    """How sure the first place is: which options are too close to it to call."""
    found = ranking.sureness
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


def draws(ranking: "Ranking") -> str:
    """What a share of draws is."""
    found = ranking.sureness
    if found is None:
        return ""
    return f"Draws: {found.draws:,} tries, in each of which all that is unsure was varied at once."


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


class SourceView(NamedTuple):
    """A source as texts; `link` is empty unless it leads to a web address."""

    id: str
    title: str
    who: str
    year: str
    link: str
    interest: str


class RefView(NamedTuple):
    """One fact behind a figure, with its source."""

    says: str
    source: SourceView


def source_view(catalog: "Catalog", identity: str) -> SourceView:
    """A source by its id; one that the catalogue does not hold (a person's own quote) has only its name."""
    from decide.report.inventory import link

    known = catalog.sources.get(identity)
    if known is None:
        return SourceView(identity, "", "", "", "", "")
    place = link(known.doi, known.pmid, known.url)
    safe = place if place.startswith(("https://", "http://")) else ""
    year = str(known.year) if known.year else ""
    return SourceView(identity, known.title, known.authors or known.publisher, year, safe, known.interest)


def ref_views(catalog: "Catalog", refs: "Iterable[Ref]") -> list[RefView]:
    """Facts with their sources, each once."""
    return [RefView(ref.says, source_view(catalog, ref.source)) for ref in dict.fromkeys(refs)]


class SideBySide(NamedTuple):
    """A table with one column a side: criterion, then what each side does on it."""

    names: tuple[str, ...]
    ids: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def side_by_side(rows: "Sequence[Ranked]", ranking: "Ranking", catalog: "Catalog") -> SideBySide:
    """Options next to each other over every criterion."""
    lines: list[tuple[str, tuple[str, ...]]] = [
        ("Place", tuple(f"{row.rank} of {len(ranking.rows)}" for row in rows)),
        ("Total", tuple(money_range(row["cost"], ranking.symbol) for row in rows)),
        (
            "Course",
            tuple(
                f"{course_length(row.option, ranking.horizon_months)} {visits_says(row.option, ranking.horizon_months)}"
                for row in rows
            ),
        ),
        ("Benefit", tuple(cell_text("benefit", row, ranking) for row in rows)),
        ("Evidence", tuple(f"{row.stars} of 5 stars: {stars_phrase(row.stars)}" for row in rows)),
        ("Downtime", tuple(downtime_text(row) for row in rows)),
    ]
    lines += [
        (catalog.criteria[name].name, tuple(cell_text(name, row, ranking) for row in rows))
        for name in ("risk", "speed", "durability")
    ]
    if any(row.cautions for row in rows):
        lines.append(("Take care", tuple("; ".join(row.cautions) or "—" for row in rows)))
    lines.append(("Score", tuple(f"{row.score:.2f}" for row in rows)))
    if any(row.p_best is not None for row in rows):
        shares = (row.p_best for row in rows)
        lines.append(("Comes first in", tuple("—" if p is None else f"{p:.0%} of draws" for p in shares)))
    return SideBySide(tuple(r.option.name for r in rows), tuple(r.option.id for r in rows), tuple(lines))


def why_missing(side: "Side") -> str:
    """Why a side of a comparison has no column."""
    return f"{side.left_out.why}, {side.left_out.reason}" if side.left_out else "nothing is known of it here"


class WhyView(NamedTuple):
    """The chain behind one option as texts."""

    title: str
    place: str
    benefit: str
    against: str
    evidence: str
    disagree: str
    studies: tuple["StudyView", ...]
    unpooled: tuple[RefView, ...]
    money: tuple[str, ...]
    money_refs: tuple[RefView, ...]
    course: tuple[tuple[str, str, tuple[RefView, ...]], ...]
    claims: tuple[str, ...]


class StudyView(NamedTuple):
    """One record behind a benefit as texts."""

    source: SourceView
    design: str
    judged: str
    people: str
    figure: str
    pull: str
    interest: str


def why_view(why: "Why", catalog: "Catalog") -> WhyView:
    """A chain as texts."""
    unit = "%" if "percent" in why.scale else " hairs per cm²"
    worded = " better" if unit == "%" else ""
    place = ""
    if why.row is not None:
        place = f"Place {why.row.rank} of {why.of}, score {why.row.score:.2f}."
    elif why.left_out is not None:
        place = f"Not ranked: {why.left_out.why}, {why.left_out.reason}."
    likely = span(round(why.benefit_low), round(why.benefit_high))
    layers = why.layers
    studies = tuple(
        StudyView(
            source=source_view(catalog, s.source),
            design=s.design.replace("-", " "),
            judged={True: "blind", False: "open", None: "not said"}[s.blinded],
            people=str(s.n or "not said"),
            figure=f"{s.figure}{f' vs {s.against}' if s.against and s.kind != 'direction' else ''}",
            pull=f"{s.weight:+.0%}".replace("-", "−"),
            interest=s.interest,
        )
        for s in why.studies
    )
    unpooled = tuple(
        RefView(f"{u.reason}{f', {u.direction}' if u.direction else ''}", source_view(catalog, u.source))
        for u in why.unpooled
    )
    lines: list[str] = []
    money_refs: list[RefView] = []
    course: list[tuple[str, str, tuple[RefView, ...]]] = []
    if why.row is not None:
        cost = why.row.option.cost
        for line in cost.lines:
            units = span(line.units[0], line.units[2]) if line.units[0] != line.units[2] else number(line.units[1])
            low, typical, high = line.unit_price
            each = f"{money(typical, why.symbol)} ({money(low, why.symbol)}–{money(high, '')})"
            lines.append(f"{line.what}: {units} × {each} a {line.unit} = {money(line.amount[1], why.symbol)}")
        lines.append(f"Total: {money_range(cost.total, why.symbol)}")
        money_refs = ref_views(catalog, cost.total.refs)
        if why.sessions:
            course.append(("Sessions", "", tuple(ref_views(catalog, why.sessions))))
        units_of = {"downtime": "days", "speed": "weeks", "durability": "months", "risk": "harm points in 100 people"}
        for name, unit_of in units_of.items():
            cell = why.row.cells[name]
            says = "not known" if not cell.known else f"{span(cell.low, cell.high)} {unit_of} ({cell.basis})"
            course.append((catalog.criteria[name].name, says, tuple(ref_views(catalog, cell.refs))))
    return WhyView(
        title=f"{why.name} for {why.concern_name.lower()}",
        place=place,
        benefit=f"{round(why.benefit)}{unit}{worded}, likely {likely}",
        against=f"placebo or nothing done: {number(round(why.nothing_done))}{unit}",
        evidence=f"{why.stars} of 5 stars: {stars_phrase(why.stars)}. {'; '.join(why.stars_working)}. Records: "
        f"{layers['clinical']} clinical, {layers['preclinical']} preclinical, {layers['mechanistic']} mechanistic; "
        "only the clinical layer moves a score.",
        disagree=f"Studies disagree: {why.against_share:.0%} of the weight finds no gain." if why.disagree else "",
        studies=studies,
        unpooled=unpooled,
        money=tuple(lines),
        money_refs=tuple(money_refs),
        course=tuple(course),
        claims=why.claims,
    )


class BoughtView(NamedTuple):
    """What the money buys on one side."""

    id: str
    name: str
    total: str
    benefit: str
    stars_text: str
    stars_says: str


class InsteadView(NamedTuple):
    """One concern of `instead` as texts."""

    concern: str
    concern_name: str
    spend: str
    named: BoughtView | None
    other: BoughtView | None
    verdict: str
    words: str


def instead_rows(instead: "Instead") -> list[InsteadView]:
    """Same money elsewhere as texts."""

    def side(bought: "Bought | None", scale: str) -> BoughtView | None:
        if bought is None:
            return None
        unit = "%" if "percent" in scale else " hairs"
        return BoughtView(
            id=bought.id,
            name=f"{bought.name}{' (part course)' if bought.part_course else ''}",
            total=money(bought.cost.typical, instead.symbol),
            benefit=benefit_short(bought.benefit).replace(" (", f"{unit} ("),
            stars_text=stars(bought.stars),
            stars_says=f"{bought.stars} of 5 stars",
        )

    return [
        InsteadView(
            concern=row.concern,
            concern_name=row.concern_name,
            spend=money(row.spend, instead.symbol) if row.spend else "—",
            named=side(row.named, row.scale),
            other=side(row.other, row.scale),
            verdict=row.verdict,
            words=row.words,
        )
        for row in instead.rows
    ]


class CardView(NamedTuple):
    """A procedure's card as texts."""

    name: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    concerns: tuple[tuple[str, str, int, str], ...]
    prices: tuple[RefView, ...]
    market: str
    forbidden: tuple[RefView, ...]
    cautions: tuple[RefView, ...]
    given: tuple[RefView, ...]
    said: tuple[tuple[str, SourceView, str, str], ...]


def card_view(card: "Card", catalog: "Catalog") -> CardView:
    """A card as texts."""
    p = card.procedure
    role = {"either": "alone or as an add-on", "adjunct": "add-on", "standalone": "on its own"}[p.role]
    facts = (
        ("How it works", p.mode_of_action), ("How it is given", p.delivery), ("Role", role), ("Best used", p.best_used),
        ("Best for", p.best_for), ("Caution", p.caution), ("Before", p.before), ("During", p.during),
        ("After", p.after), ("Prescription", "needed" if p.prescription else "not needed"),
    )  # fmt: skip
    concerns = []
    for line in card.concerns:
        figure = "no figure"
        if line.measured:
            figure = line.phrase.format(typical=round(line.typical))
            figure += f", likely {span(round(line.low), round(line.high))}"
        concerns.append((line.concern, line.name, line.stars, figure))
    origin = f", {card.price_origin}" if "borrowed" in card.price_origin else ""
    return CardView(
        name=p.name,
        summary=p.summary,
        facts=tuple((name, value) for name, value in facts if value),
        concerns=tuple(concerns),
        prices=tuple(ref_views(catalog, card.prices)),
        market=f"{card.market}{origin}",
        forbidden=tuple(ref_views(catalog, card.forbidden)),
        cautions=tuple(ref_views(catalog, card.cautions)),
        given=tuple(ref_views(catalog, card.facts)),
        said=tuple((item.says, source_view(catalog, item.source), item.who, item.interest) for item in card.said),
    )


def sources_of(refs: "Iterable[SourceView]") -> list[SourceView]:
    """Sources in order, each once, those without a title left out."""
    return [source for source in dict.fromkeys(refs) if source.title]


class CourseView(NamedTuple):
    """One course of a plan as texts."""

    id: str
    name: str
    length: str
    total: str
    alone: tuple[tuple[str, str, int], ...]
    """What it does alone: concern, figure, stars."""


class PlanTexts(NamedTuple):
    """A plan as texts."""

    title: str
    courses: tuple[CourseView, ...]
    together: str
    cost: str
    proof: str
    runner_ups: tuple[str, ...]
    more: str
    calendar: tuple[tuple[str, str, str], ...]
    left_out: tuple[tuple[str, str, str], ...]


def plan_view(plan: "Plan") -> PlanTexts:
    """A plan as texts."""
    names = dict(zip(plan.concerns, plan.concern_names, strict=True))

    def figure(concern: str, value: float) -> str:
        return f"{value:.0f}%" if "percent" in plan.scales[concern] else f"{value:.0f} hairs per cm²"

    def together(view: "PlanView") -> str:
        return ", ".join(
            f"{names[c].lower()} about {figure(c, view.benefits[c])}{' better' if 'percent' in plan.scales[c] else ''}"
            for c in plan.concerns
        )

    def length(course: "PlanCourse") -> str:
        if course.sessions:
            return f"{course.sessions} visit{'' if course.sessions == 1 else 's'}"
        return f"{number(course.months)} months" if course.months else "once"

    proof = (
        "No other set of courses within the budget is expected to do more"
        if plan.proven
        else f"The best found in the time given; no plan can be better by more than {plan.gap:.3f} in value"
    )
    gains = [m for m in plan.more_money if m.gain > 0.0005]
    texts = "; ".join(f"{money(m.more, plan.symbol)} more adds {m.gain * 100:.1f} points" for m in gains)
    return PlanTexts(
        title=f"Plan for {' + '.join(plan.concern_names).lower()}, up to {money(plan.budget, plan.symbol)} in all",
        courses=tuple(
            CourseView(
                c.id, c.name, length(c), money(c.cost.typical, plan.symbol),
                tuple((names[k], figure(k, c.alone[k]), c.stars[k]) for k in plan.concerns if k in c.alone),
            )
            for c in plan.best.courses
        ),
        together=together(plan.best),
        cost=money(plan.best.cost, plan.symbol),
        proof=f"{proof}, if effects on one concern combine as shares of what is left, and a further course that works "
        f"the same way counts {plan.like:.0%}. Only what has {plan.least_stars} stars or more is used.",
        runner_ups=tuple(
            f"{' + '.join(c.name for c in v.courses)}: {together(v)}, {money(v.cost, plan.symbol)}"
            for v in plan.runner_ups
        ),
        more=f"{texts} (with {' + '.join(gains[-1].courses)})." if gains else "Up to a thousand, nothing.",
        calendar=tuple(
            (
                f"Week {v.week}",
                f"{v.name}, visit {v.number} of {v.of}",
                f"{v.downtime_days} day{'' if v.downtime_days == 1 else 's'} of downtime" if v.downtime_days else "",
            )
            for v in plan.calendar
        ),
        left_out=tuple(
            (i.name, i.reason, i.source) for i in plan.left_out if i.why in ("contraindicated", "not known safe")
        ),
    )  # fmt: skip
