"""The real discord.py finds in the sandbox the Discord it expects: messages, threads, channels."""

import asyncio
import io
from datetime import UTC, datetime, timedelta

import discord
import pytest


async def test_login_shows_the_town(sandbox, probe):
    guild = probe.guilds[0]
    assert guild.name == "SEN parents together"
    assert [channel.name for channel in guild.channels] == [
        "welcome",
        "ask-for-help",
        "chat",
        "volunteers",
    ]
    assert guild.member_count == len(guild.members) == 8
    assert guild.me.guild_permissions.manage_threads
    assert isinstance(guild.channels[1], discord.ForumChannel)
    assert probe.application.flags.gateway_message_content_limited
    info = await probe.application_info()
    assert info.owner.name == "noor"


async def test_message_and_reply(sandbox, probe):
    town = sandbox.town
    asked = await town.mother.send(town.chat, "hello")
    heard = await probe.until("message", lambda m: m.content == "hello")
    assert heard.author.display_name == "Maya"
    sent = await heard.channel.send("hi", nonce="fixed-1")
    assert sandbox.world.messages[town.chat["id"]][str(sent.id)]["nonce"] == "fixed-1"
    reply = await heard.reply("re", embed=discord.Embed(title="t"), mention_author=True)
    stored = sandbox.world.messages[town.chat["id"]][str(reply.id)]
    assert stored["type"] == 19
    assert stored["message_reference"]["message_id"] == asked["id"]
    assert sandbox.world.pinged[str(reply.id)].users == (town.mother.id,)
    echo = await probe.until("message", lambda m: m.id == reply.id)
    assert echo.reference.resolved.content == "hello"


async def test_nonce_is_remembered_for_a_while(sandbox, probe):
    channel = probe.get_channel(int(sandbox.town.chat["id"]))
    first = await channel.send("once", nonce="n1")
    assert (await channel.send("once", nonce="n1")).id == first.id
    await sandbox.clock.advance(301, settle=False)
    assert (await channel.send("once", nonce="n1")).id != first.id
    with pytest.raises(discord.HTTPException) as refused:
        await channel.send("too long", nonce="n" * 26)
    assert refused.value.code == 50035


async def test_files_go_there_and_back(sandbox, probe):
    channel = probe.get_channel(int(sandbox.town.chat["id"]))
    sent = await channel.send("f", file=discord.File(io.BytesIO(b"words"), "a.txt"))
    assert await sent.attachments[0].read() == b"words"


async def test_edit_delete_history_pins(sandbox, probe):
    town = sandbox.town
    message = await town.mother.send(town.chat, "v1")
    await probe.until("message")
    await town.mother.edit(message, "v2")
    _, after = await probe.until("message_edit", lambda _, m: m.content == "v2")
    assert after.edited_at is not None
    channel = after.channel
    others = [await channel.send(str(number)) for number in range(5)]
    assert [m.content async for m in channel.history(limit=3)] == ["4", "3", "2"]
    after_first = channel.history(after=discord.Object(int(message["id"])), limit=2)
    assert [m.content async for m in after_first] == ["0", "1"]
    before = channel.history(before=others[1], limit=10)
    assert [m.content async for m in before] == ["0", "v2"]
    around = [m.content async for m in channel.history(around=others[2], limit=3)]
    assert sorted(around) == ["1", "2", "3"]
    with pytest.raises(discord.Forbidden):
        await others[0].pin()
    sandbox.allow(discord.Permissions(manage_messages=True))
    await others[0].pin()
    assert [m.content async for m in channel.pins()] == ["0"]
    await town.mother.delete(message)
    gone = await probe.until("raw_message_delete", lambda p: p.message_id == int(message["id"]))
    assert gone.channel_id == channel.id
    with pytest.raises(discord.NotFound) as missing:
        await channel.fetch_message(int(message["id"]))
    assert missing.value.code == 10008
    await others[1].delete()
    await channel.delete_messages(others[2:4])
    await probe.until("raw_bulk_message_delete", lambda p: len(p.message_ids) == 2)


async def test_reactions_both_ways(sandbox, probe):
    town = sandbox.town
    message = await town.mother.send(town.chat, "hello")
    heard = await probe.until("message")
    await heard.add_reaction("✅")
    await town.mother.react(message, "👍")
    added = await probe.until("raw_reaction_add", lambda p: str(p.emoji) == "👍")
    assert added.user_id == int(town.mother.id)
    fresh = await heard.channel.fetch_message(heard.id)
    assert {str(r.emoji): (r.count, r.me) for r in fresh.reactions} == {
        "✅": (1, True),
        "👍": (1, False),
    }
    await town.mother.unreact(message, "👍")
    await probe.until("raw_reaction_remove")
    with pytest.raises(discord.HTTPException) as refused:
        await heard.add_reaction("nonsense")
    assert refused.value.code == 10014


