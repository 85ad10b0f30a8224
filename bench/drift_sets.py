#!/usr/bin/env python3
"""Scores the drift that `depesche brief --json` tells, on news whose copies and translations were altered in one place each.

usage: bench/drift_sets.py [DEPESCHE] [--quick] [--errors] [--read N]

From trans-wmt-news (human translations), by a seeded recipe: one figure, weekday or month, country, surname, negation, hedge or word
inside quotation marks of a text is changed, and nothing else.

one language   a text beside its altered copy: recall is the part of the changes that are told, of the right kind and sentence
across         a text beside its altered translation (no words inside quotation marks: no two languages share any)
left alone     the part of unaltered copies (cut by a paragraph) and unaltered translations of which no drift is told, and for translations
               the part of their sentences

--errors prints what was missed and what was told of unaltered texts; --read N what is told of N unaltered translations
"""
import json
import random
import re
import sys
import tempfile

from sets import DATA, lines_of, output_of, program

SEED = 20261125
WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "ru": "понедельник вторник среду четверг пятницу субботу воскресенье",
}
MONTHS = {
    "en": "January February March April June July August September October November December",
    "de": "Januar Februar März April Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril juin juillet août septembre octobre novembre décembre",
    "ru": "января февраля марта апреля июня июля августа сентября октября ноября декабря",
}
COUNTRIES = {
    "en": "Germany France Italy Spain Poland Russia China Japan India Brazil Canada Turkey Iran Iraq Syria Ukraine Mexico Egypt",
    "de": "Deutschland Frankreich Italien Spanien Polen Russland China Japan Indien Brasilien Kanada Iran Syrien Mexiko Ägypten",
    "fr": "Allemagne France Italie Espagne Pologne Russie Chine Inde Turquie Syrie Ukraine Égypte",
    "ru": "Германии Франции Италии Испании Польше России Китае Японии Индии Канаде Турции Сирии",
}
GIVEN = ("Michael Thomas Peter Martin Andreas Christian Stefan Angela Maria Anna David John James Robert William Donald Joe Boris "
         "Emmanuel Jean Pierre Paul Marie Nicolas Philippe Alexander Sergei Vladimir Dmitry Alexei Richard Daniel Mark Sarah Laura").split()
SURNAMES = "Lindqvist Moravec Okonjo Bellini Tanaka Ferreira Halvorsen Dvorak Castellani Petrakis".split()
NEGATIONS = {  # removed, or put in behind these verbs
    "en": (r"\b(is|was|are|were|has|have|had|will|would|could|did|does|do)(n't| not)\b", "is was are were has have will", "not"),
    "de": (r" nicht\b", "ist war sind waren hat haben wird", "nicht"),
    "fr": (r"\b(?:ne |n')(\w+) pas\b", None, None),
    "ru": (r"\bне ", None, None),
}
HEDGES = {
    "en": (r" (?:reportedly|allegedly|apparently|probably|perhaps|possibly)\b", "was were has have is", "reportedly"),
    "de": (r" (?:angeblich|mutmaßlich|offenbar|vermutlich|wahrscheinlich)\b", "ist war hat haben wurde", "angeblich"),
    "fr": (r"\b(?:serait|auraient|aurait|seraient)\b", "est a ont sont", "apparemment"),
    "ru": (r" (?:якобы|вероятно|предположительно)\b", "был была были", "якобы"),
}


def swapped(text, draw, words):
    """One of `words` in the text for another of them; nothing where none stands there."""
    found = [m for m in re.finditer(r"\b(" + "|".join(words) + r")\b", text)]
    if not found:
        return None
    match = draw.choice(found)
    other = draw.choice([w for w in words if w != match[0]])
    return match.start(), text[:match.start()] + other + text[match.end():]


def number(text, language, draw):
    found = [m for m in re.finditer(r"(?<![\d.,:/-])\d{1,3}(?![\d.,:/-]|\.?\s(?:" + MONTHS[language].replace(" ", "|") + "))", text)
             if int(m[0]) > 2]
    if not found:
        return None
    match = draw.choice(found)
    other = draw.choice([n for n in range(10 ** (len(match[0]) - 1) + 2, 10 ** len(match[0])) if n != int(match[0])])
    return match.start(), text[:match.start()] + str(other) + text[match.end():]


def date(text, language, draw):
    return swapped(text, draw, draw.choice([WEEKDAYS, MONTHS])[language].split()) or swapped(text, draw, WEEKDAYS[language].split())


def place(text, language, draw):
    return swapped(text, draw, COUNTRIES[language].split())


def name(text, language, draw):
    found = list(re.finditer(r"\b(?:" + "|".join(GIVEN) + r") ([A-ZÄÖÜÉ]\w{3,})\b", text))
    if language == "ru" or not found:
        return None
    match = draw.choice(found)
    return match.start(1), text[:match.start(1)] + draw.choice(SURNAMES) + text[match.end(1):]


def turned(text, draw, rules):
    """One word of a kind taken out, or put in."""
    pattern, verbs, word = rules
    found = list(re.finditer(pattern, text))
    if found and (verbs is None or draw.random() < 0.6):
        match = draw.choice(found)
        kept = match[1] if match.lastindex else ""
        return match.start(), text[:match.start()] + kept + text[match.end():]
    found = list(re.finditer(r"\b(" + verbs.replace(" ", "|") + r")(?= \w)", text)) if verbs else []
    if not found:
        return None
    match = draw.choice(found)
    return match.start(), text[:match.end()] + " " + word + text[match.end():]


def negation(text, language, draw):
    return turned(text, draw, NEGATIONS[language])


