"""Names that, with a relation, a school or a class beside them, tell who a child is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.care.concern import DetailKind

_RELATION = (
    r"(?:son|daughter|child|boy|girl|lad|lass|kid|grandson|granddaughter|nephew|niece|stepson"
    r"|stepdaughter|twins?|ds|dd|dgs|dgd|little one|eldest|youngest|brother|sister"
    r"|foster (?:son|child))"
)
_NAME = r"[A-Z][a-z'’-]{1,20}"
_RELATED = re.compile(
    rf"\b(?:[Mm]y|[Oo]ur)(?: \w{{1,12}}(?: ?-?(?:year|yr)s?[ -]old)?){{0,2}} {_RELATION}"
    rf"(?:,| is called|(?:'s)? called| named|'s name is|:)? ({_NAME})((?: {_NAME}){{0,3}})"
)
_ANY_RELATED = re.compile(rf"\b(?:DS|DD|DGS|DGD|ds|dd),? ({_NAME})((?: {_NAME}){{0,3}})")
_MY_NAMED = re.compile(rf"\b(?:my|our) ({_NAME})((?: {_NAME}){{0,2}})\b")
_CALLED = re.compile(
    rf"\b(?:his|her|their|[Cc]hild'?s|[Ss]on'?s|[Dd]aughter'?s) (?:full )?name(?:'s| is|:)"
    rf" ({_NAME})((?: {_NAME}){{0,3}})"
)
_AGED = re.compile(
    rf"\b({_NAME})(?: {_NAME})?(?:, (?:aged )?\d{{1,2}},| \(\d{{1,2}}\)| is \d{{1,2}} and)"
)
_FULL = re.compile(rf"\b({_NAME}) ({_NAME}(?: {_NAME}){{0,2}})\b")
_STAFF = re.compile(rf"\b(?:Mr|Mrs|Miss|Ms|Mx|Dr|Sir|Head|Headteacher)\.? {_NAME}")
_SCHOOL = re.compile(
    r"\b((?:(?:St\.?|[A-Z][\w'’-]{1,20}) ){1,4})"
    r"(Primary|Juniors?|Infants?|Secondary|High|Academy|School|College|Nursery|Grammar|Prep|Comp"
    r"|Comprehensive|Community|CofE|RC|Sixth Form|Preschool|Pre-school|Middle"
    r"|First School)\b"
)
_CLASS = re.compile(
    r"\b(?:class|form|in|year|tutor group) ?(?:\d{1,2} ?[A-Z]{1,2}\b|[A-Z][a-z]+ class\b)"
    r"|\b\d{1,2}[A-Z] at\b"
)
_CHILD = re.compile(
    rf"\b(?:[Mm]y|[Oo]ur) (?:\w+ ){{0,3}}{_RELATION}\b"
    r"|\b(?:DS|DD|ds|dd|[Hh]e|[Ss]he|[Hh]is|[Hh]er)\b"
)
_HANDLE = re.compile(r"(?<![\w.])@[A-Za-z0-9_]{2,30}(?:\.[A-Za-z0-9_]{2,30}){0,3}")
_PLATFORM = re.compile(
    r"\b(?:tik ?tok|insta(?:gram)?|snap(?:chat)?|facebook|fb|twitter|youtube|roblox|xbox|psn|steam"
    r"|gamertag|username|handle|account|tagg(?:ed|ing)|add (?:him|her|me)|profile"
    r"|threads|twitch|discord name)\b",
    re.I,
)

# Words that begin with a capital and are nobody's name.
_NO_NAMES_TEXT = """
SEN SEND EHCP EHC ADHD ASD PDA DLA PIP CAMHS SENCO LA Autism Autistic The And But Who With
Has Was Is Year Reception Dyslexia Dyslexic Aspergers Asperger Tourettes Down Downs Downs'
Rett Education Health Care Plan Council County City Borough Code Practice Act Children
Families Equality School Academy Primary Secondary High Junior Infant Special Needs Parent
Partnership Local Authority Head Teacher Deputy Governors Tribunal Ombudsman Section Part
Stage Key Early Years Annual Review Speech Language Therapy Occupational Educational
Psychologist Disability Living Allowance Universal Credit Carers Family Fund Free Meals
Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May
June July August September October November December Christmas Easter Summer Autumn Spring
Winter Term England Wales Scotland Ireland Northern Welsh English Scottish London Birmingham
Manchester Leeds Essex Kent Surrey Devon Cornwall Wolverhampton He She They It We You My Our
His Her If When What How Why Where Can Should Does Do Did Are Am Any Anyone Hello Hi Hey
Dear Thanks Thank Please Sorry Good Morning Evening Just Also So Then Now Not No Yes In On
At To For From Of By As An A I Im Ive Google Facebook Teams Zoom Microsoft Tik Tok Minecraft
Roblox Fortnite World Book Day Mum Dad Nan Gran Grandad Mam Miss Mrs Mr Ms Sir SENDIASS
IPSEA Mencap Scope Contact Childline Samaritans Young Minds National Society Citizens Advice
Right Choose Home Elective Upper Tribunals Court Judge Appeal Mediation Team Service
Services Social Worker Work Duty Blue Badge Max Motability Disabled Access Card Sunflower
Lanyard Rebel Sports Forest Nurture Unit Resource Base College University North South East
West Great Royal Hospital Street Ormond NHS GP Head's New Old First Last Big Little Poor
Bless Happy Proud Dead Lovely Star Wars Harry Potter Peppa Pig Thomas Tank Pokemon Lego
Disney Land Theme Park Legal Aid Freedom Information Subject Request Graduated Approach
Individual Support Independent Supporter Officer Case Statement Statements Form Forms Box
Draft Final Letter Email Report Reports Assessment Half Week Weeks
"""
_NO_NAMES = frozenset(_NO_NAMES_TEXT.split())


def find_names(text: str) -> Iterator[tuple[DetailKind, int, int]]:
    """Yield names that identify, and handles on other platforms."""
    yield from _children(text)
    yield from _with_school(text)
    for found in _HANDLE.finditer(text):
        about = text[max(0, found.start() - 60) : found.end() + 40]
        if "." in found.group() or _PLATFORM.search(about):
            yield DetailKind.HANDLE, *found.span()


def _children(text: str) -> Iterator[tuple[DetailKind, int, int]]:
    for pattern in (_RELATED, _ANY_RELATED, _MY_NAMED, _CALLED, _AGED):
        for found in pattern.finditer(text):
            if _is_name(found.group(1)):
                yield DetailKind.NAME, *found.span(1)


def _with_school(text: str) -> Iterator[tuple[DetailKind, int, int]]:
    school = next((s for s in _SCHOOL.finditer(text) if _is_school(s)), None)
    near_class = _CLASS.search(text)
    for found in _FULL.finditer(text):
        if _is_name(found.group(1)) and all(_is_name(n) for n in found.group(2).split()):
            inside = school and school.start() <= found.start() < school.end()
            if (school or near_class) and not inside:
                yield DetailKind.NAME_AND_SCHOOL, *found.span()
    if school and (_STAFF.search(text) or _child_before(text, school.start())):
        yield DetailKind.NAME_AND_SCHOOL, *school.span()


def _child_before(text: str, at: int) -> bool:
    return bool(_CHILD.search(text, max(0, at - 80), at))


def _is_school(found: re.Match[str]) -> bool:
    return any(
        word not in _NO_NAMES and word.rstrip(".") != "St" for word in found.group(1).split()
    )


def _is_name(word: str) -> bool:
    return word not in _NO_NAMES and word.removesuffix("'s").removesuffix("’s") not in _NO_NAMES
