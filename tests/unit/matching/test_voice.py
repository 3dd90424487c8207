"""For whom a message speaks that stands beneath somebody else's question."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.guidance.knowledge import load_knowledge
from bot.matching.voice import Voice, voice_of

ROOT = Path(__file__).parents[3]
VOICES: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("voices.yaml").read_text(encoding="utf-8")
)
SYMPATHY: list[str] = VOICES.pop("sympathy")
NOT_YET = [(text, Voice(k)) for k, texts in VOICES.pop("not_yet").items() for text in texts]
CASES = [(text, Voice(kind)) for kind, texts in VOICES.items() for text in texts]


@pytest.mark.parametrize(("text", "voice"), CASES, ids=[text[:40] for text, _ in CASES])
def test_each_message_is_heard_as_what_it_is(text: str, voice: Voice) -> None:
    assert voice_of(text) is voice


@pytest.mark.parametrize(("text", "voice"), NOT_YET, ids=[text[:40] for text, _ in NOT_YET])
def test_what_is_not_heard_yet_is_unclear_and_never_taken_for_another_kind(
    text: str, voice: Voice
) -> None:
    """Unclear opens a case: a volunteer looks, so that a doubt leaves nobody in silence."""
    assert voice_of(text) is Voice.UNCLEAR, f"if it is heard as {voice} now, move it there"


def test_few_of_the_questions_parents_ask_are_taken_for_a_word_to_another() -> None:
    """Our own phrasings stand for second parents who ask beneath a thread without a preface."""
    knowledge = load_knowledge(ROOT / "knowledge")
    asks = [ask for entry in knowledge.entries.values() for ask in entry.asks]
    others = {Voice.ADVICE, Voice.ASKS_BACK, Voice.STATES}
    taken = [ask for ask in asks if voice_of(ask) in others]
    assert len(taken) <= len(asks) / 100


@pytest.mark.parametrize("kind_words", SYMPATHY)
def test_sympathy_is_no_advice(kind_words: str) -> None:
    assert voice_of(kind_words) is Voice.UNCLEAR


@pytest.mark.parametrize("text", ["", "   ", "?!", "\u200b" * 9, "a? " * 1300, "you " * 1000])
def test_anything_at_all_has_a_voice(text: str) -> None:
    assert voice_of(text) in Voice
