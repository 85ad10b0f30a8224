#!/usr/bin/env python3
"""Who said what, against sets marked by hand: F1 of the words of each role, and whether the speaker is right.

quote-wikinews-de   quote F1: words that stand in any quotation of any type, ours against theirs. speaker: of our statements that share
                    words with a quotation of theirs that has a speaker, the share whose speaker is that one: words of him in common
                    in place, or, for one who stands in an earlier sentence, a word of his name.
quote-polnear-en    F1 of the words of sources, cues and contents, after the first annotator.
quote-adaq-ru-cs    the same for Russian, sentence by sentence.

Words are tokens with a letter or a digit: marks are told apart differently in each set.

usage: bench/quotes_sets.py DEPESCHE [--quick] [--errors SET]

--quick        a part of each set
--errors SET   the sentences of one set with what was missed and what was too much: wikinews, polnear or adaq-ru
"""
import collections
import json
import re
import sys
import tempfile

from sets import DATA, lines_of, output_of, program

SETS = {
    "wikinews": ("de", ["quote-wikinews-de/dev/dev.jsonl.gz", "quote-wikinews-de/dev/train.jsonl.gz"]),
    "polnear": ("en", ["quote-polnear-en/dev/dev.jsonl.gz", "quote-polnear-en/dev/train.jsonl.gz"]),
    "adaq-ru": ("ru", ["quote-adaq-ru-cs/dev/ru.jsonl"]),
}
QUICK_DOCUMENTS = 150
ROLES = ("source", "cue", "content")


def words_of(text):
    return [(m.start(), m.end()) for m in re.finditer(r"\w+", text)]


def covered(words, spans):
    """The words that overlap any of the spans, as a set of indices."""
    return {i for i, (s, e) in enumerate(words) for a, b in spans if s < b and a < e}


