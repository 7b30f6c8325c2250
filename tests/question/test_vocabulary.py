"""Names typed in a flag: every name of the catalogue is known, a misspelt one is helped, an unknown one is refused."""

import gc
import weakref
from pathlib import Path

import pytest

from decide.catalog import Catalog, load_catalog
from decide.catalog.models import Say, Saying
from decide.catalog.read import Entry
from decide.errors import InputError
from decide.question import vocabulary
from decide.question.reading import understand
from decide.question.vocabulary import Vocabulary
from tests.overlays import overlay


def test_every_name_and_alias_means_its_procedure(catalog: Catalog) -> None:
    vocabulary = Vocabulary.of(catalog)
    for procedure in catalog.procedures.values():
        for name in (procedure.id, procedure.name, *procedure.aliases):
            assert vocabulary.procedure(name) == procedure.id, name


def test_every_name_and_alias_means_its_family(catalog: Catalog) -> None:
    vocabulary = Vocabulary.of(catalog)
    for family in catalog.families.values():
        for name in (family.name, *family.aliases):
            assert vocabulary.procedure(name) == family.id, name


def test_every_word_of_a_concern_means_it_or_is_ambiguous(catalog: Catalog) -> None:
    vocabulary = Vocabulary.of(catalog)
    for concern in catalog.concerns.values():
        for word in (concern.id, concern.name, *concern.words):
            sharing = [c for c in catalog.concerns.values() if word in c.words]
            if len(sharing) > 1:
                with pytest.raises(InputError, match="more than one") as caught:
                    vocabulary.concern(word)
                assert all(c.name in caught.value.hint for c in sharing)
            else:
                assert vocabulary.concern(word)[0] == concern.id, word
        for subtype in concern.subtype:
            for word in (subtype.name, *subtype.words):
                assert vocabulary.concern(word) == (concern.id, subtype.id), word


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fraxel", "fractional-nonablative-laser"),
        ("BOTOX", "botulinum-toxin"),
        ("retin a", "tretinoin"),
        ("lazers", "lasers"),
        ("chemical peels", "peels"),
        ("fraxle", "fractional-nonablative-laser"),
        ("CO2", "fractional-co2-laser"),
        ("morpheus 8", "rf-microneedling"),
        ("micro needling", "microneedling"),
        ("tretinon", "tretinoin"),
    ],
)
def test_a_typed_procedure(typed: str, meant: str, catalog: Catalog) -> None:
    assert Vocabulary.of(catalog).procedure(typed) == meant


@pytest.mark.parametrize("typed", ["hair", "xyz", "", "botox and fillers", "acne scars", "x" * 5000, "\x00"])
def test_an_unknown_procedure_is_refused_in_one_line(typed: str, catalog: Catalog) -> None:
    with pytest.raises(InputError, match="unknown procedure") as caught:
        Vocabulary.of(catalog).procedure(typed)
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 300


def test_the_hint_names_what_comes_near(catalog: Catalog) -> None:
    with pytest.raises(InputError) as caught:
        Vocabulary.of(catalog).procedure("hydroxyquinine")
    assert caught.value.message == "unknown procedure 'hydroxyquinine'"
    assert caught.value.hint.startswith("did you mean Hydroquinone")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("acne scars", ("acne-scars", None)),
        ("rolling acne scars", ("acne-scars", "rolling")),
        ("melazma", ("pigment", "melasma")),
        ("Hair-Loss", ("hair-loss", None)),
        ("marks on my forehead", None),
        ("spots", None),
        ("cellulite", None),
        ("", None),
    ],
)
def test_a_typed_concern(typed: str, meant: tuple[str, str | None] | None, catalog: Catalog) -> None:
    if meant is None:
        with pytest.raises(InputError):
            Vocabulary.of(catalog).concern(typed)
    else:
        assert Vocabulary.of(catalog).concern(typed) == meant


