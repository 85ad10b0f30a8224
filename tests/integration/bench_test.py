#!/usr/bin/env python3
"""The evaluations of bench/ score what the program found, and give no figures where it failed. On a set of our own."""
import gzip
import json
import os
import pathlib
import stat
import subprocess
import sys
import tempfile

from program import TOP, binary, check, finish

SET = "stories-invented-en"
SCORE = f"import copies_sets, sys; print(copies_sets.score_reports(sys.argv[1], '{SET}', False))"


def score(folder, program):
    environment = os.environ | {"DEPESCHE_SHARED": str(folder), "PYTHONPATH": str(TOP / "bench")}
    return subprocess.run([sys.executable, "-c", SCORE, program], env=environment, capture_output=True, text=True, check=False)


def script(folder, name, text):
    path = folder / name
    path.write_text("#!/bin/sh\n" + text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "data" / SET / "dev").mkdir(parents=True)
        docs = [{"story": 1, "text": "The ferry to Northholm ran aground on a sandbank on Tuesday evening, the coast guard said."},
                {"story": 1, "text": "Ninety people had to spend the night aboard after their ship got stuck off the island."}]
        with gzip.open(folder / "data" / SET / "dev" / "docs.jsonl.gz", "wt") as file:
            file.writelines(json.dumps(doc) + "\n" for doc in docs)

        run = score(folder, binary())
        check(run.returncode == 0 and f"'{SET} reports told apart': 1.0" in run.stdout, f"{run}")
        run = score(folder, script(folder, "crashes", "echo out of luck >&2\nkill -SEGV $$\n"))
        check(run.returncode == 1 and "ends with -11" in run.stderr and not run.stdout, f"a crash is scored: {run}")
        run = score(folder, script(folder, "refuses", "echo out of luck >&2\nexit 2\n"))
        check(run.returncode == 1 and "ends with 2: out of luck" in run.stderr and not run.stdout, f"wrong usage is scored: {run}")
        run = score(folder, "/bin/false")
        check(run.returncode == 1 and "2 of 2 documents are in no family" in run.stderr and not run.stdout,
              f"documents that were never read are scored: {run}")
    finish("evaluations score what was found and nothing else")


main()
