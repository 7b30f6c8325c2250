"""An answer as one file to print and take along: no script, nothing fetched, charts within.

On paper it is an A4 of one to three pages: question, answer with its reasons, the first options in a table and side by
side, what was left out and why, what to ask the clinician, room for notes, and the facts with their sources.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from decide.answers.ask import Answer
from decide.answers.comparison import Comparison
from decide.answers.ranking.result import Ranked, Ranking
from decide.answers.why import Why
from decide.catalog import Catalog
from decide.catalog.models import Concern
from decide.errors import InputError
from decide.report import page, paragraphs, specs
from decide.report.markup import Child, Element, el, raw
from decide.report.page import SourceView
from decide.report.text import TALK, basis, heading, nothing_fits
from decide.version import __version__

Draw = Callable[[dict[str, Any]], bytes]
TABLE, SIDES, FACTS, STUDIES = 8, 3, 7, 12
"""Options in the table, options side by side, facts told of each of those, and studies of one option."""
PULL = "Pull: how far the pooled value moves when this figure moves by one."

STYLE = """
:root { color-scheme: light; --ink: #1d2329; --quiet: #50575e; --line: #c9c7c1; --lead: #0b4f74; }
* { box-sizing: border-box; }
body { font: 15px/1.45 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; color: var(--ink); background: #fff;
  margin: 0 auto; max-width: 52rem; padding: 1.2rem; overflow-wrap: break-word; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: .2rem 0 .4rem; }
h2 { font-size: 1.1rem; margin: 1.3rem 0 .4rem; color: var(--lead); border-bottom: 1px solid var(--line); }
h2.part { font-size: 1.35rem; color: inherit; }
h3 { font-size: 1rem; margin: .8rem 0 .2rem; }
p { margin: .35rem 0; } ul, ol { margin: .3rem 0; padding-left: 1.3rem; } li { margin: .1rem 0; }
a { color: var(--lead); overflow-wrap: anywhere; }
.quiet, .small { color: var(--quiet); } .small { font-size: .85em; } .lead { font-size: 1.1em; }
.talk { border: 1.5px solid var(--lead); padding: .4rem .7rem; font-weight: 600; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .88em; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem .25rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--quiet); }
.n, .stars { white-space: nowrap; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: .8rem; align-items: start; }
figure { margin: .4rem 0; break-inside: avoid; } figcaption { font-weight: 600; }
figure svg { width: 100%; height: auto; max-width: 680px; display: block; }
.notes div { border-bottom: 1px solid #888; height: 2rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
pre { white-space: pre-wrap; font-size: .8em; }
@page { size: A4; margin: 14mm 15mm; }
@media print {
  body { font-size: 8.8pt; line-height: 1.35; padding: 0; max-width: none; }
  h1 { font-size: 15pt; } h2 { font-size: 11pt; margin-top: 3.5mm; break-after: avoid; }
  h3 { font-size: 9.5pt; break-after: avoid; }
  tr, li, .together { break-inside: avoid; } thead { display: table-header-group; } .scroll { overflow: visible; }
  .charts { grid-template-columns: 1fr 1fr; gap: 5mm; } a { text-decoration: none; }
  .wide svg { max-width: 13cm; } .notes div { height: 7mm; }
  .sources { font-size: 7.2pt; line-height: 1.25; columns: 2; column-gap: 6mm; } .facts { columns: 2; column-gap: 6mm; }
  .facts h3:first-child { margin-top: 0; } th, td { padding-top: .6mm; padding-bottom: .6mm; }
}
"""


def report(answer: Any, catalog: Catalog, *, question: str = "", draw: Draw | None = None, today: str = "") -> str:
    """An answer, or one of the things that an answer holds, or a list of those, as a whole HTML page.

    `draw` turns a chart's specification into SVG; without it, and without the charts' library, tables must do.
    """
    cite = _Cited(catalog)
    drawn = _Charts(draw)
    parts = list(answer.parts) if isinstance(answer, Answer) else answer if isinstance(answer, list) else [answer]
    title = answer.restated if isinstance(answer, Answer) else _title(parts[0]) if parts else "Report"
    date = today or datetime.now(UTC).astimezone().date().isoformat()
    body: list[Child] = [
        el("p", f"Report of {date}", class_="quiet small"),
        el("h1", title),
        el("p", "Asked: ", el("q", question)) if question else None,
        [el("p", gap) for gap in answer.gaps] if isinstance(answer, Answer) else None,
    ]
    for part in parts:
        if len(parts) > 1:
            body.append(el("h2", _title(part), class_="part"))
        body.append(_part(part, catalog, cite, drawn))
    body.append(_closing(parts, catalog, cite, drawn))
    head = [
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="generator", content=f"decide {__version__}"),
        el("link", rel="icon", href="data:,"),
        el("title", f"{title} · decide"),
        el("style", raw(STYLE)),
    ]
    return "<!doctype html>\n" + el("html", el("head", head), el("body", el("main", body)), lang="en") + "\n"


def records_page(records: Sequence[dict[str, Any]], headers: Sequence[str]) -> str:
    """Flat records as a page with one table."""
    lines = [
        el("tr", [el("td", "" if record.get(h) is None else str(record.get(h))) for h in headers]) for record in records
    ]
    table = el("table", el("thead", el("tr", [el("th", h, scope="col") for h in headers])), el("tbody", lines))
    head = el("head", el("meta", charset="utf-8"), el("title", "decide"), el("style", raw(STYLE)))
    body = el("body", el("main", el("h1", "decide"), _scroll(table, "Table")))
    return "<!doctype html>\n" + el("html", head, body, lang="en") + "\n"


class _Cited:
    """Sources in the order in which they are first cited, by number."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.found: dict[str, SourceView] = {}

    def __call__(self, identity: str) -> Element:
        """The number of a source, as a link to the list at the end."""
        if identity not in self.found:
            view = page.source_view(self.catalog, identity)
            if not view.title:
                return el("span", identity.replace("-", " "), class_="quiet")
            self.found[identity] = view
        number = list(self.found).index(identity) + 1
        return el("a", f"[{number}]", href=f"#source-{number}")

    def section(self) -> Child:
        """The list of what was cited."""
        if not self.found:
            return None
        items = []
        for number, source in enumerate(self.found.values(), 1):
            who = ", ".join(x for x in (source.who, source.year) if x)
            said = f"{source.title.rstrip('.')}. {f'{who}. ' if who else ''}"
            gain = f" Interest: {source.interest}." if source.interest else ""
            items.append(el("li", said, el("a", source.link, href=source.link) if source.link else None, gain,
                            id=f"source-{number}"))  # fmt: skip
        return [el("h2", "Sources"), el("ol", items, class_="sources small")]


class _Charts:
    """Charts as SVG within the page; none where the charts' library is not installed."""

    def __init__(self, draw: Draw | None) -> None:
        self.draw = draw
        self.count = 0
        self.missing = ""

    def __call__(
        self, title: str, says: str, specification: dict[str, Any], width: int, *, wide: bool = False
    ) -> Child:
        """A figure, its ids made unlike those of any other on the page."""
        from decide.report.charts import chart_bytes

        themed = specs.themed(specification, width=width)
        try:
            svg = (self.draw(themed) if self.draw else chart_bytes(themed, ".svg")).decode("utf-8")
        except InputError as error:
            self.missing = str(error)
            return None
        self.count += 1
        mark = f"c{self.count}-"
        svg = (
            re.sub(r'\bid="', f'id="{mark}', svg).replace("url(#", f"url(#{mark}").replace('href="#', f'href="#{mark}')
        )
        svg = svg.replace("<svg ", f'<svg role="img" {_label(says)} ', 1)
        return el("figure", el("figcaption", title), raw(svg), class_="wide" if wide else None)


def _scroll(table: Element, says: str) -> Element:
    """A table that may be wider than a phone; it can be reached and moved by keyboard."""
    return el("div", table, class_="scroll", role="region", aria_label=says, tabindex=0)


def _label(says: str) -> str:
    from html import escape

    return f'aria-label="{escape(says)}"'


def _title(part: Any) -> str:
    if isinstance(part, Ranking):
        return heading(part)
    if isinstance(part, Comparison):
        return f"{' or '.join(side.name for side in part.sides)}: {heading(part.ranking)}"
    if isinstance(part, Why):
        return f"{part.name} for {part.concern_name.lower()} · {part.market} prices"
    return str(part).partition("\n")[0]


def _part(part: Any, catalog: Catalog, cite: _Cited, drawn: _Charts) -> Child:
    if isinstance(part, Ranking):
        return _ranking(part, catalog, cite, drawn)
    if isinstance(part, Comparison):
        return _comparison(part, catalog, cite)
    if isinstance(part, Why):
        return _why(part, catalog, cite, drawn)
    return el("pre", str(part).replace(TALK, "").strip())


def _ranking(ranking: Ranking, catalog: Catalog, cite: _Cited, drawn: _Charts) -> Child:
    if not ranking.rows:
        return [
            el("h2", "Answer"),
            el("p", nothing_fits(ranking), class_="lead"),
            _left_out(ranking, cite),
            _about(catalog.concerns[ranking.concern]),
            _questions(catalog.concerns[ranking.concern]),
            el("p", basis(ranking), class_="small quiet"),
        ]
    rows = ranking.rows[:TABLE]
    first = ranking.rows[:SIDES]
    concern = catalog.concerns[ranking.concern]
    charts = [
        drawn(
            "What adds up to each score", specs.contributions_words(ranking, catalog),
            {**specs.contributions_chart(ranking, catalog, specs.NARROW, 6), "height": 360}, specs.NARROW,
        ),
        drawn(
            "What it costs against what it does", specs.cost_benefit_words(ranking),
            specs.cost_benefit_chart(ranking, specs.NARROW), specs.NARROW,
        )
        if sum(row["benefit"].basis == "studies" for row in ranking.rows) > 1
        else None,
    ]  # fmt: skip
    return [
        el("h2", "Answer"),
        el("p", ranking.reasons, class_="lead"),
        [el("p", line) for line in (*page.order(ranking), *paragraphs.filters(ranking))],
        _table(ranking, rows, catalog),
        el("div", charts, class_="charts") if any(charts) else None,
        el("div", el("h2", f"The first {len(first)} side by side"), _sides(first, ranking, catalog), class_="together")
        if len(first) > 1
        else None,
        [el("p", line, class_="small") for line in paragraphs.kinds(ranking)],
        _left_out(ranking, cite),
        _about(concern),
        _questions(concern),
        el("h2", "Facts behind the first options"),
        el("div", [_facts(row, cite) for row in first], class_="facts"),
        el("p", basis(ranking), class_="small quiet"),
    ]


def _table(ranking: Ranking, rows: Sequence[Ranked], catalog: Catalog) -> Child:
    views = [page.option_view(row, ranking, catalog) for row in rows]
    sure = any(view.p_best for view in views)
    names = [
        "",
        "Option",
        "Total",
        "Course",
        f"Benefit ({page.benefit_unit(ranking)})",
        "Evidence",
        "Downtime",
        "Score",
    ]
    head = [el("th", name, scope="col") for name in [*names, *(["First in"] if sure else [])]]
    lines = []
    for view in views:
        star = [
            el("span", view.stars_text, aria_hidden="true", class_="stars"),
            el("span", view.stars_says, class_="hidden"),
        ]
        name = [view.name, " (take care)" if view.cautions else None]
        cells: list[Child] = [
            view.total,
            f"{view.visits} {view.visits_says}",
            view.benefit,
            star,
            view.downtime,
            view.score,
        ]
        cells += [view.p_best] if sure else []
        lines.append(el("tr", el("td", f"{view.place}"), el("th", name, scope="row"), [el("td", c) for c in cells]))
    notes = []
    for text, marked in (
        ("the high end of the total is over the budget", [v.name for v in views if "over your budget" in v.total_says]),
        ("≈ price borrowed from another market, range widened", [v.name for v in views if "borrowed" in v.total_says]),
        ("studies disagree", [row.option.name for row in rows if row.disagree]),
    ):
        if marked:
            notes.append(f"{text[0].upper()}{text[1:]}: {', '.join(dict.fromkeys(marked))}.")
    notes += [
        f"{caution[0].upper()}{caution[1:]}: {', '.join(v.name for v in views if caution in v.cautions)}."
        for caution in dict.fromkeys(c for v in views for c in v.cautions)
    ]
    more = len(ranking.rows) - len(rows)
    if more > 0:
        notes.append(f"{more} more option{'' if more == 1 else 's'} with lower scores.")
    if sure:
        notes.append(page.draws(ranking))
    table = el("table", el("thead", el("tr", head)), el("tbody", lines))
    return [
        _scroll(table, f"Options for {ranking.concern_name.lower()}"),
        [el("p", note, class_="small") for note in notes],
    ]


def _sides(rows: Sequence[Ranked], ranking: Ranking, catalog: Catalog) -> Element:
    table = page.side_by_side(rows, ranking, catalog)
    head = el("tr", el("td"), [el("th", name, scope="col") for name in table.names])
    lines = [el("tr", el("th", label, scope="row"), [el("td", c) for c in cells]) for label, cells in table.rows]
    return _scroll(el("table", el("thead", head), el("tbody", lines)), f"Side by side: {', '.join(table.names)}")


def _left_out(ranking: Ranking, cite: _Cited, most: int = 6) -> Child:
    groups = page.left_out(ranking)
    if not groups:
        return None
    lines = []
    for group in groups:
        if group.why == "no study":
            lines.append(el("li", f"{len(group.lines)} procedures have no study for this concern here."))
            continue
        named: list[Child] = []
        for k, (name, reason, source) in enumerate(group.lines[:most]):
            named.append("; " if k else None)
            named.append([name, f" ({reason})" if reason else None, [" ", cite(source)] if source else None])
        rest = len(group.lines) - most
        lines.append(el("li", el("strong", f"{group.title}: "), named, f"; and {rest} more." if rest > 0 else "."))
    return [el("h2", "Left out, and why"), el("ul", lines)]


def _about(concern: Concern) -> Child:
    return [
        el("h2", f"About {concern.name.lower()}"),
        el("p", concern.summary),
        el("p", el("strong", "Left alone: "), concern.untreated) if concern.untreated else None,
        el("p", el("strong", "Living with it: "), concern.living_with) if concern.living_with else None,
    ]


def _questions(concern: Concern) -> Child:
    asked = [el("li", text) for text in concern.question_for_clinician]
    own = [
        "What do all visits cost together, with everything that is needed before and after?",
        "What happens if it does not work, and who pays for that?",
    ]
    return el(
        "div",
        el("h2", "Questions for the clinician"),
        el("ul", asked, [el("li", text) for text in own]),
        el("h3", "Notes"),
        el("div", [el("div") for _ in range(4)], class_="notes"),
        class_="together",
    )


def _facts(row: Ranked, cite: _Cited) -> Child:
    refs = []
    for name in ("cost", "benefit", "downtime", "risk", "durability"):
        mine = [ref for ref in row.cells[name].refs if ref.source]
        refs += mine[: 3 if name in ("cost", "benefit") else 1]
    lines = [el("li", ref.says, " ", cite(ref.source)) for ref in list(dict.fromkeys(refs))[:FACTS]]
    working = "; ".join(row.stars_working)
    return [el("h3", row.option.name), el("ul", lines, el("li", f"Evidence: {working}."), class_="small")]


def _comparison(found: Comparison, catalog: Catalog, cite: _Cited) -> Child:
    ranking = found.ranking
    rows = [side.row for side in found.sides if side.row is not None]
    missing = [
        el("p", f"{side.name}: not compared ({page.why_missing(side)}).") for side in found.sides if side.row is None
    ]
    pairs: list[Child] = []
    for pair in found.pairs:
        pairs.append(el("p", pair.verdict, class_="lead"))
        if pair.head_to_head:
            heads = [el("li", head.says, " ", cite(head.source)) for head in pair.head_to_head[:5]]
            pairs.append([el("p", "Head to head:"), el("ul", heads)])
        else:
            pairs.append(el("p", f"No study compares {pair.first} with {pair.second} directly.", class_="small"))
    concern = catalog.concerns[ranking.concern]
    return [
        el("h2", "Side by side"),
        _sides(rows, ranking, catalog) if rows else None,
        missing,
        el("h2", "What that means"),
        pairs,
        _about(concern),
        _questions(concern),
        el("h2", "Facts") if rows else None,
        el("div", [_facts(row, cite) for row in rows], class_="facts"),
        el("p", basis(ranking), class_="small quiet"),
    ]


def _why(why: Why, catalog: Catalog, cite: _Cited, drawn: _Charts) -> Child:
    view = page.why_view(why, catalog)
    names = ("Source", "Design", "Judged", "People", "Figure", "Pull", "Interest")
    lines = [
        el("tr", el("th", s.source.id, " ", cite(s.source.id), scope="row"),
           [el("td", x) for x in (s.design, s.judged, s.people, s.figure, s.pull, s.interest or "–")])
        for s in view.studies[:STUDIES]
    ]  # fmt: skip
    table = el("table", el("thead", el("tr", [el("th", n, scope="col") for n in names])), el("tbody", lines))
    rest = len(view.studies) - STUDIES
    more = f" {rest} more with less pull are not shown." if rest > 0 else None
    chart = None
    if why.studies:
        chart = drawn(
            "Each study alone, and all together",
            specs.forest_words(why),
            specs.forest_fitted(why, most=STUDIES),
            specs.WIDE,
            wide=True,
        )
    course = [
        el("li", el("strong", f"{name}: "), says, [[" ", ref.says, " ", cite(ref.source.id), ";"] for ref in facts[:4]])
        for name, says, facts in view.course
    ]
    return [
        el("h2", "Answer"),
        el("p", f"{view.place} Expected: {view.benefit} ({view.against}).", class_="lead"),
        el("p", el("strong", "Evidence: "), view.evidence, " ", view.disagree),
        el("h2", "Studies"),
        chart,
        _scroll(table, f"Studies of {view.title}") if lines else el("p", "No study gives a figure that can be pooled."),
        el("p", PULL, more, class_="small") if lines else None,
        [el("h2", "Money"), el("ul", [el("li", line) for line in view.money],
            [el("li", ref.says, " ", cite(ref.source.id), class_="small") for ref in view.money_refs[:8]])]
        if view.money
        else None,
        [el("h2", "The course"), el("ul", course)] if course else None,
        [el("h2", "Claims"), el("ul", [el("li", claim) for claim in view.claims])] if view.claims else None,
        _questions(catalog.concerns[why.concern]),
    ]  # fmt: skip


def _closing(parts: Iterable[Any], catalog: Catalog, cite: _Cited, drawn: _Charts) -> Child:
    edition = catalog.edition
    return [
        cite.section(),
        el("p", f"Charts are left out: {drawn.missing}.", class_="small") if drawn.missing else None,
        el("p", TALK, class_="talk"),
        el("p", f"Made with decide {__version__} and catalogue {edition.version} of {edition.date}. {edition.funding}",
           class_="small quiet"),
    ]  # fmt: skip
