"""Playing a scenario in a town, over the same doors as the tests and the page."""

from sandbox.play.doing import Doing
from sandbox.play.hearing import Hearing, text_of
from sandbox.play.looking import Finding, Looking
from sandbox.play.places import Places
from sandbox.play.problems import CannotPlay
from sandbox.play.steps import Advance, Expect, Note, NothingNew, Panel, Scenario, Step
from sandbox.play.transcript import Entry, EntryKind, Transcript
from sandbox.server import Server
from sandbox.town import Town
from sandbox.values import Json

__all__ = ["Transcript", "play"]


async def play(server: Server, town: Town, scenario: Scenario) -> Transcript:
    """Play a scenario; a bot must be connected, and the server be running.

    An expectation that fails is noted and the play goes on; a step that cannot be carried out
    ends it.
    """
    player = Player(server, town)
    try:
        await player.run(scenario)
    finally:
        player.stop()
    return Transcript(scenario.title, tuple(player.entries))


class Player:
    """One run of one scenario."""

    def __init__(self, server: Server, town: Town) -> None:
        self._clock = server.clock
        self._world = server.world
        self._hearing = Hearing(server.world)
        self._places = Places(town)
        self._doing = Doing(server, self._places)
        self._looking = Looking(server, self._places, self._hearing)
        self.entries: list[Entry] = []
        self._hearing.each(self._record)

    def stop(self) -> None:
        """Stop listening to the world."""
        self._hearing.stop()

    async def run(self, scenario: Scenario) -> None:
        """Take the steps one by one."""
        for step in scenario.steps:
            try:
                await self._take(step)
            except CannotPlay as stuck:
                self._enter(EntryKind.FAILED, f"The play ends here: {stuck}", step)
                return

    async def _take(self, step: Step) -> None:
        match step:
            case Note():
                self._enter(EntryKind.NOTE, step.text, step)
            case Expect():
                self._judge(await self._looking.expect(step), step)
            case NothingNew():
                self._judge(await self._looking.nothing_new(step), step)
            case Panel():
                self._judge(await self._looking.panel(step), step)
            case _:
                await self._do(step)

    async def _do(self, step: Step) -> None:
        self._hearing.mark()
        place = len(self.entries)
        done = await self._doing.do(step)
        if isinstance(step, Advance):
            # Whoever waits counts from the moment that has now come, not from the push.
            self._hearing.start_timing()
        # What the bot said meanwhile stands after what made it speak.
        entry = Entry(self._clock.now(), EntryKind.DID, done, step.line)
        self.entries.insert(place, entry)

    def _judge(self, finding: Finding, step: Step) -> None:
        kind = EntryKind.HELD if finding.held else EntryKind.FAILED
        self._enter(kind, finding.words, step, finding.took)

    def _record(self, message: Json, fresh: bool) -> None:
        if message["author"]["id"] != self._world.bot_id:
            return
        place = self._world.channels[message["channel_id"]].get("name", "a direct message")
        kind = EntryKind.SAID if fresh else EntryKind.CHANGED
        self._enter(kind, f"{message['author']['global_name']} in “{place}”:\n{text_of(message)}")

    def _enter(
        self, kind: EntryKind, text: str, step: Step | None = None, took: float | None = None
    ) -> None:
        line = None if step is None else step.line
        self.entries.append(Entry(self._clock.now(), kind, text, line, took))
