"""Questions: ask, best, understand, compare, show, why, instead."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from decide.cli.complete import completes
from decide.cli.groups import command
from decide.cli.options import (
    ANSWER,
    DETAILS,
    DRAWING,
    EVERYTHING,
    FILE,
    FOLDER,
    PERSON,
    PREFERENCES,
    SUBTYPE,
    UNDER,
    Flags,
    of_kind,
    takes,
)
from decide.cli.output import write
from decide.errors import InputError

if TYPE_CHECKING:
    from decide.answers.ranking.result import Ranking
    from decide.answers.why import Why


@command()
@click.argument("words", nargs=-1, required=True, metavar="QUESTION")
@SUBTYPE
@EVERYTHING
@DETAILS
@takes(DRAWING, PREFERENCES, ANSWER)
def ask(words: tuple[str, ...], subtype: str | None, everything: bool, details: bool, flags: Flags) -> int:
    """Answer a question in plain words."""
    from decide.answers.ask import answer
    from decide.question.reading import understand as read

    problem = flags.problem(of_kind(read(" ".join(words), flags.catalog), subtype))
    found = answer(problem, draws=0 if flags.exact else flags.draws, seed=flags.seed)
    flags.show(found, everything=everything, details=details)
    return found.status


@command()
@click.argument("question", metavar="TEXT")
@takes((FOLDER, FILE))
def understand(question: str, flags: Flags) -> None:
    """Show how a question is read, as JSON; nothing is computed."""
    import json

    from decide.question.reading import understand as read

    request = read(question, flags.catalog)
    write(json.dumps(request.model_dump(mode="json"), indent=2, ensure_ascii=False), flags.file)


@command()
@click.argument("concern", shell_complete=completes("concerns"))
@UNDER
@click.option(
    "--per", type=click.Choice(["course", "session", "month"]), default="course", help="What the budget is for."
)
@SUBTYPE
@click.option("--only", multiple=True, metavar="NAME", help="Consider only this procedure or family; may be repeated.")
@EVERYTHING
@DETAILS
@click.option(
    "--without", multiple=True, metavar="SOURCE", help="Leave out everything read from SOURCE, and say what changes."
)
@click.option(
    "--without-interested", is_flag=True, help="Leave out what those who gain from it say of effect and harm."
)
@click.option(
    "--sure", is_flag=True, help="Say how sure the order is, what would change it, and what is worth knowing."
)
@click.option("--methods", is_flag=True, help="Say what other decision methods make of the same values.")
@click.option(
    "--frontier", is_flag=True, help="Say which options are dominated, and what a point of improvement costs."
)
@click.option("--order", metavar="A,B,…", help="Criteria by importance, instead of a profile's weights.")
@click.option(
    "--chart",
    metavar="FILE",
    help="Also draw into FILE (.svg, .png or .json): rank acceptability, or the frontier with --frontier.",
)
@click.option(
    "--plot",
    type=click.Choice(["acceptability", "tornado", "pairwise", "frontier"]),
    help="What --chart draws (tornado needs no --sure, frontier needs --frontier).",
)
@takes(DRAWING, PERSON, PREFERENCES, ANSWER)
def best(
    concern: str,
    under: str | None,
    per: str,
    subtype: str | None,
    only: tuple[str, ...],
    everything: bool,
    details: bool,
    without: tuple[str, ...],
    without_interested: bool,
    sure: bool,
    methods: bool,
    frontier: bool,
    plot: str | None,
    order: str | None,
    chart: str | None,
    flags: Flags,
) -> int:
    """Rank what helps CONCERN."""
    from decide.answers.ranking.rank import rank
    from decide.answers.ranking.without import rank_without
    from decide.answers.robustness.sureness import centroid_weights, other_methods, with_sureness

    catalog = flags.catalog
    problem, _ = flags.posed("best", (), [concern], subtype=subtype, budget=under, per=per, procedures=only)
    names = [name.strip() for name in order.split(",")] if order else None
    if names:
        problem = problem.weighing(centroid_weights(catalog, names, flags.changes))
    if without_interested:
        # what a seller asks is what a person pays: only what sellers say of effect and harm is left out
        ranking = rank_without(problem, catalog.interested() | frozenset(without), prices=True)
    elif without:
        ranking = rank_without(problem, frozenset(without))
    else:
        ranking = rank(problem)
    draws, seed = flags.draws, flags.seed
    if not flags.exact:
        detail = sure or plot == "tornado"
        ranking = with_sureness(catalog, ranking, draws=draws, seed=seed, order=names, working=detail)
    if methods:
        ranking = replace(ranking, methods=other_methods(catalog, ranking))
    if frontier:
        from decide.answers.robustness.frontier import frontier_of

        ranking = replace(ranking, frontier=frontier_of(catalog, ranking, draws=draws, seed=seed))
    if chart:
        _draw(plot or ("frontier" if frontier else "acceptability"), ranking, chart)
    flags.show(ranking, problem, everything=everything, details=details)
    return 0 if ranking.options else 1


@command()
@click.argument("procedures", nargs=-1, required=True, shell_complete=completes("procedures"))
@click.option(
    "--for", "concern", metavar="CONCERN", help="For what; without it, every concern that both have records for.",
    shell_complete=completes("concerns"),
)  # fmt: skip
@UNDER
@SUBTYPE
@takes(PERSON, PREFERENCES, ANSWER)
def compare(
    procedures: tuple[str, ...], concern: str | None, under: str | None, subtype: str | None, flags: Flags
) -> int:
    """Hold options, procedures or families against each other."""
    from decide.answers.comparison import compare as compared
    from decide.answers.comparison import shared_concerns
    from decide.question.names import option_named
    from decide.question.problem import Concern

    about = [concern] if concern else []
    problem, names = flags.posed("compare", procedures, about, subtype=subtype, budget=under)
    if problem.concerns:
        flags.show(compared(problem, names), problem)
        return 0
    shared = shared_concerns(flags.catalog, [str(option_named(flags.catalog, name)) for name in names])
    if not shared:
        raise InputError("no concern is known for which all of these have records", "name one with --for")
    flags.show([compared(problem.about(Concern(name)), names) for name in shared], problem)
    return 0


@command()
@click.argument("procedure", shell_complete=completes("procedures"))
@takes(PERSON, PREFERENCES, ANSWER)
def show(procedure: str, flags: Flags) -> None:
    """The card of a PROCEDURE (of each member, for a family)."""
    from decide.answers.card import cards

    problem, names = flags.posed("show", [procedure])
    flags.show([card for name in names for card in cards(problem, name)], problem)


@command()
@click.argument("option", nargs=-1, required=True, metavar="OPTION", shell_complete=completes("procedures"))
@click.option(
    "--for", "concern", metavar="CONCERN", help="For what, where OPTION does not say it.",
    shell_complete=completes("concerns"),
)  # fmt: skip
@UNDER
@SUBTYPE
@click.option("--chart", metavar="FILE", help="Also draw the forest plot into FILE (.svg, .png or .json).")
@takes(PERSON, PREFERENCES, ANSWER)
def why(
    option: tuple[str, ...],
    concern: str | None,
    under: str | None,
    subtype: str | None,
    chart: str | None,
    flags: Flags,
) -> None:
    """The chain of facts behind an OPTION: its name, its id, or its place in the ranking for CONCERN."""
    from decide.answers.why import why as explain

    asked = " ".join(option)
    if concern:
        problem, names = flags.posed("why", [asked], [concern], subtype=subtype, budget=under)
    else:
        from decide.question.reading import understand as read

        # "why microneedling for acne scars" says for what itself
        said = read(f"why {asked}", flags.catalog)
        problem, _ = flags.posed("why", (), (), said, subtype=subtype, budget=under)
        names = [*problem.request.procedures]
    if len(names) != 1 or not problem.concerns:
        raise InputError(f"why {asked!r:.80}: one option for one concern", "name the concern with --for")
    found = explain(problem, names[0])
    if chart:
        _draw("forest", found[0], chart)
    flags.show(found, problem)


@command()
@click.argument("procedure", shell_complete=completes("procedures"))
@click.option("--spend", metavar="SUM", help="The money at stake (default: what the procedure's own course costs).")
@click.option("--for", "concern", metavar="CONCERN", help="For one concern only.", shell_complete=completes("concerns"))
@takes(PERSON, PREFERENCES, ANSWER)
def instead(procedure: str, spend: str | None, concern: str | None, flags: Flags) -> int:
    """What the money for a PROCEDURE (or family) buys best elsewhere, concern by concern."""
    from decide.answers.instead import instead as elsewhere

    problem, names = flags.posed("instead", [procedure], [concern] if concern else [], budget=spend)
    if len(names) != 1:
        raise InputError(f"instead of {procedure!r:.80}: one procedure", "name one")
    found = elsewhere(problem, names[0])
    flags.show(found, problem)
    return 0 if found.rows else 1


def _draw(name: str, answer: "Ranking | Why", file: str) -> None:
    """Draw a chart of an answer into a file."""
    from decide.catalog.files import write_whole
    from decide.report.charts import file_of

    write_whole(Path(file), [file_of(name, answer, Path(file).suffix.lower())])
