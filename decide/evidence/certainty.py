"""How sure is a gain: nought to five stars, for the kind that is asked about, by domains, each with its reason.

From five stars something is taken off for what weakens the figure: bias, indirectness, imprecision, heterogeneity,
incoherence, reporting. Then caps hold: a figure that is mostly assumption, a single study, series alone, no figure.
The thresholds are the catalogue's. Stars are never claimed to rise with more evidence: conflict lowers them.

Source: Guyatt et al., Journal of Clinical Epidemiology 64 (2011) 383-394 (GRADE), for the domains; the shares of the
pull, for which records the figure rests on, are those of `decide.synthesis.influence`.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.evidence.benefit import Benefits, synthesis_of
from decide.evidence.index import Effect, records
from decide.evidence.informing import informing_records, on_benefit
from decide.evidence.rows import POOLED, Used
from decide.lazily import dataclass
from decide.synthesis.influence import Shares

RANDOMISED = ("rct", "split-body-rct")
MOST = 5
"""Stars to start from."""
LEAST_PULL = 0.01
"""A trial with less of the pull than one in a hundred, and without the effect, stands behind a figure in name alone."""
LEAST_SHOWN = 0.005
"""A share below this is none of a hundred, and stands behind a figure in name alone."""

Domain = Literal["bias", "indirectness", "imprecision", "heterogeneity", "incoherence", "reporting"]
Limit = Literal["assumption", "one study", "series", "no figure", "laboratory", "claims", "nothing"]


class Lost(NamedTuple):
    """What a domain takes off: `stars`, and the `value` that was judged (a share of the pull, a number of regions, a
    p-value; None where it cannot be told).
    """

    domain: Domain
    stars: int
    value: float | None


class Cap(NamedTuple):
    """Why no more than so many stars are given; `value` is the share that was judged, where there is one."""

    limit: Limit
    stars: int
    value: float | None = None


@dataclass(frozen=True, kw_only=True)
class Working:
    """How stars came about: what each domain takes off, and the caps that hold. `people` are those of the trials that
    the figure rests on, `studies` how many these are, `only` the source where all of them are of one.
    """

    stars: int
    lost: tuple[Lost, ...] = ()
    caps: tuple[Cap, ...] = ()
    people: int = 0
    studies: int = 0
    only: str = ""

    @property
    def series(self) -> bool:
        """Whether no comparison stands behind the figure."""
        return any(cap.limit == "series" for cap in self.caps)

    def of(self, domain: Domain) -> Lost | None:
        """What a domain takes off; None where it was not judged."""
        return next((one for one in self.lost if one.domain == domain), None)


class Certainty(NamedTuple):
    """Stars with their working, and how many records of each layer there are."""

    stars: int
    layers: dict[str, int]
    working: Working

    @property
    def disagree(self) -> bool:
        """Whether studies contradict each other, directly against indirectly."""
        found = self.working.of("incoherence")
        return found is not None and found.stars > 0


class Rules(NamedTuple):
    """The published rules."""

    sound: tuple[float, float]
    indirect: tuple[float, float]
    incoherent: tuple[float, float]
    interest: float
    small: float
    assumption: float
    caps: dict[str, int]


@derived(most=1)
def rules_of(catalog: Catalog) -> Rules:
    """The rules that stand in the catalogue."""

    def pair(name: str) -> tuple[float, float]:
        return catalog.constant(f"{name}-most"), catalog.constant(f"{name}-some")

    caps = ("assumption", "one-study", "series", "no-figure", "laboratory")
    return Rules(
        sound=pair("certainty-sound"),
        indirect=pair("certainty-indirect"),
        incoherent=pair("certainty-incoherent"),
        interest=catalog.constant("certainty-interest"),
        small=catalog.constant("certainty-small"),
        assumption=catalog.constant("certainty-assumption"),
        caps={name: round(catalog.constant(f"star-cap-{name}")) for name in caps},
    )


def steps(value: float, most: float, some: float) -> int:
    """Stars that a share costs: none up to `most`, one up to `some`, two beyond; downwards where `most` is above."""
    if most > some:
        return 0 if value >= most else 1 if value >= some else 2
    return 0 if value <= most else 1 if value <= some else 2


def regions(low: float, high: float, noticeable: float) -> tuple[bool, bool, bool]:
    """Which of a loss, too little to notice and a gain a range enters."""
    return low < -noticeable, low < noticeable and high > -noticeable, high > noticeable


def certainty(catalog: Catalog, found: Benefits, effect: Effect) -> Certainty:
    """The stars of one effect's gain, for the kind that is asked about."""
    rules = rules_of(catalog)
    layers = {"clinical": 0, "preclinical": 0, "mechanistic": 0}
    for record in records(catalog, found.concern).get(effect.plain, ()):
        for layer in {o.layer for o in record.outcomes} or {"clinical"}:
            layers[layer] += 1
    if not found.studied(effect):
        working = _unmeasured(catalog, found.concern, effect, layers, rules)
        return Certainty(working.stars, layers, working)
    shares = found.shares(effect)
    trials = found.trials
    own = _own(found, effect)
    behind = {name: share for name in trials if (share := shares.of(name)) >= LEAST_PULL or name in own}
    lost = (
        _bias(shares.within, trials, rules),
        _indirectness(found, effect, behind, trials, rules),
        *_imprecision(catalog, found, effect, rules),
        _incoherence(found, effect, rules),
        _reporting(behind, trials, rules),
    )
    caps = tuple(_caps(found, effect, shares, rules))
    stars = max(0, min([MOST - sum(one.stars for one in lost), *(cap.stars for cap in caps)]))
    people = sum(_people(trials[name]) for name in own)
    sources = {item.study.source for name in own for item in trials[name]}
    only = sources.pop() if len(sources) == 1 else ""
    working = Working(stars=stars, lost=lost, caps=caps, people=people, studies=len(own), only=only)
    return Certainty(stars, layers, working)


