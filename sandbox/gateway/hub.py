"""The gateway as a whole: its sessions, what they are told, and how to upset them."""

import asyncio
import functools
from collections.abc import Callable

from sandbox.faults import Fault, FaultKind, Faults
from sandbox.gateway.intents import needed, readable
from sandbox.gateway.session import Session, frame
from sandbox.values import Json
from sandbox.world import shapes
from sandbox.world.kinds import WORLD_ONLY
from sandbox.world.state import Event, World

RECONNECT, INVALID_SESSION = 7, 9
_EVENT_FAULTS = frozenset(
    {FaultKind.DUPLICATE, FaultKind.HOLD, FaultKind.LOSE, FaultKind.MALFORMED}
)
# An interaction reaches the application wherever a person may use it.
_TOLD_UNSEEN = frozenset({"INTERACTION_CREATE", "CHANNEL_UPDATE", "CHANNEL_DELETE"})
# Presences, members and message content, as bots in fewer than a hundred guilds have them.
_LIMITED_INTENTS = 1 << 13 | 1 << 15 | 1 << 19
# Discord lets a client come back for some minutes; a few forgotten sessions stand for that.
_KEPT_SESSIONS = 8


class Connection:
    """What the hub can do to one open socket."""

    def __init__(self, send: Callable[[bytes], None], abort: Callable[[], None]) -> None:
        self.send = send
        self.abort = abort
        self.closing: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def close(self, code: int) -> None:
        """Ask for the socket to be closed with a close code."""
        if not self.closing.done():
            self.closing.set_result(code)


class Gateway:
    """Tells sessions what happens in the world, as far as each may know."""

    def __init__(self, world: World, faults: Faults, token: str) -> None:
        self.world = world
        self.faults = faults
        self.token = token
        self.url = ""
        self.privileged = True
        self.heartbeat_ms = 41_250
        self.ring = 5000
        self.identifies: list[float] = []
        self.sessions: dict[str, Session] = {}
        self.connections: list[Connection] = []
        self._held: list[tuple[Fault, Session, bytes]] = []
        # Calling it ends what the gateway hears of the world.
        self.retire = world.listen(self._tell)

    @property
    def live(self) -> list[Session]:
        """Return the sessions that a client is connected to."""
        return [session for session in self.sessions.values() if session.live]

    # What a test or a person does to it.

    def drop(self) -> None:
        """Cut every connection without a word."""
        for connection in list(self.connections):
            connection.abort()

    def close(self, code: int) -> None:
        """Close every connection with a close code."""
        for connection in list(self.connections):
            connection.close(code)

    def ask_to_reconnect(self) -> None:
        """Ask every client to reconnect and resume (op 7)."""
        self._control(frame(RECONNECT))

    def invalidate(self, resumable: bool) -> None:
        """Tell every client that its session is invalid (op 9), for good unless `resumable`."""
        if not resumable:
            self.kill_sessions()
        self._control(frame(INVALID_SESSION, resumable))

    def kill_sessions(self) -> None:
        """Forget every session, so that none can be resumed."""
        for session in self.sessions.values():
            session.dead = True

    def release(self, fault: Fault) -> None:
        """Send the events that a HOLD fault has kept back."""
        self.faults.remove(fault)
        held = [entry for entry in self._held if entry[0] is fault]
        self._held = [entry for entry in self._held if entry[0] is not fault]
        for _, session, raw in held:
            if session.send is not None:
                session.send(raw)

    def send_raw(self, name: str, data: Json) -> None:
        """Push any payload at all to every live session."""
        for session in self.live:
            session.push(name, data)

    async def settle(self, wait: float = 10.0) -> bool:
        """Wait until every connected client has received all that was pushed to it."""
        try:
            async with asyncio.timeout(wait):
                await asyncio.gather(*(session.caught_up() for session in self.live))
        except TimeoutError:
            return False
        return True

    def _control(self, raw: bytes) -> None:
        for connection in list(self.connections):
            connection.send(raw)

    # How sessions come and are told.

    def open_session(self, intents: int) -> Session:
        """Begin a session and send READY and the guilds."""
        self.identifies.append(self.world.clock.now().timestamp())
        self._prune()
        session = Session(intents, self.ring)
        self.sessions[session.id] = session
        return session

    def _prune(self) -> None:
        gone = [key for key, session in self.sessions.items() if not session.live]
        for key in gone[: max(0, len(gone) - _KEPT_SESSIONS)]:
            del self.sessions[key]

    def greet(self, session: Session) -> None:
        """Send READY and then every guild."""
        session.push("READY", self._ready(session))
        for guild in self.world.guilds.values():
            if needed("GUILD_CREATE", direct=False) & session.intents:
                payload = shapes.guild_create(self.world, guild, session.intents)
                session.push("GUILD_CREATE", payload)

    def _ready(self, session: Session) -> Json:
        return {
            "v": 10,
            "user": {**self.world.bot, "verified": True, "mfa_enabled": False, "email": None},
            "guilds": [{"id": guild, "unavailable": True} for guild in self.world.guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "session_type": "normal",
            "shard": [0, 1],
            "application": {"id": self.world.bot_id, "flags": self.application_flags},
        }

    @property
    def application_flags(self) -> int:
        """Return the application's flags: a small bot's privileged intents, granted or not."""
        return _LIMITED_INTENTS if self.privileged else 0

    def _tell(self, event: Event) -> None:
        if event.name in WORLD_ONLY or event.private_to is not None:
            return
        channel = event.channel
        if channel is not None and event.name not in _TOLD_UNSEEN and not self._sees(channel):
            return
        need = needed(event.name, direct=channel is not None and "guild_id" not in channel)
        for session in self.sessions.values():
            if not session.dead and (not need or session.intents & need):
                self._push(session, event)

    def _sees(self, channel: Json) -> bool:
        return self.world.sees(self.world.bot_id, channel)

    def _push(self, session: Session, event: Event) -> None:
        data = readable(self.world, event, session.intents)
        if event.name == "GUILD_CREATE":
            data = shapes.guild_create(
                self.world, self.world.guild(str(event.guild_id)), session.intents
            )
        fault = self.faults.take(_EVENT_FAULTS, event.name)
        match fault and fault.kind:
            case None:
                session.push(event.name, data)
            case FaultKind.DUPLICATE:
                session.push(event.name, data)
                session.push(event.name, data)
            case FaultKind.MALFORMED:
                assert fault is not None
                kept = {key: value for key, value in data.items() if key not in fault.missing}
                session.push(event.name, kept)
            case FaultKind.HOLD:
                assert fault is not None
                self._hold(fault, session, session.number(event.name, data))
            case _:
                pass

    def _hold(self, fault: Fault, session: Session, raw: bytes) -> None:
        self._held.append((fault, session, raw))
        if fault.delay:
            release = functools.partial(self._release_one, (fault, session, raw))
            asyncio.get_running_loop().call_later(fault.delay, release)

    def _release_one(self, entry: tuple[Fault, Session, bytes]) -> None:
        if entry in self._held:
            self._held.remove(entry)
            if entry[1].send is not None:
                entry[1].send(entry[2])
