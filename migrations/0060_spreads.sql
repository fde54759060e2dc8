-- Lengths of time of all kinds together, as kind 0: what is asked for most often is read at once.
insert into ticket_tally_seconds
select guild_id, is_month, day, measure, 0, count(*), sum(value), array_agg(value order by value)
  from ticket_tally_seconds, lateral unnest(seconds) as value
 group by guild_id, is_month, day, measure;

create or replace function seconds_between(guild bigint, since timestamptz, until timestamptz, measures text[])
returns table (measure text, type_id integer, times integer, total bigint, seconds integer[])
language sql stable rows 400 set jit = off as $$
    with span as materialized (select * from tally_spans(guild, 'tickets', since, until))
    select kept.measure, kept.type_id, kept.times, kept.total, kept.seconds
      from span, lateral (select *
                            from ticket_tally_seconds as of
                           where of.guild_id = guild and of.is_month = span.is_month and of.day = span.day and of.measure = any(measures)
                             and of.type_id > 0
                          offset 0) as kept
    union all
    select counted.*
      from span, lateral count_seconds(guild, span_since, span_until, measures) as counted
     where span.is_month is null
$$;

-- The same of all kinds; of what has to be counted anew kind by kind.
create function all_seconds_between(guild bigint, since timestamptz, until timestamptz, measures text[])
returns table (measure text, times integer, total bigint, seconds integer[])
language sql stable rows 100 set jit = off as $$
    with span as materialized (select * from tally_spans(guild, 'tickets', since, until))
    select kept.measure, kept.times, kept.total, kept.seconds
      from span, lateral (select *
                            from ticket_tally_seconds as of
                           where of.guild_id = guild and of.is_month = span.is_month and of.day = span.day and of.measure = any(measures)
                             and of.type_id = 0
                          offset 0) as kept
    union all
    select counted.measure, counted.times, counted.total, counted.seconds
      from span, lateral count_seconds(guild, span_since, span_until, measures) as counted
     where span.is_month is null
$$;

create or replace function fold_tickets(guild bigint, at_most int) returns integer language plpgsql set jit = off as $$
declare
    days date[];
begin
    -- One at a time: who counted earlier must not write later.
    if not pg_try_advisory_xact_lock(7301, hashint8(guild)) then
        return 0;
    end if;
    with old as (delete from tally_stale
                  where guild_id = guild and about = 'tickets'
                    and day in (select distinct day from tally_stale where guild_id = guild and about = 'tickets' order by day desc limit at_most)
                 returning day)
    select array_agg(distinct day) into days from old;
    if days is not null then
        delete from tally_day where guild_id = guild and about = 'tickets' and day = any(days);
        delete from ticket_tally where guild_id = guild and not is_month and day = any(days);
        delete from ticket_tally_seconds where guild_id = guild and not is_month and day = any(days);
        delete from ticket_tally_staff where guild_id = guild and not is_month and day = any(days);
        delete from tally_month where guild_id = guild and about = 'tickets' and month in (select date_trunc('month', d::timestamp)::date from unnest(days) d);
        -- A month stands for its days, or not at all.
        delete from ticket_tally where guild_id = guild and is_month and day in (select date_trunc('month', d::timestamp)::date from unnest(days) d);
        delete from ticket_tally_seconds where guild_id = guild and is_month and day in (select date_trunc('month', d::timestamp)::date from unnest(days) d);
        delete from ticket_tally_staff where guild_id = guild and is_month and day in (select date_trunc('month', d::timestamp)::date from unnest(days) d);
        insert into tally_day
        select guild, 'tickets', d, counted.*
          from unnest(days) d, lateral count_days(guild, 'tickets', d::timestamp at time zone 'UTC', (d + 1)::timestamp at time zone 'UTC') counted
         where came is not null or done is not null;
        insert into ticket_tally
        select guild, false, d, counted.*
          from unnest(days) d, lateral count_tickets(guild, d::timestamp at time zone 'UTC', (d + 1)::timestamp at time zone 'UTC') counted;
        insert into ticket_tally_seconds
        select guild, false, d, measure, type_id, times, total, seconds
          from unnest(days) d, lateral count_seconds(guild, d::timestamp at time zone 'UTC', (d + 1)::timestamp at time zone 'UTC',
                                                     '{response,claim,close,worked_response,worked_claim,worked_close}') counted;
        insert into ticket_tally_seconds
        select guild, false, day, measure, 0, count(*), sum(value), array_agg(value order by value)
          from ticket_tally_seconds, lateral unnest(seconds) as value
         where guild_id = guild and not is_month and day = any(days) and type_id > 0
         group by day, measure;
        insert into ticket_tally_staff
        select guild, false, d, counted.*
          from unnest(days) d, lateral count_staff(guild, d::timestamp at time zone 'UTC', (d + 1)::timestamp at time zone 'UTC') counted;
    end if;
    return coalesce(cardinality(days), 0);
