-- How far the watched channel of a server was read.
create table announcement_cursor (
    guild_id   bigint      primary key,
    channel_id bigint      not null,
    message_id bigint      not null,
    checked_at timestamptz not null,
    -- Whether the server was told that nothing can be read.
    blind      boolean     not null default false
);

-- A message that was read: what became of it.
create table announcement (
    guild_id   bigint      not null,
    message_id bigint      not null,
    channel_id bigint      not null,
    -- Which version of it.
    edited_at  timestamptz,
    read_at    timestamptz not null,
    -- The reminder that was made of it.
    reminder   integer,
    primary key (guild_id, message_id)
);
create index announcement_read_at on announcement (read_at);
