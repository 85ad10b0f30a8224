#!/usr/bin/env python3
"""Scores `depesche families` and `depesche align --sentences` across languages, on news with its translations.

usage: bench/translations_sets.py [DEPESCHE] [--quick]

whole, third, embedded   a pile of one pair of languages: all documents of the one with their translations into the other, whole, the
                         first third alone, or a third within another text of its language. F1 of the pairs that are tied (translation,
                         part). Beside them the other documents of the set in both languages, which are translations of nothing here
siblings                 a human and a machine translation of each document, without the original: pairs told as siblings
same event               pairs of reports of one event in two languages, written apart: share told as translations
sentences                F of links, 15 % of the segments of both sides left out and 10 % merged with the next

--quick leaves out all but a few pairs of languages
"""
import collections
import concurrent.futures
import json
import random
import sys
import tempfile

from align_sets import Score, aligned
from sets import DATA, lines_of, output_of, program

TIED = {"translation", "part", "copy", "cut", "extended", "rewrite"}
NTREX = {"eng": "en", "deu": "de", "fra": "fr", "spa": "es", "ita": "it", "por": "pt", "nld": "nl", "rus": "ru", "arb": "ar", "tur": "tr"}


def edges(depesche, docs):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as pile:
        for name, language, segments in docs:
            pile.write(json.dumps({"id": name, "text": "\n".join(segments), "language": language}) + "\n")
        pile.flush()
        found = output_of(depesche, "families", "--quiet", "--threads", "1", pile.name).decode().splitlines()
    return [(edge["a"], edge["b"], edge["kind"]) for edge in map(json.loads, found)]


