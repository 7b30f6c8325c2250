"""The pages: from the fields of an address to HTML, by templates that escape everything."""

import json
from collections.abc import Callable, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import QueryParams as Fields

from decide.answers.ask import Answer
from decide.answers.card import Card, card
from decide.answers.comparison import Comparison
from decide.answers.instead import Instead
from decide.answers.plan import Plan
from decide.answers.ranking.result import Ranking
from decide.answers.why import Why
from decide.catalog import Catalog
from decide.errors import InputError, NothingFits
from decide.question.build import budget_of
from decide.question.conditions import avoid_choices, condition_choices, readable
from decide.question.names import option_named, procedure_named
from decide.report import page as views
from decide.report import paragraphs, specs
from decide.report.text import TALK, basis, heading, nothing_fits
from decide.report.words import money
from decide.version import __version__
from decide.web.answers import Desk
from decide.web.asked import Asked, address, asked, bare, pairs

HERE = Path(__file__).parent
CARDS = 6
"""Options shown as cards; the rest stand in a table below them."""
MOST_COMPARED = 3
EXAMPLES = (
    "what's best for acne scars under $2000",
    "is Rejuran worth it for dark circles, I have £900",
    "exosomes or tretinoin for wrinkles",
    "best for melasma, I'm pregnant",
)
SKIN = (
    (1, "1: very fair, always burns"), (2, "2: fair, mostly burns"), (3, "3: medium, sometimes burns"),
    (4, "4: olive, rarely burns"), (5, "5: brown, very rarely burns"), (6, "6: dark brown or black"),
)  # fmt: skip
PER = (("course", "in all"), ("session", "a visit"), ("month", "a month"))


class Shown(NamedTuple):
    """A page, its status, and headers of its own."""

    html: str
    status: int = 200
    headers: dict[str, str] = {}  # noqa: RUF012 - never changed


class Chart(NamedTuple):
    """A chart of a page: its title, its words for who cannot see it, and its pictures by width and theme."""

    title: str
    says: str
    wide: str
    narrow: str
    wide_dark: str
    narrow_dark: str
    sizes: tuple[int, int, int, int]


