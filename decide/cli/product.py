"""Products: hold a description against the frameworks, or write an empty one."""

import click

from decide.cli.draft import FORCE, put
from decide.cli.options import FILE, FOLDER, Flags, takes

DESCRIPTION = click.argument("description", metavar="FILE")
FRAMEWORKS = click.option(
    "--framework", "frameworks", multiple=True, metavar="ID", help="Only this framework; may be repeated."
)
FORMAT = click.option(
    "--format", "form", type=click.Choice(["table", "json", "markdown"]), default="table", show_default=True,
    help="How to show the answer.",
)  # fmt: skip


@click.group()
def product() -> None:
    """Is what is said of a product, a study or a body of evidence documented, claimed without proof, or missing?"""


@product.command()
@takes((DESCRIPTION, FRAMEWORKS, FOLDER, FORMAT, FILE))
def check(description: str, frameworks: tuple[str, ...], flags: Flags) -> None:
    """Hold FILE (TOML or JSON) against the frameworks for what it describes.

    A [product] is held against the five criteria, the shopping list and defensible use. A [study] is held against a
    trial that could settle the matter. A list of [[study]] parts is sorted into layers.
    """
    from decide.product import check_file

    flags.show(check_file(flags.catalog, description, frameworks))


@product.command()
@takes((DESCRIPTION, FRAMEWORKS, FOLDER, FORCE))
def new(description: str, frameworks: tuple[str, ...], force: bool, flags: Flags) -> None:
    """Write an empty description to FILE, with what each line means (as JSON, without, for a .json file)."""
    from decide.product import template

    form = "json" if description.lower().endswith(".json") else "toml"
    text = template(flags.catalog, frameworks, form)
    put(description, text, force, f"Fill it in, then: decide product check {description}")
