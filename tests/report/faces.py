"""What a view says, and whether a face says all of it: the measure that every face is held against."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

from fastapi.testclient import TestClient

from decide.answers.ask import Answer
from decide.report import html, terminal
from decide.report.formats import text, written
from decide.report.html.faces import Paper
from decide.report.terminal import Screen
from decide.report.views.answer import AnswerView, view_of
from decide.report.views.card import CardView
from decide.report.views.comparison import ComparisonView
from decide.report.views.instead import InsteadView
from decide.report.views.marks import Mark
from decide.report.views.plan import PlanTexts
from decide.report.views.ranking import OptionView, RankingView
from decide.report.views.unmeasured import UnmeasuredView
from decide.report.views.verdict import Line
from decide.report.views.why import StudyView, WhyView
from decide.report.words import plain

Render = Callable[[Answer, TestClient, str], str]
SENTENCES: dict[type, tuple[str, ...]] = {
    RankingView: ("anyway", "standing", "between", "under", "notes", "draws", "kinds", "basis"),
    ComparisonView: ("kind", "missing", "basis"),
    InsteadView: ("how",),
    PlanTexts: ("together", "order", "unsaid", "proof", "runner_ups", "more"),
    WhyView: ("kind", "gain", "anyway", "pooled", "place", "evidence", "notes"),
    CardView: ("glance", "summary", "named"),
}
"""Fields that are sentences of their own, by view."""
BRIEF = ("anyway", "between", "under", "notes", "prices")
"""Those of a ranking that a face tells which keeps the rest for who asks for it."""
WHOLE = (ComparisonView, InsteadView, PlanTexts, WhyView, CardView)
"""Views that no face tells in brief."""
FIGURES = ("total", "gain", "stars", "length", "figure", "verdict", "without", "words", "score", "first_in")


def squashed(said: str) -> str:
    """A text without spaces and large letters, so that no layout tells."""
    return "".join(said.split()).casefold()


def sentences(view: Any, brief: bool = False, marks: bool = True) -> Iterator[str]:
    """Every sentence and every mark of a view; of a ranking in brief, those that stand there."""
    for field in BRIEF if isinstance(view, RankingView) and brief else SENTENCES.get(type(view), ()):
        found = getattr(view, field)
        yield from (found,) if isinstance(found, str) else found
    if isinstance(view, Line):
        yield view.says
    if isinstance(view, Mark) and marks:
        yield from (view.says, *view.of) if not brief else (view.brief,)
    if isinstance(view, tuple):
        for part in view:
            yield from sentences(part, brief and not isinstance(view, WHOLE), marks)


def figures(view: Any, brief: bool = False) -> Iterator[str]:
    """Every figure with its signs, and every name with its signs."""
    if isinstance(view, OptionView):
        yield f"{view.name}{view.signs}"
        yield from (cell.brief if brief and cell.brief else cell.short for cell in view.columns)
        yield from (view.tier,) if brief else (view.score, view.first_in, view.tier)
        return
    if isinstance(view, UnmeasuredView) and not brief:
        yield view.claimed
    if isinstance(view, WhyView):
        # a sentence there
        view = view._replace(gain="")
    if isinstance(view, StudyView):
        # a face shows those that pull most
        return
    if hasattr(view, "signs"):
        yield f"{view.name}{view.signs}"
    for field in FIGURES:
        if isinstance(getattr(view, field, None), str):
            yield getattr(view, field)
    if isinstance(view, tuple):
        for part in view:
            yield from figures(part, brief)


def missing(
    view: Any, rendering: str, *, ascii_: bool = False, columns: bool = False, brief: bool = False
) -> list[str]:
    """What a view says and a rendering does not; in `columns` words of a figure may stand on lines of their own. A
    `brief` face keeps the sentences of a ranking's marks, its working and its claims for who asks for them.
    """
    said = squashed(rendering)
    words = {word.strip(",;:.") for word in rendering.casefold().split()}

    def is_there(wanted: str, in_column: bool) -> bool:
        wanted = plain(wanted) if ascii_ else wanted
        if squashed(wanted) in said:
            return True
        return in_column and all(word.strip(",;:.") in words for word in wanted.casefold().split())

    lost = [s for s in sentences(view, brief) if s and not is_there(s, False)]
    return lost + [f for f in figures(view, brief) if f and not is_there(f, columns)]


# ------------------------------------------------------------------ the faces


def seen(page: str) -> str:
    """What is read on a page, without tags, styles and what a chart draws."""
    page = re.sub(r"<(style|svg|head)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", page))


def _unmarked(markdown: str) -> str:
    return unescape(re.sub(r"\\(.)", r"\1", markdown))


def _page(answer: Answer, client: TestClient, question: str) -> str:
    response = client.get("/", params={"q": question})
    assert response.status_code == 200, response.text[:300]
    return seen(response.text)


FACES: dict[str, tuple[Render, int | None]] = {
    "terminal": (lambda a, c, q: text(a), terminal.OPTIONS),
    "narrow terminal": (lambda a, c, q: text(a, screen=Screen(80)), terminal.OPTIONS),
    "everything": (lambda a, c, q: text(a, None), None),
    "ascii": (lambda a, c, q: text(a, screen=Screen(ascii=True)), terminal.OPTIONS),
    "markdown": (lambda a, c, q: _unmarked(written(a)), None),
    "page": (_page, None),
    "report": (lambda a, c, q: seen(html.report(a, draw=lambda _: b"<svg ></svg>")), Paper.most),
    "notebook": (lambda a, c, q: seen(a._repr_html_()), None),
}
"""How each face shows an answer, and how many options of a ranking it shows."""
BRIEFLY = ("terminal", "narrow terminal", "ascii")
COLUMNS = ("terminal", "narrow terminal", "everything", "ascii")


def lost(face: str, answer: Answer, client: TestClient, question: str) -> list[str]:
    """What a face does not say of an answer."""
    show, most = FACES[face]
    view: AnswerView = view_of(answer, most)
    shown = show(answer, client, question)
    return missing(view, shown, ascii_=face == "ascii", columns=face in COLUMNS, brief=face in BRIEFLY)
