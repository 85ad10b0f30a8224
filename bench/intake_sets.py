#!/usr/bin/env python3
"""Scores `depesche read` on pages of the evaluation sets.

usage: bench/intake_sets.py [DEPESCHE]
"""
import collections
import json
import pathlib
import re

from sets import DATA, lines_of, output_of, program


def read(depesche, files):
    """What the program reads of each file; nothing where it reads nothing."""
    records = (json.loads(line) for line in output_of(depesche, "read", "--quiet", *map(str, files)).splitlines())
    by_source = {record["source"]: record for record in records}
    return [by_source.get(str(file), {"text": "", "title": "", "published": "", "authors": []}) for file in files]


def four_grams(text):
    words = re.findall(r"\w+", text)
    return collections.Counter(tuple(words[i:i + 4]) for i in range(max(1, len(words) - 3))) if words else collections.Counter()


def four_gram_scores(pairs):
    """Precision, recall and F1, averaged over the pages as the public benchmark does it."""
    precisions, recalls = [], []
    for truth, got in pairs:
        a, b = four_grams(truth), four_grams(got)
        both = sum((a & b).values())
        if b:
            precisions.append(both / sum(b.values()))
        if a:
            recalls.append(both / sum(a.values()))
    p, r = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return f"precision {p:.3f} recall {r:.3f} F1 {2 * p * r / (p + r):.3f}"


def squeezed(text):
    return " ".join((text or "").split())


def pages(name, key, ending=""):
    folder = DATA / name / "dev"
    truth = lines_of(folder / "truth.jsonl.gz")
    files = [folder / "html" / (pathlib.PurePath(t[key]).name + ending) for t in truth]
    return truth, files


def main():
    depesche = program()
    truth, files = pages("html-articlebench-en", "id", ".html.gz")
    got = read(depesche, files)
    print("html-articlebench-en:", four_gram_scores([(t["articleBody"], g["text"]) for t, g in zip(truth, got)]))

    truth, files = pages("html-fundus-ml", "file")
    got = read(depesche, files)
    print("html-fundus-ml:", four_gram_scores([(t["body_text"], g["text"]) for t, g in zip(truth, got)]))
    right = {
        "title": sum(squeezed(t["title"]) == squeezed(g["title"]) for t, g in zip(truth, got)),
        "day": sum((t["publishing_date"] or "")[:10] == (g["published"] or "")[:10] for t, g in zip(truth, got)),
        "authors": sum(set(t["authors"] or []) == set(g["authors"]) for t, g in zip(truth, got)),
    }
    print("  right:", ", ".join(f"{what} {n / len(truth):.3f}" for what, n in right.items()))

    truth, files = pages("html-trafilatura-ml", "html")
    tp = fp = fn = 0
    for t, g in zip(truth, read(depesche, files)):
        text = squeezed(g["text"])
        found = sum(squeezed(s) in text for s in t["with"])
        tp, fn, fp = tp + found, fn + len(t["with"]) - found, fp + sum(squeezed(s) in text for s in t["without"])
    print(f"html-trafilatura-ml: strings F {2 * tp / (2 * tp + fp + fn):.3f}")

    truth, files = pages("html-htmldate-ml", "html")
    days = [(t["date"], (g["published"] or "")[:10]) for t, g in zip(truth, read(depesche, files))]
    right, given = sum(a == b for a, b in days), sum(bool(b) for _, b in days)
    print(f"html-htmldate-ml: day precision {right / given:.3f} accuracy {right / len(days):.3f}")


main()
