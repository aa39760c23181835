"""The arithmetic is in every command, so loading it must cost next to nothing."""

import pkgutil
import subprocess
import sys

from salesdocs import calc

MODULES = [f"salesdocs.calc.{module.name}" for module in pkgutil.iter_modules(calc.__path__)]
HEAVY = {"chinese_calendar", "pydantic", "docxtpl", "lxml", "yaml", "click", "babel", "json"}


def test_loading_all_of_calc_loads_no_heavy_library() -> None:
    program = f"import sys, {', '.join(MODULES)}; print(*sys.modules)"
    run = subprocess.run(  # a fresh interpreter, without what the tests have loaded
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert "decimal" in loaded
    assert not loaded & HEAVY
