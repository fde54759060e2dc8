-- Whether what was said in a closed ticket is kept.
alter table ticket add column transcribed boolean not null default false;

-- Whether others' messages came without their text: the app lacks the message content intent.
alter table ticket_transcript add column blind boolean not null default false;
