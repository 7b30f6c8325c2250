"""Options side by side and doing nothing: a person's questions as rows, and only what is clearly better is marked."""

import re

import pytest

import decide
from decide.answers.comparison import Comparison
from decide.catalog import Catalog
from decide.report.formats import render, text
from decide.report.terminal import Screen
from decide.report.views.comparison import comparison_view
from decide.report.views.grid import SideBySide
from decide.report.words import BETTER

PAIRS = (
    (("subcision", "microneedling"), "acne scars"),
    (("tretinoin", "fraxel"), "wrinkles"),
    (("tretinoin", "vitamin c serum", "ipl"), "sun damage"),
    (("finasteride", "prp", "low-level light"), "hair loss"),
    (("azelaic acid", "ivermectin cream"), "redness"),
)


@pytest.fixture(params=PAIRS, ids=lambda pair: pair[1])
def found(request: pytest.FixtureRequest, catalog: Catalog) -> Comparison:
    names, concern = request.param
    return decide.compare(names, concern, catalog=catalog)


def sides(found: Comparison) -> SideBySide:
    view = comparison_view(found).sides
    assert view is not None
    return view


def marked(view: SideBySide, label: str) -> list[int]:
    cells = dict(view.rows)[label]
    return [k for k, cell in enumerate(cells) if cell.startswith(BETTER)]


def test_doing_nothing_stands_last_and_every_row_is_a_persons_question(found: Comparison) -> None:
    view = sides(found)
    assert view.names[-1] == "Doing nothing"
    assert [label for label, _ in view.rows] == [
        "What happens", "How many it helps", "In all", "Visits, days off", "What can go wrong", "The gravest",
        "How sure", "How long it lasts", "Speed", "If I do nothing",
    ]  # fmt: skip
    assert {len(cells) for _, cells in view.rows} == {len(view.names)}
    assert dict(view.rows)["If I do nothing"][-1]


def test_at_most_one_option_is_marked_in_a_row_and_never_doing_nothing(found: Comparison) -> None:
    view = sides(found)
    for label, _ in view.rows:
        assert len(marked(view, label)) <= 1
        assert len(view.names) - 1 not in marked(view, label)
    assert bool(view.key) is any(marked(view, label) for label, _ in view.rows)


def test_only_what_is_clearly_better_is_marked(found: Comparison) -> None:
    view, rows = sides(found), [side.row for side in found.sides if side.row is not None]
    for best in marked(view, "In all"):
        others = [row["cost"].typical for k, row in enumerate(rows) if k != best]
        assert rows[best]["cost"].typical <= found.ranking.catalog.constant("clearly-less") * min(others)
    for best in marked(view, "How many it helps"):
        assert rows[best]["benefit"].low > max(row["benefit"].typical for k, row in enumerate(rows) if k != best)
    for best in marked(view, "How sure"):
        assert rows[best].stars > max(row.stars for k, row in enumerate(rows) if k != best)
    for best in marked(view, "What can go wrong"):
        assert all(row["risk"].known for row in rows)
        assert rows[best]["risk"].typical == min(row["risk"].typical for row in rows)


def test_a_pair_that_is_too_close_to_call_has_no_better_gain(catalog: Catalog) -> None:
    found = decide.compare(["tretinoin", "fraxel"], "wrinkles", catalog=catalog)
    assert found.pairs[0].verdict == "too close"
    assert marked(sides(found), "How many it helps") == []


def test_every_face_shows_the_same_cells(found: Comparison) -> None:
    view = sides(found)
    said = {
        "terminal": text(found, screen=Screen(100)), "markdown": render(found, "markdown"),
        "report": re.sub("<[^>]+>", " ", render(found, "html")).replace("&#39;", "'"),
    }  # fmt: skip
    for face, whole in said.items():
        words = set(re.sub(r"[|\n]", " ", whole).split())
        for label, cells in view.rows:
            for cell in cells:
                assert set(cell.split()) <= words, (face, label)


@pytest.mark.parametrize("width", [60, 80, 100])
def test_it_fits_the_screen(found: Comparison, width: int) -> None:
    lines = text(found, screen=Screen(width)).splitlines()
    assert max(map(len, lines)) <= width


@pytest.mark.parametrize(
    "question", ["botox or filler", "microneedling or ipl", "minoxidil or finasteride for hair loss"]
)
def test_either_has_its_column_and_a_verdict_stands_first(question: str, catalog: Catalog) -> None:
    """Also without a concern, a price or a figure: what is not known is told as such."""
    for part in decide.ask(question, catalog=catalog).parts:
        assert isinstance(part, Comparison)
        view = comparison_view(part)
        assert view.verdict
        assert set(view.sides.names) == {*(side.name for side in part.sides), "Doing nothing"}
        first = " ".join(str(part).split("\n\n")[1].split())
        assert first.startswith(view.verdict[0][:60])
        assert all(len(cells) == len(view.sides.names) for _, cells in view.sides.rows)


def test_the_concern_in_which_both_have_figures_comes_first(catalog: Catalog) -> None:
    parts = decide.ask("microneedling or ipl", catalog=catalog).parts
    known = [sum(side.row is not None for side in part.sides) for part in parts if isinstance(part, Comparison)]
    assert known == sorted(known, reverse=True)
    assert known[0] == 2
