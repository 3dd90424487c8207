"""An admin chooses where the bot listens; nobody else can, and nothing is read before that."""

from __future__ import annotations

import pytest

from tests.scenarios.stage import Place, Role, Shown, Stage, Who, panel, told

CHOICES = (
    ("al-setup:help", (Place.FORUM, Place.CHAT)),
    ("al-setup:volunteers", (Place.VOLUNTEERS,)),
    ("al-setup:volunteer-role", (Role.VOLUNTEER,)),
    ("al-setup:lead-role", (Role.LEAD,)),
    ("al-setup:nation", ("england",)),
    ("al-setup:plain", ("plain",)),
)


async def test_nothing_is_read_before_an_admin_has_set_it_up(bare_stage: Stage) -> None:
    stage = bare_stage
    early = await stage.post(Who.MOTHER, "?annual-review")
    assert told(stage, early.channel) == []
    shown = await begin(stage)
    assert shown.private
    assert "not listening yet" in shown.text
    for custom_id, values in CHOICES:
        (shown,) = await stage.select(Who.ADMIN, shown, custom_id, values)
    assert "Alongside is listening" in shown.text
    assert "Please mend this" not in shown.text
    assert told(stage, early.channel) == []
    post = await stage.post(Who.MOTHER, "?annual-review")
    overview, answer = told(stage, post.channel)
    assert "I heard one question" in overview
    assert answer.startswith("### How does the annual review work?")


@pytest.mark.parametrize("who", [Who.MOTHER, Who.VOLUNTEER, Who.LEAD])
async def test_who_may_not_manage_the_server_is_not_offered_setup(
    bare_stage: Stage, who: Who
) -> None:
    with pytest.raises(bare_stage.refusals):
        await bare_stage.slash(who, bare_stage.id_of(Place.CHAT), "setup")


async def test_the_settings_obey_nobody_else(bare_stage: Stage) -> None:
    shown = await begin(bare_stage)
    with pytest.raises(bare_stage.refusals):
        await bare_stage.select(Who.MOTHER, shown, "al-setup:help", [Place.CHAT])


async def test_another_look_redraws_the_panel_and_leaves_no_second_one(stage: Stage) -> None:
    await stage.post(Who.MOTHER, "??")
    shown = await begin(stage)
    for waiting, look in enumerate(("plain", "layout", "plain"), start=2):
        (shown,) = await stage.select(Who.ADMIN, shown, "al-setup:plain", [look])
        await stage.post(Who.FATHER, "??")
        assert f"Claim {waiting}" in panel(stage).buttons


async def test_asking_into_a_channel_says_that_nothing_is_set_up(bare_stage: Stage) -> None:
    chat = bare_stage.id_of(Place.CHAT)
    (shown,) = await bare_stage.slash(
        Who.MOTHER, chat, "ask", question="?annual-review", where="channel"
    )
    assert shown.private
    assert "has not been set up here yet" in shown.text
    assert told(bare_stage, chat) == []


async def begin(stage: Stage) -> Shown:
    """Open the settings as the admin."""
    (shown,) = await stage.slash(Who.ADMIN, stage.id_of(Place.CHAT), "setup")
    return shown
