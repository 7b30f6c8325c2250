"""From text to tokens: the words, numbers and signs of a question, each with its place and a folded form.

Folding makes what people write alike: case, accents, typographic quotes and dashes, the plural s, British and American
spelling, contractions ("don't" and "dont" are both *do not*). A hyphen inside a word is a space; between two sums it
stays, since "600-800" is a range. The catalogue's words go through the same fold, so both sides always meet.
"""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from decide.question.wordlist import word_set

LONGEST_NUMBER = 12
"""A number with more characters than this is no sum, age or count."""


class Token(NamedTuple):
    """One word, number or sign.

    `text` is folded, `stem` is also singular and in one spelling; `raw` is as typed; `start` and `end` are its place in
    the normalised text; `glued` tells that nothing stands before it; `number` is its value;
    `spelled`, that it is in words; `thousands`, that a "k", "thousand" or "grand" was written.
    """

    text: str
    stem: str
    raw: str
    start: int
    end: int
    glued: bool = False
    number: Decimal | None = None
    spelled: bool = False
    thousands: bool = False

    @property
    def is_sign(self) -> bool:
        """Whether it is punctuation or a symbol."""
        return not self.text[0].isalnum()


_CHARACTERS = str.maketrans(
    {**dict.fromkeys("’‘ʼ′`´", "'"), **dict.fromkeys("‐‑‒–—−", "-"), **dict.fromkeys("“”„«»", '"'), "_": " ", "×": "x"}
)
_WITH = re.compile(r"\bw/(o\b)?", re.I)

_PIECE = re.compile(
    r"""
    (?P<abbreviation>(?:[A-Za-z]\.){2,})
  | (?P<currency>(?<![^\W_])[A-Za-z]{1,3}\$)
  | (?P<number>[0-9]+(?:[.,][0-9]+)*|(?<![0-9])\.[0-9]+)
  | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)
  | (?P<sign>[^\s\w]|\w)
    """,
    re.X,
)

_KEPT_SIGNS = frozenset("$£€¥₹₩₽₪฿%+/-.,;:?!()<>~≈≤≥=")
_SPLIT_BEFORE_DOLLAR = frozenset({"for", "of", "is", "to", "at", "by", "or", "in", "on", "my", "and", "the", "pay"})