async def test_thread_from_message(sandbox, probe):
    town = sandbox.town
    message = await town.mother.send(town.chat, "begin")
    heard = await probe.until("message")
    thread = await heard.create_thread(name="T")
    assert thread.id == int(message["id"])
    with pytest.raises(discord.HTTPException) as again:
        await heard.create_thread(name="T")
    assert again.value.code == 160004
    await town.father.send(str(thread.id), "inside")
    inside = await probe.until("message", lambda m: m.content == "inside")
    assert isinstance(inside.channel, discord.Thread)
    assert {member.id for member in await thread.fetch_members()} == {
        probe.user.id,
        int(town.father.id),
    }
    await thread.add_user(discord.Object(int(town.mother.id)))
    await thread.remove_user(discord.Object(int(town.mother.id)))
    private = await heard.channel.fetch_message(heard.id)
    assert private.flags.has_thread


async def test_forum_post_and_its_first_message(sandbox, probe):
    town = sandbox.town
    thread = await town.mother.post(town.forum, "Refused an assessment", "What now?", ["EHCP"])
    made = await probe.until("thread_create")
    first = await probe.until("message")
    assert made.id == first.id == int(thread["id"])
    assert [tag.name for tag in made.applied_tags] == ["EHCP"]
    assert made.parent.name == "ask-for-help"
    answered = next(tag for tag in made.parent.available_tags if tag.name == "Answered")
    await made.add_tags(answered)
    assert answered.id in [int(tag) for tag in sandbox.world.channels[thread["id"]]["applied_tags"]]
    own = await made.parent.create_thread(name="From the bot", content="words")
    assert own.message.id == own.thread.id


async def test_a_post_is_there_before_its_first_message(sandbox, probe):
    from sandbox.world import posts

    town = sandbox.town
    opened = posts.open_post(sandbox.world, town.forum, town.mother.user, "T")
    made = await probe.until("thread_create")
    with pytest.raises(discord.Forbidden) as early:
        await made.send("too early")
    assert early.value.code == 40058
    with pytest.raises(discord.NotFound) as missing:
        await made.fetch_message(made.id)
    assert missing.value.code == 10008
    posts.fill_post(sandbox.world, opened, {"content": "words"})
    assert (await probe.until("message")).id == made.id
    await made.send("now")


async def test_archived_thread_is_revived_by_a_message(sandbox, probe):
    town = sandbox.town
    thread = await town.mother.post(town.forum, "T", "words")
    made = await probe.until("thread_create")
    first = await probe.until("message")
    await made.edit(archived=True)
    await probe.until("raw_thread_update", lambda p: p.data["thread_metadata"]["archived"])
    assert probe.get_channel(made.id) is None
    with pytest.raises(discord.HTTPException) as closed:
        await first.edit(content="x")
    assert closed.value.code in (50005, 50083)
    with pytest.raises(discord.HTTPException) as refused:
        await made.edit(name="other")
    assert refused.value.code == 50083
    archived = [t.id async for t in made.parent.archived_threads()]
    assert archived == [made.id]
    since = probe.mark
    await town.father.send(thread, "still there?")
    await probe.until(
        "raw_thread_update", lambda p: not p.data["thread_metadata"]["archived"], since
    )
    await probe.until("thread_join", since=since)
    await probe.until("message", lambda m: m.content == "still there?", since)
    assert probe.count("thread_update", since) == 0
    assert [t.id for t in await probe.guilds[0].active_threads()] == [made.id]


async def test_idle_threads_are_archived_as_time_goes_by(sandbox, probe):
    town = sandbox.town
    thread = await town.mother.post(town.forum, "T", "words")
    await probe.until("thread_create")
    await sandbox.clock.advance(1439 * 60, settle=False)
    assert not thread["thread_metadata"]["archived"]
    await sandbox.clock.advance(120, settle=False)
    await probe.until("raw_thread_update", lambda p: p.data["thread_metadata"]["archived"])


async def test_virtual_time_is_in_the_ids(sandbox, probe):
    await sandbox.clock.advance(4 * 3600, settle=False)
    await sandbox.town.mother.send(sandbox.town.chat, "later")
    heard = await probe.until("message")
    ahead = heard.created_at - datetime.now(UTC)
    assert timedelta(hours=3.9) < ahead < timedelta(hours=4.1)


