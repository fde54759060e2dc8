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

-- Older versions wrote all of it as one text, with the files at its end.
create function pg_temp.clipped(text) returns text[] immutable language sql as $$
    select regexp_match($1, '^([^\n]*) wrote \(https://discord\.com/channels/[0-9]+/([0-9]+)/([0-9]+)\):\n(.*)$')
$$;
create function pg_temp.source(text[]) returns jsonb immutable language sql as $$
    select jsonb_build_object('author', $1[1], 'channel', $1[2], 'message', $1[3])
$$;
update ticket_event
   set body = (pg_temp.clipped(body))[4], source = pg_temp.source(pg_temp.clipped(body))
 where kind = 'message'
   and pg_temp.clipped(body) is not null;
update ticket_clipping
   set body = (pg_temp.clipped(body))[4], source = pg_temp.source(pg_temp.clipped(body))
 where pg_temp.clipped(body) is not null;
update ticket
   set answers = jsonb_build_array(jsonb_build_array('💬', (pg_temp.clipped(answers -> 0 ->> 1))[4])),
       source = pg_temp.source(pg_temp.clipped(answers -> 0 ->> 1))
 where answers -> 0 ->> 0 = 'Message'
   and jsonb_array_length(answers) = 1
   and pg_temp.clipped(answers -> 0 ->> 1) is not null;
drop function pg_temp.source(text[]);
drop function pg_temp.clipped(text);
