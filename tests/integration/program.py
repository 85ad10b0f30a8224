"""The program under test, run as a person runs it, and a few words to check it with.

The binary is named by the first argument of a test or by DEPESCHE_BIN; paths are relative to the top of the project.
"""
import json
import os
import pathlib
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
ARTICLES = "examples/articles"
SHARED = pathlib.Path(os.environ.get("DEPESCHE_SHARED", TOP.parent / "shared"))
SKIPPED = 77  # ctest knows it as SKIP_RETURN_CODE

failures = []


def binary():
    path = os.environ.get("DEPESCHE_BIN") or next((a for a in sys.argv[1:] if not a.startswith("-")), None)
    if path is None:
        sys.exit("usage: %s DEPESCHE (or set DEPESCHE_BIN)" % sys.argv[0])
    return str(pathlib.Path(path).resolve())


class Run:
    """One call of the program: its exit status, its bytes on stdout, its text on stderr."""

    def __init__(self, *arguments, cwd=TOP, stdin=b"", timeout=120):
        self.arguments = arguments
        done = subprocess.run([binary(), *map(str, arguments)], cwd=cwd, input=stdin, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=timeout, check=False)
        self.status, self.out, self.err = done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")

    def picture(self):
        """The picture that `brief --json` printed; None where it printed no JSON."""
        try:
            return json.loads(self.out)
        except ValueError:
            check(False, f"{self}: stdout is not one JSON object: {self.out[:200]!r}, stderr: {self.err[-400:]}")
            return None

    def __str__(self):
        return "depesche " + " ".join(map(str, self.arguments))


def check(holds, what):
    """Notes a failure and goes on, so that one run tells all that is wrong."""
    if not holds:
        failures.append(str(what))
    return bool(holds)


def finish(done):
    """Prints what failed, or what was done, and ends the test."""
    for failure in failures[:40]:
        print("FAILED", failure[:1000])
    if len(failures) > 40:
        print(f"... and {len(failures) - 40} more")
    if not failures:
        print(done)
    sys.exit(1 if failures else 0)