class Pages:
    """Every page over one catalogue."""

    def __init__(self, catalog: Catalog, desk: Desk) -> None:
        self.catalog, self.desk = catalog, desk
        self.templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.filters["money"] = money
        self.templates.globals.update(
            version=__version__,
            edition=catalog.edition,
            talk=TALK,
            static=static,
            address=address,
            examples=EXAMPLES,
            most_compared=MOST_COMPARED,
        )

    # ---------------------------------------------------------------- pages

    def home(self, fields: Fields) -> Shown:
        """The question, what was understood of it, and the answer."""
        question = asked(self.catalog, fields)
        if question is None:
            return Shown(self._render("home.html", form=self._form(None, fields), answer=None, text=""))
        found = self.desk.answer(question.problem)
        return Shown(
            self._render(
                "home.html",
                form=self._form(question, fields),
                text=question.text,
                answer=self._answer(question, found),
            )
        )

    def answer(self, fields: Fields) -> Shown:
        """The answer alone, for the script that puts it into the page."""
        question = asked(self.catalog, fields)
        if question is None:
            raise InputError("no concern named", "choose one")
        found = self.desk.answer(question.problem, quick=bool(fields.get("quick")))
        return Shown(self._render("answer.html", answer=self._answer(question, found)))

    def option(self, identity: str, fields: Fields) -> Shown:
        """One option: the chain behind its figures for the concern, and its card."""
        question = asked(self.catalog, fields) or bare(self.catalog, fields)
        option = option_named(self.catalog, identity).whole
        name, part = str(option), option.procedure
        if part not in self.catalog.procedures:
            raise InputError(f"nothing is called {identity!r:.80}", "'decide catalog list' shows what there is")
        chains: list[Any] = []
        if question.problem.concerns:
            chains = [self._part(question, item) for item in self.desk.why(question.problem, name)]
        shown = self._part(question, card(question.problem, part))
        title = chains[0]["view"].title if chains else shown["view"].name
        back = address("/", self._again(question)) if question.problem.concerns else ""
        return Shown(self._render("option.html", title=title, chains=chains, card=shown, back=back))

    def compare(self, fields: Fields) -> Shown:
        """Two or three options side by side."""
        names = list(dict.fromkeys(filter(None, fields.getlist("with"))))
        if len(names) > MOST_COMPARED:
            raise InputError(f"{len(names)} options are too many to hold side by side", "choose two or three")
        question = asked(self.catalog, fields)
        if question is None or not question.problem.concerns:
            raise InputError("no concern named", "choose one")
        found = self.desk.compare(question.problem, names)
        part = self._part(question, found)
        return Shown(
            self._render("parts.html", title=f"Side by side: {found.ranking.concern_name}", parts=[part],
                         back=address("/", self._again(question)))
        )  # fmt: skip

    def instead(self, fields: Fields) -> Shown:
        """What the same money buys elsewhere."""
        name = procedure_named(self.catalog, fields.get("for") or "")
        question = asked(self.catalog, fields) or bare(self.catalog, fields)
        spend = budget_of(self.catalog, (fields.get("spend") or "").strip())
        everywhere = question.problem.about(only=()).spending(None)
        found = self.desk.instead(everywhere, name, float(spend.high) if spend and spend.high else None)
        part = self._part(question, found)
        return Shown(self._render("parts.html", title=f"Same money elsewhere: {found.name}", parts=[part], back=""))

    def report(self, fields: Fields) -> Shown:
        """The answer as one self-contained page to print."""
        from decide.report.html import report

        question = asked(self.catalog, fields)
        if question is None:
            raise InputError("no concern named", "choose one")
        found = self.desk.answer(question.problem)
        return Shown(report(found, self.catalog, question=question.text, draw=self.desk.picture))

    def about(self, _: Fields) -> Shown:
        """How it answers, what it keeps, and for whom it is."""
        return Shown(self._render("about.html", catalog=self.catalog))

    def refused(self, fields: Fields, error: InputError | NothingFits, *, fragment: bool) -> Shown:
        """What is wrong, with the question still in its box."""
        nothing = isinstance(error, NothingFits)
        title = "Nothing fits" if nothing else "This cannot be answered as it stands"
        problem = {"title": title, "message": error.message, "hint": error.hint}
        status = 200 if nothing else 422
        if fragment:
            return Shown(self._render("problem.html", problem=problem), status)
        text = (fields.get("q") or "").strip()[:1000]
        form = self._form(None, fields)
        return Shown(self._render("home.html", form=form, text=text, answer=None, problem=problem), status)

    def lost(self, status: int) -> Shown:
        """There is no such page."""
        says = {404: "There is no such page here.", 405: "This page is only to be read."}
        title = "Not found" if status == 404 else "Not answered"
        problem = {"title": title, "message": says.get(status, "This did not work."), "hint": "ask a question above"}
        form = self._form(None, None)
        return Shown(self._render("home.html", form=form, text="", answer=None, problem=problem), status)

    def chart(self, name: str, fields: Fields) -> bytes:
        """A chart as SVG."""
        question = asked(self.catalog, fields)
        if question is None:
            raise InputError("no concern named", "choose one")
        wide = fields.get("size") != "narrow"
        width = specs.WIDE if wide else specs.NARROW
        made = self._specification(name, question, fields.get("option") or "", width)
        return self.desk.picture(specs.themed(made, dark=fields.get("theme") == "dark", width=width))

    def _specification(self, name: str, question: Asked, option: str, width: int) -> dict[str, Any]:
        if name == "forest":
            found = self.desk.why(question.problem, option)
            return specs.forest_fitted(next((w for w in found if w.id == option), found[0]), width)
        makers: dict[str, Callable[[Ranking], dict[str, Any]]] = {
            "contributions": lambda r: specs.contributions_chart(r, self.catalog, width),
            "cost-benefit": lambda r: specs.cost_benefit_chart(r, width),
            "places": lambda r: specs.acceptance_chart(r, width),
        }
        if name not in makers:
            raise InputError(f"no chart is called {name!r:.40}", f"charts are forest, {', '.join(makers)}")
        ranking = self.desk.answer(question.problem).ranking
        if ranking is None or not ranking.rows:
            raise InputError("there is nothing to chart")
        return makers[name](ranking)

    # ---------------------------------------------------------------- what templates are given

    def _render(self, template: str, **values: Any) -> str:
        return self.templates.get_template(template).render(**{"problem": None, **values})

    def _again(self, question: Asked, **changes: Any) -> list[tuple[str, str]]:
        text = [("q", question.text), ("edit", "1")] if question.text else []
        return text + pairs(self.catalog, question, **changes)

    def _answer(self, question: Asked, found: Answer) -> dict[str, Any]:
        parts = [self._part(question, part) for part in found.parts]
        ranking = found.ranking
        return {
            "restated": found.restated,
            "gaps": found.gaps,
            "parts": parts,
            "status": views.status(ranking) if ranking is not None else found.restated,
            "link": address("/", self._again(question)),
            "report": address("/report", self._again(question)),
        }

    def _part(self, question: Asked, part: Any) -> dict[str, Any]:
        """One answer for its template."""
        if isinstance(part, Ranking):
            return self._ranking(question, part)
        if isinstance(part, Comparison):
            return self._comparison(question, part)
        if isinstance(part, Why):
            return self._why(question, part)
        if isinstance(part, Card):
            settled = pairs(self.catalog, question)
            view = views.card_view(part, self.catalog)
            links = {
                c[0]: address(
                    f"/options/{part.procedure.id}", [("concern", c[0])], _without(settled, "concern", "kind")
                )
                for c in view.concerns
            }
            instead = address("/instead", [("for", part.procedure.id)], _only(settled, "market"))
            return {"template": "part_card.html", "view": view, "links": links, "instead": instead}
        if isinstance(part, Instead):
            rows = views.instead_rows(part)
            links = {
                row.concern: address("/", [("concern", row.concern)], _only(pairs(self.catalog, question), "market"))
                for row in rows
            }
            return {
                "template": "part_instead.html",
                "name": part.name,
                "market": part.market,
                "rows": rows,
                "links": links,
            }
        if isinstance(part, Plan):
            settled = pairs(self.catalog, question)
            links = {
                c.id: address(f"/options/{_quoted(c.id)}", _without(settled, "concern", "kind"), [("concern", concern)])
                for c in part.best.courses
                for concern in list(c.alone)[:1]
            }
            alone = [(name, address("/", [("concern", c)], _without(settled, "intent", "concern", "kind")))
                     for c, name in zip(part.concerns, part.concern_names, strict=True)]  # fmt: skip
            return {"template": "part_plan.html", "view": views.plan_view(part), "links": links, "alone": alone}
        return {"template": "part_plain.html", "text": str(part)}

    def _ranking(self, question: Asked, ranking: Ranking) -> dict[str, Any]:
        concern = ranking.concern
        settled = self._again(question, concern=concern, kind=ranking.subtype)
        options = [views.option_view(row, ranking, self.catalog) for row in ranking.rows]
        links = {option.id: address(f"/options/{_quoted(option.id)}", settled) for option in options}
        kinds = [
            (kind.name, address("/", self._again(question, concern=concern, kind=kind.id))) for kind in ranking.kinds
        ]
        return {
            "template": "part_ranking.html",
            "key": concern,
            "title": heading(ranking),
            "name": ranking.concern_name,
            "about": self.catalog.concerns[concern],
            "cards": options[:CARDS],
            "rest": options[CARDS:],
            "links": links,
            "reasons": ranking.reasons,
            "draws": views.draws(ranking),
            "notes": [*views.order(ranking), *paragraphs.filters(ranking)],
            "kinds_says": paragraphs.kinds(ranking),
            "kinds": kinds,
            "nothing": nothing_fits(ranking) if not ranking.rows else "",
            "left_out": views.left_out(ranking),
            "basis": basis(ranking),
            "unit": views.benefit_unit(ranking),
            "most": max([1e-9, *(row.score for row in ranking.rows)]),
            "hidden": settled,
            "charts": self._charts(question, ranking, settled),
            "percent": "percent" in ranking.scale,
        }

    def _charts(self, question: Asked, ranking: Ranking, settled: list[tuple[str, str]]) -> list[Chart]:
        if not ranking.rows or not charts_here():
            return []
        fields = _without(settled, "q", "edit")
        found = [
            self._chart(
                "contributions", "What adds up to each score", specs.contributions_words(ranking, self.catalog), fields,
                lambda width: specs.contributions_chart(ranking, self.catalog, width),
            )
        ]  # fmt: skip
        if sum(row["benefit"].basis == "studies" for row in ranking.rows) > 1:
            found.append(
                self._chart(
                    "cost-benefit", "What it costs against what it does", specs.cost_benefit_words(ranking), fields,
                    lambda width: specs.cost_benefit_chart(ranking, width),
                )
            )  # fmt: skip
        if ranking.sureness is not None and len(ranking.rows) > 1:
            found.append(
                self._chart(
                    "places", "How sure is the order", specs.acceptance_words(ranking), fields,
                    lambda width: specs.acceptance_chart(ranking, width),
                )
            )  # fmt: skip
        return found

    def _chart(
        self, name: str, title: str, says: str, fields: list[tuple[str, str]], make: Callable[[int], dict[str, Any]]
    ) -> Chart:
        place = f"/charts/{name}.svg"
        wide, narrow = make(specs.WIDE), make(specs.NARROW)
        return Chart(
            title=title,
            says=says,
            wide=address(place, fields),
            narrow=address(place, fields, [("size", "narrow")]),
            wide_dark=address(place, fields, [("theme", "dark")]),
            narrow_dark=address(place, fields, [("size", "narrow"), ("theme", "dark")]),
            sizes=(wide["width"], wide["height"], narrow["width"], narrow["height"]),
        )

    def _comparison(self, question: Asked, found: Comparison) -> dict[str, Any]:
        ranking = found.ranking
        rows = [side.row for side in found.sides if side.row is not None]
        settled = self._again(question, concern=ranking.concern, kind=ranking.subtype)
        return {
            "template": "part_comparison.html",
            "title": heading(ranking),
            "table": views.side_by_side(rows, ranking, self.catalog) if rows else None,
            "links": {row.option.id: address(f"/options/{_quoted(row.option.id)}", settled) for row in rows},
            "missing": [
                f"{side.name}: not compared ({views.why_missing(side)})." for side in found.sides if side.row is None
            ],
            "pairs": [
                (
                    pair.verdict,
                    [(head.says, views.source_view(self.catalog, head.source)) for head in pair.head_to_head[:5]],
                    f"No study compares {pair.first} with {pair.second} directly.",
                )
                for pair in found.pairs
            ],
            "basis": basis(ranking),
            "all": address("/", settled),
        }

    def _why(self, question: Asked, found: Why) -> dict[str, Any]:
        view = views.why_view(found, self.catalog)
        settled = self._again(question, concern=found.concern)
        chart = None
        if found.studies and charts_here():
            chart = self._chart(
                "forest", "Each study alone, and all together", specs.forest_words(found),
                [*_without(settled, "q", "edit"), ("option", found.id)],
                lambda width: specs.forest_fitted(found, width),
            )  # fmt: skip
        parts: tuple[views.Part, ...] = ()
        if found.row is not None:
            ranking = self.desk.ranking(question.problem.about(question.problem.concern, only=()))
            row = next((r for r in ranking.rows if r.option.id == found.row.option.id), None)
            parts = views.option_view(row, ranking, self.catalog).parts if row is not None else ()
        refs = [study.source for study in view.studies] + [ref.source for ref in view.unpooled]
        refs += [ref.source for ref in view.money_refs] + [r.source for _, _, facts in view.course for r in facts]
        return {
            "template": "part_why.html",
            "view": view,
            "chart": chart,
            "parts": parts,
            "sources": views.sources_of(refs),
        }

    # ---------------------------------------------------------------- the form

    @cached_property
    def _choices(self) -> dict[str, Any]:
        facts = self.catalog
        return {
            "concerns": [
                (c.id, c.name, [(f"{c.id}/{s.id}", s.name) for s in c.subtype]) for c in facts.concerns.values()
            ],
            "kinds_json": json.dumps(
                {c.id: [(f"{c.id}/{s.id}", s.name) for s in c.subtype] for c in facts.concerns.values() if c.subtype}
            ),
            "markets": [(m.id, f"{m.name} ({m.long_symbol})") for m in facts.markets.values()],
            "profiles": [
                (p.id, p.name, p.reason, json.dumps({c: float(p.weights.get(c, 0.0)) for c in facts.criteria}))
                for p in facts.profiles.values()
            ],
            "avoid": avoid_choices(facts),
            "conditions": condition_choices(facts),
            "skin": SKIN,
            "per": PER,
            "procedures": sorted((p.id, p.name) for p in facts.procedures.values()),
        }

    def _form(self, question: Asked | None, fields: Fields | None) -> dict[str, Any]:
        """The controls, set to what was understood."""
        facts = self.catalog
        asking = question or bare(facts)
        request, preferences = asking.request, asking.preferences
        market, profile = asking.problem.market.id, asking.problem.profile
        base = facts.profiles[profile].weights
        changes = dict(preferences.weights)
        weights = {c: float(str(changes.get(c, base.get(c, 0.0)))) for c in facts.criteria}
        total = sum(weights.values()) or 1.0
        person, budget = request.person, request.budget
        first = asking.concern or (fields.get("concern") if fields is not None else "") or ""
        known = facts.concerns.get(first)
        states = (
            ("pregnant", person.pregnant),
            ("trying to conceive", person.trying_to_conceive),
            ("breast-feeding", person.breast_feeding),
        )
        about = [
            *(label for label, said in states if said),
            *([f"skin type {person.skin_type}"] if person.skin_type else []),
            *([f"age {person.age}"] if person.age is not None else []),
            *([person.sex] if person.sex else []),
            *(readable(facts, c) for c in person.conditions),
        ]  # fmt: skip
        return {
            **self._choices,
            "open": bool(asking.concern or request.procedures),
            "text": asking.text,
            "intent": request.intent if request.intent not in ("best", "unknown") else "",
            "concern": first,
            "kind": next((f"{first}/{c.subtype}" for c in request.concerns[:1] if c.subtype), ""),
            "kinds": [(f"{first}/{s.id}", s.name) for s in known.subtype] if known else [],
            "more": [
                (c.id, facts.concerns[c.id].name, f"{c.id}/{c.subtype}" if c.subtype else "")
                for c in request.concerns[1:]
                if c.id in facts.concerns
            ],
            "named": [(name, _name(facts, name)) for name in request.procedures],
            "excluded": [(name, _name(facts, name)) for name in request.exclude],
            "budget": f"{budget.high:f}" if budget and budget.high is not None else "",
            "budget_low": f"{budget.low:f}" if budget and budget.low is not None else "",
            "spend_per": budget.per if budget else "course",
            "market": market,
            "symbol": facts.markets[market].long_symbol,
            "avoided": request.avoid,
            "person": person,
            "about": about,
            "days": f"{request.max_downtime_days:g}" if request.max_downtime_days is not None else "",
            "prefer": request.prefer or "",
            "profile": profile,
            "quotes": "; ".join(str(quote) for quote in preferences.prices),
            "horizon": f"{preferences.horizon:g}" if preferences.horizon is not None else "",
            "sliders": [
                (c.id, c.name, c.question, f"{weights[c.id]:g}", f"{weights[c.id] / total:.0%}",
                 f"{max(100.0, weights[c.id]):g}")
                for c in facts.criteria.values()
            ],
        }  # fmt: skip


def charts_here() -> bool:
    """Whether charts can be drawn in this installation."""
    from importlib.util import find_spec

    return find_spec("vl_convert") is not None


def _name(catalog: Catalog, identity: str) -> str:
    known = catalog.procedures.get(identity) or catalog.families.get(identity)
    return known.name if known else identity


def _quoted(identity: str) -> str:
    from urllib.parse import quote

    return quote(identity, safe="/")


def _without(fields: Sequence[tuple[str, str]], *names: str) -> list[tuple[str, str]]:
    return [(name, value) for name, value in fields if name not in names]


def _only(fields: Sequence[tuple[str, str]], *names: str) -> list[tuple[str, str]]:
    return [(name, value) for name, value in fields if name in names]


_MARKS: dict[str, str] = {}


def static(name: str) -> str:
    """The address of a file of the page, with a mark of its contents."""
    if name not in _MARKS:
        _MARKS[name] = sha256((HERE / "static" / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={_MARKS[name]}"
