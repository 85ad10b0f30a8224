#!/usr/bin/env python3
"""`depesche families`: edges, families and the articles kept, on a crawl of our own and on input that is odd or hostile.

usage: families_test.py DEPESCHE
"""
import csv
import io
import json
import pathlib
import random
import tempfile

from program import ARTICLES, Run, check, finish

draw = random.Random(1)
WORDS = [f"{a}{b}{c}" for a in ("ba", "lo", "mi", "ter", "gu", "ske") for b in ("nd", "r", "st", "l", "m") for c in
         ("a", "e", "ing", "or", "ung", "ent", "is", "o")]


def paragraph(words=60):
    return " ".join(draw.choice(WORDS) + str(draw.randrange(90)) * (draw.random() < 0.05) for _ in range(words)).capitalize() + "."


def dispatch(paragraphs=5):
    return [paragraph() for _ in range(paragraphs)]


def crawl(folder, name, texts):
    path = pathlib.Path(folder) / name
    with open(path, "w", encoding="utf-8") as file:
        for i, text in texts.items():
            file.write(json.dumps({"id": i, "text": text if isinstance(text, str) else "\n".join(text)}) + "\n")
    return path


def told(*arguments):
    run = Run("families", "--quiet", *arguments)
    return run, [json.loads(line) for line in run.out.splitlines()]


def knows_its_kinds(folder):
    one, other = dispatch(), dispatch()
    pile = crawl(folder, "kinds.jsonl", {
        "full": one, "twin": one, "short": one[:2], "long": one + [paragraph()], "mixed": [*dispatch(2), *one[:2]], "other": other,
        "other-later": [*other[:1], other[1].replace(" ", " neu ", 1), *other[2:]], "alone": dispatch()})
    run, edges = told(pile)
    check(run.status == 0, f"{run} ends with {run.status}")
    keys = ["a", "b", "kind", "direction", "resemblance", "containment", "score", "family", "version"]
    check(all(list(edge) == keys for edge in edges), "an edge has other keys")
    kinds = {edge["b"]: edge["kind"] for edge in edges}
    for article, kind in {"short": "cut", "mixed": "part"}.items():
        check(kinds.get(article) == kind, f"{article} is {kinds.get(article)}, not {kind}")
    check("alone" not in kinds and all(edge["a"] != "alone" for edge in edges), "what shares nothing has an edge")
    check(all(0 <= edge[key] <= 1 for edge in edges for key in ("resemblance", "containment", "score")), "a share is beyond 0 and 1")

    _, families = told("--families", pile)
    members = sorted(sorted(family["members"]) for family in families)
    check(members == [["alone"], ["full", "long", "short", "twin"], ["mixed"], ["other", "other-later"]], f"families: {members}")
    check([family["parts"] for family in families if "full" in family["members"]] == [["mixed"]], "the composite is no part")
    check(all(family["reading"] in family["members"] for family in families), "a reading is of another family")

    _, kept = told("--keep", pile)
    check([article["id"] for article in kept] == ["long", "mixed", "other-later", "alone"], f"kept: {[article['id'] for article in kept]}")
    check(all(article["text"] for article in kept), "an article was kept without its text")

    names = [f"{name}.jsonl" for name in ("one", "two", "three")]
    same_id = [crawl(folder, name, {"x": dispatch()}) for name in names]
    _, kept = told("--keep", *same_id)
    _, families = told("--families", *same_id)
    check(len(kept) == 3 and {article["id"] for article in kept} == {family["reading"] for family in families},
          f"kept under other ids than the families have: {[article['id'] for article in kept]}")
    sources = {article["id"]: article["source"] for article in map(json.loads, Run("read", "--quiet", *same_id).out.splitlines())}
    check({article["id"]: article["source"] for article in kept} == sources, "an article was kept under the id of another")
    check(all(next(iter(article)) == "id" for article in kept), "the id of an article kept is not in front")

    rows = list(csv.DictReader(io.StringIO(Run("families", "--quiet", "--format", "csv", pile).out.decode())))
    check([(row["a"], row["b"], row["kind"]) for row in rows] == [(e["a"], e["b"], e["kind"]) for e in edges], "CSV tells other edges")


def is_the_same_whatever_the_order(folder):
    bases = [dispatch() for _ in range(30)]
    texts = {}
    for i in range(300):
        words = "\n".join(draw.choice(bases)).split(" ")
        for _ in range(draw.randrange(12)):
            words[draw.randrange(len(words))] = draw.choice(WORDS)
        texts[f"x{i}"] = " ".join(words)
    shuffled = list(texts.items())
    draw.shuffle(shuffled)
    first = Run("families", "--quiet", "--threads", "1", crawl(folder, "order.jsonl", texts)).out
    second = Run("families", "--quiet", "--threads", "3", crawl(folder, "order.jsonl", dict(shuffled))).out
    check(first and first == second, "another order or number of threads gives other edges")


def withstands(folder):
    text = dispatch()
    odd = {"empty": "", "word": "Krieg", "twice": "Krieg", "sign": "\u200b", "numbers": "1 2 3 4 5 6 7 8 9 10",
           "again": "1 2 3 4 5 6 7 8 9 10", "one": text, "thousandfold": text * 1000, "in one line": " ".join(text * 1000),
           "mixed": ["Der Fluss trat am Morgen über die Ufer.", "Река вышла из берегов на рассвете.", "市长说河水在黎明时分冲破堤岸。"],
           "long": " ".join(paragraph(20_000) for _ in range(10))}
    run, edges = told(crawl(folder, "odd.jsonl", odd))
    check(run.status == 1 and "odd.jsonl#0" in run.err and "2 inputs rejected" in run.err, f"{run}: {run.status}, {run.err}")
    tied = {article for edge in edges for article in (edge["a"], edge["b"])}
    check({"one", "thousandfold", "in one line"} <= tied, "what repeats an article a thousand times is not told")
    check(not {"word", "twice", "numbers"} & tied, "two equal words make a copy")
    check(len({edge["family"] for edge in edges}) == 1, f"more than one family of several: {edges}")

    same = {f"s{i}": text for i in range(3000)}
    near = {f"n{i}": "\n".join(text).replace(" ", f" x{i} ", 1) for i in range(3000)}
    _, families = told("--families", crawl(folder, "crowd.jsonl", same | near))
    check([len(family["members"]) for family in families] == [6000], f"a crowd of equals makes {len(families)} families")
    _, edges = told(pathlib.Path(folder) / "crowd.jsonl")
    check(len(edges) == 5999, f"{len(edges)} edges for 6000 printings")


def main():
    with tempfile.TemporaryDirectory() as folder:
        knows_its_kinds(folder)
        is_the_same_whatever_the_order(folder)
        withstands(folder)
    run = Run("families", "--families", "--keep", ARTICLES)
    check(run.status == 2, f"{run} ends with {run.status}")
    run = Run("families", "--keep", "--format", "csv", ARTICLES)
    check(run.status == 2 and not run.out and "--keep" in run.err, f"{run} ends with {run.status}: {run.err}")
    check("not with --keep" in Run("families", "--help").out.decode(), "help does not say that --keep gives no CSV")
    _, edges = told(ARTICLES)
    check({edge["kind"] for edge in edges} >= {"copy", "cut", "rewrite", "part"}, "the examples have other kinds of edges")
    finish("families are told")


main()
