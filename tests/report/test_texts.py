"""Tables, terminal and Markdown: what they do with any text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import decide
from decide.report import FORMATS, markdown, terminal
from decide.report.blocks import Items, Table, Text, Title
from decide.report.formats import render, written
from decide.report.html import report
from decide.report.tables import rows_as, table
from decide.report.words import TALK

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


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("ascii_", [False, True])
def test_columns_stand_under_their_heads_in_any_terminal(width: int, ascii_: bool) -> None:
    block = Table(("option", "total", "proof"), (("A", "≈£94 (£18–420)", "★★☆☆☆"), ("B" * 12, "€5", "★☆☆☆☆")))
    lines = terminal.written([block], terminal.Screen(width, ascii_)).split("\n\n")[0].splitlines()
    rule = lines[1]
    starts = [m.start() for m in re.finditer(r"(?<![^ ])-", rule)]
    assert len(starts) == 3
    for line in (lines[0], *lines[2:]):
        assert all(line[start - 1] == " " and line[start] != " " for start in starts[1:])
    assert all(line.isascii() for line in lines) == ascii_
    assert ("~~GBP 94" in "\n".join(lines)) == ascii_


@pytest.mark.parametrize("question", ["tell me about tretinoin", "best for acne scars", "why subcision for acne scars"])
def test_no_heading_stands_twice(question: str) -> None:
    answer = decide.ask(question, draws=0)
    for shown in (str(answer), written(answer), report(answer, draw=lambda _: b"<svg ></svg>")):
        assert shown.count(f">{answer.restated}</h") <= 1
        lines = [line.lstrip("# ") for line in shown.splitlines()]
        assert lines.count(answer.restated) <= 1


def test_a_format_is_a_function_and_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a new one takes: an entry of the table; the command line offers what stands there."""
    monkeypatch.setitem(FORMATS, "names", "tests.report.test_texts:as_names")
    ranking = decide.rank("acne scars", draws=0)
    assert render(ranking, "names").splitlines()[0] == ranking.rows[0].option.name


def as_names(answer: decide.Ranking, most: int | None, screen: terminal.Screen) -> str:
    return "\n".join(row.option.name for row in answer)
