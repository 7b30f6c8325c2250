"""Products: one in which everything is documented, and deceptions, each caught at its own item."""

from pathlib import Path
from typing import Any

import pytest

from decide.catalog import Catalog
from decide.catalog.models import Framework
from decide.catalog.read import Entry
from decide.product.frameworks import framework_of
from tests.product.conftest import Describe

FIVE = "ev-product-five-criteria"


def test_the_honest_product_meets_all_three(honest: dict[str, Any], checked: Describe) -> None:
    found = checked(honest)
    assert [one.framework for one in found.frameworks] == [FIVE, "exosome-shopping", "ev-defensible-use"]
    for one in found.frameworks:
        assert one.verdict.met, [(i.id, i.reason) for i in one.items if i.status != "documented"]
    assert found.not_understood == ()


def test_a_plant_product_that_needs_no_cold(honest: dict[str, Any], checked: Describe) -> None:
    honest["source"] = {
        "cells": "rose petal callus",
        "donor": "Rosa damascena, one grower in Isparta",
        "screening": "pesticides, heavy metals, microbes",
    }
    honest["cold-chain"] = {
        "stability-months": "18 months",
        "stability-temperature": "25 °C",
        "stability-report": "Northside Analytical, report ST-118 of May 2026",
    }
    assert all(one.verdict.met for one in checked(honest).frameworks)


@pytest.mark.parametrize(
    ("part", "fields", "words"),
    [
        ("source", {"cells": "proprietary stem cell blend"}, "proprietary"),
        ("source", {"cells": "clinical-grade human stem cells"}, "shows nothing"),
        ("source", {"cells": "exclusive plant source"}, "shows nothing"),
        ("source", {"cells": True}, "shows nothing"),
        ("source", {"cells": "undisclosed"}, "holds the fact back"),
        ("source", {"donor": "ethically sourced, fully screened donors"}, "shows nothing"),
        ("source", {"screening": "rigorously screened to the highest GMP standards"}, "shows nothing"),
        ("source", {"screening": ""}, "not given: screening"),
        ("source", {"screening": "n/a"}, "says 'n/a'"),
        ("particle-concentration", {"count": "billions of exosomes per mL"}, "not a number"),
        ("particle-concentration", {"count": "50 billion per vial"}, "any size"),
        ("particle-concentration", {"count": "up to 50 billion per mL"}, "ceiling"),
        ("particle-concentration", {"count": 20000000000}, "no unit"),
        ("particle-concentration", {"count": "-2e10 per mL"}, "cannot be"),
        ("particle-concentration", {"count": "0 per mL"}, "cannot be"),
        ("particle-concentration", {"count": "1e18 per mL"}, "cannot be"),
        ("particle-concentration", {"count": "40 per mL"}, "dust"),
        ("particle-concentration", {"count": "1e7 to 1e12 per mL"}, "too wide"),
        ("particle-concentration", {"count": "5 mg protein per mL"}, "weight"),
        ("particle-concentration", {"method": "proprietary counting technology"}, "shows nothing"),
        ("particle-concentration", {"method": "BCA protein assay"}, "counts no particles"),
        ("particle-concentration", {"method": "available on request"}, "holds the fact back"),
        ("certificate-of-analysis", {"issuer": "Clearvesicle Biotech Ltd"}, "looks like the maker"),
        ("certificate-of-analysis", {"issuer": "CLEAR-VESICLE Laboratories, Inc."}, "looks like the maker"),
        ("certificate-of-analysis", {"issuer": "Clearvesicle Quality Control"}, "looks like the maker"),
        ("certificate-of-analysis", {"issuer": "Clearvesicles\u200b Labs"}, "looks like the maker"),
        ("certificate-of-analysis", {"issuer": "Сlearvesicle Labs"}, "two alphabets"),
        ("certificate-of-analysis", {"issuer": "our in-house laboratory"}, "own word"),
        ("certificate-of-analysis", {"issuer": "an accredited third-party lab"}, "too general"),
        ("certificate-of-analysis", {"issuer": "industry leading independent lab"}, "shows nothing"),
        ("certificate-of-analysis", {"batch": "B2417"}, "is for 'B2417'"),
        ("certificate-of-analysis", {"batch": "all batches"}, "too general"),
        ("certificate-of-analysis", {"date": "2027-01-05"}, "in the future"),
        ("certificate-of-analysis", {"date": "2022-01-05"}, "expired"),
        ("certificate-of-analysis", {"date": "03/04/2026"}, "read one way"),
        ("certificate-of-analysis", {"date": "TBA"}, "holds the fact back"),
        ("certificate-of-analysis", {"expires": "2026-06-01"}, "ran out"),
        ("isolation-method", {"method": "patent-pending purification"}, "shows nothing"),
        ("isolation-method", {"method": "ultracentrifugation-free cloud technology"}, "none that is known"),
        ("isolation-method", {"method": "better than ultracentrifugation"}, "none that is known"),
        ("isolation-method", {"method": "trade secret (size exclusion and more)"}, "holds the fact back"),
        ("cold-chain", {"temperature": "25 °C"}, "at most 8"),
        ("cold-chain", {"temperature": "140 °C"}, "cannot be"),
        ("cold-chain", {"temperature": "-300 °C"}, "cannot be"),
        ("cold-chain", {"temperature": "kept cool"}, "not a number"),
        ("cold-chain", {"monitoring": "temperature controlled throughout"}, "too general"),
        ("cold-chain", {"monitoring": True}, "shows nothing"),
    ],
)
def test_a_deception_is_a_claim_without_proof(changed: Describe, part: str, fields: dict[str, Any], words: str) -> None:
    found = changed(part, **{k.replace("-", "_"): v for k, v in fields.items()})[FIVE]
    assert found[part].status == "claimed"
    assert words in found[part].reason
    assert [i.id for i in found.items if i.status == "documented"] == [i.id for i in found.items if i.id != part]
    assert not found.verdict.met


