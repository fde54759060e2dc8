-- By whose clocks a member's times are read and shown, if not by those of the server.
create table member_zone (
    guild_id bigint      not null,
    user_id  bigint      not null,
    zone     text        not null,
    set_at   timestamptz not null,
    primary key (guild_id, user_id)
);
