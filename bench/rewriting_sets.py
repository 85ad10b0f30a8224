#!/usr/bin/env python3
"""Scores the grades of `depesche align --summary` against grades given by hand, and on reports of one event written apart.

usage: bench/rewriting_sets.py [DEPESCHE] [--fit]

lineage-clough-en   short answers graded by their makers: the same grade, and reuse or none. The lines of its texts are broken at
                    72 columns and so joined first; `as printed` leaves them.
stories-*           pairs of reports inside a story: how many are graded other than none, and which
--fit               the bars of the model refitted without each answer in turn (leave-one-out), all else fixed
"""
import collections
import concurrent.futures
import itertools
import json
import pathlib
import re
import sys
import tempfile

from sets import DATA, lines_of, output_of, program

GRADES = {"non": "none", "heavy": "heavy", "light": "light", "cut": "near_copy"}
ORDER = ["none", "heavy", "light", "near_copy"]


def joined(text):
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text))


def summary(depesche, a, b):
    with tempfile.TemporaryDirectory() as folder:
        paths = [pathlib.Path(folder) / name for name in ("a.txt", "b.txt")]
        for path, text in zip(paths, (a, b)):
            path.write_text(text, encoding="utf-8")
        return json.loads(output_of(depesche, "align", "--summary", "--quiet", *map(str, paths)))


def summaries(depesche, pairs):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda pair: summary(depesche, *pair), pairs))


def kept(found):
    """What the model weighs for a near copy."""
    shorter = "a" if found["words_of_a"] <= found["words_of_b"] else "b"
    return (found["verbatim"] + found["share_of_" + shorter]) / 2


def best_bar(values, wanted):
    """The bar that tells most of them right, in the widest gap between them."""
    values_sorted = sorted(set(values))
    bars = [values_sorted[0] - 1, *((x + y) / 2 for x, y in zip(values_sorted, values_sorted[1:])), values_sorted[-1] + 1]
    right = lambda bar: sum((value >= bar) == yes for value, yes in zip(values, wanted))
    return max(bars, key=lambda bar: (right(bar), min(abs(value - bar) for value in values)))


def fitted(cases):
    evidence = best_bar([f["evidence"] for f, _ in cases], [g != "none" for _, g in cases])
    reused = [(f, g) for f, g in cases if f["evidence"] >= evidence and g != "none"]
    near = best_bar([kept(f) for f, _ in reused], [g == "near_copy" for _, g in reused])
    rest = [(f, g) for f, g in reused if kept(f) < near]
    light = best_bar([f["verbatim"] for f, _ in rest], [g != "heavy" for _, g in rest])
    return evidence, near, light


def graded(found, bars):
    evidence, near, light = bars
    if kept(found) >= near and found["plain_words"] >= 8:
        return "near_copy"
    return "none" if found["evidence"] < evidence else "light" if found["verbatim"] >= light else "heavy"


def answers(depesche, docs, name, join, fit):
    pairs = [(d["text"], d["source_text"]) for d in docs]
    found = summaries(depesche, [(joined(a), joined(b)) for a, b in pairs] if join else pairs)
    gold = [GRADES[d["label"]] for d in docs]
    told = [f["grade"] for f in found]
    right = sum(t == g for t, g in zip(told, gold))
    reuse = sum((t == "none") == (g == "none") for t, g in zip(told, gold))
    print(f"{name}: {len(docs)} answers, four grades {right / len(docs):.3f}, reuse or none {reuse / len(docs):.3f}")
    table = collections.Counter(zip(gold, told))
    for g in ORDER:
        print(f"  {g:9} told as " + ", ".join(f"{t} {table[g, t]}" for t in ORDER if table[g, t]))
    if fit:
        cases = list(zip(found, gold))
        left_out = [graded(f, fitted(cases[:i] + cases[i + 1:])) for i, (f, _) in enumerate(cases)]
        right = sum(t == g for t, g in zip(left_out, gold))
        reuse = sum((t == "none") == (g == "none") for t, g in zip(left_out, gold))
        bars = ", ".join(f"{bar:.3f}" for bar in fitted(cases))
        print(f"  leave-one-out: four grades {right / len(docs):.3f}, reuse or none {reuse / len(docs):.3f}; bars of all: {bars}")


def reports(depesche, name):
    by_story = collections.defaultdict(list)
    for d in lines_of(DATA / name / "dev/docs.jsonl.gz"):
        by_story[d["story"]].append(d)
    pairs = [pair for story in sorted(by_story) for pair in itertools.combinations(by_story[story], 2)]
    found = summaries(depesche, [(a["text"], b["text"]) for a, b in pairs])
    told = collections.Counter(f["grade"] for f in found)
    print(f"{name}: {len(pairs)} pairs, none {told['none'] / len(pairs):.4f}, " + ", ".join(f"{g} {told[g]}" for g in ORDER[1:]))
    for (a, b), f in sorted(zip(pairs, found), key=lambda entry: -entry[1]["evidence"]):
        if f["grade"] != "none":
            print(f"  {f['grade']:9} evidence {f['evidence']:.3f} verbatim {f['verbatim']:.2f} {a['id']} {b['id']}")
    return len(pairs), told["none"]


def main():
    fit = "--fit" in sys.argv
    sys.argv = [a for a in sys.argv if a != "--fit"]
    depesche = program()
    docs = lines_of(DATA / "lineage-clough-en/dev/pairs.jsonl.gz")
    answers(depesche, docs, "lineage-clough-en", True, fit)
    answers(depesche, docs, "lineage-clough-en as printed", False, fit)
    counts = [reports(depesche, name) for name in ("stories-basil-en", "stories-allsides-en", "stories-wikinews-en")]
    pairs, none = map(sum, zip(*counts))
    print(f"reports: {none} of {pairs} pairs none, {none / pairs:.4f}")


main()
