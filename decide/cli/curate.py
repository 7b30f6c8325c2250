"""For curators: `catalog diff` and `catalog add`."""

import json
from pathlib import Path
from typing import Any

import click

from decide.catalog.catalog import Catalog, shipped_root
from decide.cli.options import OUTPUT, Flags, takes
from decide.cli.output import write
from decide.errors import InputError

KINDS = ("study", "price", "practice", "procedure")


@click.command()
@click.argument("place", metavar="DIR")
@click.option("--all", "everything", is_flag=True, help="List every change, not the first of each kind.")
@takes(OUTPUT)
def diff(place: str, everything: bool, flags: Flags) -> None:
    """What the facts in DIR change in the answers: first places that move, then options, ranks, benefits and totals.

    The catalogue that ships is held against the same with DIR laid over it, for every concern and market at default
    settings.
    """
    from decide.curate import moves

    path = Path(place)
    if not path.is_dir():
        raise InputError(f"{place}: not a folder of facts", "a catalogue is a folder of .toml files")
    root = shipped_root()
    found = moves(Catalog(root), Catalog(root, (path,)), ("the catalogue as it ships", f"with {place}"))
    write(_moves(found, flags.form, everything), flags.file)


def _moves(found: Any, form: str, everything: bool = False) -> str:
    from decide.curate.text import moves_text
    from decide.report.tables import rows_as

    if form == "json":
        return json.dumps(found.to_dict(), indent=2, ensure_ascii=False)
    if form == "table":
        return moves_text(found, None) if everything else moves_text(found)
    return rows_as(found.records(), form)


@click.command()
@click.argument("kind", required=False, type=click.Choice(KINDS))
@click.option("--to", "place", required=True, metavar="DIR", help="The folder of your own facts; made if missing.")
@click.option("--from", "source_file", metavar="FILE", help="Take the facts from FILE (TOML tables); ask nothing.")
@click.option("--dry-run", is_flag=True, help="Check the facts and show what they move; write nothing.")
@takes(OUTPUT)
def add(kind: str | None, place: str, source_file: str | None, dry_run: bool, flags: Flags) -> int:
    """Add a study, a price, a practice fact or a procedure to a folder of your own, and see what it moves.

    Without --from it asks for each part in turn. The whole folder is checked first: with any problem, all are shown
    and nothing is written. What is added goes into a new file; nothing that is there is touched.
    """
    from decide.curate.adding import plan, text_of, write_addition

    if source_file:
        if kind:
            raise InputError(f"{kind!r} and --from: give one", "--from takes any tables")
        text, name = text_of(source_file), Path(source_file).stem
    else:
        from decide.cli.guided import guided

        text, name = guided(Catalog(shipped_root(), (Path(place),) if Path(place).is_dir() else ()), kind)
    addition = plan(text, Path(place), name)
    if addition.problems:
        number = (
            f"{len(addition.problems)} problem{'s' if len(addition.problems) > 1 else ''}; {addition.path} not written."
        )
        click.echo("\n".join([*addition.problems, number]), err=True)
        return 2
    if not dry_run:
        write_addition(addition)
    assert addition.moves is not None
    if flags.form != "table":
        write(_moves(addition.moves, flags.form), flags.file)
        return 0
    facts = ", ".join(f"{n} {table}" for table, n in addition.facts.items())
    done = "would be written" if dry_run else "written"
    write(f"{addition.path}: {done} ({facts}).\n\n{_moves(addition.moves, flags.form)}", flags.file)
    return 0
