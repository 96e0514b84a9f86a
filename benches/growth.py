#!/usr/bin/env python3
"""Grows a store from the made-up stream and says at each size what an article costs and what the store takes.

    benches/growth.py PROGRAM EVAL FOLDER [SIZE...]        # sizes ascending, 10000 100000 300000 unless said otherwise

EVAL is `rashomon-eval`, whose `stream` makes the articles (`--pool FILE` may follow in EVAL's words, all in one argument).
Articles are added without grouping and without annotation; then the new ones are grouped, and one more article is added
with grouping and alerts. CPU is user and system time of the program alone.
"""
import itertools
import json
import os
import resource
import shlex
import statistics
import subprocess
import sys
import time

program, eval_, folder = sys.argv[1], shlex.split(sys.argv[2]), sys.argv[3]
sizes = [int(it) for it in sys.argv[4:]] or [10_000, 100_000, 300_000]
os.makedirs(folder, exist_ok=True)
store, part = os.path.join(folder, "grown.db"), os.path.join(folder, "part.jsonl")
for it in (store, store + "-wal", store + "-shm"):
    if os.path.exists(it):
        os.remove(it)
words = ["election", "court", "police", "virus", "climate", "budget", "border", "school", "tax", "storm"]
queries = words + [f"{a} {b}" for a, b in itertools.pairwise(words)] + ['"white house"', '"supreme court" -tax']


def run(*args):
    """Wall seconds, CPU seconds, peak MiB and output of one run."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(["/usr/bin/time", "-f", "peak %M", program, *args, "--store", store], capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{args}: {done.stderr}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    peak = int(done.stderr.rsplit("peak ", 1)[1]) // 1024
    return time.monotonic() - began, cpu, peak, done.stdout


stream = subprocess.Popen([*eval_, "stream", "--articles", str(sizes[-1])], stdout=subprocess.PIPE)
plain, there = 0, 0
for size in sizes:
    with open(part, "wb") as out:
        for line in itertools.islice(stream.stdout, size - there):
            plain += len(line)
            out.write(line)
    added, there = size - there, size
    wall, cpu, peak, _ = run("add", part, "--no-group", "--no-alerts")
    print(f"\n{size} articles, {plain / 1e6:.0f} MB of JSONL", flush=True)
    print(f"  added {added}: {added / wall:.0f}/s, {1e6 * cpu / added:.0f} µs CPU an article, {peak} MiB")
    print(f"  store: {os.path.getsize(store) / plain:.3f} of the JSONL")
    for line in run("store", "check")[3].splitlines()[:6]:
        print(f"    {line}")
    # The first group of many is no everyday matter; the next line is.
    with open(part, "w") as out:
        out.write(json.dumps({"url": f"https://one.example/{size}", "outlet": "Harbour Post", "published": "2014-05-06T09:00:00Z",
                              "title": "Ferry aground", "text": f"The ferry Lind {size} ran aground off Port Nora. Nobody was hurt."}))
    wall, cpu, peak, _ = run("add", part)
    print(f"  grouping {added} new ones: {wall:.1f} s, {cpu:.1f} s CPU, {peak} MiB")
    with open(part, "w") as out:
        out.write(json.dumps({"url": f"https://one.example/{size}b", "outlet": "Coast Agency", "published": "2014-05-06T11:00:00Z",
                              "title": "Ferry is off the rocks", "text": f"The ferry Lind {size} is off the rocks at Port Nora, its owner said."}))
    wall, cpu, peak, _ = run("add", part)
    print(f"  one article more, grouped, with alerts: {wall:.2f} s, {cpu:.2f} s CPU, {peak} MiB")
    took = sorted(run("search", it)[0] * 1000 for it in queries for _ in range(3))
    start = statistics.median(run("search", "xyzzyx")[0] * 1000 for _ in range(9))
    print(f"  search, start of the program included: median {statistics.median(took):.0f} ms, most {took[-1]:.0f} ms; of a word that is not there {start:.0f} ms", flush=True)
os.remove(part)
