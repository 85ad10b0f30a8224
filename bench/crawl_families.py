#!/usr/bin/env python3
"""Measures `depesche families` on synthetic crawls (bench/crawl.py): time, memory, and how right the families are.

usage: bench/crawl_families.py [DEPESCHE] [--full] [--sizes N,…] [--threads T] [--runs R] [--seed S] [--folder DIR]

  --full       a crawl of 1,000,000 articles, too (2 GB on the disk); else 10,000 and 100,000
  --runs       of these, the one with the median user time is told (default 1)
  --folder     keeps the crawls and what was found in them; else they are written to a temporary folder and removed

Cost is user and system time for an article, and beside it the same relative to the smallest crawl. B-cubed (Bagga &
Baldwin, 1998) is of the families against `dispatch`: every article counts, in the family that it mostly belongs to. Below,
for each kind of printing, the share of articles that are in one family with the first printing of their dispatch, and
of all articles the share whose family has none but their own dispatch.
"""
import argparse
import array
import collections
import json
import multiprocessing
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from sets import DATA, TOP

# The kernel counts what a process held when it started another as held by that one. So what needs much memory here is
# done in processes of its own, and this one stays small.


def write_crawl(path, size, seed):
    """Afresh unless it is there, from a run that ended."""
    if path.exists():
        return
    unfinished = path.with_suffix(".unfinished")
    subprocess.run([sys.executable, str(TOP / "bench/crawl.py"), "--articles", str(size), "--seed", str(seed), "--output",
                    str(unfinished)], check=True)
    unfinished.rename(path)


class Gold:
    """What is true of a crawl: by the number of an article, that of its dispatch and its kind."""

    def __init__(self, path):
        numbers, self.kinds = {}, []
        self.dispatch, self.kind = array.array("i"), array.array("b")
        with open(path, "rb") as lines:
            for line in lines:
                truth = json.loads(b"{" + line[line.rindex(b'"dispatch": '):])
                self.dispatch.append(numbers.setdefault(truth["dispatch"], len(numbers)))
                if truth["printing"] not in self.kinds:
                    self.kinds.append(truth["printing"])
                self.kind.append(self.kinds.index(truth["printing"]))
        self.dispatches = len(numbers)


def families_found(path, size):
    """By the number of an article that of its family; articles that are in none are families of their own."""
    family = array.array("i", [-1]) * size
    count = 0
    with open(path, "rb") as lines:
        for line in lines:
            for member in json.loads(line)["members"]:
                family[int(member[1:])] = count
            count += 1
    missing = 0
    for i, f in enumerate(family):
        if f < 0:
            family[i] = count
            count += 1
            missing += 1
    return family, missing


def run(depesche, path, found, threads):
    """Wall, user and system seconds and the most memory in MiB."""
    with open(found, "wb") as out:
        begin = time.perf_counter()
        process = subprocess.Popen([depesche, "families", "--families", "--quiet", "--threads", str(threads), str(path)], stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{depesche} families {path} ended with {process.returncode}")
    return wall, usage.ru_utime, usage.ru_stime, usage.ru_maxrss / 1024


def b_cubed(gold, mine):
    both = collections.Counter((a << 32) + b for a, b in zip(gold, mine))
    in_gold, in_mine = collections.Counter(gold), collections.Counter(mine)
    precision = sum(n * n / in_mine[pair & 0xFFFFFFFF] for pair, n in both.items()) / len(gold)
    recall = sum(n * n / in_gold[pair >> 32] for pair, n in both.items()) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def details(gold, mine):
    """By kind, the share found with their first printing; the share of articles in a family of one dispatch alone; the size
    of the largest family found, and of the largest there is."""
    first = gold.kinds.index("first")
    family_of_first = {d: f for d, f, k in zip(gold.dispatch, mine, gold.kind) if k == first}
    seen, found = collections.Counter(), collections.Counter()
    for d, f, k in zip(gold.dispatch, mine, gold.kind):
        seen[k] += 1
        found[k] += family_of_first.get(d) == f
    kinds = {name: found[k] / seen[k] for k, name in enumerate(gold.kinds) if name not in ("first", "template")}
    dispatch_of_family, mixed = {}, set()
    for d, f in zip(gold.dispatch, mine):
        if dispatch_of_family.setdefault(f, d) != d:
            mixed.add(f)
    pure = {name: 0 for name in gold.kinds}
    for f, k in zip(mine, gold.kind):
        pure[gold.kinds[k]] += f not in mixed
    return (kinds, sum(pure.values()) / len(mine), pure.get("template", 0) / max(1, seen[gold.kinds.index("template")]),
            max(collections.Counter(mine).values()), max(collections.Counter(gold.dispatch).values()))


def evaluate(path, found, size, figures):
    gold = Gold(path)
    mine, missing = families_found(found, size)
    precision, recall, f1 = b_cubed(gold.dispatch, mine)
    print(f"{figures} {precision:9.4f} {recall:6.4f} {f1:6.4f}")
    kinds, pure, pure_templates, largest, largest_gold = details(gold, mine)
    print("          found with the first printing: " + ", ".join(f"{k} {share:.3f}" for k, share in sorted(kinds.items())))
    print(f"          in families of one dispatch: {pure:.4f} of all, {pure_templates:.4f} of templates; largest family "
          f"{largest} (true: {largest_gold}); {missing} articles in no family", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("depesche", nargs="?", default=str(TOP / "build/release/bin/depesche"))
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--sizes")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder")
    options = parser.parse_args()
    if not DATA.is_dir():
        print("skipped: the texts are not here; DEPESCHE_SHARED tells where they lie")
        return 77
    sizes = [10_000, 100_000] + [1_000_000] * options.full
    if options.sizes:
        sizes = sorted(int(size) for size in options.sizes.split(","))

    print(f"{'articles':>9} {'wall':>8} {'user':>8} {'articles/s':>10} {'memory':>9} {'µs/article':>10} {'relative':>8} "
          f"{'precision':>9} {'recall':>6} {'F1':>6}", flush=True)
    base = None
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(options.folder or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for size in sizes:
            path, found = folder / f"crawl-{options.seed}-{size}.jsonl", folder / f"families-{options.seed}-{size}.jsonl"
            write_crawl(path, size, options.seed)
            runs = sorted((run(options.depesche, path, found, options.threads) for _ in range(options.runs)), key=lambda r: r[1])
            wall, user, system, memory = runs[statistics.median_low(range(len(runs)))]
            cost = (user + system) / size
            base = base or cost
            figures = (f"{size:9,} {wall:7.1f}s {user:7.1f}s {size / wall:10,.0f} {memory:5,.0f} MiB {cost * 1e6:10.0f} "
                       f"{cost / base:8.2f}")
            worker = multiprocessing.Process(target=evaluate, args=(path, found, size, figures))
            worker.start()
            worker.join()
            if worker.exitcode != 0:
                return 1
            if not options.folder:
                path.unlink()
                found.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
