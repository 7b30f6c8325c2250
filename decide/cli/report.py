"""A report to print: one file that holds everything."""

import click

from decide.cli.options import catalog_options, settings_of, with_prices
from decide.cli.output import write


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="QUESTION")
@click.option("-o", "--output", "file", metavar="FILE", help="Write to FILE instead of the terminal.")
@catalog_options
def report(
    words: tuple[str, ...],
    file: str | None,
    market: str | None,
    quotes: tuple[str, ...],
    price_list: str | None,
    no_borrow: bool,
    profile: str | None,
    weights: tuple[str, ...],
    horizon: float | None,
    folder: str | None,
) -> int:
    """Answer QUESTION as one HTML file to read, print and take along; 'ask --format html' with the question on it."""
    from decide.answers.ask import answer
    from decide.question.problem import market_for
    from decide.question.reading import understand
    from decide.report.html import report as page

    catalog, settings = settings_of(folder, market, quotes, price_list, no_borrow, profile, weights, horizon)
    text = " ".join(words)
    request = understand(text, catalog)
    settings = with_prices(catalog, settings, market_for(catalog, request, settings), quotes, price_list)
    found = answer(catalog, request, settings)
    write(page(found, question=text), file)
    return found.status
