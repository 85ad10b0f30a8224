#!/usr/bin/env python3
"""Makes a synthetic crawl of news, with what is true of it, to measure how copies are found at scale.

usage: bench/crawl.py [--articles N] [--seed S] [--processes P] [--output FILE]
       bench/crawl.py --measure [--seed S]

  --articles N   how many (default 10,000); a thousand or less for a quick test
  --output FILE  JSON Lines; stdout by default
  --measure      says instead how much of an original stands in other originals, here and in real news

The same N, S and texts give the same bytes for any P. $DEPESCHE_SHARED tells where the texts lie (default ../shared).

A line is an article: `id`, `url`, `outlet`, `date`, `language`, `title`, `text`; and what is true of it: `dispatch`, the
dispatch that it prints (of a composite, the one that most of it is), and `printing`, in what way:

  first      the dispatch as its agency sent it, printed in full
  full       as an outlet prints it: its own headline, byline, agency line and footer
  exact      byte for byte the same as `first`
  cut        the first third
  dropped    some paragraphs left out
  edited     0.5 to 4 % of the words changed
  composite  with two paragraphs of another dispatch (`also`)
  template   weather and share prices: the same words each time, and other figures. Each is a dispatch of its own

The recipe
  1. The pool: sentences of the evaluation sets, by language, none of which shares more than a third of its shingles of
     five words with those before it. There are some ten thousand a language, far fewer than a crawl needs, so no sentence
     is printed as it stands.
  2. A pattern: of each sentence, the frequent words of its language stay (they are found by counting), and all other
     words, names and figures are slots.
  3. A dispatch draws 5 to 40 patterns and fills the slots. A word of the pool is one of 64 classes by its place in the
     vocabulary, and each dispatch moves each class by a distance of its own along the vocabulary, which is sorted by
     frequency: small letters to small letters, capitals to capitals, figures to figures of as many digits. So a name is
     the same name throughout a dispatch, and another one in every other. A share of the classes (kept_share) is left in
     place, so that dispatches share phrases as reports do; --measure tells how many.
  4. Printings of a dispatch: 1 for 75.5 % of dispatches, 2 to 10 for 24 % (with the square of the number less frequent), 11
     to 49 for .4 %, 50 to 500 for .1 %. Numbers are not drawn but dealt out (the quantiles of this distribution along
     the multiples of the golden ratio), so that any stretch of the crawl holds as many small and large families as any other.
  5. The crawl comes in days of 10,000 articles. A family lives within its day; the days are alike. A crawl of 10,000 is
     the first of the hundred days of a crawl of a million: cost per article can be compared. What all days share are the
     outlets with their footers and their templates, and what grows with the days is how often a phrase has been
     printed. Less than a day gives a smaller day with smaller families.
  6. 8 % of dispatches end in one of 25 paragraphs of background, which are new each day.
"""
import argparse
import collections
import datetime
import itertools
import json
import math
import multiprocessing
import os
import random
import re
import sys

from sets import DATA, lines_of

day_articles = 10_000
language_shares = {"en": 0.45, "de": 0.2, "fr": 0.11, "ru": 0.12, "es": 0.07, "cs": 0.05}
frequent_words = 150  # of a language, which stay as they are
classes = 64
kept_share = 0.4  # of the classes of a dispatch
moves = 2000  # along a vocabulary, at most
outlets_of_language = 40
agencies = ("Kestrel", "Norrapress", "Meridian Wire", "ATLAS", "Quayline")
family_sizes = ((0.755, 1, 1), (0.24, 2, 10), (0.004, 11, 49), (0.001, 50, 500))  # share, least, most
printing_shares = (("full", 0.33), ("exact", 0.2), ("cut", 0.15), ("dropped", 0.12), ("edited", 0.14), ("composite", 0.06))
template_share = 0.03  # of articles
background_share = 0.08
sentences_median, sentences_spread = 11.5, 0.45  # of the logarithmic normal distribution of a dispatch's length
token = re.compile(r"\w+|\W+")
word = re.compile(r"\w+")