def a_third(segments, draw, at_the_head):
    count = max(2 if at_the_head else 3, len(segments) // 3)
    begin = 0 if at_the_head else draw.randrange(0, max(1, len(segments) - count + 1))
    return segments[begin:begin + count]


def score_pair(depesche, kind, sources, translations, hosts, languages):
    """F1 of the ties between sources and what was made of their translations; ids are S… and T…."""
    draw = random.Random(f"{kind} {languages}")
    docs = [(f"S{key}", languages[0], text) for key, text in sources.items()]
    truth = set()
    for key, text in translations.items():
        if kind == "third":
            text = a_third(text, draw, True)
        elif kind == "embedded":
            host = draw.choice(hosts)
            at = draw.randrange(0, len(host) + 1)
            text = host[:at] + a_third(text, draw, False) + host[at:]
        docs.append((f"T{key}", languages[1], text))
        truth.add((f"S{key}", f"T{key}"))
    if kind == "whole":
        docs += [(f"O{i}", languages[1], host) for i, host in enumerate(hosts)]
    found = set()
    for a, b, told in edges(depesche, docs):
        a, b = (a, b) if a[0] == "S" else (b, a)
        if a[0] == "S" and b[0] != "S" and told in TIED:
            found.add((a, b))
    return 2 * len(found & truth) / (len(found) + len(truth))


def score_documents(depesche, quick):
    wmt = lines_of(DATA / "trans-wmt-news/dev/docs.jsonl.gz")
    ntrex = collections.defaultdict(dict)
    for doc in lines_of(DATA / "trans-ntrex-ml/dev/docs.jsonl.gz"):
        ntrex[NTREX.get(doc["lang"])][doc["doc"]] = doc["segs"]
    originals = collections.defaultdict(dict)
    for doc in wmt:
        originals[doc["src_lang"]][f"{doc['set']}:{doc['doc']}"] = doc["src"]
    cases = []
    for pair in ["fr-de", "de-en", "en-de", "ru-en"] if quick else ["fr-de", "de-fr", "de-en", "en-de", "ru-en", "en-ru"]:
        source, target = pair.split("-")
        translations = {f"{d['set']}:{d['doc']}": next(iter(d["human"].values())) for d in wmt if d["pair"] == pair}
        hosts = list(originals[target].values())
        cases += [(f"wmt {pair}", kind, (originals[source], translations, hosts, (source, target))) for kind in ("whole", "third", "embedded")]
    others = ["de", "fr", "es", "it", "pt", "nl", "ru", "ar", "tr"]
    pairs = [("en", y) for y in others] + ([] if quick else [(x, y) for i, x in enumerate(others) for y in others[i + 1:]])
    for x, y in pairs:
        cases += [(f"ntrex {x}-{y}", kind, (ntrex[x], ntrex[y], [], (x, y))) for kind in (("whole",) if quick else ("whole", "third"))]
        if not quick:
            # Half of the documents are hosts for thirds of the others.
            asked = sorted(ntrex[x])[::2]
            hosts = [ntrex[y][key] for key in sorted(ntrex[y])[1::2]]
            of = ({key: ntrex[lang][key] for key in asked} for lang in (x, y))
            cases.append((f"ntrex {x}-{y}", "embedded", (*of, hosts, (x, y))))
    out = {}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for (name, kind, _), f1 in zip(cases, pool.map(lambda case: score_pair(depesche, case[1], *case[2]), cases)):
            print(f"{name} {kind}: F1 {f1:.3f}")
            out[f"{name} {kind}"] = f1
    return out


def score_siblings(depesche):
    wmt = lines_of(DATA / "trans-wmt-news/dev/docs.jsonl.gz")
    right = total = 0
    for pair in ["fr-de", "de-en", "en-de", "ru-en", "en-ru", "en-es"]:
        docs = []
        for d in (d for d in wmt if d["pair"] == pair):
            key = f"{d['set']}:{d['doc']}"
            docs.append((f"S{key}", pair[-2:], next(iter(d["human"].values()))))
            docs.append((f"T{key}", pair[-2:], d["machine"][min(d["machine"])]))
            total += 1
        right += sum(told == "sibling" and a[1:] == b[1:] for a, b, told in edges(depesche, docs))
    print(f"siblings: {right} of {total} human and machine translations ({right / total:.3f})")
    return {"human and machine translations told as siblings": right / total}


def score_same_event(depesche):
    rows = [r for r in lines_of(DATA / "stories-semeval22-pairs/dev/pairs.jsonl.gz")
            if r["lang1"] != r["lang2"] and not r["mt1"] and not r["mt2"] and r["overall"] <= 2]
    docs = [doc for r in rows for doc in ((f"S{r['pair']}", r["lang1"], [r["text1"]]), (f"T{r['pair']}", r["lang2"], [r["text2"]]))]
    told = sum(a[1:] == b[1:] and kind in TIED for a, b, kind in edges(depesche, docs))
    print(f"same event: {told} of {len(rows)} pairs told as translations")
    return {"reports of one event told apart": 1 - told / len(rows)}


def disturbed(segments, draw):
    """Segments without some, and some merged: (text, positions it holds)."""
    kept = [(s, (i,)) for i, s in enumerate(segments) if draw.random() >= 0.15]
    out = []
    while kept:
        text, ids = kept.pop(0)
        if kept and kept[0][1][0] == ids[-1] + 1 and draw.random() < 0.1:
            more, ids_more = kept.pop(0)
            text, ids = text + " " + more, ids + ids_more
        out.append((text, ids))
    return out


def true_links(a, b):
    """Sides that hold a segment in common, joined until no more do."""
    links = []
    for i, (_, ids) in enumerate(a):
        others = {j for j, (_, more) in enumerate(b) if set(ids) & set(more)}
        if not others:
            continue
        mine = {i}
        for link in [l for l in links if l[1] & others]:
            mine, others = mine | link[0], others | link[1]
            links.remove(link)
        links.append((mine, others))
    return {(tuple(sorted(x)), tuple(sorted(y))) for x, y in links}


def score_sentences(depesche, quick):
    wmt = lines_of(DATA / "trans-wmt-news/dev/docs.jsonl.gz")
    out = {}
    for pair in ["fr-de", "de-en", "en-de", "ru-en"]:
        score = Score()
        docs = [d for d in wmt if d["pair"] == pair and len(d["src"]) >= 6]
        docs = docs[:20] if quick else docs
        cases = []
        for d in docs:
            draw = random.Random(d["id"])
            a, b = disturbed(d["src"], draw), disturbed(next(iter(d["human"].values())), draw)
            cases.append(([t for t, _ in a], [t for t, _ in b], true_links(a, b)))
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for (_, _, gold), found in zip(cases, pool.map(lambda case: aligned(depesche, case[0], case[1]), cases)):
                score.add(found, gold)
        print(f"sentences {pair}, {len(docs)} documents: {score}")
        out[f"sentences {pair} F"] = 2 * score.right / (score.found + score.gold)
    return out


def figures(depesche, quick=False):
    """All figures, by name, from 0 to 1."""
    return score_documents(depesche, quick) | score_siblings(depesche) | score_same_event(depesche) | score_sentences(depesche, quick)


if __name__ == "__main__":
    QUICK = "--quick" in sys.argv
    sys.argv = [a for a in sys.argv if a != "--quick"]
    figures(program(), QUICK)
