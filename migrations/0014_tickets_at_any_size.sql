-- Lists of tickets in their order, the most urgent and the oldest first and what is done with the newest first, so that a page
-- reads no more than what is on it: see `store::list`.
create index ticket_kind_order on ticket (
    guild_id, type_id, status,
    array_position(array['urgent', 'high', 'normal', 'low'], priority),
    (case when status in ('closed', 'archived') then -number else number end)
);
create index ticket_unclaimed_order on ticket (
    guild_id, type_id, status,
    array_position(array['urgent', 'high', 'normal', 'low'], priority),
    (case when status in ('closed', 'archived') then -number else number end)
) where claimed_by_user_id is null;
create index ticket_claimed_order on ticket (
    guild_id, claimed_by_user_id, status,
    array_position(array['urgent', 'high', 'normal', 'low'], priority),
    (case when status in ('closed', 'archived') then -number else number end)
) where claimed_by_user_id is not null;
create index ticket_escalated on ticket (guild_id, escalated_to, number) where escalated_to is not null;

-- What is live, of which there is little, and what time has to look at, guild by guild.
create index ticket_live on ticket (guild_id, number) where status not in ('closed', 'archived');
create index ticket_live_check on ticket (guild_id, check_at) where status not in ('closed', 'archived');

-- What `/ticket stats` counts.
create index ticket_status on ticket (guild_id, status) where not failed;
create index ticket_rated_at on ticket (guild_id, rated_at) where rated_at is not null;
create index ticket_event_done on ticket_event (guild_id, happened_at) where kind in ('claimed', 'closed', 'archived');

-- What was said in a ticket, in parts that fit into memory: of each form (a page, or plain text) one or more files, of each
-- file one stream of raw deflate, cut where a part is full.
create table ticket_transcript_part (
    guild_id bigint  not null,
    number   integer not null,
    -- The attempt to settle the ticket that wrote it; parts of one that died are of another.
    taking   integer not null,
    form     text    not null check (form in ('page', 'plain')),
    file     integer not null,
    part     integer not null,
    bytes    bytea   not null,
    primary key (guild_id, number, taking, form, file, part),
    foreign key (guild_id, number) references ticket
);
-- It is packed already.
alter table ticket_transcript_part alter column bytes set storage external;

-- `page` and `plain` are empty in what is written from now on; `taking` says which parts belong to it.
alter table ticket_transcript
    alter column page set default '',
    alter column plain set default '',
    add column taking integer not null default 0,
    -- What is known of each file: form, checksum, lengths.
    add column files jsonb not null default '[]',
    -- Up to where it goes: nothing is read again when nothing was said and nothing happened since.
    add column last_message_id bigint,
    add column last_event_id bigint;

-- How often somebody began to take its transcript and never came to an end, not even to an error.
alter table ticket add column transcript_deaths integer not null default 0;
