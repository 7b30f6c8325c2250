"""A question for one fact of one treatment is read whatever leads to it; what was had is never taken for one."""

import pytest

from decide.catalog import Catalog
from decide.question.reading import understand

ASKED = {
    "sessions": ("how many sessions of {}", "how many {} treatments do I need", "number of sessions for {}"),
    "price": ("what will I pay for {}", "{} price", "how much does {} cost"),
    "downtime": (
        "how much downtime after {}", "downtime with {}", "recovery time after {}", "how long is recovery after {}",
        "how many days off work after {}", "how long will I be red after {}", "when can I go back to work after {}",
    ),
    "duration": ("how long do the effects last after {}", "is {} permanent", "how long will I get from {}"),
    "onset": ("when do I see results after {}", "how long after {} do I see results", "how quickly does {} work"),
    "pain": ("does {} hurt", "how painful is {}", "pain after {}", "how much pain with {}"),
    "safety": ("side effects after {}", "side effects from {}", "what can go wrong with {}", "is {} dangerous"),
}  # fmt: skip
UNREAD = {"Plated", "operation"}


@pytest.mark.parametrize(("aspect", "frame"), [(a, frame) for a, frames in ASKED.items() for frame in frames])
def test_it_is_read_of_every_treatment_and_family(aspect: str, frame: str, catalog: Catalog) -> None:
    every = (*catalog.procedures.values(), *catalog.families.values())
    names = {name: known.id for known in every for name in (known.name, *known.aliases[:1]) if name not in UNREAD}
    wrong = {}
    for name, identity in names.items():
        read = understand(frame.format(name), catalog)
        found = (read.intent, read.aspect, read.procedures, read.not_understood, read.history)
        if found != ("show", aspect, (identity,), (), ()):
            wrong[name] = found
    assert not wrong


@pytest.mark.parametrize(
    "text",
    [
        "I had side effects from finasteride, what else for hair loss",
        "side effects from finasteride, what else for hair loss",
        "finasteride side effects, what else for hair loss",
        "side effects on finasteride. anything else for hair loss",
        "I got a rash after tretinoin",
    ],
)
def test_a_harm_that_was_had_is_no_question(text: str, catalog: Catalog) -> None:
    read = understand(text, catalog)
    assert read.aspect is None
    assert read.history
    assert read.history[0].went == "harmed"


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("is microneedling dangerous for black skin", "safety"),
        ("what are the side effects of IPL on dark skin", "safety"),
        ("does CO2 laser hurt, acne scars", "pain"),
        ("how painful is fraxel for acne scars", "pain"),
        ("pain after filler for three days, what do I do", None),
    ],
)
def test_more_behind_a_harm_tells_of_it_unless_it_is_asked(text: str, aspect: str | None, catalog: Catalog) -> None:
    assert understand(text, catalog).aspect == aspect


@pytest.mark.parametrize(
    ("text", "concern"),
    [
        ("what helps recovery after CO2 laser", "post-procedure-recovery"),
        ("best for acne scars after microneedling", "acne-scars"),
        ("acne scars, microneedling without downtime", "acne-scars"),
        ("wrinkles, tried botox, no pain please", "wrinkles"),
    ],
)
def test_what_is_wanted_after_a_treatment_is_no_fact_of_it(text: str, concern: str, catalog: Catalog) -> None:
    read = understand(text, catalog)
    assert read.aspect is None
    assert [asked.id for asked in read.concerns] == [concern]
