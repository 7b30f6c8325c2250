"""The questions of `decide catalog add`: one fact, asked for part by part, with its source."""

from collections.abc import Callable, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any, get_args

import click

from decide.catalog import Catalog
from decide.catalog import models as m
from decide.catalog.check import IDLE
from decide.catalog.toml import tables_text
from decide.errors import InputError

Table = tuple[str, dict[str, Any]]


def guided(catalog: Catalog, kind: str | None) -> tuple[str, str]:
    """The text of the facts asked for, and a name for their file."""
    kind = kind or _choice("What do you want to add?", ("study", "price", "practice", "procedure"))
    tables, name = ASK[kind](catalog)
    return tables_text(tables, f"Added on {date.today()}."), name


# ---------------------------------------------------------------- one question


def _say(text: str) -> None:
    click.echo(text, err=True)


def _ask(question: str, read: Callable[[str], Any], *, optional: bool = False) -> Any:
    """An answer, asked again until it can be read; None for an empty one where that is allowed."""

    def proc(text: str) -> Any:
        text = text.strip()
        if not text and optional:
            return None
        try:
            if not text:
                raise InputError("an answer is needed")
            return read(text)
        except InputError as error:
            raise click.UsageError(str(error)) from None

    ending = " (Enter to leave out)" if optional else ""
    return click.prompt(
        question + ending, default="" if optional else None, show_default=False, value_proc=proc, err=True
    )


def _choice(question: str, answers: Sequence[str], *, optional: bool = False) -> Any:
    def read(text: str) -> str:
        found = [a for a in answers if a == text.lower()] or [a for a in answers if a.startswith(text.lower())]
        if len(found) != 1:
            near = get_close_matches(text.lower(), answers, n=1)
            raise InputError(f"{text!r} is not one of them", f"did you mean {near[0]!r}?" if near else "")
        return found[0]

    return _ask(f"{question} [{', '.join(answers)}]", read, optional=optional)


def _words(text: str) -> str:
    if len(text) > 2000:
        raise InputError("that is too long", "up to 2,000 letters")
    return text


def _number(text: str) -> float | int:
    try:
        value = float(text.replace(",", "").strip("$£%"))
    except ValueError:
        raise InputError(f"{text!r} is not a number") from None
    if not abs(value) <= 1e12:
        raise InputError(f"{text!r} is not a number")
    return int(value) if value == int(value) else value


def _whole(text: str) -> int:
    value = _number(text)
    if isinstance(value, float) or value < 1:
        raise InputError(f"{text!r} is not a whole number above zero")
    return value


def _identity(text: str) -> str:
    import re

    found = re.sub(r"[^a-z0-9.+]+", "-", text.casefold()).strip("-.+")
    if not found:
        raise InputError("an id needs letters or figures")
    return found[:120]


def _truth(question: str, *, unknown: bool = False) -> bool | None:
    answer = _choice(question, ("yes", "no", "not known") if unknown else ("yes", "no"))
    return {"yes": True, "no": False}.get(answer)


def _procedure_reader(catalog: Catalog, *, idle: bool = False) -> Callable[[str], str]:
    from decide.question.vocabulary import Vocabulary

    def read(text: str) -> str:
        if idle and text.lower() in IDLE:
            return text.lower()
        if text in catalog.procedures:
            return text
        found = Vocabulary.of(catalog).procedure(text)
        if found not in catalog.procedures:
            raise InputError(f"{text!r} is several", f"one of {', '.join(catalog.members(found))}")
        return found

    return read


def _concern_reader(catalog: Catalog) -> Callable[[str], str]:
    from decide.question.vocabulary import Vocabulary

    return lambda text: Vocabulary.of(catalog).concern(text)[0]


