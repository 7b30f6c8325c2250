"""Many rankings at once say what each alone says, to the digit."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import decide
from decide.batch import rank_batch
from decide.batch.columns import GIVEN, TAKEN, as_row, posed, ranked
from decide.catalog import Catalog
from decide.errors import InputError, NothingFits
from decide.question.problem import Preferences
from tests.batch.requests import as_batch, requests

SMALL = ("redness", "hair-loss", "dark-circles", "sun-damage")
"""Concerns whose tables are soon made; hair-loss has kinds that are of a sex."""
ELSEWHERE = ("preferences", "draws", "seed", "catalog")
"""What is said of all rows at once."""


def alone(catalog: Catalog, row: dict[str, Any], draws: int = 0, reasons: bool = False) -> dict[str, Any]:
    """What `rank` says of one request."""
    try:
        return as_row(ranked(posed(catalog, row, Preferences()), draws, 0), reasons=reasons)
    except (InputError, NothingFits) as error:
        return {"error": error.message, "hint": error.hint or None}


def told(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None and name != "id"}


def same(catalog: Catalog, rows: list[dict[str, Any]], **how: Any) -> None:
    found = rank_batch(as_batch(rows), catalog=catalog, **how).to_pylist()
    for row, answer in zip(rows, found, strict=True):
        expected = {n: v for n, v in alone(catalog, row, **how).items() if v is not None}
        shares, theirs = answer.pop("p_best", None), expected.pop("p_best", None)
        assert told(answer) == expected, row
        if theirs is not None and None not in theirs:
            np.testing.assert_allclose(shares, theirs, rtol=0, atol=1e-12)


@given(st.data())
@settings(max_examples=8)
def test_a_row_is_what_rank_says_alone(catalog: Catalog, data: st.DataObject) -> None:
    same(catalog, data.draw(st.lists(requests(catalog, *SMALL), min_size=1, max_size=12)))


@given(st.data())
@settings(max_examples=3)
def test_the_shares_of_first_places_are_those_of_rank(catalog: Catalog, data: st.DataObject) -> None:
    same(catalog, data.draw(st.lists(requests(catalog, "redness", "hair-loss"), min_size=1, max_size=6)), draws=300)


def test_every_condition_bars_alike(catalog: Catalog) -> None:
    """Each thing that may be said of a person, beside another that is often said, for whom the sex is said or not."""
    states = [c.id for c in catalog.conditions.values() if c.is_state]
    rows = [
        {"concern": concern, "conditions": [state, other], "sex": sex, "age": age}
        for k, state in enumerate(states)
        for concern, other, sex, age in (
            ("hair-loss", states[(k * 7 + 3) % len(states)], None, None),
            ("redness", "post-menopause", "female", 30),
        )
    ]
    same(catalog, rows)


@pytest.mark.parametrize("age", [0, 11, 12, 13, 15, 16, 17, 18, 19, 49, 50, 55, 60, 65, 66, 120])
def test_every_age_bars_alike(catalog: Catalog, age: int) -> None:
    same(catalog, [{"concern": c, "age": age, "sex": sex} for c in SMALL for sex in (None, "male", "female")])


def test_reasons_only_when_asked_for(catalog: Catalog) -> None:
    rows = [{"concern": "redness", "budget": 100.0, "pregnant": True}, {"concern": "nowhere"}]
    same(catalog, rows, reasons=True)
    assert {"names", "left_out"}.isdisjoint(rank_batch(as_batch(rows), catalog=catalog).schema.names)


def test_text_is_read_as_numbers_and_lists_are(catalog: Catalog) -> None:
    """What a CSV file holds, all of it text, says what a table of numbers and lists says."""
    typed = {
        "concern": "redness", "budget": 400.0, "age": 40, "skin_type": 2, "pregnant": False, "conditions": ["rosacea"],
        "avoid": ["injections", "clinic"], "max_downtime_days": 3.0, "weight_cost": 30.0,
    }  # fmt: skip
    typed["conditions"] = [next(c.id for c in catalog.conditions.values() if c.is_state)]
    text = {n: ";".join(v) if isinstance(v, list) else str(v).lower() for n, v in typed.items()} | {"budget": "$400"}
    (first,) = rank_batch(as_batch([typed]), catalog=catalog).to_pylist()
    (second,) = rank_batch(pa.RecordBatch.from_pylist([text]), catalog=catalog).to_pylist()
    assert first == second
    assert first["error"] is None


def test_words_are_answered_among_columns(catalog: Catalog) -> None:
    rows = [
        {"q": "best for redness under $2500", "concern": None, "budget": None},
        {"q": None, "concern": "redness", "budget": "2500"},
        {"q": "best for redness under $500", "concern": "redness"},
        {"q": "is botox worth it", "concern": None},
        {"q": "best for a mole that bleeds and grows", "concern": None},
        {"q": "best for hair loss", "concern": None},
    ]
    found = rank_batch(pa.RecordBatch.from_pylist(rows), catalog=catalog).to_pylist()
    assert told(found[0]) == told(found[1])
    assert len(found[0]["options"]) > 1
    assert [row["error"] is None for row in found] == [True, True, False, False, False, False]
    assert "doctor" in found[4]["error"]


def test_an_answer_has_its_columns_whatever_is_asked(catalog: Catalog) -> None:
    empty = rank_batch(as_batch([{"id": "a", "concern": "redness"}]).slice(0, 0), catalog=catalog, draws=10)
    full = rank_batch(as_batch([{"id": "a", "concern": "redness"}, {"concern": ""}]), catalog=catalog, draws=10)
    assert empty.schema == full.schema
    assert full.schema.names == [*GIVEN, "error", "hint"]
    assert full.column("id").to_pylist() == ["a", "2"]


@pytest.mark.parametrize("name", ["pregnent", "Concern", "weight_beauty", ""])
def test_a_column_that_is_not_known_is_refused(catalog: Catalog, name: str) -> None:
    """Nothing that was said of a person is passed over."""
    with pytest.raises(InputError, match="unknown column"):
        rank_batch(pa.RecordBatch.from_pylist([{"concern": "redness", name: "yes"}]), catalog=catalog)


def test_every_column_of_a_request_is_told(catalog: Catalog) -> None:
    """What rank takes can be said in columns."""
    import inspect

    asked = {"subtype": "kind", "person": "sex", "how": "market", **dict.fromkeys(ELSEWHERE, "q")}
    for name in inspect.signature(decide.rank).parameters:
        assert asked.get(name, name) in TAKEN


def test_preferences_that_serve_no_row_are_refused(catalog: Catalog) -> None:
    with pytest.raises(InputError, match="profile"):
        rank_batch(as_batch([{"concern": "redness"}]), preferences=Preferences(profile="x"), catalog=catalog)


def test_prices_of_ones_own_hold_for_every_row(catalog: Catalog) -> None:
    mine = Preferences(prices={"microneedling": "$120/session"})
    row = {"concern": "acne-scars", "kind": "atrophic", "budget": 100.0, "only": ["microneedling"]}
    (found,) = rank_batch(as_batch([row]), preferences=mine, catalog=catalog).to_pylist()
    assert told(found) == {n: v for n, v in as_row(ranked(posed(catalog, row, mine), 0, 0)).items() if v is not None}


@pytest.mark.parametrize(
    ("name", "column", "wrong"),
    [
        ("conditions", pa.array([1, None]), "conditions"),
        ("conditions", pa.array([[1], None]), "conditions"),
        ("only", pa.array([[["a"]], None]), "only"),
        ("exclude", pa.array([[{"a": 1}], None]), "exclude"),
        ("avoid", pa.array([True, None]), "avoid"),
        ("kind", pa.array([[1], None]), "kind"),
        ("market", pa.array([1, None]), "market"),
        ("sex", pa.array([b"\xff", None]), "UTF-8"),
        ("budget", pa.array(["9" * 5000, None]), "absurdly"),
        ("id", pa.array([[1], None]), "id"),
        ("id", pa.array([b"\xff", None]), "UTF-8"),
        (
            "id",
            pa.StringArray.from_buffers(2, pa.py_buffer(b"\0\0\0\0\1\0\0\0\1\0\0\0"), pa.py_buffer(b"\xff")),
            "UTF-8",
        ),
    ],
    ids=str,
)
def test_a_cell_that_nobody_can_use_is_its_row_s_error(
    catalog: Catalog, name: str, column: pa.Array, wrong: str
) -> None:
    batch = pa.RecordBatch.from_arrays([pa.array(["redness"] * 2), column], names=["concern", name])
    first, second = rank_batch(batch, catalog=catalog).to_pylist()
    assert wrong in first["error"]
    assert first["id"] == (None if name == "id" else "1")
    assert (second["error"], second["id"]) == (None, "2")
    assert second["options"]
