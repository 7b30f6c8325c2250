"""What words are worth: praise and promises are taken away, and what is left must still say something."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

NOT = r"(?:not|no|never|without|non|isn't|instead of|unlike|rather than|better than|beyond|free of)"
"""Words before a phrase that turn it round."""


def clean(text: str) -> str:
    """One line without control or invisible characters, in one form of each letter."""
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(unicodedata.normalize("NFKC", kept).split())


def quoted(value: object, most: int = 60) -> str:
    """A value as it is shown to a person: short, and harmless to a terminal."""
    text = clean("yes" if value is True else "no" if value is False else str(value))
    return text if len(text) <= most else text[: most - 1] + "…"


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str]:
    # "in-house" is also "inhouse" and "in house"; "call us" is also "call-us", but not "callus"
    parts = re.split(r"([\s_-]+)", clean(phrase).casefold())
    pattern = "".join(
        re.escape(part) if n % 2 == 0 else r"[\s_-]*" if "-" in part else r"[\s_-]+" for n, part in enumerate(parts)
    )
    return re.compile(rf"(?<!\w){pattern}(?!\w)")


def spans(text: str, phrase: str, *, negated: bool = True) -> list[tuple[int, int]]:
    """Where a phrase stands in clean lower-case text, whole words only; hyphens and spaces are alike.

    With `negated=False`, a phrase that is turned round ("no ultracentrifugation", "ultracentrifugation-free") is not
    counted.
    """
    found = []
    for match in _pattern(phrase).finditer(text):
        if not negated:
            before, after = text[: match.start()], text[match.end() :]
            if re.search(rf"(?<!\w){NOT}(?:[\s-]+[\w-]+){{0,2}}[\s-]*$", before) or re.match(r"[\s-]free\b", after):
                continue
        found.append(match.span())
    return found


def first(text: str, phrases: Iterable[str], *, negated: bool = True) -> str | None:
    """The first of these phrases that stands in the text, the longest before the shorter."""
    for phrase in sorted(phrases, key=len, reverse=True):
        if spans(text, phrase, negated=negated):
            return phrase
    return None


def without(text: str, phrases: Iterable[str]) -> str:
    """The text with these phrases taken out, longest first."""
    for phrase in sorted(phrases, key=len, reverse=True):
        text = _pattern(phrase).sub(" ", text)
    return text


def tokens(text: str) -> list[str]:
    """Words and numbers of a text, in lower case."""
    return re.findall(r"[^\W_]+", clean(text).casefold())


def says_something(text: str, weightless: Iterable[str]) -> bool:
    """Whether any word is left that carries weight: of two letters or more, or with a figure in it."""
    empty = {word for phrase in weightless for word in tokens(phrase)}
    for word in tokens(text):
        if word in empty or (len(set(word)) == 1 and not word.isdigit()):
            continue
        if len(word) >= 2 or word.isdigit():
            return True
    return False


def same_house(one: str, other: str, company: Sequence[str]) -> bool:
    """Whether two names look like one company: the same but for its legal form, one inside the other, a letter off."""
    general = {word for phrase in company for word in tokens(phrase)}
    a, b = ([w for w in tokens(name) if w not in general] or tokens(name) for name in (one, other))
    if not a or not b:
        return False
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    x, y = "".join(a), "".join(b)
    shorter, longer = sorted((x, y), key=len)
    whole = sorted(("".join(tokens(one)), "".join(tokens(other))), key=len)
    if (len(shorter) >= 5 and shorter in longer) or (len(whole[0]) >= 5 and whole[0] in whole[1]):
        return True
    return len(shorter) >= 6 and SequenceMatcher(None, x, y).ratio() >= 0.88


def mixed_alphabets(text: str) -> bool:
    """Whether one word mixes letters of two alphabets, as a name made to look like another does."""
    for word in re.findall(r"[^\W\d_]+", clean(text)):
        alphabets = {unicodedata.name(c, "").split(" ")[0] for c in word}
        if len(alphabets & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}) > 1:
            return True
    return False


def site(address: str) -> str:
    """The host of an address, without `www.`; empty when there is none."""
    from urllib.parse import urlsplit

    text = clean(address)
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if "." in host else ""
