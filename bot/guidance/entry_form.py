"""What an entry file must look like: loader, messages and the editors' schema share this."""

from __future__ import annotations

from bot.cases.nation import Nation
from bot.guidance.entry import (
    Deadline,
    Entry,
    Force,
    LawLine,
    Mark,
    Review,
    ReviewStatus,
    Source,
    Unit,
)
from bot.guidance.kinds import OneOf, Text, day, flag, link, name, share, whole
from bot.guidance.records import Field, Many, Record

NATIONS = Field(
    "nations",
    Many(OneOf(Nation), 1, 5),
    "Where it holds: england, wales, scotland, northern-ireland or uk.",
)

LAW_LINE = Record(
    LawLine,
    (
        Field(
            "says",
            Text(600, "Councils must arrange free advice."),
            "What the law or guidance says, in plain words.",
        ),
        Field(
            "force",
            OneOf(Force),
            "must (Act or regulations), should (guidance), case, practice, absent (no rule).",
        ),
        Field(
            "ref",
            Text(400, "Children and Families Act 2014, section 32"),
            "Where it says so, as a reader would look it up.",
        ),
        Field("mark", OneOf(Mark), "sourced (read in a named source) or memory (to be confirmed)."),
        Field("url", link(), "The address of the page, if there is one.", needed=False),
    ),
)

DEADLINE = Record(
    Deadline,
    (
        Field("what", Text(300, "Ask for mediation"), "What has to be done in time."),
        Field("within", whole(1, 999), "How many, in digits."),
        Field(
            "unit",
            OneOf(Unit),
            "What is counted: calendar_days, school_days, working_days, weeks, months or years.",
        ),
        Field("counted_from", Text(300, "the date on the letter"), "The day the counting starts."),
        Field("mark", OneOf(Mark), "sourced or memory."),
    ),
)

SOURCE = Record(
    Source,
    (
        Field(
            "title",
            Text(400, "SEND code of practice, 0 to 25 years (January 2015)"),
            "The name of the page, Act or guidance.",
        ),
        Field("url", link(), "Its address, if there is one.", needed=False),
    ),
)

REVIEW = Record(
    Review,
    (
        Field(
            "status",
            OneOf(ReviewStatus),
            "draft, or reviewed once a person with the knowledge has read it.",
        ),
        Field("checked", day(), "The day the facts were last checked."),
        Field("due", day(), "The day it should be checked again."),
        Field(
            "notes",
            Many(Text(2_000), 0, 40),
            "What a reviewer should read first, and what rests on memory.",
            needed=False,
            otherwise=(),
        ),
        Field(
            "reviewed_by",
            Text(80, "SENDIASS officer"),
            "Who reviewed it: a role or initials.",
            needed=False,
        ),
    ),
)

ENTRY = Record(
    Entry,
    (
        Field("id", name(), "The same as the file’s name without .yaml."),
        Field(
            "title",
            Text(150, "Can the Head refuse my supporter?"),
            "The question as a parent would ask it.",
        ),
        Field("cluster", name("meetings"), "The same as the folder’s name."),
        NATIONS,
        Field(
            "asks",
            Many(Text(300, "Do I have to go in alone?"), 1, 120),
            "How parents put it: at least 12, better 20, in truly different words.",
        ),
        Field(
            "keywords",
            Many(Text(60, "supporter"), 0, 40),
            "Words that often stand in such questions.",
        ),
        Field(
            "short",
            Text(900, "You do not have to go alone."),
            "At most three sentences: what the parent most needs to know.",
        ),
        Field(
            "now",
            Many(Text(600, "Reply by email, calmly."), 0, 12),
            "Three to six steps for this week.",
        ),
        Field("law", Many(LAW_LINE, 0, 30), "What the law or guidance says, one statement a line."),
        Field("careful", Many(Text(600), 0, 12), "Common mistakes, and what this does not mean."),
        Field("deadlines", Many(DEADLINE, 0, 12), "Time limits. Write [] for none."),
        Field("signposts", Many(name("ipsea"), 0, 12), "Ids of services in services.yaml."),
        Field("see_also", Many(name(), 0, 12), "Ids of other entries."),
        Field("sources", Many(SOURCE, 0, 30), "What the entry was written from."),
        Field("review", REVIEW, "When it was checked, and by whom."),
        Field(
            "signpost_only",
            flag(),
            "true where we know whom to ask but not the answer.",
            needed=False,
            otherwise=False,
        ),
        Field(
            "answer_at",
            share(),
            "For editors who tune matching: how sure the bot must be (0 to 1).",
            needed=False,
        ),
        Field(
            "stories",
            Many(Text(900, "He has been home since March and nobody rings us back."), 0, 40),
            "Whole made-up posts, as parents tell it. Never a member’s post.",
            needed=False,
            otherwise=(),
        ),
    ),
)
