-- What was changed in a server's settings: by whom, when, how, from what to what. Rows are never changed.
create table setting_change (
    guild_id    bigint      not null,
    id          bigint      not null generated always as identity,
    feature     text        not null,
    key         text        not null,
    -- Null is the default.
    old         jsonb,
    new         jsonb,
    user_id     bigint      not null,
    changed_at  timestamptz not null,
    how         text        not null check (how in ('slash', 'wizard', 'dashboard', 'rollback', 'reset', 'import')),
    primary key (guild_id, id)
);
create index setting_change_key on setting_change (guild_id, feature, key, id desc);

-- How far a server has come with `/config start`.
create table setup_progress (
    guild_id bigint  primary key,
    step     integer not null
);

-- What is still to be posted in servers' log channels. Entries with the same batch go out as one message.
create table log_entry (
    guild_id    bigint      not null,
    id          bigint      not null generated always as identity,
    feature     text        not null,
    level       text        not null check (level in ('debug', 'info', 'success', 'warning', 'error')),
    title       text        not null,
    description text        not null,
    created_at  timestamptz not null,
    batch       bigint,
    lease_until timestamptz,
    primary key (guild_id, id)
);
create index log_entry_lease_until on log_entry (lease_until nulls first);

-- A log channel that refused us; it is left alone until another one, or the same again, is set.
create table log_channel_failure (
    guild_id    bigint      primary key,
    channel_id  bigint      not null,
    failures    integer     not null,
    disabled_at timestamptz
);
