"""The rows of one machine on Spark when things go wrong: an executor killed while it links, and too small a heap.

    python benches/cluster.py killed articles.jsonl --program target/release/rashomon
    python benches/cluster.py small  articles.jsonl --program target/release/rashomon
    python benches/cluster.py plain  articles.jsonl --program target/release/rashomon
    python benches/cluster.py sail   articles.jsonl --program target/release/rashomon     # pysail in this Python

The last two are for what it costs; of each stage of ours they tell the seconds.

`cargo xtask cluster` makes the articles and runs both. Needs Java, pyspark and the package in this Python.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

NAMES = ("id", "title", "text", "outlet", "published", "url")
BLOCKS = {"articles": 1000, "days": 20, "margin": 20}


def below(pid: int) -> list[tuple[int, str]]:
    """The processes that this one started, and those that they did, with their command lines."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents.setdefault(int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1]), []).append(int(entry.name))
            except OSError:
                continue
    out, ask = [], [pid]
    while ask:
        for child in parents.get(ask.pop(), []):
            ask.append(child)
            try:
                out.append((child, (Path("/proc") / str(child) / "cmdline").read_bytes().replace(b"\0", b" ").decode()))
            except OSError:
                continue
    return out


def spent() -> float:
    """Seconds of CPU of this process and of all that it started and that have not gone without being waited for."""
    total = 0
    for pid in [os.getpid(), *(pid for pid, _ in below(os.getpid()))]:
        try:
            total += sum(map(int, (Path("/proc") / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()[11:15]))
        except OSError:
            continue
    return total / os.sysconf("SC_CLK_TCK")


def kill_one(stage: Path, told: list[str]) -> None:
    """Kills one of our own executors as soon as a stage of linking has begun to write."""
    end = time.monotonic() + 600
    while time.monotonic() < end:
        if stage.exists() and not list(stage.glob("_SUCCESS")):
            executors = [pid for pid, command in below(os.getpid()) if "CoarseGrainedExecutorBackend" in command]
            if executors:
                time.sleep(0.5)
                os.kill(executors[0], signal.SIGKILL)
                told.append(f"killed executor {executors[0]}, {len(list(stage.rglob('*.parquet')))} files were written")
                return
        time.sleep(0.05)


def lines(df: object) -> bytes:
    def plain(value: object) -> object:
        return [[it["start"], it["end"]] for it in value] if isinstance(value, list) else value

    rows = ({name: plain(value) for name, value in row.asDict().items()} for row in df.collect())
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows).encode()


def session(case: str, java: str) -> Any:
    from pyspark.sql import SparkSession

    made = (
        SparkSession.builder.master("local-cluster[2,1,1536]" if case == "killed" else "local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "600m" if case == "small" else "1g")
        .config("spark.driver.extraJavaOptions", java)
        .config("spark.executor.memory", "1g")
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    made.sparkContext.setLogLevel("ERROR")
    return made


def sail() -> Any:
    from pysail.spark import SparkConnectServer
    from pyspark.sql import SparkSession

    server = SparkConnectServer(port=0)
    server.start(background=True)
    made = SparkSession.builder.remote(f"sc://localhost:{server.listening_address[1]}").getOrCreate()
    # It ends with the last name that it has.
    made.server = server
    return made


def timed(rs: Any) -> list[tuple[str, float]]:
    """Seconds of CPU of each stage that is kept from now on."""
    stages: list[tuple[str, float]] = []
    kept = getattr(rs, "_kept_untimed", rs._kept)
    rs._kept_untimed = kept

    def told(spark: Any, path: str, *rest: Any) -> Any:
        before = spent()
        made = kept(spark, path, *rest)
        stages.append((Path(path).name, spent() - before))
        return made

    rs._kept = told
    return stages


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("case", choices=["plain", "killed", "small", "sail"])
    asked.add_argument("articles", type=Path)
    asked.add_argument("--program", default="target/release/rashomon")
    asked.add_argument("--java", default="", help="options of the virtual machine")
    asked.add_argument("--times", type=int, default=1, help="how often in one session: later ones find it warm")
    args = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder) / "one"
        subprocess.run([args.program, "group", args.articles, "--out", one], check=True, capture_output=True)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        program = used.ru_utime + used.ru_stime
        os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
        spark = sail() if args.case == "sail" else session(args.case, args.java)
        schema = ", ".join(f"{name} string" for name in NAMES)
        df = spark.read.schema(schema).json(str(args.articles)).repartition(8)
        import rashomon.spark as rs

        told: list[str] = []
        for turn in range(args.times):
            work = Path(folder) / f"work-{turn}"
            if args.case == "killed":
                stage = work / f"blocks-{BLOCKS['articles']}-{BLOCKS['days']}-{BLOCKS['margin']}" / "linked-0"
                threading.Thread(target=kill_one, args=(stage, told), daemon=True).start()
            stages = timed(rs) if args.case in ("plain", "sail") else []
            began, before = time.monotonic(), spent()
            tables = rs.group(df, str(work), **BLOCKS)
            found = {"stories": lines(tables.stories), "lineage": lines(tables.lineage)}
            seconds, cpu = time.monotonic() - began, spent() - before
            blocks = len(list(work.glob("blocks-*/linked-0/*.parquet")))
            rows = {name: it.count(b"\n") for name, it in found.items()}
            same = {name: it == (one / f"{name}.jsonl").read_bytes() for name, it in found.items()}
            print(f"{args.case}: {rows} rows, {blocks} files of linked blocks, {seconds:.0f} s, {cpu:.1f} s of CPU without the start ({cpu / program:.1f} times the program's {program:.1f})")
            print(f"{args.case}: {'; '.join(told) or 'nobody was killed'}; equal: {same}", flush=True)
            if stages:
                print(f"{args.case}: CPU of stages: " + ", ".join(f"{name} {cpu:.1f}" for name, cpu in stages), flush=True)
            if not (all(same.values()) and blocks > 1):
                return 1
        spark.stop()
        if args.case == "killed" and not told:
            print("killed: no executor was there to kill", file=sys.stderr)
            return 1
        return 0


if __name__ == "__main__":
    sys.exit(main())