def test_an_ambiguous_concern_lists_the_choices(catalog: Catalog) -> None:
    with pytest.raises(InputError) as caught:
        Vocabulary.of(catalog).concern("hollows")
    assert caught.value.hint == "say which: Dark circles, Volume loss"


def test_a_curator_adds_a_word_without_touching_code(catalog: Catalog) -> None:
    known = catalog.procedures["tretinoin"]
    other = known.model_copy(update={"aliases": (*known.aliases, "Glowzaq")})
    changed = catalog.with_facts(Entry("procedure", other, Path("mine.toml"), 0))
    assert understand("is Glowzaq any good for wrinkles", catalog).procedures == ()
    assert understand("is Glowzaq any good for wrinkles", changed).procedures == ("tretinoin",)
    assert Vocabulary.of(changed).procedure("glowzaqs") == "tretinoin"


def test_a_vocabulary_does_not_keep_its_catalogue_alive() -> None:
    catalog = load_catalog()
    understand("acne scars", catalog)
    gone = weakref.ref(catalog)
    del catalog
    gc.collect()
    assert gone() is None


def test_a_curator_adds_a_word_of_english_without_touching_code(catalog: Catalog) -> None:
    def with_word(use: str, means: str, word: str) -> Catalog:
        said = Saying.model_validate({"use": use, "means": means, "about": "made up", "words": [word]})
        return catalog.with_facts(Entry("say", said, Path("mine.toml"), 0))

    text = "wrinkles, zorbled"
    assert understand(text, with_word("plain", "", "zorbled")).unread == ()
    assert understand("wrinkles, my flurb*", with_word("ill", "", "flurb*")).unread == ("flurb",)
    assert understand("wrinkles, zorbled", with_word("state", "pregnant", "zorbled")).person.pregnant
    assert understand("wrinkles, zorbled Botox", with_word("cue", "no", "zorbled")).exclude == ("botulinum-toxin",)
    assert understand(text, catalog).unread == ("zorbled",)


@pytest.mark.parametrize(
    ("use", "word", "said"),
    [("ill", "myositis", True), ("ill", "oma", False), ("ill", "asthmatic", True), ("ill", "lumps", True),
     ("ill", "scar", False), ("plain", "exotic", True), ("professional", "doctors", True)],
)  # fmt: skip
def test_a_star_stands_for_letters_and_a_plural_for_its_singular(
    use: Say, word: str, said: bool, catalog: Catalog
) -> None:
    assert Vocabulary.of(catalog).says(use, word) is said


def test_words_that_were_worked_out_before_are_those_that_would_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DECIDE_CACHE", str(tmp_path))
    worked_out = Vocabulary.of(load_catalog())
    monkeypatch.setattr(vocabulary, "stems_of", lambda phrase: pytest.fail(f"{phrase} was worked out again"))
    read = Vocabulary.of(load_catalog())
    for name in ("phrases", "origins", "flags"):
        ours, theirs = getattr(read, name), getattr(worked_out, name)
        assert ours.words == theirs.words
        for first in {word.split()[0] for word in theirs.words}:
            assert ours._tree(first) == theirs._tree(first), (name, first)
    for name in ("words", "flagged", "treatment_words", "youngest", "condition_kinds", "_sayings", "_forms"):
        assert getattr(read, name) == getattr(worked_out, name), name


def test_the_file_of_words_is_never_taken_for_another_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECIDE_CACHE", str(tmp_path / "cache"))
    mine = overlay(tmp_path / "mine", '[[say]]\nuse = "plain"\nwords = ["florp"]\nabout = "a toy"\n')
    assert Vocabulary.of(load_catalog(mine)).says("plain", "florp")
    (mine / "0.toml").write_text('[[say]]\nuse = "plain"\nwords = ["flurp"]\nabout = "a toy"\n', encoding="utf-8")
    after = Vocabulary.of(load_catalog(mine))
    assert after.says("plain", "flurp")
    assert not after.says("plain", "florp")
