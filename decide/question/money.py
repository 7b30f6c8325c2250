"""Money as people write it: `$2,000`, `2k`, `A$600`, `£1.5k`, `1,500 AUD`. Exact until it is shown."""

import re
from decimal import Decimal, InvalidOperation

from decide.catalog import Catalog
from decide.errors import InputError

LIMIT = Decimal(10_000_000)
"""No treatment costs this much; a larger sum is a slip of the hand."""

_NUMBER = re.compile(
    r"(?P<digits>\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\s*(?P<thousand>k|thousand|grand)?\b", re.I
)


def amount(value: object, what: str = "amount") -> Decimal:
    """A sum above zero as a Decimal, from a number or digits.

    Raises
    ------
    InputError : not a number, not finite, zero or less, or absurdly large.
    """
    try:
        found = value if isinstance(value, Decimal) else Decimal(str(value).strip().replace(",", ""))
    except InvalidOperation:
        raise InputError(f"the {what} {value!r:.60} is not an amount of money", "for example 2000 or $2,000") from None
    if not found.is_finite():
        raise InputError(f"the {what} must be a finite amount, not {value!s:.40}")
    if found <= 0:
        raise InputError(f"the {what} must be above zero, not {value!s:.40}")
    if found > LIMIT:
        raise InputError(f"the {what} {value!s:.40} is absurdly large", f"the limit is {LIMIT:,}")
    return found


def parse(text: str, catalog: Catalog, what: str = "amount") -> tuple[Decimal, str | None]:
    """A sum as written in one piece, with the currency when one was written.

    A bare `$` names no currency: it means that of the list in force.
    """
    rest = " ".join(text.strip().lower().split())
    currency = None
    words = [(w, m.currency) for m in catalog.markets.values() for w in m.money_words]
    for word, code in sorted(words, key=lambda item: -len(item[0])):
        shape = rf"(?<![a-z]){re.escape(word)}(?:s)?(?![a-z])" if word[-1].isalpha() else re.escape(word)
        if re.search(shape, rest):
            currency = code
            rest = re.sub(shape, " ", rest)
            break
    rest = re.sub(r"\$|\bdollars?\b|\bbucks?\b", " ", rest).strip()
    found = _NUMBER.fullmatch(rest)
    if not found:
        foreign = re.search(r"[€¥₹]|\b(?:eur|euros?|yen|cad|rupees?)\b", rest)
        if foreign:
            known = ", ".join(m.currency for m in catalog.markets.values())
            raise InputError(f"no price list is in {foreign.group()!r}", f"there are lists in {known}")
        sign = "must be above zero" if re.fullmatch(r"-\s*[\d.,]+k?", rest) else "is not an amount of money"
        raise InputError(f"the {what} {text.strip()!r:.60} {sign}", "for example 2000, $2,000 or 2k")
    if re.fullmatch(r"\d{1,3}\.\d{3}", found["digits"]):
        whole = found["digits"].replace(".", "")
        raise InputError(f"the {what} {text.strip()!r} may mean {found['digits'][:-4]} or {whole}", f"write {whole}")
    digits = found["digits"].replace(",", "").replace(" ", "")
    return amount(Decimal(digits) * (1000 if found["thousand"] else 1), what), currency
