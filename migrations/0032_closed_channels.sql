-- When the channel of a closed ticket is deleted by itself. What an older version closed has no such moment, and its channel
-- stays until somebody deletes it; a version that does not know the column leaves it as it is, so what it opens again is
-- looked at by its status.
alter table ticket add column delete_at timestamptz;
create index ticket_delete_at on ticket (guild_id, delete_at) where delete_at is not null and status = 'closed';
