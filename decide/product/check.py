"""A description against the frameworks that apply to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from decide.catalog import Catalog
from decide.catalog.models import Framework
from decide.errors import InputError
from decide.product.fields import Context
from decide.product.findings import Checked, ItemFinding, ProductCheck, Status, StudyFinding
from decide.product.items import item_finding
from decide.product.read import Description, plain_key, read_description
from decide.product.rules import verdict
from decide.product.words import clean, quoted

FREE = ("note", "notes", "comment", "comments")
"""Keys that anyone may write anywhere; they show nothing and are not complained of."""


def check_file(catalog: Catalog, file: str, only: Sequence[str] = (), today: date | None = None) -> ProductCheck:
    """The answer of every framework that applies to a description in a file, or of those named.

    Raises
    ------
    InputError : a file that cannot be read, an unknown framework, or one that is for something else.
    """
    return check_description(catalog, read_description(file), only, today)


def check_description(
    catalog: Catalog, description: Description, only: Sequence[str] = (), today: date | None = None
) -> ProductCheck:
    """As `check_file`, for a description already read."""
    day = today or date.today()
    frameworks = [framework_of(catalog, name) for name in dict.fromkeys(only)]
    header = _header(catalog, description, frameworks)
    if not frameworks:
        kind = "product" if header == "product" else "study"
        kind = "evidence" if isinstance(description.parts.get("study"), list) else kind
        frameworks = [f for f in catalog.frameworks.values() if f.kind == kind]
    checked = tuple(one for framework in frameworks for one in _bodies(catalog, framework, description.parts, day))
    return ProductCheck(
        file=description.file,
        kind=frameworks[0].kind,
        subject=_subject(description.parts.get(header)),
        checked_on=day.isoformat(),
        frameworks=checked,
        not_understood=tuple(_not_understood(catalog, description.parts, header)),
    )


def framework_of(catalog: Catalog, name: str) -> Framework:
    """The framework of this name; near names are offered for an unknown one."""
    known = catalog.frameworks
    if plain_key(name) not in known:
        near = get_close_matches(plain_key(name), known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"frameworks are {', '.join(known)}"
        raise InputError(f"unknown framework {quoted(name)!r}", hint)
    return known[plain_key(name)]


def sections_of(frameworks: Iterable[Framework], catalog: Catalog) -> dict[str, list[str]]:
    """The parts that a description may have and the fields of each, over these frameworks."""
    found: dict[str, list[str]] = {}
    for framework in frameworks:
        found.setdefault(framework.header, []).extend(f.id for f in about_of(catalog, framework))
        for item in framework.item:
            if item.field:
                found.setdefault(item.place, []).extend(f.id for f in item.field)
    return {place: list(dict.fromkeys(fields)) for place, fields in found.items()}


def about_of(catalog: Catalog, framework: Framework) -> tuple[Any, ...]:
    """The fields that name what is judged: the framework's own, else those of the one it is like, if of one kind."""
    if framework.about or framework.like is None:
        return framework.about
    other = framework_of(catalog, framework.like)
    return other.about if other.header == framework.header else ()


def _header(catalog: Catalog, description: Description, asked: Sequence[Framework]) -> str:
    """`product` or `study`: what the file describes. Refused when it is something else than what was asked."""
    parts = description.parts
    every = catalog.frameworks.values()
    known = {h: sections_of((f for f in every if f.header == h), catalog) for h in ("product", "study")}
    headers = {f.header for f in asked}
    if len(headers) > 1:
        raise InputError("these frameworks are for different things", "ask about a product or about studies")
    here = [h for h in known if h in parts] or [h for h in known if any(key in known[h] for key in parts)]
    if not here:
        names = [name for sections in known.values() for name in sections]
        near = [(key, get_close_matches(key, names, n=1)) for key in parts]
        hint = next((f"{quoted(key)!r}: did you mean {close[0]!r}?" for key, close in near if close), "")
        raise InputError(
            f"{description.file}: nothing in it is known",
            hint or "'decide product new FILE' writes an empty description",
        )
    if headers and not headers & set(here):
        thing = {"product": "a product", "study": "a study"}
        raise InputError(
            f"{description.file}: describes {thing[here[0]]}, and {asked[0].id} asks about {thing[asked[0].header]}",
            f"'decide product new FILE --framework {asked[0].id}' writes what it needs",
        )
    return next(iter(headers), here[0])


def _subject(header: Any) -> str:
    if isinstance(header, list):
        return f"{len(header)} studies" if len(header) != 1 else _subject(header[0])
    if isinstance(header, dict):
        named = header.get("name") or header.get("title") or ""
        return quoted(named, 80) if isinstance(named, str | int) and clean(str(named)) else ""
    return ""


def _bodies(catalog: Catalog, framework: Framework, parts: Mapping[str, Any], day: date) -> list[Checked]:
    """The answers of one framework: one, or one for each study where it judges studies and several are listed."""
    listed = parts.get(framework.header)
    if framework.kind == "study" and isinstance(listed, list):
        return [_checked(catalog, framework, {**parts, framework.header: one}, day) for one in listed]
    return [_checked(catalog, framework, parts, day)]


def _context(catalog: Catalog, framework: Framework, header: Any, day: date) -> Context:
    words = framework.words
    if framework.like is not None and "words" not in framework.model_fields_set:
        words = framework_of(catalog, framework.like).words
    about = {}
    if isinstance(header, dict):
        for key, value in header.items():
            if isinstance(value, str | int | float) and not isinstance(value, bool):
                about[f"{framework.header}.{key}"] = clean(str(value))
    return Context(words=words, about=about, today=day)


