#!/usr/bin/env python3
"""Scores the dispatches of `depesche brief --json` on news told by several papers, from the evaluation sets.

usage: bench/copies_sets.py [DEPESCHE]
"""
import collections
import csv
import itertools
import json
import tempfile

from sets import DATA, lines_of, output_of, program


def picture(depesche, docs):
    """The picture of the documents, whose ids are STORY~POSITION."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as pile:
        for i, d in enumerate(docs):
            pile.write(json.dumps({"id": f"{d['story']}~{i}", "text": d["text"], "title": d.get("title"), "language": "en",
                                   "date": d.get("date") or d.get("datetime"), "outlet": d.get("source") or d.get("outlet")}) + "\n")
        pile.flush()
        return json.loads(output_of(depesche, "brief", "--json", "--quiet", pile.name))


def same_event(depesche, name):
    """Reports of one event written apart, which share no dispatch unless they print the same agency."""
    docs = lines_of(DATA / name / "dev/docs.jsonl.gz")
    stories = collections.Counter(d["story"] for d in docs)
    tied = collections.Counter()
    for dispatch in picture(depesche, docs)["dispatches"]:
        for x, y in itertools.combinations(dispatch["members"], 2):
            tied[x["relation"] if x["relation"] != "copy" else y["relation"]] += 1
    pairs = sum(n * (n - 1) // 2 for n in stories.values())
    print(f"{name}: {sum(tied.values())} of {pairs} pairs tied, {dict(sorted(tied.items()))}")


def families(depesche):
    """B-cubed of the dispatches against families told apart by hand; a composite counts where most of it is."""
    folder = DATA / "lineage-groundnews-en/dev"
    docs = lines_of(folder / "docs.jsonl.gz")
    with open(folder / "labels.tsv", encoding="utf-8") as file:
        labels = list(csv.DictReader(file, delimiter="\t"))
    gold = {f"{d['story']}~{i}": label["family"] for i, (d, label) in enumerate(zip(docs, labels))}
    mine = {}
    for dispatch in picture(depesche, docs)["dispatches"]:
        for member in dispatch["members"]:
            if member["share"] > mine.get(member["article"], ("", 0))[1]:
                mine[member["article"]] = (dispatch["id"], member["share"])
    precision = recall = 0
    for i in gold:
        same_gold = {j for j in gold if gold[j] == gold[i]}
        same_mine = {j for j in mine if mine[j][0] == mine[i][0]}
        both = len(same_gold & same_mine)
        precision, recall = precision + both / len(same_mine), recall + both / len(same_gold)
    precision, recall = precision / len(gold), recall / len(gold)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"lineage-groundnews-en: B-cubed precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")


def main():
    depesche = program()
    families(depesche)
    same_event(depesche, "stories-basil-en")
    same_event(depesche, "stories-allsides-en")


main()