# -- the pool ----------------------------------------------------------------------------------------------------------

def texts_at_hand():
    """Pairs of a language and a text."""
    for d in lines_of(DATA / "copies-wmt21/dev/dev.jsonl.gz"):
        yield d["language"], d["text"]
    for d in lines_of(DATA / "trans-wmt-news/dev/docs.jsonl.gz"):
        yield d["src_lang"], "\n".join(d["src"])
        for segments in d["human"].values():
            yield d["tgt_lang"], "\n".join(segments)
    for name in ("stories-basil-en", "stories-wikinews-en"):
        for d in lines_of(DATA / name / "dev/docs.jsonl.gz"):
            yield "en", d["text"]
    for language in ("fr", "es"):
        for d in lines_of(DATA / f"timeline-crisis-ml/dev/{language}_docs.jsonl.gz"):
            yield language, d["text"] if isinstance(d["text"], str) else "\n".join(d["text"])


def shingles_of(text):
    words = word.findall(text.lower())
    return {hash(tuple(words[i:i + 5])) for i in range(len(words) - 4)}


def sentences_by_language():
    pool = {language: [] for language in language_shares}
    seen = {language: set() for language in language_shares}
    for language, text in texts_at_hand():
        if language not in pool:
            continue
        for line in text.split("\n"):
            for sentence in re.split(r"(?<=[\w)][.!?])[”“\"»]?\s+(?=[^\W\d_])", line.strip()):
                if not 50 <= len(sentence) <= 400 or sentence[-1] not in ".!?\"”»":
                    continue
                shingles = shingles_of(sentence)
                if len(shingles) < 4 or len(shingles & seen[language]) * 3 > len(shingles):
                    continue
                seen[language] |= shingles
                pool[language].append(sentence)
    return pool


class Patterns:
    """The sentences of a language with slots, and the vocabulary that fills them."""

    def __init__(self, sentences):
        counts = collections.Counter(w for s in sentences for w in word.findall(s))
        lowered = collections.Counter()
        for w, n in counts.items():
            lowered[w.lower()] += n
        frequent = {w for w, _ in sorted(lowered.items(), key=lambda x: (-x[1], x[0]))[:frequent_words] if not w.isdigit()}
        small, capitals, figures = [], [], []
        for w in sorted(counts, key=lambda w: (-counts[w], w)):
            if w.lower() in frequent:
                continue
            (figures if w[0].isdigit() else capitals if w[0] != w[0].lower() else small).append(w)
        figures.sort(key=lambda w: (len(w), w))
        self.vocabulary, self.place = [], {}
        for words in (small, capitals):
            self.add(words)
        self.first_figure = len(self.vocabulary)
        for _, same_size in itertools.groupby(figures, key=len):
            self.add(list(same_size))
        self.small = small[:3000]
        self.capitals = capitals[:3000]
        self.patterns = [self.pattern_of(s) for s in sentences]

    def add(self, words):
        """With as many behind it as a word may be moved, in a circle."""
        for i, w in enumerate(words):
            self.place[w] = len(self.vocabulary) + i
        self.vocabulary += words + [words[i % len(words)] for i in range(moves)]

    def pattern_of(self, sentence):
        form, slots = [], []
        for t in token.findall(sentence):
            if t in self.place:
                form.append("%s")
                slots.append(self.place[t])
            else:
                form.append(t.replace("%", "%%"))
        return "".join(form), slots


def load():
    return {language: Patterns(sentences) for language, sentences in sentences_by_language().items()}


# -- outlets -----------------------------------------------------------------------------------------------------------

