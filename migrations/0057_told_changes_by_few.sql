-- A statement that writes many tickets tells of a few of them, and none that writes what was there tells of any.
create function tell_of_changed_tickets() returns trigger language plpgsql as $$
begin
    perform pg_notify('changed', guild_id || ' ticket ' || number)
       from (select guild_id, number
               from fresh
               join stale using (guild_id, number)
              where (fresh.revision, fresh.channel_id, fresh.problem) is distinct from (stale.revision, stale.channel_id, stale.problem)
              limit 100) as few;
    return null;
end $$;

drop trigger ticket_told on ticket;
create trigger ticket_told after update on ticket
    referencing old table as stale new table as fresh for each statement execute function tell_of_changed_tickets();
