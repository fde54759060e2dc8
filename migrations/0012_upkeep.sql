-- When work that need not be done each minute was done last.
create table upkeep (
    feature text        not null,
    job     text        not null,
    ran_at  timestamptz not null,
    primary key (feature, job)
);

-- What cron looks for each minute, however many reminders there are.
create index reminder_done on reminder (updated_at) where next_due_at is null;
create index reminder_occurrence_done on reminder_occurrence (due_at) where state <> 'pending';
create index reminder_occurrence_ahead on reminder_occurrence (moment_at) where lead > 0 and message_id is not null;

-- From where on a channel is watched: what stood there before was announced to people.
alter table announcement_cursor add column from_message_id bigint not null default 0;
