"""Questions: ask, best, understand, compare, show, why."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from decide.answers.ranking.rank import rank_request
from decide.answers.ranking.result import Ranking
from decide.answers.ranking.without import rank_without
from decide.answers.robustness.sureness import centroid_weights, other_methods, with_sureness
from decide.catalog import Catalog
from decide.cli.options import (
    budget_amount,
    catalog_options,
    draw_options,
    output_options,
    person_options,
    settings_of,
    with_prices,
)
from decide.cli.output import write, write_whole
from decide.errors import InputError
from decide.question.problem import Settings, market_for
from decide.question.request import AskedConcern, Budget, Person, Request
from decide.result import Result


def render(answer: Result | Sequence[Result], form: str, *, everything: bool = False) -> str:
    """An answer (or several) in one of the formats."""
    from decide.report.formats import render as render_as

    return render_as(answer, form, everything=everything)


def _status(ranking: Ranking) -> int:
    return 0 if ranking.rows else 1


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="QUESTION")
@click.option("--all", "everything", is_flag=True, help="Show every option, not the first twelve.")
@draw_options
@catalog_options
@output_options
def ask(
    words: tuple[str, ...],
    everything: bool,
    draws: int,
    seed: int,
    exact: bool,
    market: str | None,
    quotes: tuple[str, ...],
    price_list: str | None,
    no_borrow: bool,
    profile: str | None,
    weights: tuple[str, ...],
    horizon: float | None,
    folder: str | None,
    form: str,
    file: str | None,
) -> int:
    """Answer a question in plain words."""
    from decide.answers.ask import answer
    from decide.question.reading import understand as read

    catalog, settings = settings_of(folder, market, quotes, price_list, no_borrow, profile, weights, horizon)
    request = read(" ".join(words), catalog)
    settings = with_prices(catalog, settings, market_for(catalog, request, settings), quotes, price_list)
    found = answer(catalog, request, settings, draws=0 if exact else draws, seed=seed)
    write(render(found, form, everything=everything), file)
    return found.status


@click.command()
@click.argument("question", metavar="TEXT")
@click.option("--catalog", "folder", metavar="DIR", help="A folder of your own facts, laid over the catalogue.")
@click.option("-o", "--output", "file", metavar="FILE", help="Write to FILE instead of the terminal.")
def understand(question: str, folder: str | None, file: str | None) -> None:
    """Show how a question is read, as JSON; nothing is computed."""
    import json

    from decide.catalog import load_catalog
    from decide.question.reading import understand as read

    request = read(question, load_catalog(folder))
    write(json.dumps(request.model_dump(mode="json"), indent=2, ensure_ascii=False), file)


@click.command()
@click.argument("concern")
@click.option("--under", "--budget", "under", metavar="SUM", help="Spend at most this, in all.")
@click.option(
    "--per", type=click.Choice(["course", "session", "month"]), default="course", help="What the budget is for."
)
@click.option("--subtype", metavar="KIND", help="Which kind, such as rolling or melasma.")
@click.option("--only", multiple=True, metavar="NAME", help="Consider only this procedure or family; may be repeated.")
@click.option("--all", "everything", is_flag=True, help="Show every option, not the first twelve.")
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
@draw_options
@person_options
@catalog_options
@output_options
def best(
    concern: str,
    under: str | None,
    per: Any,
    subtype: str | None,
    only: tuple[str, ...],
    everything: bool,
    without: tuple[str, ...],
    without_interested: bool,
    sure: bool,
    methods: bool,
    frontier: bool,
    plot: str | None,
    order: str | None,
    chart: str | None,
    draws: int,
    seed: int,
    exact: bool,
    **flags: Any,
) -> int:
    """Rank what helps CONCERN."""
    catalog, settings = _settings(flags)
    names = [name.strip() for name in order.split(",")] if order else None
    if names:
        settings = settings.model_copy(update={"weights": centroid_weights(catalog, names, settings.weights)})
    request = _request(catalog, concern, subtype, under, per, flags)
    request = request.model_copy(update={"procedures": tuple(_procedure(catalog, name) for name in only)})
    settings = _priced(catalog, request, settings, flags)
    if without_interested:
        # what a seller asks is what a person pays: only what sellers say of effect and harm is left out
        gone = catalog.interested() | frozenset(without)
        ranking = rank_without(catalog, gone, request, settings, prices=True)
    elif without:
        ranking = rank_without(catalog, frozenset(without), request, settings)
    else:
        ranking = rank_request(catalog, request, settings)
    if not exact:
        detail = sure or plot == "tornado"
        ranking = with_sureness(catalog, ranking, draws=draws, seed=seed, order=names, working=detail)
    if methods:
        ranking = replace(ranking, methods=other_methods(catalog, ranking))
    if frontier:
        from decide.answers.robustness.frontier import frontier_of

        view = frontier_of(catalog, ranking, draws=draws, seed=seed)
        ranking = replace(ranking, frontier=view)
    if chart:
        _draw(plot or ("frontier" if frontier else "acceptability"), ranking, chart)
    write(render(ranking, flags["form"], everything=everything), flags["file"])
    return _status(ranking)


@click.command()
@click.argument("procedures", nargs=-1, required=True)
@click.option(
    "--for", "concern", metavar="CONCERN", help="For what; without it, every concern that both have records for."
)
@click.option("--under", "--budget", "under", metavar="SUM", help="Spend at most this, in all.")
@click.option("--subtype", metavar="KIND", help="Which kind, such as rolling or melasma.")
@person_options
@catalog_options
@output_options
def compare(
    procedures: tuple[str, ...], concern: str | None, under: str | None, subtype: str | None, **flags: Any
) -> int:
    """Hold procedures or families against each other."""
    from decide.answers.comparison import compare_request, shared_concerns

    catalog, settings = _settings(flags)
    names = [_procedure(catalog, name) for name in procedures]
    concerns = [concern] if concern else shared_concerns(catalog, names)
    if not concerns:
        raise InputError("no concern is known for which all of these have records", "name one with --for")
    found = []
    for name in concerns:
        request = _request(catalog, name, subtype, under, "course", flags)
        found.append(compare_request(catalog, names, request, _priced(catalog, request, settings, flags)))
    write(render(found if len(found) > 1 else found[0], flags["form"]), flags["file"])
    return 0


@click.command()
@click.argument("procedure")
@catalog_options
@output_options
def show(procedure: str, **flags: Any) -> None:
    """The card of a PROCEDURE (of each member, for a family)."""
    from decide.answers.card import card

    catalog, settings = _settings(flags)
    settings = _priced(catalog, Request(), settings, flags)
    cards = [card(catalog, name, settings) for name in catalog.members(_procedure(catalog, procedure))]
    write(render(cards if len(cards) > 1 else cards[0], flags["form"]), flags["file"])


@click.command()
@click.argument("procedure")
@click.option("--for", "concern", required=True, metavar="CONCERN", help="For what.")
@click.option("--under", "--budget", "under", metavar="SUM", help="Spend at most this, in all.")
@click.option("--subtype", metavar="KIND", help="Which kind, such as rolling or melasma.")
@click.option("--chart", metavar="FILE", help="Also draw the forest plot into FILE (.svg, .png or .json).")
@person_options
@catalog_options
@output_options
def why(procedure: str, concern: str, under: str | None, subtype: str | None, chart: str | None, **flags: Any) -> None:
    """The chain of facts behind a PROCEDURE's place for a concern."""
    from decide.answers.why import why as explain

    catalog, settings = _settings(flags)
    request = _request(catalog, concern, subtype, under, "course", flags)
    found = explain(catalog, _procedure(catalog, procedure), request, _priced(catalog, request, settings, flags))
    if chart:
        _draw("forest", found[0], chart)
    write(render(found if len(found) > 1 else found[0], flags["form"]), flags["file"])


