#!/usr/bin/env python3
"""Events against sets of marked events.

event-plv-en           sentence with a marked source and target: PLOVER's root of the event whose words for who and whom cover the marked
                       ones best; no event is wrong. Macro-F1 over 15 roots (YIELD is CONCEDE or RETREAT).
event-case2021-acled   snippet with one label of ACLED's sub-event types and five more: that of its main event. Weighted F1 over 30 labels.
event-petrarch-es, event-arabic-gsr, event-plover-gsr-en   detection and type.

usage: bench/events_sets.py DEPESCHE [--quick] [--errors SET]

--quick        a sample of each set
--errors SET   what is wrong in one set (plv, acled, petrarch, arabic, gsr), a line each
"""
import collections
import json
import pathlib
import re
import sys
import tempfile

from sets import DATA, lines_of, output_of, program

ONTOLOGY = pathlib.Path(__file__).resolve().parent.parent / "data" / "ontology" / "events.rules"
QUICK_STEP = 4  # every fourth
# PLOVER's older names in event-petrarch-es.
OLD_NAMES = {"DEMAND": "REQUEST", "SACTION": "SANCTION", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "CRIME": "ASSAULT"}


def acled_labels():
    """The nearest label of each class of event."""
    labels, name = {}, None
    for line in ONTOLOGY.read_text().splitlines():
        field, _, value = line.partition(" ")
        if field == "rule":
            name = value.strip()
        elif field == "acled":
            labels[name] = value.strip()
    return labels


