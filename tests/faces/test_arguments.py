"""What the library's calls are given is told in one line when it cannot be used."""

from typing import Any

import pytest

import decide
from decide.catalog import Catalog


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"only": "lasers"}, "only must be a list, not 'lasers'"),
        ({"exclude": "peels"}, "exclude must be a list, not 'peels'"),
        ({"avoid": "lasers"}, "avoid must be a list, not 'lasers'"),
        ({"only": 3}, "only must be a list"),
        ({"seed": -1}, "the seed must be at least 0"),
        ({"seed": "x"}, "the seed must be a whole number"),
        ({"seed": 1.5}, "the seed must be a whole number"),
        ({"draws": 2.5}, "draws must be a whole number"),
        ({"draws": "10"}, "draws must be a whole number"),
        ({"draws": True}, "draws must be a whole number"),
        ({"draws": 10**9}, "draws are out of range"),
        ({"horizon": "a year"}, "the horizon"),
        ({"horizon": float("nan")}, "the horizon"),
        ({"weights": {"cost": "much"}}, "the weight of cost must be a number"),
        ({"weights": {"beauty": 3}}, "beauty"),
        ({"budget": "nothing"}, "is not an amount of money"),
        ({"per": "week"}, "per"),
        ({"person": {"skin_type": 9}}, "skin_type"),
        ({"person": {"shoe": 43}}, "shoe"),
        ({"max_downtime_days": -1}, "max_downtime_days"),
        ({"market": "mars"}, "unknown market 'mars'"),
    ],
    ids=str,
)
def test_what_cannot_be_used_is_told_in_one_line(given: dict[str, Any], words: str, catalog: Catalog) -> None:
    with pytest.raises(decide.InputError) as caught:
        decide.rank("redness", catalog=catalog, **{"draws": 10, **given})
    assert words in caught.value.message
    assert "\n" not in str(caught.value)
