-- What several people edit counts its changes, so that nobody undoes what they have not seen.
alter table faq_entry add column revision integer not null default 1;
alter table ticket_panel add column revision integer not null default 1;

-- A server's synonyms are edited as a whole. Their number is kept beside the numbers of its entries: that row is there to be
-- locked even while a server has no synonyms.
alter table faq_counter add column synonyms_revision integer not null default 0;

-- What a reply is called in custom ids, which carry no words. A version that does not know the column fills it as well.
alter table tag add column id bigint not null generated always as identity;
alter table tag add column revision integer not null default 1;
create unique index tag_id on tag (guild_id, id);

-- What an announcement last said of its reminder, part by part, as digests: what differs from that was set by hand.
alter table announcement add column said bigint[] not null default '{}';
