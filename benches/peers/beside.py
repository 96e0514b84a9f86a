#!/usr/bin/env python3
"""Tools beside each other on the same invented pages: rows, time, memory, lines of user code, what each finds and misses.

usage: beside.py FOLDER ORIGINALS COPIES NAME=COMMAND ...      each COMMAND one string, run without a shell, the pages in place of {}

FOLDER is made anew: ORIGINALS pages of reports and COPIES of each kind of copy. A tool prints one JSON object with `pairs`
(`source`, `derived`) or `quotes` (`page`, `text`, `speaker`), or both. The tools stand in `beside/`; each needs its packages in
the Python that its command names. docs/book/src/peers.md has the commands and what they printed.
"""

from __future__ import annotations

import collections
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "beside"))
sys.dont_write_bytecode = True
import pages  # noqa: E402


def lines_of(command: list[str]) -> int:
    """Lines of user code: of the script in the command, without blank ones and comments."""
    script = next(it for it in command if it.endswith(".py"))
    lines = (it.strip() for it in Path(script).read_text(encoding="utf-8").splitlines())
    return sum(bool(it) and not it.startswith("#") for it in lines)


def ran(command: list[str]) -> tuple[dict, float, float, float]:
    """What a command prints, its CPU seconds with those of its children, seconds, and MiB of its largest process."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.monotonic()
        child = subprocess.Popen(command, stdout=out, stderr=err)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.monotonic() - began
        if os.waitstatus_to_exitcode(status):
            err.seek(0)
            sys.exit(f"{' '.join(command)}: {err.read().decode()[-2000:]}")
        out.seek(0)
        return json.load(out), used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024


def bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def pairs_found(found: list[dict], truth: list[list[str]]) -> str:
    got = {frozenset((it["source"], it["derived"])) for it in found}
    made = collections.Counter(kind for kind, *_ in truth)
    hit = collections.Counter(kind for kind, *pair in truth if frozenset(pair) in got)
    recall = ", ".join(f"{kind} {hit[kind] / count:.2f}" for kind, count in made.items())
    wrong = got - {frozenset(pair) for _, *pair in truth}
    spoken = sum(any(name.startswith("speech-only") for name in pair) for pair in wrong)
    told = sum(bool(it.get("directed")) and (it["source"], it["derived"]) in {(a, b) for _, a, b in truth} for it in found)
    return f"{len(found)} pairs; recall: {recall}; {told} rightly directed; {len(wrong)} wrong ({spoken} of them only one speech)"


def quotes_found(found: list[dict], truth: list[dict]) -> str:
    by_page = collections.defaultdict(list)
    for it in found:
        by_page[it["page"]].append((bare(it["text"]), bare(it["speaker"] or "")))
    whole = spoken = 0
    for it in truth:
        same = [who for text, who in by_page[it["page"]] if bare(it["text"]) in text]
        whole += bool(same)
        spoken += bare(it["speaker"]) in same
    return f"{len(found)} quotations; of {len(truth)} true ones {whole / len(truth):.3f} whole, {spoken / len(truth):.3f} with the right speaker"


def main() -> None:
    folder, originals, copies, *tools = sys.argv[1:]
    shutil.rmtree(folder, ignore_errors=True)
    pages.write(Path(folder), int(originals), int(copies))
    truth = json.loads((Path(folder) / "truth.json").read_text(encoding="utf-8"))
    print(f"{len(list((Path(folder) / 'pages').iterdir()))} pages, {len(truth['pairs'])} pairs, {len(truth['quotes'])} quotations")
    for tool in tools:
        name, command = tool.split("=", 1)
        argv = shlex.split(command.replace("{}", str(Path(folder) / "pages")))
        found, cpu, wall, peak = ran(argv)
        print(f"\n{name}: {cpu:.1f} s CPU, {wall:.1f} s, {peak:.0f} MiB, {lines_of(argv)} lines", flush=True)
        if "pairs" in found:
            print(f"    {pairs_found(found['pairs'], truth['pairs'])}", flush=True)
        if "quotes" in found:
            print(f"    {quotes_found(found['quotes'], truth['quotes'])}", flush=True)


if __name__ == "__main__":
    main()
