-- Replies that the staff gives again and again.
create table tag (
    guild_id       bigint      not null,
    name           text        not null,
    body           text        not null,
    author_user_id bigint      not null,
    uses           integer     not null default 0,
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    primary key (guild_id, name)
);
create unique index tag_lower_name on tag (guild_id, lower(name));
