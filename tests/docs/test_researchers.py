"""The worked examples for researchers run as they stand, and print what the page says they print."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import decide
from decide.synthesis.comparisons import league_table, rank_probabilities, sucra
from decide.synthesis.plots import forest_plot, league_plot
from tests.synthesis import senn
from tests.synthesis.test_comparisons import RANDOM, TAU2

PAGE = Path(__file__).parents[2] / "docs" / "researchers.md"
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
LONGEST = 10


def sections() -> list[str]:
    return re.split(r"^## (?=\d)", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]


def files(section: str) -> Iterator[tuple[str, str]]:
    """The files a section shows: the last name in backticks before a block of data."""
    for block in BLOCK.finditer(section):
        if block[1] in ("csv", "toml"):
            yield re.findall(r"`([\w/-]+\.\w+)`", section[: block.start()])[-1], block[2]


@pytest.fixture(params=range(5), ids=lambda i: f"example {i + 1}")
def section(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    text = sections()[request.param]
    for name, content in files(text):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return text


def test_an_example_runs_in_ten_lines_and_prints_what_is_shown(
    section: str, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = BLOCK.findall(section)
    code, *more = (block for language, block in blocks if language == "python")
    shown = [block for language, block in blocks if language == "text"]
    assert len([line for line in code.splitlines() if line.strip()]) <= LONGEST
    names: dict[str, object] = {}
    exec(compile(code, str(PAGE), "exec"), names)
    printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert printed
    if shown:
        assert printed == [line.rstrip() for line in shown[0].splitlines()]
    for block in more:
        exec(compile(block, str(PAGE), "exec"), names)
        assert capsys.readouterr().out


def test_there_are_five_and_four_of_them_show_what_they_print() -> None:
    assert len(sections()) == 5
    assert PAGE.read_text(encoding="utf-8").count("```text") == 4


def test_the_scores_that_are_shown_are_netmetas() -> None:
    (shown,) = (block for language, block in BLOCK.findall(sections()[0]) if language == "text")
    told = {line.split()[0]: float(line.split()[1]) for line in shown.splitlines() if len(line.split()) == 2}
    assert told == {**RANDOM, "τ²": round(TAU2, 4)}


def test_the_table_that_is_shown_is_netmetas() -> None:
    ((_, content),) = files(sections()[0])
    rows = [line.split(",") for line in content.splitlines()[1:]]
    published = zip(senn.STUDY, senn.TREATMENT, senn.COMPARATOR, strict=True)
    assert [tuple(row[:3]) for row in rows] == list(published)
    assert [float(row[3]) for row in rows] == senn.DIFFERENCE
    assert [float(row[4]) ** 2 for row in rows] == senn.VARIANCE


def test_the_facts_of_example_five_are_used(tmp_path: Path) -> None:
    for name, content in files(sections()[4]):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    catalog = decide.load_catalog(tmp_path / "my-facts")
    assert "my-clinic-2026" in [price.source for price in catalog.prices("us")["microneedling"]]
    own = decide.rank("acne scars", budget=2000, market="us", catalog=catalog)
    shipped = decide.rank("acne scars", budget=2000, market="us")
    assert own["microneedling"]["cost"].low < shipped["microneedling"]["cost"].low


def test_the_other_calls_the_page_names_do_what_it_says() -> None:
    text = PAGE.read_text(encoding="utf-8")
    league = league_table(*senn.estimates(), senn.NAMES)
    assert forest_plot(*league.against("plac"))["data"]["values"]
    assert league_plot(league)["data"]["values"]
    assert sucra(rank_probabilities([[1.0, 2.0], [2.0, 1.0]])).tolist() == [0.5, 0.5]
    for name in ("forest_plot(*league.against(", "league_plot(league)", "rank_probabilities(", "sucra"):
        assert name in text
    for name in re.findall(r"`(?:mcda|economics)\.(\w+)", text):
        assert hasattr(decide.mcda, name) or hasattr(decide.economics, name)
