#!/usr/bin/env python3
"""How much of a hand-made reading a picture has found. docs/formats/reading.md tells the form of a reading.

usage: scoring.py READING.json PICTURE.json

Prints a line a part: its name and a figure from 0 to 1. What the reading is silent about costs nothing.
"""
import itertools
import json
import re
import sys
import unicodedata


def fold(text):
    """Lower case, without accents and punctuation, single blanks."""
    text = unicodedata.normalize("NFKD", str(text or ""))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    return re.sub(r"[^\w]+", " ", text).strip()


def f1(found, wanted):
    """Of two sets, 2·|found ∩ wanted| / (|found| + |wanted|); two empty ones agree."""
    return 2 * len(found & wanted) / (len(found) + len(wanted)) if found or wanted else 1.0


def share(hits):
    hits = list(hits)
    return sum(hits) / len(hits) if hits else 1.0


class Scoring:
    def __init__(self, reading, picture):
        self.reading, self.picture = reading, picture
        self.articles = {a["id"]: a for a in picture.get("articles", [])}

    def key(self, short):
        """A reading may name an article by the head of its id where that is unambiguous: 000 for 000_x."""
        ids = self.reading["articles"]
        heads = [i for i in ids if i.split("_")[0] == short]
        return heads[0] if short not in ids and len(heads) == 1 else short

    def roles(self, article):
        roles = {}
        for block in self.articles.get(article, {}).get("blocks", []):
            roles.setdefault(block["line"], set()).add(block["role"])
        return roles

    def body_lines(self):
        """F1 of the lines taken for body, over the lines that the reading names."""
        found, wanted = set(), set()
        for article, read in self.reading["articles"].items():
            roles = self.roles(article)
            headings = set(read.get("subheading_lines", []) + read.get("standfirst_lines", []))
            body = set(read["body_lines"])
            aside = {n for k, lines in read.items() if k.endswith("_lines") for n in lines} - body - headings
            wanted |= {(article, n) for n in body}
            for n in body | aside:
                fine = {"body", "subheading", "subtitle"} if n in headings else {"body"}
                if roles.get(n, set()) & fine:
                    found.add((article, n))
        return f1(found, wanted)

    def languages(self):
        return share(self.articles.get(i, {}).get("language") == a["language"] for i, a in self.reading["articles"].items())

    def dates(self):
        """Articles whose day of publication or of writing is the one read."""
        def day(article, which):
            return str((self.articles.get(article, {}).get(which) or {}).get("date"))[:10]
        return share(a["published"]["date"] in (day(i, "published"), day(i, "written")) for i, a in self.reading["articles"].items()
                     if a.get("published"))

    def dispatch_pairs(self):
        """F1 of the pairs of articles that share a dispatch."""
        def pairs(dispatches):
            return {pair for d in dispatches for pair in itertools.combinations(sorted({self.key(m["article"]) for m in d["members"]}), 2)}
        return f1(pairs(self.picture.get("dispatches", [])), pairs(self.reading["dispatches"]))

    def statements_at(self, wanted):
        """The statements whose evidence stands on the line of `wanted` and that hold four fifths of its words."""
        article, words = self.key(wanted["article"]), fold(wanted["quote"]).split()
        blocks = self.articles.get(article, {}).get("blocks", [])
        for statement in self.picture.get("statements", []):
            here = [e for e in statement["evidence"] if e["article"] == article and blocks[e["block"]]["line"] == wanted["line"]]
            said = set(fold(" ".join([str(statement.get("quote"))] + [e["quote"] for e in here])).split())
            if here and sum(w in said for w in words) >= 0.8 * len(words):
                yield statement

    def quotes(self):
        return share(any(True for _ in self.statements_at(s)) for s in self.reading.get("statements", []))

    def speakers(self):
        """Statements found that are given to the speaker read, by any name that the reading knows for it."""
        forms = {a["name"]: [a["name"]] + a.get("aliases", []) for a in self.reading.get("actors", [])}
        for name, more in self.reading.get("speaker_aliases", {}).items():
            forms[name] = forms.get(name, [name]) + more
        actors = {a["id"]: a for a in self.picture.get("actors", [])}

        def names(statement):
            actor = actors.get(statement.get("speaker"), {})
            given = [actor.get("name")] + [n for many in (actor.get("names") or {}).values() for n in many]
            return {fold(n) for n in given} - {""}
        return share(any(names(s) & {fold(f) for f in forms.get(w["speaker"], [w["speaker"]])} for s in self.statements_at(w))
                     for w in self.reading.get("statements", []))

    def parts(self):
        return {"body lines F1": self.body_lines(), "language": self.languages(), "date": self.dates(),
                "dispatch pairs F1": self.dispatch_pairs(), "quotes found": self.quotes(), "speakers right": self.speakers()}


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    for part, figure in Scoring(load(sys.argv[1]), load(sys.argv[2])).parts().items():
        print(f"{part:24} {figure:.3f}")
