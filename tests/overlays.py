"""Folders of facts for tests: a criterion, a condition and a market that the shipped catalogue does not know."""

from pathlib import Path

from decide.catalog import Catalog, load_catalog
from decide.catalog.catalog import shipped_root

SOURCE = "lim-2024-exosomes"
"""Any source that the shipped catalogue has."""

DISCOMFORT = """
[[criterion]]
id = "discomfort"
name = "Discomfort"
unit = "points of ten"
better = "lower"
question = "How much does it hurt?"
reason = "A toy: straight from nothing to the worst."
measure = "figure"
fact = "discomfort-points"
column = "hurts"
phrase = "hurts {} of 10"
nought = "painless"
ahead = "hurts less"
behind = "hurts more"
anchors = [{ at = 0, value = 1 }, { at = 10, value = 0 }]
unknown = { low = 0, typical = 4, high = 10 }
"""
WEIGHED = """
[[profile]]
id = "balanced"
name = "Balanced"
reason = "The shipped weights, and a tenth for what hurts."

[profile.weights]
benefit = 46
evidence = 20
cost = 12
downtime = 5
risk = 9
speed = 2
durability = 3
effort = 3
discomfort = 10
"""
FIGURES = f"""
[[practice]]
procedure = "microneedling"
fact = "discomfort-points"
low = 2
high = 6
source = "{SOURCE}"

[[practice]]
procedure = "tretinoin"
fact = "discomfort-points"
low = 0
high = 0
source = "{SOURCE}"
"""
MIGRAINE = f"""
[[condition]]
id = "migraine"
name = "Migraine"
kind = "illness"
words = ["migraine", "sick headache"]
question = "Do you get migraine?"

[[practice]]
procedure = "tretinoin"
fact = "contraindication"
value = "migraine"
source = "{SOURCE}"

[[avoid]]
id = "tablets"
name = "Tablets"
says = "no tablets"
needs = "tablets"
words = ["tablet", "tablets"]
prescription = true
"""
IRELAND = f"""
[market]
id = "ie"
name = "Ireland"
currency = "EUR"
symbol = "€"
long_symbol = "€"
places = ["Ireland", "Dublin"]
currency_words = ["euro"]

[[price]]
procedure = "microneedling"
year = 2025
unit = "session"
low = 150
high = 250
grade = "guide"
source = "{SOURCE}"
"""
RATE = f"""
[[exchange]]
from = "AUD"
to = "EUR"
rate = 0.61
year = 2023
source = "{SOURCE}"
"""


def with_euros() -> str:
    """The criterion of cost with anchors in euros beside those it has: the dollar's."""
    text = (shipped_root() / "criteria.toml").read_text(encoding="utf-8")
    cost = next(part for part in text.split("[[criterion]]") if part.startswith('\nid = "cost"'))
    dollars = next(line for line in cost.splitlines() if line.startswith("USD"))
    return f"[[criterion]]{cost.rstrip()}\n{dollars.replace('USD', 'EUR')}\n"


def overlay(folder: Path, *texts: str) -> Path:
    """A folder that holds these texts, a file each."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"{number}.toml").write_text(text, encoding="utf-8")
    return folder


def laid(folder: Path, *texts: str) -> Catalog:
    """The shipped catalogue with these texts laid over it."""
    return load_catalog(overlay(folder, *texts))
