#!/usr/bin/env python3
"""`families --near` finds the pairs that comparing all sets finds, and bears what people feed to it."""
import csv
import io
import itertools
import json
import pathlib
import random
import re
import tempfile

from program import Run, check, finish

# Han, Kana and Thai, as far as the texts here use them.
UNSPACED = re.compile("([\u4e00-\u9fff\u3040-\u30ff\u0e00-\u0e7f])")


def shingles(text):
    tokens = [part for word in re.findall(r"\w+", text.lower()) for part in UNSPACED.split(word) if part]
    return {tuple(tokens[i:i + 5]) for i in range(len(tokens) - 4)}


def all_pairs(texts, resemblance, containment=2.0):
    sets = {name: shingles(text) for name, text in texts.items()}
    pairs = {}
    for a, b in itertools.combinations(texts, 2):
        both = len(sets[a] & sets[b])
        if both == 0:
            continue
        shares = both / len(sets[a] | sets[b]), both / min(len(sets[a]), len(sets[b]))
        if shares[0] >= resemblance or shares[1] >= containment:
            pairs[a, b] = shares
    return pairs


def jsonl(texts):
    return "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items()).encode()


def near(texts, *options):
    run = Run("families", "--near", "-", *options, stdin=jsonl(texts) if isinstance(texts, dict) else texts)
    rows = [json.loads(line) for line in run.out.splitlines()]
    return run, {(row["a"], row["b"]): (row["resemblance"], row["containment"]) for row in rows}


def same(found, truth):
    return list(found) == list(truth) and all(
        abs(x - y) < 1e-6 for pair in truth for x, y in zip(found[pair], truth[pair]))


def finds_what_comparing_all_finds():
    draw = random.Random(5)
    languages = [
        "The ferry to Northholm ran aground on a sandbank on Tuesday evening, the coast guard said; nobody was hurt.",
        "Die Fähre nach Nordholm lief am Dienstagabend auf eine große Sandbank; laut Küstenwache wurde niemand verletzt.",
        "Le ferry pour Northholm s’est échoué mardi soir sur un banc de sable, selon les garde-côtes : aucun blessé.",
        "Паром в Нортхольм сел на мель во вторник вечером, сообщила береговая охрана; никто не пострадал.",
        "ΤΟ ΠΛΟΙΟ ΠΡΟΣΑΡΑΞΕ ΤΟ ΒΡΑΔΥ ΤΗΣ ΤΡΙΤΗΣ ΣΕ ΑΜΜΩΔΗ ΥΦΑΛΟ, ΕΙΠΕ Ο ΛΙΜΕΝΑΡΧΗΣ.",
        "İstanbul’da İSKELE yakınında karaya oturan vapurdaki IŞIKLAR söndü, kimse yaralanmadı, dedi İl Valisi.",
        "开往北岛的渡船星期二晚上在沙洲上搁浅，海岸警卫队说没有人受伤。",
        "フェリーは火曜日の夜に砂州に乗り上げたが、けが人はいなかったと海上保安庁は述べた。",
        "เรือเฟอร์รี่เกยตื้นบนสันทรายเมื่อเย็นวันอังคาร ไม่มีผู้ได้รับบาดเจ็บ",
        "جنحت العبارة على ضفة رملية مساء الثلاثاء ولم يصب أحد بأذى، بحسب خفر السواحل.",
        "x² + y² = z² for n_1, n_2 and n_3; Ⅷ of ½ e\u0301te\u0301 na\u00efve 𝐀𝐁 c\u00adc",
    ]
    texts = {}
    for i in range(120):
        parts = [draw.choice(languages) for _ in range(draw.randint(1, 4))]
        words = " ".join(parts).split(" ")
        for _ in range(draw.randint(0, 4)):
            words[draw.randrange(len(words))] = draw.choice(("anew", "пять", "船", "Ünder"))
        texts[f"t{i:03}"] = " ".join(words)
    found_any = 0
    for options, limits in ((["--resemblance", "0.3"], (0.3,)), ([], (0.5,)), (["--resemblance", "0.8"], (0.8,)),
                            (["--containment", "0.8"], (0.5, 0.8)),
                            (["--resemblance", "1", "--containment", "0.6"], (1, 0.6))):
        run, found = near(texts, *options)
        truth = all_pairs(texts, *limits)
        found_any += len(truth)
        check(run.status == 0, f"{run} ends with {run.status}: {run.err[-300:]}")
        check(same(found, truth), f"{run}: {len(found)} pairs for {len(truth)}; only here {sorted(set(found) - set(truth))[:5]}, "
              f"only there {sorted(set(truth) - set(found))[:5]}")
        check(near(texts, *options, "--threads", "3")[0].out == run.out, f"{run}: other bytes with three threads")
    check(found_any > 500, f"the texts make only {found_any} pairs")


