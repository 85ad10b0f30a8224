#!/usr/bin/env python3
"""One bad input never stops a batch. Each is named on stderr with a reason and counted, the good article beside it is read,
and the exit status says that something was rejected."""
import contextlib
import gzip
import os
import pathlib
import re
import tempfile

from program import Run, check, finish

GOOD = """River bridge reopens after two years

HARBOUR TOWN, March 5 - The bridge over the river opened to traffic on Wednesday, the mayor said.

"We have waited long for this day," she told reporters at the ceremony.
"""


@contextlib.contextmanager
def pile():
    """A folder with one good article in it."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name).resolve()
        (folder / "good.txt").write_text(GOOD, encoding="utf-8")
        yield folder


def brief(folder, *paths):
    """Reads good.txt and `paths`; the good article has to be there whatever stands beside it."""
    run = Run("brief", "--json", *paths, cwd=folder, timeout=100)
    picture = run.picture()
    ids = [a["id"] for a in picture["articles"]] if picture else []
    check(len([i for i in ids if i.endswith("good")]) == 1, f"{run}: the good article is not there once: {ids}")
    return run, picture


def is_rejected(name, run, path, count=1):
    """`path` has a line of its own with a reason, all are counted, and the status is 1."""
    line = re.search(r"^depesche: (?:\S*/)?" + re.escape(path) + r"[^:\n]*: (\S.*)$", run.err, re.M)
    check(line, f"{name}: stderr does not say why {path} was rejected: {run.err[-600:]!r}")
    total = re.search(r"^depesche: (\d+) inputs? rejected", run.err, re.M)
    check(total and int(total[1]) == count, f"{name}: stderr does not count {count}: {run.err[-600:]!r}")
    check(run.status == 1, f"{name}: exit status {run.status}, not 1")


def rejected_files():
    def write(data):
        return lambda path: path.write_bytes(data)
    letter = "Words that run on and never come to an end, ".encode()
    cut = gzip.compress(GOOD.encode() * 400, mtime=0)
    cases = {
        "empty file": ("empty.txt", write(b"")),
        "white space only": ("blank.txt", write(b" \n\t\r\n\n")),
        "folder without articles": ("nothing", pathlib.Path.mkdir),
        "binary file": ("picture.png", write(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 64)),
        "line of 50 MB": ("endless.txt", write(letter * (50_000_000 // len(letter)))),
        "truncated gzip": ("cut.txt.gz", write(cut[:len(cut) // 2])),
        "gzip with broken bytes": ("broken.txt.gz", write(cut[:40] + bytes(b ^ 0x5A for b in cut[40:]))),
        "missing file": ("not-there.txt", lambda path: None),
        "link to nowhere": ("dangling.txt", lambda path: path.symlink_to("nowhere.txt")),
        "JSON lines without a text": ("lines.jsonl", write(b'{"id": "a", "title": "no text"}\n')),
        "JSON line cut short": ("short.jsonl", write(b'{"id": "a", "text": "The mayor sa')),
    }
    if os.geteuid() != 0:  # root reads everything
        cases["unreadable file"] = ("locked.txt", lambda path: (path.write_text(GOOD), path.chmod(0)))
    for name, (file, make) in cases.items():
        with pile() as folder:
            make(folder / file)
            run, _ = brief(folder, "good.txt", file)
            is_rejected(name, run, file)
    with pile() as folder:
        (folder / "empty.txt").touch()
        (folder / "cut.txt.gz").write_bytes(cut[:len(cut) // 2])
        run, _ = brief(folder, "not-there.txt", "good.txt", "empty.txt", "cut.txt.gz")
        for path in ("not-there.txt", "empty.txt", "cut.txt.gz"):
            is_rejected("three at once", run, path, count=3)
    with pile() as folder:  # one bad record costs nothing but itself
        good = '{"id": "%s", "text": "The ferry to the island was late on Monday, said the harbour master."}\n'
        (folder / "lines.jsonl").write_text(good % "one" + "{not JSON}\n" + good % "three", encoding="utf-8")
        run, picture = brief(folder, "good.txt", "lines.jsonl")
        is_rejected("bad JSON line", run, "lines.jsonl")
        check({"one", "three"} <= {a["id"] for a in (picture or {"articles": []})["articles"]}, "bad JSON line: its neighbours were lost")
    return len(cases) + 2


def inside_a_folder():
    """In a folder, what is no article is passed over and counted; that alone is no reason to complain."""
    with pile() as folder:
        (folder / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(64))
        (folder / "program.bin").write_bytes(bytes(range(256)) * 16)
        run, _ = brief(folder, ".")
        check(run.status == 0, f"other kinds in a folder: exit status {run.status}: {run.err[-400:]!r}")
        check(re.search(r"\b2\b.*passed over", run.err), f"other kinds in a folder are not counted: {run.err[-400:]!r}")
    with pile() as folder:
        (folder / "deep").mkdir()
        (folder / "deep" / "up").symlink_to("..", target_is_directory=True)
        (folder / "deep" / "self").symlink_to("self")
        run, _ = brief(folder, ".")
        check(run.status in (0, 1), f"directory loop: exit status {run.status}")
    with pile() as folder:
        os.mkfifo(folder / "pipe.txt")  # opening it would wait for ever
        run, _ = brief(folder, ".")
        check(run.status in (0, 1), f"pipe in a folder: exit status {run.status}")


def read_with_a_remark():
    """What can be read is read; what is odd about it is told in the picture, or the input is rejected by name."""
    with pile() as folder:
        text = GOOD.replace("mayor", "mayor — “Élodie Brânză” —").encode()
        (folder / "odd.txt").write_bytes(text.replace(b"ceremony", b"cere\xff\xc3mony"))
        run, picture = brief(folder, "good.txt", "odd.txt")
        odd = next((a for a in (picture or {"articles": []})["articles"] if a["id"] == "odd"), None)
        if odd:
            check(any("“Élodie Brânză”" in b["text"] for b in odd["blocks"]), "invalid UTF-8: two bad bytes spoilt the good ones")
            check(odd["repairs"], "invalid UTF-8: read without a word about it in repairs")
            check(run.status == 0, f"invalid UTF-8: read, yet exit status {run.status}")
        else:
            is_rejected("invalid UTF-8", run, "odd.txt")
    with pile() as folder:
        (folder / "tongue.txt").write_text("Zgrubl vintok aprelu mistavo. Hrundek olap, sitrivu nema dolgat ipsari.\n" * 3)
        run, picture = brief(folder, "good.txt", "tongue.txt")
        check(run.status == 1, f"unknown language: exit status {run.status}, not 1")
        check(re.search(r"^depesche: .*tongue.txt: no language", run.err, re.M), f"unknown language: not named: {run.err[-300:]!r}")
        check(re.search(r"^depesche: 1 article in no known language", run.err, re.M), f"unknown language: not counted: {run.err[-300:]!r}")
        check(picture and any(a["id"] == "tongue" and a["language"] == "und" for a in picture["articles"]),
              "unknown language: nothing read is thrown away")
    with pile() as folder:
        (folder / "sound.txt.gz").write_bytes(gzip.compress(GOOD.replace("bridge", "tunnel").encode(), mtime=0))
        run, picture = brief(folder, "good.txt", "sound.txt.gz")
        check(run.status == 0 and picture and len(picture["articles"]) == 2, f"sound gzip: {run.status} {run.err[-300:]!r}")


def wrong_usage():
    for arguments in ([], ["nonsense"], ["brief"], ["brief", "--no-such-option", "."], ["brief", "--threads", "many", "."], ["diff", "one"]):
        run = Run(*arguments)
        check(run.status == 2, f"{run}: exit status {run.status}, not 2")
        check(run.err and not run.out, f"{run}: usage belongs on stderr")
    for option in ("--help", "--version"):
        run = Run(option)
        check(run.status == 0 and run.out, f"{run}: exit status {run.status}, {len(run.out)} bytes on stdout")


def main():
    count = rejected_files()
    inside_a_folder()
    read_with_a_remark()
    wrong_usage()
    finish(f"{count} kinds of bad input were named, counted and survived")


if __name__ == "__main__":
    main()
