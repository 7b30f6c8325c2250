"""The chain behind a figure as texts and marks, from the place in the ranking down to each study."""

from typing import TYPE_CHECKING, NamedTuple

from decide.question.restate import asker
from decide.report.charts.forest import forest_text
from decide.report.views.cells import CellView, cells
from decide.report.views.common import (
    RefView,
    SourceView,
    about_view,
    named_sources,
    quote_lines,
    ref_views,
    source_view,
    why_left_out,
)
from decide.report.views.facts import BASES, ends, not_pooled, stars_working, stated
from decide.report.views.marks import Mark, row_marks
from decide.report.words import (
    attached,
    gain,
    money,
    money_range,
    part_of_score,
    pull,
    readable,
    score,
    share,
    span,
    stars_says,
    whole,
    whole_span,
)

if TYPE_CHECKING:
    from decide.answers.card import Said
    from decide.answers.why import AddOn, StudyLine, Why
    from decide.catalog import Catalog
    from decide.catalog.models import Scale

PULL = "Pull: how far the pooled value moves when this figure moves by one. Interest: paid for or made by who gains."
NO_STUDY = "No study gives a figure that can be pooled: what placebo gives is assumed."


class StudyView(NamedTuple):
    """One record behind a benefit."""

    source: SourceView
    design: str
    judged: str
    people: str
    figure: str
    pull: str
    interest: str


class ClaimView(NamedTuple):
    """What somebody says of a procedure, and what they stand to gain."""

    says: str
    source: SourceView


class WhyView(NamedTuple):
    """Everything that a face shows of the chain behind one option."""

    title: str
    place: str
    parts: tuple[CellView, ...]
    benefit: str
    evidence: str
    notes: tuple[str, ...]
    marks: tuple[Mark, ...]
    columns: tuple[str, ...]
    studies: tuple[StudyView, ...]
    forest: str
    unpooled: tuple[RefView, ...]
    money: tuple[str, ...]
    money_refs: tuple[RefView, ...]
    course: tuple[tuple[str, str, tuple[RefView, ...]], ...]
    claims: tuple[ClaimView, ...]
    questions: tuple[str, ...]
    sources: tuple[SourceView, ...]


def why_view(why: "Why") -> WhyView:
    """A chain as texts and marks."""
    catalog, scale = why.catalog, why.catalog.scales[why.scale]
    marks = row_marks(why.row, catalog) if why.row is not None else ()
    parts = cells(why.row, why, marks) if why.row is not None else ()
    studies = tuple(_study(study, catalog) for study in why.studies)
    unpooled = tuple(
        RefView(
            f"{not_pooled(u.reason, u.by)}{f', {u.direction}' if u.direction else ''}", source_view(catalog, u.source)
        )
        for u in why.unpooled
    )
    refs = ref_views(catalog, why.row.option.cost.total.refs) if why.row is not None else ()
    course = _course(why, parts)
    claims = claim_views(why.claims, catalog)
    layers = why.layers
    return WhyView(
        title=" · ".join(
            (f"{why.name} for {why.concern_name.lower()}", *asker(why.request, catalog), f"{why.market} prices")
        ),
        place=_place(why),
        parts=parts,
        benefit=f"Benefit: {gain(why.benefit, scale)}, likely {whole_span(why.benefit_low, why.benefit_high)} "
        f"(placebo or nothing done: {whole(why.nothing_done)}{attached(scale)}).",
        evidence=f"Evidence: {stars_says(why.stars)}. {stars_working(why.stars_working)}. Records: "
        f"{layers['clinical']} clinical, {layers['preclinical']} preclinical, {layers['mechanistic']} mechanistic; "
        "only the clinical layer moves a score.",
        notes=(
            *([_add_on(why.add_on, scale, why.symbol)] if why.add_on is not None else []),
            *quote_lines(why.quotes, catalog, why.symbol),
            *([f"Studies disagree: {share(why.against_share)} of the weight finds no gain."] if why.disagree else []),
        ),
        marks=marks,
        columns=("source", "design", "judged", "people", "figure", "pull", "interest"),
        studies=studies,
        forest=forest_text(why) if why.studies else "",
        unpooled=unpooled,
        money=_money(why),
        money_refs=refs,
        course=course,
        claims=claims,
        questions=about_view(catalog, why.concern).questions,
        sources=named_sources(
            [
                *(s.source for s in studies),
                *(ref.source for ref in (*unpooled, *refs)),
                *(ref.source for _, _, facts in course for ref in facts),
                *(claim.source for claim in claims),
            ]
        ),
    )


