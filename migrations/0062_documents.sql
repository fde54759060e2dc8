-- Documents that operators import, cut into passages. guild_id 0 is every guild's: Discord gives no guild that id.
create table document (
    guild_id    bigint      not null,
    -- Where it lay, from the folder on that was imported.
    name        text        not null check (char_length(name) between 1 and 500),
    title       text        not null,
    url         text,
    -- Of all that its passages were made of: what has the same is not stored again.
    hash        bytea       not null,
    imported_at timestamptz not null,
    primary key (guild_id, name)
);

create table passage (
    guild_id  bigint  not null,
    id        integer not null generated always as identity,
    document  text    not null,
    position  integer not null,
    -- The headings above it.
    title     text    not null,
    body      text    not null,
    primary key (guild_id, id),
    unique (guild_id, document, position),
    foreign key (guild_id, document) references document (guild_id, name) on delete cascade
);

-- Passages change with their document, and only so.
create trigger document_changed after insert or update or delete on document
    for each row execute function notify_guild('documents');

-- Names of the documents on which a draft rests, beside the entries.
alter table reply_draft add column documents text[] not null default '{}';
