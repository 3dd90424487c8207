"""What a person reads and writes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sandbox import errors
from sandbox.actors.refusals import NotAllowed, NotOffered
from sandbox.permissions import Permission
from sandbox.values import Json, Ref, id_of
from sandbox.world import channels, messages, posts, reactions, sending, threads
from sandbox.world.state import World


@contextmanager
def permitted() -> Iterator[None]:
    """Turn Discord's refusals into NotAllowed: to a person they are all the same."""
    try:
        yield
    except errors.ApiError as refusal:
        raise NotAllowed(str(refusal)) from refusal


def _tag_ids(forum: Json, names: Sequence[str]) -> list[str]:
    by_name = {tag["name"]: str(tag["id"]) for tag in forum.get("available_tags") or []}
    unknown = set(names) - set(by_name)
    if unknown:
        raise NotOffered(f"the forum has no tags {sorted(unknown)}, but {sorted(by_name)}")
    return [by_name[name] for name in names]


class Writer:
    """Someone who reads and writes, as far as their permissions go."""

    def __init__(self, world: World, user: Json) -> None:
        self.world = world
        self.user = user

    @property
    def id(self) -> str:
        """Return the person's id."""
        return str(self.user["id"])

    @property
    def mention(self) -> str:
        """Return what calls the person in a message."""
        return f"<@{self.id}>"

    def _channel(self, ref: Ref) -> Json:
        return self.world.channel(id_of(ref))

    def _message(self, message: Json) -> Json:
        return self.world.message(message["channel_id"], message["id"])

    async def post(self, forum: Ref, title: str, body: str, tags: Sequence[str] = ()) -> Json:
        """Make a forum post with tags by name, and return its thread."""
        channel = self._channel(forum)
        chosen = _tag_ids(channel, tags)
        with permitted():
            self.world.need(self.id, channel, Permission.SEND_MESSAGES)
            said = {"content": body}
            thread, _ = posts.forum_post(self.world, channel, self.user, title, said, tags=chosen)
        return thread

    async def send(self, channel: Ref, text: str, reply_to: Json | None = None) -> Json:
        """Send a message, perhaps as a reply."""
        body: Json = {"content": text}
        if reply_to is not None:
            body["message_reference"] = {"message_id": reply_to["id"]}
        with permitted():
            return sending.send(self.world, self.user, self._channel(channel), body)

    async def dm(self, text: str) -> Json:
        """Write to the bot in private."""
        with permitted():
            private = channels.direct(self.world, self.user)
            return sending.send(self.world, self.user, private, {"content": text})

    async def close_dms(self, closed: bool = True) -> None:
        """Take no more private messages from bots, or take them again."""
        change = {self.id}
        door = self.world.closed_to_bots
        self.world.closed_to_bots = door | change if closed else door - change

    async def edit(self, message: Json, text: str) -> Json:
        """Change one's own message."""
        with permitted():
            found = self._message(message)
            if found["author"]["id"] != self.id:
                raise errors.NotYourMessage
            sending.need_open(self.world, self._channel(found["channel_id"]))
            return messages.edit(self.world, found, {"content": text})

    async def delete(self, message: Json) -> None:
        """Delete one's own message, or another's if one may manage messages."""
        with permitted():
            found = self._message(message)
            own = found["author"]["id"] == self.id
            wanted = () if own else (Permission.MANAGE_MESSAGES,)
            self.world.need(self.id, self._channel(found["channel_id"]), *wanted)
            messages.delete(self.world, found)

    async def react(self, message: Json, emoji: str) -> None:
        """Add a reaction."""
        with permitted():
            found = self._message(message)
            channel = self._channel(found["channel_id"])
            self.world.need(self.id, channel, Permission.ADD_REACTIONS)
            sending.need_open(self.world, channel)
            reactions.react(self.world, found, self.user, emoji)

    async def unreact(self, message: Json, emoji: str) -> None:
        """Take one's reaction back."""
        with permitted():
            reactions.unreact(self.world, self._message(message), self.user, emoji)

    async def archive(self, thread: Ref, archived: bool = True) -> Json:
        """Close one's own thread, or any if one may manage threads; or open it again."""
        with permitted():
            found = self._channel(thread)
            change = {"archived": archived}
            threads.need_to_edit(self.world, self.id, found, change)
            return threads.edit(self.world, found, change)

    def read(self, channel: Ref) -> list[Json]:
        """Return the messages that the person sees in a channel, oldest first."""
        with permitted():
            found = self._channel(channel)
            self.world.need(self.id, found, Permission.READ_MESSAGE_HISTORY)
            return messages.shown_to(self.world, found, self.id)
