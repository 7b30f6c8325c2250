"""A description in which everything is documented, and a way to change one thing in it."""

import copy
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import decide.report.shown  # noqa: F401 - lets a check be printed
from decide.catalog import Catalog
from decide.product import ProductCheck, check_file

TODAY = date(2026, 11, 22)
HONEST: dict[str, dict[str, Any]] = {
    "product": {
        "name": "Clearvesicle Serum",
        "maker": "Clearvesicle Biotech Ltd",
        "website": "https://www.clearvesicle.com",
        "batch": "CV-118",
    },
    "source": {
        "cells": "human umbilical cord mesenchymal stem cells",
        "donor": "one donor, cell bank lot MCB-07",
        "screening": "HIV, hepatitis B and C, syphilis, mycoplasma",
    },
    "particle-concentration": {"count": "2 x 10^10 particles/mL", "method": "NTA (NanoSight NS300)"},
    "certificate-of-analysis": {
        "issuer": "Northside Analytical Laboratories",
        "batch": "cv118",
        "date": "2026-03-14",
    },
    "isolation-method": {"method": "tangential flow filtration"},
    "cold-chain": {"temperature": "-20 °C", "monitoring": "data logger in every box, read on arrival"},
    "clinical-test": {
        "reference": "10.1093/asj/sjac321",
        "tested-on": "human volunteers",
        "people": 56,
        "this-product": True,
    },
    "use": {
        "patch-test": True,
        "patch-test-how": "inner arm, wait 24 hours",
        "replaces-proven-care": False,
        "care-kept": "retinoid and sunscreen",
        "paired-with": "microneedling",
    },
    "practice": {
        "used-with": "fractional laser, then petrolatum and sunscreen",
        "replaces-standard-care": "no",
        "record": "photographs and redness score in the file",
        "record-after": "4 weeks",
        "patients-are-told": "The mechanism is well supported, laboratory work agrees, clinical evidence is early.",
    },
}

Describe = Callable[..., ProductCheck]


@pytest.fixture
def honest() -> dict[str, Any]:
    return copy.deepcopy(HONEST)


@pytest.fixture
def checked(tmp_path: Path, catalog: Catalog) -> Describe:
    """Checks a description on a fixed day."""

    def run(description: dict[str, Any], *only: str) -> ProductCheck:
        file = tmp_path / "description.json"
        file.write_text(json.dumps(description), "utf-8")
        return check_file(catalog, str(file), only, TODAY)

    return run


@pytest.fixture
def changed(honest: dict[str, Any], checked: Describe) -> Describe:
    """Checks the honest description with one part changed: `changed("source", cells="…")`."""

    def run(part: str, whole: Any = None, **fields: Any) -> ProductCheck:
        if whole is not None:
            honest[part] = whole
        for key, value in fields.items():
            honest[part][key.replace("_", "-")] = value
        return checked(honest)

    return run
