"""Requests in columns, drawn over a whole catalogue, for tests."""

from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from decide.catalog import Catalog

TYPES = {
    "budget": pa.float64(), "horizon": pa.int64(), "age": pa.int64(), "skin_type": pa.int64(), "pregnant": pa.bool_(),
    "trying_to_conceive": pa.bool_(), "breast_feeding": pa.bool_(), "max_downtime_days": pa.float64(),
    **dict.fromkeys(("conditions", "avoid", "exclude", "only"), pa.list_(pa.string())),
}  # fmt: skip
"""The types of columns; of others text, of weights numbers."""


def as_batch(rows: list[dict[str, Any]]) -> pa.RecordBatch:
    names = dict.fromkeys(name for row in rows for name in row)
    kinds = [(n, TYPES.get(n, pa.float64() if n.startswith("weight_") else pa.string())) for n in names]
    return pa.RecordBatch.from_pylist(rows, schema=pa.schema(kinds))


def requests(catalog: Catalog, *concerns: str) -> st.SearchStrategy[dict[str, Any]]:
    """A request about any of these concerns (all where none is named); some of them cannot be answered."""
    states = [c.id for c in catalog.conditions.values() if c.is_state]
    options = [*catalog.families, *catalog.procedures]

    def some(choices: list[str], most: int = 2) -> st.SearchStrategy[list[str]]:
        return st.lists(st.sampled_from(choices), max_size=most)

    def about(concern: str) -> st.SearchStrategy[dict[str, Any]]:
        kinds = [kind.id for kind in catalog.concerns[concern].subtype]
        said = {
            "kind": st.sampled_from(kinds) if kinds else st.none(),
            "market": st.sampled_from(list(catalog.markets)),
            "budget": st.one_of(st.integers(1, 6000), st.floats(-1, 20_000, allow_nan=False), st.just(float("inf"))),
            "per": st.sampled_from(("course", "session", "month", "visit")),
            "profile": st.sampled_from((*catalog.profiles, "nobody's")),
            "horizon": st.sampled_from((6, 12, 36, 500)),
            "sex": st.sampled_from(("male", "female")),
            "age": st.integers(0, 100),
            "skin_type": st.integers(1, 7),
            **dict.fromkeys(("pregnant", "trying_to_conceive", "breast_feeding"), st.booleans()),
            "conditions": some(states, 3),
            "avoid": some(list(catalog.avoids)),
            "exclude": some(options),
            "only": some(options, 4),
            "max_downtime_days": st.sampled_from((0.0, 1.0, 3.0, 7.0)),
            **{f"weight_{c}": st.floats(0, 50, allow_subnormal=False) for c in catalog.criteria},
        }
        rare = ("only", *(name for name in said if name.startswith("weight_")))

        @st.composite
        def row(draw: st.DrawFn) -> dict[str, Any]:
            found: dict[str, Any] = {"concern": concern}
            for name, values in said.items():
                if draw(st.integers(0, 9)) < (1 if name in rare else 4):
                    found[name] = draw(values)
            return found

        return row()

    return st.sampled_from(concerns or tuple(catalog.concerns)).flatmap(about)
