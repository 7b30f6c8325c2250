"""The page's face of an answer: where its links lead, with the state that they carry, and where its charts are."""

from collections.abc import Callable
from importlib.util import find_spec
from urllib.parse import quote

from decide.answers.instead import Instead
from decide.answers.why import Why
from decide.catalog import Catalog
from decide.question.problem import Concern
from decide.report.charts import NARROW, WIDE, Chart, charts_of
from decide.report.html.faces import Face, Picture
from decide.report.views.doors import Door
from decide.result import Result
from decide.web.asked import SUBJECT, Asked, Pairs, address, state, without


class PageFace(Face):
    """One answer on a page that was asked by fields; every link holds all of them but what it says that it changes."""

    clickable = True
    cards = 6
    """Options shown as cards; the rest stand in a table below them."""

    def __init__(self, catalog: Catalog, question: Asked, answer: Result, about: Concern | None = None) -> None:
        self.answer = answer
        self.whole = state(catalog, question)
        made = getattr(answer, "ranking", answer)
        self.concern: str = getattr(made, "concern", "")
        # a chain does not say of which kind it is
        kinds = {concern.id: concern.kind for concern in (*question.problem.concerns, *([about] if about else []))}
        self.kind: str = getattr(made, "subtype", kinds.get(self.concern)) or ""
        asked = [(concern.id, concern.subtype or "") for concern in question.request.concerns]
        self.about: Pairs = _about(self.concern, self.kind) if asked != [(self.concern, self.kind)] else []
        self.state = [*self.whole, *self.about]
        """What a form on the answer carries."""

    def link(self, to: str, identity: str = "", concern: str = "") -> str:
        """The address of an option (for a concern, or one kind of it: "pigment/melasma"), a concern, a kind, all
        options, or what else the money buys.
        """
        places: dict[str, Callable[[str, str], str]] = {
            "option": self._option,
            "concern": self._concern,
            "kind": self._kind,
            "all": self._all,
            "instead": self._instead,
            "compare": self._compare,
            "report": lambda *_: address("/report", self.whole),
        }
        return places[to](identity, concern)

    def _option(self, identity: str, concern: str) -> str:
        place = f"/options/{quote(identity, safe='/')}"
        if not concern:
            return address(place, self.state)
        # what was bought instead was found within this money
        rows = self.answer.rows if isinstance(self.answer, Instead) else ()
        spend = next((row.spend for row in rows if row.concern == concern), None)
        return address(place, self.whole, _about(concern), [("spend", f"{spend:.2f}")] if spend else [])

    def _concern(self, identity: str, kind: str) -> str:
        """Another question: what was asked gives way, all else is kept."""
        asked = [("concern", identity), *([("kind", f"{identity}/{kind}")] if kind else [])]
        return address("/", asked, without(self.whole, "q", "edit", *SUBJECT))

    def _kind(self, identity: str, _: str) -> str:
        others = [item for item in self.whole if not (item[0] == "kind" and item[1].startswith(f"{self.concern}/"))]
        return address("/", others, [("kind", f"{self.concern}/{identity}")])

    def _compare(self, first: str, second: str) -> str:
        return address("/compare", self.state, [("with", first), ("with", second)])

    def door(self, door: Door) -> str:
        """Where a way out leads: the same question with one thing changed."""
        return address("/", through(self.whole, door))

    def _all(self, *_: str) -> str:
        return self._concern(self.concern, self.kind)

    def _instead(self, identity: str, _: str) -> str:
        return address("/instead", [("for", identity)], self.whole)

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


def _about(concern: str, kind: str = "") -> Pairs:
    """Which concern a page is about."""
    return [("about", f"{concern}/{kind}" if kind else concern)] if concern else []


def through(fields: Pairs, door: Door) -> Pairs:
    """Fields with what a way out changes of them."""
    kept = [pair for pair in fields if pair[0] != door.field or (door.drop and pair[1] != door.drop)]
    return [*kept, (door.field, door.to)] if door.to else kept