def _checked(
    catalog: Catalog, framework: Framework, parts: Mapping[str, Any], day: date, above: tuple[str, ...] = ()
) -> Checked:
    if framework.id in above:
        raise InputError(f"framework {framework.id!r} answers itself", "'decide catalog check' lists every problem")
    header = parts.get(framework.header)
    studies: tuple[StudyFinding, ...] = ()
    if framework.rule_kind == "layers":
        items, studies = _layers(catalog, framework, header, day)
    else:
        context = _context(catalog, framework, header, day)
        items = tuple(
            _by_framework(catalog, item, parts, day, (*above, framework.id))
            if item.framework is not None
            else item_finding(item, parts, context, framework.rule_kind == "shortfall")
            for item in framework.item
        )
    source = catalog.sources.get(framework.source)
    return Checked(
        framework=framework.id,
        title=framework.title,
        kind=framework.kind,
        subject=_subject(header),
        rule=framework.rule,
        rule_kind=framework.rule_kind,
        source=framework.source,
        interest=source.interest if source else "",
        note=framework.note,
        items=items,
        studies=studies,
        verdict=verdict(framework, items, studies),
    )


def _by_framework(
    catalog: Catalog, item: Any, parts: Mapping[str, Any], day: date, above: tuple[str, ...]
) -> ItemFinding:
    """An item that another framework's verdict answers."""
    inner = _checked(catalog, framework_of(catalog, item.framework), parts, day, above)
    shown = sum(i.status == "documented" for i in inner.items)
    said = sum(i.status != "missing" for i in inner.items)
    status: Status = "documented" if inner.verdict.met else "claimed" if said else "missing"
    return ItemFinding(
        id=item.id, name=item.name, ask=item.ask, status=status,
        reason=f"{shown} of {len(inner.items)} documented by {inner.framework}" if said else "nothing said",
    )  # fmt: skip


def _layers(
    catalog: Catalog, framework: Framework, listed: Any, day: date
) -> tuple[tuple[ItemFinding, ...], tuple[StudyFinding, ...]]:
    """Each study in its layer, and each layer by the studies in it."""
    tables = [t for t in (listed if isinstance(listed, list) else [listed]) if isinstance(t, dict)]
    studies: list[StudyFinding] = []
    seen: dict[str, str] = {}
    for number, table in enumerate(tables, 1):
        if not any(clean(str(v)) for v in table.values()):
            continue
        title = _subject(table) or f"study {number}"
        found = _placed(framework, table, _context(catalog, framework, table, day), title)
        reference = clean(str(table.get("reference", ""))).casefold().removeprefix("https://doi.org/").rstrip("/")
        if reference and reference in seen:
            found = replace(found, status="claimed", reason=f"the same study as {seen[reference]}")
        elif reference:
            seen[reference] = title
        studies.append(found)
    items = []
    for item in framework.item:
        mine = [s for s in studies if s.layer == item.id]
        shown = [s.title for s in mine if s.status == "documented"]
        reason = (
            f"{len(shown)} documented: {'; '.join(shown)}" if shown else "no study" if not mine else "none documented"
        )
        items.append(
            ItemFinding(id=item.id, name=item.name, ask=item.ask,
                        status="documented" if shown else "claimed" if mine else "missing", reason=reason)
        )  # fmt: skip
    return tuple(items), tuple(studies)


def _placed(framework: Framework, table: Mapping[str, Any], context: Context, title: str) -> StudyFinding:
    reason = ""
    for item in framework.item:
        found = item_finding(item, {item.place: table}, context, falls_short=False)
        sorting = next(f.id for f in item.field if f.sorts)
        sort = next(f for f in found.fields if f.id == sorting)
        if sort.state == "proven":
            return StudyFinding(
                title=title, layer=item.id, layer_name=item.name, status=found.status, reason=found.reason,
                remarks=found.remarks,
            )  # fmt: skip
        if not reason or sort.state == "claimed":
            reason = sort.reason or f"not given: {sorting.replace('-', ' ')}"
    return StudyFinding(title=title, layer=None, layer_name="no layer", status="claimed", reason=reason)


def _not_understood(catalog: Catalog, parts: Mapping[str, Any], header: str) -> list[str]:
    """Keys that no framework of this kind asks for, each with the nearest that one does."""
    known = sections_of((f for f in catalog.frameworks.values() if f.header == header), catalog)
    found = []
    for key, value in parts.items():
        if key in FREE:
            continue
        if key not in known:
            homes = [place for place, fields in known.items() if key in fields]
            near = get_close_matches(key, known, n=1)
            hint = f"it belongs under {homes[0]}" if homes else f"did you mean {near[0]!r}?" if near else ""
            found.append(f"{quoted(key)!r}" + (f": {hint}" if hint else ""))
            continue
        for table in value if isinstance(value, list) else [value]:
            for inner in table if isinstance(table, dict) else ():
                if inner in known[key] or inner in FREE:
                    continue
                near = get_close_matches(inner, known[key], n=1)
                homes = [place for place, fields in known.items() if inner in fields]
                hint = f"did you mean {near[0]!r}?" if near else f"it belongs under {homes[0]}" if homes else ""
                found.append(f"{quoted(inner)!r} under {key}" + (f": {hint}" if hint else ""))
    return list(dict.fromkeys(found))


__all__ = ["Checked", "ProductCheck", "check_description", "check_file"]