def _source(catalog: Catalog) -> tuple[str, list[Table]]:
    """The id of a source, and its table when it is a new one."""
    identity: str = _ask("Source: the id of one that is known, or a new one such as smith-2026", _identity)
    if identity in catalog.sources:
        _say(f"  {catalog.sources[identity].title}")
        return identity, []
    near = get_close_matches(identity, catalog.sources, n=1, cutoff=0.85)
    if near and _truth(f"{near[0]!r} is known. Did you mean that one?"):
        return near[0], []
    _say("  A new source.")
    table = {
        "id": identity,
        "title": _ask("  Title", _words),
        "kind": _choice("  Kind", get_args(m.Source.model_fields["kind"].annotation)),
        "year": _ask("  Year", _whole, optional=True),
        "doi": _ask("  DOI", _words, optional=True),
        "url": _ask("  Address", _words, optional=True),
        "interest": _ask("  What it stands to gain", _words, optional=True),
    }
    return identity, [("source", table)]


# ---------------------------------------------------------------- one kind of fact each


def _study(catalog: Catalog) -> tuple[list[Table], str]:
    concern = _ask("For which concern?", _concern_reader(catalog))
    kinds = [s.id for s in catalog.concerns[concern].subtype]
    subtype = _choice("Which kind of it?", kinds, optional=True) if kinds else None
    source, tables = _source(catalog)
    taken = {s.id for s in catalog.studies(concern)}
    identity = source if source not in taken else _ask(f"An id for the study ({source!r} is taken)", _identity)
    study: dict[str, Any] = {
        "id": identity,
        "concern": concern,
        "source": source,
        "subtype": subtype,
        "design": _choice("Design", get_args(m.Design)),
        "blinded": _truth("Did those who judged not know who got what?", unknown=True),
        "participants": _ask("How many people in all?", _whole, optional=True),
        "follow_up_weeks": _ask("How many weeks after treatment was it judged?", _number, optional=True),
        "interest": _ask("Who paid or gains, if anyone?", _words, optional=True),
    }
    study["paired"] = _truth("Did each person get every treatment (split face)?")
    found: dict[str, list[dict[str, Any]]] = {}
    _say("What was found: a figure for one group (arm), a difference between two (contrast), or words (outcome).")
    while True:
        part = _choice("Add", ("arm", "contrast", "outcome", "done"))
        if part == "done":
            if found:
                break
            _say("  a study says something: add one first")
            continue
        found.setdefault(part, []).append({"arm": _arm, "contrast": _contrast, "outcome": _outcome}[part](catalog))
    return [*tables, ("study", {**study, **found})], f"study-{concern}-{identity}"


def _arm(catalog: Catalog) -> dict[str, Any]:
    reader = _procedure_reader(catalog, idle=True)
    arm: dict[str, Any] = {
        "procedure": _ask("  What did this group get? (a treatment, placebo or untreated)", reader),
        "base": _ask("  On top of what?", _procedure_reader(catalog), optional=True),
        "n": _ask("  How many people?", _whole, optional=True),
        "measure": _choice("  Measured as", get_args(m.Arm.model_fields["measure"].annotation)),
    }  # fmt: skip
    arm["value"] = _ask("  Value (percent, or hairs per cm²)", _number)
    if arm["measure"] == "responders":
        arm["threshold"] = _ask("  Percent better that makes a responder", _number)
    arm["sd"] = _ask("  Standard deviation between people", _number, optional=True)
    return arm


def _contrast(catalog: Catalog) -> dict[str, Any]:
    reader = _procedure_reader(catalog, idle=True)
    return {
        "procedure": _ask("  Which treatment?", reader),
        "base": _ask("  On top of what?", _procedure_reader(catalog), optional=True),
        "comparator": _ask("  Against what?", reader),
        "comparator_base": _ask("  And that on top of what?", _procedure_reader(catalog), optional=True),
        "measure": _choice("  Measured as", get_args(m.Contrast.model_fields["measure"].annotation)),
        "value": _ask("  Value", _number),
        "low": _ask("  Low end of its 95 % range", _number, optional=True),
        "high": _ask("  High end", _number, optional=True),
        "n": _ask("  How many people in all?", _whole, optional=True),
        "direction": _choice("  Which way does it point?", get_args(m.Direction)),
    }


