#!/usr/bin/env python3
"""Time, memory and figures of `depesche brief --json`; called by scripts/bench.

usage: bench_brief.py DEPESCHE [RUNS]
"""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parents[1]
SHARED = pathlib.Path(os.environ.get("DEPESCHE_SHARED", TOP.parent / "shared"))


def run(command, out):
    """Wall seconds, the most memory in KiB, and the exit status of one call."""
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, cwd=TOP)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - started, usage.ru_maxrss, child.returncode


def measure(name, program, pile, reading, runs):
    command = [program, "brief", str(pile), "--json"]
    with tempfile.NamedTemporaryFile(suffix=".json") as picture:
        _, _, status = run(command, picture)  # fills the caches, and gives the picture to score
        if status not in (0, 1):
            sys.exit(f"{' '.join(command)} ends with {status}")
        with open(os.devnull, "wb") as nowhere:
            taken = [run(command, nowhere) for _ in range(runs)]
        seconds = sorted(s for s, _, _ in taken)
        print(f"\n{name}: {statistics.median(seconds) * 1000:.1f} ms median of {runs} warm runs "
              f"({seconds[0] * 1000:.1f} to {seconds[-1] * 1000:.1f}), {max(m for _, m, _ in taken) / 1024:.1f} MiB at most", flush=True)
        scorer = SHARED / "tools/score_picture.py"
        if not scorer.exists():
            scorer = TOP / "tests/integration/scoring.py"
        if reading.exists():
            subprocess.run([sys.executable, scorer, reading, picture.name], check=False)


def main(arguments):
    program = str(pathlib.Path(arguments[0]).resolve())
    runs = int(arguments[1]) if len(arguments) > 1 else 20
    measure("examples", program, TOP / "examples/articles", TOP / "examples/reading.json", runs)
    second = TOP / "tests/quality/second-pile"
    measure("second pile", program, second / "articles", second / "reading.json", runs)
    if (SHARED / "seeds").is_dir():
        measure("seeds", program, SHARED / "seeds", SHARED / "gold/seeds.json", runs)
    else:
        print("\nseeds: not here")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