def statements_of(depesche, language, documents):
    """What the program finds, by document: [{role: [(start, end)]}], with offsets into its text."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as pile:
        for d in documents:
            pile.write(json.dumps({"id": d["id"], "text": d["text"], "language": language}) + "\n")
        pile.flush()
        picture = json.loads(output_of(depesche, "brief", "--json", "--quiet", pile.name))
    texts = {d["id"]: d["text"] for d in documents}
    starts = {}
    for article in picture["articles"]:
        at = 0
        for i, block in enumerate(article["blocks"]):
            starts[article["id"], i] = at = max(0, texts[article["id"]].find(block["text"], at))
    statements = collections.defaultdict(list)
    for fact in picture["statements"]:
        def spans(key):
            return [(starts[e["article"], e["block"]] + e["start"], starts[e["article"], e["block"]] + e["end"]) for e in fact.get(key) or []]
        statements[fact["evidence"][0]["article"]].append(
            {"content": spans("evidence"), "cue": spans("cue_evidence"), "source": spans("mouth_evidence"),
             "speaker": spans("mouth_evidence") + spans("speaker_evidence"), "name": fact["speaker_text"]})
    return statements


class Tally:
    def __init__(self):
        self.hit = self.mine = self.theirs = 0

    def add(self, mine, theirs):
        self.hit += len(mine & theirs)
        self.mine += len(mine)
        self.theirs += len(theirs)

    def f1(self):
        return 2 * self.hit / max(1, self.mine + self.theirs)

    def __str__(self):
        return f"P {self.hit / max(1, self.mine):.3f} R {self.hit / max(1, self.theirs):.3f} F1 {self.f1():.3f}"


def is_right_speaker(text, mine, theirs):
    if any(a < e and s < b for a, b in mine["speaker"] for s, e in theirs):
        return True
    names = {w for s, e in theirs for w in re.findall(r"\w+", text[s:e]) if w[0].isupper() and len(w) > 3}
    return bool(names & set(re.findall(r"\w+", mine["name"])))


def score_wikinews(documents, found, errors):
    tally, right, met, kinds = Tally(), 0, 0, collections.Counter()
    for d in documents:
        text, words = d["text"], words_of(d["text"])
        mine = found.get(d["id"], [])
        theirs = [a for a in d["annotations"] if a["quote"]]
        ours = covered(words, [s for m in mine for s in m["content"]])
        gold = covered(words, [s for a in theirs for s in a["quote"]])
        tally.add(ours, gold)
        for a in theirs:
            kinds[a["type"], bool(covered(words, a["quote"]) & ours)] += 1
            if errors and not covered(words, a["quote"]) & ours:
                show("missed " + a["type"], text, a["quote"], a.get("cue", []), a.get("speaker", []))
        for m in mine:
            own = covered(words, m["content"])
            best = max(theirs, key=lambda a: len(covered(words, a["quote"]) & own), default=None)
            if best is None or not covered(words, best["quote"]) & own:
                if errors:
                    show("extra", text, m["content"], m["cue"], m["source"])
                continue
            if errors and len(covered(words, best["quote"]) ^ own) > 3:
                show("other words", text, m["content"], m["cue"], m["source"])
                show("        theirs", text, best["quote"], best.get("cue", []), best.get("speaker", []))
            if not best.get("speaker"):
                continue
            met += 1
            is_right = is_right_speaker(text, m, best["speaker"])
            right += is_right
            if errors and not is_right:
                show(f"speaker ({m['name']})", text, m["content"], m["cue"], m["source"])
                show("        theirs", text, best["quote"], best.get("cue", []), best.get("speaker", []))
    print(f"wikinews: quote {tally}; speaker right {right / max(1, met):.3f} of {met}; " +
          ", ".join(f"{kind} {kinds[kind, True]} of {kinds[kind, True] + kinds[kind, False]}"
                    for kind in sorted({k for k, _ in kinds})))
    return {"wikinews quote F1": tally.f1(), "wikinews speaker right": right / max(1, met)}


def show(what, text, content, cue, source):
    def at(spans):
        return " … ".join(text[s:e].replace("\n", " ") for s, e in spans)
    print(f"{what}\t{at(source)} | {at(cue)} | {at(content)}")


def score_roles(name, documents, found, errors):
    tallies = {role: Tally() for role in ROLES}
    for d in documents:
        text, words = d["text"], words_of(d["text"])
        mine = found.get(d["id"], [])
        theirs = d["attributions"]
        for role in ROLES:
            tallies[role].add(covered(words, [s for m in mine for s in m[role]]), covered(words, [s for a in theirs for s in a[role]]))
        if not errors:
            continue
        for a in theirs:
            if not any(covered(words, a["cue"]) & covered(words, m["cue"]) for m in mine):
                show("missed", text, a["content"], a["cue"], a["source"])
        for m in mine:
            best = next((a for a in theirs if covered(words, a["cue"]) & covered(words, m["cue"])), None)
            if best is None:
                show("extra", text, m["content"], m["cue"], m["source"])
            elif any(len(covered(words, best[r]) ^ covered(words, m[r])) > (2 if r == "source" else 4) for r in ("source", "content")):
                show("other", text, m["content"], m["cue"], m["source"])
                show("     theirs", text, best["content"], best["cue"], best["source"])
    print(f"{name}: " + "; ".join(f"{role} {tally}" for role, tally in tallies.items()))
    return {f"{name} {role} F1": tally.f1() for role, tally in tallies.items()}


def adaq_document(d):
    """Its tokens stand in the text in order, if not always letter for letter."""
    at, spans = 0, collections.defaultdict(list)
    for token, tag in zip(d["tokens"], d["tags"]):
        found = d["text"].find(token, at)
        if found < 0:
            continue
        if tag != "O":
            spans[tag].append((found, found + len(token)))
        at = found + len(token)
    return {"id": d["id"], "text": d["text"], "attributions": [{role: spans[role] for role in ROLES}] if spans else []}


def score(depesche, name, quick=False, errors=False):
    language, paths = SETS[name]
    documents = [d for path in paths for d in lines_of(DATA / path)]
    if quick:
        documents = documents[:QUICK_DOCUMENTS]
    if name == "adaq-ru":
        documents = [adaq_document(d) for d in documents]
    found = statements_of(depesche, language, documents)
    if name == "wikinews":
        return score_wikinews(documents, found, errors)
    return score_roles(name, documents, found, errors)


def figures(depesche, quick=False):
    """All figures, by name, from 0 to 1."""
    out = {}
    for name in SETS:
        out |= score(depesche, name, quick)
    return out


if __name__ == "__main__":
    if "--errors" in sys.argv:
        at = sys.argv.index("--errors")
        NAME = sys.argv[at + 1]
        del sys.argv[at:at + 2]
        QUICK = "--quick" in sys.argv
        sys.argv = [a for a in sys.argv if a != "--quick"]
        score(program(), NAME, quick=QUICK, errors=True)
    else:
        QUICK = "--quick" in sys.argv
        sys.argv = [a for a in sys.argv if a != "--quick"]
        figures(program(), QUICK)
