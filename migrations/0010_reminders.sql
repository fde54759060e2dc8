-- What is to be said when.
create table reminder (
    guild_id          bigint      not null,
    number            integer     not null,
    -- What made it; the same makes no second.
    interaction_id    bigint      not null,
    creator_user_id   bigint      not null,
    name              text        not null,
    body              text        not null,
    -- Null: it is said directly to whoever made it.
    channel_id        bigint,
    place             text        not null,
    image_url         text,
    source_url        text,
    -- Whom it calls: see `reminders::Mentions`.
    mentions          jsonb       not null,
    -- Whether it is about something that begins at the moment itself.
    is_event          boolean     not null,
    -- The schedule: the clock time of the first moment in that zone, the rule, the last moment, and how many minutes ahead
    -- of each moment it is said.
    zone              text        not null,
    first_clock       text        not null,
    repeats           jsonb,
    ends_at           timestamptz,
    leads             bigint[]    not null,
    -- As somebody wrote it.
    said              text        not null,
    -- What comes next by it; null when nothing does.
    next_due_at       timestamptz,
    next_moment_at    timestamptz,
    next_lead         bigint,
    -- Since when, and why, nothing is said.
    paused_at         timestamptz,
    pause_reason      text,
    -- The reminder that this one repeats a little later.
    snoozes           integer,
    revision          integer     not null default 1,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    primary key (guild_id, number),
    unique (guild_id, interaction_id),
    check ((next_due_at is null) = (next_moment_at is null) and (next_due_at is null) = (next_lead is null))
);
create index reminder_due on reminder (next_due_at) where paused_at is null and next_due_at is not null;
create index reminder_creator on reminder (guild_id, creator_user_id);
create index reminder_channel on reminder (guild_id, channel_id);

create table reminder_counter (
    guild_id    bigint  primary key,
    last_number integer not null
);

-- Each time a reminder was due. A row is made once, whoever comes first, and ends in one state.
create table reminder_occurrence (
    guild_id    bigint      not null,
    number      integer     not null,
    due_at      timestamptz not null,
    -- What Discord knows it by.
    id          bigint      not null generated always as identity,
    moment_at   timestamptz not null,
    lead        bigint      not null,
    state       text        not null default 'pending'
        check (state in ('pending', 'sent', 'missed', 'failed', 'skipped')),
    -- Who sends it has until then.
    lease_until timestamptz not null,
    attempt     integer     not null default 1,
    taken_at    timestamptz not null,
    channel_id  bigint,
    message_id  bigint,
    sent_at     timestamptz,
    late        boolean     not null default false,
    problem     text,
    -- Whether the server was told that it was missed, or failed.
    reported    boolean     not null default false,
    primary key (guild_id, number, due_at),
    foreign key (guild_id, number) references reminder on delete cascade
);
create index reminder_occurrence_pending on reminder_occurrence (lease_until) where state = 'pending';
create index reminder_occurrence_unreported on reminder_occurrence (guild_id) where state in ('missed', 'failed') and not reported;

-- Reminders that are made again and again, without their time.
create table reminder_template (
    guild_id        bigint      not null,
    name            text        not null,
    content         jsonb       not null,
    creator_user_id bigint      not null,
    created_at      timestamptz not null,
    primary key (guild_id, name)
);
create unique index reminder_template_lower_name on reminder_template (guild_id, lower(name));
