-- Who is logged in to the dashboard. The token itself stands in the browser alone.
create table web_session (
    token_sha256 bytea       primary key check (octet_length(token_sha256) = 32),
    user_id      bigint      not null,
    -- What they are called, and their servers, as Discord said when they logged in.
    name         text        not null,
    guilds       jsonb       not null,
    -- What they use, such as `Firefox, Linux`.
    browser      text        not null,
    began_at     timestamptz not null,
    seen_at      timestamptz not null
);

create index web_session_of on web_session (user_id, began_at);
create index web_session_began on web_session (began_at);
create index web_session_seen on web_session (seen_at);
