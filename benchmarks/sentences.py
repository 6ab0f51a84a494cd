"""Sentences and tokens: how many ends are right, by kind of text, and how fast.

The peers are a blank French spaCy with its sentencizer (rules, no model), and the parser and the
sentence recogniser of `fr_core_news_md`. References: `tests/reference/sentences`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import cache
from random import Random

import spacy
from boundaries import REFERENCES, Spans, read, score
from french import Writer

from cpit_research.language import sentences, tokens

_WORDS = 300_000
#: A model reads some of the text only: minutes otherwise.
_MODEL_WORDS = 6_000


def lines(notes: int = 400) -> Iterator[str]:
    """Yield the table, a line for each kind of text; at most a thousand words for each note."""
    finders = {"rules": sentences, **_peers()}
    found = [cache(find) for find in finders.values()]
    for path in sorted(REFERENCES.glob("*.json")):
        items = read(path)
        yield f"sentences, F1 of their ends ({path.name}, {len(items)} texts)"
        yield f"{'':14}{'texts':>7}{'ends':>7}" + "".join(f"{name:>13}" for name in finders)
        kinds = sorted({item.kind for item in items})
        for kind in [*kinds, "all"]:
            some = [item for item in items if kind in {item.kind, "all"}]
            scores = [score(some, find) for find in found]
            yield f"{kind:14}{len(some):>7}{scores[0].ends[1]:>7}" + "".join(
                f"{one.f1('ends'):>13.3f}" for one in scores
            )
        whole = [score(items, find) for find in found]
        for label, what in (("all, starts", "starts"), ("all, whole", "whole")):
            yield f"{label:28}" + "".join(f"{one.f1(what):>13.3f}" for one in whole)
        yield ""
    yield from _speeds(finders, min(_WORDS, notes * 1_000))


def _speeds(finders: dict[str, Callable[[str], Spans]], words: int) -> Iterator[str]:
    write = Writer(Random("sentences"), ["Ploubihan", "Kerdoncuff"])
    paragraphs = [write.paragraph(60) for _ in range(words // 60)]
    yield "thousand words a second (CPU), one call on a text"
    for name, find in {**finders, "tokens": tokens}.items():
        size = min(words, _MODEL_WORDS) if name in {"parser", "senter"} else words
        text = "\n".join(paragraphs[: size // 60])
        best = min(_seconds(find, text) for _ in range(1 if size < words else 3))
        yield f"{name:14}{len(text.split()) / best / 1_000:>12,.0f}"


def _seconds(find: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    find(text)
    return time.process_time() - started


def _peers() -> dict[str, Callable[[str], Spans]]:
    blank = spacy.blank("fr")
    blank.max_length = 10**8
    blank.add_pipe("sentencizer")
    model = spacy.load("fr_core_news_md", exclude=["ner", "lemmatizer", "attribute_ruler"])
    senter = spacy.load("fr_core_news_md", exclude=["ner", "lemmatizer", "parser", "morphologizer"])
    senter.enable_pipe("senter")
    return {"sentencizer": _by(blank), "parser": _by(model), "senter": _by(senter)}


def _by(nlp: spacy.language.Language) -> Callable[[str], Spans]:
    """Return the sentences of a pipeline, without outer spaces: the peer is not held to them."""

    def find(text: str) -> Spans:
        found = []
        for sentence in nlp(text).sents:
            said = sentence.text
            start = sentence.start_char + len(said) - len(said.lstrip())
            if said.strip():
                found.append((start, start + len(said.strip())))
        return found

    return find
