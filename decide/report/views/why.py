"""The chain behind a figure as texts and marks, from the place in the ranking down to each study."""

from typing import TYPE_CHECKING, NamedTuple

from decide.evidence.certainty import LEAST_SHOWN
from decide.question.restate import asker
from decide.report.charts.forest import forest_text
from decide.report.views.cells import CellView, cells
from decide.report.views.common import (
    ClaimView,
    RefView,
    SourceView,
    claim_views,
    named_sources,
    quote_lines,
    ref_views,
    source_view,
    why_left_out,
)
from decide.report.views.facts import BASES, effect_name, ends, in_100, not_pooled, stars_working, stated
from decide.report.views.marks import Mark, row_marks
from decide.report.views.screening import source_label
from decide.report.views.sureness import fragile
from decide.report.views.verdict import Line, anyway, helps, unsaid
from decide.report.words import (
    NO_FIGURE,
    SURENESS,
    capital,
    gain,
    gain_phrase,
    money,
    money_range,
    part_of_score,
    readable,
    score,
    share,
    some,
    span,
    whole,
    whole_span,
)

if TYPE_CHECKING:
    from decide.answers.added import AddOn
    from decide.answers.why import Conflict, StudyLine, Unpooled, Why
    from decide.catalog import Catalog
    from decide.catalog.models import Scale

PULL = (
    "Pull: which part of the figure rests on this one. Gain: what it says alone, over a dummy treatment; of a level "
    "(nobody went without), over what is expected of a dummy or of the other side. Interest: paid for or made by who "
    "gains."
)
NO_STUDY = "No study gives a figure that can be pooled."
BLINDING = {True: "blind", False: "open", None: "blinding not said"}
TESTS = 3
"""Tests of directly against through others that are told, the likeliest to disagree first."""
APART = 0.5
"""From this chance on a study is named as one that stands apart."""


class StudyView(NamedTuple):
    """One record behind a gain."""

    source: SourceView
    design: str
    people: str
    figure: str
    gain: str
    pull: str
    interest: str


class WhyView(NamedTuple):
    """Everything that a face shows of the chain behind one option."""

    title: str
    answer: tuple[Line, ...]
    """Whether it helps, how sure that is, what it costs and the catch; or why it is not ranked."""
    kind: str
    place: str
    """Its place and the sum of its score: a detail."""
    parts: tuple[CellView, ...]
    gain: str
    """The gain over a dummy treatment, where the answer tells it in people."""
    anyway: str
    pooled: tuple[str, ...]
    """Why the figure is what it is: its studies' own, what it rests on, who stands apart, what a new trial may find."""
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
    sources: tuple[SourceView, ...]


