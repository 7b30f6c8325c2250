"""Would the tests of the middle layer see a slip? Each slip below is put in, one at a time, and must be caught.

    python tests/mutants.py            # all of them
    python tests/mutants.py risk       # those whose file or words hold "risk"

Works in a copy of the tree. Exits with 1 if a slip survives, or if the text that it changes is not there any more.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

TREE = Path(__file__).resolve().parent.parent
TESTS = ("tests/criteria", "tests/alternatives")

RISK = "decide/risk.py"
TABLE = "decide/performance.py"
DELIVERY = "decide/courses.py"
COSTS = "decide/costs.py"
OPTIONS = "decide/options.py"
PERSON = "decide/person.py"
PRICING = "decide/pricing.py"
CELL = "decide/cell.py"
RANKING = "decide/answers/ranking.py"


LIKELY = {
    RISK: ("criteria/test_risk.py",),
    TABLE: tuple(f"criteria/test_{name}.py" for name in ("benefit", "durability", "effort", "table")),
    DELIVERY: ("alternatives/test_delivery.py", "criteria/test_downtime.py", "criteria/test_durability.py"),
    COSTS: ("alternatives/test_costs.py",),
    OPTIONS: ("alternatives/test_alternative.py", "alternatives/test_eligibility.py"),
    PERSON: ("alternatives/test_eligibility.py",),
    PRICING: ("alternatives/test_pricing.py",),
    CELL: ("criteria/test_downtime.py",),
    RANKING: ("criteria/test_table.py", "criteria/test_risk.py", "alternatives/test_alternative.py"),
}
"""Where a slip in a file is likely to be seen: tried first, to save time; the rest is run if these see nothing."""


class Mutant(NamedTuple):
    """One slip: in this file this text becomes that, and what it means."""

    file: str
    old: str
    new: str
    what: str


MUTANTS = (
    Mutant(
        RISK,
        'weight = catalog.constant(f"harm-{severity}")',
        'weight = catalog.constant("harm-minor")',
        "a serious harm weighs no more than a nuisance",
    ),
    Mutant(RISK, "idle = harm.comparator_rate or 0.0", "idle = 0.0", "the comparator's rate is not taken off"),
    Mutant(
        RISK,
        "if harm.source not in worst or found[1] > worst[harm.source][1]:",
        "if harm.source not in worst:",
        "the first event of a source counts, not the commonest",
    ),
    Mutant(RISK, "(lowest + highest) / 2 * n", "highest * n", "a rate's typical value is its highest"),
    Mutant(RISK, "        people = behind\n", "        people = behind + behind\n", "the prior's people count twice"),
    Mutant(
        RISK, "if under.typical <= own.typical:", "if under.typical >= own.typical:", "an addition makes its base safer"
    ),
    Mutant(
        RISK,
        " if skin_type is None or applies(h.skin_types, skin_type)]",
        "]",
        "rates of other skin types are left in",
    ),
    Mutant(
        RISK,
        "min(found) <= skin_type <= max(found)",
        "min(found) <= skin_type",
        "a rate seen in fair skin alone tells of dark skin",
    ),
    Mutant(
        RISK, "high += weight * rate[2] / people", "high += weight * rate[1] / people", "the high end of a risk is lost"
    ),
    Mutant(
        DELIVERY,
        "median(sum(r) / len(r) for r in flat) + 0.5)",
        "median(sum(r) / len(r) for r in flat))",
        "half a session is rounded down",
    ),
    Mutant(DELIVERY, "high=max(usual, math.floor(max(every))),", "high=usual,", "the high number of sessions is lost"),
    Mutant(DELIVERY, "low=max(1, min(usual, math.ceil(min(every)))),", "low=usual,", "no part course is ever offered"),
    Mutant(
        DELIVERY,
        '("facts", general), ("other concern", elsewhere)]',
        '("other concern", elsewhere), ("facts", general)]',
        "another concern goes before facts in general",
    ),
    Mutant(
        DELIVERY,
        "most = max(parts, key=lambda c: c.typical)",
        "most = min(parts, key=lambda c: c.typical)",
        "the part that asks least stands for the whole",
    ),
    Mutant(
        DELIVERY,
        "for basis, (ranges, refs) in practice[:1]:\n            if ranges:",
        "for basis, (ranges, refs) in practice[:1]:\n            if ranges and not studied[0]:",
        "what studies used goes before practice",
    ),
    Mutant(
        DELIVERY,
        "low=max(a.low, b.low),\n        typical=max(a.typical, b.typical),\n        high=max(a.high, b.high),",
        "low=min(a.low, b.low),\n        typical=min(a.typical, b.typical),\n        high=min(a.high, b.high),",
        "of two figures the better is taken",
    ),
    Mutant(
        DELIVERY,
        'self.figure("durability-months", elsewhere=False)',
        'self.figure("durability-months")',
        "how long it lasts is taken from another concern",
    ),
    Mutant(
        DELIVERY,
        "and (c.concern == self.concern or not self._after_something(c.concern))",
        "",
        "days to heal after a laser count elsewhere",
    ),
    Mutant(
        DELIVERY,
        "return sorted(found, key=lambda a: a.concern is None)",
        "return sorted(found, key=lambda a: a.concern is not None)",
        "a general assumption goes before the concern's own",
    ),
    Mutant(
        TABLE,
        "effort = visits + option.renewals + per_month",
        "effort = visits + per_month",
        "renewals ask no effort",
    ),
    Mutant(TABLE, "    if option.renewals:\n", "    if False:\n", "what is paid to be renewed does not last longer"),
    Mutant(
        TABLE,
        "1 - (1 - min(share, 0.999)) ** of_course",
        "share * of_course",
        "a part course's benefit is in proportion to its sessions",
    ),
    # ---------------------------------------------------------------- risk
    Mutant(
        RISK,
        "min(found) <= skin_type <= max(found)",
        "skin_type <= max(found)",
        "a rate seen in dark skin alone tells of fair skin",
    ),
    Mutant(
        RISK,
        "max(harm.rate_low - idle, 0.0)",
        "harm.rate_low - idle",
        "a rate below the comparator's makes a thing safer than safe",
    ),
    Mutant(RISK, "harm.n or people_unknown", "harm.n or 1", "a source without a number of people hardly counts"),
    Mutant(
        RISK,
        "under = _points(catalog, base, skin_type)",
        "under = _points(catalog, base, None)",
        "the base's rates are not those for the skin type",
    ),
    # ---------------------------------------------------------------- downtime and the ladder
    Mutant(
        DELIVERY,
        '0.0 if kind == "downtime-days" and fact.low is None else fact.low',
        "fact.low",
        "up to seven days is read as seven",
    ),
    Mutant(
        DELIVERY,
        "and (c.base is None or c.base in self.procedure.adjunct_to)",
        "",
        "what was seen on top of something else counts",
    ),
    Mutant(
        DELIVERY,
        "return a if b.known is False and a.known else b",
        "return b",
        "an unknown figure hides a known one",
    ),
    Mutant(
        DELIVERY,
        'if ranges and (elsewhere or basis == "facts"):',
        'if ranges and basis == "facts":',
        "no figure is taken from another concern",
    ),
    Mutant(
        DELIVERY,
        "counts = [o.sessions or study.sessions for o in found.outcomes] or [study.sessions]",
        "counts = [o.sessions for o in found.outcomes]",
        "a study's own number of sessions is not read",
    ),
    Mutant(
        DELIVERY,
        "return _sessions(ranges, basis, refs, studied[0])",
        "return _sessions(ranges, basis, refs, [])",
        "a study's smaller number allows no part course",
    ),
    Mutant(
        CELL,
        "min(lows), median(middles), max(highs)",
        "min(lows), median(lows), max(highs)",
        "the typical value is a median of low ends",
    ),
    # ---------------------------------------------------------------- the table
    Mutant(
        TABLE,
        "visits + option.renewals + per_month * (option.months or 0.0)",
        "visits + option.renewals + (option.months or 0.0)",
        "a month at home asks a whole visit",
    ),
    Mutant(
        TABLE,
        'if main.at_home and main.assumed("course-months") is None:',
        "if main.at_home:",
        "a course at home that ends lasts to the horizon",
    ),
    Mutant(
        TABLE,
        "lasts = main.durability or (base.durability if base is not None else None)",
        "lasts = main.durability",
        "what is added does not last as long as its base",
    ),
    Mutant(
        TABLE,
        "high=min(ends[2], scale.full),",
        "high=ends[2],",
        "more than the whole scale is counted",
    ),
    Mutant(
        TABLE,
        "[part_share(x / scale.full, of_course) * scale.full for x in (low, mean, high)]",
        "[part_share(x / 100, of_course) * 100 for x in (low, mean, high)]",
        "every scale is read as a percentage",
    ),
    Mutant(
        RANKING,
        "            raw = raw / full\n",
        "            raw = raw / 100\n",
        "benefit is valued as a percentage on every scale",
    ),
    Mutant(
        RANKING,
        'raised = {end: getattr(cell, end) * factor for end in ("low", "typical", "high")}',
        'raised = {end: getattr(cell, end) * factor for end in ("low", "high")}',
        "a caution raises the ends of the risk only",
    ),
    Mutant(
        RANKING,
        "if score[best] > score[main] + TIE:",
        "if score[best] < score[main] - TIE:",
        "a part course stands beside the whole where it is worse",
    ),
    # ---------------------------------------------------------------- costs
    Mutant(
        COSTS,
        "typical=median(c.typical for c in chosen)",
        "typical=min(c.typical for c in chosen)",
        "the cheapest middle is the typical price",
    ),
    Mutant(COSTS, "return math.ceil(months / lasts - 1e-9) / months", "return 1 / lasts", "packs are bought in parts"),
    Mutant(
        COSTS,
        "low *= _per_month(months[0], assumption.high)",
        "low *= _per_month(months[0], assumption.low)",
        "the low end takes the pack that lasts shortest",
    ),
    Mutant(
        COSTS,
        "math.ceil(horizon / months - 1e-9) - 1)",
        "math.ceil(horizon / months - 1e-9))",
        "the course itself is counted as a renewal",
    ),
    Mutant(
        COSTS,
        "return times(lasts.high), times(lasts.typical), times(lasts.low), lasts",
        "return times(lasts.low), times(lasts.typical), times(lasts.high), lasts",
        "the low total takes what fades first",
    ),
    Mutant(
        COSTS,
        "min(per_time.typical, count)",
        "per_time.typical",
        "a renewal may take more visits than the course",
    ),
    Mutant(
        COSTS,
        " or catalog.concerns[concern].base_is_given:",
        ":",
        "a base that is had anyway is paid for",
    ),
    Mutant(
        COSTS,
        "if not effect.adjunct or main.unit.includes_base or",
        "if not effect.adjunct or",
        "a price that holds the base does not count as holding it",
    ),
    Mutant(
        COSTS,
        "len(with_base) * 2 >= len(chosen) and bool(with_base)",
        "bool(with_base)",
        "one price that holds the base speaks for all",
    ),
    Mutant(
        COSTS,
        '("session", "once", "month")',
        '("month", "session", "once")',
        "what is done in visits is priced by the month",
    ),
    Mutant(
        COSTS,
        'basis=b.total.basis if b.total.basis == "borrowed price" else a.total.basis,',
        "basis=a.total.basis,",
        "a borrowed addition is not marked",
    ),
    Mutant(
        COSTS,
        "for observed in (book.lookup(given.procedure.id), book.borrowed(given.procedure.id)):",
        "for observed in (book.lookup(given.procedure.id),):",
        "a price that cannot be read is not borrowed instead",
    ),
    Mutant(
        COSTS,
        "min(course.typical, horizon)",
        "course.typical",
        "a course at home is paid for beyond the horizon",
    ),
    # ---------------------------------------------------------------- prices
    Mutant(
        PRICING,
        '((self.quotes.get(procedure), "quote"), (self.clinic.get(procedure), "clinic"))',
        '((self.clinic.get(procedure), "clinic"), (self.quotes.get(procedure), "quote"))',
        "a clinic's list beats a quote",
    ),
    Mutant(
        PRICING,
        '        if own:\n            return _choose(own, "market")\n        return self.borrowed(procedure)',
        '        return self.borrowed(procedure) or (_choose(own, "market") if own else None)',
        "a borrowed price beats the market's own",
    ),
    Mutant(
        PRICING,
        "sound = tuple(p for p in prices if not p.doubtful)",
        "sound = prices",
        "doubtful prices count beside sound ones",
    ),
    Mutant(
        PRICING,
        "sound = sum(not p.doubtful for p in chosen.prices)",
        "sound = len(found)",
        "doubtful observations make a market a better lender",
    ),
    Mutant(PRICING, "key = (sound, market.id == default)", "key = (sound, False)", "among equals any market lends"),
    Mutant(PRICING, '"low": p.low * rate * (1 - widen)', '"low": p.low * rate', "a borrowed low end is not widened"),
    Mutant(
        PRICING,
        "(p.typical if p.typical is not None else (p.low + p.high) / 2) * rate",
        "(p.low + p.high) / 2 * rate",
        "a borrowed typical price is forgotten",
    ),
    Mutant(
        PRICING,
        "any(catalog.procedures[base].clinic for base in known.adjunct_to[:1])",
        "bool(known.adjunct_to)",
        "a quote for what goes on a cream holds the cream",
    ),
    # ---------------------------------------------------------------- who may have what
    Mutant(PERSON, "DARK = (5, 6)", "DARK = (6,)", "skin type V is not dark"),
    Mutant(
        PERSON, "wanted.extend((*known.parts, *known.adjunct_to[:1]))", "pass", "what a course is made of is not seen"
    ),
    Mutant(
        PERSON,
        'fact.concern in (None, concern) or kind == "contraindication"',
        "fact.concern in (None, concern)",
        "a contraindication holds for one concern only",
    ),
    Mutant(
        PERSON,
        'fact.concern in (None, concern) or kind == "contraindication"',
        "True",
        "a caution for one concern holds for all",
    ),
    Mutant(
        PERSON,
        'if part is None or part.invasiveness == "none":',
        "if part is None:",
        "a cosmetic is refused in pregnancy without a fact",
    ),
    Mutant(
        PERSON,
        "for part_id in (effect.treatment, effect.adjunct):",
        "for part_id in (effect.main,):",
        "a base nobody has looked at is offered in pregnancy",
    ),
    Mutant(
        PERSON,
        'for word in ("pregnancy", "breast-feeding") if word',
        'for word in ("pregnancy",) if word',
        "silence about breast-feeding is read as safety",
    ),
    Mutant(
        OPTIONS,
        "    silent = unknown_for_two(catalog, effect, person)\n",
        '    silent = ""\n',
        "what is unknown in pregnancy is offered",
    ),
    Mutant(
        OPTIONS,
        'forbidden = bars(catalog, effect, person, concern, "contraindication")',
        'forbidden = bars(catalog, effect, person, concern, "caution")',
        "cautions bar and contraindications do not",
    ),
    Mutant(OPTIONS, "downtime.typical > most", "downtime.typical >= most", "as many days as are allowed are too many"),
    Mutant(
        OPTIONS,
        "most = calm if most is None else min(most, calm)",
        "most = calm if most is None else most",
        "a longer allowance undoes 'no downtime'",
    ),
    Mutant(
        OPTIONS,
        '(word == "prescription" and p.prescription)',
        '(word == "prescription" and False)',
        "a prescription is not avoided",
    ),
    # ---------------------------------------------------------------- what an option is
    Mutant(
        OPTIONS,
        "self.sessions < self.usual_sessions",
        "self.sessions <= self.usual_sessions",
        "a whole course is called a part",
    ),
    Mutant(
        OPTIONS,
        "range(sessions.low, sessions.usual + 1)",
        "range(sessions.low, sessions.usual)",
        "the usual course is not offered",
    ),
    Mutant(
        OPTIONS,
        "return not named or effect.treatment == named[0]",
        "return True",
        "a combination stands on every base",
    ),
    Mutant(
        OPTIONS,
        "effects = [e for e in effects if e.adjunct or e.treatment not in bases]",
        "pass",
        "a base that is had anyway is an option",
    ),
    Mutant(
        OPTIONS,
        "return cost.total.typical / max(1.0, offer_.months or offer_.horizon)",
        "return cost.total.typical",
        "a budget per month is held against the total",
    ),
    Mutant(
        OPTIONS,
        'if per == "session" and cost.per_visit is not None:',
        'if per == "visit" and cost.per_visit is not None:',
        "a budget per session is held against the total",
    ),
)


def copy_tree(to: Path) -> None:
    """The program, its facts and its tests, without what was compiled from them."""
    for name in ("decide", "catalog", "tests"):
        shutil.copytree(TREE / name, to / name, ignore=shutil.ignore_patterns("__pycache__", "*.toml.json"))
    shutil.copy(TREE / "pyproject.toml", to)


def passes(tree: Path, tests: Sequence[str] = TESTS) -> bool:
    """Whether these tests pass in this tree."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, check=False).returncode == 0


