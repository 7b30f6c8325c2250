"""Products: hold a description against the frameworks, or write an empty one."""

from pathlib import Path

import click

from decide.catalog import load_catalog
from decide.catalog.files import write_whole
from decide.cli.output import write
from decide.errors import InputError

framework_option = click.option(
    "--framework", "frameworks", multiple=True, metavar="ID", help="Only this framework; may be repeated."
)
folder_option = click.option(
    "--catalog", "folder", metavar="DIR", help="A folder of your own facts, laid over the catalogue."
)


@click.group()
def product() -> None:
    """Is what is said of a product, a study or a body of evidence documented, claimed without proof, or missing?"""


@product.command()
@click.argument("description", metavar="FILE")
@framework_option
@folder_option
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "markdown"]), default="table", show_default=True,
    help="How to show the answer.",
)  # fmt: skip
@click.option("-o", "--output", "file", metavar="FILE", help="Write to FILE instead of the terminal.")
def check(description: str, frameworks: tuple[str, ...], folder: str | None, form: str, file: str | None) -> None:
    """Hold FILE (TOML or JSON) against the frameworks for what it describes.

    A [product] is held against the five criteria, the shopping list and defensible use. A [study] is held against a
    trial that could settle the matter. A list of [[study]] parts is sorted into layers.
    """
    from decide.product import check_file
    from decide.report.formats import render

    write(render(check_file(load_catalog(folder), description, frameworks), form), file)


@product.command()
@click.argument("description", metavar="FILE")
@framework_option
@folder_option
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def new(description: str, frameworks: tuple[str, ...], folder: str | None, force: bool) -> None:
    """Write an empty description to FILE, with what each line means (as JSON, without, for a .json file)."""
    from decide.product import template

    form = "json" if description.lower().endswith(".json") else "toml"
    text = template(load_catalog(folder), frameworks, form)
    if description == "-":
        write(text)
        return
    path = Path(description)
    if path.exists() and not force:
        raise InputError(f"{description}: is already there", "--force writes over it")
    write_whole(path, [text.encode("utf-8")])
    write(f"{description}: written. Fill it in, then: decide product check {description}")
