-- Attempts that say nothing against the work: it waited for something else, or what it needs was away.
alter table job add column excused integer not null default 0;
