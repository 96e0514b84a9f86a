#!/usr/bin/env python3
"""Near-duplicate and lineage tools in one run on the same articles: CPU time, memory, and recall of known parents.

usage: lineage.py FILE.jsonl TRUTH.tsv NAME=COMMAND ...      each COMMAND one string, run without a shell, FILE in place of {}

A tool prints pairs, `id<TAB>id` a line, or JSON rows with `source` and `derived`; of a command with `> OUT` that file is
read instead. TRUTH.tsv is written by `rashomon-eval chains --truth`. The file and its truth are made by

    rashomon-eval chains POOL.jsonl.gz --pieces 350 --unrelated 93250 --chains 250 \\
        --write FILE.jsonl --truth TRUTH.tsv --no-find
"""
import collections, json, os, shlex, subprocess, sys, time

file, truth, tools = sys.argv[1], [line.rstrip("\n").split("\t") for line in open(sys.argv[2])], sys.argv[3:]
wanted = collections.Counter(t[0] for t in truth)

def pairs(path):
    for line in open(path, encoding="utf-8"):
        if line.startswith("{"):
            row = json.loads(line)
            a, b = row["source"], row["derived"]
        else:
            a, b = line.rstrip("\n").split("\t")
        yield min(a, b), max(a, b)

for tool in tools:
    name, command = tool.split("=", 1)
    command, _, out = command.replace("{}", file).partition(" > ")
    printed = out.strip() or f"{file}.{name}.out"
    start = time.monotonic()
    with open(os.devnull if out else printed, "wb") as sink:
        child = subprocess.Popen(shlex.split(command), stdout=sink, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
    wall = time.monotonic() - start
    if os.waitstatus_to_exitcode(status): sys.exit(f"{command}: ended with {os.waitstatus_to_exitcode(status)}")
    found = set(pairs(printed))
    hit = collections.Counter(t[0] for t in truth if (min(t[1:]), max(t[1:])) in found)
    recall = "  ".join(f"{k} {hit[k] / n:.3f}" for k, n in wanted.items())
    print(f"{name:<12} cpu {used.ru_utime + used.ru_stime:6.1f} s  wall {wall:6.1f} s  peak {used.ru_maxrss / 1024:6.0f} MiB  pairs {len(found)}\n    {recall}", flush=True)
