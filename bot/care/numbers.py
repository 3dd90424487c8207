"""Numbers and addresses on the net that belong to one person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

import phonenumbers

from bot.care.concern import DetailKind

_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_MONTH = (
    r"(?:\d{1,2}|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = rf"{_DAY}[ /.-]{{1,2}}(?:of )?{_MONTH}[ /.,-]{{1,2}}(?:19|20)?\d\d"
_BORN = re.compile(
    rf"\b(?:d\.? ?o\.? ?b\.?|date of birth|born(?: on)?(?: the)?|birthday(?: is)?|birth date|b\.)"
    rf"\W{{0,4}}(?:is |was |on )?({_DATE})\b",
    re.I,
)
_NAMED_DATE = re.compile(rf"\b[A-Z][a-z'’-]+ [A-Z][A-Za-z'’-]+\W{{1,3}}({_DATE})\b")

_TEN = re.compile(r"(?<![\d£.,-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-])")
_SAYS_NHS = re.compile(r"\bnhs\b[^.\n]{0,25}$", re.I)
_INSURANCE = re.compile(r"\b[a-z]{2} ?-?\d{2} ?-?\d{2} ?-?\d{2} ?-?[a-d]\b", re.I)
_EMAIL = re.compile(
    r"(?<![\w.+-])([\w.+-]{1,64})(?:@| ?[\[(] ?at ?[\])] ?)((?:[\w-]{1,63}\.){1,4}[a-z]{2,24})\b",
    re.I,
)
_ROLES_TEXT = """
info admin office enquiries enquiry contact hello help helpline support team sen send senco
sendco senteam sendteam sendiass iass ehc ehcp ehcps complaints complaint appeals tribunal
reception head headteacher principal governors clerk attendance admissions transport camhs
safeguarding dsl foi dpo dataprotection sar customer customerservices mail post press
referrals referral mash socialcare childrens services service advice legal parents parent
forum volunteers noreply no reply home exclusions inclusion secretary bookings
"""
_ROLES = frozenset(_ROLES_TEXT.split())
_PUPIL = re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[\dA-Z]\b")
_REFERENCE = re.compile(
    r"\b(?:case|claim|our ref|your ref|ref(?:erence)?|upn|urn|uln|appeal|hospital|patient|pupil"
    r"|account|crn|eoc|unique)(?: (?:no|number|ref(?:erence)?|id))?\.?\W{0,3}(?:is |was )?"
    r"((?=[A-Z0-9/-]{0,20}\d)[A-Z0-9]{1,12}(?:[/-][A-Z0-9]{1,12}){0,4})(?![\w/-])",
    re.I,
)
_APPEAL = re.compile(r"\b(?:EH|SE|ED|DC)\d{3}/\d\d/\d{4,5}\b")

_PHONE = re.compile(
    r"(?<![\w£.,/-])(?:\+44 ?(?:\(0\) ?)?|0044 ?|\(?0)(?:[ ()-]{0,2}\d){9,10}(?![\d/])"
)
_NO_ONES = ("080", "03", "084", "087", "116", "0500", "055", "09")
_OFFICE = re.compile(
    r"\b(?:council|helpline|line|office|team|sendiass|iass|school|hospital|ombudsman|tribunal|clinic"
    r"|surgery|ipsea|camhs|charity|services?|switchboard|department|reception|advice|centre|ea|la"
    r"|contact is|education authority|lgo|dwp|nspcc|mencap|scope|senac|enquire)\b",
    re.I,
)
_MINE = re.compile(r"\b(?:my|me|i'm|mine|our|his|her|us|whatsapp|text)\b", re.I)


def find_numbers(text: str) -> Iterator[tuple[DetailKind, int, int]]:
    """Yield e-mail addresses, birth dates and official numbers of a person."""
    for pattern in (_BORN, _NAMED_DATE):
        for found in pattern.finditer(text):
            yield DetailKind.DATE_OF_BIRTH, *found.span(1)
    for found in _TEN.finditer(text):
        said = _SAYS_NHS.search(text, max(0, found.start() - 40), found.start())
        if said or is_nhs_number(found.group()):
            yield DetailKind.NHS_NUMBER, *found.span()
    for found in _INSURANCE.finditer(text):
        yield DetailKind.NI_NUMBER, *found.span()
    for found in _EMAIL.finditer(text):
        if not _is_role(found.group(1)):
            yield DetailKind.EMAIL, *found.span()
    for pattern in (_PUPIL, _APPEAL):
        for found in pattern.finditer(text):
            yield DetailKind.REFERENCE, *found.span()
    for found in _REFERENCE.finditer(text):
        if sum(c.isdigit() for c in found.group(1)) >= 4 and not _is_year(found.group(1)):
            yield DetailKind.REFERENCE, *found.span(1)


def find_phones(text: str, known: Set[str]) -> Iterator[tuple[DetailKind, int, int]]:
    """Yield telephone numbers that may be somebody's own. `known` holds digits only."""
    if sum(c.isdigit() for c in text) < 9:
        return
    for found in _PHONE.finditer(text):
        digits = _national("".join(c for c in found.group() if c.isdigit()))
        if digits not in known and _is_someones(digits, text, found.start()):
            yield DetailKind.PHONE, *found.span()
    if "+" in text or "00" in text:
        for match in phonenumbers.PhoneNumberMatcher(text, "GB", max_tries=20):
            if match.number.country_code != 44:
                yield DetailKind.PHONE, match.start, match.end


def is_nhs_number(text: str) -> bool:
    """Say whether ten digits carry the NHS check digit (modulus 11), as real numbers do."""
    digits = [int(c) for c in text if c.isdigit()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check != 10 and check % 11 == digits[9]


def _national(digits: str) -> str:
    digits = digits.removeprefix("00")
    return "0" + digits[2:].removeprefix("0") if digits.startswith("44") else digits


def _is_someones(digits: str, text: str, at: int) -> bool:
    if digits.startswith(_NO_ONES) or not 10 <= len(digits) <= 11:
        return False
    if digits.startswith("07"):
        return True
    before = text[max(0, at - 60) : at]
    return bool(_MINE.search(before)) or not _OFFICE.search(before)


def _is_role(local: str) -> bool:
    parts = re.split(r"[._+-]|\d", local.lower())
    return any(part in _ROLES for part in parts)


def _is_year(reference: str) -> bool:
    return len(reference) == 4 and reference.startswith(("19", "20"))
