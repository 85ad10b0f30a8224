#!/usr/bin/env python3
"""What an article says is told a fact a line, in every form; odd requests are refused."""
import html
import json
import pathlib
import re
import tempfile

from program import Run, check, finish

NOTE = "Les combats ont repris mercredi à l'aube, a indiqué la mairie d'Alep <3 & plus.\n\nIls dureront trois jours.\n"
KEYS = ["article", "kind", "type", "value", "mod", "quant", "freq", "date", "precision", "evidence"]


def times_of(run):
    return [json.loads(line) for line in run.out.splitlines()]


def told_a_line(folder):
    run = Run("facts", "--only", "time", "--reference", "2024-11-29", "note.txt", cwd=folder)
    facts = times_of(run)
    check(run.status == 0 and facts, f"{run}: {run.status} {run.err!r}")
    for fact in facts:
        check(list(fact) == KEYS, f"{run}: keys {list(fact)}")
        passage = fact["evidence"][0]
        check(passage["article"] == "note" and passage["quote"] in NOTE, f"{run}: {passage}")
    check([f["value"] for f in facts][0].startswith("2024-11-27"), f"{run}: {[f['value'] for f in facts]}")
    check(facts[-1]["value"] == "P3D" and facts[-1]["date"] is None, f"{run}: {facts[-1]}")


def without_reference(folder):
    values = [f["value"] for f in times_of(Run("facts", "--only", "time", "note.txt", cwd=folder))]
    check(values[0].startswith("XXXX-WXX-3"), f"nothing tells which Wednesday: {values}")


def as_timeml(folder):
    run = Run("facts", "--timeml", "--reference", "2024-11-29", "note.txt", cwd=folder)
    out = run.out.decode()
    check('functionInDocument="CREATION_TIME"' in out, f"{run}: {out}")
    text = re.search(r"<TEXT>(.*)</TEXT>", out, re.S).group(1)
    check(html.unescape(re.sub(r"</?TIMEX3[^>]*>", "", text)) == NOTE, f"{run}: the text is not as it was given: {text!r}")


def in_other_forms(folder):
    rows = Run("facts", "--csv", "--only", "time", "note.txt", cwd=folder).out.decode().split("\r\n")
    check(rows[0] == "article,kind,type,says,block,start,end,quote" and rows[1].startswith("note,time,"), f"csv: {rows}")
    check(json.loads(Run("facts", "--geojson", "note.txt", cwd=folder).out)["type"] == "FeatureCollection", "geojson")
    check(b"mercredi" in Run("facts", "--table", "note.txt", cwd=folder).out, "table")


def refuses(folder):
    for options in (["--only", "weather"], ["--only", ""], ["--reference", ""], ["--reference", "0001-01-01"], ["--reference", "2024"], ["--reference", "soon"], ["--csv", "--timeml"], []):
        run = Run("facts", *options, *(["note.txt"] if options else []), cwd=folder)
        check(run.status == 2 and not run.out, f"{run}: {run.status} {run.out!r}")
    run = Run("facts", "missing.txt", cwd=folder)
    check(run.status == 1 and "missing.txt" in run.err, f"{run}: {run.status} {run.err!r}")


with tempfile.TemporaryDirectory() as name:
    FOLDER = pathlib.Path(name)
    (FOLDER / "note.txt").write_text(NOTE, encoding="utf-8")
    for test in (told_a_line, without_reference, as_timeml, in_other_forms, refuses):
        test(FOLDER)
finish("facts are told in every form")
