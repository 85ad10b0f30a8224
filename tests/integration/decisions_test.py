#!/usr/bin/env python3
"""What a person decided is written to a plain file, read by every later run, told where it counts, and can be taken back."""
import contextlib
import json
import pathlib
import re
import tempfile

from program import ARTICLES, Run, check, finish

NAME = "depesche.decisions.toml"
BOATS = "Soldiers brought four hundred people out of their houses by boat before the bridge gave way at noon."
COURT = "A court in the capital had rejected an appeal by the engineers who signed the last report on the dam."
ROADS = "The road to the coast stayed closed in both directions and trains stopped before the valley."
LEDE = "A dam above the town broke at dawn on Tuesday and sent water into the lower quarter, the mayor said."
HARVEST = "Farmers in the valley feared for a harvest that had looked better than any of the past ten years."
MARKETS = "Prices at the wholesale market rose by a tenth within hours of the first reports from the province."
SCHOOL = "In the school on the hill volunteers cooked soup for those who had arrived without coats or shoes."
FULL = "\n\n".join((LEDE, BOATS, COURT, ROADS))
PILE = {"ledger": FULL, "herald": FULL, "tribune": "\n\n".join((LEDE, BOATS, COURT)),
        "courier": "\n\n".join((HARVEST, MARKETS, SCHOOL))}


@contextlib.contextmanager
def pile():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name) / "pile"
        folder.mkdir()
        for article, text in PILE.items():
            (folder / f"{article}.txt").write_text(text + "\n", encoding="utf-8")
        yield folder


def succeeds(run, status=0):
    check(run.status == status, f"{run}: exit status {run.status}, not {status}: {run.err[-500:]}")
    return run


def families(folder, *options, status=0):
    run = succeeds(Run("families", folder, "--families", *options), status)
    return [json.loads(line) for line in run.out.splitlines()]


def groups(found):
    return sorted(sorted(family["members"]) for family in found)


def there_and_back():
    with pile() as folder:
        before = {command: Run(*command, folder) for command in (("families",), ("families", "--families"), ("brief", "--json"), ("brief",))}
        found = families(folder)
        check(groups(found) == [["courier"], ["herald", "ledger", "tribune"]], f"families at first: {groups(found)}")
        family = next(f for f in found if len(f["members"]) == 3)
        in_brief = {d["id"] for d in before["brief", "--json"].picture()["dispatches"]}
        check(family["family"] in in_brief, "`brief` knows the family by another id than `families`")

        run = succeeds(Run("split", family["family"][:6], "ledger", folder, "--why", "a “letter” of another day"))
        check(b"split" in run.out and b"ledger from herald, tribune" in run.out, f"{run} says {run.out!r}")
        text = (folder / NAME).read_text(encoding="utf-8")
        check('article = "ledger"' in text and 'from = ["herald", "tribune"]' in text, f"{NAME}: {text}")
        found = families(folder)
        check(groups(found) == [["courier"], ["herald", "tribune"], ["ledger"]], f"families after the split: {groups(found)}")
        reason = r"^ledger was split from herald, tribune by decision of \d{4}-\d\d-\d\d \(a “letter” of another day\)$"
        for family in found:
            told = any(re.search(reason, b) for b in family["because"])
            check(told == ("courier" not in family["members"]), f"because of {family['members']}: {family['because']}")
        run = succeeds(Run("brief", folder))
        check("by decision of" in " ".join(run.out.decode().split()), f"{run} does not tell the decision")
        check("passed over" not in run.err and NAME not in run.err, f"the decisions file is taken for a stranger: {run.err}")
        # Named among others, as "folder/*" does, it is the pile's decisions all the same.
        named = succeeds(Run("families", *sorted(folder.iterdir()), "--families"))
        check(named.out == succeeds(Run("families", folder, "--families")).out, "files named one by one: other families")

        succeeds(Run("join", "ledger", "tribune", folder))
        for command, run in before.items():
            again = succeeds(Run(*command, folder))
            check(again.out == run.out, f"{again}, split and joined back: other bytes than at first")

        states = [json.loads(line)["state"] for line in succeeds(Run("decide", folder, "--json")).out.splitlines()]
        check(states == ["overridden", "in force"], f"states: {states}")
        succeeds(Run("decide", folder, "--undo", 2))
        check(groups(families(folder)) == [["courier"], ["herald", "tribune"], ["ledger"]], "the split counts again")
        succeeds(Run("decide", folder, "--undo", 1))
        check(Run("families", folder).out == before["families",].out, "all undone: other bytes than at first")
        run = succeeds(Run("decide", folder))
        check(run.out.count(b"[undone]") == 2, f"{run}: {run.out!r}")
        succeeds(Run("decide", folder, "--undo", 1), status=2)
        succeeds(Run("decide", folder, "--undo", 3), status=2)


