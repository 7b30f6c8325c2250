"""The library's operations over HTTP: plain JSON in, the answers' own JSON out.

Bodies have the names of the library's parameters, and are checked by the library, so that what is wrong is told in the
same words everywhere. Nothing here takes the path of a file.
"""

import json
import math
from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from decide import api
from decide.answers.card import Card
from decide.answers.comparison import Comparison
from decide.answers.instead import Instead
from decide.answers.plan import Plan
from decide.answers.ranking.result import Ranking
from decide.answers.why import Why
from decide.errors import InputError
from decide.question.problem import RedFlag
from decide.question.request import Had, Person
from decide.question.request import Request as Question
from decide.result import Result
from decide.version import __version__

Name = Annotated[str, Field(max_length=200)]
Text = Annotated[str, Field(max_length=20_000)]


def _sum(given: object) -> object:
    wrong = isinstance(given, bool) or not isinstance(given, int | float | str)
    if wrong or (isinstance(given, str) and len(given) > 60) or (isinstance(given, float) and not math.isfinite(given)):
        raise ValueError("a sum is a number, or text such as '$1,200 a session'")
    return given


Sum = Annotated[float | str, BeforeValidator(_sum)]
Number = Annotated[float, Field(allow_inf_nan=False)]


class Body(BaseModel):
    """What every operation takes."""

    model_config = ConfigDict(extra="forbid")
    market: Name | None = Field(None, description="us, uk or au; the default when left out")
    profile: Name | None = Field(None, description="named weights, such as tight-budget")
    weights: dict[Name, Number] = Field(default_factory=dict, max_length=40, description="changes to the profile")
    horizon: Number | None = Field(None, description="months over which costs are counted")
    prices: dict[Name, Sum] = Field(default_factory=dict, max_length=40, description="prices you were quoted, by name")
    borrow: bool = Field(True, description="whether a missing price may be borrowed from another market")


class Told(BaseModel):
    """What `/api/understand` told beside the person; both stop what must not be had."""

    model_config = ConfigDict(extra="forbid")
    unread: list[Name] = Field(default_factory=list, max_length=100, description="said of who asks, and not read")
    red_flags: list[Name] = Field(default_factory=list, max_length=100, description="a doctor has to look first")
    history: list[Had] = Field(default_factory=list, max_length=40, description="what was had; what failed is left out")


class Understand(BaseModel):
    """A question in plain words."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"text": "what's best for acne scars under $2000"}}
    )
    text: Text


class Ask(Body):
    """A question in plain words, and how to work the answer out."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"text": "is PRP worth $1,500 for hair loss?", "market": "us"}}
    )
    text: Text


class Rank(Body, Told):
    """A concern, and what is known of who asks."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"concern": "acne-scars", "budget": "$2,000", "person": {"skin_type": 5}}}
    )
    concern: Name
    subtype: Name | None = None
    budget: Sum | None = Field(None, description="the most to spend: 2000, or text such as '$2,000'")
    per: Literal["course", "session", "month"] = "course"
    person: Person = Person()
    only: list[Name] = Field(default_factory=list, max_length=40)
    avoid: list[Name] = Field(default_factory=list, max_length=40)
    exclude: list[Name] = Field(default_factory=list, max_length=40)
    max_downtime_days: Number | None = None
    draws: Annotated[int, Field(ge=0, le=20_000)] | None = Field(None, description="draws behind p_best; 0 for none")


class About(Body, Told):
    """What bears on a single procedure or several."""

    subtype: Name | None = None
    budget: Sum | None = None
    person: Person = Person()


class Compare(About):
    """Procedures or families to hold against each other."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"procedures": ["microneedling", "fractional-co2"], "concern": "acne-scars"}}
    )
    procedures: list[Name] = Field(max_length=6)
    concern: Name


class Explain(About):
    """The chain behind a procedure for a concern."""

    model_config = ConfigDict(json_schema_extra={"example": {"procedure": "tretinoin", "concern": "pigment"}})
    procedure: Name
    concern: Name


class Elsewhere(Body, Told):
    """The money that a procedure costs, spent otherwise."""

    model_config = ConfigDict(json_schema_extra={"example": {"procedure": "microneedling", "spend": 1500}})
    procedure: Name
    concern: Name | None = None
    person: Person = Person()
    spend: Sum | None = Field(None, description="the money at stake; what the procedure costs when left out")


