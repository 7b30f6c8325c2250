"""Network meta-analysis of a Gaussian outcome, in closed form: from the usual one to a full model of a field.

With rows and a reference alone it is the usual one: gains flat, study levels free, common effect; `heterogeneity`
makes it random effects. A `Model` adds priors of gains, levels, kinds, add-ons, outliers, and integrates what is not
known over a grid; its parts stand in `decide.synthesis.model`, and docs/method.md argues them.

    arm i of study j:   y = level_j + gain + e,        e ~ N(0, v + h² + b_j²/2)
    gain of p + a in kind k:   d_p + γ_pk + δ_a + η_pa

Sources: Dias, Welton, Sutton & Ades, NICE DSU Technical Support Document 2 (2011); Lu & Ades, Statistics in Medicine 23
(2004) 3105-3124; Turner et al. and Welton et al., JRSS A 172 (2009) 21-47 and 119-136, for bias as variance.

Long because all that can be asked of a network stands on one class.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from decide.errors import InputError
from decide.lazily import dataclass
from decide.mcda.given import flag, instance, mapping
from decide.mcda.labelled import Array, listed
from decide.synthesis import reading
from decide.synthesis.comparisons import League, league_table
from decide.synthesis.consistency import Inconsistency, comparisons, disagreement, group_of, overall, split, sums
from decide.synthesis.downdate import glimpse
from decide.synthesis.downdate import without as downdated
from decide.synthesis.grid import Fit, Kept, fit, flat_fit, joined, kept_of, refit
from decide.synthesis.heterogeneity import Heterogeneity, Q
from decide.synthesis.influence import Shares, shares_of
from decide.synthesis.labels import known, label
from decide.synthesis.levels import Held, Scale, held_scale, level_keys, level_step
from decide.synthesis.levels_agree import against_levels
from decide.synthesis.model import Model
from decide.synthesis.names import Arm, Names, add
from decide.synthesis.posterior import Joint, Margins, Posterior
from decide.synthesis.questions import Asked, Questions
from decide.synthesis.rows import Row, Study
from decide.synthesis.spreads import Spread, estimated, spread_of
from decide.synthesis.system import blocks
from decide.synthesis.trials import Trial, read


class LeftOut(NamedTuple):
    """What is found without one study: means and standard deviations of the names (NaN where nothing else tells)."""

    study: str
    names: tuple[str, ...]
    mean: Array
    sd: Array


class Spreads(NamedTuple):
    """How far trials depart from one another: `arm` is h, `comparison` √2 h, `level` τ (None where levels are free).

    `q` is Cochran's Q with its split, for each group of kinds that has comparisons.
    """

    arm: Spread
    comparison: Spread
    level: Spread | None
    q: dict[str, Heterogeneity]


@dataclass(frozen=True, eq=False)
class Network:
    """What a network found. Every figure is a gain over the reference.

    `names` are the reference and all that rows measure; `mean` (names,) and `covariance` (names, names) stand for the
    shares of kinds of the model where it tells kinds. `outliers` is the chance of each study that was looked at that it
    stands apart; `log_evidence` the log marginal likelihood, up to a constant that flat gains leave open.
    """

    names: tuple[str, ...]
    log_evidence: float
    _names: Names
    _trials: tuple[Trial, ...]
    _fit: Fit
    _block_of: Mapping[str, int]
    _arms: Mapping[str, Arm]
    _scale: Held
    _how: str | None = None

    @cached_property
    def _ask(self) -> Questions:
        return Questions(self._names, self._fit, self._block_of, self._arms)

    # ------------------------------------------------------------------ gains

    def gain(self, treatment: Any, kind: Any = None, product: Any = None, *, predicted: bool = False) -> Posterior:
        """The gain over the reference of a name, or of several given together (a tuple), in a kind, as a product; or of
        an `Asked`.

        `predicted` is that of a new trial: its own departure 2h² is added. What no row measures has its prior.

        Raises
        ------
        InputError : a name, kind or product that no row and no prior knows.
        """
        return _with(self._ask.margins([self._ask.terms(_asked(treatment, kind, product))]), predicted)

    def difference(self, a: Any, b: Any, kind: Any = None, *, predicted: bool = False) -> Posterior:
        """a minus b, each a name, a tuple of names or an `Asked`; `mean`, `sd`, `interval()`, `above(x)`.

        Raises
        ------
        InputError : as `gain` does.
        """
        terms = dict(self._ask.terms(a, kind))
        for key, value in self._ask.terms(b, kind).items():
            add(terms, key, -value)
        return _with(self._ask.margins([terms]), predicted)

    def joint(self, asked: Sequence[Any], kind: Any = None) -> Joint:
        """Several gains together, with their covariances: each a name, a tuple of names or an `Asked`."""
        return self._ask.joint([self._ask.terms(one, kind) for one in listed("asked", asked)])

    def margins(self, asked: Sequence[Any], kind: Any = None) -> Margins:
        """Several gains, each by itself: less work than `joint` where nothing is drawn or compared."""
        return self._ask.margins([self._ask.terms(one, kind) for one in listed("asked", asked)])

    @cached_property
    def _all(self) -> Joint:
        return self.joint(self.names)

    @property
    def mean(self) -> Array:
        """Gains (names,) over the reference."""
        return self._all.mean

    @property
    def covariance(self) -> Array:
        """Their covariance (names, names)."""
        return self._all.covariance

    def league(self, *, level: float = 0.95) -> League:
        """Every treatment against every other, by means and covariance."""
        return league_table(self.mean, self.covariance, self.names, level=level)

    def draws(self, count: int, seed: int | np.random.Generator = 0) -> Array:
        """Joint draws (count, names)."""
        return self._all.draws(count, seed)

    # ------------------------------------------------------------------ levels

    def level(self, kind: Any = None, *, untreated: bool = False) -> Posterior:
        """What people of a kind come to with a dummy in the trials; left alone, if `untreated`.

        Raises
        ------
        InputError : the model supposes nothing of levels.
        """
        return self._ask.margins([self._ask.level(kind, untreated=untreated)]).of(0)

    def level_is_assumed(self, kind: Any = None) -> bool:
        """Whether no reference arm had at least half of its people of this kind."""
        wanted = dict(self._names.shares(kind, "what is asked"))
        for trial in self._trials:
            for arm in trial.arms if trial.given.size else ():
                near = sum(share for one, share in arm.kinds if one in wanted)
                if self._names.is_nothing(arm.effect) and near >= 0.5:
                    return False
        return True

    def shown(self, treatment: Any, low: float, high: float, kind: Any = None, product: Any = None) -> reading.Shown:
        """Level, nothing and gain, as they are shown on a scale from `low` to `high`."""
        terms = dict(self._ask.level(kind))
        for key, value in self._ask.terms(Asked(treatment, kind, product)).items():
            add(terms, key, value)
        return reading.shown(self._ask.margins([terms]).of(0), self.level(kind), low, high)

    def in_hundred(
        self, treatment: Any, cut: float, sigma: float, kind: Any = None, product: Any = None, *, level: float = 0.8
    ) -> reading.InHundred:
        """Of 100 people how many see a change of `cut` or more, with the treatment and without."""
        return reading.in_hundred(self.level(kind), self.gain(treatment, kind, product), cut, sigma, level)

    # ------------------------------------------------------------------ what it rests on

    def shares(self, treatment: Any, kind: Any = None, product: Any = None) -> Shares:
        """What a gain rests on: comparisons and levels of each study, the prior, and the level that is taken as given.

        Raises
        ------
        InputError : kinds that lend nothing to each other are asked about at once.
        """
        return self.shares_of_all([_asked(treatment, kind, product)])[0]

    def shares_of_all(self, asked: Sequence[Asked]) -> list[Shares]:
        """The shares of several gains, worked out together.

        Raises
        ------
        InputError : as `shares` does.
        """
        by_block: dict[int, list[tuple[int, Any]]] = {}
        asked = listed("asked", asked)
        for i, one in enumerate(asked):
            terms = self._ask.terms(instance("each of asked", one, Asked))
            touched = sorted({self._ask.block(key) for key in terms if key not in self._fit.held.keys})
            if not touched:
                raise InputError(f"{one.treatment!r} is what gains are over: it rests on nothing")
            if len(touched) > 1:
                raise InputError("kinds that lend nothing to each other have no shares together", "ask about one kind")
            by_block.setdefault(touched[0], []).append((i, self._ask.split(terms, self._fit.blocks[touched[0]])))
        found: dict[int, Shares] = {}
        for b, mine in by_block.items():
            x, on_held = (np.array([split[k] for _, split in mine]) for k in (0, 1))
            unmeasured = [sum(v * v * self._names.prior(k) for k, v in split[2].items()) for _, split in mine]
            shares = shares_of(self._fit, self._fit.blocks[b], x, on_held, np.array(unmeasured, dtype=float))
            found.update({i: one for (i, _), one in zip(mine, shares, strict=True)})
        return [found[i] for i in range(len(asked))]

    @property
    def studies(self) -> tuple[str, ...]:
        """The studies, by name."""
        return tuple(trial.name for trial in self._trials)

    @property
    def outliers(self) -> dict[str, float]:
        """The chance of each study that was looked at that it stands apart from the rest."""
        return {
            block.system.trials[i].name: float(block.weight @ block.apart[:, i])
            for block in self._fit.blocks
            for i in block.looked_at
        }

    @property
    def kept(self) -> Kept:
        """What the fit was searched for, by which `network` makes it again from the same rows."""
        return kept_of(self._fit, self._scale)

    def without(self, *studies: Any) -> "Network":
        """The same network without some studies, by downdating: spreads' weights and the level step follow, the scale
        and the components stay. With flat gains it is fitted again, and a heterogeneity that was estimated
        ("moments", "likelihood") is estimated anew from what is left; one that was given as a number stays.

        Raises
        ------
        InputError : no such study; flat gains that nothing else connects; nothing left.
        """
        names = [known("study", label("a study", one), self.studies) for one in studies]
        kept = tuple(trial for trial in self._trials if trial.name not in names)
        if not kept:
            raise InputError("without these studies nothing is left")
        if self._names.model.gains is None:
            return _flat(kept, self._names, self._how, self._block_of, self._scale)
        found, left = self._fit, list(self._trials)
        for name in names:
            left, held, block, place = self._leaving(found, left, name)
            found = downdated(found, block, place, held, self._names.model.outliers)
        return replace(self, _trials=kept, _fit=found)

    def _leaving(self, found: Fit, trials: list[Trial], name: str) -> tuple[list[Trial], Held, int, int]:
        """The studies without one, what is then held, and where the one stands."""
        gone = next(trial for trial in trials if trial.name == name)
        left = [trial for trial in trials if trial is not gone]
        held = found.held
        if gone.given.size and any(self._names.is_nothing(arm.effect) for arm in gone.arms):
            held = _held(left, self._names, held.keys, self._scale)
        block = next(b for b, one in enumerate(found.blocks) if gone in one.system.trials)
        return left, held, block, found.blocks[block].system.trials.index(gone)

    def leave_one_out(self, asked: Sequence[Any] | None = None, kind: Any = None) -> tuple[LeftOut, ...]:
        """What is found without each study in turn: of all names, or of what is asked (as `joint` takes it). As
        `without` has it, so that a heterogeneity that was estimated is estimated anew each time.

        Raises
        ------
        InputError : as `gain` does; kinds that lend nothing to each other are asked about at once.
        """
        asked = self.names if asked is None else listed("asked", asked)
        names = tuple(str(one.treatment if isinstance(one, Asked) else one) for one in asked)
        terms = [self._ask.terms(one, kind) for one in asked]
        if self._names.model.gains is None:
            return tuple(self._refitted(study, names, asked, kind) for study in self.studies)
        watched = self._ask.watched(terms)
        found = []
        for study in self.studies:
            _, held, block, place = self._leaving(self._fit, list(self._trials), study)
            mean, sd = np.empty(len(names)), np.empty(len(names))
            for at, one in watched:
                mean[at], sd[at] = glimpse(self._fit, one, block, place, held, self._names.model.outliers)
            found.append(LeftOut(study, names, mean, sd))
        return tuple(found)

    def _refitted(self, study: str, names: tuple[str, ...], asked: Sequence[Any], kind: Any) -> LeftOut:
        mean, sd = np.full(len(names), math.nan), np.full(len(names), math.nan)
        trials = joined([trial for trial in self._trials if trial.name != study], self._names)
        if trials:
            ask = _flat(trials, self._names, self._how, self._block_of, self._scale)._ask
            for i, question in enumerate(asked):
                with suppress(InputError):  # nothing else tells
                    one = ask.margins([ask.terms(question, kind)]).of(0)
                    mean[i], sd[i] = one.mean, one.sd
        return LeftOut(study, names, mean, sd)

    # ------------------------------------------------------------------ do studies agree?

    @property
    def heterogeneity(self) -> Spreads:
        """How far trials depart from one another, and Cochran's Q."""
        model, grid = self._names.model, self._fit.grid
        h = spread_of(grid.h, grid.h_z, self._fit.weight)
        root2 = math.sqrt(2.0)
        tau = spread_of(grid.tau, grid.tau_z, self._fit.weight) if model.levels else None
        each = {group: comparisons(self._trials, self._names, group, 0.0, self._fit.held) for group in self._groups}
        q = {group: disagreement(one) for group, one in each.items() if one is not None}
        return Spreads(h, Spread(*(root2 * part for part in h)), tau, q)

    def inconsistency(self) -> tuple[Inconsistency, ...]:
        """Whether comparisons agree, for each group of kinds: direct against indirect, all designs, sums, levels."""
        return self._inconsistency

    @cached_property
    def _inconsistency(self) -> tuple[Inconsistency, ...]:
        spreads = self.heterogeneity
        h2 = spreads.arm.mean**2
        tau2 = spreads.level.mean**2 if spreads.level else 0.0
        found = []
        for group in self._groups:
            own = comparisons(self._trials, self._names, group, h2, self._fit.held)
            if own is None:
                found.append(Inconsistency(group, Q(0.0, 0, math.nan), (), (), ()))
                continue
            pairs = sorted({(a, b) for at in own.arms for a in at for b in at if a < b})
            members = [trial for trial in self._trials if group_of(trial, self._names) == group]
            levels = self._names.model.levels is not None
            found.append(
                Inconsistency(
                    group,
                    overall(own),
                    tuple(split(own, a, b) for a, b in pairs),
                    sums(own, self._names),
                    against_levels(own, members, self._names, self._fit.held, tau2, h2) if levels else (),
                )
            )
        return tuple(found)

    @property
    def _groups(self) -> list[str]:
        return sorted(self._block_of)


