-- What the bot knows per guild: FAQ entries, words that mean the same, and what people searched for.

create table faq_entry (
    guild_id       bigint      not null,
    number         integer     not null,
    title          text        not null check (char_length(title) between 1 and 100),
    answer         text        not null check (char_length(answer) between 1 and 4000),
    keywords       text[]      not null default '{}',
    category       text,
    source_url     text,
    pinned         boolean     not null default false,
    author_user_id bigint,
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    primary key (guild_id, number)
);
create unique index faq_entry_title on faq_entry (guild_id, lower(title));
create index faq_entry_order on faq_entry (guild_id, pinned desc, number);

-- The next number of each guild; the number of a removed entry is not given again.
create table faq_counter (
    guild_id    bigint  primary key,
    last_number integer not null
);

create table faq_synonym (
    guild_id bigint  not null,
    position integer not null,
    words    text[]  not null,
    primary key (guild_id, position)
);

create table faq_search (
    guild_id       bigint      not null,
    interaction_id bigint      not null,
    query          text        not null,
    matched        integer[]   not null,
    -- The entry that was opened from it, if one was.
    chosen         integer,
    searched_at    timestamptz not null,
    primary key (guild_id, interaction_id)
);
create index faq_search_time on faq_search (guild_id, searched_at);

create trigger faq_entry_changed after insert or update or delete on faq_entry
    for each row execute function notify_guild('knowledge');
create trigger faq_synonym_changed after insert or update or delete on faq_synonym
    for each row execute function notify_guild('knowledge');
