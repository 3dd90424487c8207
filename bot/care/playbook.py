"""The playbook: every rule, card and fixed word of `knowledge/urgent.yaml`, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.care.card import Words, read_words
from bot.care.concern import Flow, Level
from bot.care.fold import plain
from bot.care.gates import Gates
from bot.care.lexicon import Lexicon
from bot.care.node import Node, PlaybookError
from bot.care.pattern import Choices, Pattern, PatternError, compile_pattern
from bot.care.phrasebook import Phrase, Phrasebook
from bot.care.rule import Context, Effect, Gathering, Phrases, Rule, Scope, Sign, Subject
from bot.care.weigh import Scale, read_scale

_TOP = (
    "about", "words", "fillers", "spellings", "misspelt", "innocent", "emoji", "negations",
    "idioms", "young", "grown_ups", "children", "contexts", "rules", "gatherings",
    "weights", "themes", "services", "cards", "notes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Playbook:
    """What `assess` listens for, and what `card_for` says."""

    lexicon: Lexicon
    phrases: Phrasebook
    gates: Gates
    negations: frozenset[str]
    idioms: Phrases
    young: Phrases
    """A young person is writing."""
    grown_ups: Phrases
    children: Phrases
    contexts: tuple[Context, ...]
    rules: tuple[Rule, ...]
    gatherings: tuple[Gathering, ...]
    scale: Scale
    themes: tuple[tuple[Flow, Phrases], ...]
    """When only the scale tips: whose words choose the card."""
    words: Words

    @classmethod
    def from_mapping(cls, data: object) -> Playbook:
        """Build a playbook from a plain mapping. Raises `PlaybookError` naming the key path."""
        return _Builder(Node(data).only(*_TOP)).build()


class _Builder:
    def __init__(self, root: Node) -> None:
        self.root = root
        self.lists: dict[str, tuple[str, ...]] = {}
        self.patterns: dict[str, Pattern] = {}
        self.numbers: dict[str, int] = {}
        self.choices: dict[tuple[Phrase, ...], Choices] = {}
        self.ids: set[str] = set()
        self.fillers = frozenset(_texts(root.get("fillers")))
        self.spellings = {
            key: tuple(node.text().split()) for key, node in root.get("spellings").pairs()
        }

    def build(self) -> Playbook:
        root = self.root
        for name, node in root.get("words").pairs():
            self.lists[name] = tuple(self._flat(node))
        self._collect(root)
        self.numbers = {source: number for number, source in enumerate(self.patterns)}
        phrases = self._phrasebook()
        return Playbook(
            lexicon=self._lexicon(),
            phrases=phrases,
            gates=Gates.of(self.patterns.values()),
            negations=frozenset(_texts(root.get("negations"))),
            idioms=self._phrases(root.get("idioms")),
            young=self._phrases(root.get("young")),
            grown_ups=self._phrases(root.get("grown_ups")),
            children=self._phrases(root.get("children")),
            contexts=tuple(self._context(node) for node in root.get("contexts").each()),
            rules=tuple(self._rule(node) for node in root.get("rules").each()),
            gatherings=tuple(self._gathering(node) for node in root.get("gatherings").each()),
            scale=read_scale(root.get("weights"), self.lists, phrases.known),
            themes=tuple(
                (self._named_flow(key, node), self._phrases(node))
                for key, node in root.get("themes").pairs()
            ),
            words=read_words(root),
        )

    def _flat(self, node: Node) -> Iterator[str]:
        """Yield the phrases of a list; `{other}` stands for all of an earlier list."""
        for item in node.each():
            text = item.text()
            if text.startswith("{"):
                if text[1:-1] not in self.lists:
                    raise PlaybookError(item.where, f"names {text}, which is not a list above it")
                yield from self.lists[text[1:-1]]
            else:
                yield self._as_heard(text)

    def _as_heard(self, source: str) -> str:
        """Write a pattern the way posts arrive: short forms spelt out, fillers left out."""
        heard = re.sub(r"\{[^}]*\}|[a-z0-9]+\*?", self._word_as_heard, plain(source, {}))
        return re.sub(r"\([\s|]*\)\??", "", heard)

    def _word_as_heard(self, found: re.Match[str]) -> str:
        word = found.group()
        if word in self.fillers:
            return ""
        return " ".join(self.spellings.get(word, (word,)))

    def _collect(self, root: Node) -> None:
        """Compile every pattern of the file once."""
        for key in ("idioms", "young", "grown_ups", "children"):
            self._compile(root.get(key))
        for _, node in root.get("themes").pairs():
            self._compile(node)
        for node in root.get("contexts").each():
            self._compile(node.get("any"))
        for node in root.get("rules").each():
            self._compile(node.get("any"))
            if unless := node.maybe("unless"):
                self._compile(unless)
        for node in root.get("gatherings").each():
            for sign in node.get("signs").each():
                self._compile(sign.get("any"))

    def _compile(self, node: Node) -> None:
        for item in node.each():
            source = item.text()
            try:
                self.patterns[source] = compile_pattern(
                    self._as_heard(source), self.lists, self.choices
                )
            except PatternError as error:
                raise PlaybookError(item.where, str(error)) from error

    def _phrases(self, node: Node | None) -> Phrases:
        sources = [] if node is None else [item.text() for item in node.each()]
        patterns = {self.numbers[s]: self.patterns[s] for s in sources}
        return Phrases(patterns, frozenset(patterns))

    def _lexicon(self) -> Lexicon:
        root = self.root
        keywords = frozenset(_texts(root.get("misspelt")))
        innocent = _texts(root.get("innocent"))
        known = frozenset((*keywords, *innocent, *self._pattern_words()))
        buckets: dict[tuple[str, int], list[str]] = {}
        for key in sorted(keywords):
            buckets.setdefault((key[0], len(key)), []).append(key)
        return Lexicon(
            spellings=self.spellings,
            fillers=self.fillers,
            emoji={key: node.text() for key, node in root.get("emoji").pairs()},
            known=known,
            keywords=keywords,
            buckets={key: tuple(words) for key, words in buckets.items()},
        )

    def _phrasebook(self) -> Phrasebook:
        phrases = (phrase for choices in self.choices.values() for phrase in choices.phrases)
        return Phrasebook.of(phrases, (word for words in self.lists.values() for word in words))

    def _pattern_words(self) -> set[str]:
        phrases = (phrase for choices in self.choices.values() for phrase in choices.phrases)
        return {word for phrase in phrases for word in phrase.split() if not word.endswith("*")}

    def _context(self, node: Node) -> Context:
        node.only("id", "note", "effect", "scope", "flows", "any")
        flows = node.maybe("flows")
        return Context(
            id=self._id(node),
            effect=node.get("effect").one_of(Effect),
            scope=node.get("scope").one_of(Scope),
            flows=frozenset(item.one_of(Flow) for item in flows.each()) if flows else frozenset(),
            phrases=self._phrases(node.get("any")),
        )

    def _rule(self, node: Node) -> Rule:
        node.only("id", "note", "level", "who", "flow", "firm", "sure", "wide", "any", "unless")
        return Rule(
            id=self._id(node),
            level=node.get("level").one_of(Level),
            who=node.get("who").one_of(Subject),
            flow=_flow(node),
            phrases=self._phrases(node.get("any")),
            unless=self._phrases(node.maybe("unless")),
            firm=_flag(node.maybe("firm")),
            wide=_flag(node.maybe("wide")),
            sure=_flag(node.maybe("sure")),
        )

    def _gathering(self, node: Node) -> Gathering:
        node.only("id", "note", "needs", "level", "who", "flow", "signs")
        return Gathering(
            id=self._id(node),
            needs=node.get("needs").number(2, 9),
            level=node.get("level").one_of(Level),
            who=node.get("who").one_of(Subject),
            flow=_flow(node),
            signs=tuple(self._sign(sign) for sign in node.get("signs").each()),
        )

    def _sign(self, node: Node) -> Sign:
        node.only("id", "note", "points", "any")
        return Sign(
            id=self._id(node),
            points=node.get("points").number(1, 9),
            phrases=self._phrases(node.get("any")),
        )

    def _named_flow(self, key: str, node: Node) -> Flow:
        return Node(key, node.where).one_of(Flow)

    def _id(self, node: Node) -> str:
        name = node.get("id").text()
        if name in self.ids:
            raise PlaybookError(f"{node.where}.id", f"“{name}” is used twice; ids must differ")
        self.ids.add(name)
        return name


def _flow(node: Node) -> Flow | None:
    flow = node.maybe("flow")
    return flow.one_of(Flow) if flow else None


def _flag(node: Node | None) -> bool:
    return node.flag() if node else False


def _texts(node: Node) -> Iterable[str]:
    return [item.text() for item in node.each()]
