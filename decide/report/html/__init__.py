"""Answers as HTML: one set of part templates for the page, the printed report and a notebook cell.

A part template places one view; `TEMPLATES` says which one places which. What differs from face to face it asks the
face (`faces`). Every text is escaped on its way in.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from decide.report.charts.forest import SAYS as FOREST
from decide.report.views.answer import AnswerView, Part, answer_view, part_view, view_of
from decide.report.views.card import NO_PRICE, NOT_FOUND, CardView
from decide.report.views.common import ASK, CHECK, LEFT_OUT
from decide.report.views.comparison import ComparisonView
from decide.report.views.documents import DocumentsView
from decide.report.views.instead import InsteadView, verdict_line
from decide.report.views.moves import MovesView
from decide.report.views.plan import PlanTexts
from decide.report.views.product import ProductView
from decide.report.views.ranking import RankingView
from decide.report.views.together import TogetherView
from decide.report.views.unmeasured import UNMEASURED
from decide.report.views.why import NO_STUDY, PULL, WhyView
from decide.report.words import TALK, capital
from decide.result import Result
from decide.version import __version__

if TYPE_CHECKING:
    from jinja2 import Environment

    from decide.report.html.faces import Draw, Face, Picture

HERE = Path(__file__).parent
STYLE = (HERE / "style.css").read_text("utf-8")
"""The style of a printed report; it stands within the page, which fetches nothing."""
TEMPLATES: dict[type, str] = {
    RankingView: "ranking.html",
    ComparisonView: "comparison.html",
    InsteadView: "instead.html",
    PlanTexts: "plan.html",
    WhyView: "why.html",
    CardView: "card.html",
    DocumentsView: "documents.html",
    ProductView: "product.html",
    MovesView: "moves.html",
    TogetherView: "together.html",
}


def environment(*folders: Path) -> "Environment":
    """Templates that escape everything; those of `folders` may include the parts."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from decide.report.html.drawings import drawing

    made = Environment(
        loader=FileSystemLoader([*folders, HERE / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["large"] = capital
    made.globals.update(
        talk=TALK, no_price=NO_PRICE, not_found=NOT_FOUND, no_study=NO_STUDY, pull_says=PULL, ask_says=ASK,
        check_says=CHECK, left_out_says=LEFT_OUT, unmeasured_says=UNMEASURED, forest_says=FOREST,
        verdict_line=verdict_line, version=__version__, drawing=drawing,
    )  # fmt: skip
    return made


@cache
def _templates() -> "Environment":
    return environment()


def page(template: str, **values: object) -> str:
    """A whole page of its own."""
    return _templates().get_template(template).render(style=STYLE, **values) + "\n"


class Placed(NamedTuple):
    """What a part template is given: the view, the face with its charts, and which template places it."""

    template: str
    view: Part
    face: "Face"
    pictures: "list[Picture]"


def part(answer: Result, face: "Face") -> Placed:
    """One answer as its template places it on a face."""
    view = part_view(answer, face.most)
    return Placed(TEMPLATES[type(view)], view, face, face.pictures(answer))


def parts_of(answer: Result | Sequence[Result]) -> list[Result]:
    """The answers that an answer holds: its own parts, several, or itself alone."""
    from decide.answers.ask import Answer

    if isinstance(answer, Answer):
        return list(answer.parts)
    return [found for each in answer for found in parts_of(each)] if isinstance(answer, Sequence) else [answer]


def notebook(answer: Result) -> str:
    """An answer for a notebook cell."""
    from decide.report.html.faces import Face

    whole = view_of(answer)
    return (
        _templates()
        .get_template("notebook.html")
        .render(
            title=whole.title,
            gaps=whole.gaps if isinstance(whole, AnswerView) else (),
            parts=[part(found, Face()) for found in parts_of(answer)],
        )
    )


def report(
    answer: Result | Sequence[Result], *, question: str = "", draw: "Draw | None" = None, today: str = ""
) -> str:
    """An answer, or several, as one file to print and take along: no script, nothing fetched, charts within.

    On paper it is an A4 of one to three pages. `draw` turns a chart's specification into SVG; without it, and without
    the charts' library, tables must do.
    """
    from decide.answers.ask import Answer
    from decide.report.html.faces import Paper
    from decide.report.views.checklist import checklist

    answers = parts_of(answer)
    face = Paper(draw, brief=len(answers) > 1)
    only = answer[0] if isinstance(answer, Sequence) and len(answer) == 1 else answer
    whole = only if isinstance(only, Answer) else None
    parts = [part(found, face) for found in answers]
    first = parts[0].view.title if parts else "Report"
    return page(
        "report.html",
        face=face,
        parts=parts,
        title=whole.restated if whole is not None else first,
        gaps=answer_view(whole, face.most).gaps if whole is not None else (),
        question=question,
        checklist=checklist(answers),
        date=today or datetime.now(UTC).astimezone().date().isoformat(),
        edition=next((found.catalog.edition for found in answers if hasattr(found, "catalog")), None),
    )
