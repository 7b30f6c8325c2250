"""For curators: `catalog diff` and `catalog add`."""

from pathlib import Path

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
    found = moves(Catalog(root), Catalog(root, (path,)), ("the catalogue as it ships", f"the same with {place}"))
    flags.show(found, everything=everything)


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
    from decide.catalog.text import text_of
    from decide.curate.adding import plan, write_addition

    if source_file:
        if kind:
            raise InputError(f"{kind!r} and --from: give one", "--from takes any tables")
        text = text_of(source_file, "a file of facts", hint="--from takes a file of TOML tables")
        name = Path(source_file).stem
    else:
        from decide.cli.guided import guided

        text, name = guided(Catalog(shipped_root(), (Path(place),) if Path(place).is_dir() else ()), kind)
    addition = plan(text, Path(place), name)
    if addition.problems:
        number = len(addition.problems)
        end = f"{number} problem{'s' * (number > 1)}; {addition.path} not written."
        click.echo("\n".join([*addition.problems, end]), err=True)
        return 2
    if not dry_run:
        write_addition(addition)
    assert addition.moves is not None
    facts = ", ".join(f"{n} {table}" for table, n in addition.facts.items())
    head = f"{addition.path}: {'would be written' if dry_run else 'written'} ({facts}).\n"
    if flags.form == "table" and not flags.file:
        write(head)
    flags.show(addition.moves)
    return 0
