-- What made a reminder, whatever that was: `interaction:…`, `message:…`, a request with a key of its own. The same makes no
-- second. A version that does not know the column goes on filling interaction_id, which counts as an interaction's.
alter table reminder add column origin text;
alter table reminder alter column interaction_id drop not null;
create unique index reminder_origin on reminder (guild_id, coalesce(origin, 'interaction:' || interaction_id::text));

-- Why nothing is said, as a code with what it is about (see `reminders::Problem`). Where pause_reason or problem hold a
-- text, an older version wrote a sentence there, or somebody paused it by hand: then it is empty.
alter table reminder add column pause_problem jsonb;
alter table reminder_occurrence add column failure jsonb;
