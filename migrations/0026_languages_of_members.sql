-- In which language a member's Discord was when they last did something here: what reaches them later, in a direct message, is
-- written in it.
create table member_language (
    guild_id bigint      not null,
    user_id  bigint      not null,
    language text        not null,
    seen_at  timestamptz not null,
    primary key (guild_id, user_id)
);
create index member_language_seen_at on member_language (seen_at);
