-- What was answered when something was done that leaves no row to tell it by: the name of what was deleted, which settings
-- became what. Whoever repeats it reads the same. A version that does not know the column leaves it empty.
alter table done_once add column answer jsonb;

-- Which change a rollback has undone: both of them count for nothing then, and the one before can be rolled back. A version
-- that does not know the column leaves it empty, and its rollbacks count as every other change.
alter table setting_change add column undoes bigint;
