"""The pages: from the fields of an address to HTML, by templates that escape everything."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from starlette.datastructures import QueryParams as Fields

from decide.answers.ask import Answer
from decide.answers.card import Card, card
from decide.answers.instead import Instead
from decide.answers.plan import NoPlan
from decide.answers.ranking.result import Ranking
from decide.answers.together import Together
from decide.catalog import Catalog
from decide.errors import InputError, NothingFits
from decide.question.build import budget_of
from decide.question.names import option_named, procedure_named
from decide.question.problem import Concern
from decide.question.restate import explain_gaps
from decide.report import html
from decide.report.charts import NARROW, WIDE, chart
from decide.report.charts.vega import themed
from decide.report.views.answer import answer_view
from decide.report.views.doors import plan_doors
from decide.report.words import plural
from decide.result import Result
from decide.web.answers import Desk
from decide.web.asked import OWN, Asked, address, asked, bare, state, without
from decide.web.faces import PageFace, through
from decide.web.form import Form
from decide.web.operations import Operation

HERE = Path(__file__).parent
MOST_COMPARED = 3
TYPED = ("budget", "age", "max_downtime", "price", "horizon")
"""Fields of the form that are typed, so that one of them may be wrong."""
EXAMPLES = (
    "what's best for acne scars under $2000",
    "is Rejuran worth it for dark circles, I have £900",
    "exosomes or tretinoin for wrinkles",
    "best for melasma, I'm pregnant",
)


class Shown(NamedTuple):
    """A page, its status, and headers of its own."""

    html: str
    status: int = 200
    headers: dict[str, str] = {}  # noqa: RUF012 - never changed


class Pages:
    """Every page over one catalogue."""

    def __init__(self, catalog: Catalog, desk: Desk) -> None:
        self.catalog, self.desk, self.form = catalog, desk, Form(catalog)
        self.templates = html.environment(HERE / "templates")
        self.templates.globals.update(
            edition=catalog.edition, static=static, address=address, examples=EXAMPLES, most_compared=MOST_COMPARED
        )

    # ---------------------------------------------------------------- pages

    def home(self, fields: Fields) -> Shown:
        """The question, what was understood of it, and the answer."""
        question = asked(self.catalog, fields)
        return self._home(question or bare(self.catalog, fields), question is not None)

    def answer(self, fields: Fields) -> Shown:
        """The answer alone, for the script that puts it into the page."""
        question = self._asked(fields)
        found = self.desk.answer(question.problem, quick=bool(fields.get("quick")))
        return Shown(self._render("answer.html", answer=self._answer(question, found)))

    def option(self, identity: str, fields: Fields) -> Shown:
        """One option: the chain behind its figures for the concern, and its card."""
        question = asked(self.catalog, fields) or bare(self.catalog, fields)
        option = option_named(self.catalog, identity)
        main = option.procedure
        if main not in self.catalog.procedures:
            raise InputError(f"nothing is called {identity!r:.80}", "look for it in the box above")
        chains: list[html.Placed] = []
        problem = self._about(question, fields).problem
        if problem.concerns:
            chains = [self._part(question, chain, problem.concern) for chain in self.desk.why(problem, str(option))]
        shown = self._part(question, card(problem, main))
        title = (chains[0] if chains else shown).view.title
        return self._parts(title, [*chains, shown], question)

    def compare(self, fields: Fields) -> Shown:
        """Two or three options side by side."""
        names = list(dict.fromkeys(filter(None, fields.getlist("with"))))
        question = self._asked(fields)
        if not 1 < len(names) <= MOST_COMPARED:
            # the answer that the boxes were ticked on, and what is amiss
            says = f"{plural(len(names), 'option')} ticked, and two or three can stand side by side"
            return self._home(question, True, _problem("Tick two or three", says, "tick them below"))
        problem = self._about(question, fields).problem
        if not problem.concerns:
            raise InputError("no concern named", "choose one")
        part = self._part(question, self.desk.compare(problem, names))
        return self._parts(part.view.title, [part], question)

    def instead(self, fields: Fields) -> Shown:
        """What the same money buys elsewhere."""
        name = procedure_named(self.catalog, fields.get("for") or "")
        question = asked(self.catalog, fields) or bare(self.catalog, fields)
        spend = budget_of(self.catalog, (fields.get("spend") or "").strip())
        everywhere = question.problem.about(only=()).spending(None)
        found = self.desk.instead(everywhere, name, float(spend.high) if spend and spend.high else None)
        part = self._part(question, found)
        return self._parts(part.view.title, [part], question)

    def report(self, fields: Fields) -> Shown:
        """The answer as one self-contained page to print."""
        question = self._asked(fields)
        found = self.desk.answer(question.problem)
        return Shown(html.report(found, question=question.text, draw=self.desk.picture))

    def about(self, _: Fields) -> Shown:
        """How it answers, what it keeps, and for whom it is."""
        return Shown(self._render("about.html", catalog=self.catalog))

    def docs(self, operations: list[Operation]) -> Shown:
        """What programs may ask, with an example of each."""
        return Shown(self._render("docs.html", operations=operations))

    def refused(self, fields: Fields, error: InputError | NothingFits, *, fragment: bool) -> Shown:
        """What is wrong, with the question still in its box."""
        nothing = isinstance(error, NothingFits)
        title = error.title if isinstance(error, NothingFits) else "This cannot be answered as it stands"
        problem = _problem(title, error.message, error.hint, self._at(fields, error))
        status = 200 if nothing else 422
        if isinstance(error, NoPlan) and (question := asked(self.catalog, fields)) is not None:
            whole = state(self.catalog, question)
            problem["doors"] = [(door.says, address("/", through(whole, door))) for door in plan_doors(error)]
            if not fragment:
                # it was understood: its controls stand as they do beside an answer
                return self._home(question, False, problem, status)
        if fragment:
            return Shown(self._render("problem.html", problem=problem), status)
        return self._with_problem(problem, status, fields)

    def _at(self, fields: Fields, error: InputError | NothingFits) -> str:
        """The field of the form that is at fault: without it the rest can be read, or its value is what is named."""
        sent = [(name, value) for name, value in fields.multi_items() if name in TYPED and value.strip()]
        if not self._reads(fields):
            return next((n for n, _ in sent if self._reads(Fields(without(fields.multi_items(), n)))), "")
        parts = [(part.strip(), name) for name, value in sent for part in value.split(";")]
        return max(((len(part), name) for part, name in parts if part and part in error.message), default=(0, ""))[1]

    def _reads(self, fields: Fields) -> bool:
        try:
            asked(self.catalog, fields)
        except InputError:
            return False
        return True

    def lost(self, status: int, detail: str) -> Shown:
        """There is no such page, or not now."""
        busy = detail.capitalize() + "."
        says = {404: "There is no such page here.", 405: "This page is only to be read.", 429: busy, 503: busy}
        title = "Not found" if status == 404 else "Not answered"
        problem = _problem(title, says.get(status, "This did not work."), "ask a question above, or choose below")
        return self._with_problem(problem, status)

    def chart(self, name: str, fields: Fields) -> bytes:
        """A chart as SVG."""
        question = self._about(self._asked(fields), fields)
        wide = fields.get("size") != "narrow"
        width = WIDE if wide else NARROW
        answer: Result | None
        if name == "forest":
            answer = self.desk.why(question.problem, fields.get("option") or "")[0]
        else:
            answer = self.desk.answer(question.problem).ranking
            if answer is None or not answer.options:
                raise InputError("there is nothing to chart")
        made = chart(name, answer).make(answer, width)
        return self.desk.picture(themed(made, dark=fields.get("theme") == "dark", width=width))

    # ---------------------------------------------------------------- what templates are given

    def _render(self, template: str, **values: object) -> str:
        return self.templates.get_template(template).render(**{"problem": None, **values})

    def _home(self, question: Asked, asks: bool, problem: dict[str, Any] | None = None, status: int = 422) -> Shown:
        """The first page, its form set to what was understood; with the answer where anything is asked."""
        found = self.desk.answer(question.problem) if asks else None
        kinds = {type(part) for part in found.parts} if found is not None else {Ranking}
        # of what is told of both nothing is weighed or bought
        weighed, spent = bool(kinds - {Card, Instead, Together}), bool(kinds - {Card, Together})
        form = self.form.of(Fields(state(self.catalog, question)), question, weighed=weighed, spent=spent)
        answer = self._answer(question, found) if found is not None else None
        return Shown(self._render("home.html", form=form, answer=answer, problem=problem), status if problem else 200)

    def _parts(self, title: str, parts: list[html.Placed], question: Asked) -> Shown:
        back = address("/", state(self.catalog, question)) if question.concern or question.request.procedures else ""
        return Shown(
            self._render(
                "parts.html", title=title, parts=parts, back=back, gaps=explain_gaps(question.request, self.catalog)
            )
        )

    def _with_problem(self, problem: dict[str, Any], status: int, fields: Fields | None = None) -> Shown:
        """The first page with what is wrong, its form as it was sent."""
        own = {name for names in OWN.values() for name in names}
        sent = Fields(without(fields.multi_items(), *own) if fields is not None else [])
        return Shown(self._render("home.html", form=self.form.of(sent, None), answer=None, problem=problem), status)

    def _asked(self, fields: Fields) -> Asked:
        question = asked(self.catalog, fields)
        if question is None:
            raise InputError("no concern named", "choose one")
        return question

    def _about(self, question: Asked, fields: Fields) -> Asked:
        """The question about the one concern, and with the money, that a page is about."""
        return question.about(fields.get("about") or "", fields.get("spend") or "")

    def _part(self, question: Asked, part: Result, about: Concern | None = None) -> html.Placed:
        """One answer for its template."""
        return html.part(part, PageFace(self.catalog, question, part, about))

    def _answer(self, question: Asked, found: Answer) -> dict[str, object]:
        view = answer_view(found)
        told = {"text": question.text, "box": question.says, "chips": self.form.chips(question)}
        return {
            "view": view,
            "told": json.dumps(told, ensure_ascii=False),
            "let_go": question.let_go,
            "parts": [self._part(question, part) for part in found.parts],
            "report": address("/report", state(self.catalog, question)),
        }


def _problem(title: str, message: str, hint: str, field: str = "") -> dict[str, Any]:
    """What is wrong, and at which field; `doors` are ways out."""
    return {"title": title, "message": message, "hint": hint, "field": field, "doors": []}


_MARKS: dict[str, str] = {}


def static(name: str) -> str:
    """The address of a file of the page, with a mark of its contents."""
    if name not in _MARKS:
        _MARKS[name] = sha256((HERE / "static" / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={_MARKS[name]}"
