import pytest

from sandbox import errors
from sandbox.world import components, messages, sending
from sandbox.world.mentions import Pinged


def _say(world, town, **body):
    return sending.send(world, world.bot, town.chat, body)


def _pinged(world, town, **body):
    return world.pinged[_say(world, town, **body)["id"]]


def test_mentions_follow_allowed_mentions(world, town):
    mother, role = town.mother, town.volunteer_role["id"]
    text = f"{mother.mention} <@&{role}> @everyone"
    free = _say(world, town, content=text)
    assert world.pinged[free["id"]] == Pinged((mother.id,), (role,), False)
    assert [user["id"] for user in free["mentions"]] == [mother.id]
    none = _say(world, town, content=text, allowed_mentions={"parse": []})
    assert not world.pinged[none["id"]]
    assert (none["mentions"], none["mention_roles"]) == ([], [])
    one = _pinged(world, town, content=text, allowed_mentions={"parse": [], "roles": [role]})
    assert one == Pinged((), (role,))


def test_everyone_needs_the_permission(world, town):
    text = {"content": "@everyone", "allowed_mentions": {"parse": ["everyone"]}}
    assert not _pinged(world, town, **text)
    admin = sending.send(world, town.admin.user, town.chat, text)
    assert world.pinged[admin["id"]].everyone
    assert admin["mention_everyone"]


def test_roles_that_cannot_be_mentioned_are_not_pinged(world, town):
    town.lead_role["mentionable"] = False
    assert not _pinged(world, town, content=f"<@&{town.lead_role['id']}>")


def test_replies_ping_whom_they_answer_unless_told_not_to(world, town):
    asked = sending.send(world, town.mother.user, town.chat, {"content": "?"})
    reply = {"content": "!", "message_reference": {"message_id": asked["id"]}}
    assert _pinged(world, town, **reply).users == (town.mother.id,)
    quiet = {"allowed_mentions": {"parse": [], "replied_user": False}}
    assert not _pinged(world, town, **reply, **quiet)
    messages.delete(world, asked)
    with pytest.raises(errors.InvalidForm):
        _say(world, town, **reply)
    reply["message_reference"]["fail_if_not_exists"] = False
    assert _say(world, town, **reply)["referenced_message"] is None


def test_who_cannot_see_the_channel_is_not_pinged(world, town):
    text = {"content": town.mother.mention}
    sent = sending.send(world, world.bot, town.volunteers, text)
    assert not world.pinged[sent["id"]]


def test_an_edit_pings_nobody(world, town):
    sent = _say(world, town, content="hello")
    messages.edit(world, sent, {"content": town.mother.mention})
    assert not world.pinged[sent["id"]]
    assert [user["id"] for user in sent["mentions"]] == [town.mother.id]


def test_text_displays_mention_too(world, town):
    part = {"type": 10, "content": town.mother.mention}
    assert _pinged(world, town, flags=1 << 15, components=[part]).users == (town.mother.id,)


def test_nonces_are_of_one_author_and_channel_and_for_a_window(world, town, clock):
    body = {"content": "x", "nonce": "n", "enforce_nonce": True}
    first = _say(world, town, **body)
    assert _say(world, town, **body) is first
    assert sending.send(world, town.mother.user, town.chat, body) is not first
    assert sending.send(world, world.bot, town.welcome, body) is not first
    clock.go(seconds=299)
    assert _say(world, town, **body) is first
    clock.go(seconds=2)
    assert _say(world, town, **body) is not first


def test_a_nonce_that_is_not_enforced_is_only_echoed(world, town):
    first, second = (_say(world, town, content="x", nonce=5) for _ in range(2))
    assert first["id"] != second["id"]
    assert first["nonce"] == 5


def _row(*parts):
    return {"type": 1, "components": list(parts)}


def _button(**more):
    return {"type": 2, "style": 1, "label": "b", "custom_id": "b", **more}