def _own(found: Benefits, effect: Effect) -> set[str]:
    """The trials that hold an effect, of people mostly of kinds that lend."""
    return {item.trial for item in found.measured(effect)}


def _people(items: Iterable[Used]) -> int:
    """The people of a trial: all of them, or those of its arms; who has every arm counts once."""
    rows = list(items)
    stated = [item.study.participants for item in rows if item.study.participants]
    arms = [item.n or 0 for item in rows if item.kind == "arm"]
    if any(item.study.design in POOLED for item in rows):
        stated = []
    in_arms = max(arms, default=0) if all(item.study.within for item in rows) else sum(arms)
    return max([*stated, in_arms, *(item.n or 0 for item in rows if item.kind != "arm")], default=0)


def _bias(within: Mapping[str, float], trials: dict[str, list[Used]], rules: Rules) -> Lost:
    """The share of what comparisons say that is from blinded, randomised trials; all is lost where none says any."""
    told = sum(within.values())
    if told < LEAST_SHOWN:
        return Lost("bias", steps(0.0, *rules.sound), None)
    sound = sum(
        share
        for name, share in within.items()
        if all(item.study.design in RANDOMISED and item.study.blinded for item in trials[name])
    )
    return Lost("bias", steps(sound / told, *rules.sound), sound / told)


def _indirectness(
    found: Benefits, effect: Effect, behind: dict[str, float], trials: dict[str, list[Used]], rules: Rules
) -> Lost:
    """The share of the studies' pull that is from another kind, another sex, or other products alone."""
    sex = next((k.sex for k in found.catalog.concerns[found.concern].subtype if k.id == found.kind), None)
    elsewhere = 0.0
    for name, share in behind.items():
        here = found.of_kind_asked[name]
        other_sex = sex and any(item.study.sex not in (None, sex) for item in trials[name])
        given = {product for item in trials[name] if (product := _product(item, effect))}
        other_product = effect.product is not None and bool(given) and effect.product not in given
        elsewhere += share if other_sex or other_product else share * (1 - here)
    value = elsewhere / sum(behind.values()) if behind else 0.0
    return Lost("indirectness", steps(value, *rules.indirect), value)


def _product(item: Used, effect: Effect) -> str | None:
    """Which product a record of this effect gave; None where it does not say, or is of something else."""
    found: str | None = item.row.product if item.effect == effect.plain else None
    return found


def _imprecision(catalog: Catalog, found: Benefits, effect: Effect, rules: Rules) -> tuple[Lost, Lost]:
    noticeable = catalog.constant("noticeable", found.concern)
    expected = found.expected(effect)
    own = regions(expected.mean, expected.mean, noticeable)
    range_ = regions(*expected.sure, noticeable)
    new = regions(*expected.new, noticeable)
    entered = sum(a and not b for a, b in zip(range_, own, strict=True))
    more = sum(a and not b and not c for a, b, c in zip(new, range_, own, strict=True))
    return Lost("imprecision", entered, float(entered)), Lost("heterogeneity", more, float(more))


def _incoherence(found: Benefits, effect: Effect, rules: Rules) -> Lost:
    """The smallest p of the effect's tests of direct against indirect: those of one loop are one and the same test."""
    value = min((test.p for test in found.conflicts(effect)), default=None)
    return Lost("incoherence", 0 if value is None else steps(value, *rules.incoherent), value)


def _reporting(behind: dict[str, float], trials: dict[str, list[Used]], rules: Rules) -> Lost:
    """The share of the studies' pull from those who gain by the result; and whether every study is small."""
    paid = sum(share for name, share in behind.items() if any(item.study.interest for item in trials[name]))
    value = paid / sum(behind.values()) if behind else 0.0
    small = all(_people(trials[name]) < rules.small for name in behind)
    return Lost("reporting", int(value > rules.interest or small), value)


def _caps(found: Benefits, effect: Effect, shares: Shares, rules: Rules) -> Iterable[Cap]:
    if shares.assumption > rules.assumption:
        yield Cap("assumption", rules.caps["assumption"], shares.assumption)
    own = _own(found, effect)
    if len(own) == 1 and not any(item.kind == "pooled" for item in found.records_of(effect)):
        yield Cap("one study", rules.caps["one-study"])
    if sum(shares.within.values()) < LEAST_SHOWN:
        yield Cap("series", rules.caps["series"])


def _unmeasured(catalog: Catalog, concern: str, effect: Effect, layers: dict[str, int], rules: Rules) -> Working:
    """What has no figure: somebody looked in people, or in the laboratory; or somebody only says so."""
    looked = [
        record
        for record in informing_records(catalog, concern).get(effect.plain, ())
        if record.study.design != "vendor-claim" and any(on_benefit(o) for o in record.outcomes)
    ]
    if looked:
        cap = Cap("no figure", rules.caps["no-figure"])
    elif layers["preclinical"] + layers["mechanistic"]:
        cap = Cap("laboratory", rules.caps["laboratory"])
    else:
        cap = Cap("claims" if any(layers.values()) else "nothing", 0)
    return Working(stars=cap.stars, caps=(cap,), studies=len(looked))


@derived(most=8192)
def certainty_of(catalog: Catalog, concern: str, kind: str, effect: Effect) -> Certainty:
    """The certainty of an effect's gain for a kind of a concern, kept."""
    return certainty(catalog, synthesis_of(catalog, concern, kind), effect)
