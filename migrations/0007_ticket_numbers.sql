-- A ticket that never got a channel; it counts for nothing but its number.
alter table ticket add column failed boolean not null default false;

create index ticket_opened_at on ticket (guild_id, opened_at);
create index ticket_closed_at on ticket (guild_id, closed_at);
