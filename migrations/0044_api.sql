-- Keys of programs. Of a key only its digest is stored; its id stands in the key too, so that a key that was found somewhere can be
-- revoked.
create table api_key (
    id           text        primary key,
    name         text        not null,
    -- SHA-256 of the whole key, 64 hex digits.
    digest       text        not null unique,
    -- Such as faq:read.
    scopes       text[]      not null,
    -- An operator has made it: it may count in several servers.
    by_operator  boolean     not null,
    created_at   timestamptz not null,
    expires_at   timestamptz,
    last_used_at timestamptz
);

-- In which servers a key counts.
create table api_key_guild (
    guild_id        bigint      not null,
    key_id          text        not null references api_key (id) on delete cascade,
    -- The same as the key's: no two that count in a server are called the same.
    name            text        not null,
    -- Who let it; null is an operator, or somebody whose data was erased.
    creator_user_id bigint,
    granted_at      timestamptz not null,
    revoked_at      timestamptz,
    primary key (guild_id, key_id)
);

create index api_key_guild_key on api_key_guild (key_id);
create unique index api_key_guild_name on api_key_guild (guild_id, lower(name)) where revoked_at is null;

-- How much of its allowance a key has used: at spent_until all of it is there again (the generic cell rate algorithm's theoretical
-- arrival time).
create table api_allowance (
    key_id      text        primary key,
    spent_until timestamptz not null,
    -- Whether the last request was within it.
    allowed     boolean     not null
);

-- What a request with an Idempotency-Key was answered, so that a repetition is answered the same.
create table api_request (
    guild_id    bigint      not null,
    key_id      text        not null,
    -- Digests of method, address and Idempotency-Key, and of the body.
    request     text        not null,
    body        text        not null,
    began_at    timestamptz not null,
    -- Until then somebody is answering it; null once it is answered.
    lease_until timestamptz,
    status      smallint,
    -- Names and values of headers that are part of the answer.
    headers     text[]      not null default '{}',
    answer      text,
    primary key (guild_id, key_id, request)
);

create index api_request_began on api_request (began_at);