def _place(why: "Why") -> str:
    if why.row is not None:
        names = why.catalog.criteria
        parts = ", ".join(f"{names[c].name.lower()} {part_of_score(x)}" for c, x in why.row.contributions.items())
        return f"Place {why.row.rank} of {why.of}, score {score(why.row.score)} = {parts}."
    if why.left_out is not None:
        return f"Not ranked: {why_left_out(why.left_out, why.catalog, why.symbol)}."
    return ""


def _add_on(a: "AddOn", scale: "Scale", symbol: str) -> str:
    unit = attached(scale)
    text = f"Added to {a.base}: {'+' if a.gain >= 0 else ''}{whole(a.gain)}{unit}, likely {whole_span(a.low, a.high)}"
    text += f"; a gain of {a.noticeable:g} or more has a chance of {share(a.p_noticeable)}"
    if a.extra_cost is not None:
        more = "more" if a.extra_cost >= 0 else "less"
        text += f"; the course costs {money(abs(a.extra_cost), symbol)} {more}"
    if a.per_point is not None:
        text += f", {money(a.per_point, symbol)} a point"
    return f"{text}."


def _study(study: "StudyLine", catalog: "Catalog") -> StudyView:
    of = f"{study.of}: " if study.of else ""
    against = f" vs {study.against}" if study.against and study.kind != "direction" else ""
    return StudyView(
        source=source_view(catalog, study.source),
        design=readable(study.design),
        judged={True: "blind", False: "open", None: "not said"}[study.blinded],
        people=str(study.n or "not said"),
        figure=f"{of}{stated(study.record, study.against, study.cut)}{against}",
        pull=pull(study.weight),
        interest=study.interest,
    )


def _money(why: "Why") -> tuple[str, ...]:
    if why.row is None:
        return ()
    cost = why.row.option.cost
    lines = [f"Total: {money_range(cost.total, why.symbol)}"]
    for line in cost.lines:
        units = span(line.units[0], line.units[2]) if line.units[0] != line.units[2] else f"{line.units[1]:g}"
        low, typical, high = line.unit_price
        around = f" ({money(low, why.symbol)}–{money(high, '')})" if low != high else ""
        each = f"{money(typical, why.symbol)}{around} a {line.unit}"
        renewed = f", renewed (lasts {ends(*line.lasts)} months)" if line.lasts else ""
        lines.append(f"{line.what}{renewed}: {units} × {each} = {money(line.amount[1], why.symbol)}")
    return tuple(lines)


def _course(why: "Why", parts: tuple[CellView, ...]) -> tuple[tuple[str, str, tuple[RefView, ...]], ...]:
    """What stands behind each criterion but those that have a section of their own."""
    if why.row is None:
        return ()
    found = [("Sessions", "", ref_views(why.catalog, why.sessions))] if why.sessions else []
    own = {"benefit", "evidence", "cost", "effort"}
    for part in parts:
        if why.catalog.criteria[part.criterion].measure not in own:
            cell = why.row.cells[part.criterion]
            basis = BASES.get(cell.basis, cell.basis)
            says = f"{part.says} ({basis})" if cell.known and part.says != basis else part.says
            found.append((part.name, says, ref_views(why.catalog, cell.refs)))
    return tuple(found)


def claim_views(claims: "tuple[Said, ...]", catalog: "Catalog") -> tuple[ClaimView, ...]:
    """Who says what."""
    found = []
    for said in claims:
        ends = "–".join(dict.fromkeys(f"{x:g}" for x in (said.low, said.high) if x is not None))
        of = f" of {said.of:g}" if said.of else ""
        found.append(ClaimView(f"{readable(said.about)}: {said.words or ends}{of}", source_view(catalog, said.source)))
    return tuple(found)