def prints_what_is_asked_for():
    sea = "the ferry ran aground on a sandbank on tuesday evening"
    records = [{"name": 'a,"1"', "body": sea}, {"name": "b", "body": sea + " again"}]
    lines = "".join(json.dumps(r) + "\n" for r in records).encode()
    run = Run("families", "--near", "--format", "csv", "--field", "text=body", "--field", "id=name", "-", stdin=lines)
    rows = list(csv.reader(io.StringIO(run.out.decode())))
    check(rows == [["a", "b", "resemblance", "containment"], ['a,"1"', "b", "0.857143", "1.000000"]], f"{run}: {rows}")
    run, found = near(lines, "--field", "text=body", "--field", "id=name")
    check(list(found) == [('a,"1"', "b")], f"{run}: {found}")
    run, found = near({"one": sea, "two": sea + " " + sea})
    check(found == {("one", "two"): (0.6, 1.0)}, f"{run}: {found}")
    run = Run("families", "--near", "-", stdin=jsonl({"x": sea}) * 2)
    check("1 article has the id of another" in run.err and run.status == 0, f"{run}: {run.err}")
    for arguments in (["families", "--resemblance", "0.5", "-"], ["families", "--near", "--keep", "-"], ["families", "--near"], ["families", "--near", "--resemblance", "0", "-"],
                      ["families", "--near", "--resemblance", "1.2", "-"], ["families", "--near", "--containment", "nan", "-"],
                      ["families", "--near", "--format", "xml", "-"]):
        run = Run(*arguments)
        check(run.status == 2 and not run.out, f"{run} ends with {run.status}: {run.err[-300:]}")


def bears_bad_input():
    sea = "the ferry ran aground on a sandbank on tuesday evening nobody was hurt "
    run, found = near(jsonl({"empty": "", "word": "word", "other": "word", "a": sea, "blank": " \n "}) + b"{broken\n\xff\n" +
                      jsonl({"b": sea.upper()}))
    check(run.status == 1 and found == {("a", "b"): (1, 1)}, f"{run} ends with {run.status}, {found}: {run.err[-300:]}")
    check("4 inputs rejected" in run.err and 'field "text" is empty' in run.err and "no JSON" in run.err, run.err)

    run, found = near({"once": sea, "often": sea * 1000, "word": "word " * 1000, "words": "word " * 2000})
    check(run.status == 0 and set(found) == {("once", "often"), ("word", "words")}, f"{run}: {found}")

    run, found = near({f"same {i}": sea for i in range(10_000)})
    check(len(found) == 9_999 and all(a == "same 0" for a, _ in found), f"{run}: {len(found)} pairs of 10,000 equal texts")
    check("10000 articles in all" in run.err, run.err)

    draw = random.Random(3)
    long = " ".join(f"w{draw.randrange(10**6)}" for _ in range(2_700_000))
    check(len(long) > 20_000_000, "the long text is 20 MB long")
    run, found = near({"long": long, "again": long + " and one more", "part": long[5_000_000:5_010_000], "a": sea},
                      "--containment", "0.9")
    check(run.status == 0 and set(found) == {("long", "again"), ("long", "part"), ("again", "part")},
          f"{run} ends with {run.status}, {found}: {run.err[-300:]}")

    with tempfile.TemporaryDirectory() as folder:
        for i in range(2000):
            (pathlib.Path(folder) / f"{i:04}.txt").write_text(f"{sea} report {i // 2} of the harbour master {i // 2}\n")
        one, two = (Run("families", "--near", "--resemblance", "0.99", folder, "--threads", n) for n in (1, 2))
        check(one.out == two.out and len(one.out.splitlines()) == 1000, f"{one}: {len(one.out.splitlines())} pairs")


def main():
    finds_what_comparing_all_finds()
    prints_what_is_asked_for()
    bears_bad_input()
    finish("pairs are those of comparing all, and bad input is borne")


if __name__ == "__main__":
    main()
