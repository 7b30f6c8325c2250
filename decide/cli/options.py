"""Options that several commands share: declared once, handed over as one `Flags`.

@click.command()
@takes(PERSON, PRICES, OUTPUT)
def best(concern: str, flags: Flags) -> int: ...
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

from decide.cli.complete import completes
from decide.cli.output import complain, write
from decide.criteria.draws import MOST, ORDER
from decide.errors import InputError
from decide.lazily import dataclass
from decide.question.skin import skin_type_named
from decide.report import ENDINGS, FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel

    from decide.catalog import Catalog
    from decide.question.problem import Preferences, Problem
    from decide.question.request import Request
    from decide.result import Result

P = ParamSpec("P")
T = TypeVar("T")
Option = Callable[[Callable[..., Any]], Callable[..., Any]]


@dataclass(frozen=True, kw_only=True)
class Flags:
    """What was typed after a command's options, and what it comes to."""

    folder: str | None = None
    market: str | None = None
    quotes: tuple[str, ...] = ()
    price_list: str | None = None
    no_borrow: bool = False
    profile: str | None = None
    weights: tuple[str, ...] = ()
    horizon: float | None = None
    pregnant: bool = False
    trying_to_conceive: bool = False
    breast_feeding: bool = False
    skin_type: int | None = None
    age: int | None = None
    sex: str | None = None
    conditions: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    max_downtime: float | None = None
    at_home: bool = False
    no_prescription: bool = False
    draws: int = 0
    seed: int = 0
    exact: bool = False
    form: str = "table"
    file: str | None = None
    strict: bool = False

    @cached_property
    def _facts(self) -> "tuple[Catalog, str | None]":
        from decide.catalog import load_catalog
        from decide.catalog.profile_file import with_profile

        return with_profile(load_catalog(self.folder), self.profile)

    @property
    def catalog(self) -> "Catalog":
        """The catalogue, with a folder and a profile's file laid over it."""
        return self._facts[0]

    @property
    def changes(self) -> dict[str, float]:
        """Changes to the profile's weights, by criterion."""
        return dict(pair(text, "weight") for text in self.weights)

    @property
    def preferences(self) -> "Preferences":
        """How the answer is worked out."""
        from decide.question.problem import Preferences

        return Preferences(
            market=self.market,
            profile=self._facts[1],
            weights=self.changes,
            horizon=self.horizon,
            prices=self.quotes,
            price_list=self.price_list,
            borrow=not self.no_borrow,
        )

    @property
    def person(self) -> dict[str, Any]:
        """Who asks, by the fields of `Person` that something was said of."""
        from decide.question.request import Person

        said = {name: getattr(self, name) for name in Person.model_fields if hasattr(self, name)}
        return {name: value for name, value in said.items() if value}

    def request(self, **asked: Any) -> "Request":
        """A request of what a command asks, of this person."""
        from decide.question.build import request_of

        avoid = (
            *self.avoid,
            *(["clinic"] if self.at_home else []),
            *(["prescription"] if self.no_prescription else []),
        )
        return request_of(
            self.catalog, person=self.person, avoid=tuple(dict.fromkeys(avoid)), exclude=self.exclude,
            max_downtime_days=self.max_downtime, **asked,
        )  # fmt: skip

    def problem(self, request: "Request | None" = None, **asked: Any) -> "Problem":
        """The problem that a request poses, or that a command asks."""
        from decide.question.problem import Problem

        return Problem.of(self.catalog, request or self.request(**asked), self.preferences)

    def posed(
        self, intent: str, names: "Sequence[str]", about: "Sequence[str]" = (), *read: "Request",
        subtype: str | None = None, **asked: Any,
    ) -> "tuple[Problem, list[str]]":  # fmt: skip
        """The problem that a command asks about procedures and concerns, and the procedures by name. What their words
        say beside names (who asks, money, what is ruled out, where) counts as in a question; so does what was `read`.
        """
        more = {text: said for text in (*names, *about) if (said := self._more(text, text in names))}
        request = self.request(intent=intent, concerns=[text for text in about if text not in more], **asked)
        for said in (*more.values(), *read):
            request = request.model_copy(update=_together(request, said.model_copy(update={"intent": intent})))
        concerns = request.concerns
        if len(concerns) > 1 and intent in ("best", "compare", "why"):
            raise InputError("one concern at a time", f"there are {', '.join(c.id for c in concerns)}: name one")
        known = [name for text in names for name in (more[text].procedures if text in more else (text,))]
        return self.problem(of_kind(request, subtype)), known

    def _more(self, text: str, procedure: bool) -> "Request | None":
        """Words as they are read, where they say more than what they are about; else nothing: a name, or refused as
        one.
        """
        from decide.question.names import option_named
        from decide.question.reading import understand
        from decide.question.request import Request

        said = understand(text, self.catalog)
        subject = (
            "intent", "concerns", "procedures", "ambiguous", "not_understood", "unread", "aspect", "products",
            "respelled",
        )  # fmt: skip
        if said.model_copy(update={n: Request.model_fields[n].default for n in subject}) == Request():
            return None
        with suppress(InputError):
            # what has a name of its own is meant by it, whatever its words could mean
            return None if procedure and option_named(self.catalog, text) else said
        return said if said.procedures else None

    def show(
        self, answer: "Result | Sequence[Result]", problem: "Problem | None" = None, *, everything: bool = False,
        details: bool = False,
    ) -> None:  # fmt: skip
        """Write an answer, or several, in the form and to the place that were asked for; what of the problem's words
        was not used stands above.
        """
        from decide.answers.ask import Answer
        from decide.question.restate import explain_gaps, restate
        from decide.report.formats import render
        from decide.report.terminal import Screen
        from decide.result import Result

        gaps = explain_gaps(problem.request, problem.catalog) if problem else []
        if problem and (gaps or self.form == "json"):
            parts: Any = (answer,) if isinstance(answer, Result) else tuple(answer)
            said = restate(problem.request, problem.catalog, problem.market)
            answer = Answer(
                request=problem.request, restated=said, gaps=tuple(gaps), parts=parts, catalog=problem.catalog.facts
            )
        self._warn(answer)
        if self.form == "svg":
            self._picture(answer)
            return
        write(render(answer, self.form, everything=everything, screen=Screen.here(self.file, whole=details)), self.file)

    def _warn(self, answer: "Result | Sequence[Result]") -> None:
        """Tell of every input that the answer does not use; refuse the answer where none may be left."""
        from decide.answers.ask import Answer
        from decide.cli.used import unused_inputs

        unused = unused_inputs(answer if isinstance(answer, Answer) else None, answer)
        if unused and self.strict:
            raise InputError(unused[0], "leave it out or say it otherwise; without --strict there is an answer")
        for line in unused:
            complain(line)

    def _picture(self, answer: "Result | Sequence[Result]") -> None:
        """The picture of the first part that has one, into the file."""
        from decide.answers.ask import Answer
        from decide.catalog.files import write_whole
        from decide.report.charts import file_of
        from decide.result import Result

        parts: Any = answer.parts if isinstance(answer, Answer) else (answer,) if isinstance(answer, Result) else answer
        drawn = next(((name, part) for part in parts if (name := PICTURES.get(type(part).__name__))), None)
        if drawn is None:
            raise InputError("there is no picture of this answer", "a ranking and 'why' have one")
        write_whole(Path(self.file or ""), [file_of(*drawn, ".svg")])


