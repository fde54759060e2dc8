-- What is there already: until cron has counted a day of it, it is counted whenever somebody looks. Only rows of tickets that were
-- reopened are locked.
update ticket
   set first_closed_at = first.at
  from (select guild_id, number, min(happened_at) as at
          from ticket_event
         where kind in ('closed', 'archived')
           and (guild_id, number) in (select guild_id, number from ticket_event where kind = 'reopened')
         group by guild_id, number) as first
 where ticket.guild_id = first.guild_id
   and ticket.number = first.number
   and first.at is distinct from ticket.closed_at;
insert into tally_stale (guild_id, about, day)
select guild_id, 'tickets', day
  from (select guild_id, (opened_at at time zone 'UTC')::date as day from ticket
        union
        select guild_id, (closed_at at time zone 'UTC')::date from ticket where closed_at is not null
        union
        select guild_id, (happened_at at time zone 'UTC')::date from ticket_event where kind = 'reopened') as days
union all
select distinct guild_id, 'searches', (searched_at at time zone 'UTC')::date from faq_search;
