"""What the evaluations of bench/ share: the sets of $DEPESCHE_SHARED and the program."""
import gzip
import json
import os
import pathlib
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
DATA = pathlib.Path(os.environ.get("DEPESCHE_SHARED", TOP.parent / "shared")) / "data"


def program():
    """The program named on the command line, or the release build. Ends with 77 where the sets are not here."""
    if not DATA.is_dir():
        print("skipped: the sets are not here; DEPESCHE_SHARED tells where they lie")
        sys.exit(77)
    return sys.argv[1] if len(sys.argv) > 1 else str(TOP / "build/release/bin/depesche")


def lines_of(path):
    """The objects of a JSON Lines file, gzipped or not."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def output_of(*command):
    """What a command prints. One that does worse than reject some of its input (status 1) ends the evaluation: figures
    made of what a crash left would be wrong, and some of them perfect."""
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, command))[:500]} ends with {run.returncode}: {run.stderr.decode(errors='replace')[-2000:]}")
    return run.stdout
