"""Tables, terminal and Markdown: what they do with any text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.report import markdown, terminal
from decide.report.blocks import Items, Table, Text, Title
from decide.report.tables import rows_as, table
from decide.report.words import TALK, plain

WORDS = st.lists(st.text(st.sampled_from("abcXYZ-£≈é0123456789"), min_size=1, max_size=24), min_size=0, max_size=8)
CELLS = WORDS.map(" ".join)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5), st.integers(60, 110))
def test_a_table_keeps_every_letter_and_fits_where_words_allow(rows: list[tuple[str, str, str]], width: int) -> None:
    text = table(rows, ["a", "b", "c"], width=width)
    for column in zip(*rows, strict=True):
        for cell in column:
            for letter in set(cell) - {" "}:
                assert letter in text
    assert max(map(len, text.splitlines())) <= max(width, 3 * 24 + 4)
    assert max(map(len, plain(text).splitlines())) <= max(width, 3 * 30 + 4) + 8


def test_columns_are_wrapped_only_where_they_must() -> None:
    rows = [("Microneedling + superficial peel", "$1,538 ($600–3,000)+", "15% (7–24)")]
    assert len(table(rows, ["option", "total", "better"], width=100).splitlines()) == 3
    narrow = table(rows * 3, ["option " * 9, "total", "better"], width=60)
    assert max(map(len, narrow.splitlines())) <= 60


def test_a_long_id_breaks_at_its_hyphens() -> None:
    text = table([("cachafeiro-2016-microneedling-against-laser", "x" * 50)], ["source", "figure"], width=70)
    first = [line.split()[0] for line in text.splitlines()[2:4]]
    assert all(part.endswith("-") for part in first[:1])
    assert "".join(first) == "cachafeiro-2016-microneedling-against-laser"


@pytest.mark.parametrize(
    "text", ["*bold* _it_ [a](b) `c` a|b ~d~ <b> & \\", "+ plus", "- minus", "# head", "1. one", "! [x]"]
)
def test_markdown_keeps_text_text(text: str) -> None:
    safe = markdown.safe(text)
    for sign in "*_[]`|~<>":
        assert not re.search(rf"(?<!\\){re.escape(sign)}", safe), safe
    assert not re.match(r"[+#-]\s|\d+\.\s", safe)


BLOCKS = [
    Title("Head"), Text(("One.", "Two.")), Table(("a", "b"), (("1", "2"),)), Items("List", ("x", "y")),
    Title("Part", 2),
]  # fmt: skip


def test_the_same_blocks_in_both() -> None:
    shown = terminal.written(BLOCKS)
    marked = markdown.written(BLOCKS)
    for text in (shown, marked):
        assert text.endswith(TALK)
        assert re.search(r"Head.*One\..*Two\..*List.*x.*y.*Part", text, re.DOTALL)
    assert "| 1 | 2 |" in marked
    assert marked.startswith("# Head\n\nOne.\n\nTwo.")
    assert "One.\nTwo." in shown
    assert "  x\n  y" in shown


def test_records_in_every_form() -> None:
    records = [{"a": 1, "b": None}, {"a": 2, "c": "<x>|y"}]
    assert rows_as(records, "csv").splitlines() == ["a,b,c", "1,,", "2,,<x>|y"]
    assert rows_as(records, "json").startswith("[")
    assert rows_as(records, "markdown").startswith("|")
    page = rows_as(records, "html")
    assert "&lt;x&gt;|y" in page
    assert "<x>" not in page