def events_of(depesche, language, texts):
    """The events found in each of (id, text), in the order of the text."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as pile:
        for id_, text in texts:
            pile.write(json.dumps({"id": id_, "text": text, "language": language}) + "\n")
        pile.flush()
        found = collections.defaultdict(list)
        for line in output_of(depesche, "facts", "--only", "event", "--quiet", pile.name).decode().splitlines():
            fact = json.loads(line)
            found[fact["article"]].append(fact)
    return found


def covered(marked, words):
    """Share of the marked words that stand in `words`."""
    wanted = re.findall(r"\w+", marked.lower())
    there = set(re.findall(r"\w+", (words or "").lower()))
    return sum(w in there for w in wanted) / len(wanted) if wanted else 0.0


def f1_scores(pairs):
    """F1 of each gold label, and how often each is gold, of (gold, mine) pairs."""
    gold, mine, hits = collections.Counter(), collections.Counter(), collections.Counter()
    for right, found in pairs:
        gold[right] += 1
        mine[found] += 1
        hits[right] += right == found
    return {k: 2 * hits[k] / (gold[k] + mine[k]) for k in gold}, gold


def root_of(type_):
    return "YIELD" if type_ in ("CONCEDE", "RETREAT") else type_


def score_plv(depesche, quick=False, errors=False):
    rows = list(lines_of(DATA / "event-plv-en/dev/PLV_train.jsonl.gz"))[::QUICK_STEP if quick else 1]
    found = events_of(depesche, "en", [(str(i), r["text"]) for i, r in enumerate(rows)])
    pairs = []
    for i, row in enumerate(rows):
        best, best_fit = None, -1.0
        for event in found[str(i)]:
            if not event["type"]:
                continue
            # Words on the wrong side count less.
            fit = covered(row["source"], event["subject"]) + covered(row["target"], event["object"])
            fit += 0.4 * (covered(row["target"], event["subject"]) + covered(row["source"], event["object"]))
            if fit > best_fit + 0.05:
                best, best_fit = event, fit
        mine = root_of(best["type"]) if best else ""
        pairs.append((row["gold_root"], mine))
        if errors and mine != row["gold_root"]:
            tried = " ; ".join(f"{e['class']}[{e['trigger']}] {e['subject']} > {e['object']}" for e in found[str(i)])
            print(f"{row['gold_root']}\t{mine or '-'}\t{row['marked']}\t{tried}")
    by_root, gold = f1_scores(pairs)
    figure = sum(by_root.values()) / len(by_root)
    accuracy = sum(a == b for a, b in pairs) / len(pairs)
    print(f"plv: {len(rows)} sentences, none found in {sum(b == '' for _, b in pairs)}; root macro-F1 {figure:.3f}, accuracy {accuracy:.3f}; "
          + " ".join(f"{k} {v:.2f}" for k, v in sorted(by_root.items())))
    return {"plv root macro-F1": figure, "plv root accuracy": accuracy}


# Of several events the one that says more of what kind it was: a grenade was thrown, then somebody was killed.
WEIGHT = collections.defaultdict(lambda: 3, {
    "CHEM_WEAP": 9, "SUIC_BOMB": 9, "GRENADE": 8.5, "SEX_VIOL": 8, "ATTRIB": 8, "HQ_ESTABLISHED": 8, "FORCE_AGAINST_PROTEST": 7.2,
    "GOV_REGAINS_TERIT": 7, "NON_STATE_ACTOR_OVERTAKES_TER": 7, "NON_VIOL_TERRIT_TRANSFER": 6.5, "ABDUCT_DISSAP": 7, "DISR_WEAP": 6.5,
    "AIR_STRIKE": 6, "VIOL_DEMONSTR": 6, "REM_EXPLOS": 5.5, "MOB_VIOL": 5.5, "ART_MISS_ATTACK": 5, "NATURAL_DISASTER": 5.2,
    "MAN_MADE_DISASTER": 5, "PEACE_PROTEST": 5, "ORG_CRIME": 4.6, "PROPERTY_DISTRUCT": 4.5, "ARREST": 4.2, "AGREEMENT": 4.4,
    "CHANGE_TO_GROUP_ACT": 4.3, "ARMED_CLASH": 4, "DIPLO": 3.6, "OTHER": 3.4, "ATTACK": 3.2})


def label_of(events, labels):
    known = [(labels[e["class"]], k) for k, e in enumerate(events) if e["class"] in labels]
    if not known:
        return ""
    counts = collections.Counter(label for label, _ in known)
    first = {}
    for label, k in known:
        first.setdefault(label, k)
    return max(first, key=lambda label: (WEIGHT[label] + 0.6 * min(3, counts[label]) - 0.4 * first[label], -first[label]))


def score_acled(depesche, quick=False, errors=False):
    rows = list(lines_of(DATA / "event-case2021-acled-en/dev/case2021_task2.jsonl"))[::QUICK_STEP if quick else 1]
    found = events_of(depesche, "en", [(str(i), r["text"]) for i, r in enumerate(rows)])
    labels = acled_labels()
    pairs = []
    for i, row in enumerate(rows):
        mine = label_of(found[str(i)], labels)
        pairs.append((row["label"], mine))
        if errors and mine != row["label"]:
            tried = " ; ".join(f"{e['class']}[{e['trigger']}]" for e in found[str(i)])
            print(f"{row['label']}\t{mine or '-'}\t{row['text'][:260]}\t{tried}")
    by_label, gold = f1_scores(pairs)
    weighted = sum(by_label[k] * gold[k] for k in gold) / len(rows)
    print(f"acled: {len(rows)} snippets, none found in {sum(b == '' for _, b in pairs)}; weighted F1 {weighted:.3f}; "
          + " ".join(f"{k} {v:.2f}" for k, v in sorted(by_label.items())))
    return {"acled weighted F1": weighted}


def score_petrarch(depesche, quick=False, errors=False):
    out = {}
    for name in ("es_protest_plover", "es_fight_cameo", "es_cameo"):
        rows = list(lines_of(DATA / f"event-petrarch-es/dev/{name}.jsonl"))[::QUICK_STEP if quick else 1]
        found = events_of(depesche, "es", [(str(i), r["text"]) for i, r in enumerate(rows)])
        hits = gold_all = mine_all = any_ = 0
        for i, row in enumerate(rows):
            gold = collections.Counter()
            for event in row["events"]:
                type_ = event["plover"] or TYPE_OF_ROOT.get(event["eventcode"][:2], "")
                gold[OLD_NAMES.get(type_, type_)] += 1
            mine = collections.Counter(e["type"] for e in found[str(i)] if e["type"])
            hits += sum((gold & mine).values())
            gold_all += sum(gold.values())
            mine_all += sum(mine.values())
            any_ += bool(mine)
            if errors and not gold & mine:
                print(f"{dict(gold)}\t{[(e['class'], e['trigger']) for e in found[str(i)]]}\t{row['text'][:220]}")
        figure = 2 * hits / max(1, gold_all + mine_all)
        print(f"petrarch {name}: {len(rows)} texts, an event in {any_}; type F1 {figure:.3f} (P {hits / max(1, mine_all):.3f} R {hits / max(1, gold_all):.3f})")
        out[f"petrarch {name} type F1"] = figure
    return out


TYPE_OF_ROOT = {"01": "CONSULT", "02": "REQUEST", "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID",
                "08": "CONCEDE", "09": "ACCUSE", "10": "REQUEST", "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST",
                "15": "MOBILIZE", "16": "SANCTION", "17": "COERCE", "18": "ASSAULT", "19": "ASSAULT", "20": "ASSAULT"}


def score_arabic(depesche, quick=False, errors=False):
    out = {}
    for type_ in ("assault", "protest"):
        rows = [r for r in lines_of(DATA / f"event-arabic-gsr/dev/{type_}_detect.jsonl.gz") if r["label"] != "ambiguous"]
        rows = rows[::QUICK_STEP if quick else 1]
        found = events_of(depesche, "ar", [(str(i), r["text"]) for i, r in enumerate(rows)])
        hits = gold_all = mine_all = 0
        for i, row in enumerate(rows):
            gold = row["label"] == "yes"
            mine = any(e["type"] == type_.upper() for e in found[str(i)])
            hits += gold and mine
            gold_all += gold
            mine_all += mine
            if errors and gold != mine:
                print(f"{type_}\t{'missed' if gold else 'extra'}\t{[(e['class'], e['trigger']) for e in found[str(i)]]}\t{row['text'][:220]}")
        figure = 2 * hits / max(1, gold_all + mine_all)
        print(f"arabic {type_}: {len(rows)} sentences; F1 {figure:.3f} (P {hits / max(1, mine_all):.3f} R {hits / max(1, gold_all):.3f})")
        out[f"arabic {type_} F1"] = figure
    return out


def score_gsr(depesche, quick=False, errors=False):
    rows = list(lines_of(DATA / "event-plover-gsr-en/dev/plover_gsr.jsonl"))
    found = events_of(depesche, "en", [(str(i), r["text"]) for i, r in enumerate(rows)])
    hits = 0
    for i, row in enumerate(rows):
        gold = OLD_NAMES.get(row["event"], row["event"])
        mine = [root_of(e["type"]) for e in found[str(i)] if e["type"]]
        right = root_of("CONCEDE" if gold == "YIELD" else gold) in mine
        hits += right
        if errors and not right:
            print(f"{gold}\t{mine}\t{row['text'][:220]}")
    print(f"gsr: {len(rows)} sentences; the type is among those found in {hits / len(rows):.3f}")
    return {"gsr type found": hits / len(rows)}


SETS = {"plv": score_plv, "acled": score_acled, "petrarch": score_petrarch, "arabic": score_arabic, "gsr": score_gsr}


def figures(depesche, quick=False):
    """All figures, by name, from 0 to 1."""
    out = {}
    for score in SETS.values():
        out.update(score(depesche, quick))
    return out


if __name__ == "__main__":
    if "--errors" in sys.argv:
        at = sys.argv.index("--errors")
        NAME = sys.argv[at + 1]
        del sys.argv[at:at + 2]
        SETS[NAME](program(), errors=True)
    else:
        QUICK = "--quick" in sys.argv
        sys.argv = [a for a in sys.argv if a != "--quick"]
        figures(program(), QUICK)
