"""The check of criteria, markets and conditions: each thing that is missing in one line, all at once."""

from pathlib import Path

import pytest

from decide.catalog.check import check
from decide.criteria.registry import GUESSED
from decide.errors import CatalogError
from tests.overlays import DISCOMFORT, FIGURES, IRELAND, MIGRAINE, RATE, SOURCE, WEIGHED, laid, with_euros


def faults(tmp_path: Path, *texts: str) -> list[str]:
    found = check(laid(tmp_path / "facts", *texts), GUESSED)
    return [f"{fault.table} {fault.entry}: {fault.reason}" for fault in found]


def without(text: str, line: str) -> str:
    lines = text.splitlines()
    assert any(each.startswith(line) for each in lines)
    return "\n".join(each for each in lines if not each.startswith(line))


def test_a_whole_criterion_is_sound(tmp_path: Path) -> None:
    assert faults(tmp_path, DISCOMFORT, WEIGHED, FIGURES) == []


def test_what_a_criterion_lacks_is_named_line_by_line(tmp_path: Path) -> None:
    half = without(DISCOMFORT, "unknown")
    assert faults(tmp_path, half) == [
        "criterion discomfort: needs 'unknown': what an option is scored with where no fact is known",
        "criterion discomfort: no profile gives it a weight",
    ]


def test_an_unknown_measure_is_named(tmp_path: Path) -> None:
    odd = without(DISCOMFORT, "fact").replace('measure = "figure"', 'measure = "pain"')
    (found,) = faults(tmp_path, odd, WEIGHED)
    assert found.startswith("criterion discomfort: unknown measure 'pain': measures are benefit, evidence, cost")


def test_a_criterion_that_the_program_measures_is_called_as_its_measure_is(tmp_path: Path) -> None:
    twin = without(DISCOMFORT, "fact").replace('measure = "figure"', 'measure = "speed"')
    (found,) = faults(tmp_path, twin, WEIGHED)
    assert found == "criterion discomfort: what is measured as speed is called so: its id must be 'speed'"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('fact = "discomfort-points"\n', "", "a measure 'figure' names the fact that it reads"),
        ('phrase = "hurts {} of 10"', 'phrase = "it hurts"', "phrase needs one {} for the figure"),
        ('ahead = "hurts less"\n', "", "ahead: missing"),
    ],
)
def test_a_criterion_that_cannot_be_said_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in DISCOMFORT
    assert any(reason in fault for fault in faults(tmp_path, DISCOMFORT.replace(old, new), WEIGHED))


def test_a_kind_of_fact_that_no_criterion_names_is_refused(tmp_path: Path) -> None:
    found = faults(tmp_path, DISCOMFORT, WEIGHED, FIGURES.replace("discomfort-points", "discomfort-point", 1))
    (fault,) = found
    assert fault.endswith("unknown kind of fact 'discomfort-point' (did you mean 'discomfort-points'?)")
    catalog = laid(tmp_path / "again", FIGURES)
    with pytest.raises(CatalogError, match="unknown kind 'discomfort-points'"):
        catalog.practice("microneedling", "sessions")


def test_a_market_s_missing_rates_and_anchors_come_all_at_once(tmp_path: Path) -> None:
    assert sorted(faults(tmp_path, IRELAND)) == [
        "criterion cost: no anchors in EUR, in which a market's prices are",
        "market ie: no exchange rate between EUR and AUD: prices cannot be borrowed",
        "market ie: no exchange rate between EUR and GBP: prices cannot be borrowed",
        "market ie: no exchange rate between EUR and USD: prices cannot be borrowed",
    ]


def test_one_rate_reaches_the_others_through_a_third_currency(tmp_path: Path) -> None:
    assert faults(tmp_path, IRELAND, RATE) == ["criterion cost: no anchors in EUR, in which a market's prices are"]
    assert faults(tmp_path, IRELAND, RATE, with_euros()) == []


def test_a_bar_that_names_no_condition_is_refused(tmp_path: Path) -> None:
    bar = f"""
[[practice]]
procedure = "tretinoin"
fact = "caution"
value = "keloid"
source = "{SOURCE}"
"""
    (found,) = faults(tmp_path, bar)
    assert found.endswith("unknown condition 'keloid'")


def test_a_condition_that_bears_on_nothing_is_refused(tmp_path: Path) -> None:
    alone = MIGRAINE.split("[[practice]]", maxsplit=1)[0]
    assert faults(tmp_path, alone) == [
        "condition migraine: no contraindication or caution names it, nor what it implies"
    ]
    assert faults(tmp_path, alone + 'implies = ["herpes"]\n') == []
    assert faults(tmp_path, alone.replace('"illness"', '"advice"')) == []
    assert faults(tmp_path, alone + 'implies = ["herpez"]\n')[0].endswith("implies an unknown condition 'herpez'")


def test_two_conditions_do_not_share_a_phrase(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, MIGRAINE.replace('"sick headache"', '"Cold-sore"'))
    assert found == "condition migraine: 'Cold-sore' also means 'herpes'"
