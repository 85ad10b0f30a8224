#!/usr/bin/env python3
"""`actors` lists who is named as the picture has them, and each mention stands where it says."""
import json
import pathlib
import tempfile

from program import ARTICLES, Run, check, finish

TYPES = {"person", "organisation", "news agency", "outlet", "state", "government body", "armed group", "population"}


def lines(run):
    return [json.loads(line) for line in run.out.decode().splitlines()]


def main():
    actors = lines(Run("actors", ARTICLES, "--json"))
    picture = Run("brief", ARTICLES, "--json").picture()
    known = {actor["id"]: actor for actor in picture["actors"]}
    check(len(actors) > 0, "nobody is named")
    for actor in actors:
        check(known.get(actor["id"]) == actor, f"{actor['name']}: not as in the picture")
        check(actor["type"] in TYPES, f"{actor['name']}: {actor['type']} is no type")
        check(actor["mentions"] > 0 and any(actor["names"].values()), f"{actor['name']}: stands nowhere")
    check([a["mentions"] for a in actors] == sorted((a["mentions"] for a in actors), reverse=True), "the most named come first")

    texts = {a["id"]: [b["text"] for b in a["blocks"]] for a in picture["articles"]}
    mentions = lines(Run("actors", ARTICLES, "--json", "--mentions"))
    for m in mentions:
        check(texts[m["article"]][m["block"]][m["start"]:m["end"]] == m["quote"], f"{m['quote']!r} stands elsewhere")
        check(m["type"] == "place" or m["actor"] in known, f"{m['quote']!r} names nobody known")

    with tempfile.TemporaryDirectory() as folder:
        text = "The mayor, Jane Dorrit, visited the harbour on Tuesday after the fire. Dorrit spoke with the workers there.\n"
        pathlib.Path(folder, "a.txt").write_text(text, encoding="utf-8")
        table = Run("actors", folder).out.decode()
        check("Jane Dorrit" in table and "person" in table and "mayor" in table, f"the table tells no mayor:\n{table}")
    check(Run("actors", ARTICLES, "--mentions").status == 2, "--mentions is for programs, with --json")
    finish(f"{len(actors)} actors, {len(mentions)} mentions")


if __name__ == "__main__":
    main()
