#!/usr/bin/env python3
"""How many words that the dictionaries know find a counterpart in a translation, by language (data/lang/XX/lexicon.rules, `counterparts`).

usage: bench/counterparts.py [DEPESCHE]

On trans-ntrex-ml, sentence by sentence, for all pairs of the ten languages; and for each language the share of which the product with
the other language's comes nearest to what was measured (least squares of the logarithms).
"""
import math
import re

from sets import DATA, lines_of, output_of, program

LANGUAGES = {"eng": "en", "deu": "de", "fra": "fr", "spa": "es", "ita": "it", "por": "pt", "nld": "nl", "rus": "ru", "arb": "ar", "tur": "tr"}
WORD = re.compile(r"[^\W\d_]+")
WORDS_AT_ONCE = 5000


def meanings(depesche, language, words):
    """By word: what it means, its sound included, its first letters not."""
    out = {}
    for begin in range(0, len(words), WORDS_AT_ONCE):
        for line in output_of(depesche, "knowledge", "word", language, *words[begin:begin + WORDS_AT_ONCE]).decode().splitlines():
            word, *found = line.split("  ")
            out[word] = set(found)
    return out


def is_known(found):
    return any(not meaning.startswith("its ") for meaning in found)


def share(sentences, others, mine, theirs):
    """Of the known words of the sentences those that share a meaning with a word of the other's."""
    known = met = 0
    for sentence, other in zip(sentences, others):
        there = set().union(*(theirs.get(word, set()) for word in other))
        for word in sentence:
            found = mine.get(word, set())
            if is_known(found):
                known += 1
                met += bool(found & there)
    return met / known


def main():
    depesche = program()
    texts = {code: {} for code in LANGUAGES.values()}
    for doc in lines_of(DATA / "trans-ntrex-ml/dev/docs.jsonl.gz"):
        if doc["lang"] in LANGUAGES:
            texts[LANGUAGES[doc["lang"]]][doc["doc"]] = [WORD.findall(segment) for segment in doc["segs"]]
    docs = sorted(set.intersection(*(set(of) for of in texts.values())))
    sentences = {code: [segment for doc in docs for segment in of[doc]] for code, of in texts.items()}
    means = {code: meanings(depesche, code, sorted({word for sentence in of for word in sentence})) for code, of in sentences.items()}
    measured = {(x, y): share(sentences[x], sentences[y], means[x], means[y]) for x in sentences for y in sentences if x != y}
    print("of \\ in  " + "  ".join(f"{y:>4}" for y in sentences))
    for x in sentences:
        print(f"{x:8} " + "  ".join("    " if x == y else f"{measured[x, y]:4.2f}" for y in sentences))
    logs = {x: -0.2 for x in sentences}
    for _ in range(200):
        for x in logs:
            both = [math.log(measured[x, y] * measured[y, x]) / 2 - logs[y] for y in logs if y != x]
            logs[x] = sum(both) / len(both)
    for x, log in logs.items():
        print(f"{x} {math.exp(log):.2f}")


if __name__ == "__main__":
    main()
