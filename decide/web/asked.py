"""What an address asks: its fields as a request and settings, and back into fields.

All state of the page stands in its address, so that it can be shared and nothing is kept: `state` makes every link and
every hidden field. A question in words (`q`) is read as the command line reads it, and the fields beside it hold as far
as the words do not say otherwise. With `edit` the fields rule and the words only stand in the box. A field that nobody
knows is refused, as is one that may stand once and stands twice.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import urlencode

from starlette.datastructures import QueryParams as Fields

from decide.catalog import Catalog
from decide.errors import InputError
from decide.question.build import budget_of, concern_named, request_of
from decide.question.problem import Preferences, Problem, known_market
from decide.question.reading import understand
from decide.question.request import STATES, AskedConcern, Person, Request
from decide.question.restate import restate, restated

Pairs = list[tuple[str, str]]
FLAGS = dict(zip(("pregnant", "trying", "feeding"), STATES, strict=True))
"""Fields for what may be true of a mother, or of one who would be."""
ONCE = (
    "q", "edit", "intent", "budget", "budget_low", "per", "market", *FLAGS, "skin_type", "age", "sex", "max_downtime",
    "prefer", "profile", "was", "horizon", "borrow",
)  # fmt: skip
"""Fields of the state that stand once."""
MANY = ("concern", "kind", "procedure", "condition", "unread", "flag", "avoid", "exclude", "had", "price")
"""Fields of the state that may stand several times."""
OWN = {
    "/answer": ("quick",), "/compare": ("with", "about"), "/instead": ("for", "spend"), "/options": ("about", "spend"),
    "/charts": ("about", "option", "size", "theme"),
}  # fmt: skip
"""What a page takes beside the state."""
SAID = ("person", "prefer", "max_downtime_days", "avoid", "exclude", "unread", "red_flags")
"""What words say beside their subject, their money and their market."""
SUBJECT = ("intent", "concern", "kind", "procedure")
"""Fields of what is asked about; another subject takes their place."""
WEIGHT = "w_"
MOST_QUOTES = 20


class Asked(NamedTuple):
    """A question with everything that bears on its answer: the problem, and the preferences as they were given.

    `text` are the words, as long as they say what is asked. `let_go` says which fields gave way to words that say
    otherwise.
    """

    text: str
    edited: bool
    problem: Problem
    preferences: Preferences
    let_go: tuple[str, ...] = ()

    @property
    def request(self) -> Request:
        """The question as it was understood."""
        return self.problem.request

    @property
    def says(self) -> str:
        """What the box says: the words, or what is asked where they do not say it."""
        return self.text or restate(self.request, self.problem.catalog, self.problem.market)

    @property
    def concern(self) -> str:
        """The first concern asked about, or none."""
        return self.problem.concerns[0].id if self.problem.concerns else ""

    def about(self, name: str, spend: str = "") -> "Asked":
        """The same of one concern ("pigment", "pigment/melasma") and with this to spend, as far as they are given.

        Without a kind it is of the one that was asked about.

        Raises
        ------
        InputError : no such concern or kind, or no sum.
        """
        catalog, problem = self.problem.catalog, self.problem
        if name:
            concern, _, kind = name.partition("/")
            known = concern_named(catalog, concern).id
            told = next((c.subtype for c in self.request.concerns if c.id == known), None)
            asked = AskedConcern(id=known, subtype=kind or told)
            request = self.request.model_copy(update={"concerns": (asked,)})
            problem = Problem.of(catalog, request, self.preferences)
        budget = budget_of(catalog, spend.strip())
        return self._replace(problem=problem.spending(float(budget.high)) if budget and budget.high else problem)


def check_fields(catalog: Catalog, fields: Fields, path: str) -> None:
    """Refuse fields that the page at a path does not know, and doubles of what may stand once.

    Raises
    ------
    InputError : in one line, with the fields that there are.
    """
    own = OWN.get("/" + path.split("/")[1], ())
    once = (*ONCE, *(f"{WEIGHT}{c}" for c in catalog.criteria), *(name for name in own if name != "with"))
    known = (*once, *MANY, *own)
    for name in fields:
        if name not in known:
            told = ", ".join(name for name in dict.fromkeys((*ONCE, *MANY, *own)) if name not in ("edit", "was"))
            raise InputError(f"unknown field {name!r:.60} in the address", f"fields are {told}, {WEIGHT}CRITERION")
        if name in once and len(set(fields.getlist(name))) > 1:
            raise InputError(f"{name} is given twice", "give one of them")
    for name, value in (*((name, "yes") for name in FLAGS), ("borrow", "no")):
        if fields.get(name) not in (None, "", value):
            raise InputError(f"{name} must be {value!r}, not {fields[name]!r:.40}", "or leave it out")


def asked(catalog: Catalog, fields: Fields) -> Asked | None:
    """The question that fields ask; None where they ask nothing yet.

    Raises
    ------
    InputError : in the words of the command line.
    """
    text = (fields.get("q") or "").strip()
    told = bare(catalog, fields)
    # a box that says back what the fields say has nothing to add to them
    if fields.get("edit") or text in ("", told.says):
        asks = told.request.concerns or told.request.procedures
        return told._replace(text=_still_so(catalog, text, told)) if asks else None
    read = understand(text, catalog)
    request, gone = _together(read, told.request)
    let_go, given, kept = restated(gone, catalog, told.problem.market), told.preferences, dict[str, Any]()
    if given.market and (read.market or (read.budget and read.budget.currency)):
        kept["market"] = None
        if (stood := told.problem.market) != Problem.of(catalog, read).market:
            let_go.append(f"{stood.name} prices")
    if read.prefer and (given.profile or given.weights):
        kept |= {"profile": None, "weights": {}}
        let_go.append(f"{told.problem.profile} weights")
    if request.quotes:
        kept["prices"] = (*dict.fromkeys((*given.prices, *request.quotes)),)
        request = request.model_copy(update={"quotes": ()})
    preferences = replace(given, **kept)
    whole = Asked("", False, Problem.of(catalog, request, preferences), preferences, tuple(let_go))
    return whole._replace(text=_still_so(catalog, text, whole))


def _still_so(catalog: Catalog, text: str, told: Asked) -> str:
    """The words, as long as they name what is asked and nothing that they say was changed since; else none."""
    if not text:
        return ""
    read, now = understand(text, catalog), told.request
    both, _ = _together(read, now)
    sums = [(b.low, b.high, b.per) for b in (read.budget or now.budget, now.budget) if b is not None]
    known = {(c.id, kind) for c in now.concerns for kind in (c.subtype, None)}
    somewhere = read.market or (read.budget and read.budget.currency)
    return text if (
        (read.concerns or read.procedures)
        and {(c.id, c.subtype) for c in read.concerns} <= known
        and {*read.procedures} <= {*now.procedures}
        and {*read.quotes} <= {str(quote) for quote in told.preferences.prices}
        and len(sums) != 1 and len({*sums}) < 2
        and all(getattr(both, name) == getattr(now, name) for name in SAID)
        and (not somewhere or Problem.of(catalog, read).market == told.problem.market)
    ) else ""  # fmt: skip


def _together(read: Request, told: Request) -> tuple[Request, Request]:
    """What words and fields say together, and what of the fields gave way.

    What is asked about is the words' as soon as they name anything; the rest of the fields holds where the words are
    silent. What is true of the person is never taken back by silence.
    """
    gone: dict[str, Any] = {}
    found: dict[str, Any] = {}
    if read.concerns or read.procedures or read.ambiguous:
        gone["concerns"] = tuple(c for c in told.concerns if c.id not in {r.id for r in read.concerns})
        gone["procedures"] = tuple(p for p in told.procedures if p not in read.procedures)
    else:
        found = {"concerns": told.concerns, "procedures": told.procedures}
        found["intent"] = told.intent if read.intent in ("best", "unknown") else read.intent
    for name in ("budget", "max_downtime_days", "prefer"):
        ours, theirs = getattr(read, name), getattr(told, name)
        if ours is None:
            found[name] = theirs
        elif theirs is not None and theirs != ours:
            gone[name] = theirs
    for name in ("avoid", "exclude", "unread", "red_flags", "history"):
        found[name] = tuple(dict.fromkeys((*getattr(told, name), *getattr(read, name))))
    person, left = dict[str, Any](), dict[str, Any]()
    for name in Person.model_fields:
        ours, theirs = getattr(read.person, name), getattr(told.person, name)
        if name == "conditions":
            person[name] = tuple(dict.fromkeys((*theirs, *ours)))
        elif ours is None:
            person[name] = theirs
        elif theirs is not None and theirs != ours:
            left[name] = theirs
    found["person"] = read.person.model_copy(update=person)
    return read.model_copy(update=found), Request(**gone, person=Person(**left))


def bare(catalog: Catalog, fields: Fields | None = None) -> Asked:
    """What fields alone ask, whether or not that is a question."""
    request = Request() if fields is None else _request(catalog, fields)
    preferences = Preferences() if fields is None else preferences_of(catalog, fields, request)
    return Asked("", True, Problem.of(catalog, request, preferences), preferences)


def preferences_of(catalog: Catalog, fields: Fields, request: Request) -> Preferences:
    """Market, weights, horizon and prices from fields."""
    profile = (fields.get("profile") or "").strip() or None
    if profile == catalog.edition.default_profile and not request.prefer:
        profile = None
    changed: dict[str, object] = {}
    # sliders drawn for another profile say nothing about this one
    if fields.get("was") in (None, "", fields.get("profile")):
        for criterion in catalog.criteria:
            if value := (fields.get(f"{WEIGHT}{criterion}") or "").strip():
                changed[criterion] = _number(value, f"the weight of {criterion}")
    base = catalog.profiles.get(profile or catalog.edition.default_profile)
    if base is not None:
        changed = {c: w for c, w in changed.items() if w != float(base.weights.get(c, 0.0))}
    months = (fields.get("horizon") or "").strip()
    quotes = tuple(q.strip() for value in fields.getlist("price") for q in value.split(";") if q.strip())
    if len(quotes) > MOST_QUOTES:
        raise InputError(f"{len(quotes)} quoted prices are too many", f"at most {MOST_QUOTES}")
    return Preferences(
        market=(fields.get("market") or "").strip() or None,
        profile=profile,
        weights=changed,
        horizon=_number(months, "the horizon") if months else None,
        prices=quotes,
        borrow=fields.get("borrow") != "no",
    )


def _prefer(catalog: Catalog, fields: Fields) -> str | None:
    """What was preferred in words, unless another profile has been chosen since."""
    profile = catalog.profiles.get(fields.get("profile") or "")
    prefer = fields.get("prefer") or None
    return None if profile is not None and profile.prefer != prefer else prefer


def _number(text: str, what: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise InputError(f"{what} must be a number, not {text!r:.40}") from None


def _request(catalog: Catalog, fields: Fields) -> Request:
    person: dict[str, Any] = {state.key: True for name, state in FLAGS.items() if fields.get(name)}
    for key in ("skin_type", "age", "sex"):
        if value := (fields.get(key) or "").strip():
            person[key] = value
    person["conditions"] = tuple(dict.fromkeys(filter(None, fields.getlist("condition"))))
    low, high = ((fields.get(name) or "").strip() for name in ("budget_low", "budget"))
    request = request_of(
        catalog,
        intent=fields.get("intent") or "best",
        budget=budget_of(catalog, high, low=low, per=fields.get("per") or "course"),
        person=person,
        procedures=filter(None, fields.getlist("procedure")),
        exclude=filter(None, fields.getlist("exclude")),
        market=(fields.get("market") or "").strip().lower() or None,
        avoid=tuple(dict.fromkeys(filter(None, fields.getlist("avoid")))),
        prefer=_prefer(catalog, fields),
        max_downtime_days=(fields.get("max_downtime") or "").strip() or None,
        unread=tuple(dict.fromkeys(filter(None, fields.getlist("unread")))),
        red_flags=tuple(dict.fromkeys(filter(None, fields.getlist("flag")))),
        history=tuple(
            {"procedure": procedure, "went": went or None}
            for had in dict.fromkeys(fields.getlist("had"))
            for procedure, _, went in [had.partition(":")]
            if procedure
        ),
    )
    return request.model_copy(update={"concerns": _concerns(catalog, fields)})


def _concerns(catalog: Catalog, fields: Fields) -> tuple[AskedConcern, ...]:
    # a kind names its concern ("acne-scars/rolling"), so that one chosen before the concern was changed falls away
    chosen = dict(kind.split("/", 1) for kind in fields.getlist("kind") if "/" in kind)
    alone = next((kind for kind in fields.getlist("kind") if kind and "/" not in kind), None)
    found: dict[str, AskedConcern] = {}
    # a kind chosen before its concern names that too
    for name in list(filter(None, fields.getlist("concern"))) or list(chosen)[:1]:
        known = concern_named(catalog, name)
        kind = chosen.get(known.id) or known.subtype or (alone if not found else None)
        found.setdefault(known.id, AskedConcern(id=known.id, subtype=kind))
    return tuple(found.values())


def state(catalog: Catalog, question: Asked) -> Pairs:
    """The fields that ask a question again, its words still in the box: all of it, and only what is not the default."""
    request, preferences = question.request, question.preferences
    found: Pairs = [("q", question.text), ("edit", "1")] if question.text else []
    if request.intent not in ("best", "unknown"):
        found.append(("intent", request.intent))
    for item in request.concerns:
        found.append(("concern", item.id))
        if item.subtype:
            found.append(("kind", f"{item.id}/{item.subtype}"))
    found += [("procedure", name) for name in request.procedures]
    budget = request.budget
    if budget is not None:
        found += [("budget", f"{budget.high:f}")] if budget.high is not None else []
        found += [("budget_low", f"{budget.low:f}")] if budget.low is not None else []
        found += [("per", budget.per)] if budget.per != "course" else []
    if question.problem.market.id != known_market(catalog).id:
        found.append(("market", question.problem.market.id))
    person = request.person
    found += [(name, "yes") for name, state in FLAGS.items() if state in person.states]
    found += [(key, str(value)) for key in ("skin_type", "age", "sex") if (value := getattr(person, key)) is not None]
    found += [("condition", condition) for condition in person.conditions]
    found += [("unread", words) for words in request.unread]
    found += [("flag", words) for words in request.red_flags]
    found += [("avoid", word) for word in request.avoid]
    found += [("exclude", name) for name in request.exclude]
    found += [("had", f"{had.procedure}:{had.went or ''}") for had in request.history]
    if request.max_downtime_days is not None:
        found.append(("max_downtime", f"{request.max_downtime_days:g}"))
    if request.prefer:
        found.append(("prefer", request.prefer))
    found += [("profile", preferences.profile)] if preferences.profile else []
    found += [(f"{WEIGHT}{name}", f"{weight:g}") for name, weight in preferences.weights.items()]
    found += [("horizon", f"{preferences.horizon:g}")] if preferences.horizon is not None else []
    found += [("borrow", "no")] if not preferences.borrow else []
    found += [("price", str(quote)) for quote in preferences.prices]
    return found


def without(fields: Iterable[tuple[str, str]], *names: str) -> Pairs:
    """Fields but these."""
    return [(name, value) for name, value in fields if name not in names]


def address(path: str, *groups: Iterable[tuple[str, str]]) -> str:
    """A path with these fields."""
    query = urlencode([pair for group in groups for pair in group])
    return f"{path}?{query}" if query else path
