"""A study against a fair trial, and a body of evidence in its layers."""

from typing import Any

import pytest

from tests.product.conftest import Describe

FAIR: dict[str, Any] = {
    "title": "Example 2025",
    "people": 120,
    "randomised": True,
    "split-face": "yes",
    "pictures-before": True,
    "pictures-after": True,
    "assessors": 3,
    "assessors-independent": True,
    "assessors-blinded": True,
}
CLINICAL: dict[str, Any] = {"title": "Park 2023", "done-in": "people", "reference": "10.1111/jocd.15872", "people": 28}


def test_a_fair_trial_falls_short_of_nothing(checked: Describe) -> None:
    found = checked({"study": FAIR})["fair-trial"]
    assert found.verdict.met
    assert {i.status for i in found.items} == {"documented"}


@pytest.mark.parametrize(
    ("field", "value", "item", "status", "share"),
    [
        ("people", 28, "n-over-100", "short", 28 / 101),
        ("people", 100, "n-over-100", "short", 100 / 101),
        ("people", "over 100", "n-over-100", "claimed", None),
        ("people", -3, "n-over-100", "claimed", None),
        ("people", "", "n-over-100", "missing", None),
        ("randomised", False, "randomised-split-face", "short", None),
        ("randomised", "sort of", "randomised-split-face", "claimed", None),
        ("split-face", "no", "randomised-split-face", "short", None),
        ("pictures-before", "no", "before-and-after", "short", None),
        ("assessors", 2, "three-independent-assessors", "short", 2 / 3),
        ("assessors-independent", "no", "three-independent-assessors", "short", None),
        ("assessors-blinded", False, "assessors-blinded", "short", None),
        ("assessors-blinded", "double blind", "assessors-blinded", "claimed", None),
    ],
)
def test_how_far_a_study_falls_short(
    checked: Describe, field: str, value: Any, item: str, status: str, share: float | None
) -> None:
    found = checked({"study": {**FAIR, field: value}})["fair-trial"]
    assert found[item].status == status
    assert not found.verdict.met
    assert "Meets 4 of 5." in found.verdict.details
    shares = [f.share for f in found[item].fields if f.share is not None]
    assert shares == ([pytest.approx(share)] if share else [])


def test_several_studies_can_each_be_held_against_a_fair_trial(checked: Describe) -> None:
    found = checked({"study": [FAIR, {**FAIR, "title": "Small", "people": 5}]}, "fair-trial")
    assert [(one.subject, one.verdict.met) for one in found.frameworks] == [("Example 2025", True), ("Small", False)]


@pytest.mark.parametrize(
    ("done_in", "layer"),
    [
        ("molecules", "mechanistic"),
        ("cargo analysis", "mechanistic"),
        ("mice", "preclinical"),
        ("clinical study in human fibroblasts", "preclinical"),
        ("ex vivo human skin", "preclinical"),
        ("28 patients", "clinical"),
        ("mice and patients", None),
        ("clinically proven", None),
        ("", None),
    ],
)
def test_a_study_is_sorted_by_what_it_was_done_in(checked: Describe, done_in: str, layer: str | None) -> None:
    found = checked({"study": [{**CLINICAL, "done-in": done_in}]})["evidence-layers"]
    assert [s.layer for s in found.studies] == [layer]


def test_only_the_clinical_layer_supports_a_claim(checked: Describe) -> None:
    kinds = ("molecules", "mice", "cells")
    lower = [{**CLINICAL, "done-in": kind, "reference": f"10.1111/{kind}"} for kind in kinds]
    found = checked({"study": lower})["evidence-layers"]
    assert not found.verdict.met
    assert found.verdict.counts == {"mechanistic": 1, "preclinical": 2, "clinical": 0}
    found = checked({"study": [*lower, CLINICAL]})["evidence-layers"]
    assert found.verdict.met
    assert found.verdict.counts["clinical"] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"people": ""},
        {"people": 0},
        {"people": "dozens"},
        {"reference": ""},
        {"reference": "https://www.tiktok.com/@exo/1"},
        {"reference": "our brochure"},
    ],
)
def test_a_clinical_study_that_is_not_shown_supports_nothing(checked: Describe, change: dict[str, Any]) -> None:
    found = checked({"study": [{**CLINICAL, **change}]})["evidence-layers"]
    assert not found.verdict.met
    assert found.studies[0].status == "claimed"


def test_one_study_told_twice_counts_once(checked: Describe) -> None:
    twice = [CLINICAL, {**CLINICAL, "title": "Again", "reference": "https://doi.org/10.1111/JOCD.15872"}]
    found = checked({"study": twice})["evidence-layers"]
    assert found.verdict.counts["clinical"] == 1
    assert "the same study as Park 2023" in found.studies[1].reason


def test_what_a_clinical_study_leaves_open_is_said(checked: Describe) -> None:
    found = checked({"study": [{**CLINICAL, "controlled": False, "this-product": "no"}]})["evidence-layers"]
    assert found.verdict.met
    assert "another product" in " ".join(found.verdict.details)
    assert "may have come anyway" in " ".join(found.verdict.details)


def test_no_study_at_all(checked: Describe) -> None:
    for empty in ([], [{}], [{"title": ""}]):
        found = checked({"study": empty}, "evidence-layers")["evidence-layers"]
        assert not found.verdict.met
        assert found.studies == ()
