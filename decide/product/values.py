"""Values as people write them: numbers with units, ranges, dates, links. What cannot be read is told, not guessed."""

import math
import re
from datetime import date, datetime
from typing import Any, NamedTuple

from decide.product.words import clean, quoted, site


class NoProof(Exception):  # noqa: N818 - an outcome, not an error
    """A value that shows nothing, and why."""


class Range(NamedTuple):
    """A quantity in the unit that was asked for; both ends agree for a single number."""

    low: float
    high: float


SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
DIGITS = r"(?:\d{1,3}(?:[, ]\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+"
SCALES = {"thousand": 1e3, "million": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
NUMBER = (
    rf"(?P<sign>[-+]|minus )?\s*(?:(?P<ten>10)\^(?P<power>[-+]?\d{{1,3}})|(?P<digits>{DIGITS})"
    r"(?:e(?P<e>[-+]?\d{1,3})|\s*[x*]\s*10(?:\^(?P<times>[-+]?\d{1,3})|(?P<bare>[1-9]\d?))(?!\d))?)"
    rf"(?:\s*(?P<scale>{'|'.join(SCALES)})(?!\w))?"
)
AT_LEAST = r"at least|over|more than|above|minimum|min\.?|from|greater than|not less than|no less than|>=|≥|>"
AT_MOST = r"up to|at most|maximum|max\.?|less than|under|below|not more than|no more than|<=|≤|<"
ABOUT = r"about|approximately|approx\.?|around|circa|ca\.?|roughly|nominal(?:ly)?|typically|average|mean|~|≈"
UNIT_TWICE = re.compile(rf"(?P<unit>[^\d-]*?)\s*(?:-|to|and)\s*(?={re.sub(r'[?]P<[a-z]+>', '?:', NUMBER)})")
LEAD = re.compile(rf"(?:(?P<least>{AT_LEAST})|(?P<most>{AT_MOST})|(?:{ABOUT}))(?:(?<![a-z])|(?![a-z]))\s*")
KEPT = re.compile(
    r"(?:(?:and|stored|store|kept|keep|held|frozen|refrigerated|shipped|ship)[\s,]+)+at\s+|at\s+(?=[-\d])"
)
BETWEEN = re.compile(r"(?:between|from)\s+")

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
TEMPERATURES = {"c": "c", "°c": "c", "° c": "c", "celsius": "c", "deg c": "c", "degrees c": "c", "degrees celsius": "c",
                "degree celsius": "c", "f": "f", "°f": "f", "° f": "f", "fahrenheit": "f", "deg f": "f",
                "degrees f": "f", "degrees fahrenheit": "f", "k": "k", "kelvin": "k"}  # fmt: skip
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
NTH = r"(\d{1,2})(?:st|nd|rd|th)?"
WORDED = re.compile(rf"(?:{NTH}\s+)?([a-z]{{3,9}})\.?,?\s+(?:{NTH},?\s+)?(\d{{4}})")


def simple(text: str) -> str:
    """A figure's text in plain characters: powers with `^`, one minus sign, one times sign, lower case."""
    text = re.sub(r"([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda m: "^" + m[1].translate(SUPER), text).replace("cm^3", "cm3")
    text = clean(text).casefold()
    return re.sub(r"[−–—‐‑]", "-", text).replace("×", "x").replace("·", "x").replace("⋅", "x")


def quantity(value: Any, unit: str) -> Range:
    """A number, or a range of two, in the unit asked for.

    Raises
    ------
    NoProof : no number, no unit or another one, a bound from above alone.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise NoProof(f"{quoted(value)!r} is not a number with its unit")
    if isinstance(value, int | float):
        if not _finite(value):
            raise NoProof(f"'{value}' is not a number")
        raise NoProof(f"'{value:g}' has no unit: write '{value:g} {unit}'")
    text = simple(value)
    said = quoted(value)
    if not any(c.isdigit() for c in text):
        raise NoProof(f"'{said}' is not a number")
    text = KEPT.sub("", text, count=1) if KEPT.match(text) else text
    bound = LEAD.match(text)
    if bound and bound["least"] and unit == "°C":
        raise NoProof(f"'{said}' gives only a floor: it may be as warm as it likes")
    if bound and bound["most"] and unit != "°C":
        raise NoProof(f"'{said}' gives only a ceiling: nothing at all would keep that promise")
    start = BETWEEN.match(text) or bound
    at = start.end() if start else 0
    one = re.compile(NUMBER).match(text, at)
    if one is None:
        raise NoProof(f"'{said}' does not begin with a number")
    joint = re.compile(r"\s*(?:-|to|and|\.\.+)\s*").match(text, one.end())
    two = re.compile(NUMBER).match(text, joint.end()) if joint else None
    low = _number(one, two if two and not one["scale"] and not _powered(one) else None)
    high = _number(two, None) if two else low
    rest = text[(two or one).end() :].strip()
    if not (_finite(low) and _finite(high)):
        raise NoProof(f"'{said}' is not a number")
    if two is None and joint is None:
        # "20 °C to 25 °C": the unit stands twice
        again = UNIT_TWICE.match(rest)
        if again:
            first_unit = again["unit"].strip()
            second = re.compile(NUMBER).match(rest, again.end())
            if second is not None and rest[second.end() :].strip() == first_unit:
                high, rest = _number(second, None), first_unit
    ends = [_in_unit(x, rest, unit, said) for x in (low, high)]
    return Range(min(ends), max(ends))


def _powered(match: re.Match[str]) -> bool:
    return any(match[name] for name in ("power", "e", "times", "bare"))


def _number(match: re.Match[str], lender: re.Match[str] | None) -> float:
    """The size of a number; in "1.5-2 x 10^10" and "5-10 billion" the second lends its power to the first."""
    from_ = lender or match
    power = match["power"] or from_["e"] or from_["times"] or from_["bare"] or "0"
    digits = "1" if match["power"] else match["digits"].replace(",", "").replace(" ", "")
    try:
        size = float(digits) * 10.0 ** int(power) * SCALES.get(from_["scale"] or "", 1.0)
    except OverflowError:
        return math.inf
    return -size if match["sign"] in ("-", "minus ") else size


def _in_unit(x: float, written: str, unit: str, said: str) -> float:
    written = written.strip(" .")
    if not written:
        raise NoProof(f"'{said}' has no unit: it must be in {unit}")
    if unit == "per mL":
        return _per_ml(x, written, said)
    if unit == "°C":
        scale = TEMPERATURES.get(written)
        if scale is None:
            raise NoProof(f"'{said}' is not in °C")
        return {"c": x, "f": (x - 32) / 1.8, "k": x - 273.15}[scale]
    if unit.removesuffix("s") in TIMES:
        scale = written.removesuffix("s")
        if scale not in TIMES:
            raise NoProof(f"'{said}' is not in {unit}")
        return x * TIMES[scale] / TIMES[unit.removesuffix("s")] if scale != unit.removesuffix("s") else x
    if written.replace(" ", "") == simple(unit).replace(" ", ""):
        return x
    raise NoProof(f"'{said}' is not in {unit}")


def _per_ml(x: float, written: str, said: str) -> float:
    written = re.sub(r"\([^)]*\)", " ", written).strip()
    found = PER_VOLUME.fullmatch(written)
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


def _finite(x: float) -> bool:
    try:
        return math.isfinite(x)
    except OverflowError:
        return False


def count(value: Any) -> int:
    """A whole number.

    Raises
    ------
    NoProof : anything else, "100+" and "over 100" too.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise NoProof(f"{quoted(value)!r} is not a whole number")
    if isinstance(value, str):
        text = simple(value)
        if not re.fullmatch(r"-?\d{1,3}(,\d{3})+|-?\d{1,12}", text):
            raise NoProof(f"'{quoted(value)}' is not a whole number")
        return int(text.replace(",", ""))
    if not _finite(value) or value != int(value):
        raise NoProof(f"'{value}' is not a whole number")
    return int(value)


def day(value: Any) -> date:
    """A date, written so that it has one meaning.

    Raises
    ------
    NoProof : not a date, or one that can be read two ways.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    said = quoted(value)
    if not isinstance(value, str):
        raise NoProof(f"'{said}' is not a date such as 2026-03-14")
    text = simple(value)
    iso = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?", text)
    if iso:
        return _made(int(iso[1]), int(iso[2]), int(iso[3]), said)
    worded = WORDED.fullmatch(text)
    if worded and not (worded[1] and worded[3]):
        months = [i for i, name in enumerate(MONTHS, 1) if name.startswith(worded[2])]
        number = worded[1] or worded[3]
        if months and number:
            return _made(int(worded[4]), months[0], int(number), said)
    raise NoProof(f"'{said}' is not a date that can be read one way: write it as 2026-03-14")


def _made(year: int, month: int, number: int, said: str) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        raise NoProof(f"'{said}' is no day of any calendar") from None


def yes_no(value: Any) -> bool:
    """Yes or no.

    Raises
    ------
    NoProof : neither.
    """
    if isinstance(value, bool):
        return value
    text = simple(value).strip(" .!") if isinstance(value, str) else ""
    if text in ("yes", "y", "true"):
        return True
    if text in ("no", "n", "false"):
        return False
    raise NoProof(f"'{quoted(value)}' is neither yes nor no")


DOI = re.compile(r"(?:doi:\s*|(?:https?://)?(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[^\s]*\w[^\s]*)", re.IGNORECASE)
PUBMED = re.compile(r"(?:pmid:?\s*|(?:https?://)?pubmed\.ncbi\.nlm\.nih\.gov/)(\d{5,8})/?", re.IGNORECASE)
REGISTRY = re.compile(r"NCT\d{8}|ISRCTN\d{8}|ACTRN\d{14}|ChiCTR-?\w{8,}|UMIN\d{9}|KCT\d{7}", re.IGNORECASE)
NOWHERE = ("example.com", "example.org", "example.net", "localhost", "test", "invalid", "example", "local")


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
    for pattern, form in ((DOI, "https://doi.org/{}"), (PUBMED, "https://pubmed.ncbi.nlm.nih.gov/{}/")):
        found = pattern.fullmatch(text)
        if found:
            return form.format(found[1])
    if REGISTRY.fullmatch(text):
        return text
    if not re.fullmatch(r"https?://[^\s/?#]+\S*", text, re.IGNORECASE):
        raise NoProof(f"'{said}' is no DOI, PubMed or registry number, and no address")
    host = site(text)
    if not host or any(host == name or host.endswith(f".{name}") for name in NOWHERE) or re.fullmatch(r"[\d.]+", host):
        raise NoProof(f"'{said}' leads nowhere")
    if not re.search(r"//[^/]+/[^/]", text):
        raise NoProof(f"'{said}' is the front door of a site, not a document")
    return text