def _asked(treatment: Any, kind: Any, product: Any) -> Asked:
    return treatment if isinstance(treatment, Asked) else Asked(treatment, kind, product)


def _with(found: Margins, predicted: bool) -> Posterior:
    return (found.predicted if flag("predicted", predicted) else found).of(0)


def network(
    rows: Iterable[Row],
    reference: Any,
    *,
    heterogeneity: Any = None,
    model: Model | None = None,
    studies: Mapping[Any, Study] | None = None,
    scale: Scale | None = None,
    kept: Kept | None = None,
) -> Network:
    """The network meta-analysis of these rows (the model stands atop this module).

    Parameters
    ----------
    rows : arms and differences, all on one scale; `arms` and `contrasts` make them of columns.
    reference : the treatment that gains are over; several names (a tuple) where they are the same nothing; none, (),
        where no row holds it and gains have priors.
    heterogeneity : h, between arms of one treatment (1/√2 of the usual τ between trials of one comparison); or
        "moments" or "likelihood" (restricted), which estimate it. Instead of the model's.
    model : what is supposed beyond the rows; left out: flat gains, free levels.
    studies : bias, window and pairing of studies, by name.
    scale : what `scale_step` found for this scale; left out, β and cuts have their priors.
    kept : what `Network.kept` was for the same rows and model; the search for it, most of the work, is left out then.

    Raises
    ------
    InputError : no rows; a name that is none, or that nothing knows; a value that is not finite; a variance that is not
        above zero; units that differ; arms and differences of one study; differences that close a loop; a treatment
        that nothing connects with the reference while gains are flat.
    """
    model = Model() if model is None else instance("model", model, Model)
    wanted = heterogeneity if isinstance(heterogeneity, str) else None
    if heterogeneity is not None and wanted is None:
        model = replace(model, heterogeneity=heterogeneity)
    names = Names(reference, model)
    trials = read(listed("rows", rows, ordered=False), names, mapping("studies", {} if studies is None else studies))
    if scale is not None:
        instance("scale", scale, Scale, "`scale_step` makes one")
    _named(names, model)
    if kept is not None and model.gains is not None:
        block_of, members = blocks(trials, names)
        return _network(trials, names, refit(trials, members, names, kept), block_of, kept.scale)
    keys = level_keys(trials, names) if model.levels is not None else ()
    on_scale = Held((), np.empty(0), np.empty((0, 0)))
    if model.levels is not None:
        on_scale = held_scale(keys, model.levels, scale)
    block_of, members = blocks(trials, names)
    if model.gains is None:
        return _flat(trials, names, wanted, block_of, on_scale)
    if wanted:
        raise InputError(
            f"heterogeneity {wanted!r:.60} is for flat gains", "give a number, or a LogNormal to integrate"
        )
    held = _held(trials, names, keys, on_scale)
    return _network(trials, names, fit(trials, members, names, held), block_of, on_scale)


