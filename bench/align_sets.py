#!/usr/bin/env python3
"""Scores the links of `depesche align --sentences` where the true links are known.

usage: bench/align_sets.py [DEPESCHE]

invented    an article's sentences after a written, seeded recipe: 10 % left out, 10 % merged with the next, two swapped, 10 % of
            the words of the others dropped or replaced by words of other sentences, 20 % sentences of other articles put in
retold      two translations of one article into one language (trans-wmt-news): the same lines in different words, line by line;
            as they are, and with a sixth of the lines of each side left out and two swapped
near        pairs of copies-wmt21 with the same number of lines, which its makers translated line by line

A link counts as found where both its sides are the same; `pairs` counts pairs of sentences instead, as a merge half found does.
"""
import collections
import concurrent.futures
import gzip
import itertools
import json
import pathlib
import random
import sys
import tempfile

from sets import DATA, lines_of, output_of, program

NEAR_PAIRS_MAX = 200
NEAR_WORDS_SHARE_MIN = 0.3  # the same document in the same language: its lines share more words than this
RETOLD_MAX = 200


class Score:
    def __init__(self):
        self.right = self.found = self.gold = 0

    def add(self, found, gold):
        self.right, self.found, self.gold = self.right + len(found & gold), self.found + len(found), self.gold + len(gold)

    def __str__(self):
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.gold)
        return f"P {precision:.4f} R {recall:.4f} F {2 * precision * recall / max(1e-9, precision + recall):.4f}"


def aligned(depesche, a, b):
    """The links of two lists of sentences."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [pathlib.Path(folder) / name for name in ("a.txt", "b.txt")]
        for path, sentences in zip(paths, (a, b)):
            path.write_text("".join(" ".join(s.split()) + "\n" for s in sentences), encoding="utf-8")
        lines = output_of(depesche, "align", "--sentences", "--quiet", *map(str, paths)).decode().splitlines()
    return {(tuple(link["a"]), tuple(link["b"])) for link in map(json.loads, lines)}


def score(depesche, name, cases):
    """Cases are (group, a, b, gold links)."""
    links, pairs = collections.defaultdict(Score), collections.defaultdict(Score)
    each_pair = lambda found: {pair for a, b in found for pair in itertools.product(a, b)}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for (group, _, _, gold), found in zip(cases, pool.map(lambda case: aligned(depesche, case[1], case[2]), cases)):
            for key in (group, "all"):
                links[key].add(found, gold)
                pairs[key].add(each_pair(found), each_pair(gold))
    for key in sorted(links, key=lambda k: (k == "all", k)):
        count = sum(key in (case[0], "all") for case in cases)
        print(f"{name:10} {key:4} {count:4} texts  links {links[key]}  pairs {pairs[key]}")


def edited(words, foreign, rng):
    """A tenth of the words dropped or replaced by words of elsewhere."""
    out = []
    for word in words:
        if rng.random() >= 0.1:
            out.append(word)
        elif rng.random() < 0.5:
            out.append(rng.choice(foreign))
    return out or words


def invented(sentences, others, rng):
    """What becomes of an article, and the true links: (a, b, gold)."""
    kept = [i for i in range(len(sentences)) if rng.random() >= 0.1]
    units, i = [], 0
    while i < len(kept):
        if rng.random() < 0.1 and i + 1 < len(kept) and kept[i + 1] == kept[i] + 1:
            units.append((kept[i], kept[i + 1]))
            i += 2
        else:
            units.append((kept[i],))
            i += 1
    if len(units) >= 2:
        x, y = rng.sample(range(len(units)), 2)
        units[x], units[y] = units[y], units[x]
    foreign = [word for s in others for word in s.split()]
    out = [(unit, " ".join(edited(" ".join(sentences[i] for i in unit).split(), foreign, rng))) for unit in units]
    for _ in range(len(sentences) // 5):
        out.insert(rng.randrange(len(out) + 1), (None, rng.choice(others)))
    gold = {(unit, (j,)) for j, (unit, _) in enumerate(out) if unit}
    return sentences, [s for _, s in out], gold


def left_out(a, b, rng):
    """Two versions line by line; a sixth of each left out, two lines of b swapped."""
    keep_a, keep_b = ([i for i in range(len(a)) if rng.random() >= 1 / 6] for _ in range(2))
    if len(keep_b) >= 2:
        x, y = rng.sample(range(len(keep_b)), 2)
        keep_b[x], keep_b[y] = keep_b[y], keep_b[x]
    gold = {((keep_a.index(i),), (j,)) for j, i in enumerate(keep_b) if i in keep_a}
    return [a[i] for i in keep_a], [b[i] for i in keep_b], gold


def diagonal(a, b):
    return {((i,), (i,)) for i in range(len(a)) if a[i].split() and b[i].split()}


def retellings(docs):
    """Versions of one document in one language: (language, a, b)."""
    for d in docs:
        versions = [d["human"][k] for k in sorted(d["human"])] + [d["machine"][k] for k in sorted(d["machine"])]
        for a, b in itertools.combinations(versions, 2):
            if a != b and len(a) == len(b):
                yield d["tgt_lang"], a, b


def near_pairs(docs):
    """Pairs of documents that look like the same one told twice, with the same number of lines: (language, a, b)."""
    by_shape = collections.defaultdict(list)
    for d in docs:
        lines = d["text"].split("\n")
        by_shape[d["language"], len(lines)].append((lines, [set(line.lower().split()) for line in lines]))
    share = lambda x, y: len(x & y) / max(1, min(len(x), len(y)))
    for (language, _), group in sorted(by_shape.items()):
        for (a, x), (b, y) in itertools.combinations(group, 2):
            if a != b and len(a) > 3 and share(x[1], y[1]) > NEAR_WORDS_SHARE_MIN and share(x[-1], y[-1]) > NEAR_WORDS_SHARE_MIN \
               and share(set().union(*x), set().union(*y)) > 0.4:
                yield language, a, b


def sample_by_language(found, count, rng):
    groups = collections.defaultdict(list)
    for language, a, b in found:
        groups[language].append((language, a, b))
    return [pair for language in sorted(groups) for pair in rng.sample(groups[language], min(count, len(groups[language])))]


def main():
    depesche = program()
    rng = random.Random(20260305)
    docs = lines_of(DATA / "trans-wmt-news/dev/docs.jsonl.gz")
    texts = sorted({(d["src_lang"], tuple(d["src"])) for d in docs if len(d["src"]) >= 8})
    cases = []
    for k, (language, sentences) in enumerate(texts):
        others = [s for x in range(1, 4) for other_language, s_list in [texts[(k + x) % len(texts)]] if other_language == language
                  for s in s_list] or list(texts[k - 1][1])
        cases.append((language, *invented(list(sentences), others, rng)))
    score(depesche, "invented", cases)
    pairs = sample_by_language(retellings(docs), RETOLD_MAX, rng)
    score(depesche, "retold", [(language, a, b, diagonal(a, b)) for language, a, b in pairs])
    score(depesche, "retold cut", [(language, *left_out(a, b, rng)) for language, a, b in pairs])
    near = sample_by_language(near_pairs(lines_of(DATA / "copies-wmt21/dev/dev.jsonl.gz")), NEAR_PAIRS_MAX, rng)
    score(depesche, "near", [(language, a, b, diagonal(a, b)) for language, a, b in near])


if __name__ == "__main__":
    main()
