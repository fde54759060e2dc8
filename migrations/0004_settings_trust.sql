-- A change is made to the revision that was read, or not at all: JSON that was read and written again need not be equal.
alter table guild_setting add column revision bigint not null default 1;

-- `/config start` goes on at a setting, not at a number that another version counts differently.
alter table setup_progress add column setting text;

-- Where an entry goes, if not where the server reads now: the channel that was just given up.
alter table log_entry add column channel_id bigint;

-- When somebody was told that the channel refuses us.
alter table log_channel_failure add column told_at timestamptz;
