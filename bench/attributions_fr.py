#!/usr/bin/env python3
"""Who says what in French sentences, against tests/quality/attributions-fr.tsv (its head tells what is marked and how it was drawn).

The marks hold offsets alone; the sentences are found again in trans-wmt-news and trans-ntrex-ml and told by their hashes. Each is read
as an article of its own. A statement is matched to the attribution with which it shares most words of content, one to one. Precision
and recall are of words (runs of letters and digits), over all sentences: a word of a content or a speaker is right where the matched
attribution has it there; what matches none is too much, also in the sentences without an attribution. Of an attribution whose sentence
names no speaker only the content counts.

usage: bench/attributions_fr.py DEPESCHE [--errors]

--errors   what is missed, too much, or has another speaker or content, a line each
"""
import collections
import functools
import hashlib
import json
import re
import sys
import tempfile

from sets import DATA, TOP, lines_of, output_of, program

MARKS = TOP / "tests/quality/attributions-fr.tsv"

Sentence = collections.namedtuple("Sentence", "id text attributions")
# Spans are lists of (start, end); of a statement that was found `kind` is what the program calls it.
Said = collections.namedtuple("Said", "kind speaker content")


def spans_of(cell):
    return [] if cell == "-" else [tuple(map(int, span.split("-"))) for span in cell.split(",")]


@functools.lru_cache(maxsize=None)
def documents(path):
    return lines_of(DATA / path)


def text_of(row):
    """The field that a row of the marks names: `src/3`, `segs/3`, or of a translation `human.A/3`."""
    document = documents(row["set"])[int(row["line"]) - 1]
    field, index = row["field"].split("/")
    for key in field.split("."):
        document = document[key]
    text = document[int(index)]
    if hashlib.sha256(text.encode()).hexdigest()[:len(row["hash"])] != row["hash"]:
        sys.exit(f"{row['set']}:{row['line']} {row['field']}: another sentence than the one that was marked")
    return text


def sentences():
    with open(MARKS, encoding="utf-8") as lines:
        header, *rows = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
    out = {}
    for row in (dict(zip(header, row)) for row in rows):
        id_ = f"{row['document']}/{row['field']}"
        sentence = out.setdefault(id_, Sentence(id_, text_of(row), []))
        if row["kind"] != "-":
            sentence.attributions.append(Said(row["kind"], spans_of(row["speaker"]), spans_of(row["content"])))
    return list(out.values())


def placed(evidence, text):
    """The spans of passages in the sentence as it was given, where intake moved or left out what is white."""
    spans = []
    for passage in evidence:
        start, quote = passage["start"], passage["quote"]
        if text[start:passage["end"]] != quote:
            start = text.find(quote)
        if start < 0:
            sys.exit(f"{passage['article']}: no such words: {quote}")
        spans.append((start, start + len(quote)))
    return spans


def speaker_of(statement, text, content):
    """Its passages, or the first place outside the content where the words that name it stand."""
    if statement.get("mouth_evidence"):
        return placed(statement["mouth_evidence"], text)
    words = statement.get("speaker_text") or ""
    if not words:
        return []
    places = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    outside = [p for p in places if not any(start <= p[0] < end for start, end in content)]
    return (outside or places)[:1]


def run(depesche, marked):
    """The statements of each sentence, by its id."""
    texts = {s.id: s.text for s in marked}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as pile:
        for id_, text in texts.items():
            pile.write(json.dumps({"id": id_, "text": text, "language": "fr"}) + "\n")
        pile.flush()
        lines = output_of(depesche, "facts", "--only", "statement", "--quiet", pile.name).decode().splitlines()
    found = collections.defaultdict(list)
    for statement in map(json.loads, lines):
        id_ = statement["article"]
        content = placed(statement["evidence"], texts[id_])
        found[id_].append(Said(statement["kind"], speaker_of(statement, texts[id_], content), content))
    return found


def words_in(spans, text):
    """Where the words begin that lie in spans."""
    return {m.start() for m in re.finditer(r"\w+", text) if any(start <= m.start() < end for start, end in spans)}


def matched(gold, mine, text):
    """Pairs (attribution, statement) by most shared words of content, each once; then what is left of both with None beside it."""
    contents = [[words_in(said.content, text) for said in side] for side in (gold, mine)]
    shared = sorted(((-len(a & b), len(a ^ b), i, k) for i, a in enumerate(contents[0]) for k, b in enumerate(contents[1]) if a & b))
    pairs, taken_gold, taken_mine = [], set(), set()
    for _, _, i, k in shared:
        if i not in taken_gold and k not in taken_mine:
            taken_gold.add(i)
            taken_mine.add(k)
            pairs.append((gold[i], mine[k]))
    pairs += [(said, None) for i, said in enumerate(gold) if i not in taken_gold]
    return pairs + [(None, said) for k, said in enumerate(mine) if k not in taken_mine]


class Count:
    """Words that are right, that were found and that should be."""

    def __init__(self):
        self.right = self.found = self.gold = 0

    def add(self, gold, found):
        self.right += len(gold & found)
        self.found += len(found)
        self.gold += len(gold)

    def figures(self):
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.gold)
        return precision, recall, 2 * self.right / max(1, self.found + self.gold)


def show(gold, mine, text):
    """One line on a pair that is not the same; none on one that is."""

    def told(said):
        return " + ".join(text[a:b] for a, b in said.speaker) + ": " + " + ".join(text[a:b] for a, b in said.content) if said else "-"

    if gold and mine:
        is_speaker = words_in(gold.speaker, text) == words_in(mine.speaker, text)
        is_content = words_in(gold.content, text) == words_in(mine.content, text)
        what = " ".join(name for name, is_same in (("speaker", is_speaker), ("content", is_content)) if not is_same)
    else:
        what = "missed" if gold else "extra"
    if what:
        print(f"{what}\t{told(gold)}\t{told(mine)}\t{text.strip()}")


def score(depesche, errors=False):
    marked = sentences()
    found = run(depesche, marked)
    speaker, content = Count(), Count()
    hit, by_kind = collections.Counter(), collections.Counter()
    for _, text, attributions in marked:
        by_kind.update(a.kind for a in attributions)
    for id_, text, attributions in marked:
        for gold, mine in matched(attributions, found[id_], text):
            content.add(words_in(gold.content if gold else [], text), words_in(mine.content if mine else [], text))
            if not gold or gold.speaker:
                speaker.add(words_in(gold.speaker if gold else [], text), words_in(mine.speaker if mine else [], text))
            if gold and mine:
                hit[gold.kind] += 1
            if errors:
                show(gold, mine, text)
    silent = [s for s in marked if not s.attributions]
    kept = sum(not found[s.id] for s in silent) / len(silent)
    for name, count in (("speaker", speaker), ("content", content)):
        print("attributions fr %s: P %.3f R %.3f F1 %.3f" % (name, *count.figures()))
    print("attributions fr found: " + ", ".join(f"{kind} {hit[kind]} of {n}" for kind, n in sorted(by_kind.items())))
    print(f"attributions fr: nothing found in {kept:.3f} of {len(silent)} sentences in which nobody says anything")
    return {"speaker F1": speaker.figures()[2], "content F1": content.figures()[2], "silence": kept}


def figures(depesche, quick=False):
    """All figures, by name, from 0 to 1. The sentences are few: all are read even where it is to be quick."""
    del quick
    return {f"attributions fr {what}": figure for what, figure in score(depesche).items()}


if __name__ == "__main__":
    ERRORS = "--errors" in sys.argv
    sys.argv = [a for a in sys.argv if a != "--errors"]
    score(program(), ERRORS)