def hedge(text, language, draw):
    if language == "fr" and (found := list(re.finditer(HEDGES["fr"][0], text))):
        match = draw.choice(found)
        certain = {"serait": "est", "seraient": "sont", "aurait": "a", "auraient": "ont"}[match[0]]
        return match.start(), text[:match.start()] + certain + text[match.end():]
    return turned(text, draw, HEDGES[language])


def quotation(text, language, draw):
    quotes = list(re.finditer(r"[\"“„«]([^\"“”„«»]{30,300})[\"”“»]", text))
    words = re.findall(r"\b[a-zäöüéèа-я]{6,}\b", text)
    if not quotes or len(words) < 20:
        return None
    quote = draw.choice(quotes)
    inside = list(re.finditer(r"\b[a-zäöüéèа-я]{6,}\b", quote[1]))
    if not inside:
        return None
    match = draw.choice(inside)
    begin = quote.start(1) + match.start()
    other = draw.choice([w for w in words if w != match[0]])
    return begin, text[:begin] + other + text[quote.start(1) + match.end():]


RECIPES = {f.__name__: f for f in (number, date, place, name, negation, hedge, quotation)}


def pairs_of_texts():
    """(source language, source, language, translation) of every document, as paragraphs."""
    docs = []
    for doc in lines_of(DATA / "trans-wmt-news/dev/docs.jsonl.gz"):
        target = doc["human"].get("A") or next(iter(doc["human"].values()), None)
        if doc["src_lang"] in WEEKDAYS and doc["tgt_lang"] in WEEKDAYS and target and 5 <= len(target) <= 30:
            docs.append((doc["src_lang"], doc["src"], doc["tgt_lang"], target))
    random.Random(SEED).shuffle(docs)
    return docs


def altered(docs, kinds, count):
    """(kind, position, altered text, document) by turns of the kinds, each document once."""
    draw = random.Random(SEED)
    out, left = [], list(docs)
    while len(out) < count:
        before = len(out)
        for kind in kinds:
            for i, doc in enumerate(left):
                made = RECIPES[kind]("\n".join(doc[3]), doc[2], draw)
                if made:
                    out.append((kind, *made, left.pop(i)))
                    break
            if len(out) == count:
                break
        if len(out) == before:
            break
    return out


def drift_of(depesche, pile):
    """The drift told of each pair, by its number. `pile` holds (language, text, language, text)."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for i, (language_a, a, language_b, b) in enumerate(pile):
            for side, language, text in (("a", language_a, a), ("b", language_b, b)):
                file.write(json.dumps({"id": f"{i}:{side}", "text": text, "language": language, "date": "2020-09-16"}) + "\n")
        file.flush()
        picture = json.loads(output_of(depesche, "brief", "--json", "--quiet", file.name))
    told = [[] for _ in pile]
    for drift in picture["drift"]:
        a, b = drift["a"].split(":")[0], drift["b"].split(":")[0]
        if a == b:
            told[int(a)].append(drift)
    return told


def passage(drift, side):
    return next(e["quote"] for e in drift["evidence"] if e["article"].endswith(side))


def recall(depesche, cases, pile, errors):
    hits, all_of = {}, {}
    for (kind, at, text, _), drifts in zip(cases, drift_of(depesche, pile)):
        sentence = text[:at].rsplit("\n", 1)[-1] + text[at:].split("\n", 1)[0]
        hit = any(d["kind"] == kind and passage(d, "b") in sentence for d in drifts)
        hits[kind] = hits.get(kind, 0) + hit
        all_of[kind] = all_of.get(kind, 0) + 1
        if errors and not hit:
            print(f"missed {kind}: …{text[max(0, at - 60):at + 60]!r}… told: {[(d['kind'], d['because']) for d in drifts]}")
    return hits, all_of


def figures(depesche, quick=False, errors=False, read=0):
    docs = pairs_of_texts()
    count = 100 if quick else 200
    out = {}
    alone = altered(docs, list(RECIPES), count)
    copies = [(doc[2], "\n".join(doc[3]), doc[2], text) for _, _, text, doc in alone]
    across = altered(docs, [k for k in RECIPES if k != "quotation"], count)
    translations = [(doc[0], "\n".join(doc[1]), doc[2], text) for _, _, text, doc in across]
    for name_of, cases, pile in (("one language", alone, copies), ("across", across, translations)):
        hits, all_of = recall(depesche, cases, pile, errors)
        for kind in sorted(all_of):
            print(f"{name_of:13} {kind:10} {hits[kind]:3} of {all_of[kind]:3}")
        out[f"{name_of} recall"] = sum(hits.values()) / max(1, sum(all_of.values()))
    unaltered = docs[-count:]
    cut = [(d[2], "\n".join(d[3]), d[2], "\n".join(d[3][:-1])) for d in unaltered]
    plain = [(d[0], "\n".join(d[1]), d[2], "\n".join(d[3])) for d in unaltered]
    for name_of, pile in (("one language", cut), ("across", plain)):
        told = drift_of(depesche, pile)
        out[f"{name_of} left alone"] = sum(not t for t in told) / len(pile)
        if name_of == "across":
            sentences = sum(len(d[3]) for d in unaltered)
            out["across sentences left alone"] = 1 - sum(len({passage(x, "b") for x in t}) for t in told) / sentences
        for i, drifts in enumerate(told):
            for d in drifts:
                if errors or i < read:
                    print(f"{name_of}: {d['kind']}: {d['because']}\n    {passage(d, 'a')}\n    {passage(d, 'b')}")
    return out


if __name__ == "__main__":
    depesche = program()
    at = sys.argv.index("--read") if "--read" in sys.argv else 0
    found = figures(depesche, "--quick" in sys.argv, "--errors" in sys.argv, int(sys.argv[at + 1]) if at else 0)
    for part, value in found.items():
        print(f"{part:36} {value:.3f}")