end $$;

-- How things are spread that took seconds, without carrying all of them out of the database: of each measure how many there are,
-- how much they are together, and what each of these shares of them is not above, as `percentile_cont` says it. A value is found by
-- halving what it may be and counting in each of the sorted lists how many are not above that.
create function spreads_between(guild bigint, since timestamptz, until timestamptz, measures text[], shares float8[])
returns table (measure text, times bigint, total bigint, quantiles float8[])
language sql stable rows 6 set jit = off set work_mem = '64MB' as $$
    with recursive kept as materialized (
        -- Put together with nothing, a list is read once and not again for each count.
        select between.measure, between.times, between.total, between.seconds || '{}'::integer[] as seconds
          from all_seconds_between(guild, since, until, measures) as between
         where between.times > 0
    ), whole as materialized (
        select kept.measure, sum(kept.times)::bigint as times, sum(kept.total)::bigint as total
          from kept
         group by kept.measure
    ), place as (
        -- What is not above half of all is neither below what that is of each list nor above.
        select whole.measure, nth, share * (whole.times - 1) as at,
               (select min(seconds[floor(share * (kept.times - 1))::integer + 1]) from kept where kept.measure = whole.measure) as least,
               (select max(seconds[floor(share * kept.times)::integer + 1]) from kept where kept.measure = whole.measure) as most
          from whole, unnest(shares) with ordinality as wanted (share, nth)
    ), search as (
        select place.measure, nth, at, least as low, most as high
          from place
        union all
        select search.measure, nth, at, case when reached then low else middle + 1 end, case when reached then middle else high end
          from search,
               lateral (select ((low::bigint + high) >> 1)::integer) as half (middle),
               lateral (select sum(width_bucket(middle, seconds)) > floor(at) from kept where kept.measure = search.measure) as counted (reached)
         where low < high
    ), found as (
        select search.measure, nth, low + (at - floor(at)) * (case when not_above > floor(at) + 1 then 0 else coalesce(higher - low, 0) end) as value
          from search,
               lateral (select sum(width_bucket(low, seconds)) as not_above, min(seconds[width_bucket(low, seconds) + 1]) as higher
                          from kept
                         where kept.measure = search.measure) as counted
         where low = high
    )
    select whole.measure, whole.times, whole.total, array_agg(value order by nth)
      from whole join found using (measure)
     group by whole.measure, whole.times, whole.total
$$;

-- Of kinds, how many first responses to their tickets there are, and how many came within so much working time.
create function within_between(guild bigint, since timestamptz, until timestamptz, kinds integer[], aims integer[])
returns table (type_id integer, answered bigint, within bigint)
language sql stable rows 20 set jit = off as $$
    select kept.type_id, sum(kept.times)::bigint, sum(width_bucket(aim, kept.seconds))::bigint
      from seconds_between(guild, since, until, '{worked_response}') as kept
      join unnest(kinds, aims) as wanted (kind, aim) on kind = kept.type_id
     where kept.times > 0
     group by kept.type_id
$$;

-- Searches and reminders are kept for a time. Of what was before this moment some are forgotten: how many there were then is not known.
create table forgotten (
    guild_id bigint      not null,
    about    text        not null check (about in ('searches', 'reminders')),
    before   timestamptz not null,
    primary key (guild_id, about)
);
-- What was forgotten so far is not written anywhere; it was before the oldest that is kept.
insert into forgotten select guild_id, 'searches', min(searched_at) from faq_search group by guild_id;
insert into forgotten select guild_id, 'reminders', min(due_at) from reminder_occurrence group by guild_id;

-- Whoever starts helpers for some thousand rows waits longer for them than for the rows.
do $$
declare
    of regprocedure;
begin
    for of in select oid::regprocedure
                from pg_proc
               where pronamespace = current_schema()::regnamespace
                 and proname in ('count_days', 'count_tickets', 'count_seconds', 'count_staff', 'count_searches', 'tally_spans', 'tickets_between',
                                 'seconds_between', 'all_seconds_between', 'staff_between', 'entries_between', 'asked_between',
                                 'questions_between', 'days_between', 'spreads_between', 'within_between')
    loop
        execute format('alter function %s set max_parallel_workers_per_gather = 0', of);
    end loop;
end $$;