async def test_direct_messages(sandbox, probe):
    await sandbox.town.mother.dm("in private")
    heard = await probe.until("message")
    assert isinstance(heard.channel, discord.DMChannel)
    await heard.channel.send("back")
    user = await probe.fetch_user(int(sandbox.town.father.id))
    await user.send("to you")
    assert [m["content"] for m in sandbox.world.messages[str(user.dm_channel.id)].values()] == [
        "to you"
    ]
    await sandbox.town.father.close_dms()
    with pytest.raises(discord.Forbidden) as closed:
        await user.send("to you")
    assert closed.value.code == 50007


async def test_permissions_and_unknown_things_have_their_codes(sandbox, probe):
    town, world = sandbox.town, sandbox.world
    everyone = probe.guilds[0].default_role
    chat = probe.get_channel(int(town.chat["id"]))
    with pytest.raises(discord.Forbidden) as denied:
        await chat.set_permissions(everyone, send_messages=False)
    assert denied.value.code == 50013
    world.channels[town.welcome["id"]]["permission_overwrites"] = [
        {"id": world.bot_id, "type": 1, "allow": "0", "deny": str(1 << 10)}
    ]
    with pytest.raises(discord.Forbidden) as unseen:
        await probe.get_channel(int(town.welcome["id"])).send("x")
    assert unseen.value.code == 50001
    for find, code in (
        (probe.fetch_channel(1), 10003),
        (probe.fetch_guild(1), 10004),
        (probe.guilds[0].fetch_member(1), 10007),
        (probe.fetch_user(1), 10013),
    ):
        with pytest.raises(discord.NotFound) as missing:
            await find
        assert missing.value.code == code


async def test_content_is_withheld_without_its_intent(sandbox, make_probe):
    intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
    probe = await make_probe(intents=intents).ready()
    town = sandbox.town
    await town.mother.send(town.chat, "secret")
    assert (await probe.until("message")).content == ""
    await town.mother.send(town.chat, f"<@{probe.user.id}> help")
    await probe.until("message", lambda m: m.content.endswith("help"))
    await town.mother.dm("private")
    await probe.until("message", lambda m: m.content == "private")
    await town.mother.react(town.mother.read(town.chat)[0], "👍")
    await sandbox.server.gateway.settle()
    assert probe.count("raw_reaction_add") == 0
    assert len(probe.guilds[0].members) == 1


async def test_gaining_sight_of_a_channel_syncs_its_threads(sandbox, probe):
    from sandbox.world import channels, posts

    town, world = sandbox.town, sandbox.world
    hide = {"id": world.bot_id, "type": 1, "allow": "0", "deny": str(1 << 10)}
    channels.set_overwrite(world, town.forum, hide)
    thread, _ = posts.forum_post(world, town.forum, town.mother.user, "T", {"content": "x"})
    await sandbox.server.gateway.settle()
    assert probe.count("message") == 0
    channels.drop_overwrite(world, town.forum, world.bot_id)
    await probe.until("thread_join", lambda t: t.id == int(thread["id"]))


async def test_members_and_roles(sandbox, probe):
    town = sandbox.town
    guild = probe.guilds[0]
    assert len([m async for m in guild.fetch_members(limit=None)]) == 8
    assert {r.name for r in await guild.fetch_roles()} >= {"Volunteer", "Lead", "Alongside"}
    found = await guild.query_members("pri")
    assert [m.id for m in found] == [int(town.volunteer.id)]
    member = await guild.fetch_member(int(town.volunteer.id))
    assert [r.name for r in member.roles[1:]] == ["Volunteer"]
    assert [g.name async for g in probe.fetch_guilds()] == [guild.name]


async def test_settle_waits_for_the_client_and_for_the_clock(sandbox, probe):
    town = sandbox.town
    for number in range(50):
        await town.mother.send(town.chat, str(number))
    assert await sandbox.server.settle(wait=0.5) is False
    assert probe.count("message") == 50

    async def follow():
        async with probe.http._HTTPClient__session.get(
            f"{sandbox.server.url}/clock", params={"after": sandbox.clock.turn}
        ) as answer:
            now = await answer.json()
        async with probe.http._HTTPClient__session.post(
            f"{sandbox.server.url}/clock/seen", json={"turn": now["turn"]}
        ):
            return now

    follower = asyncio.create_task(follow())
    await asyncio.sleep(0)
    assert await town.mother.advance_time(60) is True
    assert (await follower)["offset"] == 60