@click.command()
@click.argument("procedure")
@click.option("--spend", metavar="SUM", help="The money at stake (default: what the procedure's own course costs).")
@click.option("--for", "concern", metavar="CONCERN", help="For one concern only.")
@person_options
@catalog_options
@output_options
def instead(procedure: str, spend: str | None, concern: str | None, **flags: Any) -> int:
    """What the money for a PROCEDURE (or family) buys best elsewhere, concern by concern."""
    from decide.answers.instead import instead_request

    catalog, settings = _settings(flags)
    request = _request(catalog, concern, None, spend, "course", flags)
    money = float(request.budget.high) if request.budget and request.budget.high else None
    settings = _priced(catalog, request, settings, flags)
    found = instead_request(catalog, _procedure(catalog, procedure), request, settings, money)
    write(render(found, flags["form"]), flags["file"])
    return 0 if found.rows else 1


def _draw(name: str, answer: Result, file: str) -> None:
    from decide.report.charts import file_of

    write_whole(Path(file), file_of(name, answer, Path(file).suffix.lower()))


def _settings(flags: dict[str, Any]) -> tuple[Catalog, Settings]:
    keys = ("folder", "market", "quotes", "price_list", "no_borrow", "profile", "weights", "horizon")
    return settings_of(**{key: flags[key] for key in keys})


def _priced(catalog: Catalog, request: Request, settings: Settings, flags: dict[str, Any]) -> Settings:
    market = market_for(catalog, request, settings)
    return with_prices(catalog, settings, market, flags["quotes"], flags["price_list"])


def _procedure(catalog: Catalog, name: str) -> str:
    from decide.question.vocabulary import Vocabulary

    return Vocabulary.of(catalog).procedure(name)


def _request(
    catalog: Catalog, concern: str | None, subtype: str | None, under: str | None, per: Any, flags: dict[str, Any]
) -> Request:
    from decide.question.vocabulary import Vocabulary

    asked: tuple[AskedConcern, ...] = ()
    if concern is not None:
        identity, kind = Vocabulary.of(catalog).concern(concern)
        asked = (AskedConcern(id=identity, subtype=subtype or kind),)
    budget = None
    if under is not None:
        high, currency = budget_amount(catalog, under)
        budget = Budget(high=high, currency=currency, per=per)
    avoid = dict.fromkeys(flags["avoid"])
    if flags["at_home"]:
        avoid["clinic"] = None
    if flags["no_prescription"]:
        avoid["prescription"] = None
    return Request(
        intent="best",
        concerns=asked,
        budget=budget,
        person=Person(
            pregnant=flags["pregnant"] or None,
            trying_to_conceive=flags["trying_to_conceive"] or None,
            breast_feeding=flags["breast_feeding"] or None,
            skin_type=flags["skin_type"],
            age=flags["age"],
            sex=flags["sex"],
            conditions=tuple(dict.fromkeys(flags["conditions"])),
        ),
        avoid=tuple(avoid),
        exclude=tuple(_procedure(catalog, name) for name in flags["exclude"]),
        max_downtime_days=flags["max_downtime"],
    )