_NOT_VERBS = word_set("do is are did does has have had would should could was were must need")
_CONTRACTIONS = {
    **{f"{verb}nt": (verb, "not") for verb in _NOT_VERBS},
    "cant": ("can", "not"), "cannot": ("can", "not"), "wont": ("will", "not"), "aint": ("is", "not"),
    "im": ("i", "am"), "ive": ("i", "have"), "youre": ("you", "are"), "youve": ("you", "have"),
    "theyre": ("they", "are"), "weve": ("we", "have"), "whats": ("what", "is"), "wats": ("what", "is"),
    "hows": ("how", "is"), "thats": ("that", "is"), "theres": ("there", "is"), "wheres": ("where", "is"),
    "whos": ("who", "is"), "hes": ("he", "is"), "shes": ("she", "is"), "lets": ("let", "us"),
    "gonna": ("going", "to"), "wanna": ("want", "to"), "gotta": ("have", "to"), "dunno": ("do", "not", "know"),
}  # fmt: skip
_ENDINGS = {"n't": "not", "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
_IS_AFTER = word_set("""what how that there it he she who where here which everything nothing something when why""")

_IRREGULAR = {"men": "man", "women": "woman", "feet": "foot", "children": "child", "lentigines": "lentigo",
              "lentigine": "lentigo", "telangiectases": "telangiectasia"}  # fmt: skip
_SPELLINGS = (("colour", "color"), ("ageing", "aging"), ("favour", "favor"), ("isation", "ization"), ("grey", "gray"),
              ("haem", "hem"), ("oestr", "estr"))  # fmt: skip


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A folded word in the singular, in American spelling: "colours" becomes "color"."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for british, american in _SPELLINGS:
        if british in word:
            word = word.replace(british, american)
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui":
        if word.endswith("ies") and len(word) > 5:
            return word[:-3] + "y"
        return word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zes")) else word[:-1]
    return word


def fold(word: str) -> str:
    """A word without case and accents."""
    if word.isascii():
        return word.lower()
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    return plain or word


def normalise(text: str) -> str:
    """Compatibility forms, quotes and dashes made plain, control characters made spaces; "w/o" written out."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_CHARACTERS)
    else:
        text = text.replace("`", "'").replace("_", " ")
    if not text.isprintable():
        # a format character (zero width) stands inside a word and vanishes, a control character stands between words
        text = "".join(
            c if c.isprintable() or c == "\n" else "" if unicodedata.category(c) == "Cf" else " " for c in text
        )
    return _WITH.sub(lambda m: "without" if m[1] else "with ", text) if "w/" in text.lower() else text


def read_number(written: str, *, money: bool = False) -> Decimal | None:
    """The value of digits with points and commas, or None when they make no number. "1.500" is 1500 for money."""
    if len(written) > LONGEST_NUMBER:
        return None
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", written):
        return Decimal(written.replace(",", ""))
    if money and re.fullmatch(r"[1-9][0-9]{0,2}(\.[0-9]{3})+", written):
        return Decimal(written.replace(".", ""))
    if re.fullmatch(r"[0-9]+|[0-9]*\.[0-9]+", written):
        return Decimal(written)
    if re.fullmatch(r"[0-9]+,[0-9]{1,2}", written):
        return Decimal(written.replace(",", "."))
    return None


def _words(folded: str) -> tuple[str, ...]:
    """A folded word as the words it stands for."""
    plain = folded.replace("'", "")
    if plain in _CONTRACTIONS:
        return _CONTRACTIONS[plain]
    if "'" not in folded:
        return (folded,)
    for ending, word in _ENDINGS.items():
        if folded.endswith(ending):
            return (folded[: -len(ending)].replace("'", "") or word, word)
    if folded.endswith("'s"):
        base = folded[:-2].replace("'", "")
        return (base, "is") if base in _IS_AFTER else (base,)
    return (plain,)


def tokenize(text: str) -> list[Token]:
    """The tokens of a normalised text, in order, number words not yet read."""
    found: list[Token] = []
    last = 0
    for match in _PIECE.finditer(text):
        glued = match.start() == last and last > 0
        last = match.end()
        found.extend(_piece(match, text, glued, found))
    return found


def _piece(match: re.Match[str], text: str, glued: bool, before: list[Token]) -> Iterator[Token]:
    raw, start, end = match.group(), match.start(), match.end()
    if match["word"]:
        for word in _words(fold(raw)):
            yield Token(word, stem(word), raw, start, end, glued)
    elif match["number"]:
        money = bool(before) and before[-1].text[-1] in "$£€¥₹" and glued
        yield Token(raw, raw, raw, start, end, glued, read_number(raw, money=money))
    elif match["abbreviation"]:
        word = raw.replace(".", "").lower()
        yield Token(word, word, raw.replace(".", ""), start, end, glued)
    elif match["currency"]:
        word = raw[:-1].lower()
        if word in _SPLIT_BEFORE_DOLLAR:
            yield Token(word, word, raw[:-1], start, end - 1, glued)
            yield Token("$", "$", "$", end - 1, end, True)
        else:
            yield Token(raw.lower(), raw.lower(), raw, start, end, glued)
    elif raw == "&":
        yield Token("and", "and", raw, start, end, glued)
    elif raw.isalnum() or (raw in _KEPT_SIGNS and not _inside_word(raw, text, start, before)):
        yield Token(raw, raw, raw, start, end, glued)


def _inside_word(sign: str, text: str, at: int, before: list[Token]) -> bool:
    """Whether a hyphen or colon only joins two parts of a word: "ice-pick", "Er:YAG", "3-day"."""
    following = text[at + 1 : at + 2]
    if sign not in "-:" or at == 0 or not text[at - 1].isalnum() or not (following.isalnum() or following in "$£€"):
        return False
    sum_before = bool(before) and (before[-1].number is not None or before[-1].text == "k")
    return not (sign == "-" and sum_before and (following.isdigit() or following in "$£€"))
