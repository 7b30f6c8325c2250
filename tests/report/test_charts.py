"""Charts: one place says which draws what; each fits its width and has its words."""

import json
import re

import pytest

import decide
from decide.answers.robustness.frontier import frontier_of
from decide.answers.robustness.sureness import with_sureness
from decide.catalog import Catalog
from decide.errors import InputError
from decide.report.charts import CHARTS, NARROW, WIDE, chart, charts_of, file_of
from decide.report.charts.forest import forest_text
from decide.report.charts.rankings import AXIS, BUY, LINE, PALE
from decide.report.charts.vega import themed


@pytest.fixture(scope="module")
def answers(catalog: Catalog) -> dict[type, object]:
    from dataclasses import replace

    ranking = decide.rank("acne scars", budget=2000, draws=0, catalog=catalog)
    ranking = with_sureness(catalog, ranking, draws=300, working=True)
    ranking = replace(ranking, frontier=frontier_of(catalog, ranking, draws=100))
    why = decide.why("microneedling", "acne scars", catalog=catalog)[0]
    return {type(ranking): ranking, type(why): why}


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_chart_fits_its_width(name: str, width: int, answers: dict[type, object]) -> None:
    known = CHARTS[name]
    made = known.make(answers[known.of], width)
    assert made["width"] == width
    assert made["height"] > 100
    json.dumps(made)
    limit = 36 if width == WIDE else 20
    for value in made["data"]["values"]:
        for text in value.values():
            if isinstance(text, str) and name not in ("pairwise", "frontier"):
                assert max(map(len, text.split("\n"))) <= limit


@pytest.mark.parametrize("name", CHARTS)
def test_a_file_has_a_title(name: str, answers: dict[type, object]) -> None:
    made = json.loads(file_of(name, answers[CHARTS[name].of], ".json"))
    assert "acne scars" in made["title"]["text"].lower()


def test_what_a_page_shows_has_words(answers: dict[type, object]) -> None:
    shown = [found for answer in answers.values() for found in charts_of(answer)]
    assert [found.name for found in shown] == ["cost-benefit", "contributions", "acceptability", "forest"]
    for found in shown:
        assert len(found.says(answers[found.of])) > 40


def test_the_line_of_best_buys_is_the_rankings_own(answers: dict[type, object]) -> None:
    ranking = answers[CHARTS["cost-benefit"].of]
    made = CHARTS["cost-benefit"].make(ranking)
    joined = sorted((v["typical"], v["gain"]) for v in made["data"]["values"] if v["kind"] == BUY)
    assert len(joined) == len(ranking.best_buys) > 1  # type: ignore[attr-defined]
    assert [b for _, b in joined] == sorted(b for _, b in joined)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_name_stands_on_another_and_every_point_has_one(width: int, answers: dict[type, object]) -> None:
    ranking = answers[CHARTS["cost-benefit"].of]
    made = CHARTS["cost-benefit"].make(ranking, width)
    values = sorted(made["data"]["values"], key=lambda value: -value["at"])
    low, high = next(
        layer["encoding"]["y"]["scale"]["domain"] for layer in made["layer"] if "y" in layer.get("encoding", {})
    )
    line = (high - low) / (made["height"] - AXIS) * LINE
    high_of = [line * (value["name"].count("\n") + 1) / 2 for value in values]
    for k in range(1, len(values)):
        assert values[k - 1]["at"] - values[k]["at"] >= (high_of[k - 1] + high_of[k]) * 0.999
    assert all(low <= value["at"] <= high for value in values)
    names = {" ".join(value["name"].split()) for value in values}
    for row in ranking.options[:6]:  # type: ignore[attr-defined]
        assert any(name.startswith(f"{row.rank}. {row.option.name}") for name in names)
    assert "Doing nothing" in names


def test_what_only_costs_too_much_stands_beyond_the_edge_of_the_budget(answers: dict[type, object]) -> None:
    made = CHARTS["cost-benefit"].make(answers[CHARTS["cost-benefit"].of])
    assert "your budget $2,000" in json.dumps(made)
    beyond = [value["typical"] for value in made["data"]["values"] if value["kind"] == PALE]
    assert beyond
    assert min(beyond) > 2000 > max(v["typical"] for v in made["data"]["values"] if v["kind"] not in (PALE,)) - 1


def test_a_dark_ground_turns_the_scale_around(answers: dict[type, object]) -> None:
    def light(colour: str) -> int:
        return sum(int(colour[k : k + 2], 16) for k in (1, 3, 5))

    made = CHARTS["acceptability"].make(answers[CHARTS["acceptability"].of])
    scales = [themed(made, dark=dark)["encoding"]["color"]["scale"]["range"] for dark in (False, True)]
    shades = [[light(colour) for colour in scale] for scale in scales]
    assert shades[0] == sorted(shades[0])
    assert shades[1] == sorted(shades[1], reverse=True)
    # and no two things come to be of one colour
    for known in CHARTS.values():
        text = json.dumps(themed(known.make(answers[known.of]), dark=True))
        for scale in re.findall(r'"range": (\[("#\w{6}"(, )?)+\])', text):
            shades_of = json.loads(scale[0])
            assert len({*shades_of}) == len(shades_of)


@pytest.mark.parametrize("name", ["tornado", "acceptability", "pairwise", "frontier"])
def test_what_cannot_be_drawn_is_refused(name: str, catalog: Catalog) -> None:
    bare = decide.rank("acne scars", draws=0, catalog=catalog)
    with pytest.raises(InputError):
        CHARTS[name].make(bare)


def test_an_unknown_chart_is_refused(answers: dict[type, object]) -> None:
    for name in ("nonsense", "forest"):
        with pytest.raises(InputError, match="no chart is called"):
            chart(name, answers[CHARTS["tornado"].of])


def test_a_forest_in_characters_has_a_line_a_study(answers: dict[type, object]) -> None:
    why = answers[CHARTS["forest"].of]
    lines = forest_text(why, 5).splitlines()  # type: ignore[arg-type]
    assert len(lines) == 7
    assert lines[5].startswith("pooled")
    assert "█" in lines[5]
    # those with a control first; all others apart from them
    dots = ["●" if "●" in line else "○" if "○" in line else "" for line in lines[:5]]
    assert "" not in dots
    assert dots == sorted(dots, key="●○".index)
    # the line at no gain stands in one column
    assert len({line.index("│") for line in lines[:6] if "│" in line}) == 1
