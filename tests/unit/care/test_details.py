"""Details that identify are placed, and what is no one's is left alone."""

import pytest

from bot.care.concern import DetailKind
from bot.care.details import find_details
from bot.care.numbers import is_nhs_number

KNOWN = frozenset({"0808 808 3555", "0300 061 0614"})


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("call me on 07700 900123 please", DetailKind.PHONE, "07700 900123"),
        ("write to jo.bloggs@example.org", DetailKind.EMAIL, "jo.bloggs@example.org"),
        ("we live at 12 Acacia Avenue", DetailKind.ADDRESS, "12 Acacia Avenue"),
        ("postcode ZZ99 4DD", DetailKind.POSTCODE, "ZZ99 4DD"),
        ("NHS no 943 476 5919", DetailKind.NHS_NUMBER, "943 476 5919"),
        ("NI is QQ 12 34 56 C", DetailKind.NI_NUMBER, "QQ 12 34 56 C"),
        ("dob 03/04/2016", DetailKind.DATE_OF_BIRTH, "03/04/2016"),
        ("my son Barnaby Thistle is 7", DetailKind.NAME, "Barnaby"),
        ("case 4471-SE-0092 is closed", DetailKind.REFERENCE, "4471-SE-0092"),
        ("add him on snapchat @wobblyfox", DetailKind.HANDLE, "@wobblyfox"),
    ],
)
def test_a_detail_is_placed(text: str, kind: DetailKind, value: str) -> None:
    found = [d for d in find_details(text) if d.kind is kind]
    assert [text[d.start : d.end].strip() for d in found] == [value]


def test_a_detail_carries_no_value() -> None:
    (detail,) = find_details("ring 07700 900123")
    assert "07700" not in repr(detail)


def test_places_are_those_of_the_original_with_hidden_characters() -> None:
    text = "he\u200bllo \u200b0770\u200b0 900123 ok"
    (detail,) = find_details(text)
    assert text[detail.start : detail.end] == "0770\u200b0 900123"


@pytest.mark.parametrize(
    "text",
    [
        "Contact is on 0808 808 3555",
        "ombudsman 0300 061 0614",
        "Samaritans 116 123, Childline 0800 1111",
        "email send@hollowshire.gov.uk, the team inbox",
        "Section F, paragraph 9.64, code C2",
        "cheers @PurplePanda88",
        "the hearing is on 12/03/2026",
        "Which High School in Derby has a base?",
        "My Son Has Autism And The School Won't Listen",
    ],
)
def test_what_is_no_ones_detail_is_left_alone(text: str) -> None:
    assert find_details(text, KNOWN) == ()


def test_a_landline_an_organisation_is_known_by_is_no_ones() -> None:
    text = "ring 01632 960123"
    assert find_details(text)
    assert find_details(text, {"01632960123"}) == ()
    assert find_details("ring +44 1632 960123", {"01632 960123"}) == ()


def test_the_nhs_check_digit() -> None:
    assert is_nhs_number("943 476 5919")
    assert not is_nhs_number("943 476 5918")
    assert not is_nhs_number("1111111111")
