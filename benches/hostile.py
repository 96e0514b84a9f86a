#!/usr/bin/env python3
"""What a byte of a hostile text costs the whole program, at growing sizes: CPU seconds a megabyte.

usage: hostile.py PROGRAM EVAL STAGES SIZES [ONLY]

PROGRAM is `rashomon`, EVAL is `rashomon-eval`, whose `hostile --print` makes the texts; STAGES are some of read, annotate,
quotes and collate, and SIZES kilobytes, each parted by commas; ONLY is a part of the name of a text.
`collate` holds a text against its first half with a sentence more. A run is stopped at a minute of CPU (`>`).
"""
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

MINUTE = 60


def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cost(program, stage, text, folder):
    ending = "html" if text.lstrip().startswith(b"<") else "txt"
    files = [folder / f"text.{ending}"]
    files[0].write_bytes(text)
    if stage == "collate":
        files.append(folder / f"half.{ending}")
        files[1].write_bytes(text[: len(text) // 2] + b"\n\nAnother report has this sentence of its own.")
    out = folder / ("out.json" if stage == "collate" else "out.jsonl")
    before = cpu()
    limit = lambda: resource.setrlimit(resource.RLIMIT_CPU, (MINUTE, MINUTE))
    code = subprocess.run([program, "-q", stage, *files, "-o", out], preexec_fn=limit, stderr=subprocess.DEVNULL).returncode
    if code not in (0, 3, -9, -24):
        sys.exit(f"{program} {stage} ended with {code}")
    return f"{'>' if code < 0 else ''}{(cpu() - before) * 1e6 / len(text):.3f}"


def main():
    program, maker, stages, sizes, only = [*sys.argv[1:], ""][:5]
    source = Path(__file__).resolve().parent.parent / "crates/rashomon-eval/src/hostile.rs"
    names = re.findall(r'(?:plain|html)\("([a-z ]+)"', re.sub(r"\(\s+", "(", source.read_text()))
    sizes = sizes.split(",")
    print("| text | stage |", " | ".join(f"{int(size) / 1000} MB" for size in sizes), "|")
    print("| --- | --- |", " | ".join("---:" for _ in sizes), "|")
    with tempfile.TemporaryDirectory() as folder:
        for name in filter(lambda name: only in name, names):
            texts = [
                subprocess.run([maker, "hostile", "--sizes", size, "--only", name, "--print"], capture_output=True).stdout
                for size in sizes
            ]
            for stage in stages.split(","):
                costs = [cost(program, stage, text, Path(folder)) for text in texts]
                print(f"| {name} | {stage} |", " | ".join(costs), "|", flush=True)


if __name__ == "__main__":
    main()
