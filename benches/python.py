"""What Python costs over the program: CPU seconds and peak memory of both on the same articles, and the wheel's own figures.

    python3 benches/python.py PROGRAM ARTICLES.jsonl [WHEEL] [--times 3] [--calls group,annotate,stream]

Each measure runs in a process of its own, the three ways in turn; the best of so many times counts, as others use the machine
too.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

CODE = {
    "nothing": "import rashomon; rashomon.__version__",
    "file": "rashomon.{call}(path)",
    "table": "rashomon.{call}(table)",
}
HEAD = """
import json, sys
path = sys.argv[1]
import rashomon
{load}
"""
LOAD = "import pyarrow.json; table = pyarrow.json.read_json(path, read_options=pyarrow.json.ReadOptions(block_size=1 << 26))"


def measure(argv):
    """CPU seconds and peak MiB of a command."""
    pid = os.posix_spawn(argv[0], argv, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
    _, status, usage = os.wait4(pid, 0)
    assert status == 0, argv
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("program")
    asked.add_argument("path")
    asked.add_argument("wheel", nargs="*")
    asked.add_argument("--times", type=int, default=3)
    asked.add_argument("--calls", default="group,annotate")
    args = asked.parse_args()
    program, path, wheel = args.program, args.path, args.wheel
    python = sys.executable
    print("| what | program | Python, from the file | Python, from an Arrow table |")
    print("| --- | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for call in args.calls.split(","):
            options = ["--out", folder] if call == "group" else ["--format", "jsonl"]
            # `stream` gives what `annotate` gives, one by one, as the program does.
            code = {way: f"sum(1 for _ in {CODE[way]})" if call == "stream" else CODE[way] for way in ("file", "table")}
            ways = [
                [program, "annotate" if call == "stream" else call, path, *options],
                [python, "-c", HEAD.format(load="") + code["file"].format(call=call), path],
                [python, "-c", HEAD.format(load=LOAD), path],
                [python, "-c", HEAD.format(load=LOAD) + code["table"].format(call=call), path],
            ]
            rounds = [[measure(way) for way in ways] for _ in range(args.times)]
            base, file, loaded, table = ([min(it[n][k] for it in rounds) for k in (0, 1)] for n in range(len(ways)))
            # Reading the file into a table is pyarrow's, not ours.
            cells = [f"{base[0]:.2f} s, {base[1]:.0f} MiB", f"{file[0]:.2f} s ({file[0] / base[0]:.2f}), {file[1]:.0f} MiB"]
            net = table[0] - loaded[0]
            cells.append(f"{net:.2f} s ({net / base[0]:.2f}), {table[1]:.0f} MiB of which {loaded[1]:.0f} before the call")
            print(f"| `{call}` | {' | '.join(cells)} |", flush=True)
    start = min(took([python, "-c", "pass"]) for _ in range(7))
    with_it = min(took([python, "-c", CODE["nothing"]]) for _ in range(7))
    print(f"\n`import rashomon` with the native part: {1000 * (with_it - start):.0f} ms")
    for it in wheel:
        print(f"wheel: {Path(it).stat().st_size / 1e6:.1f} MB")


def took(argv):
    import time

    began = time.perf_counter()
    subprocess.run(argv, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
