"""Every sign that stands on a row of a short answer is explained beneath it, each once."""

import re

import pytest

import decide
from decide.catalog import Catalog
from decide.report.formats import text
from decide.report.terminal import Screen
from decide.report.views.ranking import ranking_view

ASKED = (
    ("hair loss", {"person": {"sex": "female"}}), ("acne scars", {"budget": 2000}), ("pigment", {}), ("wrinkles", {}),
    ("redness", {"market": "uk"}), ("volume loss", {"market": "au"}),
)  # fmt: skip


@pytest.mark.parametrize(("concern", "more"), ASKED)
def test_every_sign_on_a_row_is_explained_once(concern: str, more: dict[str, object], catalog: Catalog) -> None:
    ranking = decide.rank(concern, draws=0, catalog=catalog, **more)  # type: ignore[arg-type]
    view = ranking_view(ranking, 6)
    shown = " ".join(text(ranking, 6, Screen(100)).split())
    told = re.search(r"Signs: (.*?)\. (?=[A-Z])", shown)
    assert told is not None
    key = told[1].split(" · ")
    assert len(key) == len(set(key))
    known = {line.split(" ")[0] for line in key}
    for option in view.options[:6]:
        signs = [one for sign in option.signs.split() for one in ([sign] if sign.isalpha() else sign)]
        signs += [mark.sign for mark in option.marks if mark.kind in ("borrowed", "over", "doubtful", "one voice")]
        assert set(signs) <= known
