"""Checking the steps that look at something."""

from dataclasses import dataclass

from sandbox.play.hearing import Heard, Hearing, folded, text_of
from sandbox.play.places import Places
from sandbox.play.steps import Expect, NothingNew, Panel
from sandbox.server import Server
from sandbox.values import Json
from sandbox.world import until
from sandbox.world.mentions import Pinged
from sandbox.world.messages import EPHEMERAL

# An expectation may come true late; to tell "late" from "never" we wait a little longer.
_GRACE = 3.0


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether something held, in words, and how long it took (real seconds)."""

    held: bool
    words: str
    took: float | None = None


class Looking:
    """Looks at what came of the last thing that was done."""

    def __init__(self, server: Server, places: Places, hearing: Hearing) -> None:
        self._server = server
        self._world = server.world
        self._places = places
        self._hearing = hearing

    async def expect(self, step: Expect) -> Finding:
        """Wait for what must be said, then check what must not be and who is called."""
        wait = max(0.0, step.within + _GRACE - self._hearing.elapsed)
        await until(self._world, lambda: self._enough(step), wait)
        if step.lacks or step.count is not None or step.pings is not None:
            await self._server.settle()
        found = self._found(step)
        wrong = self._missing(step, found) + self._unwanted(step, found)
        took = max((self._hearing.after(each) for each in self._needed(step, found)), default=None)
        if not wrong and took is not None and took > step.within:
            wrong.append(f"it came after {took:.2f} s, not within {step.within:g} s")
        what = f"{step.by} in “{step.place}”"
        if not wrong:
            return Finding(True, f"{what}{_wanted(step)}", took)
        said = "\n".join(f"{step.by} said: {text_of(each.message)}" for each in found)
        return Finding(False, f"{what}: {'; '.join(wrong)}\n{said or 'Nothing was said.'}")

    def _found(self, step: Expect) -> list[Heard]:
        channel, author = self._places.channel(step.place), self._places.author(step.by)
        viewer = self._places.person(step.seen_by).id if step.seen_by else ""
        said = self._hearing.said(channel["id"], author)
        return [heard for heard in said if _shown(heard.message, viewer)]

    def _enough(self, step: Expect) -> bool:
        found = self._found(step)
        few = step.count is not None and len(_fresh(found)) < step.count
        return not few and not self._missing(step, found)

    def _missing(self, step: Expect, found: list[Heard]) -> list[str]:
        if not found and step.count != 0:
            return ["nothing was said"]
        said = folded("\n".join(text_of(heard.message) for heard in found))
        return [f"{words!r} is missing" for words in step.contains if folded(words) not in said]

    def _needed(self, step: Expect, found: list[Heard]) -> list[Heard]:
        """Return the messages without which the expectation would not have held."""
        if not step.contains:
            return found[:1]
        return [
            heard
            for heard in found
            if any(folded(words) in folded(text_of(heard.message)) for words in step.contains)
        ]

    def _unwanted(self, step: Expect, found: list[Heard]) -> list[str]:
        said = folded("\n".join(text_of(heard.message) for heard in found))
        wrong = [f"{words!r} is there" for words in step.lacks if folded(words) in said]
        fresh = len(_fresh(found))
        if step.count is not None and fresh != step.count:
            wrong.append(f"there are {fresh} new messages, not {step.count}")
        if step.pings is not None:
            called = self._called(found)
            if called != set(step.pings):
                wrong.append(f"it calls {sorted(called) or 'nobody'}, not {sorted(step.pings)}")
        return wrong

    def _called(self, found: list[Heard]) -> set[str]:
        pinged = [self._world.pinged.get(each.message["id"], Pinged()) for each in found]
        people = {self._places.called(user) for each in pinged for user in each.users}
        roles = self._places.town.guild.roles
        named = {str(roles[role]["name"]) for each in pinged for role in each.roles}
        return people | named | ({"everyone"} if any(each.everyone for each in pinged) else set())

    async def nothing_new(self, step: NothingNew) -> Finding:
        """Let everything come to rest; then nobody may have said anything there."""
        await self._server.settle()
        author = self._places.author(step.by)
        fresh = [
            f"in “{place}”: {text_of(heard.message)}"
            for place in step.places
            for heard in self._hearing.said(self._places.channel(place)["id"], author)
            if heard.fresh
        ]
        where = ", ".join(f"“{place}”" for place in step.places)
        if not fresh:
            return Finding(True, f"nothing new from {step.by} in {where}")
        return Finding(False, f"{step.by} said something new {'; '.join(fresh)}")

    async def panel(self, step: Panel) -> Finding:
        """Wait until a message that changes in place shows what it should."""
        channel = self._places.channel(step.place)

        def panel() -> Json | None:
            held = reversed(self._world.messages[channel["id"]].values())
            titled = (m for m in held if folded(step.titled) in folded(text_of(m)))
            return next((m for m in titled if m["author"]["id"] == self._world.bot_id), None)

        def wrong() -> list[str]:
            shown = panel()
            text = folded(text_of(shown)) if shown else ""
            lost = [f"{words!r} is missing" for words in step.contains if folded(words) not in text]
            lost += [f"{words!r} is there" for words in step.lacks if folded(words) in text]
            return lost if shown else [f"no message is titled {step.titled!r}"]

        await until(self._world, lambda: not wrong(), step.within)
        found = wrong()
        if not found:
            return Finding(True, f"“{step.titled}” in “{step.place}” is as it should be")
        shown = panel()
        return Finding(False, f"{'; '.join(found)}\n{text_of(shown) if shown else ''}")


def _fresh(found: list[Heard]) -> list[Heard]:
    return [heard for heard in found if heard.fresh]


def _shown(message: Json, viewer_id: str) -> bool:
    if not message["flags"] & EPHEMERAL:
        return True
    return bool(message["interaction_metadata"]["user"]["id"] == viewer_id)


def _wanted(step: Expect) -> str:
    said = "".join(f"\nsays “{words}”" for words in step.contains)
    said += "".join(f"\ndoes not say “{words}”" for words in step.lacks)
    if step.pings is not None:
        said += f"\ncalls {', '.join(step.pings) or 'nobody'}"
    return said
