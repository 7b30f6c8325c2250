"""Counts the lines of code in decide/: without blank lines, comments, docstrings and imports. A ratchet.

python .ci/lines.py              the count by package, and whether it is within pyproject's [tool.lines] most
python .ci/lines.py --files      by file, the longest first
"""

import ast
import io
import sys
import tokenize
import tomllib
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
LONGEST = 400
"""Lines of a file, all counted; a longer one gives its reason in its docstring ("Long because …")."""
NOTHING = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def code_lines(text: str) -> int:
    """Lines that hold code."""
    passed: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        # docstrings, and the strings that document a constant
        said = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        if said or isinstance(node, ast.Import | ast.ImportFrom):
            passed.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    found: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in NOTHING:
            found.update(range(token.start[0], token.end[0] + 1))
    return len(found - passed)


def main() -> int:
    """Print the count; 1 where it is over what is allowed, or a long file gives no reason."""
    counts: Counter[str] = Counter()
    wrong = []
    for path in sorted((ROOT / "decide").rglob("*.py")):
        text = path.read_text("utf-8")
        place = path.relative_to(ROOT)
        counts[str(place) if "--files" in sys.argv else "/".join(place.parts[:2])] += code_lines(text)
        lines = text.count("\n")
        if lines > LONGEST and "Long because" not in (ast.get_docstring(ast.parse(text)) or ""):
            wrong.append(f"{place}: {lines} lines, and its docstring gives no reason (more than {LONGEST})")
    for name, count in counts.most_common():
        print(f"{count:6,}  {name}")
    total, most = sum(counts.values()), tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["lines"]["most"]
    print(f"{total:6,}  in all, of {most:,} allowed")
    if total > most:
        wrong.append(f"{total - most} lines more than allowed: make do with fewer, or argue for more in the commit")
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