def _outcome(catalog: Catalog) -> dict[str, Any]:
    reader = _procedure_reader(catalog, idle=True)
    return {
        "procedure": _ask("  Which treatment?", reader),
        "comparator": _ask("  Against what? (a treatment, placebo, untreated, baseline)", reader),
        "layer": _choice("  In people, in cells or animals, or in theory?", get_args(m.Layer)),
        "outcome": _ask("  What was found, in your words", _words),
        "measure": "none",
        "p_value": _ask("  p-value, such as <0.05", _words, optional=True),
        "direction": _choice("  Which way does it point?", get_args(m.Direction)),
    }  # fmt: skip


def _price(catalog: Catalog) -> tuple[list[Table], str]:
    procedure = _ask("Price of what?", _procedure_reader(catalog))
    market = _choice("In which market?", tuple(catalog.markets))
    known = catalog.markets[market]
    unit = _choice("Per", get_args(m.Unit))
    table: dict[str, Any] = {
        "procedure": procedure,
        "market": market,
        "currency": known.currency,
        "year": _ask("Year of the price", _whole),
        "unit": unit,
        "low": _ask(f"Lowest price, in {known.currency}", _number),
        "typical": _ask("Typical price", _number, optional=True),
        "high": _ask("Highest price (the same again for a single price)", _number),
        "covers": _ask("What it covers", _words, optional=True),
    }
    if unit == "course":
        table["sessions"] = _ask("How many sessions does the course have?", _whole, optional=True)
        if table["sessions"] is None:
            table["months"] = _ask("How many months does it last?", _number, optional=True)
        if table.get("months") is None and table["sessions"] is None:
            table["once"] = True
    source, tables = _source(catalog)
    return [*tables, ("price", {**table, "source": source})], f"price-{market}-{procedure}"


def _practice(catalog: Catalog) -> tuple[list[Table], str]:
    procedure = _ask("About which treatment?", _procedure_reader(catalog))
    table: dict[str, Any] = {
        "procedure": procedure,
        "concern": _ask("For one concern only?", _concern_reader(catalog), optional=True),
        "fact": _choice("What kind of fact?", catalog.fact_kinds),
        "low": _ask("Low figure", _number, optional=True),
        "high": _ask("High figure", _number, optional=True),
    }
    table["value"] = _ask("In words", _words, optional=table["low"] is not None or table["high"] is not None)
    source, tables = _source(catalog)
    return [*tables, ("practice", {**table, "source": source})], f"practice-{procedure}-{table['fact']}"


def _new_procedure(catalog: Catalog) -> tuple[list[Table], str]:
    name = _ask("Name of the procedure", _words)
    identity = _identity(name)
    if identity in catalog.procedures and not _truth(f"{identity!r} is known. Replace it in your folder?"):
        identity = _ask("An id for it", _identity)
    table: dict[str, Any] = {
        "id": identity,
        "name": name,
        "family": _choice("Its family", tuple(catalog.families)),
        "summary": _ask("What it is, in one sentence", _words),
        "mode_of_action": _ask("How it works, in one sentence", _words),
        "mechanism": _choice("Mechanism", sorted({p.mechanism for p in catalog.procedures.values()})),
        "setting": _choice("Where it is done", get_args(m.Setting)),
        "route": _choice("How it gets in", get_args(m.Route)),
        "clinic": _truth("Does it need a clinic?"),
        "role": _choice("Is it used alone, added to another, or either?", ("standalone", "adjunct", "either")),
        "invasiveness": _choice("How deep does it go?", get_args(m.Invasiveness)),
    }
    if table["role"] != "standalone":
        base = _ask("What is it added to?", _procedure_reader(catalog), optional=table["role"] == "either")
        table["adjunct_to"] = [base] if base else None
    uses = []
    while (use := _choice("It uses", get_args(m.Use), optional=True)) is not None:
        uses.append(use)
    return [("procedure", {**table, "uses": uses or None})], f"procedure-{identity}"


ASK: dict[str, Callable[[Catalog], tuple[list[Table], str]]] = {
    "study": _study,
    "price": _price,
    "practice": _practice,
    "procedure": _new_procedure,
}
