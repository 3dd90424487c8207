"""Where a parent lives, and whom to turn to there."""

from __future__ import annotations

from bot.cases.nation import Nation
from bot.guidance.areas import Ambiguous, Area, Found, How, LocalService, support_for
from bot.guidance.directory import CAUTION, Directory, Service, Standing
from bot.guidance.reply import Block, Heading, Paragraph, Reply, Small, Steps

NATIONS = {
    Nation.ENGLAND: "England",
    Nation.WALES: "Wales",
    Nation.SCOTLAND: "Scotland",
    Nation.NORTHERN_IRELAND: "Northern Ireland",
    Nation.UK: "the United Kingdom",
}
SENDIASS = (
    "Your local SENDIASS gives free, confidential and impartial advice on special educational "
    "needs. It was once called Parent Partnership."
)
NO_LOCAL = (
    "I do not have the details of the local SENDIASS here. The first service below can tell you "
    "who it is: every council in England has one."
)
DISTRICT = (
    "{matched} is a district council, which has no part in special educational needs. The council "
    "to write to is {council}."
)
FORMER = "{matched} no longer exists. The council to write to now is {council}."
WHICH = "That name can mean more than one place ({why}). Which of these is yours?"
NOT_FOUND = (
    "I do not know a council of that name. Please try the name on your council tax bill, or choose "
    "from the list while you type."
)
PERHAPS = "Did you mean one of these?"
STANDING = (
    "Only what was read on a page of the service itself or of a public body stands here without a "
    "caution. If something is out of date, please tell a volunteer."
)


def support_reply(found: Found, directory: Directory) -> Reply:
    """Name the council responsible, its own service where known, and the nation's services."""
    area = found.area
    support = support_for(area, directory)
    blocks: list[Block] = [Heading(area.full_name)]
    if how := _how(found):
        blocks.append(Paragraph(how))
    if council := _council_line(area):
        blocks.append(Paragraph(council))
    if support.local is not None:
        blocks += [Paragraph(SENDIASS), Steps((local_line(support.local),))]
    elif area.nation is Nation.ENGLAND:
        blocks.append(Paragraph(NO_LOCAL))
    if support.services:
        blocks.append(Heading(f"For families in {NATIONS[area.nation]}"))
        blocks.append(Steps(tuple(map(cautious_line, support.services))))
    return Reply((*blocks, Small(STANDING)))


def nation_reply(nation: Nation, directory: Directory) -> Reply:
    """Name a nation's services, for whoever could not find their council."""
    services = directory.first_for(nation)
    return Reply(
        (
            Heading(f"For families in {NATIONS[nation]}"),
            Steps(tuple(map(cautious_line, services))),
            Small(STANDING),
        )
    )


def which_words(ambiguous: Ambiguous) -> str:
    """Ask which place is meant: a shared name is never guessed at."""
    return WHICH.format(why=ambiguous.why)


def local_line(service: LocalService) -> str:
    """Write how to reach an area's own service, with a caution where nobody has checked it."""
    ways = [way for way in (service.phone, service.url) if way]
    return _with_caution(f"**{service.name}**: {' · '.join(ways)}", service.mark)


def cautious_line(service: Service) -> str:
    """Write how to reach a service: what it is for, when, and whether that was checked."""
    ways = [way for way in (service.phone, service.text, service.url, service.hours) if way]
    line = _with_caution(f"**{service.name}**: {service.purpose}. {' · '.join(ways)}", service.mark)
    return f"{line}. {service.note}" if service.note else line


def _how(found: Found) -> str | None:
    """Say by which name the council was found, where a parent may wonder."""
    council = found.area.full_name
    match found.how:
        case How.DISTRICT if found.area.nation is not Nation.NORTHERN_IRELAND:
            return DISTRICT.format(matched=found.matched, council=council)
        case How.FORMER:
            return FORMER.format(matched=found.matched, council=council)
        case How.SPELLING:
            return f"I took that to mean {council}."
        case _:
            return None


def _council_line(area: Area) -> str | None:
    """Write how to reach the council itself; these contacts carry no mark, so always a caution."""
    ways = [way for way in (area.phone, area.url) if way]
    return f"{area.full_name}: {' · '.join(ways)} ({CAUTION})" if ways else None


def _with_caution(line: str, mark: Standing) -> str:
    return line if mark is Standing.VERIFIED else f"{line} ({CAUTION})"
