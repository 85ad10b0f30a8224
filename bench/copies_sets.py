#!/usr/bin/env python3
"""Scores the families of `depesche families` on news told by several papers, from the evaluation sets.

usage: bench/copies_sets.py [DEPESCHE] [--pairs]

lineage-groundnews-en   families told apart by hand. B-cubed (Bagga & Baldwin, 1998): every article counts, in the family that it mostly
                        belongs to. Relation: what the article is of its family; `own` is the first printing of a family of
                        its own. Our relations have no word for `update` (a later or earlier state of the same dispatch): it is told both
                        with every such article wrong and with those right that are a printing of that dispatch.
stories-*-en            reports of one event, written apart: pairs of a story called copies (copy, cut, extended, rewrite) and pairs of
                        which one takes paragraphs of the other (part). --pairs names them, to be read
"""
import collections
import csv
import json
import sys
import tempfile

from sets import DATA, lines_of, output_of, program

COPIES = {"copy", "cut", "extended", "rewrite"}
STORIES = ["stories-basil-en", "stories-allsides-en", "stories-wikinews-en"]


def id_of(document, position):
    return f"{document['story']}~{position}"


def told(depesche, docs, *options):
    """What `families` tells of the documents, whose ids are STORY~POSITION."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as pile:
        for i, d in enumerate(docs):
            pile.write(json.dumps({"id": id_of(d, i), "text": d["text"], "title": d.get("title"), "language": "en",
                                   "outlet": d.get("source") or d.get("outlet")}) + "\n")
        pile.flush()
        return [json.loads(line) for line in output_of(depesche, "families", "--quiet", *options, pile.name).splitlines()]


def families_of(depesche, docs):
    """The family of every document, by id. None may be missing: what was not read looks told apart."""
    mine = {member: family["family"] for family in told(depesche, docs, "--families") for member in family["members"]}
    missing = {id_of(d, i) for i, d in enumerate(docs)} - set(mine)
    if missing:
        sys.exit(f"{depesche} families: {len(missing)} of {len(docs)} documents are in no family, among them {min(missing)}")
    return mine


def b_cubed(gold, mine):
    """Of two assignments of the same articles to families."""
    members = collections.defaultdict(set), collections.defaultdict(set)
    for i in gold:
        members[0][gold[i]].add(i)
        members[1][mine[i]].add(i)
    precision = recall = 0
    for i in gold:
        both = len(members[0][gold[i]] & members[1][mine[i]])
        precision, recall = precision + both / len(members[1][mine[i]]), recall + both / len(members[0][gold[i]])
    precision, recall = precision / len(gold), recall / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def score_families(depesche):
    folder = DATA / "lineage-groundnews-en/dev"
    docs = lines_of(folder / "docs.jsonl.gz")
    with open(folder / "labels.tsv", encoding="utf-8") as file:
        labels = {id_of(d, i): label for i, (d, label) in enumerate(zip(docs, csv.DictReader(file, delimiter="\t")))}
    mine = families_of(depesche, docs)
    precision, recall, f1 = b_cubed({i: label["family"] for i, label in labels.items()}, mine)

    relation = {}
    for edge in told(depesche, docs):
        if mine[edge["b"]] == edge["family"]:
            relation[edge["b"]] = edge["kind"]
    founders = [i for i in mine if i not in relation]
    for i in founders:
        relation[i] = "own" if sum(mine[j] == mine[i] and relation.get(j, "part") != "part" for j in mine) == 0 else "copy"
    exact = sum(relation[i] == label["relation"] for i, label in labels.items())
    updates = sum(label["relation"] == "update" and relation[i] in COPIES for i, label in labels.items())

    agencies = collections.defaultdict(set)
    for i, label in labels.items():
        if label["agency"] not in ("own", "unstated"):
            agencies[mine[i]].add(label["agency"])
    mixed = sum(len(names) > 1 for names in agencies.values())
    print(f"lineage-groundnews-en: B-cubed precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}; relation {exact / len(labels):.3f}, "
          f"with updates {(exact + updates) / len(labels):.3f}; families of two agencies {mixed} of {len(agencies)}")
    return {"Ground News families B-cubed F1": f1, "Ground News relation with updates": (exact + updates) / len(labels),
            "Ground News families of one agency": 1 - mixed / len(agencies)}


def score_reports(depesche, name, names_pairs):
    docs = lines_of(DATA / name / "dev/docs.jsonl.gz")
    stories = collections.Counter(str(d["story"]) for d in docs)
    pairs = sum(n * (n - 1) // 2 for n in stories.values())
    families_of(depesche, docs)
    kinds = collections.Counter()
    for edge in told(depesche, docs):
        if edge["a"].split("~")[0] != edge["b"].split("~")[0] or edge["kind"] == "background":
            continue
        kinds[edge["kind"]] += 1
        if names_pairs:
            print(f"  {edge['kind']:8} {edge['score']:.2f} {edge['a']} {edge['b']}")
    copies = sum(kinds[kind] for kind in COPIES)
    print(f"{name}: of {pairs} pairs {copies} called copies ({copies / pairs:.4f}), {kinds['part']} part; {dict(sorted(kinds.items()))}")
    return {f"{name} reports told apart": 1 - copies / pairs}


def figures(depesche, names_pairs=False):
    """All figures, by name, from 0 to 1."""
    out = score_families(depesche)
    for name in STORIES:
        out |= score_reports(depesche, name, names_pairs)
    return out


if __name__ == "__main__":
    WITH_PAIRS = "--pairs" in sys.argv
    sys.argv = [a for a in sys.argv if a != "--pairs"]
    figures(program(), WITH_PAIRS)
