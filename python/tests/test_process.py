"""Beside the interpreter: threads, Ctrl-C, progress, forks, import time, types."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import rashomon
from conftest import invented

CHILD = """
import sys, time
sys.path.insert(0, {tests!r})
from conftest import invented
import rashomon
rows = invented(4000, 5)
def said(stage, done, told=[]):
    if not told:
        print("ready", flush=True)
    told.append(done)
try:
    rashomon.annotate(rows * 20, threads=1, progress=said)
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind are not sent on Windows")
def test_ctrl_c_ends_a_call():
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD.format(tests=str(Path(__file__).parent))], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None and child.stdout.readline() == "ready\n"
    child.send_signal(signal.SIGINT)
    began = time.monotonic()
    assert child.stdout.readline() == "interrupted\n"
    assert time.monotonic() - began < 5
    assert child.wait(timeout=30) == 0


def test_other_threads_of_python_run_meanwhile():
    rows = invented(400, 9)
    ticks = 0
    done = threading.Event()

    def tick():
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.002)

    thread = threading.Thread(target=tick)
    thread.start()
    began = time.monotonic()
    rashomon.annotate(rows, threads=1)
    took = time.monotonic() - began
    done.set()
    thread.join()
    # One that holds the lock for the whole call leaves no tick between.
    assert ticks > took / 0.002 / 20, (ticks, took)


def test_progress_is_told_and_can_end_the_call():
    rows = invented(600, 2)
    told: list[tuple[str, int]] = []
    rashomon.annotate(rows, progress=lambda stage, done: told.append((stage, done)))
    assert told[-1] == ("annotating", 600)
    assert [done for _, done in told] == sorted(done for _, done in told)

    def enough(stage: str, done: int) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        rashomon.annotate(rows, progress=enough)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks here")
def test_a_fork_has_threads_of_its_own():
    code = (
        "import os, rashomon\n"
        "row = {'text': 'The lock failed.'}\n"
        "rashomon.annotate(row)\n"
        "pid = os.fork()\n"
        "assert len(rashomon.annotate(row)) == 1\n"
        "if pid == 0: os._exit(0)\n"
        "assert os.waitpid(pid, 0)[1] == 0\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, timeout=60)


def test_import_is_quick():
    def took(code: str) -> float:
        best = 9.0
        for _ in range(5):
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            best = min(best, time.perf_counter() - began)
        return best

    assert took("import rashomon; rashomon.__version__") - took("pass") < 0.15


@pytest.fixture
def typed(tmp_path):
    """The package out of the installed ones, whose errors checkers do not tell, and what a user writes."""
    package = Path(rashomon.__file__).parent
    shutil.copytree(package, tmp_path / "rashomon", ignore=shutil.ignore_patterns("*.so", "*.pyd", "__pycache__"))
    shutil.copy(Path(__file__).parent / "typed_user.py", tmp_path)
    return tmp_path


def test_types_hold_under_mypy_strict(typed):
    pytest.importorskip("mypy")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "rashomon", "typed_user.py"],
        capture_output=True,
        text=True,
        cwd=typed,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_types_hold_under_pyright(typed):
    pytest.importorskip("pyright")
    # What a user writes must be understood to the last; the package may use libraries that have no types.
    (typed / "pyrightconfig.json").write_text(
        '{"strict": ["typed_user.py"], "reportMissingImports": false, "reportMissingModuleSource": false}'
    )
    command = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "rashomon", "typed_user.py"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=typed)
    if done.returncode > 1 or "npm" in done.stderr:
        pytest.skip(f"pyright does not start here: {done.stderr[-200:]}")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_store_is_read_beside_its_writer(ferry, run, tmp_path):
    path = tmp_path / "news.db"
    run("add", ferry, "--store", path)
    store = rashomon.Store(path)
    stories = list(store.stories())
    assert stories and stories[0]["articles"] >= 2
    articles = store.story_articles(stories[0]["id"])
    assert len(articles) == stories[0]["articles"]
    found = store.collation(stories[0]["id"])
    assert len(found.stories) == 1 and found.to_html().startswith("<!doctype html>")
    hits = list(store.search("ferry"))
    assert hits
    key = articles[0]["article"]["id"] if isinstance(articles[0].get("article"), dict) else articles[0]["id"]
    assert store.versions(key)
    article = store.read(key, annotated=True)
    assert article.sentences and article.text
    assert list(store.quotes()) is not None
    with pytest.raises(KeyError):
        store.story("no-such-story")
    # Somebody writes meanwhile.
    extra = tmp_path / "more.jsonl"
    extra.write_text('{"id": "late", "text": "The quarry at Orrby was sold on 3 May 2032, its owner said."}')
    run("add", extra, "--store", path)
    assert len(list(store.articles())) == len(list(rashomon.Store(path).articles())) > len(articles)
    with pytest.raises((ValueError, OSError)):
        rashomon.Store(tmp_path / "absent.db")
