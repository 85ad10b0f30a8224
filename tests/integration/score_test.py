#!/usr/bin/env python3
"""No figure falls below its floor in tests/quality/floors.tsv.

usage: score_test.py DEPESCHE PILE [--raise-floors] [--lower-floor PART]…

  examples   examples/reading.json against the picture of examples/articles
  seeds      a reading that is not distributed ($DEPESCHE_SHARED), scored by its own scorer; skipped where it is not here

  copies     families and near-duplicates against public sets that are not distributed (bench/copies_sets.py, bench/near_pairs.py)
  translations  the same across languages (bench/translations_sets.py --quick)
  events     events (bench/events_sets.py --quick)
  times      temporal expressions (bench/times_sets.py --quick)
  names      names of persons across languages and scripts (bench/name_links.py)
  actors     names of persons, places and organisations against public sets (bench/names_sets.py --quick)
  drift      what printings and translations changed (bench/drift_sets.py --quick)
  statements who said what (bench/quotes_sets.py --quick)
  places     toponyms told by hand (bench/places_sets.py, the first documents of each set)

  --raise-floors       write what is measured now; lowers no floor as long as its corpus is the same
  --lower-floor PART   write what is measured now for this part, even if it is less; say why in the commit
"""
import hashlib
import importlib
import math
import pathlib
import re
import subprocess
import sys
import tempfile

from program import ARTICLES, SHARED, SKIPPED, TOP, Run, binary, check, finish
from scoring import Scoring, load

FLOORS = TOP / "tests/quality/floors.tsv"


