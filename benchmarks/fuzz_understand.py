"""Coverage-guided fuzzing of `understand`: no text may do anything but give a Request or an InputError of one line.

Run with `python benchmarks/fuzz_understand.py [SECONDS]` where atheris is installed (`pip install atheris`, Linux); it
ends after that many seconds (60 when none are given) or at the first text that breaks a rule, which it prints.
"""

import sys
import tempfile
from typing import Any

SECONDS = 60
LONGEST = 400


def check(text: str, catalog: Any) -> None:
    """One text: it reads twice alike, and names only what the catalogue has."""
    from decide.errors import InputError
    from decide.question.reading import understand
    from decide.question.restate import explain_gaps, restate

    try:
        read = understand(text, catalog)
    except InputError as error:
        if "\n" in str(error):
            raise AssertionError(f"more than one line for {text!r}") from error
        return
    assert read == understand(text, catalog), text
    assert {c.id for c in read.concerns} <= set(catalog.concerns), text
    assert {*read.procedures, *read.exclude} <= {*catalog.procedures, *catalog.families}, text
    assert "\n" not in restate(read, catalog, "US"), text
    assert all("\n" not in line for line in explain_gaps(read, catalog)), text


def dictionary(catalog: Any) -> str:
    """A file of the words that the rules and the catalogue know, for the fuzzer to play with."""
    from decide.question.vocabulary import Vocabulary

    words = sorted(Vocabulary.of(catalog).phrases.words)
    with tempfile.NamedTemporaryFile("w", suffix=".dict", delete=False) as file:
        file.writelines(f'"{word} "\n' for word in words if word.isascii() and word.isalnum())
    return file.name


def main() -> None:
    import atheris

    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    with atheris.instrument_imports(include=["decide.question"]):
        import decide.question.reading
        import decide.question.restate  # noqa: F401
    from decide.catalog import load_catalog

    catalog = load_catalog()

    def one(data: bytes) -> None:
        check(atheris.FuzzedDataProvider(data).ConsumeUnicodeNoSurrogates(LONGEST), catalog)

    limits = [f"-max_total_time={seconds}", f"-max_len={4 * LONGEST}", f"-dict={dictionary(catalog)}"]
    atheris.Setup([sys.argv[0], *limits], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
