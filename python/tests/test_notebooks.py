"""The notebooks run from front to back."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from conftest import ROOT

NOTEBOOKS = sorted((ROOT / "python" / "notebooks").glob("*.py"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda it: it.stem)
def test_a_notebook_runs(path):
    done = subprocess.run(
        [sys.executable, str(path)], capture_output=True, text=True, env={**os.environ, "MPLBACKEND": "Agg"}, timeout=300
    )
    assert done.returncode == 0, done.stderr
    if path.stem == "deduplicate":
        assert "dropped though no copy: []" in done.stdout and "found 40 of 40" in done.stdout
    if path.stem == "one_event":
        assert "altered in" in done.stdout
