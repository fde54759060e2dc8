-- An entry that tells of something whose place is known only later waits for that, but not for ever.
alter table log_entry add column waits_for text;
alter table log_entry add column waits_until timestamptz;

create index log_entry_waits_for on log_entry (guild_id, waits_for) where waits_for is not null;
