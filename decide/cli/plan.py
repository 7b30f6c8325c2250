"""Plans from the command line."""

import click

from decide.cli.complete import completes
from decide.cli.groups import command
from decide.cli.options import ANSWER, PERSON, PREFERENCES, Flags, pair, takes


@command()
@click.argument("concerns", nargs=-1, required=True, shell_complete=completes("concerns"))
@click.option("--budget", "--under", "budget", metavar="SUM", help="Spend at most this, in all.")
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
@takes(PERSON, PREFERENCES, ANSWER)
def plan(
    concerns: tuple[str, ...], budget: str | None, importance: tuple[str, ...], proof: int, most: int, flags: Flags
) -> int:
    """The best set of courses for one or more CONCERNS within a budget, with a calendar."""
    from decide.answers.plan import plan as best_set
    from decide.question.build import concern_named

    weights = {}
    for text in importance:
        name, weight = pair(text, "importance")
        weights[concern_named(flags.catalog, name).id] = weight
    problem, _ = flags.posed("plan", (), concerns, budget=budget)
    flags.show(best_set(problem, importance=weights, least_stars=proof, most=most), problem)
    return 0
