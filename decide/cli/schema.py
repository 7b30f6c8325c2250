"""The shape of answers as JSON."""

import json

import click

from decide.cli.options import FILE, Flags, takes
from decide.cli.output import write


@click.command()
@click.option("--batch", is_flag=True, help="Of a line that 'decide batch' writes.")
@takes((FILE,))
def schema(batch: bool, flags: Flags) -> None:
    """The JSON schema of what every command writes with --json. docs/json.md tells it in words."""
    from decide.report.schema import Document, Line
    from decide.report.schema import schema as of

    write(json.dumps(of(Line if batch else Document), indent=2, ensure_ascii=False), flags.file)
