#!/usr/bin/env python3
"""The picture of the examples keeps its promises: it has the form that docs/formats/picture.schema.json gives it, every quote
stands where its evidence says, every id leads somewhere, and no line of the input is lost."""
import html.parser
import itertools
import json

from program import ARTICLES, TOP, Run, check, finish

try:
    import jsonschema
except ImportError:
    raise SystemExit("this test needs python3-jsonschema: scripts/setup --for test")


def squeezed(text):
    """Without white space and byte order mark, which blocks need not keep."""
    return "".join(text.replace("\ufeff", "").split())


def passages(value):
    """All evidence in a value, however deep."""
    if isinstance(value, dict):
        if {"article", "block", "start", "end", "quote"} <= value.keys():
            yield value
        for inner in value.values():
            yield from passages(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from passages(inner)


def check_form(picture):
    schema = json.loads((TOP / "docs/formats/picture.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for error in itertools.islice(jsonschema.Draft202012Validator(schema).iter_errors(picture), 20):
        check(False, f"form: {'/'.join(map(str, error.absolute_path))}: {error.message[:300]}")


def check_evidence(picture, articles):
    count = 0
    for e in passages(picture):
        count += 1
        blocks = articles.get(e["article"], {}).get("blocks", [])
        if check(0 <= e["block"] < len(blocks), f"evidence: no block {e['block']} in {e['article']}"):
            there = blocks[e["block"]]["text"][e["start"]:e["end"]]
            check(there == e["quote"] != "", f"evidence: {e['article']} block {e['block']} {e['start']}-{e['end']} is {there!r}, not {e['quote']!r}")
    for key in ("statements", "timeline"):
        for item in picture.get(key, []):
            check(item.get("evidence"), f"{key} {item.get('id')} has no evidence")
    return count


def check_references(picture, articles):
    def known(kind, ids, where):
        for i in ids:
            check(i in names[kind], f"{where}: {i!r} is the id of no {kind}")
    names = {kind: {x["id"] for x in picture[kind]} for kind in ("articles", "dispatches", "stories", "storylines", "actors")}
    names["items"] = {x["id"] for x in picture["statements"] + picture["timeline"]}
    for kind in ("articles", "dispatches", "stories", "storylines", "actors", "ledger", "timeline", "statements"):
        ids = [x["id"] for x in picture[kind]]
        check(len(ids) == len(set(ids)), f"{kind}: an id stands twice")
    for d in picture["dispatches"]:
        known("articles", [m["article"] for m in d["members"]] + [d["reading"]], f"dispatch {d['id']}")
        for m in d["members"]:
            known("articles", [m["from"]] if m.get("from") else [], f"dispatch {d['id']}, member {m['article']}")
            check(all(0 <= b < len(articles[m["article"]]["blocks"]) for b in m["blocks"]), f"dispatch {d['id']}: a block of {m['article']} that is not there")
    in_dispatches = {m["article"] for d in picture["dispatches"] for m in d["members"]}
    check(in_dispatches == names["articles"], f"dispatches: {sorted(names['articles'] - in_dispatches)} belong to none")
    for a in picture["alignments"]:
        known("articles", (a["a"], a["b"]), "alignment")
        for i, j in a["blocks"]:
            check(0 <= i < len(articles[a["a"]]["blocks"]) and 0 <= j < len(articles[a["b"]]["blocks"]), f"alignment {a['a']} {a['b']}: no blocks {i}, {j}")
    for s in picture["stories"]:
        known("articles", s["articles"], f"story {s['id']}")
        known("dispatches", s["dispatches"], f"story {s['id']}")
    for s in picture["storylines"]:
        known("stories", s["stories"], f"storyline {s['id']}")
    for row in picture["ledger"]:
        known("items", row["occurrences"], f"ledger {row['id']}")
        known("articles", row["articles"], f"ledger {row['id']}")
        known("actors", row["first_mouths"], f"ledger {row['id']}")
        check(1 <= row["lines"]["low"] <= row["lines"]["high"], f"ledger {row['id']}: lines {row['lines']}")
    for item in picture["timeline"] + picture["statements"]:
        known("dispatches", item["sources"], item["id"])
    for s in picture["statements"]:
        known("actors", ([s["speaker"]] if s.get("speaker") else []) + s["via"], s["id"])
    for u in picture["unknown"]:
        known("articles", [u["article"]], "unknown")
    for a in articles.values():
        for b, block in enumerate(a["blocks"]):
            cut = block.get("cut")
            check(not cut or 0 <= cut[0] < cut[1] <= len(block["text"]) and (cut[0] == 0 or cut[1] == len(block["text"])), f"{a['id']} block {b}: cut {cut}")
        for r in a["repairs"]:
            check(0 <= r["block"] < len(a["blocks"]) and 0 <= r["start"] <= r["end"] <= len(a["blocks"][r["block"]]["text"]), f"{a['id']}: repair {r}")


class Paragraphs(html.parser.HTMLParser):
    """The texts of a page's paragraphs and headings."""

    def __init__(self):
        super().__init__()
        self.texts, self.open = [], False

    def handle_starttag(self, tag, attrs):
        if tag in ("p", "h1", "h2"):
            self.open = True
            self.texts.append("")

    def handle_endtag(self, tag):
        if tag in ("p", "h1", "h2"):
            self.open = False

    def handle_data(self, data):
        if self.open:
            self.texts[-1] += data


def check_nothing_lost(articles):
    """Every line of a text, every text of a JSON line, every paragraph of a page is in the blocks of its article."""
    lines = 0
    by_source = {}
    for a in articles.values():
        by_source.setdefault(a["source"].split("#")[0].rsplit("/", 1)[-1], []).append(a)
    for file in sorted((TOP / ARTICLES).iterdir()):
        read = by_source.get(file.name, [])
        if not check(read, f"{file.name} is in no article"):
            continue
        text = file.read_text(encoding="utf-8")
        whole = "".join(squeezed(b["text"]) for a in read for b in a["blocks"])
        if file.suffix == ".txt":
            got = {}
            for b in read[0]["blocks"]:
                got[b["line"]] = got.get(b["line"], "") + squeezed(b["text"])
            for number, line in enumerate(text.split("\n"), 1):
                lines += 1
                check(got.get(number, "") == squeezed(line), f"{file.name}:{number} is {line[:80]!r}, read as {got.get(number, '')[:80]!r}")
        elif file.suffix == ".jsonl":
            for record in map(json.loads, filter(str.strip, text.split("\n"))):
                lines += 1
                check(record["id"] in articles, f"{file.name}: the id {record['id']} was not kept")
                check(squeezed(record["text"]) in whole, f"{file.name}: not all of {record['id']} is there")
        elif file.suffix == ".html":
            page = Paragraphs()
            page.feed(text)
            for paragraph in filter(str.strip, page.texts):
                lines += 1
                check(squeezed(paragraph) in whole, f"{file.name}: lost {paragraph[:80]!r}")
    return lines


def check_read(articles):
    """`depesche read --blocks` tells the same articles, and their text is their body."""
    run = Run("read", ARTICLES, "--blocks")
    check(run.status == 0, f"{run} ends with {run.status}")
    seen = set()
    for line in run.out.decode("utf-8").splitlines():
        a = json.loads(line)
        seen.add(a["id"])
        for key in ("id", "source", "url", "title", "authors", "outlet", "published", "modified", "language", "text", "blocks"):
            check(key in a, f"read: {a['id']} has no {key}")
        body = "".join(squeezed(b["text"][:b["cut"][0]] + b["text"][b["cut"][1]:] if b.get("cut") else b["text"]) for b in a["blocks"] if b["role"] in ("body", "subheading"))
        check(body in (squeezed(a["text"]), "") or squeezed(a["text"]) == "".join(squeezed(b["text"]) for b in a["blocks"] if b["role"] in ("body", "subheading")),
              f"read: the text of {a['id']} is not its body blocks")
    check(seen == set(articles), f"read and brief tell different articles: {sorted(seen ^ set(articles))}")


def main():
    run = Run("brief", ARTICLES, "--json")
    check(run.status == 0, f"{run} ends with {run.status}: {run.err[-400:]}")
    picture = run.picture()
    if picture is None:
        finish("")
    check_form(picture)
    articles = {a["id"]: a for a in picture["articles"]}
    quotes, lines = 0, 0
    try:
        quotes = check_evidence(picture, articles)
        check_references(picture, articles)
        lines = check_nothing_lost(articles)
        check_read(articles)
    except (KeyError, TypeError) as error:  # what the schema has told above
        check(False, f"the picture lacks {error!r}")
    finish(f"{len(articles)} articles: {quotes} quotes stand where they say, {lines} lines are all there")


if __name__ == "__main__":
    main()