def digest(*paths):
    """Of the names and bytes of all files named or in folders named; what the figures are measured on."""
    files = sorted((f for p in paths for f in ([p] if p.is_file() else p.rglob("*")) if f.is_file()), key=lambda f: f.name)
    sha = hashlib.sha256()
    for file in files:
        sha.update(f"{file.name}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    return sha.hexdigest()[:16]


def measure_examples():
    reading = TOP / "examples/reading.json"
    picture = Run("brief", ARTICLES, "--json").picture()
    return (Scoring(load(reading), picture).parts() if picture else {}), digest(reading, TOP / ARTICLES)


def measure_seeds():
    scorer, reading, pile = SHARED / "tools/score_picture.py", SHARED / "gold/seeds.json", SHARED / "seeds"
    if not (scorer.exists() and reading.exists() and pile.exists()):
        print("skipped: the seeds are not here; DEPESCHE_SHARED tells where they lie")
        sys.exit(SKIPPED)
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        file.write(Run("brief", pile, "--json").out)
        file.flush()
        said = subprocess.run([sys.executable, scorer, reading, file.name], stdout=subprocess.PIPE, text=True, check=False).stdout
    return {m[1]: float(m[2]) for m in re.finditer(r"^(.+?) +(\d\.\d+)", said, re.M)}, digest(scorer, reading, pile)


def against(script, sets, measure):
    """What a script of bench/ measures against sets that are not distributed."""
    sys.path.insert(0, str(TOP / "bench"))
    module = importlib.import_module(script)
    if not module.DATA.is_dir():
        print("skipped: the sets are not here; DEPESCHE_SHARED tells where they lie")
        sys.exit(SKIPPED)
    return measure(module), digest(*(module.DATA / name for name in sets))


def measure_copies():
    stories = [f"stories-{name}/dev" for name in ("basil-en", "allsides-en", "wikinews-en")]
    return against("copies_sets", ["lineage-groundnews-en/dev", *stories, "copies-wmt21/dev"],
                   lambda copies_sets: copies_sets.figures(binary()) | importlib.import_module("near_pairs").figures(binary()))


def measure_translations():
    return against("translations_sets", ["trans-wmt-news/dev", "trans-ntrex-ml/dev", "stories-semeval22-pairs/dev"],
                   lambda translations_sets: translations_sets.figures(binary(), quick=True))


def measure_times():
    sets = ["timex-krauts-de", "timex-tempeval3-en", "timex-tempeval2-fr", "timex-tempeval3-es", "timex-tempeval2-it"]
    return against("times_sets", [f"{name}/dev" for name in sets], lambda times_sets: times_sets.figures(binary(), quick=True))


def measure_events():
    sets = ["event-plv-en", "event-case2021-acled-en", "event-petrarch-es", "event-arabic-gsr", "event-plover-gsr-en"]
    return against("events_sets", [f"{name}/dev" for name in sets], lambda events_sets: events_sets.figures(binary(), quick=True))


def measure_names():
    sets = ["names-politicians-ml/dev/politicians.jsonl.gz", "names-variants-ml/dev/jrc_wikidata_pairs.jsonl.gz"]
    return against("name_links", sets, lambda name_links: name_links.figures(pathlib.Path(binary()).parent / "name_links"))


def measure_places():
    return against("places_sets", ["geo-toponyms-en/dev"], lambda places_sets: places_sets.figures(binary(), quick=True))


def measure_actors():
    return against("names_sets", ["ner-wikineural-ml/dev", "ner-germeval2014-de/dev"],
                   lambda names_sets: names_sets.figures(binary(), quick=True))


def measure_drift():
    return against("drift_sets", ["trans-wmt-news/dev"], lambda drift_sets: drift_sets.figures(binary(), quick=True))


def measure_statements():
    return against("quotes_sets", ["quote-wikinews-de/dev", "quote-polnear-en/dev", "quote-adaq-ru-cs/dev"],
                   lambda quotes_sets: quotes_sets.figures(binary(), quick=True))


MEASURE = {"examples": measure_examples, "seeds": measure_seeds, "copies": measure_copies, "translations": measure_translations,
           "times": measure_times, "names": measure_names, "places": measure_places, "actors": measure_actors,
           "drift": measure_drift, "statements": measure_statements, "events": measure_events}


def read_floors():
    """The comment at the head, and the rows in their order: name → (floor, digest)."""
    lines = FLOORS.read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return head, {name: (float(floor), corpus) for name, floor, corpus in rows}


def write_floors(head, floors):
    rows = [f"{name}\t{floor:.2f}\t{corpus}" for name, (floor, corpus) in floors.items()]
    FLOORS.write_text("\n".join(head + ["name\tfloor\tcorpus"] + rows) + "\n", encoding="utf-8")


def main(arguments):
    words = [a for a in arguments if a in MEASURE]
    if not words:
        sys.exit(__doc__)
    corpus = words[0]
    lowered = [b for a, b in zip(arguments, arguments[1:]) if a == "--lower-floor"]
    parts, measured_on = MEASURE[corpus]()
    check(parts, "nothing could be measured")
    figures = {f"{corpus}: {name.strip()}": value for name, value in parts.items()}
    head, floors = read_floors()

    if "--raise-floors" in arguments or lowered:
        for name, value in figures.items():
            floor, was_on = floors.get(name, (0.0, ""))
            now = math.floor(value * 100 + 1e-9) / 100
            if was_on != measured_on or now > floor or name in lowered or name.split(": ")[1] in lowered:
                floors[name] = (now, measured_on)
        write_floors(head, floors)

    for name, value in figures.items():
        print(f"{name:44} {value:.3f}   floor {floors[name][0]:.2f}" if name in floors else f"{name:44} {value:.3f}   no floor yet")
    mine = {name: floor for name, floor in floors.items() if name.startswith(corpus + ":")}
    if corpus != "examples" and any(was_on != measured_on for _, was_on in mine.values()):
        print(f"skipped: these are not the {corpus} that the floors were measured on")
        sys.exit(SKIPPED)
    for name, (floor, was_on) in mine.items():
        check(was_on == measured_on, f"{name}: the corpus is another than the floor was measured on; see tests/quality/floors.tsv")
        check(name in figures, f"{name} has a floor, yet was not measured")
        check(figures.get(name, 1.0) >= floor, f"{name} is {figures.get(name, 0.0):.3f}, its floor {floor:.2f}")
    for name in figures:
        check(name in mine, f"{name} has no floor; see tests/quality/floors.tsv")
    finish("no figure is below its floor")


if __name__ == "__main__":
    main(sys.argv[2:])
