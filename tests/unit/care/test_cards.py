"""The fixed words: complete for every flow and nation, and never what must not be said."""

import re
from datetime import date, timedelta

import pytest

from bot.care.card import Card, Nation, Note, Standing, card_for, note, stale_services
from bot.care.concern import Concern, Flow, Level, Who
from bot.care.playbook import Playbook

FORBIDDEN = (
    r"\bcommit", r"\bconfidential", r"\bpromise", r"\bguarantee", r"\bcalm down\b",
    r"\bwhere are you\b", r"\bwhere do you live\b", r"\byour address\b", r"\battention.seeking\b",
    r"\bwithin \d+ (minutes|hours)\b", r"\bwe will (save|rescue|keep you safe|come)\b",
    r"\boverdos", r"\bpills\b", r"\bhang(ing)?\b", r"\bblade", r"\brope\b", r"\bcut(ting)?\b",
    r"\bdiagnos\w+ (is|with)\b", r"\bdepress", r"\bmentally ill\b", r"\bdo you want to die\b",
    r"\bare you (suicidal|safe|thinking)\b", r"\bthe bot\b", r"@everyone", r"@here",
)  # fmt: skip
MENCAP = "0808 808 1111"


def _cards(playbook: Playbook) -> list[Card]:
    return list(playbook.words.cards.values())


def _said(card: Card) -> str:
    lines = [service.line for service in card.services]
    return "\n".join([card.opening, *card.lines, *lines, card.closing])


def test_every_flow_has_a_card_for_every_nation(playbook: Playbook) -> None:
    assert set(playbook.words.cards) == {(f, n) for f in Flow for n in Nation}


def test_every_card_thanks_and_tells_of_999(playbook: Playbook) -> None:
    for card in _cards(playbook):
        assert card.opening.startswith("Thank you")
        assert "999" in _said(card)
        assert card.services[0].id == "emergency"


def test_every_card_has_a_way_without_a_voice(playbook: Playbook) -> None:
    for card in _cards(playbook):
        assert any(service.text for service in card.services), (card.flow, card.nation)


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_no_fixed_text_says_what_must_not_be_said(playbook: Playbook, pattern: str) -> None:
    texts = [_said(card) for card in _cards(playbook)] + [note(playbook, n) for n in Note]
    for text in texts:
        assert not re.search(pattern, text, re.I), text


def test_the_mencap_number_is_nowhere(playbook: Playbook) -> None:
    for card in _cards(playbook):
        assert MENCAP not in _said(card)


def test_what_a_line_says_to_call_is_the_number_of_the_service(playbook: Playbook) -> None:
    for service in playbook.words.services.values():
        for number in filter(None, (service.call, service.text)):
            assert number in service.line


def test_numbers_belong_to_the_nation(playbook: Playbook) -> None:
    cards = playbook.words.cards
    for flow in Flow:
        northern = {s.id for s in cards[flow, Nation.NORTHERN_IRELAND].services}
        assert not northern & {"nhs-111-england", "nhs-111-wales", "nhs-24-scotland", "refuge"}
        unknown = {s.id for s in cards[flow, Nation.UNKNOWN].services}
        assert "lifeline" not in unknown
        assert not any("111" in s for s in unknown)


def test_an_unknown_nation_gets_the_uk_wide_card(playbook: Playbook) -> None:
    concern = Concern(Level.URGENT, Who.CHILD, Flow.CHILD_AT_RISK, ())
    for nation in (None, "atlantis", Nation.UNKNOWN):
        assert card_for(playbook, concern, nation).nation is Nation.UNKNOWN
    assert card_for(playbook, concern, "wales").nation is Nation.WALES


def test_a_number_unchecked_for_180_days_is_stale(playbook: Playbook) -> None:
    first = min(s.verified_on for s in playbook.words.services.values())
    assert stale_services(playbook, first + timedelta(days=180)) == ()
    stale = stale_services(playbook, first + timedelta(days=181))
    assert stale
    assert {s.verified_on for s in stale} == {first}


def test_services_say_how_well_they_are_known(playbook: Playbook) -> None:
    services = playbook.words.services
    assert services["emergency"].standing is Standing.CONFIRMED
    assert services["nhs-111-wales"].standing is Standing.MEMORY
    assert all(s.verified_on >= date(2026, 11, 1) for s in services.values())


def test_the_privacy_line_names_no_kind_of_detail(playbook: Playbook) -> None:
    said = note(playbook, Note.PRIVACY).lower()
    assert not re.search(r"phone|e-?mail|postcode|nhs number|date of birth", said)
