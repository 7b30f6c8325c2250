"""A description against the frameworks that apply to it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from decide.catalog import Catalog
from decide.catalog.models import Framework, Item
from decide.errors import InputError
from decide.lazily import dataclass
from decide.product.fields import Context
from decide.product.findings import Checked, ItemFinding, ProductCheck, StudyFinding
from decide.product.frameworks import Section, framework_of, frameworks_of, near, sections
from decide.product.items import found, item_finding
from decide.product.read import WRITES, Description, read_description
from decide.product.rules import verdict
from decide.product.words import clean, quoted

FREE = ("note", "notes", "comment", "comments")
"""Keys that anyone may write anywhere; they show nothing and are not complained of."""
THINGS = {"product": "a product", "study": "a study"}
"""What a description may be of, by the part that names it."""


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
    parts, day = description.parts, today or date.today()
    frameworks, every = frameworks_of(catalog, only), frameworks_of(catalog, tuple(catalog.frameworks))
    known = {header: sections(catalog, (f for f in every if f.header == header)) for header in THINGS}
    header = _header(description, known, frameworks)
    listed = parts.get(header)
    if not frameworks:
        kind = "evidence" if isinstance(parts.get("study"), list) else header
        frameworks = [f for f in every if f.kind == kind]
    checked = []
    for framework in frameworks:
        several = listed if framework.kind == "study" and isinstance(listed, list) else [listed]
        checked += [_Body(catalog, {**parts, header: one}, day).against(framework) for one in several]
    return ProductCheck(
        file=description.file,
        describes=frameworks[0].kind,
        subject=_subject(listed),
        checked_on=day.isoformat(),
        frameworks=tuple(checked),
        not_understood=tuple(dict.fromkeys(_not_understood(parts, known[header]))),
    )


def _header(description: Description, known: Mapping[str, Mapping[str, Section]], asked: Sequence[Framework]) -> str:
    """`product` or `study`: what the file describes. Refused when it is something else than what was asked."""
    file, parts, headers = description.file, description.parts, {f.header for f in asked}
    if len(headers) > 1:
        raise InputError("these frameworks are for different things", "ask about a product or about studies")
    here = [h for h in known if h in parts] or [h for h in known if any(key in known[h] for key in parts)]
    if not here:
        names = [name for places in known.values() for name in places]
        hint = next((f"{quoted(key)!r}: {hint}" for key in parts if (hint := near(key, names))), WRITES)
        raise InputError(f"{file}: nothing in it is known", hint)
    if headers and not headers & set(here):
        raise InputError(
            f"{file}: describes {THINGS[here[0]]}, and {asked[0].id} asks about {THINGS[asked[0].header]}",
            f"'decide product new FILE --framework {asked[0].id}' writes what it needs",
        )
    return next(iter(headers), here[0])


def _subject(header: Any) -> str:
    if isinstance(header, list):
        return f"{len(header)} studies" if len(header) != 1 else _subject(header[0])
    named = (header.get("name") or header.get("title") or "") if isinstance(header, dict) else ""
    return quoted(named, 80) if isinstance(named, str | int) and clean(str(named)) else ""


def _not_understood(parts: Mapping[str, Any], known: Mapping[str, Section]) -> list[str]:
    """Keys that no framework of this kind asks for, each with the nearest that one does."""

    def told(key: str, names: Mapping[str, Any], where: str = "") -> str:
        home = next((place for place, section in known.items() if key in section.fields), None)
        hint = f"it belongs under {home}" if home else near(key, names)
        return f"{quoted(key)!r}{where}" + (f": {hint}" if hint else "")

    strange = []
    for key, value in parts.items():
        if key in FREE:
            continue
        if key not in known:
            strange.append(told(key, known))
            continue
        fields = known[key].fields
        for table in value if isinstance(value, list) else [value]:
            inside = table if isinstance(table, dict) else ()
            strange += [told(i, fields, f" under {key}") for i in inside if i not in fields and i not in FREE]
    return strange


@dataclass(frozen=True)
class _Body:
    """The parts of one description, to be held against frameworks on a day."""

    catalog: Catalog
    parts: Mapping[str, Any]
    day: date

    def against(self, framework: Framework, above: tuple[str, ...] = ()) -> Checked:
        """What a framework says; `above` are those whose items it answers."""
        if framework.id in above:
            raise InputError(f"framework {framework.id!r} answers itself", "'decide catalog check' lists every problem")
        header = self.parts.get(framework.header)
        studies: tuple[StudyFinding, ...] = ()
        if framework.rule_kind == "layers":
            studies = self._studies(framework, header)
            items = [_layer(item, studies) for item in framework.item]
        else:
            context, short = self._context(framework, header), framework.rule_kind == "shortfall"
            items = [
                self._by_framework(item, item.framework, (*above, framework.id))
                if item.framework
                else item_finding(item, self.parts.get(item.place), context, short)
                for item in framework.item
            ]
        source = self.catalog.sources.get(framework.source)
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
            items=tuple(items),
            studies=studies,
            verdict=verdict(framework, items, studies),
        )

    def _context(self, framework: Framework, header: Any) -> Context:
        said = header.items() if isinstance(header, dict) else ()
        about = {
            f"{framework.header}.{key}": clean(str(value))
            for key, value in said
            if isinstance(value, str | int | float) and not isinstance(value, bool)
        }
        return Context(words=framework.words, about=about, today=self.day)

    def _by_framework(self, item: Item, other: str, above: tuple[str, ...]) -> ItemFinding:
        """An item that another framework's verdict answers."""
        inner = self.against(framework_of(self.catalog, other), above)
        shown = sum(i.status == "documented" for i in inner.items)
        if all(i.status == "missing" for i in inner.items):
            return found(item, "missing", "nothing said")
        reason = f"{shown} of {len(inner.items)} documented by {inner.framework}"
        return found(item, "documented" if inner.verdict.met else "claimed", reason)

    def _studies(self, framework: Framework, listed: Any) -> tuple[StudyFinding, ...]:
        """Each study in its layer; one that is told twice counts once."""
        tables = [t for t in (listed if isinstance(listed, list) else [listed]) if isinstance(t, dict)]
        studies: list[StudyFinding] = []
        seen: dict[str, str] = {}
        for number, table in enumerate(tables, 1):
            if not any(clean(str(v)) for v in table.values()):
                continue
            title = _subject(table) or f"study {number}"
            study = _placed(framework, table, self._context(framework, table), title)
            reference = clean(str(table.get("reference", ""))).casefold().removeprefix("https://doi.org/").rstrip("/")
            if reference in seen:
                study = replace(study, status="claimed", reason=f"the same study as {seen[reference]}")
            elif reference:
                seen[reference] = title
            studies.append(study)
        return tuple(studies)


def _placed(framework: Framework, table: Mapping[str, Any], context: Context, title: str) -> StudyFinding:
    """A study in the layer whose sorting field is shown; in none where no layer's is."""
    reason = ""
    for item in framework.item:
        shown = item_finding(item, table, context, falls_short=False)
        sorting = next(f.id for f in item.field if f.sorts)
        sort = next(f for f in shown.fields if f.id == sorting)
        if sort.state == "proven":
            return StudyFinding(title=title, layer=item.id, layer_name=item.name, status=shown.status,
                                reason=shown.reason, remarks=shown.remarks)  # fmt: skip
        if not reason or sort.state == "claimed":
            reason = sort.reason or f"not given: {sorting.replace('-', ' ')}"
    return StudyFinding(title=title, layer=None, layer_name="no layer", status="claimed", reason=reason)


def _layer(item: Item, studies: Sequence[StudyFinding]) -> ItemFinding:
    """A layer by the studies in it."""
    mine = [s for s in studies if s.layer == item.id]
    shown = [s.title for s in mine if s.status == "documented"]
    if shown:
        return found(item, "documented", f"{len(shown)} documented: {'; '.join(shown)}")
    return found(item, "claimed", "none documented") if mine else found(item, "missing", "no study")
