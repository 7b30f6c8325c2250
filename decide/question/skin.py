"""Skin types on Fitzpatrick's scale: numbers, Roman numerals and plain words for them, in one place."""

import re
from collections.abc import Mapping

ROMAN: Mapping[str, int] = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
WORDS: Mapping[str, int] = {"very fair": 1, "fair": 2, "medium": 3, "olive": 4, "brown": 5, "black": 6, "very dark": 6}
"""Tones that have a type; "dark skin" has none, for it may mean three."""
DARK = (5, 6)
"""The types that the catalogue's condition `fitzpatrick-5-6` speaks of."""


def skin_type(text: str) -> int | None:
    """The type from 1 to 6 that a number, a Roman numeral or a tone means; None for anything else."""
    said = " ".join(text.strip().lower().replace("-", " ").split())
    if said.isascii() and said.isdecimal() and 1 <= int(said) <= 6:
        return int(said)
    return WORDS.get(said) or ROMAN.get(said)


def types_in(text: str) -> list[int]:
    """Every type that stands in a text as a Roman numeral in capitals ("I-IV"), in the text's order."""
    return [ROMAN[word.lower()] for word in re.findall(r"\b(?:VI|IV|V|I{1,3})\b", text)]
