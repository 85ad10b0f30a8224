#!/usr/bin/env python3
"""Sentences of two articles are linked, one JSON line a link; lines of prepared sentences are taken as they are."""
import json
import pathlib
import re
import tempfile

from program import Run, check, finish

FERRY = "The ferry to Norrum ran aground at dawn on Monday with ninety passengers."
CRANE = "A crane of the shipyard lifted the damaged rudder out of the water by noon."
MAYOR = "Mayor Ilse Brandt promised the islanders a replacement within two days."
STORM = "Gusts of up to 110 kilometres an hour had been forecast for the whole coast."
FRENCH = """Le gouvernement a annoncé lundi la réouverture de l'hôpital de Lyon après le tremblement de terre.

Le maire a déclaré que 27 personnes avaient été blessées et que la route de l'aéroport restait fermée.

La police a arrêté trois suspects dans la nuit de mardi, soupçonnés d'avoir pillé des magasins.
"""
GERMAN = """Die Regierung hat am Montag angekündigt, das Krankenhaus in Lyon nach dem Erdbeben wieder zu öffnen.

Der Bürgermeister sagte, 27 Menschen seien verletzt worden und die Straße zum Flughafen bleibe gesperrt.

Die Polizei nahm in der Nacht zum Dienstag drei Verdächtige fest, die Geschäfte geplündert haben sollen.
"""
LINE = re.compile(rb'\{"a":\[\d+(,\d+)?\],"b":\[\d+(,\d+)?\],"score":[01]\.\d{4}\}')


def align(folder, a, b, *options):
    """The run over two files of these bytes."""
    for name, content in (("a.txt", a), ("b.txt", b)):
        if content is not None:
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return Run("align", *options, "a.txt", "b.txt", cwd=folder)


def links(run):
    for line in run.out.splitlines():
        check(LINE.fullmatch(line), f"{run}: not one link with its keys in order: {line!r}")
    return [(tuple(link["a"]), tuple(link["b"])) for link in map(json.loads, run.out.splitlines())]


def prepared_sentences(folder):
    both = f"{CRANE[:-1]}, and {MAYOR}"
    run = align(folder, f"{FERRY}\n\n{CRANE}\n{MAYOR}\n{STORM}", f"{STORM}\r\n{FERRY}\r\n{both}\r\n", "--sentences")
    check(run.status == 0 and not run.err, f"{run}: {run.status} {run.err!r}")
    check(links(run) == [((0,), (1,)), ((2, 3), (2,)), ((4,), (0,))], f"{run}: {run.out!r}")
    run = align(folder, f"{FERRY} {CRANE}\n", f"{FERRY} {CRANE}\n", "--sentences")
    check(links(run) == [((0,), (0,))], f"{run}: a line of two sentences is one sentence: {run.out!r}")
    run = align(folder, "", f"{FERRY}\n", "--sentences")
    check(run.status == 0 and not run.out, f"{run}: no sentences, no links: {run.status} {run.out!r} {run.err!r}")


def articles(folder):
    """What is linked are the sentences of the body; the titles, which are equal here, are none."""
    title = "Ferry aground off Norrum\n\n"
    run = align(folder, f"{title}{FERRY} {CRANE}\n\n{MAYOR}\n", f"{title}{STORM}\n\n{CRANE} {MAYOR}\n")
    check(run.status == 0, f"{run}: {run.status} {run.err!r}")
    check(links(run) == [((1,), (1,)), ((2,), (2,))], f"{run}: {run.out!r}")


def summary(folder):
    """One object, keys in a fixed order, for articles and for lines."""
    keys = ["grade", "share_of_a", "share_of_b", "linked_share_of_a", "linked_share_of_b", "resemblance", "containment",
            "verbatim", "evidence", "plain_words", "links", "words_of_a", "words_of_b"]
    text = "\n".join([FERRY, CRANE, MAYOR, STORM])
    for options in (["--summary"], ["--summary", "--sentences"]):
        for other, grade in ((text, "near_copy"), ("The council of Elmsford voted for a new school on the hill.\n", "none")):
            run = align(folder, text, other, *options)
            check(run.status == 0 and run.out.count(b"\n") == 1, f"{run}: {run.status} {run.out!r} {run.err!r}")
            found = json.loads(run.out)
            check(list(found) == keys, f"{run}: {list(found)}")
            check(found["grade"] == grade, f"{run}: {found}")
            check((found["share_of_a"] == 1) == (grade == "near_copy"), f"{run}: {found}")


def two_languages(folder):
    run = align(folder, FRENCH, GERMAN)
    check(links(run) == [((i,), (i,)) for i in range(3)], f"{run}: {run.out!r}")
    found = json.loads(align(folder, FRENCH, GERMAN, "--summary").out)
    check(found["grade"] == "translation" and found["linked_share_of_a"] == 1 and found["links"] == 3, f"{found}")
    check(found["share_of_a"] == 0, f"two languages share no wording: {found}")
    found = json.loads(align(folder, FRENCH, "Der FC gewann am Samstag mit zwei Toren.\n", "--summary").out)
    check(found["grade"] == "none", f"{found}")
    align(folder, FRENCH, GERMAN)
    run = Run("diff", "a.txt", "b.txt", cwd=folder)
    check(run.status == 0 and b"said in both languages: 100 %" in run.out and run.out.count(b" = ") == 4, f"{run}: {run.out.decode()}")


def bad_input(folder):
    (folder / "two.jsonl").write_text("".join(json.dumps({"id": i, "text": FERRY + " " + CRANE}) + "\n" for i in "ab"))
    for options in ([], ["--sentences"]):
        for bad in ("not-there.txt", ".", "picture.bin"):
            (folder / "a.txt").write_text(FERRY + "\n")
            (folder / "picture.bin").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 64)
            run = Run("align", *options, "a.txt", bad, cwd=folder)
            check(run.status == 1 and not run.out, f"{run}: {run.status} {run.out[:100]!r}")
            check(run.err.startswith("depesche: ") and (bad == "." or bad in run.err), f"{run}: {run.err!r}")
    run = Run("align", "a.txt", "two.jsonl", cwd=folder)
    check(run.status == 1 and "two.jsonl: align takes one article, here are 2" in run.err, f"{run}: {run.status} {run.err!r}")
    for command in ("align", "diff"):
        run = Run(command, "-", "-", stdin=FERRY.encode(), cwd=folder)
        check(run.status == 2 and not run.out and "only once" in run.err, f"{run}: {run.status} {run.err!r}")
    evil = "evil\x1b[2J.txt"
    (folder / evil).write_bytes(f"{FERRY} “Élodie Brânză” — cafés\n".encode() * 9 + b"\xff\n")
    (folder / f"{evil}l.jsonl").write_bytes((folder / "two.jsonl").read_bytes())
    for arguments in (["--sentences", evil, "a.txt"], [f"{evil}l.jsonl", "a.txt"]):
        run = Run("align", *arguments, cwd=folder)
        check("\\x1b[2J" in run.err and "\x1b" not in run.err, f"a file's name commands the terminal: {run.err!r}")
    for arguments in (["align"], ["align", "a.txt"], ["align", "--no-such-option", "a.txt", "a.txt"]):
        run = Run(*arguments, cwd=folder)
        check(run.status == 2 and run.err and not run.out, f"{run}: {run.status}")


def main():
    for test in (prepared_sentences, articles, summary, two_languages, bad_input):
        with tempfile.TemporaryDirectory() as folder:
            test(pathlib.Path(folder))
    finish("sentences of articles and of lines were linked")


main()
