-- What a model makes of texts, so that what means the same is near: of FAQ entries and of passages of documents.

-- By this a vector is found. It is no secret and proves nothing.
alter table faq_entry
    add column text_hash bytea generated always as (decode(md5(title || E'\n' || answer), 'hex')) stored;
alter table passage
    add column text_hash bytea generated always as (decode(md5(title || E'\n' || body), 'hex')) stored;
create index faq_entry_text on faq_entry (guild_id, text_hash);
create index passage_text on passage (guild_id, text_hash);

-- A row without numbers is being made, or could not be made and is tried again; guild_id 0 is every guild's.
create table text_vector (
    guild_id  bigint      not null,
    model     text        not null,
    text_hash bytea       not null,
    -- One byte a dimension: each, as a signed number, times scale is a part of a vector of length 1.
    numbers   bytea       check (octet_length(numbers) between 1 and 8192),
    scale     real,
    -- How often it was tried.
    attempts  integer     not null default 0,
    try_at    timestamptz not null,
    primary key (guild_id, model, text_hash),
    check ((numbers is null) = (scale is null))
);
