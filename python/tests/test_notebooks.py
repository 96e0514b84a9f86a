"""The notebooks run from front to back: as plain files, and as notebooks, with what their cells show."""

from __future__ import annotations

import os
import subprocess
import sys

import jupytext
import nbclient
import pytest
from conftest import ROOT

FOLDER = ROOT / "python" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.py"))
#: What the cells of each show, by kind of output.
SHOWN = {"agency_copy": {"image/png"}, "deduplicate": set(), "one_event": {"text/html"}}


def test_there_are_three():
    assert {it.stem for it in NOTEBOOKS} == set(SHOWN)


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


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda it: it.stem)
def test_a_notebook_shows_what_it_says(path):
    book = jupytext.read(path)
    nbclient.NotebookClient(book, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}).execute()
    outputs = [it for cell in book.cells if cell.cell_type == "code" for it in cell.outputs]
    assert any(it.output_type == "stream" and it.name == "stdout" for it in outputs)
    shown = {kind for it in outputs if "data" in it for kind in it.data}
    assert SHOWN[path.stem] <= shown, shown