def fate(tree: Path, mutant: Mutant) -> str:
    """What becomes of one slip: killed, SURVIVED or NOT FOUND."""
    path = tree / mutant.file
    sound = path.read_text("utf-8") if path.exists() else ""
    if sound.count(mutant.old) != 1:
        return "NOT FOUND"

    def write(text: str) -> None:
        path.write_text(text, "utf-8")
        # a file of the same length within the same second would be answered from its compiled form
        for old in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
            old.unlink()

    write(sound.replace(mutant.old, mutant.new))
    try:
        likely = [f"tests/{name}" for name in LIKELY[mutant.file]]
        return "SURVIVED" if passes(tree, likely) and passes(tree) else "killed"
    finally:
        write(sound)


def main(words: list[str]) -> int:
    """Try every slip (or those that hold one of the words); the number that were not killed decides the exit."""
    chosen = [m for m in MUTANTS if not words or any(w in f"{m.file} {m.what}" for w in words)]
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        copy_tree(tree)
        if not passes(tree):
            print("the tests fail without any slip: mend that first")
            return 1
        left = 0
        for number, mutant in enumerate(chosen, 1):
            found = fate(tree, mutant)
            left += found != "killed"
            print(f"{number:3} {found:9} {mutant.file}: {mutant.what}", flush=True)
    print(f"{len(chosen) - left} of {len(chosen)} killed")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
