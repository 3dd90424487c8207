"""A post ready to be matched: its words, and where each phrase of the rules stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.care.fold import BREAK
from bot.care.pattern import Choices
from bot.care.phrasebook import Phrase, Phrasebook

_LONGEST_PHRASE = 12


@dataclass(frozen=True, slots=True)
class Span:
    """Words `start` up to but not including `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A post ready to be matched: its words, and where each phrase of the rules stands."""

    words: Sequence[str]
    names: Sequence[tuple[str, ...]]
    """For each place the word, and the `word*` forms it fits."""
    places: Mapping[Phrase, Sequence[int]]
    sentences: Sequence[int]
    """For each place the number of its sentence; -1 for a break."""
    found: dict[int, dict[int, tuple[int, ...]]]
    """What has been searched for: by choices, where they stand and end."""

    @classmethod
    def of(cls, words: Sequence[str], phrases: Phrasebook) -> Reading:
        """Index `words` by the phrases the rules know."""
        sentences: list[int] = []
        sentence = 0
        for word in words:
            sentence += word == BREAK
            sentences.append(-1 if word == BREAK else sentence)
        names = phrases.names(words)
        return cls(words, names, phrases.places(words, names), sentences, {})

    def without(self, spans: Iterable[Span], mask: str) -> Reading:
        """Return the reading with the words of `spans` taken out and `mask` in their place."""
        hidden = {at for span in spans for at in range(span.start, span.end)}
        words = [mask if at in hidden else word for at, word in enumerate(self.words)]
        names = [(mask,) if at in hidden else called for at, called in enumerate(self.names)]
        near = {at - back for at in hidden for back in range(_LONGEST_PHRASE)}
        places = dict(self.places)
        for phrase, starts in self.places.items():
            if near.isdisjoint(starts):
                continue
            reach = range(phrase.count(" ") + 1)
            left = [at for at in starts if hidden.isdisjoint(at + n for n in reach)]
            if left:
                places[phrase] = left
            else:
                del places[phrase]
        return Reading(words, names, places, self.sentences, {})

    def stand(self, choices: Choices) -> dict[int, tuple[int, ...]]:
        """Return where `choices` stand: by the place they begin, the places they end."""
        known = self.found.get(id(choices))
        if known is None:
            known = self.found[id(choices)] = {}
            for phrase in self.places.keys() & choices.phrases:
                for at in self.places[phrase]:
                    known[at] = (*known.get(at, ()), at + phrase.count(" ") + 1)
        return known
