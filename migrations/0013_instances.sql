-- Processes that use the bot's token at the moment. Discord counts their calls together, so they share its limit.
create table instance (
    -- Random: a process that starts anew is another one.
    id bigint primary key,
    -- Calls a second that it would make.
    wanted integer not null,
    -- Calls a second that nobody else may make.
    claimed integer not null,
    seen_at timestamptz not null
);
