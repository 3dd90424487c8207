-- 0001: the first tables
-- Revises: nothing
-- Date: 2026-11-25
-- Reason: keep what a member is owed through crashes: ids, times, entry ids and states.
--
-- Every time is in milliseconds since 1970, UTC. No column can hold a sentence: each TEXT is
-- checked to be one of our own short ids, or an author's stand-in under HMAC.

-- Messages that reached us, kept before anything else happens.
CREATE TABLE inbox (
    message_id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    author TEXT NOT NULL CHECK (length(author) <= 64 AND author NOT GLOB '*[^A-Za-z0-9:._=-]*'),
    seen_at INTEGER NOT NULL,
    done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
    PRIMARY KEY (message_id, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_unfinished ON inbox (seen_at, message_id, revision) WHERE done = 0;

-- What members are owed.
CREATE TABLE cases (
    id INTEGER PRIMARY KEY,
    guild_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    asker TEXT NOT NULL CHECK (length(asker) <= 64 AND asker NOT GLOB '*[^A-Za-z0-9:._=-]*'),
    opened_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (length(state) <= 64 AND state NOT GLOB '*[^a-z0-9:_-]*'),
    waiting_since INTEGER,
    flags INTEGER NOT NULL,
    flagged_at INTEGER,
    claimed_by INTEGER,
    claimed_at INTEGER,
    snoozed_until INTEGER,
    human_at INTEGER,
    closed_at INTEGER,
    outcome_asked INTEGER NOT NULL CHECK (outcome_asked IN (0, 1)),
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX cases_channel ON cases (channel_id, opened_at);
CREATE INDEX cases_guild ON cases (guild_id, state);
CREATE INDEX cases_asker ON cases (asker);

-- The questions of a case, in their order; `near` is entry ids with a stroke between.
CREATE TABLE parts (
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    number INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (length(status) <= 64 AND status NOT GLOB '*[^a-z0-9:_-]*'),
    entry TEXT CHECK (length(entry) <= 64 AND entry NOT GLOB '*[^a-z0-9:_-]*'),
    near TEXT NOT NULL CHECK (length(near) <= 2000 AND near NOT GLOB '*[^a-z0-9:_/-]*'),
    PRIMARY KEY (case_id, place)
) STRICT, WITHOUT ROWID;

-- What happened to a case. Guild and asker stand here too, so that both can still be
-- forgotten after the case itself has become a count.
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    asker TEXT NOT NULL CHECK (length(asker) <= 64 AND asker NOT GLOB '*[^A-Za-z0-9:._=-]*'),
    kind TEXT NOT NULL CHECK (length(kind) <= 64 AND kind NOT GLOB '*[^a-z0-9:_-]*'),
    at INTEGER NOT NULL,
    part INTEGER NOT NULL,
    by INTEGER,
    count INTEGER NOT NULL
) STRICT;
CREATE INDEX events_case ON events (case_id, at);
CREATE INDEX events_at ON events (at);

-- The outbox. `content` is JSON of ids and numbers, without a space.
CREATE TABLE letters (
    id INTEGER PRIMARY KEY,
    subject INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (length(kind) <= 64 AND kind NOT GLOB '*[^a-z0-9:_-]*'),
    seq INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    reply_to INTEGER,
    content TEXT NOT NULL
        CHECK (length(content) <= 4000 AND content NOT GLOB '*[^][a-z0-9:_,"{}.+-]*'),
    state TEXT NOT NULL CHECK (length(state) <= 64 AND state NOT GLOB '*[^a-z0-9:_-]*'),
    first_try_at INTEGER,
    tries INTEGER NOT NULL,
    next_try_at INTEGER,
    message_id INTEGER,
    reason TEXT CHECK (length(reason) <= 64 AND reason NOT GLOB '*[^a-z0-9:_-]*'),
    UNIQUE (subject, kind, seq)
) STRICT;
CREATE INDEX letters_unsent ON letters (created_at, id) WHERE state IN ('new', 'sending');
CREATE INDEX letters_message ON letters (message_id) WHERE message_id IS NOT NULL;

-- Somebody may be in danger.
CREATE TABLE alarms (
    id INTEGER PRIMARY KEY,
    guild_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    asker TEXT NOT NULL CHECK (length(asker) <= 64 AND asker NOT GLOB '*[^A-Za-z0-9:._=-]*'),
    level TEXT NOT NULL CHECK (length(level) <= 64 AND level NOT GLOB '*[^a-z0-9:_-]*'),
    who TEXT NOT NULL CHECK (length(who) <= 64 AND who NOT GLOB '*[^a-z0-9:_-]*'),
    flow TEXT NOT NULL CHECK (length(flow) <= 64 AND flow NOT GLOB '*[^a-z0-9:_-]*'),
    raised_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (length(state) <= 64 AND state NOT GLOB '*[^a-z0-9:_-]*'),
    pings INTEGER NOT NULL,
    by INTEGER,
    changed_at INTEGER,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX alarms_channel ON alarms (channel_id, raised_at);

-- Times at which a case or an alarm must be looked at.
CREATE TABLE due (
    kind TEXT NOT NULL CHECK (length(kind) <= 64 AND kind NOT GLOB '*[^a-z0-9:_-]*'),
    owner INTEGER NOT NULL,
    timer TEXT NOT NULL CHECK (length(timer) <= 64 AND timer NOT GLOB '*[^a-z0-9:_-]*'),
    at INTEGER NOT NULL,
    PRIMARY KEY (kind, owner, timer)
) STRICT, WITHOUT ROWID;
CREATE INDEX due_at ON due (at, kind, owner, timer);

-- What admins chose.
CREATE TABLE guilds (
    guild_id INTEGER PRIMARY KEY,
    volunteers_channel INTEGER,
    volunteer_role INTEGER,
    lead_role INTEGER,
    watching_since INTEGER,
    panel_message INTEGER,
    plain_text INTEGER NOT NULL CHECK (plain_text IN (0, 1)),
    nation TEXT NOT NULL CHECK (length(nation) <= 64 AND nation NOT GLOB '*[^a-z0-9:_-]*')
) STRICT;

CREATE TABLE help_channels (
    guild_id INTEGER NOT NULL REFERENCES guilds (guild_id) ON DELETE CASCADE,
    channel_id INTEGER NOT NULL,
    PRIMARY KEY (guild_id, channel_id)
) STRICT, WITHOUT ROWID;

-- The newest message of each channel that is known to be in the inbox.
CREATE TABLE cursors (
    channel_id INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL
) STRICT;

-- Members who asked not to be answered; `after` is their newest erasure at that moment.
CREATE TABLE silences (
    guild_id INTEGER NOT NULL,
    author TEXT NOT NULL CHECK (length(author) <= 64 AND author NOT GLOB '*[^A-Za-z0-9:._=-]*'),
    after INTEGER,
    PRIMARY KEY (guild_id, author)
) STRICT, WITHOUT ROWID;

-- Members who asked to be forgotten. The same stands in the file beside the database.
CREATE TABLE erasures (
    author TEXT NOT NULL CHECK (length(author) <= 64 AND author NOT GLOB '*[^A-Za-z0-9:._=-]*'),
    at INTEGER NOT NULL,
    PRIMARY KEY (author, at)
) STRICT, WITHOUT ROWID;

-- What remains of closed cases: how many, by month, and what they were about.
CREATE TABLE counts (
    guild_id INTEGER NOT NULL,
    month TEXT NOT NULL CHECK (length(month) <= 64 AND month NOT GLOB '*[^a-z0-9:_-]*'),
    what TEXT NOT NULL CHECK (length(what) <= 71 AND what NOT GLOB '*[^a-z0-9:_-]*'),
    how_many INTEGER NOT NULL,
    PRIMARY KEY (guild_id, month, what)
) STRICT, WITHOUT ROWID;
