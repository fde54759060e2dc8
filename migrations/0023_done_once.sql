-- What took a step with a ticket, whatever that was: `interaction:…`, a request with a key of its own. The same takes one
-- step with a ticket. A version that does not know the column leaves it empty.
alter table ticket_event add column origin text;
create unique index ticket_event_origin on ticket_event (guild_id, number, origin) where origin is not null;

-- What was done by an origin and leaves no row of its own that could say by what: turning a pin over, placing a panel,
-- giving a reply. It is remembered for as long as somebody may repeat it.
create table done_once (
    guild_id bigint      not null,
    origin   text        not null,
    deed     text        not null,
    -- To which row it was done.
    number   bigint      not null,
    done_at  timestamptz not null,
    primary key (guild_id, origin, deed)
);
create index done_once_done_at on done_once (done_at);

-- Drafts and messages are named by what they were written with, whatever that was. A version that does not know the column
-- goes on filling interaction_id, which counts as an interaction's, and finds by it what an interaction left.
alter table ticket_draft add column origin text, add column id bigint not null generated always as identity;
alter table ticket_draft drop constraint ticket_draft_pkey, add primary key (guild_id, id);
alter table ticket_draft alter column interaction_id drop not null;
create unique index ticket_draft_origin on ticket_draft (guild_id, coalesce(origin, 'interaction:' || interaction_id::text));
alter table ticket_clipping add column origin text, add column id bigint not null generated always as identity;
alter table ticket_clipping drop constraint ticket_clipping_pkey, add primary key (guild_id, id);
alter table ticket_clipping alter column interaction_id drop not null;
create unique index ticket_clipping_origin
    on ticket_clipping (guild_id, coalesce(origin, 'interaction:' || interaction_id::text));
