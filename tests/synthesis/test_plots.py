"""Plots are specifications that a renderer draws, and say what the numbers say."""

import json

import numpy as np
import pytest

from decide.errors import InputError
from decide.synthesis.comparisons import league_table, p_scores
from decide.synthesis.plots import forest_plot, league_plot
from tests.synthesis import senn


def drawn(plot: dict[str, object]) -> str:
    vl_convert = pytest.importorskip("vl_convert")
    return str(vl_convert.vegalite_to_svg(json.dumps(plot)))


def test_a_forest_of_senn_shows_every_drug_in_order_with_its_interval() -> None:
    mean, covariance = senn.estimates()
    league = league_table(mean, covariance, senn.NAMES).ordered(p_scores(mean, covariance, smaller_is_better=True))
    plot = forest_plot(*league.against("plac"), title="HbA1c against placebo, %")
    assert [row["name"] for row in plot["data"]["values"]] == [name for name in league.names if name != "plac"]
    svg = drawn(plot)
    for text in ("rosi", "sulf", "HbA1c against placebo, %", "-1.20 (-1.30 to -1.11)"):
        assert text in svg
    assert svg.index(">rosi<") < svg.index(">sulf<")


def test_a_league_of_senn_shows_every_comparison() -> None:
    league = league_table(*senn.estimates(), senn.NAMES)
    plot = league_plot(league)
    values = {(row["row"], row["column"]): row for row in plot["data"]["values"]}
    assert len(values) == 100
    assert values["rosi", "plac"]["label"] == "-1.20\n(-1.30 to -1.11)"
    assert values["rosi", "plac"]["sure"] == -4
    assert values["plac", "rosi"]["sure"] == 4
    assert values["rosi", "rosi"]["label"] == "rosi"
    assert values["rosi", "rosi"]["sure"] == 0
    svg = drawn(plot)
    assert "(-1.30 to -1.11)" in svg
    assert svg.count("vild") >= 3  # a row, a column, a name on the diagonal


def test_differences_without_spread_are_drawn_too() -> None:
    plot = league_plot(league_table([0, 1], np.zeros((2, 2))))
    assert {row["sure"] for row in plot["data"]["values"]} == {-4.0, 0.0, 4.0}
    json.dumps(plot, allow_nan=False)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ((["a"], [1], [0], [2, 3]), "equally long"),
        ((["a", "a"], [1, 1], [0, 0], [2, 2]), "all different"),
        (("ab", [1, 1], [0, 0], [2, 2]), "must be a list"),
        ((["a"], [3], [0], [2]), "inside its interval"),
        ((["a"], [np.nan], [0], [2]), "inside its interval"),
        (([], [], [], []), "one row at least"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(columns: tuple[object, ...], words: str) -> None:
    with pytest.raises(InputError, match=words):
        forest_plot(*columns)  # type: ignore[arg-type]


def test_ratios_stand_on_a_logarithmic_axis() -> None:
    found = forest_plot(["a"], [2.0], [0.5], [8.0], log=True)
    rule, interval = found["layer"][0], found["layer"][1]
    assert rule["encoding"]["x"]["datum"] == 1
    assert interval["encoding"]["x"]["scale"] == {"type": "log"}
    assert forest_plot(["a"], [2.0], [0.5], [8.0])["layer"][0]["encoding"]["x"]["datum"] == 0
    for low, nought in ((0.0, None), (-1.0, None), (0.5, 0.0)):
        with pytest.raises(InputError, match="above zero"):
            forest_plot(["a"], [2.0], [low], [8.0], log=True, nought=nought)
