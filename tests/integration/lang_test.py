#!/usr/bin/env python3
"""`lang check` runs the examples of a pack and tells how much of a text is known."""
import pathlib
import tempfile

from program import Run, check, finish


def main():
    fine = Run("lang", "check", "de")
    check(fine.status == 0 and "0 failing" in fine.out.decode(), f"the German pack fails: {fine.out.decode()}")
    check(Run("lang", "check", "xx").status == 2, "there is no language xx")
    with tempfile.TemporaryDirectory() as folder:
        text = pathlib.Path(folder, "a.txt")
        text.write_text("Am Montag brannten zwölf Dörfer, sagte der Bürgermeister.\n", encoding="utf-8")
        told = Run("lang", "check", "de", "--text", text)
        check(told.status == 0 and "1 quantities" in told.out.decode() and "100.0 % with a cue" in told.out.decode(),
              f"of the text: {told.out.decode()}")
        check(Run("lang", "check", "de", "--text", pathlib.Path(folder, "none.txt")).status == 2, "there is no such text")
    finish("the pack is checked")


if __name__ == "__main__":
    main()
