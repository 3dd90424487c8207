"""The directory's own rules: what is checked says when, and no number poses as another's."""

from __future__ import annotations

from collections.abc import Iterator

from bot.guidance.directory import Service, Standing
from bot.guidance.directory_form import ServicesFile
from bot.guidance.problem import Problem, Weight, quoted
from bot.guidance.reader import Reader

MENCAP = "08088081111"


def contact_problems(file: ServicesFile, reader: Reader) -> Iterator[Problem]:
    """Yield services whose contact details cannot be relied on as they are written."""
    for number, service in enumerate(file.services):
        for field, found, expected, mend, weight in _faults(service):
            yield reader.problem(("services", number, field), found, expected, mend, weight)


def _faults(service: Service) -> Iterator[tuple[str, str, str, str, Weight]]:
    poses = service.crisis or "mencap" not in service.name.lower()
    if service.phone and _digits(service.phone) == MENCAP and poses:
        mend = "Delete the number here; it belongs to Mencap and is no crisis line."
        expected = "the service’s own number"
        yield "phone", quoted(service.phone), expected, mend, Weight.REFUSE
    if service.mark is Standing.VERIFIED and service.verified_on is None:
        mend = "Add verified_on: with the day, or write mark: unverified."
        yield "mark", "verified, without a day", "the day it was verified", mend, Weight.MEND
    if service.phone and not 3 <= len(_digits(service.phone)) <= 14:
        mend = "Copy it from the organisation’s own page, or leave it out."
        yield "phone", quoted(service.phone), "a phone number", mend, Weight.MEND
    if not (service.phone or service.text or service.url):
        mend = "Add its website, or take the service out."
        yield "url", "no way to reach it", "a website or a number", mend, Weight.ADVISE


def _digits(phone: str) -> str:
    return "".join(letter for letter in phone if letter.isdigit())
