"""What the tests share: the shipped example, the program, and articles that are invented here."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FERRY = ROOT / "examples" / "ferry" / "articles"


@pytest.fixture(scope="session")
def ferry() -> str:
    return str(FERRY)


@pytest.fixture(scope="session")
def program() -> list[str]:
    """How to call the program: one that was built apart if RASHOMON names it, else that of the package."""
    named = os.environ.get("RASHOMON")
    return [named] if named and shutil.which(named) else [sys.executable, "-m", "rashomon"]


@pytest.fixture(scope="session")
def run(program: list[str]):
    def call(*args: object, ok: tuple[int, ...] = (0,)) -> bytes:
        done = subprocess.run([*program, *map(str, args)], capture_output=True, check=False)
        assert done.returncode in ok, done.stderr.decode()
        return done.stdout

    return call


PLACES = "Tarvel Norvik Aldmouth Keswin Port-Lind Sundhaven Orrby Maltaby Brenn Vesterholm".split()
NAMES = ["Ada Lorne", "Ilse Varga", "Tom Reyel", "Bruno Åsk", "Mira Søderlind", "Jon Peld"]
THINGS = ["lock", "ferry", "bridge", "dam", "quarry", "tram depot", "signal box", "granary", "lighthouse", "kiln"]
DID = ["failed", "caught fire", "was shut", "flooded", "collapsed", "was sold", "reopened", "was struck by lightning"]
FILLER = (
    "the council met in the morning and heard from the harbour master about what had been seen along the shore before dawn "
    "engineers walked the whole length of it with lamps while neighbours carried blankets and tea up from the lower street "
    "nobody could say how long the repairs would take or who would pay for them once the insurers had written their report"
).split()


def invented(count: int, seed: int) -> list[dict[str, object]]:
    """Invented reports: events over some months, several outlets, copies with changes, some without a date or an outlet."""
    draw = random.Random(seed)
    out: list[dict[str, object]] = []
    while len(out) < count:
        place, thing, did, who = (draw.choice(it) for it in (PLACES, THINGS, DID, NAMES))
        day = draw.randrange(1, 300)
        key = f"{thing}{day}"
        sentences = [
            f"The {thing} at {place} {did} on Tuesday, the port of {place} said.",
            f"“We had no warning of it at all,” said {who}, who keeps the {thing} number {key}.",
        ]
        for _ in range(draw.randrange(2, 8)):
            words = draw.choices(FILLER, k=draw.randrange(8, 24))
            sentences.append(" ".join([*words, draw.choice(PLACES), draw.choice(NAMES)]).capitalize() + ".")
        for n in range(draw.choice([1, 1, 1, 2, 3, 4])):
            mine = [s for s in sentences if n == 0 or draw.random() < 0.8] or sentences
            date = f"2031-{1 + day // 30:02}-{1 + day % 28:02}T{draw.randrange(24):02}:00:00Z"
            row: dict[str, object] = {
                "id": f"a{len(out)}",
                "title": f"{place} {thing} {did}",
                "text": "\n\n".join(mine),
                "outlet": draw.choice(["Quay Post", "Inland Ledger", "Vell News", None]),
                "published": None if draw.random() < 0.1 else date,
                "url": f"https://outlet{n}.example/{len(out)}" if draw.random() < 0.7 else None,
            }
            out.append(row)
    return out[:count]
