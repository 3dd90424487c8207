"""Where a press of our buttons goes. One door for all of them, and errors in one place.

Buttons are routed by their custom id rather than by views held in memory: they work after any
restart, and nothing that fails is swallowed (discord.py drops exceptions in `DynamicItem` hooks).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import discord

from bot.adapters.discord.answers import defer, said, tell
from bot.adapters.discord.custom_id import Pressed, id_in, read_custom_id
from bot.adapters.discord.people import actor_of
from bot.adapters.discord.refusals import refuse
from bot.cases.calendar import next_morning
from bot.cases.capability import Actor, Capability
from bot.cases.command import (
    ChooseEntry,
    Claim,
    Command,
    HandBack,
    Reopen,
    Resolve,
    SayHelped,
    SayStuck,
    Snooze,
)
from bot.guidance.reply import Action, Button, Paragraph, Reply
from bot.services.errors import OldButton
from bot.services.house import House
from bot.services.letters.overview import NONE_OF_THESE
from bot.services.letters.safety import stood_down_reply
from bot.services.letters.volunteers import case_reply
from bot.services.letters.words import words_reply

Handler = Callable[[discord.Interaction, Actor, Pressed], Awaitable[None]]


class Router:
    """Receives presses, finds who pressed what, and hands on."""

    def __init__(self, house: House) -> None:
        self._house = house
        asker, volunteer, alarm = self._as_asker, self._as_volunteer, self._about_alarm
        self._handlers: dict[Action, Handler] = {
            Action.HELPED: asker,
            Action.STILL_STUCK: asker,
            Action.CHOOSE: asker,
            Action.NONE_OF_THESE: asker,
            Action.SHOW_ALL: self._show_all,
            Action.EXPLAIN_WORDS: self._explain_words,
            Action.CLAIM: volunteer,
            Action.HAND_BACK: volunteer,
            Action.SNOOZE: volunteer,
            Action.RESOLVE: volunteer,
            Action.REOPEN: volunteer,
            Action.ALARM_HERE: alarm,
            Action.ALARM_NOT: alarm,
            Action.ALARM_LEAD: alarm,
        }

    async def pressed(self, interaction: discord.Interaction) -> None:
        """Deal with a press of one of our buttons; anything else is left alone."""
        pressed = read_custom_id(id_in(interaction))
        if pressed is None or pressed.action not in self._handlers:
            return
        try:
            await defer(interaction)
            actor = await actor_of(interaction, self._house)
            await self._handlers[pressed.action](interaction, actor, pressed)
        except Exception as error:
            await refuse(interaction, error)

    async def _as_asker(
        self, interaction: discord.Interaction, actor: Actor, pressed: Pressed
    ) -> None:
        case = await self._house.casework.find(pressed.case, actor.guild_id)
        if case.asker != actor.pseudonym:
            words = "Only the person who asked can say that. You can answer them in the thread."
            await tell(interaction, [said(words)])
            return
        command = await self._askers_command(pressed)
        await self._house.casework.ask(actor, pressed.case, Capability.SPEAK_FOR_ASKER, command)
        await tell(interaction, [said(THANKS[pressed.action])])

    async def _askers_command(self, pressed: Pressed) -> Command:
        match pressed.action:
            case Action.HELPED:
                return SayHelped(pressed.argument)
            case Action.STILL_STUCK:
                return SayStuck(pressed.argument)
        number, place = divmod(pressed.argument, 10)
        if place == NONE_OF_THESE:
            return ChooseEntry(number, None)
        case = await self._house.store.case(pressed.case)
        part = case.part(number) if case else None
        if part is None or place >= len(part.near):
            raise OldButton
        return ChooseEntry(number, part.near[place])

    async def _as_volunteer(
        self, interaction: discord.Interaction, actor: Actor, pressed: Pressed
    ) -> None:
        done = await self._house.casework.work(actor, pressed.case, self._work(actor, pressed))
        entries = self._house.library.now.knowledge.entries
        await tell(interaction, [case_reply(done.case, entries)])

    def _work(self, actor: Actor, pressed: Pressed) -> Command:
        now = self._house.clock.now()
        match pressed.action:
            case Action.CLAIM:
                return Claim(actor.id)
            case Action.HAND_BACK:
                return HandBack(actor.id)
            case Action.SNOOZE:
                return Snooze(actor.id, next_morning(now + timedelta(hours=8)))
            case Action.RESOLVE:
                return Resolve(actor.id, pressed.argument)
            case _:
                return Reopen(actor.id)

    async def _about_alarm(
        self, interaction: discord.Interaction, actor: Actor, pressed: Pressed
    ) -> None:
        match pressed.action:
            case Action.ALARM_HERE:
                await self._house.alarms.attend(actor, pressed.case)
                over = Button("It is over", Action.ALARM_NOT, pressed.case)
                await tell(interaction, [Reply((Paragraph(HERE),), (over,))])
            case Action.ALARM_LEAD:
                await self._house.alarms.call_lead(actor, pressed.case)
                await tell(interaction, [said(LEAD_CALLED)])
            case _:
                await self._house.alarms.stand_down(actor, pressed.case)
                await tell(interaction, [stood_down_reply(self._house.library.now.playbook)])

    async def _show_all(
        self, interaction: discord.Interaction, actor: Actor, pressed: Pressed
    ) -> None:
        """Show, in full, a message that was cut because it went out as plain text."""
        message = interaction.message
        letter = await self._house.store.letter_sent_as(message.id) if message else None
        settings = await self._house.setup.of(actor.guild_id)
        if letter is None or letter.guild_id != actor.guild_id:
            raise OldButton
        reply = await self._house.composer.compose(letter, settings)
        if reply is None:
            raise OldButton
        await tell(interaction, [reply], plain=True)

    async def _explain_words(
        self, interaction: discord.Interaction, actor: Actor, pressed: Pressed
    ) -> None:
        case = await self._house.casework.find(pressed.case, actor.guild_id)
        knowledge = self._house.library.now.knowledge
        part = case.part(pressed.argument)
        entry = knowledge.entries.get((part.entry if part else None) or "")
        if entry is None:
            raise OldButton
        text = " ".join((entry.title, entry.short, *entry.now))
        await tell(interaction, [words_reply(knowledge.glossary.terms_in(text))])


THANKS = {
    Action.HELPED: "Thank you for telling me. I have noted that this is dealt with.",
    Action.STILL_STUCK: "Thank you for saying so. The volunteers can see that you need a person.",
    Action.CHOOSE: "Thank you. The answer follows in the thread.",
    Action.NONE_OF_THESE: "Thank you. I have put this to the volunteers instead.",
}
HERE = (
    "Thank you. The calls stop now. Please write to the member in the thread, and press the button "
    "below once it is over: until then the alert stays on the panel."
)
LEAD_CALLED = "The leads have been called."