class Outlet:
    """How a paper prints: its name, footer, bylines, and the forms of its weather and share prices."""

    def __init__(self, language, number, patterns):
        rng = random.Random(f"outlet {language} {number}")
        self.language = language
        self.name = f"{rng.choice(patterns.capitals)} {rng.choice(patterns.capitals)} {number}"
        self.host = f"{language}{number}.example"
        self.byline = rng.random() < 0.5
        self.by = [f"{rng.choice(patterns.capitals)} {rng.choice(patterns.capitals)}" for _ in range(8)]
        moved = moves_of(rng)
        self.footer = ["".join(filled(patterns, rng.choice(patterns.patterns), moved)) for _ in range(rng.randint(0, 3))]
        self.templates = [self.template(patterns, rng) for _ in range(2)]

    @staticmethod
    def template(patterns, rng):
        moved = moves_of(rng)
        def sentence():
            text = filled(patterns, rng.choice(patterns.patterns), moved)
            return word.sub(lambda w: "{}" if w[0][0].isdigit() else w[0], text.replace("{", "").replace("}", ""))
        rows = [f"{rng.choice(patterns.capitals)} {rng.choice(patterns.capitals)}: {{}},{{}} (+{{}},{{}})" for _ in range(rng.randint(6, 20))]
        return "\n".join([sentence() + " " + sentence(), *rows, sentence() + " " + sentence()])


# -- a day -------------------------------------------------------------------------------------------------------------

def moves_of(rng):
    """How far each class of words is moved."""
    return [0 if rng.random() < kept_share else int(rng.random() * (moves - 1)) + 1 for _ in range(classes)]


def filled(patterns, pattern, moved):
    vocabulary = patterns.vocabulary
    return pattern[0] % tuple([vocabulary[i + moved[i & 63]] for i in pattern[1]])


class Dispatch:
    __slots__ = ("key", "language", "agency", "paragraphs", "title", "time", "size")


