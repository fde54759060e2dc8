-- Closed tickets by the time of their end: how long their channels stay is what the setting says when they are looked at. The
-- moment that older versions wrote down (`delete_at`) is written no longer. What they closed without one stays until somebody
-- deletes it, as they said.
alter table ticket add column stays boolean not null default false;
update ticket set stays = true where status = 'closed' and delete_at is null;
create index ticket_closed on ticket (guild_id, closed_at) where status = 'closed' and not stays;

-- Which of those who are to hear of it have heard: what is said to one of them is not said again because another cannot be told.
alter table ticket_event add column told text[] not null default '{}';
