"""Writes the pages that come from the program itself: the command reference, what the order rests on, what the mending
of the facts changed, what moves no figure, how far published orders agree, and the
figures in catalog/README.md.

python docs/generate.py            write them
python docs/generate.py --check    exit 1, with one line, if any of them is stale

Some take minutes, for every constant is tried on every concern. So what they were made from, and what was made, is kept
as a digest beside them: while neither has changed since, nothing is made again.
"""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import click

DOCS = Path(__file__).resolve().parent
README = "../catalog/README.md"
MADE_FROM = DOCS / "made-from.txt"
WIDTH = 100
HEAD = """# Commands

Every command with its help text, as the program prints it. Written by `python docs/generate.py`; do not edit.
"""


def walk(command: click.Command, name: str, parent: click.Context | None = None) -> Iterator[click.Context]:
    """A context of fixed width for a command and then, in their own order, for every command below it."""
    context = click.Context(
        command, parent=parent, info_name=name, terminal_width=WIDTH, **dict(command.context_settings)
    )
    yield context
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None and not found.hidden:
                yield from walk(found, child, context)


def commands_page(cli: click.Command) -> str:
    """docs/commands.md: the help text of every command."""
    parts = [HEAD]
    for context in walk(cli, "decide"):
        text = "\n".join(line.rstrip() for line in context.get_help().splitlines())
        parts.append(f"## {context.command_path}\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


PAGES = (
    "commands.md", "sensitivity.md", "handling.md", "cuts.md",
    "consistency.md", "first-places.md", "left-out.md", "agreement.md", README,
)  # fmt: skip


def pages() -> dict[str, str]:
    """Every generated page by its place, from the program beside this folder and the catalogue as it ships."""
    sys.path.insert(0, str(DOCS.parent))
    from decide.catalog.catalog import Catalog, shipped_root
    from decide.cli.main import cli
    from docs.agreement import agreement_page
    from docs.figures import left_out_page, with_figures
    from docs.places import places_page
    from docs.robustness_pages import consistency_page, constants_page, cuts_page, handling_page

    catalog = Catalog(shipped_root())
    readme = (DOCS / README).read_text("utf-8")
    made = (
        commands_page(cli), constants_page(catalog), handling_page(catalog), cuts_page(catalog),
        consistency_page(catalog), places_page(catalog), left_out_page(catalog),
        agreement_page(catalog), with_figures(readme, catalog),
    )  # fmt: skip
    return dict(zip(PAGES, made, strict=True))


def digest() -> str:
    """Of the facts, the program, what makes the pages, and the pages as they stand."""
    root, found = DOCS.parent, hashlib.sha256()
    sources = [*root.glob("catalog/**/*.toml"), *root.glob("decide/**/*.*"), *DOCS.glob("*.py"), *DOCS.glob("*.toml")]
    for path in (*sorted(sources), *(DOCS / name for name in PAGES)):
        if "__pycache__" not in path.parts and path.is_file():
            found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest() + "\n"


def main(arguments: list[str]) -> int:
    """Write the pages, or say which are stale."""
    if arguments not in ([], ["--check"]):
        sys.stderr.write("usage: python docs/generate.py [--check]\n")
        return 2
    if arguments and MADE_FROM.exists() and MADE_FROM.read_text("utf-8") == digest():
        return 0
    stale = []
    for name, text in pages().items():
        page = DOCS / name
        if not arguments:
            page.write_text(text, encoding="utf-8")
        elif not page.exists() or page.read_text(encoding="utf-8") != text:
            stale.append(name)
    if not arguments:
        MADE_FROM.write_text(digest(), encoding="utf-8")
    if stale:
        sys.stderr.write(f"stale: {', '.join(stale)} in docs/; run python docs/generate.py\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