class MakePlan(Told):
    """Concerns to treat together within a budget."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"concerns": ["acne-scars", "wrinkles"], "budget": 3000}}
    )
    concerns: list[Name] = Field(min_length=1, max_length=4)
    budget: Sum
    importance: dict[Name, Number] = Field(default_factory=dict, max_length=4, description="how much a concern counts")
    least_stars: Annotated[int, Field(ge=0, le=5)] = 2
    most: Annotated[int, Field(ge=1, le=8)] = Field(4, description="at most so many courses")
    market: Name | None = None
    horizon: Number | None = None
    prices: dict[Name, Sum] = Field(default_factory=dict, max_length=40)
    borrow: bool = True
    person: Person = Person()
    avoid: list[Name] = Field(default_factory=list, max_length=40)
    exclude: list[Name] = Field(default_factory=list, max_length=40)
    max_downtime_days: Number | None = None


class Show(Body, Told):
    """A procedure or family, and who asks."""

    model_config = ConfigDict(json_schema_extra={"example": {"procedure": "microneedling", "person": {"age": 34}}})
    procedure: Name
    person: Person | None = None


class Refusal(BaseModel):
    """Why a question cannot be answered as it stands, and what would do."""

    error: str
    hint: str


class Answered(BaseModel):
    """A question as it was read, and the answers to it."""

    request: Question
    restated: str
    gaps: list[str]
    unread: list[str]
    red_flags: list[RedFlag]
    answers: list[dict[str, Any]]


class Whys(BaseModel):
    """One chain for each member of what was asked about."""

    answers: list[Why]


class Cards(BaseModel):
    """One card for each member of what was asked about."""

    answers: list[Card]


class Listed(BaseModel):
    """Things of the catalogue."""

    items: list[dict[str, Any]]


class Health(BaseModel):
    """Which program and which facts answer here."""

    version: str
    catalogue: str
    date: str


Kind = Literal[
    "procedures", "families", "concerns", "markets", "criteria", "profiles", "frameworks", "sources", "edition"
]
REFUSED: dict[int | str, dict[str, Any]] = {
    422: {"model": Refusal, "description": "it cannot be answered as it stands"},
    400: {"model": Refusal, "description": "not JSON"},
    413: {"description": "too large", "content": {"text/plain": {}}},
    429: {"description": "too many requests", "content": {"text/plain": {}}},
    503: {"description": "too busy, or it took too long", "content": {"text/plain": {}}},
}
router = APIRouter(prefix="/api", responses=REFUSED)


async def _json(request: Request, call: Callable[[], str]) -> Response:
    found: str = await request.app.state.work(call, request)
    return Response(found, media_type="application/json")


async def _answer(request: Request, call: Callable[..., Result], body: BaseModel, **more: object) -> Response:
    """A library call with what the body says; what it leaves out is the library's own default."""
    asked = {name: value for name in type(body).model_fields if (value := getattr(body, name)) not in (None, {}, [])}
    catalog = request.app.state.desk.catalog

    def made() -> str:
        return call(**(asked | more), catalog=catalog).to_json()

    return await _json(request, made)


@router.post("/understand", response_model=Question)
async def understand(request: Request, body: Understand) -> Response:
    """How a question is read; nothing is computed."""
    catalog = request.app.state.desk.catalog
    return await _json(request, lambda: api.understand(body.text, catalog=catalog).model_dump_json())


@router.post("/ask", response_model=Answered)
async def ask(request: Request, body: Ask) -> Response:
    """The answer to a question in plain words."""
    return await _answer(request, api.ask, body)


@router.post("/rank", response_model=Ranking)
async def rank(request: Request, body: Rank) -> Response:
    """Options for a concern, best first."""
    return await _answer(request, api.rank, body)


@router.post("/compare", response_model=Comparison)
async def compare(request: Request, body: Compare) -> Response:
    """Procedures or families side by side for a concern."""
    return await _answer(request, api.compare, body, procedures=body.procedures)


@router.post("/why", response_model=Whys)
async def why(request: Request, body: Explain) -> Response:
    """Every figure of an option for a concern, down to its facts."""
    return await _answer(request, api.why, body)


@router.post("/instead", response_model=Instead)
async def instead(request: Request, body: Elsewhere) -> Response:
    """What the money for a procedure buys best elsewhere, concern by concern."""
    return await _answer(request, api.instead, body)


@router.post("/plan", response_model=Plan)
async def plan(request: Request, body: MakePlan) -> Response:
    """The best set of courses for one or more concerns within a budget, with a calendar."""
    return await _answer(request, api.plan, body)


@router.post("/show", response_model=Cards)
async def show(request: Request, body: Show) -> Response:
    """The card of a procedure, or of each member of a family."""
    return await _answer(request, api.show, body)


@router.get("/catalog/{kind}", response_model=Listed)
async def listed(request: Request, kind: Kind) -> Response:
    """What the catalogue holds."""
    from decide.catalog.inventory import inventory, source_records

    catalog = request.app.state.desk.catalog

    def call() -> str:
        if kind == "edition":
            items = [catalog.edition.model_dump(mode="json")]
        elif kind == "sources":
            items = source_records(catalog)
        else:
            items = inventory(catalog, kind)
        return json.dumps({"items": items}, ensure_ascii=False)

    return await _json(request, call)


@router.get("/catalog/{kind}/{identity}", response_model=dict[str, Any], responses={404: {"model": Refusal}})
async def one(
    request: Request, kind: Literal["procedures", "concerns", "sources", "markets", "profiles"], identity: Name
) -> Response:
    """One thing of the catalogue by its id."""
    catalog = request.app.state.desk.catalog
    known = getattr(catalog, kind)
    if identity not in known:
        raise InputError(f"nothing is called {identity!r:.80}", f"/api/catalog/{kind} lists what there is")
    return Response(known[identity].model_dump_json(), media_type="application/json")


@router.get("/health", response_model=Health)
async def health(request: Request) -> Health:
    """Which program and which facts answer here."""
    edition = request.app.state.desk.catalog.edition
    return Health(version=__version__, catalogue=edition.version, date=edition.date)