@pytest.mark.parametrize(
    ("part", "fields", "item", "words"),
    [
        ("clinical-test", {"reference": "https://clearvesicle.com/science/trial.pdf"}, "clinically-tested", "own site"),
        ("clinical-test", {"reference": "https://shop.clearvesicle.com/a"}, "clinically-tested", "own site"),
        ("clinical-test", {"reference": "https://clearvesicle.co.uk/a"}, "clinically-tested", "own site"),
        ("clinical-test", {"reference": "https://www.instagram.com/p/abc"}, "clinically-tested", "no study"),
        ("clinical-test", {"reference": "10.1234/fake"}, "clinically-tested", "made-up"),
        ("clinical-test", {"reference": "study coming soon"}, "clinically-tested", "holds the fact back"),
        ("clinical-test", {"tested-on": "tested on ex vivo human skin"}, "clinically-tested", "only a test on people"),
        ("clinical-test", {"tested-on": "human fibroblasts"}, "clinically-tested", "only a test on people"),
        ("clinical-test", {"people": "100+"}, "clinically-tested", "whole number"),
        ("clinical-test", {"people": -5}, "clinically-tested", "cannot be"),
        ("clinical-test", {"this-product": False}, "clinically-tested", "another product"),
        ("use", {"patch-test-how": ""}, "patch-test-first", "not given"),
        ("use", {"replaces-proven-care": "yes"}, "proven-actives-kept", "in place of care"),
        ("use", {"paired-with": "injected after microneedling"}, "paired-with-needling-or-laser", "no exosome product"),
    ],
)  # fmt: skip
def test_the_shopping_list_gives_a_caution(
    changed: Describe, part: str, fields: dict[str, Any], item: str, words: str
) -> None:
    found = changed(part, **{k.replace("-", "_"): v for k, v in fields.items()})["exosome-shopping"]
    assert found[item].status == "claimed"
    assert words in found[item].reason
    assert "1 caution of 6." in found.verdict.details


@pytest.mark.parametrize(
    ("fields", "item", "words"),
    [
        ({"replaces-standard-care": "yes"}, "adjunct-not-replacement", "takes the place"),
        ({"record": "happy patient testimonials"}, "patient-response-recorded", "praise"),
        ({"record-after": "0 days"}, "patient-response-recorded", "at least 1"),
        ({"patients-are-told": "Clinically proven, no side effects"}, "evidence-position-told", "early"),
        ({"patients-are-told": "The mechanism is well supported."}, "evidence-position-told", "preclinical"),
    ],
)  # fmt: skip
def test_use_that_cannot_be_defended(changed: Describe, fields: dict[str, Any], item: str, words: str) -> None:
    found = changed("practice", **{k.replace("-", "_"): v for k, v in fields.items()})["ev-defensible-use"]
    assert found[item].status == "claimed"
    assert words in found[item].reason
    assert not found.verdict.met


