-- What opened a ticket, whatever that was: `interaction:…`, a request with a key of its own. The same opens no second. A
-- version that does not know the column goes on filling interaction_id, which counts as an interaction's.
alter table ticket add column origin text;
alter table ticket alter column interaction_id drop not null;
create unique index ticket_origin on ticket (guild_id, coalesce(origin, 'interaction:' || interaction_id::text));

-- Nobody: a program did it.
alter table ticket alter column opened_by_user_id drop not null;

-- Where a message is from that was added to a ticket, or with which one was opened: whoever wrote it, its channel, its id,
-- and the names of its files. Its text stands in `body`, or among the answers.
alter table ticket add column source jsonb;
alter table ticket_event add column source jsonb;
alter table ticket_clipping add column source jsonb;

-- What was written while answers of the FAQ are offered is ready to be sent; what was refused is not.
alter table ticket_draft add column source jsonb;
alter table ticket_draft add column ready boolean not null default true;