PICTURES = {"Ranking": "acceptability", "Why": "forest"}
"""What is drawn of an answer, by its kind."""


def of_kind(request: "Request", subtype: str | None) -> "Request":
    """The request with the kind of its first concern set."""
    if not subtype or not request.concerns:
        return request
    first, *rest = request.concerns
    return request.model_copy(update={"concerns": (first.model_copy(update={"subtype": subtype}), *rest)})


def _together(first: "BaseModel", second: "BaseModel") -> dict[str, Any]:
    """What two models of one kind say, by field; two different sums, ages or sexes are refused."""
    found: dict[str, Any] = {}
    for name in type(first).model_fields:
        ours, theirs = getattr(first, name), getattr(second, name)
        if isinstance(ours, tuple):
            found[name] = tuple(dict.fromkeys((*ours, *theirs)))
        elif name == "person":
            found[name] = ours.model_copy(update=_together(ours, theirs))
        elif None in (ours, theirs) or ours == theirs:
            found[name] = theirs if ours is None else ours
        else:
            raise InputError(f"the {name.replace('_', ' ')} is given twice, and not the same", "give it once")
    return found


NAMES = frozenset(Flags.__dataclass_fields__)


PLAIN = ("", ".txt")
"""Endings of a file that holds what the terminal shows."""


def takes(*groups: Iterable[Option]) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """A command that takes these groups of options, in this order, as its parameter `flags`."""

    def decorated(command: Callable[..., T]) -> Callable[..., T]:
        @wraps(command)
        def called(**given: Any) -> T:
            takes_form = "form" in given
            as_json, form = given.pop("as_json", False), given.pop("form", None)
            if as_json and form not in (None, "json"):
                raise InputError(f"--json and --format {form} are two forms", "give one of them")
            ending = Path(given.get("file") or "").suffix.lower()
            if takes_form and ending not in PLAIN and not (as_json or form or ending in ENDINGS):
                known = ", ".join(sorted({*ENDINGS, *PLAIN} - {""}))
                raise InputError(f"-o {given['file']!r:.80}: no format ends in {ending!r:.20}", f"these do: {known}")
            given["form"] = "json" if as_json else form or ENDINGS.get(ending, "table")
            flags = Flags(**{name: given.pop(name) for name in [*given] if name in NAMES})
            return command(flags=flags, **given)

        whole: Callable[..., Any] = called
        for option in reversed([option for group in groups for option in group]):
            whole = option(whole)
        return whole

    return decorated


if TYPE_CHECKING:
    from collections.abc import Sequence

    from decide.result import Result

    _IntType = click.ParamType[int]
else:
    _IntType = click.ParamType


