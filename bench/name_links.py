#!/usr/bin/env python3
"""Scores names linked across languages and scripts, on the evaluation sets.

usage: bench/name_links.py [NAME_LINKS] [--errors]

names-politicians-ml  for each person and two languages: is it told that the forms are of one person, among all of the split? Pairs told
                      `same`, and the recall at the least threshold that has precision .99; B-cubed of the persons (single linkage)
names-variants-ml     F1 of the pairs of JRC-Names that are `possible` at least, by script

NAME_LINKS is built by `cmake --build BUILD --target name_links`. --errors names the pairs that are wrong, to be read.
"""
import collections
import os
import subprocess
import sys

from sets import DATA, TOP, lines_of

SPLIT = os.environ.get("DEPESCHE_SPLIT", "dev")
SCRIPTS = {"ar": "Arabic", "ru": "Cyrillic", "uk": "Cyrillic"}


def scored(name_links, mode, rows):
    """The lines that name_links prints of rows of fields, and its thresholds and speed."""
    text = "".join("\t".join(" ".join(field.split()) for field in row) + "\n" for row in rows)
    run = subprocess.run([name_links, mode], input=text, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if run.returncode != 0:
        sys.exit(f"{name_links} {mode} ends with {run.returncode}: {run.stderr[-2000:]}")
    lines = run.stdout.splitlines()
    same_min, possible_min = map(float, lines[0].split("\t"))
    return lines[1:], same_min, possible_min, run.stderr.strip()


def shares(right, told, true):
    """Precision, recall, F1."""
    precision, recall = right / told if told else 1.0, right / true if true else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def b_cubed(gold, mine):
    """Of two assignments of the same mentions to persons."""
    both, of_gold, of_mine = collections.Counter(zip(gold, mine)), collections.Counter(gold), collections.Counter(mine)
    precision = sum(n * n / of_mine[m] for (_, m), n in both.items()) / len(gold)
    recall = sum(n * n / of_gold[g] for (g, _), n in both.items()) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def linked(count, pairs):
    """Who is one by the pairs."""
    head = list(range(count))

    def find(i):
        while head[i] != i:
            head[i] = head[head[i]]
            i = head[i]
        return i

    for i, j in pairs:
        head[find(i)] = find(j)
    return [find(i) for i in range(count)]


def recall_at(precision_min, across, true):
    """Of pairs (score, i, j), best first: recall and threshold where precision is that for the last time."""
    best, right = (0.0, 1.0), 0
    for k, (score, i, j) in enumerate(across, 1):
        right += (i, j) in true
        is_last_of_score = k == len(across) or across[k][0] < score
        if is_last_of_score and right / k >= precision_min:
            best = right / len(true), score
    return best


def politicians(name_links, names_errors):
    people = lines_of(DATA / "names-politicians-ml" / SPLIT / "politicians.jsonl.gz")
    mentions = [(p["id"], language, form) for p in people for language, forms in sorted(p["names"].items()) for form in forms]
    out, same_min, _, speed = scored(name_links, "pile", [(language, form) for _, language, form in mentions])
    found = [(float(score), int(i), int(j)) for i, j, score in (line.split("\t") for line in out)]
    of_person = collections.defaultdict(list)
    for i, (person, _, _) in enumerate(mentions):
        of_person[person].append(i)
    true = {(i, j) for own in of_person.values() for i in own for j in own if i < j and mentions[i][1] != mentions[j][1]}
    across = sorted(((s, i, j) for s, i, j in found if mentions[i][1] != mentions[j][1]), reverse=True)
    told = {(i, j) for s, i, j in across if s >= same_min}
    precision, recall, f1 = shares(len(told & true), len(told), len(true))
    recall_99, threshold = recall_at(0.99, across, true)
    print(f"politicians, {SPLIT}: {len(true)} pairs of {len(people)} people; {speed}")
    print(f"  at {same_min}: precision {precision:.4f} recall {recall:.4f} F1 {f1:.4f}")
    print(f"  at precision .99, from {threshold}: recall {recall_99:.4f}")
    for kind, pairs in sorted(by_kind(true, mentions).items()):
        print(f"  {kind}: recall {len(pairs & told) / len(pairs):.4f} of {len(pairs)}")
    b3 = b_cubed([person for person, _, _ in mentions], linked(len(mentions), [(i, j) for s, i, j in found if s >= same_min]))
    print("  B3: precision %.4f recall %.4f F1 %.4f" % b3)
    if names_errors:
        score_of = {(i, j): s for s, i, j in across}
        for kind, pairs in (("wrong", told - true), ("missed", true - told)):
            for i, j in sorted(pairs):
                print("\t".join((kind, str(score_of.get((i, j), "not compared")), *mentions[i][1:], *mentions[j][1:])))
    return {"precision of same": precision, "recall of same": recall, "B3": b3[2]}


def by_kind(pairs, mentions):
    """Pairs by the scripts they are in; those whose forms differ once more."""
    out = collections.defaultdict(set)
    for i, j in pairs:
        out["-".join(sorted(SCRIPTS.get(mentions[k][1], "Latin") for k in (i, j)))].add((i, j))
        if mentions[i][2] != mentions[j][2]:
            out["forms that differ"].add((i, j))
    return out


def variants(name_links, names_errors):
    pairs = lines_of(DATA / "names-variants-ml" / SPLIT / "jrc_wikidata_pairs.jsonl.gz")
    out, same_min, possible_min, speed = scored(name_links, "pairs", [(p["a"], p["b"]) for p in pairs])
    scores = [float(line) for line in out]
    print(f"variants, {SPLIT}: {len(pairs)} pairs; {speed}")
    for script, prefix in (("all", ""), ("Latin", "LATI"), ("Cyrillic", "CYRI"), ("Arabic", "ARAB")):
        for threshold in (possible_min, same_min):
            chosen = [(p["same"], s >= threshold) for p, s in zip(pairs, scores) if p["script"].startswith(prefix)]
            figure = shares(sum(g and m for g, m in chosen), sum(m for _, m in chosen), sum(g for g, _ in chosen))
            print(f"  {script} at {threshold}: precision %.4f recall %.4f F1 %.4f" % figure)
    if names_errors:
        for p, s in zip(pairs, scores):
            if p["same"] != (s >= possible_min):
                print("\t".join(("missed" if p["same"] else "wrong", str(s), p["a"], p["b"])))
    return {"variants F1": shares(sum(p["same"] and s >= possible_min for p, s in zip(pairs, scores)),
                                         sum(s >= possible_min for s in scores), sum(p["same"] for p in pairs))[2]}


def figures(name_links, names_errors=False):
    return politicians(name_links, names_errors) | variants(name_links, names_errors)


if __name__ == "__main__":
    if not DATA.is_dir():
        print("skipped: the sets are not here; DEPESCHE_SHARED tells where they lie")
        sys.exit(77)
    arguments = [a for a in sys.argv[1:] if a != "--errors"]
    figures(arguments[0] if arguments else str(TOP / "build/release/bin/name_links"), "--errors" in sys.argv)
