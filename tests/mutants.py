"""Would the tests of the middle layer see a slip? Each slip below is put in, one at a time, and must be caught.

    python tests/mutants.py            # all of them
    python tests/mutants.py risk       # those whose file or words hold "risk"

Works in a copy of the tree. Exits with 1 if a slip survives, or if the text that it changes is not there any more;
that every text stands where it should is tested with all else (tests/house/test_mutants.py).
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
TESTS = ("tests/criteria", "tests/alternatives", "tests/question/test_problem.py")

RISK = "decide/criteria/risk.py"
BENEFIT = "decide/criteria/benefit.py"
COST = "decide/criteria/cost.py"
DOWNTIME = "decide/criteria/downtime.py"
DURABILITY = "decide/criteria/durability.py"
EFFORT = "decide/criteria/effort.py"
EVIDENCE = "decide/criteria/evidence.py"
FIGURE = "decide/criteria/figure.py"
SPEED = "decide/criteria/speed.py"
REGISTRY = "decide/criteria/registry.py"
TABLE = "decide/criteria/table.py"
WORTH = "decide/criteria/worth.py"
DELIVERY = "decide/alternatives/delivery.py"
STUDIED = "decide/alternatives/studied.py"
COSTS = "decide/alternatives/costs.py"
ALTERNATIVE = "decide/alternatives/alternative.py"
CANDIDATES = "decide/alternatives/candidates.py"
ELIGIBILITY = "decide/alternatives/eligibility.py"
PRICING = "decide/alternatives/pricing.py"
QUOTES = "decide/alternatives/quotes.py"
CELL = "decide/alternatives/cell.py"
ASKED = "decide/question/conditions.py"
ASKER = "decide/question/asker.py"
PROBLEM = "decide/question/problem.py"
CONDITIONS = "decide/catalog/models/conditions.py"
ORDER = "decide/answers/ranking/order.py"
CHOICE = "decide/answers/ranking/choice.py"


LIKELY = {
    RISK: ("criteria/test_risk.py",),
    BENEFIT: ("criteria/test_benefit.py", "criteria/test_chances.py"),
    COST: ("criteria/test_table.py",),
    DOWNTIME: ("criteria/test_downtime.py",),
    DURABILITY: ("criteria/test_durability.py",),
    EFFORT: ("criteria/test_effort.py",),
    EVIDENCE: ("criteria/test_table.py",),
    FIGURE: ("criteria/test_figure.py",),
    SPEED: ("criteria/test_speed.py",),
    REGISTRY: ("criteria/test_table.py", "criteria/test_registry.py"),
    TABLE: ("criteria/test_table.py", "criteria/test_registry.py"),
    WORTH: ("criteria/test_table.py", "criteria/test_benefit.py"),
    DELIVERY: (
        "alternatives/test_delivery.py",
        "alternatives/test_studied.py",
        "criteria/test_downtime.py",
        "criteria/test_durability.py",
    ),
    STUDIED: ("alternatives/test_studied.py",),
    COSTS: ("alternatives/test_costs.py",),
    ALTERNATIVE: ("alternatives/test_alternative.py",),
    CANDIDATES: (
        "alternatives/test_candidates.py",
        "alternatives/test_alternative.py",
        "alternatives/test_eligibility.py",
    ),
    ELIGIBILITY: ("alternatives/test_screening.py", "alternatives/test_eligibility.py"),
    PRICING: ("alternatives/test_pricing.py", "alternatives/test_costs.py"),
    QUOTES: ("alternatives/test_pricing.py",),
    CELL: ("alternatives/test_delivery.py", "criteria/test_downtime.py"),
    ASKED: ("alternatives/test_screening.py",),
    ASKER: ("alternatives/test_screening.py", "alternatives/test_eligibility.py"),
    PROBLEM: ("question/test_problem.py",),
    CONDITIONS: ("alternatives/test_eligibility.py",),
    ORDER: ("alternatives/test_alternative.py", "criteria/test_table.py"),
    CHOICE: ("batch/test_kernel.py", "criteria/test_table.py"),
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
    Mutant(
        RISK, "max(rate - harm.background, 0.0) for rate", "rate for rate", "the comparator's rate is not taken off"
    ),
    Mutant(
        RISK,
        "max(events, key=lambda event: (event.low + event.high, event.high, event.people, event.event))",
        "events[0]",
        "the first event of a source counts, not the commonest",
    ),
    Mutant(RISK, "(commonest.low + commonest.high) / 2", "commonest.high", "a rate's typical value is its highest"),
    Mutant(
        RISK,
        "typical += min(weight * rate[1] / people, most)",
        "typical += weight * rate[1] / people",
        "nuisances have no cap",
    ),
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
        RISK,
        "high += min(weight * rate[2] / people, most)",
        "high += min(weight * rate[1] / people, most)",
        "the high end of a risk is lost",
    ),
    Mutant(
        DELIVERY,
        "weighted_median(middles, [vote.weight for vote in votes]) + 0.5)",
        "weighted_median(middles, [vote.weight for vote in votes]))",
        "half a session is rounded down",
    ),
    Mutant(DELIVERY, "high=max(usual, math.floor(max(every))),", "high=usual,", "the high number of sessions is lost"),
    Mutant(DELIVERY, "low=max(1, min(usual, math.ceil(min(every)))),", "low=usual,", "no part course is ever offered"),
    Mutant(
        DELIVERY,
        '("facts", general), ("elsewhere", elsewhere)]',
        '("elsewhere", elsewhere), ("facts", general)]',
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
        "return votes or [",
        "return votes + [",
        "studies that move no figure set the number beside those that do",
    ),
    Mutant(
        DELIVERY,
        'worst = max if better == "lower" else min',
        'worst = min if better == "lower" else max',
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
    Mutant(EFFORT, "visits + option.renewals + context", "visits + context", "renewals ask no effort"),
    Mutant(
        DURABILITY,
        "horizon if context.option.renewals else 0.0",
        "0.0",
        "what is paid to be renewed does not last longer",
    ),
    Mutant(
        BENEFIT,
        "left: Array = (1 - share) ** power",
        "left: Array = 1 - share * power",
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
        "max(rate - harm.background, 0.0)",
        "rate - harm.background",
        "a rate below the comparator's makes a thing safer than safe",
    ),
    Mutant(RISK, "harm.n or people_unknown", "harm.n or 1", "a source without a number of people hardly counts"),
    Mutant(
        RISK,
        "under = _with_parts(catalog, base, skin_type)",
        "under = _with_parts(catalog, base, None)",
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
        "counts = [o.sessions or record.study.sessions for o in record.outcomes] or [record.study.sessions]",
        "counts = [o.sessions for o in record.outcomes]",
        "a study's own number of sessions is not read",
    ),
    Mutant(
        DELIVERY,
        '"facts", [count for _, count in self._studied_sessions()])',
        '"facts", [])',
        "a study's smaller number allows no part course",
    ),
    Mutant(
        DELIVERY,
        "_fact_vote(fact, average) for fact",
        "_fact_vote(fact, 9 * average) for fact",
        "a practice fact outweighs the trials behind the benefit",
    ),
    Mutant(
        DELIVERY,
        "for fact, key in read_in.items() if not key]",
        "for fact, key in read_in.items()]",
        "a trial that a practice fact was read of counts twice",
    ),
    Mutant(
        STUDIED,
        "named if known * 2 >= every else ()",
        "named",
        "a small trial of one product sets what is priced",
    ),
    Mutant(
        CELL,
        "min(lows), median(middles), max(highs)",
        "min(lows), median(lows), max(highs)",
        "the typical value is a median of low ends",
    ),
    # ---------------------------------------------------------------- the table
    Mutant(
        EFFORT,
        'context.catalog.constant("effort-per-home-month") * (option.months or 0.0)',
        "(option.months or 0.0)",
        "a month at home asks a whole visit",
    ),
    Mutant(
        DURABILITY,
        'if main.at_home and main.assumed("course-months") is None:',
        "if main.at_home:",
        "a course at home that ends lasts to the horizon",
    ),
    Mutant(
        DURABILITY,
        "lasts = main.durability or (base.durability if base is not None else None)",
        "lasts = main.durability",
        "what is added does not last as long as its base",
    ),
    Mutant(
        BENEFIT,
        "np.clip(shares * full, -full, full).tolist()",
        "(shares * full).tolist()",
        "more than the whole scale is counted",
    ),
    Mutant(
        BENEFIT,
        "full = catalog.scales[catalog.concerns[benefits.concern].scale].full",
        "full = 100.0",
        "every scale is read as a percentage",
    ),
    Mutant(RISK, "typical=cell.typical * factor, high", "high", "a caution raises the ends of the risk only"),
    Mutant(
        CHOICE,
        "(most > best(main) + TIE)",
        "(most < best(main) - TIE)",
        "a part course stands beside the whole where it is worse",
    ),
    # ---------------------------------------------------------------- costs
    Mutant(
        COSTS,
        "typical=median(p.typical for p in prices)",
        "typical=min(p.typical for p in prices)",
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
        " or catalog.concerns[given.concern].base_is_given:",
        ":",
        "a base that is had anyway is paid for",
    ),
    Mutant(
        COSTS,
        "if not effect.adjunct or held or",
        "if not effect.adjunct or",
        "a price that holds the base does not count as holding it",
    ),
    Mutant(
        COSTS,
        "c if c.all_in or on_top is None else c.on(on_top)",
        "c._replace(all_in=True)",
        "prices with and without the base are averaged as they are",
    ),
    Mutant(
        COSTS,
        '("session", "once", "month")',
        '("month", "session", "once")',
        "what is done in visits is priced by the month",
    ),
    Mutant(
        COSTS,
        'basis=b.total.basis if b.total.basis == "borrowed" else a.total.basis,',
        "basis=a.total.basis,",
        "a borrowed addition is not marked",
    ),
    Mutant(
        COSTS,
        "book.lookup(delivery.procedure.id, partial(refusal, delivery))",
        "book.lookup(delivery.procedure.id)",
        "a price that cannot be read, or is of another product, stands in the way of one that can",
    ),
    Mutant(
        COSTS,
        "voices.setdefault(c.voice, []).append(c)",
        "voices.setdefault(str(len(voices)), []).append(c)",
        "each price of one seller is a voice",
    ),
    Mutant(
        COSTS,
        "priced.cost(count - added, renewed=False)",
        "priced.cost(count, renewed=False)",
        "the visits with an add-on are paid for twice",
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
        "for p in self.quotes.get(procedure, ())",
        "for p in self.quotes.get(procedure, ()) if procedure not in self.clinic",
        "a clinic's list beats a quote",
    ),
    Mutant(
        PRICING,
        "if here.prices and not here.doubt:",
        "if here.prices:",
        "a doubtful price beats a sound borrowed one",
    ),
    Mutant(
        PRICING,
        "if here.prices and here.doubt <= doubt(lent.prices[0]):",
        "if here.prices and here.doubt < doubt(lent.prices[0]):",
        "a borrowed doubtful price beats the market's own",
    ),
    Mutant(PRICING, "if doubt(price) > least:", "if doubt(price) > 2:", "doubtful prices count beside sound ones"),
    Mutant(
        PRICING, "elif GRADES.index(price.grade) > best:", "elif False:", "a guide counts beside a seller's own list"
    ),
    Mutant(
        PRICING,
        "return 2 if price.promotion else 1 if price.doubtful else 0",
        "return 1 if price.promotion or price.doubtful else 0",
        "an offer counts like a doubtful price",
    ),
    Mutant(
        PRICING,
        "if not doubt(price) and not price.from_ and price.low < price.high:",
        "if price.low < price.high:",
        "doubtful prices say how far up a starting price goes",
    ),
    Mutant(
        PRICING,
        "key = (found.doubt, found.grade, -len(voices",
        "key = (found.doubt, 0, -len(voices",
        "the lender with more guides beats the one with a seller's list",
    ),
    Mutant(PRICING, ", market.id != default)\n", ", False)\n", "among equals any market lends"),
    Mutant(PRICING, '"low": p.low * rate * (1 - widen)', '"low": p.low * rate', "a borrowed low end is not widened"),
    Mutant(
        PRICING,
        '"typical": p.middle * rate',
        '"typical": (p.low + p.high) / 2 * rate',
        "a borrowed typical price is forgotten",
    ),
    Mutant(
        QUOTES,
        '"all-in" if catalog.procedures[base].clinic else "add-on"',
        '"all-in"',
        "a quote for what goes on a cream holds the cream",
    ),
    # ---------------------------------------------------------------- who may have what
    Mutant(
        ELIGIBILITY,
        "wanted.extend((*known.parts, *known.adjunct_to[:1]))",
        "pass",
        "what a course is made of is not seen",
    ),
    Mutant(
        ELIGIBILITY,
        'catalog.practice(part.id, "contraindication"):\n            if fact.value in true_of:',
        'catalog.practice(part.id, "caution"):\n            if fact.value in true_of:',
        "cautions bar and contraindications do not",
    ),
    Mutant(
        ELIGIBILITY,
        '"ask-first" if fact.strength else "not-for-you", "bar"',
        '"not-for-you", "bar"',
        "a weak bar is a strong one",
    ),
    Mutant(
        ELIGIBILITY,
        "or any(fact.value == state for fact in facts):",
        "or facts:",
        '"if needed" lets through in pregnancy',
    ),
    Mutant(
        ELIGIBILITY,
        "if f.concern in (None, concern) or not concern\n    ]\n    barred",
        "if True\n    ]\n    barred",
        "a positive fact for another concern lets through",
    ),
    Mutant(
        ELIGIBILITY,
        "if needed is not None and not against:",
        "if needed is not None:",
        '"if needed" counts beside a weak bar',
    ),
    Mutant(
        ELIGIBILITY,
        "            and not against\n",
        "",
        "a weak bar on breast-feeding does not end the inference",
    ),
    Mutant(
        ELIGIBILITY,
        'part.invasiveness == "none" and not any(',
        'part.invasiveness == "none" or not any(',
        "a medicine is let through by inference",
    ),
    Mutant(
        ELIGIBILITY,
        "for g in _compatible(catalog, part,",
        "for part in parts[:1] for g in _compatible(catalog, part,",
        "only the first part is looked at in pregnancy",
    ),
    Mutant(
        ASKER,
        'elif "trying-to-conceive" in front:\n        front.append("pregnancy")',
        'elif "trying-to-conceive" in front:\n        pass',
        "trying to conceive is not as pregnancy",
    ),
    Mutant(
        ASKER,
        'front.append("partner-pregnancy")',
        "pass",
        "what a father passes on is not seen",
    ),
    Mutant(
        ASKER,
        '(sex == "male" and name in ("pregnancy", "could-become-pregnant"))',
        "False",
        "a man could become pregnant",
    ),
    Mutant(
        ASKER,
        'ages[0] >= catalog.constant("fertile-below-age")',
        "False",
        "a woman of any age could become pregnant",
    ),
    Mutant(
        ASKER,
        "PAST_BEARING in person.conditions",
        "False",
        "past the menopause is not heard",
    ),
    Mutant(
        ELIGIBILITY,
        "ages[0] < max(from_ages)",
        "False",
        "an age below what is allowed is let through",
    ),
    Mutant(
        ELIGIBILITY,
        "and fact.market in (None, asker.market)",
        "",
        "an age of another market counts",
    ),
    Mutant(
        ELIGIBILITY,
        "if stopped or named_in",
        "if named_in",
        "what was not read stops nothing",
    ),
    Mutant(
        ASKED,
        "kinds = [{*s.implies, s.id} for s",
        "kinds = [{s.id} for s",
        "what a kind implies does not hold",
    ),
    Mutant(
        ELIGIBILITY, "downtime.typical > most", "downtime.typical >= most", "as many days as are allowed are too many"
    ),
    Mutant(
        ELIGIBILITY,
        "return min((days for days in said",
        "return max((days for days in said",
        "a longer allowance undoes 'no downtime'",
    ),
    Mutant(CONDITIONS, "(self.prescription and on_prescription)", "False", "a prescription is not avoided"),
    # ---------------------------------------------------------------- what an option is
    Mutant(
        ALTERNATIVE,
        "self.sessions < self.usual_sessions",
        "self.sessions <= self.usual_sessions",
        "a whole course is called a part",
    ),
    Mutant(
        CANDIDATES,
        "range(sessions.low, sessions.usual + 1)",
        "range(sessions.low, sessions.usual)",
        "the usual course is not offered",
    ),
    Mutant(
        CANDIDATES,
        "return not named or effect.treatment == named[0]",
        "return True",
        "a combination stands on every base",
    ),
    Mutant(
        CANDIDATES,
        "effects = [e for e in effects if e.adjunct or e.treatment not in bases]",
        "pass",
        "a base that is had anyway is an option",
    ),
    Mutant(
        CANDIDATES,
        'total / max(1.0, offer_.months or offer_.horizon) if per == "month" else total',
        "total",
        "a budget per month is held against the total",
    ),
    Mutant(
        CANDIDATES,
        'if per == "session" and cost.per_visit is not None:',
        'if per == "visit" and cost.per_visit is not None:',
        "a budget per session is held against the total",
    ),
    # ---------------------------------------------------------------- the criteria's own files
    Mutant(
        RISK,
        "event.low + event.high, event.high, event.people, event.event)",
        "event.low + event.high, event.high)",
        "of two as frequent the first in the file counts",
    ),
    Mutant(
        RISK,
        "risk(context.catalog, context.option.effect, context.person.skin_type)",
        "risk(context.catalog, context.option.effect)",
        "a ranking knows no skin type",
    ),
    Mutant(
        RISK,
        "if not context.care:",
        "if True:",
        "a caution raises no risk",
    ),
    Mutant(
        BENEFIT,
        "part_share(whole, [option.share_of_course for option in options])",
        "whole",
        "the draws of a part course are those of the whole",
    ),
    Mutant(
        BENEFIT,
        '"studies" if found.level_known else "prior"',
        '"studies"',
        "what nothing does is known where it is assumed",
    ),
    Mutant(WORTH, "found.gain * own - found.loss", "found.gain * own", "proof makes up for a loss"),
    Mutant(WORTH, "found.gain * own - found.loss", "own", "proof is worth something without a gain"),
    Mutant(WORTH, 'value = worth(criterion, g, "") + below', 'value = worth(criterion, g, "")', "a loss has an end"),
    Mutant(WORTH, "means = gains.means / full", "means = gains.means / 90", "a gain is a share of another scale"),
    Mutant(WORTH, "*part_anchors(at, value, part)", "at, value", "a part course is worth the whole"),
    Mutant(BENEFIT, "+ 0.5 * (first == second)", "+ (first == second)", "a tie counts as beaten"),
    Mutant(BENEFIT, "option.given, option.share_of_course)", "option.given)", "a part course has the whole's benefit"),
    Mutant(
        COST,
        "    return context.option.cost.total\n",
        "    total = context.option.cost.total\n"
        "    return Cell(low=total.typical, typical=total.typical, high=total.typical, basis=total.basis)\n",
        "a cost has no range",
    ),
    Mutant(
        DOWNTIME,
        "return downtime_of(context.main, context.base)",
        "return context.main.downtime",
        "the days that a base asks are not in the table",
    ),
    Mutant(
        DURABILITY,
        "high=max(lasts.high, least)",
        "high=least or lasts.high",
        "what is renewed never lasts beyond the horizon",
    ),
    Mutant(
        EFFORT,
        'line.unit == "session" and not line.renewal',
        'line.unit == "session"',
        "renewals are visits of the course",
    ),
    Mutant(
        EVIDENCE, "float(context.certainty.stars)", "float(bool(context.certainty.stars))", "all evidence is one star"
    ),
    Mutant(
        FIGURE, "worse(a, b, criterion.better)", "worse(a, b)", "of two figures the lower is taken for better always"
    ),
    Mutant(
        FIGURE,
        "(context.main, context.base) if part is not None]",
        "(context.main,) if part is not None]",
        "a figure of the base does not count",
    ),
    Mutant(
        SPEED,
        "context.main.figure(",
        "(context.base or context.main).figure(",
        "what is added shows when its base does",
    ),
    Mutant(REGISTRY, "Measure(risk.measure, by_person=True)", "Measure(risk.measure)", "everybody has one risk"),
    Mutant(
        REGISTRY,
        '"effort": Measure(effort.measure, by_course=True)',
        '"effort": Measure(effort.measure)',
        "all courses of a thing ask one effort",
    ),
    Mutant(
        REGISTRY,
        '"benefit": Measure(benefit.measure, by_course=True)',
        '"benefit": Measure(benefit.measure)',
        "all courses of a thing have one benefit",
    ),
    Mutant(TABLE, "-(kc[0] or 0)", "(kc[0] or 0)", "the smallest part course stands for the whole"),
    Mutant(TABLE, "    if problem.quotes:\n", "    if False:\n", "a price of one's own is not in the table"),
    # ---------------------------------------------------------------- facts as data, one rule for a given base
    Mutant(DELIVERY, "or catalog.concerns[concern].base_is_given", "", "a base that is had anyway asks days"),
    Mutant(DELIVERY, "given = not effect.adjunct or", "given = True or", "no base asks anything"),
    Mutant(CANDIDATES, "cost.total.high if dearest", "cost.total.typical if dearest", "the dearest is the typical"),
    Mutant(ORDER, "not limits.allows(float(pool.dearest[limits.per][i]))", "False", "no range is over a budget"),
    Mutant(ORDER, "pool.dearest[limits.per]", 'pool.dearest["course"]', "a monthly budget is held against the whole"),
    Mutant(TABLE, "held(per, dearest=True)", "held(per, dearest=False)", "what is dearest is not the high end"),
    Mutant(PROBLEM, '"session": visits or 0.0', '"session": 1.0', "a budget a session is spent once"),
    Mutant(COSTS, "lasts=(lasts.low, lasts.high)", "lasts=(lasts.low, lasts.low)", "a renewal's range is lost"),
    Mutant(COSTS, "return self.lasts is not None", "return False", "a renewal is a part of the course"),
    Mutant(COSTS, '"quote" if price.quoted else "price"', '"price"', "a person's own quote is a list's price"),
    Mutant(
        COSTS,
        "Borrowed(observed.lender, float(observed.rate))",
        "Borrowed(observed.lender, 1.0)",
        "the rate is not told",
    ),
    Mutant(DELIVERY, "fact=Counted(count)", "fact=Counted(1)", "a study's sessions are not told"),
    Mutant(DELIVERY, 'return replace(most, basis="base")', "return most", "what a part says is said of the whole"),
    Mutant(
        RISK,
        "Frequency(severity, harm.event, low, high, harm.n or people_unknown)",
        "Frequency(severity, harm.event, low, high, people_unknown)",
        "the people of a harm are not counted",
    ),
    Mutant(RISK, 'return replace(under, basis="base")', "return under", "the base's harm is said to be its own"),
    Mutant(
        RISK,
        'refs.append(Ref(kind="harm", source=source, fact=worst.event))',
        "pass",
        "the events behind a risk are not told",
    ),
    Mutant(
        BENEFIT,
        'Pull(used.record, str(used.against or ""), weight, used.cut)',
        'Pull(used.record, "", weight, used.cut)',
        "against what a study found it is not told",
    ),
    Mutant(DURABILITY, 'basis="as-used"', 'basis="facts"', "use without an end passes for a fact"),
    Mutant(
        ALTERNATIVE,
        "return share_of_course(self.sessions, self.usual_sessions)",
        "return 1.0",
        "a part course is whole",
    ),
    Mutant(
        CELL,
        "return tuple(dict.fromkeys(ref for group in refs for ref in group))",
        "return tuple(ref for group in refs for ref in group)",
        "a fact stands twice",
    ),
    # ---------------------------------------------------------------- who may have what, once more
    Mutant(
        ELIGIBILITY,
        'part.route != "topical"',
        "False",
        "words that were not read stop no lamp that stays on the skin",
    ),
    Mutant(
        ELIGIBILITY,
        "or any(catalog.on_prescription(part.id, market) for market in catalog.markets)",
        "",
        "words that were not read stop nothing that is on prescription",
    ),
    Mutant(
        ELIGIBILITY,
        "if heals and not implied(catalog, [known.id]) & spoken",
        "if heals and known.id not in spoken",
        "what a condition implies does not speak of how skin heals",
    ),
    Mutant(
        ELIGIBILITY,
        "studied and None not in studied and sex not in studied",
        "studied and sex not in studied",
        "people of no known sex are all of one",
    ),
    Mutant(
        ELIGIBILITY,
        "and (not fact.kinds or concern.kind in fact.kinds)",
        "",
        "a licence for one kind is one for all",
    ),
    Mutant(
        ELIGIBILITY,
        "if part.id not in within)",
        "if part.id)",
        "a mix has the licence of its parts",
    ),
    Mutant(
        ELIGIBILITY,
        'replace(ground, verdict="ask-first", sex=sex)',
        "replace(ground, sex=sex)",
        "where the sex was not said a ground is stricter than the verdict",
    ),
    # ---------------------------------------------------------------- courses and prices, once more
    Mutant(CELL, "a = low if low is not None else high", "a = low or 0.0", "an open low end is nothing"),
    Mutant(
        DELIVERY, "math.floor(spread(ranges)[1] + 0.5)", "math.floor(spread(ranges)[2] + 0.5)", "an add-on is had most"
    ),
    Mutant(
        DELIVERY,
        'if ranges and basis == "facts" and sessions is not None:',
        "if ranges and sessions is not None:",
        "an add-on is had as often as for another concern",
    ),
    Mutant(DELIVERY, "        if self.given:\n", "        if False:\n", "an add-on's own number is never looked up"),
    Mutant(
        DELIVERY,
        "self._studied_sessions() or self._studied_sessions(kinds_apart=False)",
        "self._studied_sessions()",
        "no other kind's number stands in",
    ),
    Mutant(
        DELIVERY,
        "for course in mine if course.concern == self.concern)",
        "for course in mine)",
        "what came afterwards is told of another concern",
    ),
    Mutant(
        COSTS,
        "for p in observed.prices if p.source in told",
        "for p in observed.prices",
        "who tells a price that is not used has a voice",
    ),
    Mutant(
        COSTS,
        "voices=min(x for x in (a.voices, b.voices) if x)",
        "voices=max(x for x in (a.voices, b.voices) if x)",
        "a course of two has the voices of the better known part",
    ),
    Mutant(
        COSTS,
        "priced.cost(None if priced.delivery.at_home else count)",
        "priced.cost(priced.delivery.sessions and priced.delivery.sessions.usual)",
        "fewer visits under an add-on cost as many",
    ),
    Mutant(COSTS, "a.per_visit[1] + b.per_visit[1]", "2 * a.per_visit[1]", "a visit with an add-on is two of its base"),
    Mutant(COSTS, "a.per_visit[2] + b.per_visit[2]", "a.per_visit[2]", "the dearest visit leaves the add-on out"),
    Mutant(
        COSTS,
        "replace(both, per_visit=(main.unit.low, main.unit.typical, main.unit.high))",
        "both",
        "a visit with an add-on that holds its base is paid for twice",
    ),
    Mutant(
        PRICING, " or price.low <= (base := median(alone)):", " or not (base := median(alone)):", "less than nothing"
    ),
    Mutant(
        PRICING,
        " and not doubt(p) and not p.from_\n    ]",
        " and not p.from_\n    ]",
        "a doubtful price of a base is taken off",
    ),
    Mutant(
        PRICING,
        "return median(median(p.middle for p in said)",
        "return min(median(p.middle for p in said)",
        "the cheapest seller's is the price",
    ),
    Mutant(PRICING, "key = (p.grade, p.product,", "key = (p.product,", "a guide's price stands against a seller's"),
    Mutant(
        CANDIDATES,
        "named.pop() if len(named) == 1 else None",
        "max(named, default=None)",
        "a course of two products is of one",
    ),
    Mutant(CANDIDATES, "(1.0, offer_.months or offer_.horizon)", "(1.0, offer_.horizon)", "a month is one of the year"),
    Mutant(CANDIDATES, ' and named.line != "avoid":', ":", "what a guide says to leave is an option"),
    Mutant(
        CANDIDATES,
        "effect == effect_of(catalog, foundation.procedure)",
        "effect.main == foundation.procedure",
        "what is had with anything is no rival on top of anything",
    ),
    Mutant(CANDIDATES, "cost.per_visit[2 if dearest else 1]", "cost.per_visit[1]", "no visit is dearer than the usual"),
    # ---------------------------------------------------------------- quotes
    Mutant(
        QUOTES,
        "[p for p in prices if not (p.doubtful or p.promotion)] or prices",
        "prices",
        "doubtful observations choose the unit of a bare price",
    ),
    Mutant(QUOTES, 'u == "session", u)', "u)", "a tie between units is not a session's"),
    Mutant(
        QUOTES,
        "return (ASSUMED[unit], unit) in assumed",
        "return True",
        "a quote is taken in units that nobody can count",
    ),
    Mutant(
        QUOTES,
        "            return clinic\n",
        "            return True\n",
        "a thing used at home is sold by the session",
    ),
    Mutant(
        QUOTES,
        'unit != "month" or not clinic or unit in listed',
        'unit != "month" or not clinic',
        "a list by the month does not count",
    ),
    Mutant(
        QUOTES, "found[name] = [price]", "found.setdefault(name, []).append(price)", "a quote said twice counts twice"
    ),
    Mutant(
        QUOTES,
        "found.setdefault(name, []).append(price)",
        "found[name] = [price]",
        "of a clinic's list the last line counts",
    ),
    Mutant(
        QUOTES,
        'unit == "course" and quote.sessions is None and quote.months is None',
        'unit == "course"',
        "a course of three sessions is paid once",
    ),
    Mutant(QUOTES, "for name in usable:", "for name in usable[:1]:", "a family's quote goes to its first member"),
    # ---------------------------------------------------------------- the problem
    Mutant(
        PROBLEM,
        '(name or os.environ.get("DECIDE_MARKET") or "")',
        '(os.environ.get("DECIDE_MARKET") or name or "")',
        "the shell's market beats the one named",
    ),
    Mutant(
        PROBLEM,
        "named = preferences.market or request.market",
        "named = request.market",
        "a market preferred is not heard",
    ),
    Mutant(PROBLEM, "    if not named:\n        return by_currency\n", "", "written money chooses no market"),
    Mutant(
        PROBLEM,
        "    if market.currency != currency:\n",
        "    if False:\n",
        "a budget in pounds is held against dollars",
    ),
    Mutant(
        PROBLEM,
        "if quote.currency and quote.currency != market.currency:",
        "if False:",
        "a quote in pounds counts as dollars",
    ),
    Mutant(
        PROBLEM,
        '"month": horizon, "session"',
        '"month": 1.0, "session"',
        "a budget a month is the budget in all",
    ),
    Mutant(
        PROBLEM,
        '(self.per == "session" and visits is None)',
        "False",
        "a budget a session is the whole",
    ),
    Mutant(PROBLEM, "if name is None and request.prefer:", "if False:", "what is preferred chooses no profile"),
    Mutant(PROBLEM, "if not 1 <= months <= LONGEST:", "if not 1 <= months:", "a horizon has no end"),
    Mutant(PROBLEM, "    if months != int(months):\n", "    if False:\n", "half a month is dropped"),
    Mutant(PROBLEM, "if kind and kind not in known:", "if False:", "a kind of another concern is taken"),
    Mutant(PROBLEM, "quotes += read_price_list", "quotes = read_price_list", "a clinic's list throws quotes away"),
    Mutant(
        PROBLEM, 'float(asked.high or 0), per="course")', "float(asked.high or 0))", "other money is still by the month"
    ),
    Mutant(PROBLEM, 'quote._replace(said="")', "quote", "a price written otherwise is another price"),
    Mutant(
        PROBLEM,
        "kept = self.limits.only if only is None else frozenset(only)",
        "kept = self.limits.only",
        "what was named is kept when all is asked for",
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
