"""What a network supposes beyond its rows: how gains, levels, kinds and departures are spread.

Nothing here has a default that is a judgement on a field: medians, priors and shares come from who asks. Left out, a
part is flat: gains without a prior, levels free, trials alike. That is ordinary network meta-analysis.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from decide.errors import InputError


@dataclass(frozen=True)
class Prior:
    """A Gaussian prior of spread above nought."""

    mean: float
    sd: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.mean) and 1e-9 < self.sd < 1e9):
            raise InputError(f"a prior needs a finite mean and a spread above zero, not {self}")


@dataclass(frozen=True)
class LogNormal:
    """A standard deviation that is not known: its logarithm is normal about that of `median`, with spread `log_sd`."""

    median: float
    log_sd: float

    def __post_init__(self) -> None:
        if not (1e-9 < self.median < 1e9 and 0 < self.log_sd < 10):
            raise InputError(f"a spread needs a median and a log_sd above zero, not {self}")

    def at(self, z: float) -> float:
        """The value `z` prior standard deviations from the median."""
        return self.median * math.exp(z * self.log_sd)


@dataclass(frozen=True)
class Gains:
    """Priors of gains, centred on none: d ~ N(0, s²), s itself spread as `spread`.

    combined : what the gain of something added is spread by, as a share of s. None: nothing is combined.
    added : the same for what is made to be added, named in `made_to_add`.
    pair : how far something added departs on one base, as a share of its own spread.
    product : how far a product departs from its treatment, as a share of s. None: rows name no products.
    bases : which part of a combination is its base: never what is made to be added, if another part is not; then the
        first of these; then by name.
    also : names that no row holds and that may be named or asked about.
    """

    spread: LogNormal
    combined: float | None = None
    pair: float | None = None
    added: float | None = None
    product: float | None = None
    made_to_add: Collection[str] = ()
    bases: tuple[str, ...] = ()
    also: Collection[str] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.spread, LogNormal):
            raise InputError(
                f"the spread of gains must be a LogNormal, not {self.spread!r}", "LogNormal(median, log_sd)"
            )
        shares = [self.combined, self.pair, self.added, self.product]
        if not all(share is None or 0 < share < 1e3 for share in shares):
            raise InputError("combined, pair, added and product must be above zero")
        if self.made_to_add and self.added is None:
            raise InputError("what is made to be added needs a spread of its own", "give `added`")


@dataclass(frozen=True)
class Levels:
    """What people come to without the treatments, in a study that holds no reference arm.

    level = μ + κ of the kind + β (no reference arm) + the cut's error + the study's own, N(0, τ² + …)

    mean : prior of μ. kind, untreated : spread of κ and of ω, by which those left alone differ from those on a dummy.
    series : prior of β, by which studies without a reference arm run high.
    between : τ. cut : spread of the error that a class of cuts has in common, one for all or by class. study_cut :
        that of one study's own.
    """

    mean: Prior
    kind: float
    untreated: float
    series: Prior
    between: LogNormal
    cut: float | Mapping[str, float] = 0.0
    study_cut: float = 0.0

    def __post_init__(self) -> None:
        cuts = self.cut.values() if isinstance(self.cut, Mapping) else (self.cut,)
        if not (0 < self.kind < 1e9 and 0 < self.untreated < 1e9 and 0 <= self.study_cut < 1e9):
            raise InputError("the spreads of levels must be above zero")
        if not all(0 <= one < 1e9 for one in cuts):
            raise InputError("the spread of a cut must be zero or more")

    def of_cut(self, cut: str) -> float:
        """The spread of the error of a class of cuts.

        Raises
        ------
        InputError : a class that the model gives no spread.
        """
        if not isinstance(self.cut, Mapping):
            return self.cut
        if cut not in self.cut:
            raise InputError(f"the model says nothing of the class of cut {cut!r}", "give its spread in `cut`")
        return self.cut[cut]


@dataclass(frozen=True)
class Kinds:
    """Kinds of a condition, and what gains in one tell of another.

    group : the group of each kind. Kinds of one group lend to each other, across groups nothing is lent.
    lends : of each group the share ρ of a gain's variance that its kinds have in common, from 0 to 1.
    share : how common each kind is, summing to 1: what a row without kinds is taken to hold, and what is answered when
        no kind is asked about.
    """

    group: Mapping[str, str]
    lends: Mapping[str, float]
    share: Mapping[str, float]

    def __post_init__(self) -> None:
        if set(self.group) != set(self.share) or not set(self.group.values()) <= set(self.lends):
            raise InputError("every kind needs a group and a share, and every group what it lends")
        if not all(0 <= rho <= 1 for rho in self.lends.values()):
            raise InputError("what kinds lend is a share from 0 to 1")
        if min(self.share.values(), default=-1) < 0 or abs(sum(self.share.values()) - 1) > 1e-6:
            raise InputError("the shares of kinds must sum to 1")


@dataclass(frozen=True)
class Outliers:
    """A study may stand apart: with chance `chance` its heterogeneity variance is `inflation` times that of others.

    Looked at are the studies whose left-out z is above `above`, the `most` largest. Sources: Baker & Jackson, Research
    Synthesis Methods 7 (2016) 2-19, and Beath, Research Synthesis Methods 5 (2014) 285-293, for outliers as a mixture.
    """

    chance: float = 0.05
    inflation: float = 16.0
    above: float = 1.5
    most: int = 5

    def __post_init__(self) -> None:
        if not (0 < self.chance < 1 and self.inflation > 1 and self.above >= 0 and 0 <= self.most <= 8):
            raise InputError("outliers need a chance between 0 and 1, an inflation above 1, and at most 8 candidates")


@dataclass(frozen=True)
class Model:
    """All that is supposed. `heterogeneity` is h, between arms of one treatment: 1/√2 of the usual spread between
    trials of one comparison; a number, or a `LogNormal`. Without `gains` they are flat and only differences are known.

    untreated : names of arms that were left alone (`levels` tell how they differ from those given a dummy).
    baseline : names that stand for "before": what is compared with it is a change, and so an arm.
    """

    gains: Gains | None = None
    levels: Levels | None = None
    heterogeneity: LogNormal | float = 0.0
    kinds: Kinds | None = None
    outliers: Outliers | None = None
    untreated: Collection[str] = ()
    baseline: Collection[str] = field(default=())

    def __post_init__(self) -> None:
        h = self.heterogeneity
        if not isinstance(h, LogNormal) and not 0 <= h < 1e9:
            raise InputError(f"heterogeneity must be zero or more, not {h!r}")
        flat = self.gains is None
        if flat and (self.levels or self.kinds or self.outliers or isinstance(h, LogNormal)):
            raise InputError(
                "levels, kinds, outliers and an unknown heterogeneity need a prior on gains", "give `gains`"
            )
        if self.untreated and not self.levels:
            raise InputError(
                "untreated arms differ from dummies by what `levels` say", "give `levels`, or no `untreated`"
            )
