-- Pages that somebody looks at hear of what changes, whatever instance changed it: `guild table number`. Many rows of one statement
-- are told by a few of them; whoever hears of one looks at all.
create function tell_of_new_tickets() returns trigger language plpgsql as $$
begin
    perform pg_notify('changed', guild_id || ' ticket ' || number)
       from (select distinct guild_id, number from fresh limit 100) as few;
    return null;
end $$;

create function tell_of_ticket() returns trigger language plpgsql as $$
begin
    perform pg_notify('changed', new.guild_id || ' ticket ' || new.number);
    return null;
end $$;

create trigger ticket_told_new after insert on ticket
    referencing new table as fresh for each statement execute function tell_of_new_tickets();
-- What is shown of it: not the leases under which it is settled.
create trigger ticket_told after update of revision, channel_id, problem on ticket
    for each row execute function tell_of_ticket();
create trigger ticket_event_told after insert on ticket_event
    referencing new table as fresh for each statement execute function tell_of_new_tickets();
create trigger ticket_transcript_told after insert or update of taken_at on ticket_transcript
    for each row execute function tell_of_ticket();

-- Which numbers the tickets of some days have, read of the index alone.
create index ticket_opened_number on ticket (guild_id, opened_at) include (number);
