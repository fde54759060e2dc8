-- What made a kind of ticket or a reply, or changed a panel last, whatever that was: `interaction:…`, `message:…`, a request
-- with a key of its own. The same does it once. A version that does not know the columns leaves them empty, and goes on
-- filling interaction_id, which counts as an interaction's.
alter table ticket_type add column origin text;
alter table tag add column origin text;
alter table ticket_panel add column origin text;
alter table ticket_panel alter column interaction_id drop not null;
