"""The catalogue from the command line: what is in it, what is wrong with it, where it was read."""

from typing import Any

import click

from decide.cli.options import FILE, FOLDER, OUTPUT, Flags, takes
from decide.cli.output import write


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
@click.option("--holes", is_flag=True, help="List what the catalogue ought to say and does not, which is no error.")
@takes((FOLDER, FILE))
def check(flags: Flags, holes: bool) -> int:
    """Report every problem at once, each with file, table, entry and reason; exit status 2 if there is any."""
    if holes:
        from decide.catalog.holes import as_text
        from decide.catalog.holes import holes as missing

        write(as_text(missing(flags.catalog)), flags.file)
        return 0
    from decide.catalog.check import check as find
    from decide.criteria.registry import GUESSED

    problems = find(flags.catalog, GUESSED)
    if not problems:
        write(f"{len(flags.catalog.files())} files, no problem.", flags.file)
        return 0
    write("\n".join([*map(str, problems), f"{len(problems)} problem{'s' if len(problems) > 1 else ''}."]), flags.file)
    return 2


@catalog.command("list")
@click.argument(
    "what",
    required=False,
    type=click.Choice(
        ["procedures", "families", "concerns", "markets", "criteria", "profiles", "conditions", "avoid", "frameworks"]
    ),
)
@takes((FOLDER,), OUTPUT)
def list_(what: str | None, flags: Flags) -> None:
    """What there is: procedures, families, concerns, markets, criteria, profiles, conditions …, or one of these."""
    from decide.catalog.inventory import inventory

    _records(inventory(flags.catalog, what), flags)


@catalog.command()
@takes((FOLDER,), OUTPUT)
def sources(flags: Flags) -> None:
    """Every source: kind, year, how many facts lean on it, what it stands to gain, and its link."""
    from decide.catalog.inventory import source_records

    _records(source_records(flags.catalog), flags)


@catalog.command()
@takes((FOLDER,), OUTPUT)
def documents(flags: Flags) -> None:
    """The founding documents' comparisons, each beside what the engine says on the same money, and why."""
    from decide.answers.documents import documents as recompute

    flags.show(recompute(flags.problem()))


def _records(records: list[dict[str, Any]], flags: Flags) -> None:
    from decide.report.tables import records_as

    write(records_as(records, flags.form), flags.file)
