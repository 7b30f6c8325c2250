"""What the catalogue leans on."""

from typing import get_args

import click

from decide.catalog.models import Source
from decide.cli.options import FOLDER, OUTPUT, Flags, takes
from decide.cli.output import write

KINDS = get_args(Source.model_fields["kind"].annotation)


@click.command()
@click.option("--kind", type=click.Choice(KINDS), metavar="KIND", help=f"Only this kind: {', '.join(KINDS)}.")
@click.option("--interested", is_flag=True, help="Only those who stand to gain from what they praise.")
@click.option("--stale", is_flag=True, help="List the prices that are older than the catalogue allows.")
@click.option("--thin", is_flag=True, help="List the treatments whose price in a market one source alone tells.")
@click.option("--all", "everything", is_flag=True, help="Show every source, not the first five of each kind.")
@takes((FOLDER,), OUTPUT)
def sources(kind: str | None, interested: bool, stale: bool, thin: bool, everything: bool, flags: Flags) -> None:
    """What the catalogue leans on: sources by kind, what they stand to gain, and how many facts come from each.

    Facts count a study's every figure. Shares are of all facts that name a source.
    """
    from decide.answers.leaning import leaning
    from decide.report.sources import render

    found = leaning(flags.catalog, kind, interested)
    write(render(found, flags.form, stale=stale, thin=thin, everything=everything), flags.file)
