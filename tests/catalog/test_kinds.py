"""Kinds of a concern: which lend to each other, how common each is, and which stands where none was said."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.catalog import Catalog, load_catalog
from decide.catalog.check import check
from decide.catalog.kinds import kinds_of, mixture
from decide.catalog.models import Concern

HEAD = """
[concern]
id = "spots"
name = "Made-up blemish"
scale = "percent-improvement"
summary = "A toy."
"""


def concern(*kinds: dict[str, object], **fields: object) -> Concern:
    return Concern.model_validate(
        {"id": "toy", "name": "Toy", "scale": "s", "summary": "A toy."}
        | fields
        | {"subtype": [{"name": str(kind["id"]), **kind} for kind in kinds]}
    )


PITTED = concern(
    {"id": "narrow", "group": "pitted", "share": 0.5},
    {"id": "broad", "group": "pitted", "share": 0.3},
    {"id": "any-pit", "group": "pitted", "whole": True},
    {"id": "raised", "group": "raised", "share": 0.2},
    lends=0.5,
    lends_reason="A toy.",
    share_reason="A toy.",
    default_kind="any-pit",
    default_reason="A toy.",
)


def test_a_whole_of_a_group_is_no_kind_of_the_model_but_a_mixture_of_its_kinds() -> None:
    found = kinds_of(PITTED)
    assert found.groups == {"narrow": "pitted", "broad": "pitted", "raised": "raised"}
    assert found.shares == {"narrow": 0.5, "broad": 0.3, "raised": 0.2}
    assert (found.lends, found.apart) == (0.5, True)
    assert mixture(PITTED, "any-pit") == pytest.approx({"narrow": 0.625, "broad": 0.375})  # 0.5 and 0.3 of 0.8
    assert mixture(PITTED, "raised") == {"raised": 1.0}
    assert mixture(PITTED, "") == found.shares


def test_kinds_of_which_nothing_is_said_are_one_group_in_equal_shares_that_lends_nothing() -> None:
    found = kinds_of(concern({"id": "deep"}, {"id": "flat"}))
    assert len(set(found.groups.values())) == 1
    assert found.shares == {"deep": 0.5, "flat": 0.5}
    assert (found.lends, found.apart) == (0.0, False)


def test_a_concern_without_kinds_has_none() -> None:
    found = kinds_of(concern())
    assert (found.groups, found.shares, found.apart) == ({}, {}, False)
    assert mixture(concern(), "") == {}


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=5), st.integers(0, 4))
def test_every_mixture_sums_to_one_and_keeps_the_ratios_of_the_shares(parts: list[float], among: int) -> None:
    made = [
        {"id": f"kind-{i}", "group": "one" if i <= among else f"own-{i}", "share": part / sum(parts)}
        for i, part in enumerate(parts)
    ]
    whole = [{"id": "all-of-it", "group": "one", "whole": True}] if min(among + 1, len(parts)) > 1 else []
    toy = concern(*made, *whole, share_reason="A toy.", default_kind="kind-0", default_reason="A toy.")
    for kind in toy.subtype:
        found = mixture(toy, kind.id)
        assert sum(found.values()) == pytest.approx(1)
        for one in found:
            for other in found:
                shares = kinds_of(toy).shares
                assert found[one] * shares[other] == pytest.approx(found[other] * shares[one])


DEFAULT = 'default_kind = "aa"\ndefault_reason = "A toy."\n'
APART = '[[concern.subtype]]\nid = "aa"\nname = "A"\ngroup = "x"\n{}\n[[concern.subtype]]\nid = "bb"\nname = "B"\n{}\n'


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (DEFAULT + APART.format("share = 1.2", 'group = "y"\nshare = -0.2'), "less than or equal to 1"),
        (DEFAULT + APART.format("share = 0.5", 'group = "y"'), "bb: some kinds have a share, so each needs one"),
        (
            DEFAULT + 'share_reason = "A toy."\n' + APART.format("share = 0.5", 'group = "y"\nshare = 0.4'),
            "shares of kinds add up to 0.9, not to 1",
        ),
        (DEFAULT + APART.format("share = 0.5", 'group = "y"\nshare = 0.5'), "shares need a share_reason"),
        ("lends = 0.5\n" + APART.format("", 'group = "x"'), "lends needs a lends_reason"),
        ("lends = 1.5\n" + APART.format("", 'group = "x"'), "less than or equal to 1"),
        (
            'default_kind = "cc"\ndefault_reason = "A toy."\n' + APART.format("", 'group = "y"'),
            "default_kind: no kind 'cc'",
        ),
        ('default_kind = "aa"\n' + APART.format("", 'group = "y"'), "default_kind needs a default_reason"),
        (APART.format("", 'group = "y"'), "kinds stand in 2 groups, so a default_kind is needed"),
        (DEFAULT + APART.format("", ""), "bb: some kinds have a group, so each needs one"),
        (DEFAULT + APART.format("whole = true", 'group = "y"'), "aa: the whole of a group needs two other kinds in it"),
        (
            APART.format("whole = true\nshare = 1", 'group = "x"\nshare = 0'),
            "aa: the whole of a group has no share of its own",
        ),
        (APART.format("", 'group = "x"').replace("bb", "aa"), "aa stands twice"),
        (
            'kind_sources = ["nobody-said-so"]\n' + APART.format("", 'group = "x"'),
            "unknown source 'nobody-said-so'",
        ),
    ],
)
def test_what_is_wrong_with_kinds_is_told(tmp_path: Path, facts: str, reason: str) -> None:
    (tmp_path / "mine.toml").write_text(HEAD + facts)
    assert any(reason in str(problem) for problem in check(load_catalog(tmp_path)))


def test_two_wholes_of_one_group_are_refused() -> None:
    kinds = [{"id": name, "group": "x", "whole": name in "cd"} for name in ("aa", "bb", "c", "d")]
    with pytest.raises(ValueError, match="d: group 'x' has a whole already, c"):
        concern(*kinds)


def test_the_shipped_kinds_are_what_the_reasons_say(catalog: Catalog) -> None:
    """Which kinds lend, by what each concern is, told again by hand."""
    groups: dict[str, dict[str, list[str]]] = {}
    for shipped in catalog.concerns.values():
        for kind, group in kinds_of(shipped).groups.items():
            groups.setdefault(shipped.id, {}).setdefault(group, []).append(kind)
    scars = groups.pop("acne-scars")
    assert sorted(map(sorted, scars.values())) == [["boxcar", "ice-pick", "rolling"], ["hypertrophic"]]
    assert all(len(kinds) == 1 for concern in groups.values() for kinds in concern.values())
    assert {c.id: c.default_kind for c in catalog.concerns.values() if kinds_of(c).apart} == {
        "acne-scars": "atrophic",
        "dark-circles": "pigmented",
        "hair-loss": "male-pattern",
        "pigment": "melasma",
        "redness": "persistent-erythema",
        "wrinkles": "dynamic",
    }
    for shipped in catalog.concerns.values():
        if shipped.subtype:
            assert shipped.share_reason, shipped.id
            assert shipped.lends_reason, shipped.id