class Day:
    """The articles of one day, which depend on nothing but the seed, its number and its size."""

    def __init__(self, seed, number, size):
        self.rng = random.Random(f"day {seed} {number}")
        self.number, self.size = number, size
        self.midnight = datetime.datetime(2031, 1, 1) + datetime.timedelta(days=number)
        self.languages = list(language_shares)
        self.weights = list(itertools.accumulate(language_shares.values()))
        self.background = {}
        self.dispatches = []

    def family_size(self, i):
        u = (i * 0.6180339887498949 + 0.5) % 1
        for share, least, most in family_sizes:
            if u < share:
                break
            u -= share
        v = u / share
        if least == most:
            return least
        if most <= 10:  # with the square of the number less frequent
            weights = list(itertools.accumulate(1 / k ** 2 for k in range(least, most + 1)))
            return least + next(k for k, w in enumerate(weights) if v * weights[-1] <= w)
        return min(int(least * (most / least) ** v), max(2, self.size // 20))

    def dispatch(self, i):
        rng = self.rng
        d = Dispatch()
        d.key = f"{self.number}-{i}"
        d.language = rng.choices(self.languages, cum_weights=self.weights)[0]
        patterns = pools[d.language]
        moved = moves_of(rng)
        count = min(40, max(5, int(rng.lognormvariate(math.log(sentences_median), sentences_spread))))
        sentences = [filled(patterns, p, moved) for p in rng.choices(patterns.patterns, k=count + 1)]
        d.title = " ".join(sentences.pop().split()[:rng.randint(5, 11)]).rstrip(".,;:!?")
        d.agency = rng.choice(agencies)
        d.time = rng.random()
        d.paragraphs = []
        while sentences:
            n = rng.choice((1, 1, 2, 2, 3))
            d.paragraphs.append(" ".join(sentences[:n]))
            del sentences[:n]
        town = rng.choice(patterns.capitals)
        d.paragraphs[0] = f"{town.upper()} ({d.agency}) - {d.paragraphs[0]}"
        if rng.random() < background_share:
            d.paragraphs.append(self.background_of(d.language, rng))
        return d

    def background_of(self, language, rng):
        if language not in self.background:
            patterns = pools[language]
            self.background[language] = [" ".join(filled(patterns, rng.choice(patterns.patterns), moves_of(rng)) for _ in range(3))
                                         for _ in range(max(1, round(25 * language_shares[language])))]
        return rng.choice(self.background[language])

    def printing(self, d, kind, outlet, others):
        """Title, text and what else is in it."""
        rng = self.rng
        paragraphs, also = list(d.paragraphs), None
        if kind == "cut":
            total, kept = sum(map(len, paragraphs)), []
            while paragraphs and (not kept or sum(map(len, kept)) < total / 3):
                kept.append(paragraphs.pop(0))
            paragraphs = kept
        elif kind == "dropped":
            share = rng.uniform(0.1, 0.5)
            paragraphs = paragraphs[:1] + [p for p in paragraphs[1:] if rng.random() >= share]
        elif kind == "edited":
            paragraphs = self.edited(paragraphs, pools[d.language], rng.uniform(0.005, 0.04))
        elif kind == "composite":
            other = rng.choice(others[d.language])
            if other is not d:
                also = other.key
                at = rng.randint(1, len(paragraphs))
                begin = rng.randint(0, max(0, len(other.paragraphs) - 2))
                paragraphs[at:at] = other.paragraphs[begin:begin + 2]
        title = d.title if rng.random() < 0.5 else " ".join(d.title.split()[:rng.randint(4, 8)])
        if kind != "first":
            head = []
            if outlet.byline:
                head.append(rng.choice(outlet.by))
            if rng.random() < 0.3:  # the desk strips the dateline
                paragraphs[0] = paragraphs[0].split(" - ", 1)[-1]
            paragraphs = head + paragraphs + outlet.footer
            if rng.random() < 0.4:
                paragraphs.append(f"({d.agency})")
        return title, "\n".join(paragraphs), also

    def edited(self, paragraphs, patterns, share):
        rng = self.rng
        edited = []
        for p in paragraphs:
            words = p.split(" ")
            for _ in range(int(len(words) * share + rng.random())):
                words[rng.randrange(len(words))] = rng.choice(patterns.small)
            edited.append(" ".join(words))
        return edited

    def originals(self):
        """Dispatches with the numbers of their printings, as many as fill the day beside its templates."""
        wanted = self.size - round(self.size * template_share)
        start = self.rng.randrange(1 << 20)
        for i in itertools.count():
            if wanted <= 0:
                return
            d = self.dispatch(i)
            d.size = min(self.family_size(start + i), wanted)
            wanted -= d.size
            yield d

    def articles(self):
        rng = self.rng
        dispatches = list(self.originals())
        others = {language: [d for d in dispatches if d.language == language] for language in self.languages}
        kinds = [k for k, _ in printing_shares]
        weights = list(itertools.accumulate(w for _, w in printing_shares))
        day = []
        for d in dispatches:
            choice = outlets[d.language]
            first = choice[rng.randrange(outlets_of_language)]
            original = None
            for n in range(d.size):
                kind = "first" if n == 0 else rng.choices(kinds, cum_weights=weights)[0]
                outlet = first if n == 0 else choice[rng.randrange(outlets_of_language)]
                if kind == "exact":
                    title, text, also = *original, None
                else:
                    title, text, also = self.printing(d, kind, outlet, others)
                if n == 0:
                    original = title, text
                # A seventh of a day behind the first, on average, and not beyond the day.
                time = d.time if n == 0 else min(d.time + rng.expovariate(7), 1 - 1e-6 * rng.random())
                day.append((max(time, d.time), d.language, outlet, title, text, d.key, kind, also))
        for i in range(self.size - len(day)):
            language = rng.choices(self.languages, cum_weights=self.weights)[0]
            outlet = outlets[language][rng.randrange(outlets_of_language)]
            form = outlet.templates[i % 2]
            text = form.format(*(rng.randrange(1, 99) for _ in range(form.count("{}"))))
            title = " ".join(text.split()[:6])
            day.append((rng.random(), language, outlet, title, text, f"{self.number}-t{i}", "template", None))
        day.sort(key=lambda article: article[0])
        return day

    def lines(self):
        first_id = self.number * day_articles
        lines = []
        for n, (time, language, outlet, title, text, key, kind, also) in enumerate(self.articles(), first_id):
            date = self.midnight + datetime.timedelta(seconds=int(time * 86400))
            article = {"id": f"c{n:07d}", "url": f"https://{outlet.host}/{date:%Y/%m/%d}/{n}", "outlet": outlet.name,
                       "date": f"{date:%Y-%m-%dT%H:%M:%SZ}", "language": language, "title": title, "text": text,
                       "dispatch": key, "printing": kind}
            if also:
                article["also"] = also
            lines.append(json.dumps(article, ensure_ascii=False))
        return ("\n".join(lines) + "\n").encode()


pools, outlets = {}, {}


def prepare():
    pools.update(load())
    for language, patterns in pools.items():
        outlets[language] = [Outlet(language, n, patterns) for n in range(outlets_of_language)]


def lines_of_day(job):
    return Day(*job).lines()


def crawl(articles, seed, processes):
    """The lines of the crawl, a day at a time."""
    if not pools:
        prepare()
    jobs = [(seed, n, min(day_articles, articles - n * day_articles)) for n in range((articles + day_articles - 1) // day_articles)]
    if processes == 1 or len(jobs) == 1:
        yield from map(lines_of_day, jobs)
        return
    with multiprocessing.get_context("fork").Pool(processes) as workers:
        yield from workers.imap(lines_of_day, jobs)


# -- how alike originals are -------------------------------------------------------------------------------------------

def shared_shares(texts):
    """Of each text, the share of its shingles that stand in any other; sorted."""
    sets = [shingles_of(t) for t in texts]
    counts = collections.Counter(itertools.chain.from_iterable(sets))
    return sorted(sum(counts[x] > 1 for x in s) / len(s) for s in sets if s)


def show_shares(what, texts):
    shares = shared_shares(texts)
    at = [shares[int(len(shares) * q)] for q in (0.5, 0.9, 0.99)]
    words = sum(len(word.findall(t)) for t in texts) / len(texts)
    print(f"{what:44} {len(texts):7,} texts of {words:4.0f} words: share of 5-word shingles in another: "
          f"mean {sum(shares) / len(shares):.4f}, median {at[0]:.4f}, 90 % {at[1]:.4f}, 99 % {at[2]:.4f}")


def measure(seed):
    """One article a story of real news, so that none reports the same event, against originals of the crawl."""
    prepare()
    real = []
    for name in ("stories-basil-en", "stories-wikinews-en", "stories-allsides-en", "lineage-groundnews-en"):
        stories = {}
        for d in lines_of(DATA / name / "dev/docs.jsonl.gz"):
            stories.setdefault(d["story"], d["text"])
        real += stories.values()
    # Cut to the length of dispatches: a longer text shares more.
    real = [" ".join(t.split()[:280]) for t in real]
    show_shares("real news, English, one article a story", real)
    originals = []
    for number in range(20):
        originals += [" ".join("\n".join(d.paragraphs).split()[:280]) for d in Day(seed, number, day_articles).originals() if d.language == "en"]
    for size in (len(real), 1_000, 10_000, len(originals)):
        show_shares("originals of the crawl, English", originals[:size])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=day_articles)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--output")
    parser.add_argument("--measure", action="store_true")
    options = parser.parse_args()
    if not DATA.is_dir():
        print("skipped: the texts are not here; DEPESCHE_SHARED tells where they lie", file=sys.stderr)
        return 77
    if options.measure:
        return measure(options.seed)
    with open(options.output, "wb") if options.output else sys.stdout.buffer as out:
        for lines in crawl(options.articles, options.seed, options.processes):
            out.write(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
