#!/usr/bin/env python3
"""Scores `depesche families --near` against all pairs by brute force, and measures rate and memory on one core.

usage: bench/near_pairs.py [DEPESCHE]
"""
import gzip
import json
import os
import pathlib
import random
import re
import statistics
import sys
import tempfile

from sets import DATA, lines_of, output_of, program

RUNS = 7
LARGE = 28_600
SAMPLE = 100


# A process of its own starts the program: what a child holds before it becomes the program counts as the program's, and
# this one holds the documents.
LAUNCHER = """
import os, sys, time
begin = time.perf_counter()
child = os.fork()
if child == 0:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    os.dup2(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
    os.execv(sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(child, 0)
print(status, time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6)
"""


def run(command, out):
    """Runs it on one core; the seconds it took on the clock and on the core, and the most memory it held, in MB."""
    status, *figures = output_of(sys.executable, "-c", LAUNCHER, out, *command).split()
    if int(status) != 0:
        sys.exit(f"{command} ends with {os.waitstatus_to_exitcode(int(status))}")
    return [float(figure) for figure in figures]


def measure(name, command, out, documents):
    runs = [run(command, out) for _ in range(RUNS)]
    clock, core = (statistics.median(r[i] for r in runs) for i in (0, 1))
    print(f"{name}: {documents / clock:,.0f} documents/s by the clock ({clock:.3f} s, median of {RUNS}), "
          f"{documents / core:,.0f} by time on the core ({core:.3f} s), {max(r[2] for r in runs):.0f} MB")


def pairs_in(path):
    with open(path, encoding="utf-8") as lines:
        pairs = (json.loads(line) for line in lines)
        return {tuple(sorted((p["a"], p["b"]))): (p["resemblance"], p["containment"]) for p in pairs}


def score(found, truth, share, threshold):
    mine = {pair for pair, shares in found.items() if shares[share] >= threshold}
    true = {pair for pair, shares in truth.items() if shares[share] >= threshold}
    both = len(mine & true)
    name = ("resemblance", "containment")[share]
    print(f"  {name} >= {threshold}: recall {both / len(true):.4f} precision {both / len(mine):.4f} of {len(true)} pairs")
    return {f"near {name} {threshold} recall": both / len(true), f"near {name} {threshold} precision": both / len(mine)}


def shingles(text):
    tokens = re.findall(r"\w+", text.lower())
    return {tuple(tokens[i:i + 5]) for i in range(len(tokens) - 4)}


def large_corpus(docs):
    """Documents with words changed, a third of them few words; the same for the same documents."""
    draw = random.Random(1)
    vocabulary = [word for d in docs[::10] for word in d["text"].split(" ")]
    made = []
    for i in range(LARGE):
        source = docs[i % len(docs)]
        rate = draw.choice((0.01, 0.03, 0.1)) if draw.random() < 1 / 3 else 0.6
        words = [draw.choice(vocabulary) if draw.random() < rate else word for word in source["text"].split(" ")]
        made.append({"id": f"m{i:05}", "language": source["language"], "text": " ".join(words)})
    return made


def check_sample(made, found):
    """All pairs of some documents, against what was found for them."""
    sets = [shingles(d["text"]) for d in made]
    wrong = total = 0
    for i in random.Random(2).sample(range(len(made)), SAMPLE):
        for j, other in enumerate(sets):
            if i == j or not min(len(sets[i]), len(other)) * 2 >= max(len(sets[i]), len(other)) > 0:
                continue
            both = len(sets[i] & other)
            is_pair = both >= 0.5 * (len(sets[i]) + len(other) - both)
            total += is_pair
            wrong += is_pair != (tuple(sorted((made[i]["id"], made[j]["id"]))) in found)
    print(f"  all pairs of {SAMPLE} documents at resemblance >= 0.5: {total}, of which wrong or missing {wrong}")


FOLDER = DATA / "copies-wmt21/dev"


def true_pairs():
    with gzip.open(FOLDER / "dev.pairs.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return {tuple(sorted(row[:2])): (float(row[2]), float(row[3])) for row in rows}


def figures(depesche):
    """Recall and precision on the development set, by name."""
    truth = true_pairs()
    with tempfile.NamedTemporaryFile() as out:
        out.write(output_of(depesche, "families", "--near", "--quiet", "--containment", "0.8", str(FOLDER / "dev.jsonl.gz")))
        out.flush()
        found = pairs_in(out.name)
    return score(found, truth, 0, 0.5) | score(found, truth, 0, 0.8) | score(found, truth, 1, 0.8)


def main():
    depesche = program()
    docs = lines_of(FOLDER / "dev.jsonl.gz")
    truth = true_pairs()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        out = str(scratch / "out.jsonl")

        def write(name, some):
            with open(scratch / name, "w", encoding="utf-8") as file:
                file.writelines(json.dumps(d, ensure_ascii=False) + "\n" for d in some)
            return str(scratch / name)

        near = [depesche, "families", "--near", "--quiet"]
        dev = write("dev.jsonl", docs)
        measure("copies-wmt21 dev, --near", [*near, dev], out, len(docs))
        found = pairs_in(out)
        score(found, truth, 0, 0.5)
        score(found, truth, 0, 0.8)
        measure("copies-wmt21 dev, --near --containment 0.8", [*near, "--containment", "0.8", dev], out, len(docs))
        score(pairs_in(out), truth, 1, 0.8)
        measure("copies-wmt21 dev packed, --near", [*near, str(FOLDER / "dev.jsonl.gz")], out, len(docs))

        made = large_corpus(docs)
        large = write("large.jsonl", made)
        print(f"made of it: {len(made):,} documents, {sum(len(d['text'].encode()) for d in made) / 1e6:.1f} MB of text, "
              f"{sum(len(d['text'].split()) for d in made) / 1e6:.1f} million words")
        measure("made of it, --near --containment 0.8", [*near, "--containment", "0.8", large], out, len(made))
        measure("made of it, --near", [*near, large], out, len(made))
        check_sample(made, pairs_in(out))


if __name__ == "__main__":
    main()
