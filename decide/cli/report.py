"""A report to print: one file that holds everything."""

import click

from decide.cli.options import FILE, PREFERENCES, Flags, takes
from decide.cli.output import write


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="QUESTION")
@takes((FILE,), PREFERENCES)
def report(words: tuple[str, ...], flags: Flags) -> int:
    """Answer QUESTION as one HTML file to read, print and take along; 'ask --format html' with the question on it."""
    from decide.answers.ask import answer
    from decide.question.reading import understand
    from decide.report.html import report as page

    text = " ".join(words)
    found = answer(flags.problem(understand(text, flags.catalog)))
    write(page(found, question=text), flags.file)
    return found.status
