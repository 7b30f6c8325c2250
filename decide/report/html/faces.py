"""What one HTML face does where faces differ: links, numbers of sources, charts, and how much it holds.

Templates ask the face; they hold no question of which face they are for.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from markupsafe import Markup, escape

from decide.errors import InputError
from decide.report.charts import WIDE, Chart, chart_bytes, charts_of
from decide.report.charts.vega import Spec, themed
from decide.report.views.common import SourceView
from decide.result import Result

FEW, SHORT = 6, 4
ON_PAPER = ("cost-benefit", "forest")
"""Charts that a paper has room for."""
Draw = Callable[[Spec], bytes]


class Picture(NamedTuple):
    """A chart within the page, or the addresses of its pictures by width and theme."""

    title: str
    says: str
    svg: Markup = Markup("")
    wide: str = ""
    narrow: str = ""
    wide_dark: str = ""
    narrow_dark: str = ""
    sizes: tuple[int, int, int, int] = (0, 0, 0, 0)


class Face:
    """A notebook cell: nothing is folded, nothing leads to another page, a source is told by its id."""

    clickable = False
    """Whether there are pages behind its links, and boxes to tick."""
    paper = False
    """Whether it is taken along: with facts, questions and room for notes."""
    most: int | None = None
    """Options of a ranking."""
    few: int | None = None
    """How much of any other list; all for None."""
    brief = False
    """Whether it holds several answers, each in short."""

    def link(self, to: str, identity: str = "", concern: str = "") -> str:
        """The address of an option, a concern, a kind, or what else the money buys; empty where nothing leads there."""
        return ""

    def number(self, source: SourceView) -> int | None:
        """The number of a source in the list at the end; None where there is no such list."""
        return None

    def pictures(self, answer: Result) -> list[Picture]:
        """The charts shown with an answer."""
        return []


class Paper(Face):
    """A report to print: sources by number, charts within."""

    paper = True
    most = FEW
    few = FEW

    def __init__(self, draw: Draw | None, *, brief: bool = False) -> None:
        self.draw = draw or (lambda specification: chart_bytes(specification, ".svg"))
        self.brief = brief
        if brief:
            self.few = SHORT
        self.sources: dict[str, SourceView] = {}
        self.missing = ""
        self.count = 0

    def number(self, source: SourceView) -> int | None:
        """Sources in the order in which they are first cited."""
        if not source.title:
            return None
        self.sources.setdefault(source.id, source)
        return list(self.sources).index(source.id) + 1

    def pictures(self, answer: Result) -> list[Picture]:
        """Charts as SVG; none, and why, where the charts' library is not installed."""
        found = []
        for chart in charts_of(answer):
            if self.brief or chart.name not in ON_PAPER:
                continue
            try:
                found.append(Picture(chart.title, chart.says(answer), self._svg(chart, answer)))
            except InputError as error:
                self.missing = str(error)
        return found

    def _svg(self, chart: Chart, answer: Result) -> Markup:
        """A chart's SVG, its ids made unlike those of any other on the page."""
        made = chart.make(answer, WIDE, FEW * 2) if chart.name == "forest" else chart.make(answer, WIDE)
        svg = self.draw(themed(made, width=WIDE)).decode("utf-8")
        self.count += 1
        mark = f"c{self.count}-"
        svg = re.sub(r'\bid="', f'id="{mark}', svg)
        svg = svg.replace("url(#", f"url(#{mark}").replace('href="#', f'href="#{mark}')
        # what the library draws is escaped by it
        return Markup(svg.replace("<svg ", f'<svg role="img" aria-label="{escape(chart.says(answer))}" ', 1))
