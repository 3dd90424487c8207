"""A clock to push, a Discord in a dictionary, and a matcher that does what it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.cases.nation import Nation
from bot.guidance.reply import Reply
from bot.matching.decision import (
    Answer,
    Candidate,
    Clarify,
    Decision,
    Evidence,
    HandOver,
    HandOverReason,
    HeardPart,
    Hearing,
    Ignore,
    IgnoreReason,
)
from bot.services.ports import Post, Refused, Unreachable
from bot.services.snowflake import first_at

START = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@dataclass
class FakeClock:
    """Stands still until pushed."""

    at: datetime = START

    def now(self) -> datetime:
        return self.at

    def push(self, **span: float) -> None:
        self.at += timedelta(**span)


class Stand:
    """Stand-ins that a reader of a test can see through."""

    def of(self, user_id: int) -> str:
        return f"person-{user_id}"


@dataclass
class Sent:
    """One message of ours as it stands on the fake Discord."""

    id: int
    channel_id: int
    reply: Reply
    nonce: str
    reply_to: int | None


@dataclass
class FakePostbox:
    """Keeps what was sent, drops a repeated nonce as Discord does, and fails when told to."""

    clock: FakeClock
    window: timedelta = timedelta(minutes=5)
    sent: list[Sent] = field(default_factory=list)
    posts: dict[int, Post] = field(default_factory=dict)
    before: list[Exception] = field(default_factory=list)
    """Failures of the next sends, before anything arrives."""
    after: list[Exception] = field(default_factory=list)
    """Failures of the next sends although the message arrived."""
    seen_at: dict[tuple[int, str], datetime] = field(default_factory=dict)
    removed: list[int] = field(default_factory=list)

    async def send(
        self, channel_id: int, reply: Reply, *, nonce: str, reply_to: int | None, plain: bool
    ) -> int:
        if self.before:
            raise self.before.pop(0)
        key = channel_id, nonce
        known = self.seen_at.get(key)
        if known is None or self.clock.now() - known > self.window:
            self.seen_at[key] = self.clock.now()
            number = first_at(self.clock.now()) + 5000 + len(self.sent)
            self.sent.append(Sent(number, channel_id, reply, nonce, reply_to))
        if self.after:
            raise self.after.pop(0)
        return next(s.id for s in self.sent if (s.channel_id, s.nonce) == key)

    async def find_own(
        self, channel_id: int, reply: Reply, *, nonce: str, reply_to: int | None, since: datetime
    ) -> int | None:
        if self.before:
            raise self.before.pop(0)
        return next(
            (s.id for s in self.sent if s.channel_id == channel_id and s.nonce == nonce), None
        )

    async def replace(self, channel_id: int, message_id: int, reply: Reply, *, plain: bool) -> None:
        message = next((s for s in self.sent if s.id == message_id), None)
        if message is None or message_id in self.removed:
            raise Refused("gone")
        message.reply = reply

    async def remove(self, channel_id: int, message_id: int) -> None:
        self.removed.append(message_id)

    async def fetch(self, channel_id: int, message_id: int) -> Post | None:
        return self.posts.get(message_id)

    async def history(self, channel_id: int, *, after: int, limit: int = 1000) -> Sequence[Post]:
        found = [p for p in self.posts.values() if p.channel_id == channel_id and p.id > after]
        return sorted(found, key=lambda post: post.id)[:limit]


NOTHING = Evidence("a test said so", 0.9, 0.5)


def candidate(entry: str) -> Candidate:
    return Candidate(entry, 0.9)


def answer(entry: str) -> Answer:
    return Answer(candidate(entry), NOTHING)


def clarify(*entries: str) -> Clarify:
    return Clarify(tuple(map(candidate, entries)), NOTHING)


def hand_over(*near: str, reason: HandOverReason = HandOverReason.NOTHING_FITS) -> HandOver:
    return HandOver(reason, tuple(map(candidate, near)), NOTHING)


class ScriptedMatcher:
    """Hears what a post says literally: `?entry` answers, `~a,b` is unclear, `??` fits nothing.

    A post without any of these is ignored, for the reason its first word names, else a story.
    """

    def hear(self, post: str, *, nation: Nation | None = None) -> Hearing:
        parts = tuple(HeardPart(word, 0, d) for word in post.split() if (d := self._decision(word)))
        if parts:
            return Hearing(parts, nation)
        first = post.split(maxsplit=1)[0] if post.split() else ""
        reason = IgnoreReason(first) if first in set(IgnoreReason) else IgnoreReason.STORY
        return Hearing((), nation, Ignore(reason, NOTHING))

    def _decision(self, word: str) -> Decision | None:
        if word == "??":
            return hand_over("annual-review")
        if word == "?outcome":
            return hand_over("annual-review", reason=HandOverReason.ASKS_AFTER_SOMEONE)
        if word.startswith("?"):
            return answer(word[1:])
        if word.startswith("~"):
            return clarify(*word[1:].split(","))
        return None


LOST = Unreachable("lost")
