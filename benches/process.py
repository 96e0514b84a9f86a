#!/usr/bin/env python3
"""CPU time, wall time and peak memory of whole commands, as the operating system accounts them.

usage: process.py [-n RUNS] COMMAND [COMMAND ...]      each COMMAND one string, run without a shell

Several commands take turns (A B A B ...), so that a drift of the machine meets all of them alike. Prints a row per
command: median and extremes of CPU seconds (user + system), median wall seconds, peak memory in MiB; then, for each
command after the first, the median of its CPU time over the first's, run by run.
"""
import os, shlex, statistics, sys, time

args, runs = sys.argv[1:], 5
if args[:1] == ["-n"]: runs, args = int(args[1]), args[2:]
if not args: sys.exit(__doc__)
commands = [shlex.split(a) for a in args]
nothing = os.open(os.devnull, os.O_RDWR)

def once(command):
    start = time.monotonic()
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, nothing, n) for n in (0, 1, 2)])
    _, status, usage = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 3): sys.exit(f"{shlex.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss / 1024

for c in commands: once(c)
seen = [[once(c) for c in commands] for _ in range(runs)]
for k, c in enumerate(commands):
    cpu, wall, peak = zip(*(s[k] for s in seen))
    print(f"cpu {statistics.median(cpu):8.3f} s ({min(cpu):.3f}..{max(cpu):.3f})   wall {statistics.median(wall):8.3f} s   peak {max(peak):8.1f} MiB   {shlex.join(c)}")
    if k: print(f"    cpu over the first: {statistics.median(s[k][0] / s[0][0] for s in seen):.3f}")
