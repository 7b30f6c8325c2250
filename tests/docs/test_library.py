"""The blocks of docs/library.md run as written, one after the other."""

import re
from pathlib import Path

import pytest

DOCUMENT = Path(__file__).parents[2] / "docs" / "library.md"


def blocks() -> list[tuple[int, str]]:
    """Each python block with the line on which it starts."""
    text = DOCUMENT.read_text("utf-8")
    return [
        (text.count("\n", 0, match.start(1)) + 1, match[1])
        for match in re.finditer(r"^```python\n(.*?)^```$", text, re.M | re.S)
    ]


def test_every_block_runs_after_the_ones_before(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {"__name__": "library"}
    found = blocks()
    assert len(found) >= 10
    for line, block in found:
        # empty lines put a failure at its place in the document
        exec(compile("\n" * (line - 1) + block, str(DOCUMENT), "exec"), names)
    out = capsys.readouterr().out
    assert "Acne scars" in out
    assert "above zero" in out, "the block about errors must show one"


def test_no_block_is_in_another_language_by_mistake() -> None:
    fences = re.findall(r"^```(\S*)", DOCUMENT.read_text("utf-8"), re.M)
    assert fences[::2] == ["python"] * len(blocks())
    assert set(fences[1::2]) == {""}


def test_the_head_of_the_page_leads_to_every_worked_example() -> None:
    examples = re.findall(r"\(#(\d-[\w-]+)\)", (DOCUMENT.parent / "researchers.md").read_text("utf-8"))
    head = DOCUMENT.read_text("utf-8").split("\n## ")[0]
    assert len(examples) == 5
    assert re.findall(r"\(researchers\.md#([\w-]+)\)", head) == examples
