#!/usr/bin/env python3
"""Temporal expressions against the sets of TempEval, by its metric (evaluate_entities of TempEval-3).

Relaxed: spans overlap; strict: they are the same; value: F1 of relaxed matches times the share of them whose value is the gold's. Texts
are given with their creation time; nothing else is told.

usage: bench/times_sets.py DEPESCHE [--quick] [--errors SET]

--quick        the first documents of each set
--errors SET   what is missed, wrong or too much in one set, a line each
"""
import collections
import html
import json
import re
import sys
import tempfile

from sets import DATA, lines_of, output_of, program

SETS = {
    "krauts": ("de", "timex-krauts-de/dev/krauts.jsonl"),
    "tempeval3-en": ("en", "timex-tempeval3-en/dev/tbaq.jsonl.gz"),
    "tempeval2-fr": ("fr", "timex-tempeval2-fr/dev/frtimebank.jsonl"),
    "tempeval3-es": ("es", "timex-tempeval3-es/dev/te3-es-train.jsonl.gz"),
    "tempeval2-it": ("it", "timex-tempeval2-it/dev/it.jsonl.gz"),
}
QUICK_DOCUMENTS = 25


def normal(value):
    """Values as they compare: 2003-5-29 is 2003-05-29, a T between day and part of day or none."""
    value = (value or "").upper().strip()
    return re.sub(r"-(\d)(?=-|T|$)", r"-0\1", value)


def documents(path):
    """(id, creation time, text, [(start, end, type, value)])"""
    for d in lines_of(DATA / path):
        if "text" in d:
            times = [(t["start"], t["end"], t["type"], t["value"]) for t in d["timex"] if t["end"] > t["start"]]
            yield d["id"], d["dct"], d["text"], times
            continue
        text, at = "", []
        for sentence in d["sents"]:
            at.append([])
            for token in sentence:
                at[-1].append((len(text), len(text) + len(token)))
                text += token + " "
            text = text[:-1] + "\n"
        times = []
        for t in d["timex"]:
            tokens = [at[t["sent"]][i] for i in t["tok"]]
            times.append((tokens[0][0], tokens[-1][1], t["type"], t["value"]))
        dct = d.get("dct") or next((t[3] for t in times if re.fullmatch(r"\d{4}-\d\d-\d\d", t[3])), "")
        yield d["id"], dct, text, times


def found_in(timeml):
    """The texts of TimeML documents, by id: their times as (start, end, type, value)."""
    found = {}
    for document in timeml.split("</TimeML>")[:-1]:
        id_ = html.unescape(re.search(r"<DOCID>(.*?)</DOCID>", document).group(1))
        body = re.search(r"<TEXT>(.*)</TEXT>", document, re.S).group(1)
        at, times, open_ = 0, [], None
        for piece in re.split(r"(</?TIMEX3[^>]*>)", body):
            if piece.startswith("<TIMEX3"):
                fields = dict(re.findall(r'(\w+)="([^"]*)"', piece))
                open_ = (at, fields["type"], html.unescape(fields["value"]))
            elif piece == "</TIMEX3>":
                times.append((open_[0], at, open_[1], open_[2]))
            else:
                at += len(html.unescape(piece))
        found[id_] = (times, html.unescape(re.sub(r"</?TIMEX3[^>]*>", "", body)))
    return found


def run(depesche, language, docs):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as pile:
        for id_, dct, text, _ in docs:
            day = re.match(r"\d{4}-\d\d?-\d\d?", dct or "")
            parts = [int(p) for p in day.group(0).split("-")] if day else []
            record = {"id": id_, "text": text, "language": language}
            if parts:
                record["date"] = "%04d-%02d-%02d" % tuple(parts)
            pile.write(json.dumps(record) + "\n")
        pile.flush()
        return found_in(output_of(depesche, "facts", "--timeml", "--only", "time", "--quiet", pile.name).decode())


def moved(times, text, printed):
    """Times of `printed` as they stand in `text`, where intake put a title in front or left out what is white."""
    if printed == text:
        return times
    offset = printed.find(text.strip())
    lead = len(text) - len(text.lstrip())
    if offset < 0:
        return None
    return [(s - offset + lead, e - offset + lead, t, v) for s, e, t, v in times if s >= offset]


def score(depesche, name, quick=False, errors=False):
    language, path = SETS[name]
    docs = list(documents(path))
    if quick:
        docs = docs[:QUICK_DOCUMENTS]
    found = run(depesche, language, docs)
    gold_all = mine_all = relaxed = strict = value = type_ = 0
    kinds = collections.Counter()
    for id_, dct, text, gold in docs:
        mine, printed = found.get(id_, ([], text))
        mine = moved(mine, text, printed)
        if mine is None:
            sys.exit(f"{name} {id_}: the text was not printed as it was given")
        gold_all += len(gold)
        mine_all += len(mine)
        taken = set()
        for start, end, kind, right in gold:
            hits = [k for k, m in enumerate(mine) if m[0] < end and start < m[1] and k not in taken]
            words = text[start:end].replace("\n", " ")
            if not hits:
                kinds["missed"] += 1
                if errors:
                    print(f"missed\t{words}\t{right}\t{dct}\t{text[max(0, start - 40):end + 30]!r}")
                continue
            # The one of the same span before one that only overlaps.
            best = max(hits, key=lambda k: (mine[k][:2] == (start, end), -abs(mine[k][0] - start)))
            taken.add(best)
            relaxed += 1
            strict += mine[best][:2] == (start, end)
            type_ += mine[best][2] == kind
            is_right = normal(mine[best][3]) == normal(right)
            value += is_right
            if errors and not is_right:
                print(f"wrong\t{words}\t{right}\t{mine[best][3]}\t{dct}\t{text[max(0, start - 60):end + 40]!r}")
            if errors and mine[best][:2] != (start, end):
                print(f"span\t{words}\t{text[mine[best][0]:mine[best][1]]!r}")
        for k, m in enumerate(mine):
            if errors and k not in taken:
                print(f"extra\t{text[m[0]:m[1]]!r}\t{m[3]}\t{text[max(0, m[0] - 40):m[1] + 30]!r}")

    def f1(hits):
        return 2 * hits / max(1, gold_all + mine_all)

    share = value / max(1, relaxed)
    figures = {"strict": f1(strict), "relaxed": f1(relaxed), "value": f1(relaxed) * share,
               "type": f1(relaxed) * type_ / max(1, relaxed)}
    print(f"{name}: {gold_all} expressions, {mine_all} found; relaxed P {relaxed / max(1, mine_all):.3f} "
          f"R {relaxed / max(1, gold_all):.3f}; F1 relaxed {figures['relaxed']:.3f} strict {figures['strict']:.3f} "
          f"value {figures['value']:.3f} type {figures['type']:.3f}")
    return figures


def figures(depesche, quick=False):
    """All figures, by name, from 0 to 1."""
    out = {}
    for name in SETS:
        for what, figure in score(depesche, name, quick).items():
            out[f"{name} {what} F1"] = figure
    return out


if __name__ == "__main__":
    if "--errors" in sys.argv:
        at = sys.argv.index("--errors")
        NAME = sys.argv[at + 1]
        del sys.argv[at:at + 2]
        score(program(), NAME, errors=True)
    else:
        QUICK = "--quick" in sys.argv
        sys.argv = [a for a in sys.argv if a != "--quick"]
        figures(program(), QUICK)
