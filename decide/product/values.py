"""Values as people write them: numbers with units, ranges, dates, links. What cannot be read is told, not guessed."""

import math
import re
from calendar import month_name
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from decide.product.findings import State
from decide.product.words import clean, quoted, site


class NoProof(Exception):  # noqa: N818 - an outcome, not an error
    """A value that does not show what is asked, and why; `share` says how far it gets where that can be told."""

    def __init__(self, reason: str, state: State = "claimed", share: float | None = None) -> None:
        super().__init__(reason)
        self.state = state
        self.share = share


class Range(NamedTuple):
    """A quantity in the unit that was asked for; both ends agree for a single number."""

    low: float
    high: float


LARGEST = 1e300
"""What is not below this is no number that anyone counted."""
SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
PLAIN = str.maketrans({**dict.fromkeys("−–—‐‑", "-"), **dict.fromkeys("×·⋅", "x")})
DIGITS = r"(?:\d{1,3}(?:[, ]\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+"
SCALES = {"thousand": 1e3, "million": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
NUMBER = re.compile(
    rf"(?P<sign>[-+]|minus )?\s*(?:(?P<ten>10)\^(?P<power>[-+]?\d{{1,3}})|(?P<digits>{DIGITS})"
    r"(?:e(?P<e>[-+]?\d{1,3})|\s*[x*]\s*10(?:\^(?P<times>[-+]?\d{1,3})|(?P<bare>[1-9]\d?))(?!\d))?)"
    rf"(?:\s*(?P<scale>{'|'.join(SCALES)})(?!\w))?"
)
JOINT = re.compile(rf"(?P<unit>[^\d-]*?)\s*(?:-|to|and|\.\.+)\s*(?={re.sub(r'[?]P<[a-z]+>', '?:', NUMBER.pattern)})")
"""Between the ends of a range; "20 °C to 25 °C" has its unit twice."""
AT_LEAST = r"at least|over|more than|above|minimum|min\.?|from|greater than|not less than|no less than|>=|≥|>"
AT_MOST = r"up to|at most|maximum|max\.?|less than|under|below|not more than|no more than|<=|≤|<"
ABOUT = r"about|approximately|approx\.?|around|circa|ca\.?|roughly|nominal(?:ly)?|typically|average|mean|~|≈|between"
LEAD = re.compile(
    r"(?:(?:(?:and|stored|store|kept|keep|held|frozen|refrigerated|shipped|ship)[\s,]+)+at\s+|at\s+(?=[-\d]))?"
    rf"(?:(?:(?P<least>{AT_LEAST})|(?P<most>{AT_MOST})|(?:{ABOUT}))(?:(?<![a-z])|(?![a-z]))\s*)?"
)
VOLUMES = {"ml": 1.0, "cc": 1.0, "cm3": 1.0, "cm^3": 1.0, "millilitre": 1.0, "milliliter": 1.0, "millilitres": 1.0,
           "milliliters": 1.0, "l": 1e3, "litre": 1e3, "liter": 1e3, "ul": 1e-3, "µl": 1e-3, "μl": 1e-3,
           "microlitre": 1e-3, "microliter": 1e-3}  # fmt: skip
COUNTED = {"particle", "particles", "exosome", "exosomes", "vesicle", "vesicles", "ev", "evs", "extracellular",
           "nanoparticles", "nanoparticle", "count", "of"}  # fmt: skip
PER_VOLUME = re.compile(
    r"(?P<what>[^/]*?)\s*(?:/|\bper\b|\ba\b)\s*(?P<n>\d+(?:\.\d+)?)?\s*"
    rf"(?P<v>{'|'.join(sorted(map(re.escape, VOLUMES), key=len, reverse=True))})(?P<rest>(?!\w).*)"
)
TIMES = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}
TEMPERATURE = re.compile(r"(?:°|deg(?:rees?)?)? ?(c|celsius|f|fahrenheit|k|kelvin)")
CELSIUS: Mapping[str, Callable[[float], float]] = {
    "c": lambda x: x,
    "f": lambda x: (x - 32) / 1.8,
    "k": lambda x: x - 273.15,
}
YEAR, NTH, MONTH = r"(?P<year>\d{4})", r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<month>[a-z]{3,9})\.?,?\s+"
DATES = [
    re.compile(form)
    for form in (
        rf"{YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?:[t ].*)?",
        rf"{NTH}\s+{MONTH}{YEAR}",
        rf"{MONTH}{NTH},?\s+{YEAR}",
    )
]
YES_NO = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def simple(text: str) -> str:
    """A figure's text in plain characters: powers with `^`, one minus sign, one times sign, lower case."""
    text = re.sub(r"([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda m: "^" + m[1].translate(SUPER), text).replace("cm^3", "cm3")
    return clean(text).casefold().translate(PLAIN)


def quantity(value: Any, unit: str) -> Range:
    """A number, or a range of two, in the unit asked for.

    Raises
    ------
    NoProof : no number, no unit or another one, a bound from above alone.
    """
    said = quoted(value)
    if _is_number(value):
        raise NoProof(f"'{value:g}' has no unit: write '{value:g} {unit}'")
    text = simple(value) if isinstance(value, str) else ""
    if not any(c.isdigit() for c in text):
        raise NoProof(f"'{said}' is not a number")
    lead = LEAD.match(text)
    assert lead is not None
    if lead["least"] and unit == "°C":
        raise NoProof(f"'{said}' gives only a floor: it may be as warm as it likes")
    if lead["most"] and unit != "°C":
        raise NoProof(f"'{said}' gives only a ceiling: nothing at all would keep that promise")
    one = NUMBER.match(text, lead.end())
    if one is None:
        raise NoProof(f"'{said}' does not begin with a number")
    joint = JOINT.match(text, one.end())
    two = NUMBER.match(text, joint.end()) if joint else None
    rest, lender = text[one.end() :].strip(), None
    if joint and two and joint["unit"].strip() in ("", text[two.end() :].strip()):
        rest, lender = text[two.end() :].strip(), None if joint["unit"].strip() else two
    else:
        two = None
    ends = [_in_unit(_size(*number), rest, unit, said) for number in ((one, lender), (two or one, None))]
    return Range(min(ends), max(ends))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LARGEST


def _size(match: re.Match[str], lender: re.Match[str] | None) -> float:
    """The size of a number; in "1.5-2 x 10^10" and "5-10 billion" the second lends its power to the first."""
    own = any(match[name] for name in ("power", "e", "times", "bare", "scale"))
    from_ = match if own or lender is None else lender
    power = int(match["power"] or from_["e"] or from_["times"] or from_["bare"] or 0)
    digits = "1" if match["power"] else re.sub("[, ]", "", match["digits"])
    try:
        size = float(digits) * 10.0**power * SCALES.get(from_["scale"] or "", 1.0)
    except OverflowError:
        size = math.inf
    return -size if match["sign"] in ("-", "minus ") else size


def _in_unit(x: float, written: str, unit: str, said: str) -> float:
    if not abs(x) < LARGEST:
        raise NoProof(f"'{said}' is not a number")
    written = written.strip(" .")
    if not written:
        raise NoProof(f"'{said}' has no unit: it must be in {unit}")
    if unit == "per mL":
        return _per_ml(x, written, said)
    given, wanted = (name.replace(" ", "").removesuffix("s") for name in (written, simple(unit)))
    if given == wanted:
        return x
    if given in TIMES and wanted in TIMES:
        return x * TIMES[given] / TIMES[wanted]
    scale = TEMPERATURE.fullmatch(written)
    if scale and unit == "°C":
        return CELSIUS[scale[1][0]](x)
    raise NoProof(f"'{said}' is not in {unit}")


def _per_ml(x: float, written: str, said: str) -> float:
    found = PER_VOLUME.fullmatch(re.sub(r"\([^)]*\)", " ", written).strip())
    if found is None:
        raise NoProof(f"'{said}' is not per mL: a vial or a dose can be of any size")
    extra = [w for w in re.findall(r"\w+", found["what"]) if w not in COUNTED]
    if extra:
        raise NoProof(f"'{said}' counts {quoted(' '.join(extra), 30)}, not particles")
    if found["rest"].strip(" ."):
        raise NoProof(f"'{said}': what follows the unit is not understood")
    volume = float(found["n"] or 1) * VOLUMES[found["v"]]
    if volume <= 0:
        raise NoProof(f"'{said}' is in no volume")
    return x / volume


def count(value: Any) -> int:
    """A whole number.

    Raises
    ------
    NoProof : anything else, "100+" and "over 100" too.
    """
    if _is_number(value) and value == int(value):
        return int(value)
    text = simple(value) if isinstance(value, str) else ""
    if not re.fullmatch(r"-?\d{1,3}(,\d{3})+|-?\d{1,12}", text):
        raise NoProof(f"'{quoted(value)}' is not a whole number")
    return int(text.replace(",", ""))


def day(value: Any) -> date:
    """A date, written so that it has one meaning.

    Raises
    ------
    NoProof : not a date, or one that can be read two ways.
    """
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    said, text = quoted(value), simple(value) if isinstance(value, str) else ""
    for found in filter(None, (form.fullmatch(text) for form in DATES)):
        names = [n for n, name in enumerate(month_name) if name.lower().startswith(found["month"])]
        month = int(found["month"]) if found["month"].isdecimal() else next(iter(names), None)
        try:
            if month is not None:
                return date(int(found["year"]), month, int(found["day"]))
        except ValueError:
            raise NoProof(f"'{said}' is no day of any calendar") from None
    raise NoProof(f"'{said}' is not a date that can be read one way: write it as 2026-03-14")


def yes_no(value: Any) -> bool:
    """Yes or no.

    Raises
    ------
    NoProof : neither.
    """
    if isinstance(value, bool):
        return value
    text = simple(value).strip(" .!") if isinstance(value, str) else ""
    if text not in YES_NO:
        raise NoProof(f"'{quoted(value)}' is neither yes nor no")
    return YES_NO[text]


LINKS = [
    (re.compile(form, re.IGNORECASE), place)
    for form, place in (
        (r"(?:doi:\s*|(?:https?://)?(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[^\s]*\w[^\s]*)", "https://doi.org/{}"),
        (r"(?:pmid:?\s*|(?:https?://)?pubmed\.ncbi\.nlm\.nih\.gov/)(\d{5,8})/?", "https://pubmed.ncbi.nlm.nih.gov/{}/"),
        (r"(NCT\d{8}|ISRCTN\d{8}|ACTRN\d{14}|ChiCTR-?\w{8,}|UMIN\d{9}|KCT\d{7})", "{}"),
    )
]
NOWHERE = r"(?:.*\.)?(?:example\.(?:com|org|net)|localhost|test|invalid|example|local)|[\d.]*"


def link(value: Any) -> str:
    """Where something can be read: a DOI, a PubMed or registry number, or a public address.

    Raises
    ------
    NoProof : none of these, or an address that leads nowhere.
    """
    said = quoted(value)
    if not isinstance(value, str):
        raise NoProof(f"'{said}' is not a link")
    text = clean(value)
    for form, place in LINKS:
        if found := form.fullmatch(text):
            return place.format(found[1])
    if not re.fullmatch(r"https?://[^\s/?#]+\S*", text, re.IGNORECASE):
        raise NoProof(f"'{said}' is no DOI, PubMed or registry number, and no address")
    if re.fullmatch(NOWHERE, site(text)):
        raise NoProof(f"'{said}' leads nowhere")
    if not re.search(r"//[^/]+/[^/]", text):
        raise NoProof(f"'{said}' is the front door of a site, not a document")
    return text
