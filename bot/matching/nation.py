"""Which nation a post speaks from, read from its places and its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from bot.cases.nation import Nation
from bot.matching.normal import plain

_SIGNS: Mapping[Nation, re.Pattern[str]] = MappingProxyType(
    {
        Nation.WALES: re.compile(
            r"\b(wales|welsh|cymru|aln|alnco|alncos|idp|idps|alp|snap cymru|estyn|senedd|"
            r"cardiff|swansea|newport gwent|wrexham|bangor|llanelli|aberystwyth|merthyr|"
            r"rhondda|caerphilly|carmarthen\w*|ceredigion|conwy|denbighshire|flintshire|gwynedd|"
            r"anglesey|ynys mon|monmouthshire|pembrokeshire|powys|bridgend|neath|port talbot|"
            r"blaenau gwent|torfaen|vale of glamorgan|barry island|rhyl|llandudno|caernarfon|"
            r"cwmbran|pontypridd|ebbw vale|haverfordwest|llan\w{4,}|aber(?:dare|gavenny|tillery)|"
            r"nain|taid|mamgu|tadcu)\b"
        ),
        Nation.SCOTLAND: re.compile(
            r"\b(scotland|scottish|asn|csp|csps|co-?ordinated support plan|additional support "
            r"needs|enquire helpline|gtcs|glasgow|edinburgh|aberdeen\w*|dundee|inverness|"
            r"stirling|perth|falkirk|fife|dunfermline|kirkcaldy|paisley|renfrewshire|lanarkshire|"
            r"ayr|ayrshire|kilmarnock|dumfries|galloway|borders council|highland|highlands|"
            r"moray|elgin|orkney|shetland|argyll|bute|lothian|livingston|angus|arbroath|"
            r"clackmannanshire|dunbartonshire|inverclyde|greenock|hamilton lanark|motherwell|"
            r"isle of skye|western isles|getting it right for every child|girfec|"
            r"children's hearing|p[1-7] (?:teacher|class|pupil)|in p[1-7])\b"
        ),
        Nation.NORTHERN_IRELAND: re.compile(
            r"\b(northern ireland|n ireland|n\.ireland|belfast|derry|londonderry|lisburn|newry|"
            r"armagh|omagh|enniskillen|fermanagh|tyrone|antrim|ballymena|bangor co down|"
            r"co down|county down|coleraine|craigavon|lurgan|portadown|newtownabbey|"
            r"newtownards|strabane|cookstown|dungannon|magherafelt|limavady|ballymoney|"
            r"senac|sendist ni|the ea|ea (?:say|said|says|have|has|won't|wont|will|office|letter|"
            r"link officer)|education authority (?:ni|northern)|from the ea|ask the ea|"
            r"eani|elb|education and library board)\b"
        ),
        Nation.ENGLAND: re.compile(
            r"\b(england|english council|york|london|"
            r"manchester|birmingham|leeds|kent|surrey|devon|essex|bristol|liverpool|sheffield|"
            r"norfolk|suffolk|cornwall|sussex|hampshire|northumberland|cumbria|lancashire|"
            r"yorkshire|newcastle|carlisle|berwick)\b"
        ),
    }
)
_EA_STATUTORY = re.compile(r"\b(ea|stage [1-5])\b.*\b(statement|statutory|stage [1-5])\b", re.S)


# Said in all four nations by parents who have read English advice: they decide nothing beside
# a place, and only alone do they speak for England.
_ENGLISH_WORDS = re.compile(r"\b(ehcp|ehcps|ehc plan|ehcna|sendiass|ofsted)\b")
_MOVES = re.compile(
    r"\b(mov(?:e|es|ed|ing)|leav(?:e|es|ing)|relocat\w+|transferr?\w*|emigrat\w+|"
    r"over the border|cross(?:ing)? the border|coming (?:down|up|over)|going (?:down|up|over)|"
    r"from \w+ to)\b"
)


def named(post: str) -> frozenset[Nation]:
    """Give every nation the post names by a place or by a word only that nation uses."""
    text = plain(post)
    found = {nation for nation, sign in _SIGNS.items() if sign.search(text)}
    if _EA_STATUTORY.search(text) and re.search(r"\bea\b", text):
        found.add(Nation.NORTHERN_IRELAND)
    if not found and _ENGLISH_WORDS.search(text):
        found.add(Nation.ENGLAND)
    return frozenset(found)


def spoken_from(post: str, chosen: Nation | None) -> Nation | None:
    """Give the one nation the post speaks from, else the member's choice, else None.

    Two nations named (a family that moves) is none: the entries of all may fit.
    """
    found = named(post)
    if len(found) > 1:
        return None
    return next(iter(found), chosen)


def moves(post: str) -> bool:
    """Tell whether a post speaks of going from one nation to another."""
    text = plain(post)
    found = set(named(post))
    if found and _ENGLISH_WORDS.search(text):
        found.add(Nation.ENGLAND)
    return len(found) > 1 and bool(_MOVES.search(text))
