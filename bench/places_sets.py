#!/usr/bin/env python3
"""Scores the places of the picture on toponyms told by hand, from the evaluation sets.

usage: bench/places_sets.py [DEPESCHE] [--errors]

geo-toponyms-en         LGL, TR-News, GeoVirus; of GeoWebNews the toponyms of type Literal, what else is a toponym there counting neither
                        for nor against. Toponyms that have coordinates alone. A mention is right where it overlaps a toponym and lies
                        within 161 km (100 miles) of it; P is told of our mentions with coordinates, R of the toponyms. acc: of the
                        toponyms found by their span, the share within 161 km. --errors tells what is far, spurious and missed.
"""
import collections
import json
import math
import sys
import tempfile

from sets import DATA, lines_of, output_of, program

SETS = ["trnews", "geovirus", "geowebnews", "lgl"]
NEAR_KM = 161
QUICK_DOCUMENTS = 60


def kilometres(a, b):
    lat1, lon1, lat2, lon2 = (math.radians(float(x)) for x in (*a, *b))
    h = math.sin((lat1 - lat2) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon1 - lon2) / 2) ** 2
    return 12742 * math.asin(min(1, math.sqrt(h)))


def mentions_of(depesche, documents):
    """The mentions of places in each document: {id: [(start, end, lat, lon, name, precision)]}, as offsets into its text. The one
    place that knows how the program tells them."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as pile:
        for d in documents:
            pile.write(json.dumps({"id": d["id"], "text": d["text"], "language": d.get("lang"), "url": d.get("url")}) + "\n")
        pile.flush()
        picture = json.loads(output_of(depesche, "brief", "--json", "--quiet", pile.name))
    texts = {d["id"]: d["text"] for d in documents}
    starts = {}
    for article in picture["articles"]:
        at = 0
        for i, block in enumerate(article["blocks"]):
            found = texts[article["id"]].find(block["text"], at)
            starts[article["id"], i] = found if found >= 0 else None
            at = found + len(block["text"]) if found >= 0 else at
    mentions = collections.defaultdict(list)
    for place in picture["places"]:
        for e in place["evidence"]:
            start = starts[e["article"], e["block"]]
            if start is not None:
                mentions[e["article"]].append((start + e["start"], start + e["end"], place["lat"], place["lon"], place["name"],
                                               place["precision"]))
    return {id: sorted(found, key=lambda m: m[:2]) for id, found in mentions.items()}


def score(documents, mentions, name, errors=None):
    right = found = toponyms = told = 0
    for d in documents:
        gold = [t for t in d["toponyms"] if name != "geowebnews" or t["type"] == "Literal"]
        others = [t for t in d["toponyms"] if t not in gold or t.get("lat") is None]
        gold = [t for t in gold if t.get("lat") is not None]
        toponyms += len(gold)
        taken = set()
        for start, end, lat, lon, place, precision in mentions.get(d["id"], []):
            if lat is None:
                continue
            over = [i for i, t in enumerate(gold) if t["start"] < end and start < t["end"] and i not in taken]
            if not over:
                if not any(t["start"] < end and start < t["end"] for t in others):
                    told += 1
                    if errors is not None:
                        errors["spurious", d["text"][start:end], place] += 1
                continue
            taken.add(over[0])
            told += 1
            found += 1
            t = gold[over[0]]
            distance = kilometres((lat, lon), (t["lat"], t["lon"]))
            right += distance <= NEAR_KM
            if errors is not None and distance > NEAR_KM:
                errors["far", d["text"][start:end], f"{place} p{precision} for {t['lat']},{t['lon']} {t.get('fcode', '')}"] += 1
        if errors is not None:
            for i, t in enumerate(gold):
                if i not in taken:
                    errors["missed", t["name"], t.get("fcode") or ""] += 1
    precision, recall = right / max(told, 1), right / max(toponyms, 1)
    return {"P": precision, "R": recall, "F1": 2 * precision * recall / max(precision + recall, 1e-9), "acc": right / max(found, 1),
            "found": found / max(toponyms, 1), "toponyms": toponyms}


def figures(depesche, quick=False):
    """The F1 and the accuracy of each set; of its first documents alone where it is to be quick."""
    out = {}
    for name in SETS:
        documents = lines_of(DATA / "geo-toponyms-en" / "dev" / f"{name}.jsonl.gz")[:QUICK_DOCUMENTS if quick else None]
        got = score(documents, mentions_of(depesche, documents), name)
        out[f"{name} F1"], out[f"{name} acc@161"] = got["F1"], got["acc"]
    return out


def main():
    arguments = [a for a in sys.argv[1:] if a != "--errors"]
    with_errors = "--errors" in sys.argv
    sys.argv = sys.argv[:1] + arguments
    depesche = program()
    for name in SETS:
        documents = lines_of(DATA / "geo-toponyms-en" / "dev" / f"{name}.jsonl.gz")
        errors = collections.Counter() if with_errors else None
        got = score(documents, mentions_of(depesche, documents), name, errors)
        print(f"{name:12} P {got['P']:.3f}  R {got['R']:.3f}  F1 {got['F1']:.3f}  acc@161 {got['acc']:.3f}  found {got['found']:.3f}"
              f"  of {got['toponyms']} toponyms")
        if with_errors:
            for kind in ("far", "spurious", "missed"):
                most = [f"{count}x {words} ({why})" for (what, words, why), count in errors.most_common() if what == kind]
                print(f"  {kind}: {', '.join(most[:45])}")


if __name__ == "__main__":
    main()
