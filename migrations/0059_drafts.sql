-- Replies that were drafted for the staff of a ticket: who asked, what it cost and what became of it. What a draft says is in
-- none of these; whoever asked for it has it in front of them.
create table reply_draft (
    guild_id          bigint      not null,
    -- The interaction that asked for it.
    id                bigint      not null,
    number            integer     not null,
    user_id           bigint,
    asked_at          timestamptz not null,
    -- How the ticket was then: a draft for one that changed since says so before it is posted.
    revision          integer     not null,
    -- None: no model wrote it, these are the entries that come nearest.
    model             text,
    prompt_tokens     integer     not null default 0,
    completion_tokens integer     not null default 0,
    took_ms           integer     not null default 0,
    -- Numbers of the entries that it rests on.
    entries           integer[]   not null default '{}',
    -- Sentences that did not stand.
    dropped           integer     not null default 0,
    outcome           text        check (outcome in ('posted', 'edited', 'dismissed')),
    reason            text        check (reason in ('wrong', 'not_needed', 'tone', 'language')),
    -- Of a hundred words of the draft and of what was posted, about how many are in one of them alone.
    changed           integer     check (changed between 0 and 100),
    decided_at        timestamptz,
    decided_by_user_id bigint,
    primary key (guild_id, id),
    check ((outcome is null) = (decided_at is null))
);
create index reply_draft_asked_at on reply_draft (guild_id, asked_at);

-- What a guild has used of its language model on a day of its zone, with what is reserved for calls that are being made.
create table llm_day (
    guild_id bigint not null,
    day      date   not null,
    tokens   bigint not null check (tokens >= 0),
    primary key (guild_id, day)
);

-- Until when what a member has asked for counts (GCRA): `assist::spend`.
create table llm_member (
    guild_id    bigint      not null,
    user_id     bigint      not null,
    spent_until timestamptz not null,
    primary key (guild_id, user_id)
);
