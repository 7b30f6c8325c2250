"""The program starts fast because it loads little."""

import subprocess
import sys

import pytest

HEAVY = ("numpy", "pydantic", "scipy", "jinja2", "fastapi", "tabulate", "rapidfuzz", "pandas", "vl_convert")


def loaded(code: str) -> set[str]:
    """The modules that are loaded once this has run."""
    say = "import sys; sys.stdout.write('\\n' + ' '.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", f"{code}\n{say}"], capture_output=True, text=True, check=True)
    return set(run.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "code",
    [
        "import decide",
        "import decide.cli.main",
        "from decide.cli.main import main; assert main(['--version']) == 0",
        "from decide.cli.main import main; assert main(['plann']) == 2",
        "from decide.cli.main import main; assert main(['--no-such-option']) == 2",
        "from decide.cli.main import main; assert main(['best']) == 2",
        "from decide.cli.main import main; assert main(['plan']) == 2",
        "from decide.cli.main import main; assert main(['why', 'x', '--no-such-option']) == 2",
    ],
)
def test_what_computes_nothing_loads_nothing_heavy(code: str) -> None:
    assert not loaded(code).intersection(HEAVY)


def test_a_plain_question_loads_no_web_no_charts_and_no_frames() -> None:
    found = loaded('import decide; decide.ask("what\'s best for acne scars under $2000")')
    assert not found.intersection({"scipy", "jinja2", "fastapi", "pandas", "vl_convert", "uvicorn"})
