"""The catalogue: facts in folders, read when they are asked for.

`load_catalog()` gives the one that ships; a user's own folder lays over it (same id replaces, new id adds). Every
section is read on first use, so that a question about one concern does not pay for the other nine.

Long because every table has its accessor here, a few lines each.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from decide.catalog import models as m
from decide.catalog.circles import circles
from decide.catalog.compiled import SHIPPED
from decide.catalog.content import Content, content_of, unchanged
from decide.catalog.derived import derived
from decide.catalog.read import Entry, Tables, tables_of
from decide.catalog.weaker import taken_away
from decide.errors import CatalogError, InputError
from decide.mcda.labelled import listed
from decide.version import DISTRIBUTION

SPARED = ("source", "exchange", "red_flag", "foundation")
"""Tables that are kept whole whatever source is left out."""
OPINIONS = ("profile",)
"""Tables that say what counts to somebody: no figure that is kept hangs on them."""
CHECKOUT = Path(__file__).parent.parent.parent / "catalog"


def shipped_root() -> Path:
    """The folder of facts inside the installed package, or beside it in a checkout."""
    root = SHIPPED if SHIPPED.is_dir() else CHECKOUT
    if not root.is_dir():
        raise CatalogError("the catalogue of this installation is missing", f"install {DISTRIBUTION} again")
    return root


class Catalog:
    """Facts, by what they are about. Sections load lazily and are then kept; nothing changes them.

    Parameters
    ----------
    root : the folder to read, laid out as `catalog/README.md` tells.
    overlays : folders whose facts replace (same key) or add to it, later ones last; any layout of `*.toml` files.
    extra : facts in memory, laid over everything.
    dropped : sources whose facts are left out, to see what leans on them.
    """

    def __init__(
        self,
        root: Path,
        overlays: tuple[Path, ...] = (),
        extra: tuple[Entry, ...] = (),
        dropped: frozenset[str] = frozenset(),
    ) -> None:
        self.root = root
        self.overlays = overlays
        self.extra = extra
        self.dropped = dropped
        self.spared: tuple[str, ...] = SPARED
        self.kept: dict[Callable[..., Any], dict[tuple[Any, ...], Any]] = {}
        self._files: dict[Path, Tables] = {}

    def __repr__(self) -> str:
        over = "".join(f" + {path}" for path in self.overlays)
        return (
            f"Catalog({self.edition.version}, {len(self.procedures)} procedures, {len(self.concerns)} concerns{over})"
        )

    def with_facts(self, *entries: Entry) -> "Catalog":
        """The same catalogue with these facts laid over it; files already read are not read again."""
        other = Catalog(self.root, self.overlays, (*self.extra, *entries), self.dropped)
        other._files = self._files
        return other

    def without(self, sources: Iterable[str], *, prices: bool = False) -> "Catalog":
        """The same catalogue without what was read from these sources; their prices stay when `prices` says so.

        What is evidence of benefit or harm goes. What says who may have something stays, whoever says it.

        Raises
        ------
        InputError : a source that the catalogue does not know.
        """
        names = frozenset(sources)
        for name in sorted(names - set(self.sources)):
            from difflib import get_close_matches

            near = get_close_matches(name, self.sources, n=3)
            raise InputError(
                f"unknown source {name!r}", f"did you mean {', '.join(near)}?" if near else "see 'decide sources'"
            )
        other = Catalog(self.root, self.overlays, self.extra, self.dropped | names)
        other.spared = (*SPARED, "price") if prices else SPARED
        other._files = self._files
        return other

    @cached_property
    def facts(self) -> "Catalog":
        """The same facts without what was worked out from them: what an answer holds to be put into words."""
        other = copy(self)
        other.kept = {}
        return other

    def interested(self) -> frozenset[str]:
        """Sources that stand to gain from what they praise, as far as was seen."""
        paid = {s.source for concern in self.concerns for s in self.studies(concern) if s.interest}
        return frozenset(paid | {s.id for s in self.sources.values() if s.interest})

    # ---------------------------------------------------------------- reading

    def _read(self, path: Path) -> Tables:
        if path not in self._files:
            # what all files hold before the first is read: what is worked out is kept under that
            _ = self._content
            entries, problems = tables_of(path, self.shown(path))
            if problems:
                more = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
                raise CatalogError(f"{problems[0]}{more}", "'decide catalog check' lists every problem")
            self._files[path] = entries
        return self._files[path]

    @cached_property
    def _content(self) -> Content | None:
        changed = self.dropped or any(entry.table not in OPINIONS for entry in self.extra)
        return None if changed else content_of((self.root, *self.overlays))

    @property
    def content(self) -> str:
        """A digest of every byte of the files of facts; '' where facts are left out or laid over in memory (but what
        somebody weighs, which changes no figure), and where a file has changed since the first was read.
        """
        found = self._content
        return found.digest if found is not None and unchanged(found, (self.root, *self.overlays)) else ""

    def shown(self, path: Path) -> str:
        """A file's name as a curator knows it: relative to its folder of facts."""
        try:
            return str(Path("catalog") / path.relative_to(self.root))
        except ValueError:
            return str(path)

    @cached_property
    def _overlay(self) -> list[Entry]:
        entries: list[Entry] = []
        for folder in self.overlays:
            if not folder.is_dir():
                raise CatalogError(f"{folder}: not a folder of facts", "--catalog takes a folder of .toml files")
            for path in sorted(folder.rglob("*.toml")):
                entries.extend(self._read(path))
        return [*entries, *self.extra]

    def _collect(self, table: str, *places: str, where: Callable[[Any], bool] = lambda fact: True) -> list[Any]:
        """Facts of one table from these files or folders of the root, with the overlays laid over them."""
        shipped: dict[tuple[object, ...], Entry] = {}
        for place in places:
            path = self.root / place
            files = sorted(path.glob("*.toml")) if path.is_dir() else [path] if path.exists() else []
            for file in files:
                for entry in self._read(file)[table]:
                    if where(entry.fact):
                        shipped[entry.key] = entry
        merged = {key: entry.fact for key, entry in shipped.items()}
        for entry in self._overlay:
            if entry.table == table and where(entry.fact):
                if entry.key in shipped and (lost := taken_away(shipped[entry.key], entry)):
                    hint = "an overlay may add to what bars and warns, not take away"
                    raise CatalogError(f"{self.shown(entry.file)}: {lost}", hint)
                merged[entry.key] = entry.fact
        if self.dropped and table not in self.spared:
            return [fact for fact in merged.values() if not self._leaves_out(table, fact)]
        return list(merged.values())

    def laid_over(self) -> list[tuple[Path, Entry]]:
        """The facts of the overlays, each with its folder."""
        return [
            (folder, entry) for folder in self.overlays for entry in self._overlay if entry.file.is_relative_to(folder)
        ]

    @derived(most=1024)
    def folder_of(self, file: Path) -> Path:
        """The folder of facts that a file stands in."""
        return next((f for f in (self.root, *self.overlays) if file.is_relative_to(f)), file.parent)

    def _leaves_out(self, table: str, fact: Any) -> bool:
        """Whether a fact goes with its source: what says who may have something never does."""
        return getattr(fact, "source", None) in self.dropped and not (table == "practice" and fact.fact in m.SAFETY)

    def files(self) -> list[Path]:
        """Every file of facts, this catalogue's and its overlays'."""
        folders = (self.root, *self.overlays)
        return [path for folder in folders for path in sorted(folder.rglob("*.toml"))]

    # ---------------------------------------------------------------- what there is

    @cached_property
    def edition(self) -> m.Edition:
        """Version, date and defaults of the catalogue."""
        found: list[m.Edition] = self._collect("catalogue", "catalogue.toml")
        if not found:
            raise CatalogError(f"{self.root}: no [catalogue] table", "catalogue.toml says which edition it is")
        return found[-1]

    @cached_property
    def families(self) -> Mapping[str, m.Family]:
        """Families by id."""
        return {f.id: f for f in self._collect("family", "families.toml")}

    @cached_property
    def procedures(self) -> Mapping[str, m.Procedure]:
        """Procedures by id; none is made of itself, or given on itself, by any way round."""
        found: dict[str, m.Procedure] = {p.id: p for p in self._collect("procedure", "procedures")}
        for key in ("parts", "adjunct_to"):
            for name, way in circles({p.id: getattr(p, key) for p in found.values() if getattr(p, key)}):
                raise CatalogError(f"{name}: {key} runs in a circle: {way}", "'decide catalog check' says where")
        return found

    @cached_property
    def products(self) -> Mapping[str, m.Product]:
        """Products by id."""
        return {p.id: p for p in self._collect("product", "products.toml")}

    @cached_property
    def concerns(self) -> Mapping[str, m.Concern]:
        """Concerns by id."""
        return {c.id: c for c in self._collect("concern", "concerns")}

    @cached_property
    def markets(self) -> Mapping[str, m.Market]:
        """Markets by id."""
        return {k.id: k for k in self._collect("market", "markets")}

    @cached_property
    def sources(self) -> Mapping[str, m.Source]:
        """Sources by id."""
        return {s.id: s for s in self._collect("source", "sources")}

    @cached_property
    def criteria(self) -> Mapping[str, m.Criterion]:
        """Criteria by id, in the order in which they are shown."""
        return {c.id: c for c in self._collect("criterion", "criteria.toml")}

    @cached_property
    def conditions(self) -> Mapping[str, m.Condition]:
        """What may be true of a person, by id."""
        return {c.id: c for c in self._collect("condition", "conditions.toml")}

    def weaker(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
        """The entries of overlays that take something away from a shipped one, and what."""
        listed = list(entries)
        ours = {entry.key: entry for entry in listed if self.folder_of(entry.file) == self.root}
        for entry in listed:
            known = ours.get(entry.key)
            if known is not None and known is not entry and (lost := taken_away(known, entry)):
                yield entry, lost

    @cached_property
    def avoids(self) -> Mapping[str, m.Avoid]:
        """What a person may not want to have, by id."""
        return {a.id: a for a in self._collect("avoid", "avoid.toml")}

    @cached_property
    def mentions(self) -> Mapping[str, m.Mention]:
        """Words that name a group of people, by id."""
        return {x.id: x for x in self._collect("mention", "conditions.toml")}

    @cached_property
    def price_words(self) -> tuple[m.PriceWord, ...]:
        """Words by which a note on a price owes it a mark."""
        return tuple(self._collect("price_word", "price-words.toml"))

    @cached_property
    def vague(self) -> tuple[m.Vague, ...]:
        """Words about a person that leave open what holds."""
        return tuple(self._collect("vague", "persons.toml"))

    @cached_property
    def kin(self) -> tuple[m.Kin, ...]:
        """Procedures of which what harmed one is asked about before another."""
        return tuple(self._collect("kin", "persons.toml"))

    @cached_property
    def sayings(self) -> tuple[m.Saying, ...]:
        """Words of general English, and what each is for; an overlay adds to them."""
        return tuple(self._collect("say", "words.toml"))

    @cached_property
    def red_flags(self) -> tuple[m.RedFlag, ...]:
        """What a doctor has to look at first."""
        return tuple(self._collect("red_flag", "red-flags.toml"))

    @cached_property
    def not_covered(self) -> tuple[m.NotCovered, ...]:
        """What people ask about and is no concern here."""
        return tuple(self._collect("not_covered", "not-covered.toml"))

    @cached_property
    def _foundations(self) -> tuple[m.Foundation, ...]:
        return tuple(self._collect("foundation", "foundations.toml"))

    def foundations(self, concern: str, kind: str = "") -> tuple[m.Foundation, ...]:
        """What is had with anything else for a concern, or for one kind of it."""
        return tuple(f for f in self._foundations if f.concern == concern and f.kind in (None, kind))

    @cached_property
    def fact_kinds(self) -> tuple[str, ...]:
        """The kinds of practice fact: those that the program reads, and those that a criterion names."""
        return tuple(dict.fromkeys((*m.FACTS, *(c.fact for c in self.criteria.values() if c.fact))))

    @cached_property
    def profiles(self) -> Mapping[str, m.Profile]:
        """Weight profiles by id."""
        return {p.id: p for p in self._collect("profile", "profiles.toml")}

    @cached_property
    def scales(self) -> Mapping[str, m.Scale]:
        """Scales of benefit by id."""
        return {s.id: s for s in self._collect("scale", "synthesis.toml")}

    @cached_property
    def cuts(self) -> Mapping[tuple[str, str], m.Cut]:
        """Cuts of responders by scale and id."""
        return {(c.scale, c.id): c for c in self._collect("cut", "cuts.toml")}

    def cut(self, scale: str, cut: str) -> m.Cut | None:
        """A cut on a scale; None where it has no meaning there."""
        return self.cuts.get((scale, cut))

    @cached_property
    def risk_priors(self) -> Mapping[str, m.RiskPrior]:
        """Expected harm by invasiveness, for where no rate is known."""
        return {r.invasiveness: r for r in self._collect("risk_prior", "risk.toml")}

    @cached_property
    def downtime_priors(self) -> Mapping[str, m.DowntimePrior]:
        """Days of downtime by invasiveness, for where no source gives any."""
        return {d.invasiveness: d for d in self._collect("downtime_prior", "downtime.toml")}

    @cached_property
    def spacings(self) -> tuple[m.Spacing, ...]:
        """Procedures and families that are kept apart."""
        return tuple(self._collect("spacing", "spacing.toml"))

    @cached_property
    def measures(self) -> tuple[m.Measure, ...]:
        """How each measure is brought to each scale."""
        return tuple(self._collect("measure", "synthesis.toml"))

    @cached_property
    def _constants(self) -> list[m.Constant]:
        return self._collect(
            "constant", "synthesis.toml", "risk.toml", "criteria.toml", "downtime.toml", "spacing.toml", "persons.toml"
        )

    @derived(most=1024)
    def constant(self, name: str, concern: str = "") -> float:
        """A constant of the synthesis: the concern's own, else its scale's, else the general one."""
        scale = self.concerns[concern].scale if concern else None
        found: dict[int, float] = {}
        for c in self._constants:
            if c.name != name:
                continue
            if concern and c.concern == concern:
                found[0] = c.value
            elif c.concern is None and c.scale is not None and c.scale == scale:
                found[1] = c.value
            elif c.concern is None and c.scale is None:
                found[2] = c.value
        if not found:
            raise CatalogError(f"no constant {name!r}" + (f" for {concern}" if concern else ""), "see synthesis.toml")
        return found[min(found)]

    @cached_property
    def comparisons(self) -> tuple[m.Comparison, ...]:
        """The founding documents' comparisons."""
        return tuple(self._collect("comparison", "documents.toml"))

    @cached_property
    def guidelines(self) -> tuple[m.Guideline, ...]:
        """What documents name for a concern or a kind of it."""
        return tuple(self._collect("guideline", "guidelines.toml"))

    @cached_property
    def claims(self) -> tuple[m.Claim, ...]:
        """What is said about procedures, by whom."""
        return tuple(self._collect("claim", "documents.toml"))

    @cached_property
    def frameworks(self) -> Mapping[str, m.Framework]:
        """Checklists by id."""
        return {f.id: f for f in self._collect("framework", "frameworks.toml")}

    # ---------------------------------------------------------------- facts about one thing

    @derived(most=256)
    def studies(self, concern: str) -> tuple[m.Study, ...]:
        """Studies about one concern, without those that another of them replaces."""
        found = self._collect("study", f"studies/{concern}.toml", where=lambda s: s.concern == concern)
        gone = {name for study in found for name in study.replaces}
        return tuple(s for s in found if s.id not in gone and f"{concern}/{s.id}" not in gone)

    @derived(most=64)
    def prices(self, market: str) -> Mapping[str, tuple[m.Price, ...]]:
        """Price observations of one market, by procedure."""
        found: dict[str, list[m.Price]] = {}
        for price in self._collect("price", f"markets/{market}.toml", where=lambda p: p.market == market):
            found.setdefault(price.procedure, []).append(price)
        return {procedure: tuple(prices) for procedure, prices in found.items()}

    @derived(most=16)
    def _by_procedure(self, table: str) -> Mapping[str, tuple[Any, ...]]:
        """Facts of one table in every file on practice (and the overlays), by procedure, wherever they stand."""
        found: dict[str, list[Any]] = {}
        for fact in self._collect(table, "practice"):
            if table == "practice" and fact.fact not in self.fact_kinds:
                raise CatalogError(
                    f"a fact about {fact.procedure}: unknown kind {fact.fact!r}",
                    "'decide catalog check' lists every problem",
                )
            found.setdefault(fact.procedure, []).append(fact)
        return {procedure: tuple(facts) for procedure, facts in found.items()}

    def _given(self, table: str, procedure: str) -> tuple[Any, ...]:
        return self._by_procedure(table).get(procedure, ())

    @derived(most=8192)
    def practice(self, procedure: str, *kinds: str) -> tuple[m.Practice, ...]:
        """Practice facts of a procedure, of these kinds (all when none is named)."""
        return tuple(f for f in self._given("practice", procedure) if not kinds or f.fact in kinds)

    @derived(most=4096)
    def on_prescription(self, procedure: str, market: str) -> bool:
        """Whether something is had on prescription alone in a market, by facts on its status there; where none says how
        it is had there, whether it is on prescription anywhere.
        """
        sold = [f for f in self.practice(procedure, "status") if f.value in m.SUPPLY]
        here = {f.value for f in sold if f.market == market} or {f.value for f in sold if f.value == m.ON_PRESCRIPTION}
        return m.ON_PRESCRIPTION in here and not here & {"pharmacy-only", "over-the-counter"}

    @derived(most=8192)
    def courses(self, procedure: str, *kinds: str) -> tuple[m.Course, ...]:
        """How results of a procedure came and went in studies."""
        return tuple(f for f in self._given("course", procedure) if not kinds or f.what in kinds)

    def harms(self, procedure: str) -> tuple[m.Harm, ...]:
        """Unwanted events seen with a procedure."""
        return self._given("harm", procedure)

    def assumptions(self, procedure: str) -> tuple[m.Assumption, ...]:
        """How a procedure's units become a course."""
        return self._given("assumption", procedure)

    @cached_property
    def exchange(self) -> tuple[m.Exchange, ...]:
        """Dated exchange rates."""
        return tuple(self._collect("exchange", "exchange.toml"))

    def rate(self, from_: str, to: str) -> tuple[Decimal, int]:
        """What one unit of one currency buys of another, and the year of that average; through a third if need be."""
        direct: dict[tuple[str, str], tuple[Decimal, int]] = {}
        for e in self.exchange:
            direct[e.from_, e.to] = (Decimal(str(e.rate)), e.year)
            direct.setdefault((e.to, e.from_), (1 / Decimal(str(e.rate)), e.year))
        if from_ == to:
            return Decimal(1), 0
        if (from_, to) in direct:
            return direct[from_, to]
        for (a, b), (first, year) in direct.items():
            if a == from_ and (b, to) in direct:
                second, other = direct[b, to]
                return first * second, min(year, other)
        raise InputError(f"no exchange rate from {from_} to {to}")

    # ---------------------------------------------------------------- words for things

    def members(self, family_or_procedure: str) -> tuple[str, ...]:
        """The procedures that an id means: itself, or every member of the family."""
        if family_or_procedure in self.procedures:
            return (family_or_procedure,)
        found = tuple(p.id for p in self.procedures.values() if family_or_procedure in p.families)
        if not found:
            raise InputError(f"nothing is called {family_or_procedure!r}")
        return found

    def market(self, market: str) -> m.Market:
        """The market with this id."""
        if market not in self.markets:
            known = ", ".join(sorted(self.markets))
            raise InputError(f"unknown market {market!r}", f"there are price lists for {known}")
        return self.markets[market]


def load_catalog(
    path: str | os.PathLike[str] | None = None, *, overlays: tuple[str | os.PathLike[str], ...] = ()
) -> Catalog:
    """The catalogue that ships with decide, with folders of your own laid over it.

    Parameters
    ----------
    path : a folder of facts laid over the shipped ones; `DECIDE_CATALOG` is used when this is None.
    overlays : further folders, later ones over earlier ones.

    Raises
    ------
    CatalogError : a folder or file is missing or cannot be used.
    """
    first = path if path is not None else os.environ.get("DECIDE_CATALOG") or None
    given = [("path", first)] * (first is not None) + [("overlays", one) for one in listed("overlays", overlays)]
    for what, folder in given:
        if not isinstance(folder, str | os.PathLike) or not folder:
            raise CatalogError(f"{what}: {folder!r:.60} is not a folder of facts", "its path, as text or a Path")
        if not os.path.isdir(folder):
            raise CatalogError(f"{folder}: not a folder of facts", "a catalogue is a folder of .toml files")
    return Catalog(shipped_root(), tuple(Path(folder) for _, folder in given))