def why_view(why: "Why") -> WhyView:
    """A chain as texts and marks."""
    catalog, scale = why.catalog, why.catalog.scales[why.scale]
    marks = row_marks(why.row, catalog) if why.row is not None else ()
    parts = cells(why.row, why, marks) if why.row is not None else ()
    studies = tuple(_study(study, catalog) for study in why.studies)
    unpooled = tuple(
        RefView(
            f"{not_pooled(u.reason, _study_named(u.by, why))}{f', {readable(u.direction)}' if u.direction else ''}",
            _record_of(u, catalog),
        )
        for u in why.unpooled
    )
    refs = ref_views(catalog, why.row.option.cost.total.refs) if why.row is not None else ()
    course = _course(why, parts)
    claims = claim_views(why.claims, catalog)
    layers = why.layers
    answer, phrase = (*_not_ranked(why), *helps(why)), f"{capital(gain_phrase(why.gain, scale))}."
    return WhyView(
        title=" · ".join(
            (f"{why.name} for {why.concern_name.lower()}", *asker(why.request, catalog), f"{why.market_name} prices")
        ),
        answer=answer,
        kind=f"{unsaid(why)}." if why.kind_assumed else "",
        place=_place(why),
        parts=parts,
        gain="" if any(phrase in line.says for line in answer) else phrase,
        anyway=anyway(why),
        pooled=_pooled(why, scale) if why.studies and why.gain.basis == "studies" else (),
        evidence=f"Evidence: {SURENESS[why.stars]}. {stars_working(why.stars_working, catalog)}. Records: "
        f"{layers['clinical']} clinical, {layers['preclinical']} preclinical, {layers['mechanistic']} mechanistic; "
        "only the clinical layer moves a score.",
        notes=(
            *([_add_on(why.add_on, scale, why.symbol)] if why.add_on is not None else []),
            *fragile(why.fragility, catalog),
            *quote_lines(why.quotes, catalog, why.symbol),
        ),
        marks=marks,
        columns=("source", "design", "people", "figure", "gain", "pull", "interest"),
        studies=studies,
        forest=forest_text(why) if why.studies else "",
        unpooled=unpooled,
        money=_money(why),
        money_refs=refs,
        course=course,
        claims=claims,
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
    if why.row is None:
        return ""
    names = why.catalog.criteria
    parts = ", ".join(f"{names[c].name.lower()} {part_of_score(x)}" for c, x in why.row.contributions.items())
    return f"Place {why.row.rank} of {why.of}, score {score(why.row.score)} = {parts}."


def _not_ranked(why: "Why") -> tuple[Line, ...]:
    if why.left_out is not None:
        return (Line("left-out", "Not ranked", f"{capital(why_left_out(why.left_out, why.catalog, why.symbol))}."),)
    blind = why.row is None and why.gain.basis != "studies"
    return (Line("left-out", "Not ranked", f"{capital(NO_FIGURE)}."),) if blind else ()


# ------------------------------------------------------------------ why the figure is what it is


def _pooled(why: "Why", scale: "Scale") -> tuple[str, ...]:
    return (
        _differs(why, scale),
        _rests_on(why),
        *_apart(why),
        *_agreement(why, scale),
        f"A new trial would likely find {whole_span(*why.new_trial)} {scale.step}.",
    )


def _differs(why: "Why", scale: "Scale") -> str:
    """In two sentences, why the pooled figure is another than what its studies say alone: only what pulls that way."""
    weight, figure = sum(study.weight for study in why.studies), why.gain.typical
    own = sum(study.weight * study.implied for study in why.studies) / weight
    said = f"Its own studies, each by its pull, say {gain(own, scale)}"
    if round(own) == round(figure):
        return f"{said}, and so does the figure."
    to_none, pulls = min(0.0, own) <= figure <= max(0.0, own), []
    if to_none and why.rests.prior >= LEAST_SHOWN:
        pulls.append("what is not shown is taken for no gain, which pulls it to none")
    if figure < own and any(study.level for study in why.studies):
        pulls.append("studies in which nobody went without are known to run high and are read as that much lower")
    if to_none and any(study.bias > 0 for study in why.studies):
        pulls.append("studies that are open, not randomised or paid for are believed less")
    if not pulls or not to_none:
        way = "up" if figure > own else "down"
        pulls.append(f"what shares its kinds, its parts or its trials is worked out with it, and pulls it {way}")
    return f"{said}; the figure is {whole(figure)}. {capital('; '.join(pulls))}."


def _rests_on(why: "Why") -> str:
    """What the figure rests on, and on which study most."""
    r = why.rests
    by_source: dict[str, float] = {}
    for study in why.studies:
        by_source[study.source] = by_source.get(study.source, 0.0) + study.weight
    most = max(by_source, key=lambda source: by_source[source])
    return (
        f"It rests on comparisons ({in_100(r.comparisons)}), levels where nobody went without ({in_100(r.levels)}) and "
        f"assumption: {in_100(r.assumption)} of this figure is assumption. "
        f"Most of what studies say is by {source_view(why.catalog, most).label} ({in_100(by_source[most])})."
    )


def _apart(why: "Why") -> list[str]:
    """The studies that stand apart from the rest."""
    apart = {study.source: study.apart for study in why.studies if study.apart >= APART}
    return [
        f"{source_view(why.catalog, source).label} stands apart (chance {round(100 * p)} in 100) and counts little."
        for source, p in apart.items()
    ]


def _agreement(why: "Why", scale: "Scale") -> list[str]:
    """What its comparisons say directly against what they say through others."""
    tests = sorted((test for test in why.conflicts if test.testable), key=lambda test: test.p or 0.0)
    if tests:
        told = some([_conflict(test, why) for test in tests], TESTS)
        return [f"Told directly, and through others: {told}."]
    return ["Whether comparisons agree directly and through others is not testable: no two ways lead to one of them."]


def _conflict(test: "Conflict", why: "Why") -> str:
    direct, indirect, p = test.direct or 0.0, test.indirect or 0.0, test.p or 0.0
    chance = f"{round(100 * p)} in 100" if p >= LEAST_SHOWN else "fewer than 1 in 100"
    pair = " over ".join(effect_name(name, why.catalog) for name in (test.first, test.second))
    return f"{pair} {whole(direct)} and {whole(indirect)} (so far apart by chance: {chance})"


def _record_of(line: "StudyLine | Unpooled", catalog: "Catalog") -> SourceView:
    """The source of a study, named by who did the study, as a source may tell of several."""
    return source_view(catalog, line.source)._replace(label=source_label(catalog, line.source, line.study))


def _study_named(study: str, why: "Why") -> str:
    """A study of the concern, by id, as people name it."""
    found = next((one for one in why.catalog.studies(why.concern) if one.id == study), None)
    return source_label(why.catalog, found.source, found.id) if found is not None else readable(study)


def _add_on(a: "AddOn", scale: "Scale", symbol: str) -> str:
    text = f"Added to {a.base}: {'+' if a.gain >= 0 else ''}{gain(a.gain, scale)}, likely {whole_span(a.low, a.high)}"
    text += f"; {a.noticeable:g} or more, which is noticed, has a chance of {share(a.p_noticeable)}"
    if a.extra_cost is not None:
        more = "more" if a.extra_cost >= 0 else "less"
        text += f"; the course costs {money(abs(a.extra_cost), symbol)} {more}"
    if a.per_point is not None:
        text += f", {money(a.per_point, symbol)} a point"
    return f"{text}."


def _study(study: "StudyLine", catalog: "Catalog") -> StudyView:
    of = f"{effect_name(study.of, catalog)}: " if study.of else ""
    other = effect_name(study.against, catalog)
    against = f" vs {other}" if study.against and study.kind != "direction" else ""
    return StudyView(
        source=_record_of(study, catalog),
        design=f"{readable(study.design)}, {BLINDING[study.blinded]}",
        people=str(study.n or "not said"),
        figure=f"{of}{stated(study.record, other, study.cut)}{against}",
        gain=f"{whole(study.implied)}{' (level)' if study.level else ''}",
        pull=share(study.weight),
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
    # what came back is told of what is not ranked too
    later = [("Afterwards", "", ref_views(why.catalog, why.afterwards))] if why.afterwards else []
    if why.row is None:
        return tuple(later)
    found = [("Sessions", "", ref_views(why.catalog, why.sessions))] if why.sessions else []
    own = {"benefit", "evidence", "cost", "effort"}
    for part in parts:
        if why.catalog.criteria[part.criterion].measure not in own:
            cell = why.row.cells[part.criterion]
            basis = BASES.get(cell.basis, cell.basis)
            says = f"{part.says} ({basis})" if cell.known and part.says != basis else part.says
            found.append((part.name, says, ref_views(why.catalog, cell.refs)))
    return (*found, *later)
