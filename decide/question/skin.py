"""Fitzpatrick skin types: by number, by Roman numeral, or in plain words."""

import re

from decide.errors import InputError

TONES = {"very fair": 1, "fair": 2, "medium": 3, "olive": 4, "brown": 5, "black": 6, "very dark": 6}
"""Tones that have a type; "dark skin" has none, for it may mean three."""
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}


def skin_type_named(text: str) -> int:
    """The type from 1 to 6 that a text names.

    Raises
    ------
    InputError : it names none.
    """
    plain = " ".join(text.strip().lower().replace("-", " ").split())
    found = TONES.get(plain) or ROMAN.get(plain) or (int(plain) if plain in ("1", "2", "3", "4", "5", "6") else None)
    if found is None:
        raise InputError(f"{text!r:.40} is no skin type: 1 to 6, or {', '.join(TONES)}")
    return found


def types_in(text: str) -> list[int]:
    """Every type that stands in a text as a Roman numeral in capitals ("I-IV"), in the text's order."""
    return [ROMAN[word.lower()] for word in re.findall(r"\b(?:VI|IV|V|I{1,3})\b", text)]
