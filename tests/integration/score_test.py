#!/usr/bin/env python3
"""No figure falls below its floor in tests/quality/floors.tsv.

usage: score_test.py DEPESCHE examples|seeds|copies|translations|names [--raise-floors] [--lower-floor PART]…

  examples   examples/reading.json against the picture of examples/articles
  seeds      a reading that is not distributed ($DEPESCHE_SHARED), scored by its own scorer; skipped where it is not here

  copies     families and near-duplicates against public sets that are not distributed (bench/copies_sets.py, bench/near_pairs.py)
  names      names of persons, places and organisations against public sets (bench/names_sets.py --quick)
  translations  the same across languages (bench/translations_sets.py --quick)

  --raise-floors       write what is measured now; lowers no floor as long as its corpus is the same
  --lower-floor PART   write what is measured now for this part, even if it is less; say why in the commit
"""
import hashlib
import math
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


def measure_copies():
    sys.path.insert(0, str(TOP / "bench"))
    import copies_sets
    import near_pairs
    if not copies_sets.DATA.is_dir():
        print("skipped: the sets are not here; DEPESCHE_SHARED tells where they lie")
        sys.exit(SKIPPED)
    sets = ["lineage-groundnews-en", *copies_sets.STORIES, "copies-wmt21"]
    return copies_sets.figures(binary()) | near_pairs.figures(binary()), digest(*(copies_sets.DATA / name / "dev" for name in sets))


def measure_translations():
    sys.path.insert(0, str(TOP / "bench"))
    import translations_sets
    if not translations_sets.DATA.is_dir():
        print("skipped: the sets are not here; DEPESCHE_SHARED tells where they lie")
        sys.exit(SKIPPED)
    sets = ["trans-wmt-news", "trans-ntrex-ml", "stories-semeval22-pairs"]
    return translations_sets.figures(binary(), quick=True), digest(*(translations_sets.DATA / name / "dev" for name in sets))


def measure_names():
    sys.path.insert(0, str(TOP / "bench"))
    import names_sets
    if not names_sets.DATA.is_dir():
        print("skipped: the sets are not here; DEPESCHE_SHARED tells where they lie")
        sys.exit(SKIPPED)
    return names_sets.figures(binary(), quick=True), digest(*(names_sets.DATA / name / "dev" for name in ("ner-wikineural-ml", "ner-germeval2014-de")))


MEASURE = {"names": measure_names, "examples": measure_examples, "seeds": measure_seeds, "copies": measure_copies, "translations": measure_translations}


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
