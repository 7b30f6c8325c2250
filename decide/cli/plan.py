"""Plans from the command line."""

from typing import Any

import click

from decide.cli.ask import _priced, _request, _settings, render
from decide.cli.options import catalog_options, output_options, person_options
from decide.cli.output import write
from decide.errors import InputError
from decide.question.request import AskedConcern


@click.command()
@click.argument("concerns", nargs=-1, required=True)
@click.option("--budget", "--under", "budget", required=True, metavar="SUM", help="Spend at most this, in all.")
@click.option("--importance", multiple=True, metavar="CONCERN=N", help="How much one concern counts; may be repeated.")
@click.option(
    "--proof",
    type=click.IntRange(0, 5),
    default=2,
    show_default=True,
    metavar="STARS",
    help="Use only what has so many stars for one of the concerns.",
)
@click.option(
    "--most", type=click.IntRange(1, 50), default=4, show_default=True, metavar="N", help="At most N courses."
)
@person_options
@catalog_options
@output_options
def plan(
    concerns: tuple[str, ...], budget: str, importance: tuple[str, ...], proof: int, most: int, **flags: Any
) -> int:
    """The best set of courses for one or more CONCERNS within a budget, with a calendar."""
    from decide.answers.plan import plan_request
    from decide.question.vocabulary import Vocabulary

    catalog, settings = _settings(flags)
    vocabulary = Vocabulary.of(catalog)
    asked = [vocabulary.concern(name) for name in concerns]
    request = _request(catalog, None, None, budget, "course", flags)
    request = request.model_copy(
        update={"intent": "plan", "concerns": tuple(AskedConcern(id=c, subtype=kind) for c, kind in asked)}
    )
    weights = {}
    for text in importance:
        name, _, number = text.partition("=")
        try:
            weights[vocabulary.concern(name)[0]] = float(number)
        except ValueError:
            raise InputError(f"--importance {text!r} is not CONCERN=NUMBER") from None
    settings = _priced(catalog, request, settings, flags)
    found = plan_request(catalog, request, settings, importance=weights, least_stars=proof, most=most)
    write(render(found, flags["form"]), flags["file"])
    return 0
