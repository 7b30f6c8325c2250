"""Every keyword of every call, given what it cannot use: an answer, or one line that says what is wrong."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any, get_args, get_type_hints

import numpy as np
import pytest

import decide

WRONG: dict[str, Any] = {
    "a whole number": 5,
    "a number": 5.5,
    "nothing": None,
    "a list of numbers": [5],
    "a mapping": {"a": 1},
    "a mapping of numbers": {5: 5},
    "an object": object(),
    "bytes": b"x",
    "no text": "",
    "two lines": "x\ny",
    "no file can be called so": "x\0" * 3000,
    "nan": float("nan"),
    "infinite": float("inf"),
    "yes": True,
    "below zero": -1,
    "too large": 10**400,
    "none of several": [],
    "a list of nothing": [None],
    "ragged": [[1, 2], [3]],
    "an array of no shape": np.array(1.0),
    "a function": len,
}
CALLS: dict[str, dict[str, Any]] = {
    "ask": {"text": "best for acne scars", "draws": 0},
    "compare": {"procedures": ["exosomes", "tretinoin"], "concern": "wrinkles"},
    "instead": {"procedure": "exosomes"},
    "load_catalog": {},
    "plan": {"concerns": ["acne scars"], "budget": 500},
    "rank": {"concern": "acne scars", "draws": 0},
    "show": {"procedure": "tretinoin"},
    "understand": {"text": "best for acne scars"},
    "why": {"procedure": "tretinoin", "concern": "wrinkles"},
}


def keywords(call: Callable[..., Any]) -> Iterator[str]:
    for name, parameter in inspect.signature(call).parameters.items():
        open_ended = parameter.kind is parameter.VAR_KEYWORD
        yield from get_type_hints(get_args(parameter.annotation)[0]) if open_ended else [name]


def named_in(said: str, keyword: str, given: Any) -> bool:
    """Whether a message says which keyword is wrong, or shows what it was given."""
    shown = (
        [repr(name) for name in given]
        if isinstance(given, dict)
        else [repr(given)[:9], " ".join(str(given).split())[:9]]
    )
    return any(word and word in said for word in (keyword, keyword.replace("_", " "), *shown))


def test_every_call_of_the_library_is_here() -> None:
    assert set(CALLS) == {name for name in decide.__all__ if inspect.isfunction(getattr(decide, name))}


@pytest.mark.parametrize(
    ("call", "keyword"), [(call, keyword) for call in CALLS for keyword in keywords(getattr(decide, call))]
)
def test_what_a_keyword_cannot_use_is_told_in_one_line_that_names_it(call: str, keyword: str) -> None:
    for kind, given in WRONG.items():
        try:
            getattr(decide, call)(**{**CALLS[call], keyword: given})
        except decide.NothingFits:
            continue
        except decide.InputError as error:
            said = str(error)
        else:
            continue
        assert "\n" not in said, kind
        if keyword != "text" or not isinstance(given, str):
            assert named_in(said, keyword, given), f"{kind}: {said}"


@pytest.mark.parametrize("call", [call for call in CALLS if call != "load_catalog"])
def test_a_misspelt_keyword_is_told_with_those_there_are(call: str) -> None:
    with pytest.raises(decide.InputError, match=f"{call} has no 'marekt'.*catalog"):
        getattr(decide, call)(**CALLS[call], marekt="us")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"person": {"conditions": "keloid"}}, "person.conditions: input should be a list, not 'keloid'"),
        ({"person": {5: 5}}, "person"),
        ({"only": [5]}, "each of only must be text, not 5"),
        ({"exclude": [None]}, "each of exclude must be text, not None"),
        ({"market": 5}, "market must be text, not 5"),
        ({"prices": [1]}, "each of prices must be text, not 1"),
        ({"weights": [1, 2]}, "weights must go by name, not [1, 2]"),
        ({"catalog": 5}, "catalog must be a Catalog or a folder of facts, not 5"),
        ({"subtype": 5}, "subtype must be text, not 5"),
        ({"preferences": decide.Preferences(market=5)}, "market must be text, not 5"),  # type: ignore[arg-type]
        ({"preferences": decide.Preferences(weights=[1])}, "weights must go by name"),  # type: ignore[arg-type]
    ],
    ids=str,
)
def test_what_is_wrong_is_said(given: dict[str, Any], words: str) -> None:
    with pytest.raises(decide.InputError) as caught:
        decide.rank("acne scars", **{"draws": 0, **given})
    assert words in caught.value.message


def test_what_can_be_gone_through_once_is_gone_through_once() -> None:
    one = decide.rank("acne scars", draws=0, exclude=(name for name in ["fraxel"]))
    assert one.rows == decide.rank("acne scars", draws=0, exclude=["fraxel"]).rows