class SkinType(_IntType):
    """A Fitzpatrick type by number, by Roman numeral or in plain words."""

    name = "skin type"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The type from 1 to 6."""
        try:
            return skin_type_named(str(value))
        except InputError as error:
            self.fail(str(error), param, ctx)


MARKET: Option = click.option(
    "--market", metavar="NAME", shell_complete=completes("markets"),
    help="Whose prices, such as us (default: DECIDE_MARKET, else the catalogue's).",
)  # fmt: skip
FOLDER: Option = click.option(
    "--catalog", "folder", metavar="DIR", help="A folder of your own facts, laid over the catalogue."
)
FILE: Option = click.option("-o", "--output", "file", metavar="FILE", help="Write to FILE instead of the terminal.")
OUTPUT: tuple[Option, ...] = (
    click.option(
        "--format", "form", type=click.Choice(tuple(FORMATS)),
        help="How to show the answer (default: by the ending of FILE, else table).",
    ),
    click.option("--json", "as_json", is_flag=True, help="Same as --format json; docs/json.md tells its fields."),
    click.option(
        "-o", "--output", "file", metavar="FILE",
        help="Write to FILE instead of the terminal; .json, .csv, .html, .md, .svg and .txt say how.",
    ),
)  # fmt: skip
"""`--format`, `--json` and `-o`."""
ANSWER: tuple[Option, ...] = (
    *OUTPUT,
    click.option("--strict", is_flag=True, help="Refuse what cannot be used whole, instead of a warning."),
)
"""The same, of what answers."""

PREFERENCES: tuple[Option, ...] = (
    MARKET,
    click.option(
        "--price", "quotes", multiple=True, metavar="NAME=SUM[/UNIT]",
        help="A price you were quoted, such as 'fraxel=1200' or 'tretinoin=60/tube'; beats every list.",
    ),
    click.option("--prices", "price_list", metavar="FILE", help="A clinic's own price list; beats the catalogue's."),
    click.option("--no-borrow", is_flag=True, help="Leave what has no price here unpriced instead of borrowing one."),
    click.option(
        "--profile", metavar="NAME", shell_complete=completes("profiles"),
        help="Named weights: balanced, tight-budget, best-result, most-proven, no-downtime, …",
    ),
    click.option(
        "--weight", "weights", multiple=True, metavar="CRITERION=N",
        help="Change one weight, such as 'cost=30' (a profile's weights add up to about 100); may be repeated.",
    ),
    click.option("--horizon", type=float, metavar="MONTHS", help="Count costs over this many months (default 12)."),
    FOLDER,
)  # fmt: skip
"""`--catalog` and everything about prices and weights."""

PERSON: tuple[Option, ...] = (
    click.option("--pregnant", is_flag=True, help="Leave out what must not be had in pregnancy."),
    click.option("--trying-to-conceive", is_flag=True),
    click.option("--breast-feeding", is_flag=True),
    click.option(
        "--skin-type", type=SkinType(), metavar="1-6|WORDS",
        help="Fitzpatrick type, or in words: 'very fair', fair, medium, olive, brown, black.",
    ),
    click.option("--age", type=click.IntRange(0, 120), metavar="YEARS"),
    click.option("--sex", type=click.Choice(["male", "female"])),
    click.option(
        "--condition", "conditions", multiple=True, metavar="NAME",
        help="What is true of you, such as keloid-tendency ('decide catalog list conditions' has them all).",
    ),
    click.option(
        "--avoid", multiple=True, metavar="WHAT",
        help="What you will not have, such as injections ('decide catalog list avoid' has them all).",
    ),
    click.option("--exclude", multiple=True, metavar="NAME", help="Rule out a procedure, a family or an option."),
    click.option("--max-downtime", type=click.FloatRange(0, 365), metavar="DAYS", help="Most days off after a visit."),
    click.option("--at-home", is_flag=True, help="Same as --avoid clinic."),
    click.option("--no-prescription", is_flag=True, help="Same as --avoid prescription."),
)  # fmt: skip
"""What is true of the person, and what they will not have."""

DRAWING: tuple[Option, ...] = (
    click.option(
        "--draws", type=click.IntRange(1, MOST), default=ORDER, show_default=True, help="Draws behind P(best)."
    ),
    click.option(
        "--seed", type=click.IntRange(0, 2**32 - 1), default=0, show_default=True,
        help="The same seed gives the same draws.",
    ),
    click.option("--exact", is_flag=True, help="No draws: the order alone."),
)  # fmt: skip
"""How the certainty of the order is found."""

UNDER: Option = click.option("--under", "--budget", "under", metavar="SUM", help="Spend at most this, in all.")
SUBTYPE: Option = click.option(
    "--subtype", metavar="KIND", help="Which kind, such as rolling or melasma.", shell_complete=completes("kinds")
)
EVERYTHING: Option = click.option("--all", "everything", is_flag=True, help="Show every option, and at length.")
DETAILS: Option = click.option("--details", is_flag=True, help="Say at length how the answer came about.")


def pair(text: str, what: str) -> tuple[str, float]:
    """A name and a number from NAME=NUMBER."""
    name, _, number = text.partition("=")
    try:
        return name.strip(), float(number)
    except ValueError:
        raise InputError(f"--{what} {text!r} is not NAME=NUMBER", f"for example --{what} cost=30") from None
