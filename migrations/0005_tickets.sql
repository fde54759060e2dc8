-- Kinds of tickets of a server. A removed one stays for the tickets that were opened as it.
create table ticket_type (
    guild_id   bigint      not null,
    id         integer     not null,
    name       text        not null,
    -- Where it opens, who works it, what is asked, limits and times: see `model::Definition`.
    definition jsonb       not null,
    removed_at timestamptz,
    primary key (guild_id, id)
);
create unique index ticket_type_name on ticket_type (guild_id, lower(name)) where removed_at is null;

-- The last number that was given to a ticket. Its lock makes openings of a server follow one another.
create table ticket_counter (
    guild_id    bigint  primary key,
    last_number integer not null
);

create table ticket (
    guild_id                   bigint      not null,
    number                     integer     not null,
    type_id                    integer     not null,
    -- Whose ticket it is, and who opened it: staff can open one for a member.
    user_id                    bigint      not null,
    opened_by_user_id          bigint      not null,
    interaction_id             bigint      not null,
    subject                    text        not null,
    -- What was asked and answered, as pairs of texts.
    answers                    jsonb       not null,

    -- Counts the changes; a change is made to the revision that was looked at, or not at all.
    revision                   integer     not null default 1,
    status                     text        not null default 'open'
        check (status in ('open', 'claimed', 'waiting_for_user', 'escalated', 'closed', 'archived')),
    priority                   text        not null default 'normal'
        check (priority in ('low', 'normal', 'high', 'urgent')),
    claimed_by_user_id         bigint,
    escalated_to               bigint,
    close_requested_by_user_id bigint,
    close_due_at               timestamptz,
    closed_by_user_id          bigint,
    close_reason               text,
    rating                     smallint    check (rating between 1 and 5),
    rating_comment             text,
    rated_at                   timestamptz,
    opened_at                  timestamptz not null,
    updated_at                 timestamptz not null,
    first_response_at          timestamptz,
    claimed_at                 timestamptz,
    close_requested_at         timestamptz,
    closed_at                  timestamptz,
    archived_at                timestamptz,

    -- What time has to look at, and what was seen there.
    check_at                   timestamptz not null,
    seen_message_id            bigint,
    member_spoke_at            timestamptz,
    staff_spoke_at             timestamptz,
    -- Since when its member waits for an answer.
    waits_since                timestamptz,
    reminded_at                timestamptz,
    alarmed_at                 timestamptz,

    -- What of it is in Discord. `settle` brings it to what the rest of the row says.
    channel_id                 bigint,
    is_thread                  boolean     not null default false,
    message_id                 bigint,
    -- The revision that the message in it shows.
    shown_revision             integer     not null default 0,
    -- Since when a channel may exist that we do not know of.
    creating_since             timestamptz,
    shut                       boolean     not null default false,
    member_told                boolean     not null default false,
    -- Why Discord does not look as it should, for the admins.
    problem                    text,
    -- Whether it may differ, and when somebody may look again.
    unsettled                  boolean     not null default true,
    settle_at                  timestamptz not null,
    attempt                    integer     not null default 0,

    primary key (guild_id, number),
    unique (guild_id, interaction_id),
    foreign key (guild_id, type_id) references ticket_type
);
create index ticket_user on ticket (guild_id, user_id, number desc);
create unique index ticket_channel on ticket (guild_id, channel_id);
create index ticket_unsettled on ticket (settle_at) where unsettled;
create index ticket_check on ticket (check_at) where status not in ('closed', 'archived');

-- What happened to a ticket; rows are never changed but for `announced`.
create table ticket_event (
    guild_id       bigint      not null,
    number         integer     not null,
    id             bigint      not null generated always as identity,
    kind           text        not null,
    -- Nobody: the bot did it.
    user_id        bigint,
    -- Who was added, or took it over.
    target_user_id bigint,
    happened_at    timestamptz not null,
    from_status    text,
    to_status      text,
    body           text        not null default '',
    -- False until those whom it concerns were told.
    announced      boolean     not null default true,
    primary key (guild_id, number, id),
    foreign key (guild_id, number) references ticket
);
create index ticket_event_unannounced on ticket_event (guild_id, number) where not announced;

-- Who takes part besides its member and the staff.
create table ticket_member (
    guild_id bigint  not null,
    number   integer not null,
    user_id  bigint  not null,
    -- Who should be there, and whether Discord knows.
    present  boolean not null,
    applied  boolean not null default false,
    primary key (guild_id, number, user_id),
    foreign key (guild_id, number) references ticket
);

-- A ticket that is about to be opened: its member is shown answers from the FAQ first.
create table ticket_draft (
    guild_id          bigint      not null,
    interaction_id    bigint      not null,
    user_id           bigint      not null,
    opened_by_user_id bigint      not null,
    type_id           integer     not null,
    subject           text        not null,
    answers           jsonb       not null,
    created_at        timestamptz not null,
    primary key (guild_id, interaction_id),
    foreign key (guild_id, type_id) references ticket_type
);
create index ticket_draft_created_at on ticket_draft (created_at);

-- A message that is about to be added to a ticket, until that is chosen.
create table ticket_clipping (
    guild_id       bigint      not null,
    interaction_id bigint      not null,
    user_id        bigint      not null,
    -- For whom a ticket is opened of it, if not for whoever adds it.
    author_user_id bigint,
    body           text        not null,
    created_at     timestamptz not null,
    primary key (guild_id, interaction_id)
);
create index ticket_clipping_created_at on ticket_clipping (created_at);

-- How often an entry of the FAQ made a ticket unnecessary.
create table ticket_answered (
    guild_id     bigint  not null,
    entry_number integer not null,
    day          date    not null,
    times        integer not null,
    primary key (guild_id, entry_number, day)
);

-- A message with which members open tickets.
create table ticket_panel (
    guild_id       bigint      not null,
    id             bigint      not null generated always as identity,
    interaction_id bigint      not null,
    channel_id     bigint      not null,
    message_id     bigint,
    title          text        not null,
    body           text        not null,
    style          text        not null check (style in ('buttons', 'menu')),
    -- Empty: all there are.
    type_ids       integer[]   not null,
    stale          boolean     not null default true,
    primary key (guild_id, id),
    unique (guild_id, interaction_id)
);

-- Who may not open tickets.
create table ticket_block (
    guild_id           bigint      not null,
    user_id            bigint      not null,
    blocked_by_user_id bigint      not null,
    reason             text        not null,
    created_at         timestamptz not null,
    primary key (guild_id, user_id)
);

-- What was said in a ticket, as a page and as text, compressed with gzip.
create table ticket_transcript (
    guild_id   bigint      not null,
    number     integer     not null,
    taken_at   timestamptz not null,
    messages   integer     not null,
    page       bytea       not null,
    plain      bytea       not null,
    -- Whether the page went where it was to go.
    posted     boolean     not null default false,
    primary key (guild_id, number),
    foreign key (guild_id, number) references ticket
);
create index ticket_transcript_taken_at on ticket_transcript (taken_at);