def _flat(trials: Sequence[Trial], names: Names, how: str | None, block_of: Mapping[str, int], scale: Held) -> Network:
    """With flat gains and the model's heterogeneity, or one that is estimated as told."""
    h = names.model.heterogeneity if how is None else estimated(how, trials, names)
    if not isinstance(h, float | int):
        raise InputError("flat gains need one heterogeneity", "give a number, 'moments' or 'likelihood'")
    return replace(_network(trials, names, flat_fit(trials, names, float(h)), block_of, scale), _how=how)


def _held(trials: Sequence[Trial], names: Names, keys: Sequence[tuple[str, ...]], scale: Held) -> Held:
    return level_step(trials, names, scale, keys) if keys else scale


def _network(trials: Sequence[Trial], names: Names, found: Fit, block_of: Mapping[str, int], scale: Held) -> Network:
    arms: dict[str, Arm] = {}
    for trial in trials:
        for arm in trial.arms:
            if arm.effect[0] not in names.reference:
                one = arms.setdefault(arm.node, arm)
                if (one.effect, one.product) != (arm.effect, arm.product):
                    raise InputError(f"two different things are both spelt {arm.node!r}", "give one another name")
    first = names.reference[:1]
    return Network((*first, *sorted(arms)), found.log_evidence, names, tuple(trials), found, block_of, arms, scale)


def _named(names: Names, model: Model) -> None:
    """Refuses names that nothing knows."""
    gains = model.gains
    if not names.reference and gains is None:
        raise InputError("gains are over a reference: name a treatment of the rows")
    also = {label("a treatment", one) for one in gains.also} if gains else set()
    for one in (*names.reference, *sorted(names.untreated), *names.bases, *sorted(names.made_to_add)):
        known("treatment", one, names.treatments | also)
    for one in sorted(names.baseline):
        known("comparator", one, names.before | also)
