#!/usr/bin/env python3
"""Temporal expressions against the test cases of Microsoft's Recognizers-Text, nine languages: short sentences as one writes them to an
assistant ("I'll be out from 4 to 22 this month"), not news.

A case is found where each of its results overlaps what we found, and right where each is found and one of its listed resolutions, that of
the past or that of the future, is what we say. A range is what our expressions in it span, from the first to the last. Where we say less
("three years ago" is a year in TIMEX3, a day there), it is right where it holds the day.

usage: bench/times_recognizers.py DEPESCHE [--quick] [--errors LANGUAGE]

--quick             the first cases of each language
--errors LANGUAGE   what is missed or wrong in one language, a line each
"""
import collections
import datetime
import re
import sys

from sets import DATA, lines_of, program
from times_sets import moved, run

CASES = DATA / "timex-recognizers-ml/dev/cases.jsonl.gz"
QUICK_CASES = 100
SECONDS = {"S": 1, "M": 60, "H": 3600}
DAYS = {"D": 1, "W": 7, "M": 30, "Q": 90, "Y": 365, "DE": 3650, "CE": 36500, "WE": 2}


def seconds_of(duration):
    """Of P1Y or PT20M, as the cases count them; nothing for PXD."""
    total, in_clock = 0, False
    for clock, number, unit in re.findall(r"(T)|([\d.X]+)([A-Z]+)", duration[1:]):
        if clock:
            in_clock = True
        elif number == "X" or unit not in (SECONDS if in_clock else DAYS):
            return None
        else:
            total += float(number) * (SECONDS[unit] if in_clock else DAYS[unit] * 86400)
    return total


def interval_of(value):
    """First moment of a TIMEX3 value and the first behind it; nothing for what is no date."""
    day = datetime.timedelta(days=1)
    if clock := re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)", value):
        begin = datetime.datetime.fromisoformat(clock[1]) + int(clock[2]) * 60 * datetime.timedelta(minutes=1)
        begin += datetime.timedelta(minutes=int(clock[3]))
        return begin, begin
    if whole := re.fullmatch(r"(\d{4}-\d\d-\d\d)(T[A-Z]{2})?", value):
        begin = datetime.datetime.fromisoformat(whole[1])
        return begin, begin + day
    if week := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = datetime.datetime.fromisocalendar(int(week[1]), int(week[2]), 1)
        return (monday + 5 * day, monday + 7 * day) if week[3] else (monday, monday + 7 * day)
    months, first = 0, 1
    if part := re.fullmatch(r"(\d{4})-([QH]?)(\d+)", value):
        months = {"": 1, "Q": 3, "H": 6}[part[2]]
        first = (int(part[3]) - 1) * months + 1
        year = int(part[1])
    elif re.fullmatch(r"\d{2,4}", value):
        years = 10 ** (4 - len(value))
        months, year = 12 * years, int(value) * years
    if not months or not 1 <= first <= 12 or not 1 <= year <= 9000:
        return None
    end = year * 12 + first - 1 + months
    return datetime.datetime(year, first, 1), datetime.datetime(end // 12, end % 12 + 1, 1)


def moment(words):
    return datetime.datetime.fromisoformat(words[:19].replace("T", " "))


def resolutions(result):
    """(timex, first moment or day, last) of each reading of a result; a duration's seconds as first."""
    if "values" in result:
        for value in result["values"] or []:
            yield value.get("timex", ""), value.get("value") or value.get("start"), value.get("end")
        return
    for side in ("past", "future"):
        reading = result.get(side) or {}
        one = next((v for k, v in reading.items() if k in ("date", "dateTime", "time", "duration", "set")), None)
        start = next((v for k, v in reading.items() if k.startswith("start")), one)
        yield result.get("timex") or "", start, next((v for k, v in reading.items() if k.startswith("end")), None)


def is_same(mine, timex, first, last, reference):
    """Whether our values, in the order of the text, say what one resolution does."""
    if timex and any(value in (timex, timex.replace("(", "").replace(")", "")) for _, value in mine):
        return True
    if (kind := mine[0][0]) in ("DURATION", "SET"):
        seconds = seconds_of(mine[0][1])
        if kind == "SET" or seconds is None or not first or not re.fullmatch(r"[\d.]+", first):
            return False
        return abs(seconds - float(first)) < 1
    spans = [interval_of(value) for _, value in mine]
    if None in spans:
        return False
    has_clock = any(re.search(r"T\d", value) for _, value in mine)
    try:
        days = [words and moment(words if "-" in words else f"{reference} {words}") for words in (first, last)]
    except ValueError:
        return False
    begin, end = min(spans)[0], max(s[1] for s in spans)
    if days[1] is None or days[0] is None:
        one = days[0] or days[1]
        if one is None:
            return False
        if has_clock:
            return one in [s[0] for s in spans]
        has_hour = one.time() != datetime.time()
        return (begin <= one < end) if not has_hour else "T" in mine[-1][1] and begin <= one < end
    if any(re.search(r"T[A-Z]", value) for _, value in mine):
        return begin <= days[0] < end
    last_begin = max(s[0] for s in spans)
    return begin == days[0] and days[1] in (end, last_begin, end - datetime.timedelta(days=1))


def is_told(case):
    return case["reference"] and case["results"] and all(isinstance(r.get("start"), int) for r in case["results"])


def score(depesche, language, cases, errors=False):
    found = run(depesche, language, [(c["id"], c["reference"][:10], c["input"], []) for c in cases])
    counts = collections.Counter()
    for case in cases:
        mine, printed = found.get(case["id"], ([], case["input"]))
        mine = moved(mine, case["input"], printed) or []
        is_found = is_right = True
        for result in case["results"]:
            start, end = result["start"], result["start"] + result["length"]
            hits = [(m[2], m[3]) for m in mine if m[0] < end and start < m[1]]
            listed = [r for r in resolutions(result) if r[0] or r[1] or r[2]]
            right = bool(hits) and (not listed or any(is_same(hits, *r, case["reference"][:10]) for r in listed))
            is_found &= bool(hits)
            is_right &= right
            if errors and not right:
                what = "wrong" if hits else "missed"
                print(f"{what}\t{result['text']}\t{hits}\t{listed[:2]}\t{case['reference'][:10]}\t{case['input'][:120]}")
        counts["cases"] += 1
        counts["found"] += is_found
        counts["right"] += is_right
    return counts


def figures(depesche, quick=False):
    """All figures, by name, from 0 to 1."""
    by_language = collections.defaultdict(list)
    for case in lines_of(CASES):
        if is_told(case):
            by_language[case["lang"]].append(case)
    out = {}
    print("language  cases  found  right")
    for language, cases in sorted(by_language.items()):
        counts = score(depesche, language, cases[:QUICK_CASES] if quick else cases)
        for what in ("found", "right"):
            out[f"recognizers {language} {what}"] = counts[what] / counts["cases"]
        print(f"{language:8}  {counts['cases']:5}  {counts['found'] / counts['cases']:.3f}  {counts['right'] / counts['cases']:.3f}")
    return out


if __name__ == "__main__":
    if "--errors" in sys.argv:
        at = sys.argv.index("--errors")
        LANGUAGE = sys.argv[at + 1]
        del sys.argv[at:at + 2]
        score(program(), LANGUAGE, [c for c in lines_of(CASES) if c["lang"] == LANGUAGE and is_told(c)], errors=True)
    else:
        QUICK = "--quick" in sys.argv
        sys.argv = [a for a in sys.argv if a != "--quick"]
        figures(program(), QUICK)
