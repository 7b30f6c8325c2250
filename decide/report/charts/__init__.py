"""Charts of answers. `CHARTS` says which chart draws what, under which title, and in which words it is told."""

from collections.abc import Callable
from typing import NamedTuple

from decide.answers.ranking.result import Ranking
from decide.answers.why import Why
from decide.errors import InputError
from decide.report.charts import forest, rankings
from decide.report.charts.draw import chart_bytes
from decide.report.charts.vega import NARROW, WIDE, Spec, titled
from decide.result import Result


class Chart(NamedTuple):
    """One kind of chart."""

    name: str
    title: str
    of: type
    make: Callable[..., Spec]
    says: Callable[..., str] = lambda _: ""
    subtitle: str = ""
    told: Callable[..., bool] = lambda _: False
    """Whether pages and reports show it with this answer; files draw any."""


DRAWS = "Draws of everything that is unsure"
CHARTS = {
    chart.name: chart
    for chart in (
        Chart(
            "cost-benefit", "What it costs against what it does", Ranking, rankings.cost_benefit,
            rankings.cost_benefit_words, told=lambda r: len(rankings.measured(r)) > 1,
        ),
        Chart(
            "contributions", "What adds up to each score", Ranking, rankings.contributions,
            rankings.contributions_words, told=lambda r: bool(r.options),
        ),
        Chart(
            "acceptability", "How sure is the order", Ranking, rankings.acceptability,
            rankings.acceptability_words, f"How often each option takes each place. {DRAWS}",
            told=lambda r: r.sureness is not None and len(r.rows) > 1,
        ),
        Chart(
            "tornado", "What moves the lead of the first place", Ranking, rankings.tornado,
            subtitle="Lead over the best of the rest with one fact at its low (circle) and its high (square) end",
        ),
        Chart("pairwise", "How often one beats the other", Ranking, rankings.pairwise, subtitle=DRAWS),
        Chart("frontier", "What more money buys", Ranking, rankings.frontier, subtitle="Ranges hold 8 times in 10"),
        Chart(
            "forest", "Each study alone, and all together", Why, forest.forest, forest.forest_words,
            "Ranges hold 8 times in 10, with what a design may add; dashed: no gain; squares: nobody went without",
            told=lambda w: bool(w.studies),
        ),
    )
}  # fmt: skip


def charts_of(answer: Result) -> tuple[Chart, ...]:
    """The charts that a page or a report shows with an answer."""
    return tuple(chart for chart in CHARTS.values() if isinstance(answer, chart.of) and chart.told(answer))


def chart(name: str, answer: Result) -> Chart:
    """The chart of this name, which must be one of this answer.

    Raises
    ------
    InputError : no chart of this name draws such an answer.
    """
    found = CHARTS.get(name)
    if found is None or not isinstance(answer, found.of):
        raise InputError(f"no chart is called {name!r:.40}", f"charts are {', '.join(CHARTS)}")
    return found


def file_of(name: str, answer: Ranking | Why, kind: str) -> bytes:
    """A chart with its title, as it stands in a file of this kind (`.svg`, `.png`, `.json`)."""
    known = chart(name, answer)
    return chart_bytes(titled(known.make(answer), f"{answer.concern_name}: {known.title}", known.subtitle), kind)


__all__ = ["CHARTS", "NARROW", "WIDE", "Chart", "chart", "chart_bytes", "charts_of", "file_of"]
