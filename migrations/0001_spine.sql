-- What the spine keeps: which interactions were seen, work that was promised, where the app is installed, settings.

-- An interaction id that is here has been acted upon; a second delivery changes nothing.
create table interaction (
    id          bigint      primary key,
    received_at timestamptz not null
);
create index interaction_received_at on interaction (received_at);

-- Work that a member was promised ("thinking…") and that is finished through the interaction's token.
create table job (
    guild_id       bigint      not null,
    interaction_id bigint      not null unique,
    feature        text        not null,
    work           jsonb       not null,
    user_id        bigint      not null,
    channel_id     bigint      not null,
    token          text        not null,
    -- What will be shown; once it is here a later attempt shows the same.
    answer         jsonb,
    -- Counts the leases: whoever holds an older number has lost the work.
    attempt        integer     not null default 1,
    lease_until    timestamptz not null,
    created_at     timestamptz not null,
    expires_at     timestamptz not null,
    last_error     text,
    primary key (guild_id, interaction_id)
);
create index job_lease_until on job (lease_until);

-- What Discord tells about installing and withdrawing the app; guild 0 is a user's own account.
create table authorization_event (
    guild_id    bigint      not null,
    user_id     bigint      not null,
    kind        text        not null check (kind in ('authorized', 'deauthorized')),
    occurred_at timestamptz not null,
    primary key (guild_id, user_id, kind, occurred_at)
);
create index authorization_event_user on authorization_event (user_id);

create table guild_setting (
    guild_id bigint not null,
    feature  text   not null,
    value    jsonb  not null,
    primary key (guild_id, feature)
);

-- Every instance drops what it has cached of a guild when a row of it changes; a statement cannot forget to say so.
create function notify_guild() returns trigger language plpgsql as $$
begin
    perform pg_notify(tg_argv[0], coalesce(new.guild_id, old.guild_id)::text);
    return null;
end $$;

create trigger guild_setting_changed after insert or update or delete on guild_setting
    for each row execute function notify_guild('settings');
