"""What the documents name is there: modules and what is in them, files, and the places that links go to."""

import importlib
import re
from pathlib import Path

import pytest

from decide.catalog import Catalog

TREE = Path(__file__).parents[2]
DOCUMENTS = [
    *sorted((TREE / "docs").glob("*.md")),
    TREE / "README.md",
    TREE / "CONTRIBUTING.md",
    TREE / "catalog" / "README.md",
]
pages = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(TREE)))


def resolve(name: str) -> object:
    """What a dotted name stands for: the longest part that imports, then attributes."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError as error:
            if error.name is None or not name.startswith(error.name):
                raise
            continue
        for part in parts[end:]:
            found = getattr(found, part)
        return found
    raise ModuleNotFoundError(name)


@pages
def test_every_name_in_the_program_is_there(document: Path) -> None:
    lost = []
    for name in sorted(set(re.findall(r"\bdecide(?:\.[A-Za-z_]\w*)+", document.read_text("utf-8")))):
        try:
            resolve(name)
        except (AttributeError, ModuleNotFoundError):
            lost.append(name)
    assert lost == []


@pages
def test_every_file_and_folder_that_is_named_is_there(document: Path) -> None:
    # a name with a placeholder in it is a pattern, and no file
    named = re.findall(r"`((?:decide|docs|tests|catalog|benchmarks)/[\w./-]*)`", document.read_text("utf-8"))
    assert [name for name in sorted(set(named)) if not (TREE / name).exists()] == []


@pages
def test_every_link_goes_somewhere(document: Path) -> None:
    lost = []
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, heading = target.partition("#")
        path = (document.parent / file).resolve() if file else document
        if not path.exists() or (heading and heading not in headings(path)):
            lost.append(target)
    assert lost == []


def headings(path: Path) -> set[str]:
    """The anchors of a document's headings, as they are made where it is shown."""
    found = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in found}


def test_a_name_that_is_not_there_is_found_out() -> None:
    assert resolve("decide.catalog.Catalog.market") is Catalog.market
    for name in ("decide.nowhere", "decide.mcda.no_such_thing", "decide.catalog.Catalog.no_such_thing"):
        with pytest.raises((AttributeError, ModuleNotFoundError)):
            resolve(name)