TOO_MUCH = [
    {"content": "x" * 2001},
    {"content": "x", "embeds": [{"title": "t"}] * 11},
    {"embeds": [{"title": "t" * 257}]},
    {"embeds": [{"description": "d" * 4000}, {"description": "d" * 2001}]},
    {"embeds": [{"fields": [{"name": "n", "value": "v" * 1025}]}]},
    {"content": "x", "components": [_row(*[_button(custom_id=str(n)) for n in range(6)])]},
    {"content": "x", "components": [_row(_button(custom_id="c" * 101))]},
    {"content": "x", "components": [_row(_button(label="l" * 81))]},
    {"content": "x", "components": [_row(_button()), _row(_button())]},
    {"content": "x", "components": [{"type": 10, "content": "needs the flag"}]},
    {"content": "x", "components": [_row(_button(custom_id=str(n))) for n in range(6)]},
    {"flags": 1 << 15, "content": "x", "components": [{"type": 10, "content": "t"}]},
    {"flags": 1 << 15, "components": [{"type": 10, "content": "t" * 4001}]},
    {"flags": 1 << 15, "components": [{"type": 10, "content": "t"}] * 41},
    {"content": "x", "nonce": "n" * 26},
]


@pytest.mark.parametrize("body", TOO_MUCH)
def test_too_much_is_refused(world, town, body):
    with pytest.raises(errors.InvalidForm):
        _say(world, town, **body)


def test_nothing_is_refused_too(world, town):
    with pytest.raises(errors.EmptyMessage):
        _say(world, town, content="")
    with pytest.raises(errors.NotATextChannel):
        sending.send(world, world.bot, town.forum, {"content": "x"})


def test_a_refused_field_is_named_in_the_body(world, town):
    with pytest.raises(errors.InvalidForm) as refused:
        _say(world, town, content="x" * 2001)
    assert refused.value.body()["errors"]["content"]["_errors"][0]["code"] == "BASE_TYPE_MAX_LENGTH"


def test_components_are_found_however_deep(world, town):
    section = {"type": 9, "components": [{"type": 10, "content": "t"}], "accessory": _button()}
    parts = [{"type": 17, "components": [section, _row(_button(custom_id="c", label="See"))]}]
    sent = _say(world, town, flags=1 << 15, components=parts)
    assert components.find(sent["components"], "b")["type"] == 2
    assert components.find(sent["components"], "See")["custom_id"] == "c"
    assert components.find(sent["components"], "absent") is None
    ids = [part["id"] for part in components.walk(sent["components"])]
    assert len(ids) == len(set(ids)) == 6


def test_edits_empty_what_is_null_and_keep_what_is_absent(world, town):
    sent = _say(world, town, content="x", components=[_row(_button())])
    messages.edit(world, sent, {"embeds": [{"title": "t"}]})
    assert (sent["content"], len(sent["components"])) == ("x", 1)
    messages.edit(world, sent, {"content": None, "components": []})
    assert (sent["content"], sent["components"]) == ("", [])
    with pytest.raises(errors.EmptyMessage):
        messages.edit(world, sent, {"embeds": []})


def test_pinning_says_so_in_the_channel(world, town):
    sent = _say(world, town, content="x")
    messages.pin(world, town.chat, sent, world.bot)
    messages.pin(world, town.chat, sent, world.bot)
    assert [m["type"] for m in world.messages[town.chat["id"]].values()] == [0, 6]


def test_ids_chosen_beforehand_come_back_as_texts(world, town):
    chosen = {"id": int(town.chat["id"]), "type": "channel"}
    select = {"type": 8, "custom_id": "where", "default_values": [chosen]}
    message = _say(world, town, components=[{"type": 1, "components": [select]}])
    (shown,) = [part for part in components.walk(message["components"]) if part["type"] == 8]
    assert shown["default_values"] == [{"id": town.chat["id"], "type": "channel"}]


def test_a_person_may_write_more_than_a_bot(world, town):
    said = sending.send(world, town.mother.user, town.chat, {"content": "x" * 4000})
    assert len(said["content"]) == 4000
    with pytest.raises(errors.InvalidForm):
        sending.send(world, town.mother.user, town.chat, {"content": "x" * 4001})
