"""Two treatments with, before or after each other: the first line is what sources say of it, and nothing is made up."""

import pytest

import decide
from decide.answers.together import Together
from decide.catalog import Catalog
from decide.question.reading import understand

APART = (
    (
        "microneedling after filler, how long to wait",
        "Not on the same day: Microneedling and fillers are kept 26 weeks",
    ),
    ("how soon after filler can I have microneedling", "Not on the same day: Microneedling and fillers are kept 26"),
    ("after filler, when can I have microneedling", "Not on the same day: Microneedling and fillers are kept 26 weeks"),
    ("how long between botox and microneedling", "Not on the same day: Microneedling and botulinum toxin"),
    ("rejuran and juvederm same day", "Not on the same day: Polynucleotides (Rejuran) and hyaluronic acid filler"),
    ("can I use retinol with tretinoin", "Not together: "),
    ("subcision then laser, how far apart", "Sources speak of it. Subcision: Said to work best with filler"),
    ("IPL with tretinoin", "Sources speak of it. IPL (intense pulsed light): No retinol or acids"),
    ("can I use minoxidil and finasteride together", "Studies have given both"),
    ("can I have botox and filler on the same day", "No source read here says whether botulinum toxin (Botox) and"),
    ("retinol and vitamin c together", "No source read here says whether retinol and vitamin C serum may be had"),
    ("botox before or after laser", "No source read here says whether botulinum toxin (Botox) and lasers may be had"),
    ("is it safe to use retinol with azelaic acid", "No source read here says whether retinol and azelaic acid may"),
    ("is botox safe with filler", "No source read here says whether botulinum toxin (Botox) and fillers may be had"),
)
NOT_ASKED = (
    "microneedling or laser for acne scars", "is botox better than filler", "tretinoin vs retinol for wrinkles",
    "best for acne scars after subcision", "I had filler 2 weeks ago, what helps hollow eyes", "is microneedling safe",
    "does microneedling work better than laser for acne scars",
)  # fmt: skip


@pytest.mark.parametrize(("question", "says"), APART)
def test_the_first_line_is_what_sources_say_of_both(question: str, says: str, catalog: Catalog) -> None:
    found = decide.ask(question, catalog=catalog)
    assert not found.request.not_understood
    (part,) = found.parts
    assert isinstance(part, Together)
    assert " ".join(str(part).split("\n\n")[1].split()).startswith(says)


@pytest.mark.parametrize("question", NOT_ASKED)
def test_who_holds_them_against_each_other_asks_nothing_of_both(question: str, catalog: Catalog) -> None:
    assert understand(question, catalog).aspect != "combine"


def test_whoever_must_not_have_one_of_them_is_told_so_first(catalog: Catalog) -> None:
    found = decide.ask("is botox safe with filler, I am pregnant", catalog=catalog)
    assert str(found.parts[0]).split("\n\n")[1].startswith("Botulinum toxin (Botox): Not for you: not with pregnancy")


def test_what_a_source_keeps_apart_is_told_by_every_spelling_of_the_pair(catalog: Catalog) -> None:
    """Each rule of the catalogue, asked about either way round, with its source."""
    for rule in catalog.spacings:
        first, second = (
            (catalog.procedures.get(name) or catalog.families[name]).name for name in (rule.first, rule.second)
        )
        if first == second:
            continue
        for question in (f"can I have {first} and {second} on the same day", f"how long after {second} until {first}"):
            (part,) = decide.ask(question, catalog=catalog).parts
            assert isinstance(part, Together), question
            facts = part.pairs[0].facts
            assert facts[0].weeks == max(fact.weeks or 0 for fact in facts), question
            assert ("apart", rule.weeks, rule.source) in {(f.how, f.weeks, f.source) for f in facts}


def test_a_plan_for_a_concern_still_follows(catalog: Catalog) -> None:
    found = decide.ask("can I have microneedling and a peel for acne scars", catalog=catalog)
    assert [part.kind for part in found.parts] == ["together", "ranking"]  # type: ignore[union-attr]


def test_every_face_begins_with_the_same_answer(catalog: Catalog) -> None:
    from decide.report.html import report

    found = decide.ask("microneedling after filler, how long to wait", catalog=catalog)
    says = "Not on the same day: Microneedling and fillers are kept 26 weeks apart."
    assert says in " ".join(str(found).split())
    assert says in found._repr_html_()
    assert says in report(found)
    told = found.to_dict()["answers"][0]
    assert told["pairs"][0]["facts"][0] | {"says": ""} == {
        "how": "apart", "which": "Microneedling", "other": "Fillers", "weeks": 26.0, "says": "",
        "source": "beautybrow-microneedling-before",
    }  # fmt: skip
