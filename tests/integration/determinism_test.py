#!/usr/bin/env python3
"""The same files give the same bytes: in any order, named twice, and on any number of threads."""
import random

from program import ARTICLES, TOP, Run, check, finish


def main():
    files = sorted(str(p.relative_to(TOP)) for p in (TOP / ARTICLES).iterdir() if p.is_file())
    check(len(files) > 1, f"{ARTICLES} holds a pile")
    random.seed(1)
    orders = {"sorted": files, "reversed": files[::-1], "shuffled": random.sample(files, len(files)),
              "with one file named twice": files + files[:1]}
    runs = 0
    for command in (["brief", "--json"], ["brief"], ["read", "--blocks"]):
        first = Run(command[0], *files, *command[1:])
        check(first.status == 0, f"{first} ends with {first.status}: {first.err[-400:]}")
        check(first.out, f"{first} prints nothing")
        for name, order in orders.items():
            for threads in (1, 2, 5):
                again = Run(command[0], *order, *command[1:], "--threads", threads)
                runs += 1
                at = next((i for i, (a, b) in enumerate(zip(first.out, again.out)) if a != b), None)
                check(again.out == first.out, f"{' '.join(command)}, {name}, --threads {threads}: other bytes from {at} on: "
                      f"{first.out[max(0, (at or 0) - 60):(at or 0) + 60]!r} / {again.out[max(0, (at or 0) - 60):(at or 0) + 60]!r}")
    finish(f"{runs} runs over {len(files)} files gave the same bytes")


if __name__ == "__main__":
    main()
