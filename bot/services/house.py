"""Every use case of the house in one place, for whoever receives what people ask."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.alarms import Alarms
from bot.services.asking import Asking
from bot.services.bells import Bells
from bot.services.casework import Casework
from bot.services.doctor import Doctor
from bot.services.editing import Editing
from bot.services.gaps import Gaps
from bot.services.intake import Intake
from bot.services.letters.composer import Composer
from bot.services.library import Library
from bot.services.ports import Clock, Postbox, Pseudonyms, Store
from bot.services.privacy import Privacy
from bot.services.setup import Setup
from bot.services.steward import Steward


@dataclass(frozen=True, slots=True)
class House:
    """All that cogs may call."""

    store: Store
    clock: Clock
    pseudonyms: Pseudonyms
    bells: Bells
    postbox: Postbox
    library: Library
    casework: Casework
    alarms: Alarms
    asking: Asking
    intake: Intake
    composer: Composer
    setup: Setup
    steward: Steward
    editing: Editing
    gaps: Gaps
    privacy: Privacy
    doctor: Doctor
