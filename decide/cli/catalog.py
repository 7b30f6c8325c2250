"""The catalogue from the command line: what is in it, what is wrong with it, where it was read."""

from typing import Any

import click

from decide.catalog import load_catalog
from decide.cli.options import output_options
from decide.cli.output import write

folder_option = click.option(
    "--catalog", "folder", metavar="DIR", help="A folder of your own facts, laid over the catalogue."
)


class _Catalog(click.Group):
    """The group, with the curators' commands read only when they are used."""

    LATER = ("add", "diff")

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), *self.LATER]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.LATER:
            return super().get_command(ctx, cmd_name)
        from decide.cli import curate

        command: click.Command = getattr(curate, cmd_name)
        return command


@click.group(cls=_Catalog)
def catalog() -> None:
    """What the catalogue holds, what is wrong with it, and where it was read."""


@catalog.command()
@folder_option
@click.option("-o", "--output", "file", metavar="FILE", help="Write to FILE instead of the terminal.")
def check(folder: str | None, file: str | None) -> int:
    """Report every problem at once, each with file, table, entry and reason; exit status 2 if there is any."""
    from decide.catalog.check import check as find

    facts = load_catalog(folder)
    problems = find(facts)
    if not problems:
        write(f"{len(facts.files())} files, no problem.", file)
        return 0
    write("\n".join([*map(str, problems), f"{len(problems)} problem{'s' if len(problems) > 1 else ''}."]), file)
    return 2


@catalog.command("list")
@click.argument(
    "what",
    required=False,
    type=click.Choice(["procedures", "families", "concerns", "markets", "criteria", "profiles", "frameworks"]),
)
@folder_option
@output_options
def list_(what: str | None, folder: str | None, form: str, file: str | None) -> None:
    """What there is: procedures, families, concerns, markets, criteria, profiles and frameworks, or one of these."""
    from decide.catalog.inventory import inventory

    _records(inventory(load_catalog(folder), what), form, file)


@catalog.command()
@folder_option
@output_options
def sources(folder: str | None, form: str, file: str | None) -> None:
    """Every source: kind, year, how many facts lean on it, what it stands to gain, and its link."""
    from decide.catalog.inventory import source_records

    _records(source_records(load_catalog(folder)), form, file)


@catalog.command()
@folder_option
@output_options
def documents(folder: str | None, form: str, file: str | None) -> None:
    """The founding documents' comparisons, each beside what the engine says on the same money, and why."""
    from decide.answers.documents import documents as recompute
    from decide.report.formats import render

    write(render(recompute(load_catalog(folder)), form), file)


def _records(records: list[dict[str, Any]], form: str, file: str | None) -> None:
    from decide.report.tables import records_as

    write(records_as(records, form), file)
