"""Options that several commands share, and what they come to."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

import click

from decide.alternatives.quotes import quote, read_price_list
from decide.catalog import Catalog, load_catalog
from decide.catalog.models import Unit
from decide.catalog.profile_file import with_profile
from decide.criteria.draws import MOST, ORDER
from decide.errors import InputError
from decide.question.problem import Settings
from decide.question.skin import WORDS, skin_type

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("table", "json", "csv", "markdown", "html")


if TYPE_CHECKING:
    _IntType = click.ParamType[int]
else:
    _IntType = click.ParamType


class SkinType(_IntType):
    """A Fitzpatrick type by number, by Roman numeral or in plain words."""

    name = "skin type"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The type from 1 to 6."""
        found = skin_type(str(value))
        if found is None:
            self.fail(f"{value!r} is no skin type: 1 to 6, or {', '.join(WORDS)}", param, ctx)
        return found


def _apply(function: F, decorators: list[Callable[[F], F]]) -> F:
    for decorator in reversed(decorators):
        function = decorator(function)
    return function


def output_options(function: F) -> F:
    """`--format` and `-o`."""
    return _apply(
        function,
        [
            click.option(
                "--format",
                "form",
                type=click.Choice(FORMATS),
                default="table",
                show_default=True,
                help="How to show the answer.",
            ),
            click.option("-o", "--output", "file", metavar="FILE", help="Write to FILE instead of the terminal."),
        ],
    )


def catalog_options(function: F) -> F:
    """`--catalog` and everything about prices and weights."""
    return _apply(
        function,
        [
            click.option("--market", metavar="us|uk|au", help="Whose prices (default: DECIDE_MARKET, else us)."),
            click.option(
                "--price",
                "quotes",
                multiple=True,
                metavar="NAME=SUM[/UNIT]",
                help="A price you were quoted, such as 'fraxel=1200' or 'tretinoin=60/tube'; beats every list.",
            ),
            click.option(
                "--prices", "price_list", metavar="FILE", help="A clinic's own price list; beats the catalogue's."
            ),
            click.option(
                "--no-borrow", is_flag=True, help="Leave what has no price here unpriced instead of borrowing one."
            ),
            click.option(
                "--profile",
                metavar="NAME",
                help="Named weights: balanced, tight-budget, best-result, most-proven, no-downtime, …",
            ),
            click.option(
                "--weight",
                "weights",
                multiple=True,
                metavar="CRITERION=N",
                help="Change one weight, such as 'cost=30' (a profile's weights add up to about 100); may be repeated.",
            ),
            click.option(
                "--horizon", type=float, metavar="MONTHS", help="Count costs over this many months (default 12)."
            ),
            click.option(
                "--catalog", "folder", metavar="DIR", help="A folder of your own facts, laid over the catalogue."
            ),
        ],
    )


def person_options(function: F) -> F:
    """What is true of the person, and what they will not have."""
    return _apply(
        function,
        [
            click.option("--pregnant", is_flag=True, help="Leave out what must not be had in pregnancy."),
            click.option("--trying-to-conceive", is_flag=True),
            click.option("--breast-feeding", is_flag=True),
            click.option(
                "--skin-type",
                type=SkinType(),
                metavar="1-6|WORDS",
                help="Fitzpatrick type, or in words: 'very fair', fair, medium, olive, brown, black.",
            ),
            click.option("--age", type=click.IntRange(0, 120), metavar="YEARS"),
            click.option("--sex", type=click.Choice(["male", "female"])),
            click.option(
                "--condition",
                "conditions",
                multiple=True,
                metavar="NAME",
                help="What is true of you, such as keloid-tendency ('decide catalog list conditions' has them all).",
            ),
            click.option(
                "--avoid",
                multiple=True,
                metavar="NAME",
                help="What you will not have, such as needles ('decide catalog list avoid' has them all).",
            ),
            click.option("--exclude", multiple=True, metavar="NAME", help="Rule out a procedure or family."),
            click.option(
                "--max-downtime", type=click.FloatRange(0, 365), metavar="DAYS", help="Most days off after a session."
            ),
            click.option("--at-home", is_flag=True, help="Same as --avoid clinic."),
            click.option("--no-prescription", is_flag=True, help="Same as --avoid prescription."),
        ],
    )


def draw_options(function: F) -> F:
    """How the certainty of the order is found."""
    return _apply(
        function,
        [
            click.option(
                "--draws",
                type=click.IntRange(1, MOST),
                default=ORDER,
                show_default=True,
                help="Draws behind P(best).",
            ),
            click.option(
                "--seed",
                type=click.IntRange(0, 2**32 - 1),
                default=0,
                show_default=True,
                help="The same seed gives the same draws.",
            ),
            click.option("--exact", is_flag=True, help="No draws: the order alone."),
        ],
    )


def settings_of(
    folder: str | None,
    market: str | None,
    quotes: tuple[str, ...],
    price_list: str | None,
    no_borrow: bool,
    profile: str | None,
    weights: tuple[str, ...],
    horizon: float | None,
) -> tuple[Catalog, Settings]:
    """The catalogue and settings that the options name; `market` may still be overridden by the question."""
    catalog, profile = with_profile(load_catalog(folder), profile)
    settings = Settings(
        market=market.lower() if market else None,
        profile=profile,
        weights=dict(_pair(text, "weight") for text in weights),
        horizon_months=horizon,
        borrow=not no_borrow,
    )
    return catalog, settings


def with_prices(
    catalog: Catalog, settings: Settings, market: str, quotes: tuple[str, ...], price_list: str | None
) -> Settings:
    """Settings with a person's quotes and a clinic's list, read in the currency of the market in force."""
    known = catalog.market(market)
    found: dict[str, tuple[Any, ...]] = {}
    for text in quotes:
        name, _, sum_text = text.partition("=")
        if not sum_text.strip():
            raise InputError(f"--price {text!r} needs a name and a sum", "for example --price 'fraxel=1200'")
        from decide.question.money import parse
        from decide.question.vocabulary import Vocabulary

        money_text, _, unit_text = sum_text.partition("/")
        price, currency = parse(money_text, catalog, f"price of {name.strip()}")
        if currency and currency != known.currency:
            raise InputError(
                f"--price {text!r} is in {currency}, but the {known.name} list is in {known.currency}",
                "choose the market with --market",
            )
        for procedure in catalog.members(Vocabulary.of(catalog).procedure(name)):
            found[procedure] = (
                quote(catalog, known, procedure, price, price, _unit(unit_text.strip(), text), "your-quote"),
            )
    clinic: dict[str, tuple[Any, ...]] = {}
    if price_list:
        clinic = dict(read_price_list(price_list, catalog, known))
    return settings.model_copy(update={"quotes": found, "clinic": clinic, "market": market})


def _unit(text: str, whole: str) -> Unit | None:
    from typing import get_args

    if not text:
        return None
    if text not in get_args(Unit):
        raise InputError(f"--price {whole!r}: unknown unit {text!r}", f"units are {', '.join(get_args(Unit))}")
    unit: Unit = text  # type: ignore[assignment] # checked on the line above
    return unit


def _pair(text: str, what: str) -> tuple[str, float]:
    name, _, number = text.partition("=")
    try:
        return name.strip(), float(number)
    except ValueError:
        raise InputError(f"--{what} {text!r} is not NAME=NUMBER", f"for example --{what} cost=30") from None


def budget_amount(catalog: Catalog, text: str) -> tuple[Decimal, str | None]:
    """A budget typed after a flag."""
    from decide.question.money import parse

    return parse(text, catalog, "budget")