def translation_split():
    """What `families` calls a translation can be taken out of its family like any other printing."""
    with tempfile.TemporaryDirectory() as name:
        other = pathlib.Path(name) / "elsewhere.toml"
        found = families(ARTICLES)
        family = next(f for f in found if "ormel-01-gazette" in f["members"])
        if "ormel-03-talbote" not in family["members"]:
            return  # without the dictionaries it is told as no translation
        succeeds(Run("split", family["family"], "ormel-03-talbote", ARTICLES, "--decisions", other, "--why", "told wrongly"))
        after = next(f for f in families(ARTICLES, "--decisions", other) if "ormel-01-gazette" in f["members"])
        check(set(family["members"]) - set(after["members"]) == {"ormel-03-talbote"}, f"after the split: {after['members']}")


def strangers_joined():
    with pile() as folder:
        other = folder.parent / "elsewhere.toml"
        run = succeeds(Run("join", "courier", "herald", "--decisions", other, "--why", "one desk"))  # no paths: taken at their word
        check(groups(families(folder)) == [["courier"], ["herald", "ledger", "tribune"]], "a file elsewhere decides unasked")
        found = families(folder, "--decisions", other)
        check(groups(found) == [["courier", "herald", "ledger", "tribune"]], f"joined: {groups(found)}")
        check(any(b.startswith("courier was joined with herald by decision of ") for b in found[0]["because"]),
              f"because of the joined family: {found[0]['because']}")
        check(not (folder / NAME).exists(), f"--decisions, yet {NAME} is there")
        # The order of unrelated entries is nobody's business.
        one = '[[split]]\narticle = "ledger"\nfrom = ["herald", "tribune"]\n'
        two = '[[join]]\na = "nobody"\nb = "courier"\n'
        outs = set()
        for text in (one + two, two + one, "# a comment\n\n" + two + "\n\n" + one):
            other.write_text(text, encoding="utf-8")
            outs.add(succeeds(Run("families", folder, "--families", "--decisions", other)).out)
        check(len(outs) == 1, "the order of unrelated decisions changes the families")


def refusals():
    with pile() as folder:
        family = next(f["family"] for f in families(folder) if len(f["members"]) == 3)
        alone = next(f["family"] for f in families(folder) if len(f["members"]) == 1)
        for arguments, word in ((("split", "dffff0000", "ledger", folder), "dffff0000"), (("split", "d", "ledger", folder), "families"),
                                (("split", family, "courier", folder), "courier"), (("split", alone, "courier", folder), "courier"),
                                (("split", family, "ledger"), "PATH"), (("join", "ledger", "ledger"), "itself"),
                                (("join", "ledger", "nobody", folder), "nobody"), (("decide", folder, "--undo", "1"), "no such file")):
            run = succeeds(Run(*arguments, cwd=folder), status=2)
            check(word in run.err and not run.out, f"{run} says {run.err!r}, {run.out!r}")
        check(not (folder / NAME).exists(), "what was refused was written")
        check(succeeds(Run("decide", folder)).out == b"", "decisions where nobody decided")


def damaged_files():
    with pile() as folder:
        file = folder / NAME
        file.write_text('[[split]]\narticle = 3\nfrom = ["a"]\n\n[[join]]\na = "courier"\nb = "herald"\n', encoding="utf-8")
        run = Run("families", folder, "--families")
        check(run.status == 1 and f"{NAME}:2: split: `article`" in run.err, f"a damaged entry: {run.status}, {run.err!r}")
        check(groups(map(json.loads, run.out.splitlines())) == [["courier", "herald", "ledger", "tribune"]], "the sound entry was lost")
        check(Run("brief", folder).status == 1, "brief does not mind the damaged entry")
        check(Run("decide", folder).status == 1, "decide does not mind the damaged entry")
        run = succeeds(Run("join", "courier", "ledger", folder), status=1)
        check(b"  3  " in run.out, f"the entry behind a damaged one is the third: {run.out!r}")

        broken = '[[split]\narticle = "ledger"\n'
        file.write_text(broken, encoding="utf-8")
        for arguments in (("families", folder), ("brief", folder), ("split", "d", "ledger", folder), ("join", "a", "b", folder), ("decide", folder)):
            run = Run(*arguments)
            check(run.status == 1 and f"{NAME}:1: is no TOML" in run.err and not run.out, f"{run}: {run.status}, {run.err!r}, {run.out[:80]!r}")
        check(file.read_text(encoding="utf-8") == broken, "a file that is no TOML was written to")

        missing = folder / "missing.toml"
        run = Run("families", folder, "--decisions", missing)
        check(run.status == 1 and "no such file" in run.err and not run.out, f"{run}: {run.status}, {run.err!r}")
    with pile() as folder:
        for article in PILE:
            (folder / f"{article}.txt").unlink()
        (folder / NAME).write_text("# nothing\n", encoding="utf-8")
        run = Run("brief", folder / NAME)
        check(run.status == 1 and "holds decisions" in run.err, f"decisions alone are no articles: {run.status}, {run.err!r}")


def main():
    there_and_back()
    translation_split()
    strangers_joined()
    refusals()
    damaged_files()
    finish("decisions were written, heeded, told and taken back")


if __name__ == "__main__":
    main()
