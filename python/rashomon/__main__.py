"""``python -m rashomon`` is the program: the same engine, the same options, the same exit codes."""

from __future__ import annotations

import signal
import sys

from rashomon._rashomon import run_program


def main() -> int:
    """Runs the program with the arguments of this process."""
    # The engine does not come back to Python before it is done: Ctrl-C is to end the process as it ends the program.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    return run_program(["rashomon", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
