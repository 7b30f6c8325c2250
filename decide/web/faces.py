"""The page's face of an answer: where its links lead, with the state that they carry, and where its charts are."""

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from urllib.parse import quote

from decide.answers.instead import Instead
from decide.answers.why import Why
from decide.catalog import Catalog
from decide.report.charts import NARROW, WIDE, Chart, charts_of
from decide.report.html.faces import Face, Picture
from decide.result import Result
from decide.web.asked import Asked, Pairs, address, pairs


class PageFace(Face):
    """One answer on a page that was asked by fields; every link asks the same of something else."""

    clickable = True
    cards = 6
    """Options shown as cards; the rest stand in a table below them."""

    def __init__(self, catalog: Catalog, question: Asked, answer: Result) -> None:
        self.catalog, self.question, self.answer = catalog, question, answer
        about = getattr(answer, "ranking", answer)
        self.concern: str = getattr(about, "concern", "")
        self.state = again(catalog, question, concern=self.concern, kind=getattr(about, "subtype", None))

    def link(self, to: str, identity: str = "", concern: str = "") -> str:
        """The address of an option, a concern, a kind, all options, or what else the money buys."""
        places: dict[str, Callable[[str, str], str]] = {
            "option": self._option,
            "concern": self._concern,
            "kind": self._kind,
            "all": self._all,
            "instead": self._instead,
        }
        return places[to](identity, concern)

    def _option(self, identity: str, concern: str) -> str:
        place = f"/options/{quote(identity, safe='/')}"
        if not concern:
            return address(place, self.state)
        if isinstance(self.answer, Instead):
            # the option was found within this money
            spend = next((row.spend for row in self.answer.rows if row.concern == concern), None)
            budget = [("budget", f"{spend:.2f}")] if spend else []
            return address(place, [("concern", concern)], budget, self._person())
        return address(place, [("concern", concern)], without(self._fields(), "concern", "kind"))

    def _concern(self, identity: str, _: str) -> str:
        instead = isinstance(self.answer, Instead)
        fields = self._person() if instead else without(self._fields(), "intent", "concern", "kind")
        return address("/", [("concern", identity)], fields)

    def _kind(self, identity: str, _: str) -> str:
        return address("/", again(self.catalog, self.question, concern=self.concern, kind=identity))

    def _all(self, *_: str) -> str:
        return address("/", self.state)

    def _instead(self, identity: str, _: str) -> str:
        return address("/instead", [("for", identity)], self._person())

    def _fields(self) -> Pairs:
        return pairs(self.catalog, self.question)

    def _person(self) -> Pairs:
        """All that was asked but what about, and for which money."""
        return without(self._fields(), "intent", "concern", "kind", "procedure", "budget", "budget_low", "per")

    def pictures(self, answer: Result) -> list[Picture]:
        """Addresses of the charts, wide and narrow, on light and dark ground."""
        if find_spec("vl_convert") is None:
            return []
        return [self._picture(chart, answer) for chart in charts_of(answer)]

    def _picture(self, chart: Chart, answer: Result) -> Picture:
        fields = without(self.state, "q", "edit")
        if isinstance(answer, Why):
            fields.append(("option", answer.id))
        place = f"/charts/{chart.name}.svg"
        narrow, dark = [("size", "narrow")], [("theme", "dark")]
        sizes = [(made["width"], made["height"]) for made in (chart.make(answer, WIDE), chart.make(answer, NARROW))]
        return Picture(
            title=chart.title,
            says=chart.says(answer),
            wide=address(place, fields),
            narrow=address(place, fields, narrow),
            wide_dark=address(place, fields, dark),
            narrow_dark=address(place, fields, narrow, dark),
            sizes=(*sizes[0], *sizes[1]),
        )


def again(catalog: Catalog, question: Asked, *, concern: str = "", kind: str | None = None) -> Pairs:
    """The fields that ask a question again, its words still in the box."""
    text = [("q", question.text), ("edit", "1")] if question.text else []
    return text + pairs(catalog, question, concern=concern, kind=kind)


def without(fields: Sequence[tuple[str, str]], *names: str) -> Pairs:
    """Fields but these."""
    return [(name, value) for name, value in fields if name not in names]