def test_defensible_use_rests_on_the_five_criteria(changed: Describe) -> None:
    found = changed("isolation-method", method="secret")["ev-defensible-use"]
    assert found["product-characterised"].status == "claimed"
    assert "4 of 5" in found["product-characterised"].reason


def test_a_maker_that_is_not_named_cannot_vouch(honest: dict[str, Any], checked: Describe) -> None:
    for hidden in ("", "proprietary", None):
        honest["product"]["maker"] = hidden or ""
        item = checked(honest)[FIVE]["certificate-of-analysis"]
        assert item.status == "claimed"
        assert "no maker is named" in item.reason


@pytest.mark.parametrize(
    ("whole", "status"),
    [("yes, see website", "claimed"), (True, "claimed"), ("none", "missing"), (False, "missing"), ("", "missing"),
     ([], "missing"), ({}, "missing"), (7, "claimed"), ({"issuer": "", "batch": " ", "date": "-"}, "missing"),
     ({"issuer": {"name": "x"}}, "claimed"), (["yes"], "claimed")],
)  # fmt: skip
def test_a_word_where_facts_should_stand(changed: Describe, whole: Any, status: str) -> None:
    assert changed("certificate-of-analysis", whole)[FIVE]["certificate-of-analysis"].status == status


def test_of_two_certificates_the_better_counts(honest: dict[str, Any], checked: Describe) -> None:
    good = honest["certificate-of-analysis"]
    honest["certificate-of-analysis"] = [{**good, "issuer": "in-house"}, good]
    assert checked(honest)[FIVE].verdict.met


def test_praise_beside_a_named_method_does_no_harm(changed: Describe) -> None:
    assert changed("isolation-method", method="proprietary tangential flow filtration")[FIVE].verdict.met


def test_a_slogan_sheet_documents_nothing(checked: Describe) -> None:
    slogans = {
        "product": {"name": "LuxeExo", "maker": "LuxeExo Inc."},
        "source": "trust us",
        "particle-concentration": {"count": "billions", "method": "state of the art"},
        "certificate-of-analysis": {"issuer": "LuxeExo labs", "batch": "various", "date": "on request"},
        "isolation-method": {"method": "proprietary"},
        "cold-chain": "yes",
    }
    found = checked(slogans)
    assert {i.status for i in found[FIVE].items} == {"claimed"}
    assert found[FIVE].verdict.counts == {"claimed": 5}
    assert {i.status for i in found["exosome-shopping"].items} == {"claimed", "missing"}
    assert not any(one.verdict.met for one in found.frameworks)


def test_an_empty_product_misses_everything(checked: Describe) -> None:
    found = checked({"product": {}})
    assert {i.status for one in found.frameworks for i in one.items} == {"missing"}


@pytest.mark.parametrize(
    ("maker", "issuer"),
    [("Serum Bio Labs", "SGS Korea"), ("EV Labs Inc", "Serum Institute"), ("Nova Biotech", "Eurofins Biotech Testing"),
     ("Exo Co", "Intertek"), ("BioTech Labs Ltd", "Bureau Veritas")],
)  # fmt: skip
def test_an_honest_laboratory_is_not_taken_for_the_maker(
    honest: dict[str, Any], checked: Describe, maker: str, issuer: str
) -> None:
    honest["product"] = {"name": "EV Serum", "maker": maker}
    honest["certificate-of-analysis"]["issuer"] = issuer
    assert checked(honest)[FIVE]["certificate-of-analysis"].status == "documented"


@pytest.mark.parametrize("text", ["no injection, put on after microneedling", "laser", "RF microneedling", "CO2 laser"])
def test_a_refused_word_turned_round_is_not_held_against_it(changed: Describe, text: str) -> None:
    found = changed("use", paired_with=text)["exosome-shopping"]
    assert found["paired-with-needling-or-laser"].status == "documented"


def test_a_framework_borrows_words_however_its_facts_were_read(catalog: Catalog) -> None:
    """Facts that were kept come back with every field told, also those that nobody wrote."""
    told = [Framework.model_validate(known.model_dump()) for known in catalog.frameworks.values()]
    kept = catalog.with_facts(*(Entry("framework", known, Path("kept.toml"), n) for n, known in enumerate(told)))
    for name in catalog.frameworks:
        assert framework_of(kept, name).words == framework_of(catalog, name).words
        assert framework_of(kept, name).words.withheld
