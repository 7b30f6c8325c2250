"""What a network supposes beyond its rows: how gains, levels, kinds and departures are spread.

Nothing here has a default that is a judgement on a field: medians, priors and shares come from who asks. Left out, a
part is flat: gains without a prior, levels free, trials alike. That is ordinary network meta-analysis.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import field

from decide.errors import InputError
from decide.lazily import dataclass
from decide.mcda.given import instance, mapping
from decide.mcda.labelled import listed, number, whole

LEAST, MOST = 1e-9, 1e9
LARGEST = 1e100
"""No figure is as far from nought: its square has to stay a number."""
"""Between these is every spread that is above zero."""


@dataclass(frozen=True)
class Prior:
    """A Gaussian prior of spread above nought."""

    mean: float
    sd: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "mean", number("the mean of a prior", self.mean))
        object.__setattr__(self, "sd", number("the sd of a prior", self.sd, LEAST, MOST))


@dataclass(frozen=True)
class LogNormal:
    """A standard deviation that is not known: its logarithm is normal about that of `median`, with spread `log_sd`."""

    median: float
    log_sd: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "median", number("the median of a spread", self.median, LEAST, MOST))
        object.__setattr__(self, "log_sd", number("the log_sd of a spread", self.log_sd, LEAST, 10))

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
        instance("the spread of gains", self.spread, LogNormal, "LogNormal(median, log_sd)")
        for name in ("combined", "pair", "added", "product"):
            if getattr(self, name) is not None:
                number(f"{name} of gains", getattr(self, name), LEAST, 1e3)
        for name in ("made_to_add", "bases", "also"):
            # anything that can be gone through; a tuple from here on
            object.__setattr__(
                self, name, tuple(listed(f"{name} of gains", getattr(self, name), ordered=name == "bases"))
            )
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
        for name in ("mean", "series"):
            instance(f"{name} of levels", getattr(self, name), Prior, "Prior(mean, sd)")
        instance("between of levels", self.between, LogNormal, "LogNormal(median, log_sd)")
        for name, least in (("kind", LEAST), ("untreated", LEAST), ("study_cut", 0.0)):
            number(f"{name} of levels", getattr(self, name), least, MOST)
        cuts = self.cut.values() if isinstance(self.cut, Mapping) else (self.cut,)
        for one in cuts:
            number("cut of levels", one, 0.0, MOST)

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
        for name in ("group", "lends", "share"):
            mapping(f"{name} of kinds", getattr(self, name))
        for name, of in (("lends", self.lends), ("share", self.share)):
            for one, value in of.items():
                number(f"{name} of {one!r:.60}", value, 0, 1)
        if set(self.group) != set(self.share) or not set(self.group.values()) <= set(self.lends):
            raise InputError("every kind needs a group and a share, and every group what it lends")
        if abs(sum(self.share.values()) - 1) > 1e-6:
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
        number("the chance of outliers", self.chance, LEAST, 1 - LEAST)
        number("the inflation of outliers", self.inflation, 1 + LEAST, MOST)
        number("above of outliers", self.above, 0)
        whole("most of outliers", self.most, 0, 9)


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
        if not isinstance(h, LogNormal):
            object.__setattr__(self, "heterogeneity", number("heterogeneity", h, 0, LARGEST))
        kinds: dict[str, type] = {"gains": Gains, "levels": Levels, "kinds": Kinds, "outliers": Outliers}
        for name, kind in kinds.items():
            if getattr(self, name) is not None:
                instance(name, getattr(self, name), kind)
        for name in ("untreated", "baseline"):
            object.__setattr__(self, name, tuple(listed(name, getattr(self, name), ordered=False)))
        flat = self.gains is None
        if flat and (self.levels or self.kinds or self.outliers or isinstance(h, LogNormal)):
            raise InputError(
                "levels, kinds, outliers and an unknown heterogeneity need a prior on gains", "give `gains`"
            )
        if self.untreated and not self.levels:
            raise InputError(
                "untreated arms differ from dummies by what `levels` say", "give `levels`, or no `untreated`"
            )
