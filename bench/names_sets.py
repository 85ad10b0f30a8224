#!/usr/bin/env python3
"""Scores the names that `depesche actors --mentions` finds against sets in which persons, places and organisations are marked.

usage: bench/names_sets.py [DEPESCHE] [--quick] [--errors LANGUAGE]

ner-wikineural-ml      sentences of Wikipedia in eight languages, marked by machine and dictionary. Span F1 (conlleval) over PER, LOC, ORG: a
                       span counts where both its ends and its type are right
ner-germeval2014-de    sentences of German Wikipedia and news. The same, over the outer spans

Sentences that follow each other are given as one article, one a line. A country is LOC there whether it acts or not; populations and
bodies that are described, not named, are not marked there, and are not counted. --quick takes every fourth article.
"""
import collections
import json
import sys
import tempfile

from sets import DATA, lines_of, output_of, program

SENTENCES_PER_ARTICLE = 25
TYPES = {"person": "PER", "place": "LOC", "state": "LOC", "organisation": "ORG", "armed group": "ORG", "government body": "ORG",
         "news agency": "ORG", "outlet": "ORG"}
NO_BLANK_BEFORE = set(".,;:!?)]}»”%’") | {"...", "'s", "n't", "’s"}
NO_BLANK_BEHIND = set("([{«„")
WIKINEURAL = ["en", "fr", "es", "it", "de", "pt", "nl", "ru"]


def printed(tokens):
    """The sentence as it is printed, and the place of each token in it."""
    text, places, is_quoted = "", [], False
    for i, token in enumerate(tokens):
        closes = token == '"' and is_quoted
        if token == '"':
            is_quoted = not is_quoted
        glued = i == 0 or token in NO_BLANK_BEFORE or closes or tokens[i - 1] in NO_BLANK_BEHIND or text.endswith(("'", "’"))
        if i > 0 and tokens[i - 1] == '"' and is_quoted and not closes:
            glued = True
        text += "" if glued else " "
        places.append((len(text), len(text) + len(token)))
        text += token
    return text, places


def spans_of(tags):
    """(first, last, type) of each marked span; tags like LOCderiv and PERpart are no names."""
    found, begin, kind = [], None, None
    for i, tag in enumerate(list(tags) + ["O"]):
        if begin is not None and not (tag.startswith("I-") and tag[2:] == kind):
            found.append((begin, i, kind))
            begin = None
        if tag.startswith("B-") or (tag.startswith("I-") and begin is None):
            begin, kind = i, tag[2:]
    return [f for f in found if f[2] in ("PER", "LOC", "ORG")]


def score(depesche, language, docs, quick, show_errors):
    articles = []
    for i in range(0, len(docs), SENTENCES_PER_ARTICLE):
        articles.append([printed(d["tokens"]) + (spans_of(d["tags"]),) for d in docs[i:i + SENTENCES_PER_ARTICLE]])
    if quick:
        articles = articles[::4]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as pile:
        for i, sentences in enumerate(articles):
            pile.write(json.dumps({"id": f"{i:05}", "text": "\n".join(s[0] for s in sentences), "language": language}) + "\n")
        pile.flush()
        mine = collections.defaultdict(set)
        for line in output_of(depesche, "actors", "--json", "--mentions", "--quiet", pile.name).splitlines():
            m = json.loads(line)
            if m["type"] in TYPES and not m.get("description"):
                mine[int(m["article"]), m["block"]].add((m["start"], m["end"], TYPES[m["type"]]))
    counts = collections.Counter()
    wrong = collections.Counter()
    for i, sentences in enumerate(articles):
        for block, (text, places, gold) in enumerate(sentences):
            want = {(places[a][0], places[b - 1][1], kind) for a, b, kind in gold}
            have = mine[i, block]
            for kind in ("PER", "LOC", "ORG"):
                w, h = ({s for s in spans if s[2] == kind} for spans in (want, have))
                counts[kind, "right"] += len(w & h)
                counts[kind, "want"] += len(w)
                counts[kind, "have"] += len(h)
            if show_errors:
                for s in want - have:
                    near = [h for h in have if h[0] < s[1] and s[0] < h[1]]
                    wrong[("missed" if not near else "type" if near[0][:2] == s[:2] else "ends", s[2], near[0][2] if near else "",
                           text[s[0]:s[1]], text[near[0][0]:near[0][1]] if near else text[max(0, s[0] - 25):s[1] + 15])] += 1
                for h in have - want:
                    if not any(w[0] < h[1] and h[0] < w[1] for w in want):
                        wrong["extra", h[2], "", text[h[0]:h[1]], text[max(0, h[0] - 25):h[1] + 15]] += 1
    def f1(kinds):
        right, want, have = (sum(counts[k, what] for k in kinds) for what in ("right", "want", "have"))
        return right / max(have, 1), right / max(want, 1), 2 * right / max(have + want, 1)
    for row in sorted(wrong):
        print("\t".join(map(str, row)))
    return {kind: f1([kind]) for kind in ("PER", "LOC", "ORG")} | {"all": f1(["PER", "LOC", "ORG"])}


def figures(depesche, quick=False, languages=None, errors_of=None):
    """F1 of each set and language, by name, from 0 to 1."""
    sets = [(f"WikiNEuRal {c}", c, DATA / f"ner-wikineural-ml/dev/{c}.jsonl.gz") for c in WIKINEURAL]
    sets.append(("GermEval", "de", DATA / "ner-germeval2014-de/dev/dev.jsonl.gz"))
    out = {}
    for name, language, file in sets:
        if errors_of and errors_of != language or languages and language not in languages:
            continue
        found = score(depesche, language, lines_of(file), quick, errors_of)
        rows = "; ".join(f"{kind} {p:.2f} {r:.2f} {f:.3f}" for kind, (p, r, f) in found.items())
        print(f"{name}: precision recall F1: {rows}", flush=True)
        out[f"{name} spans F1"] = found["all"][2]
    return out


if __name__ == "__main__":
    ERRORS = sys.argv[sys.argv.index("--errors") + 1] if "--errors" in sys.argv else None
    QUICK = "--quick" in sys.argv
    sys.argv = [a for i, a in enumerate(sys.argv) if a not in ("--quick", "--errors") and sys.argv[i - 1] != "--errors"]
    figures(program(), QUICK, errors_of=ERRORS)
