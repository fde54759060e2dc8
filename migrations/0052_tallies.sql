-- Of which days something changed that is not counted yet in `tally_day`, `ticket_tally`, `ticket_tally_staff` and `faq_tally`. Rows are
-- only added, by whoever changes something and in the same transaction, so that nobody waits for anybody; who counts the day
-- deletes those that were there. What is read meanwhile is counted anew for these days alone. Days are those of UTC.
create table tally_stale (
    guild_id bigint not null,
    id       bigint not null generated always as identity,
    about    text   not null check (about in ('tickets', 'searches')),
    day      date   not null,
    primary key (guild_id, id)
);
create index tally_stale_day on tally_stale (guild_id, about, day);

-- How many tickets were opened, and closed first, or searches made, and answered, from the beginning of a day to the end of each
-- of its 96 quarters of an hour: no clock of any zone stands between them. Null: none.
create table tally_day (
    guild_id bigint    not null,
    about    text      not null check (about in ('tickets', 'searches')),
    day      date      not null,
    came     integer[],
    done     integer[],
    primary key (guild_id, about, day)
);

-- Which months are put together in the tables below. One whose days change is taken apart.
create table tally_month (
    guild_id bigint not null,
    about    text   not null check (about in ('tickets', 'searches')),
    month    date   not null,
    primary key (guild_id, about, month)
);

-- What became of the tickets of a kind that were opened on a day, or in a month, and how often one was opened again then.
create table ticket_tally (
    guild_id bigint  not null,
    is_month boolean not null,
    day      date    not null,
    type_id  integer not null,
    opened   integer not null,
    -- Of these, what they are by now; the others are live.
    closed   integer not null,
    archived integer not null,
    rated    integer not null,
    stars    integer not null,
    reopened integer not null,
    primary key (guild_id, is_month, day, type_id)
);

-- Whole seconds from the opening of tickets on: to the first response and the claim of those that were opened then, to the end of
-- those that were closed first then. They are sorted, so that medians of any of these together are exact, and how many are
-- within a target as well.
create table ticket_tally_seconds (
    guild_id bigint    not null,
    is_month boolean   not null,
    day      date      not null,
    measure  text      not null
        check (measure in ('response', 'claim', 'close', 'worked_response', 'worked_claim', 'worked_close')),
    type_id  integer   not null,
    times    integer   not null,
    total    bigint    not null,
    seconds  integer[] not null,
    primary key (guild_id, is_month, day, measure, type_id)
);
-- They hardly get smaller, and are read often.
alter table ticket_tally_seconds alter column seconds set storage external;

-- What each of the staff has: of the tickets that were opened then, and closed of those that were closed last then.
create table ticket_tally_staff (
    guild_id bigint  not null,
    is_month boolean not null,
    day      date    not null,
    user_id  bigint  not null,
    claimed  integer not null,
    rated    integer not null,
    stars    integer not null,
    closed   integer not null,
    primary key (guild_id, is_month, day, user_id)
);

-- What was looked for in vain (by `faq_search.asked`), and which entries were opened.
create table faq_tally (
    guild_id bigint  not null,
    is_month boolean not null,
    day      date    not null,
    about    text    not null check (about in ('asked', 'entry')),
    key      bigint  not null,
    times    integer not null,
    -- The last search of them.
    last     bigint  not null,
    primary key (guild_id, about, is_month, day, key) include (times, last)
);
create index faq_tally_times on faq_tally (guild_id, about, is_month, day, times desc, last desc) include (key);

alter table ticket
    -- When it was closed first, if it was opened again since; otherwise closed_at says it.
    add column first_closed_at timestamptz,
    -- How much working time had passed by the hours of its kind as they were then. Whoever looks
    -- at them, and cron, measures what is still empty (`statistics::measure`).
    add column worked_response_s integer,
    add column worked_claim_s integer,
    add column worked_close_s integer;
-- What a question is about, as a digest of its words (`knowledge::asked`): the same for what asks the same. Empty in what an older
-- version wrote until cron fills it; then it counts by its text.
alter table faq_search add column asked bigint;

-- What the moments of a ticket follow from is kept with it.
create function ticket_moments() returns trigger language plpgsql as $$
begin
    if old.closed_at is not null and new.closed_at is null and new.first_closed_at is null then
        new.first_closed_at := old.closed_at;
    end if;
    -- What was measured for another moment is measured anew.
    if new.first_response_at is distinct from old.first_response_at then
        new.worked_response_s := null;
    end if;
    if new.claimed_at is distinct from old.claimed_at then
        new.worked_claim_s := null;
    end if;
    if coalesce(new.first_closed_at, new.closed_at) is distinct from coalesce(old.first_closed_at, old.closed_at) then
        new.worked_close_s := null;
    end if;
    return new;
end $$;
create trigger ticket_moments before update on ticket for each row
    when ((old.first_response_at, old.claimed_at, old.closed_at, old.first_closed_at)
          is distinct from (new.first_response_at, new.claimed_at, new.closed_at, new.first_closed_at))
    execute function ticket_moments();

create function ticket_changed() returns trigger language plpgsql as $$
declare
    days timestamptz[];
begin
    if tg_op = 'INSERT' then
        days := array[new.opened_at, new.closed_at, new.first_closed_at];
    elsif tg_op = 'DELETE' then
        days := array[old.opened_at, old.closed_at, old.first_closed_at];
    else
        days := array[old.opened_at, new.opened_at];
        if (new.closed_at, new.closed_by_user_id, new.user_id, new.first_closed_at, new.type_id, new.failed, new.worked_close_s, new.opened_at)
               is distinct from
           (old.closed_at, old.closed_by_user_id, old.user_id, old.first_closed_at, old.type_id, old.failed, old.worked_close_s, old.opened_at) then
            days := days || array[old.closed_at, new.closed_at, old.first_closed_at, new.first_closed_at];
        end if;
        if new.type_id <> old.type_id or new.failed <> old.failed then
            days := days || array(select happened_at
                                    from ticket_event
                                   where guild_id = old.guild_id and number = old.number and kind = 'reopened');
        end if;
    end if;
    insert into tally_stale (guild_id, about, day)
    select distinct coalesce(new.guild_id, old.guild_id), 'tickets', (at at time zone 'UTC')::date
      from unnest(days) as at
     where at is not null;
    return null;
end $$;
create trigger ticket_came after insert or delete on ticket for each row execute function ticket_changed();
-- What is done in Discord changes no number, and most updates are about that.
create trigger ticket_changed after update on ticket for each row
    when (old.status in ('closed', 'archived') is distinct from new.status in ('closed', 'archived')
          or old.status = 'archived' is distinct from (new.status = 'archived')
          or (old.first_response_at, old.claimed_at, old.claimed_by_user_id, old.closed_at, old.closed_by_user_id, old.first_closed_at,
              old.user_id, old.rating, old.type_id, old.failed, old.opened_at, old.worked_response_s, old.worked_claim_s, old.worked_close_s)
             is distinct from
             (new.first_response_at, new.claimed_at, new.claimed_by_user_id, new.closed_at, new.closed_by_user_id, new.first_closed_at,
              new.user_id, new.rating, new.type_id, new.failed, new.opened_at, new.worked_response_s, new.worked_claim_s, new.worked_close_s))
    execute function ticket_changed();

create function ticket_reopened() returns trigger language plpgsql as $$
begin
    insert into tally_stale (guild_id, about, day)
    values (coalesce(new.guild_id, old.guild_id), 'tickets', (coalesce(new.happened_at, old.happened_at) at time zone 'UTC')::date);
    return null;
end $$;
create trigger ticket_reopened after insert on ticket_event for each row when (new.kind = 'reopened') execute function ticket_reopened();
create trigger ticket_never_reopened after delete on ticket_event for each row when (old.kind = 'reopened') execute function ticket_reopened();

create function faq_search_changed() returns trigger language plpgsql as $$
begin
    insert into tally_stale (guild_id, about, day) values (new.guild_id, 'searches', (new.searched_at at time zone 'UTC')::date);
    return null;
end $$;
create trigger faq_search_came after insert on faq_search for each row execute function faq_search_changed();
create trigger faq_search_changed after update on faq_search for each row
    when ((old.chosen, old.asked, old.matched) is distinct from (new.chosen, new.asked, new.matched))
    execute function faq_search_changed();
-- Many are forgotten at once.
create function faq_search_forgotten() returns trigger language plpgsql as $$
begin
    insert into tally_stale (guild_id, about, day)
    select distinct guild_id, 'searches', (searched_at at time zone 'UTC')::date from forgotten;
    return null;
end $$;
create trigger faq_search_forgotten after delete on faq_search referencing old table as forgotten
    for each statement execute function faq_search_forgotten();

-- Their own setting keeps the functions below from being merged into what calls them: its estimated costs would let PostgreSQL
-- compile it, which takes a second. Their plans are small.

-- What tickets say of a stretch of time, kind by kind: what is kept of days, and what is counted anew, is counted by this.
create function count_tickets(guild bigint, since timestamptz, until timestamptz)
returns table (type_id integer, opened integer, closed integer, archived integer, rated integer, stars integer, reopened integer)
language sql stable rows 8 set jit = off as $$
    select type_id, sum(opened)::int, sum(closed)::int, sum(archived)::int, sum(rated)::int, sum(stars)::int, sum(reopened)::int
      from (select type_id, count(*) as opened, count(*) filter (where status = 'closed') as closed,
                   count(*) filter (where status = 'archived') as archived, count(rating) as rated,
                   coalesce(sum(rating), 0) as stars, 0 as reopened
              from ticket
             where guild_id = guild and opened_at >= since and opened_at < until and not failed
             group by type_id
            union all
            select type_id, 0, 0, 0, 0, 0, count(*)
              from ticket_event
              join ticket using (guild_id, number)
             where guild_id = guild and happened_at >= since and happened_at < until and kind = 'reopened' and not failed
             group by type_id) as parts
     group by type_id
$$;

create function count_seconds(guild bigint, since timestamptz, until timestamptz, measures text[])
returns table (measure text, type_id integer, times integer, total bigint, seconds integer[])
language sql stable rows 15 set jit = off as $$
    select measure, type_id, count(*)::int, sum(value), array_agg(value order by value)
      from (select type_id, opened.*
              from ticket,
                   lateral (values ('response', extract(epoch from first_response_at - opened_at)::int),
                                   ('claim', extract(epoch from claimed_at - opened_at)::int),
                                   ('worked_response', worked_response_s), ('worked_claim', worked_claim_s)) as opened (measure, value)
             where guild_id = guild and opened_at >= since and opened_at < until and not failed
               and measures && '{response,claim,worked_response,worked_claim}'
            union all
            select type_id, ended.*
              from (select type_id, opened_at, closed_at as at, worked_close_s
                      from ticket
                     where guild_id = guild and closed_at >= since and closed_at < until and first_closed_at is null and not failed
                       and measures && '{close,worked_close}'
                    union all
                    select type_id, opened_at, first_closed_at, worked_close_s
                      from ticket
                     where guild_id = guild and first_closed_at >= since and first_closed_at < until and not failed
                       and measures && '{close,worked_close}') as closed,
                   lateral (values ('close', extract(epoch from at - opened_at)::int), ('worked_close', worked_close_s)) as ended (measure, value)) as parts
     where value is not null and measure = any(measures)
     group by measure, type_id
$$;

create function count_staff(guild bigint, since timestamptz, until timestamptz)
returns table (user_id bigint, claimed integer, rated integer, stars integer, closed integer)
language sql stable rows 30 set jit = off as $$
    select who, sum(claimed)::int, sum(rated)::int, sum(stars)::int, sum(closed)::int
      from (select claimed_by_user_id as who, count(*) as claimed, count(rating) as rated, coalesce(sum(rating), 0) as stars, 0 as closed
              from ticket
             where guild_id = guild and opened_at >= since and opened_at < until and not failed
               and claimed_by_user_id <> ticket.user_id
             group by 1
            union all
            select closed_by_user_id, 0, 0, 0, count(*)
              from ticket
             where guild_id = guild and closed_at >= since and closed_at < until and not failed
               and closed_by_user_id <> ticket.user_id
             group by 1) as did
     group by who
$$;

create function count_searches(guild bigint, since timestamptz, until timestamptz)
returns table (about text, key bigint, times integer, last bigint)
language sql stable rows 300 set jit = off as $$
    select 'asked'::text,
           coalesce(asked, hashtextextended(lower(btrim(query)), 0)), count(*)::int, max(interaction_id)
      from faq_search
     where guild_id = guild and searched_at >= since and searched_at < until and cardinality(matched) = 0
     group by 1, 2
    union all
    select 'entry', chosen, count(*)::int, max(interaction_id)
      from faq_search
     where guild_id = guild and searched_at >= since and searched_at < until and chosen is not null
     group by 2
$$;

-- How many of some moments there were on a day until the end of each of its quarters of an hour.
create function count_quarters(moments timestamptz[]) returns integer[] language sql immutable as $$
    with moment as materialized (
        select floor(extract(epoch from at) / 900)::bigint % 96 as quarter, count(*) as times from unnest(moments) as at group by 1
    )
    select case when cardinality(moments) > 0 then
               array(select (sum(coalesce(times, 0)) over (order by quarter))::int
                       from generate_series(0::bigint, 95) as quarter
                       left join moment using (quarter)
                      order by quarter)
           end
$$;

create function count_days(guild bigint, what text, since timestamptz, until timestamptz)
returns table (came integer[], done integer[])
language sql stable rows 1 set jit = off as $$
    select count_quarters(case what when 'tickets' then array(select opened_at
                                                                from ticket
                                                               where guild_id = guild and opened_at >= since and opened_at < until and not failed)
                                    else array(select searched_at
                                                 from faq_search
                                                where guild_id = guild and searched_at >= since and searched_at < until) end),
           count_quarters(case what when 'tickets' then array(select closed_at
                                                                from ticket
                                                               where guild_id = guild and closed_at >= since and closed_at < until
                                                                 and first_closed_at is null and not failed
                                                              union all
                                                              select first_closed_at
                                                                from ticket
                                                               where guild_id = guild and first_closed_at >= since and first_closed_at < until
                                                                 and not failed)
                                    else array(select searched_at
                                                 from faq_search
                                                where guild_id = guild and searched_at >= since and searched_at < until
                                                  and cardinality(matched) > 0) end)
$$;

-- What a stretch of time is made of: months and days that are counted and not stale (`is_month`), and what has to be counted
-- anew (null): days that changed, and the two that are in it in part.
create function tally_spans(guild bigint, what text, since timestamptz, until timestamptz)
returns table (is_month boolean, day date, span_since timestamptz, span_until timestamptz)
language sql stable rows 90 set jit = off as $$
    with stale as materialized (
        select distinct day
          from tally_stale
         where guild_id = guild and about = what
           and day >= (since at time zone 'UTC')::date and day <= (until at time zone 'UTC')::date
    ), day as materialized (
        -- Only the first and the last of them can be in it in part.
        select day, day < (since at time zone 'UTC') or day + 1 > (until at time zone 'UTC')
                    or day in (select stale.day from stale) as is_raw
          from (select (since at time zone 'UTC')::date + i as day
                  from generate_series(0, (until at time zone 'UTC')::date - (since at time zone 'UTC')::date) as i) as series
         where day < until at time zone 'UTC'
    ), month as materialized (
        select date_trunc('month', day::timestamp)::date as day
          from day
         group by 1
        having not bool_or(is_raw)
           and min(day) = date_trunc('month', min(day)::timestamp)
           and max(day) = date_trunc('month', max(day)::timestamp) + interval '1 month -1 day'
           and exists (select
                         from tally_month
                        where guild_id = guild and about = what and tally_month.month = date_trunc('month', min(day.day)::timestamp)::date)
    )
    select true, day, null::timestamptz, null::timestamptz from month
    union all
    select false, day, null, null
      from day
     where not is_raw and not exists (select from month where month.day = date_trunc('month', day.day::timestamp)::date)
    union all
    select null, day, greatest(day::timestamp at time zone 'UTC', since), least((day + 1)::timestamp at time zone 'UTC', until) from day where is_raw
$$;

-- The same for any time, by what is kept and what has to be counted anew.
create function tickets_between(guild bigint, since timestamptz, until timestamptz)
returns table (type_id integer, opened integer, closed integer, archived integer, rated integer, stars integer, reopened integer)
language sql stable rows 400 set jit = off as $$
    with span as materialized (select * from tally_spans(guild, 'tickets', since, until))
    select kept.type_id, kept.opened, kept.closed, kept.archived, kept.rated, kept.stars, kept.reopened
      from span
      cross join lateral (select *
                            from ticket_tally as of
                           where of.guild_id = guild and of.is_month = span.is_month and of.day = span.day
                          offset 0) as kept
    union all
    select counted.*
      from span, lateral count_tickets(guild, span_since, span_until) as counted
     where span.is_month is null
$$;

create function seconds_between(guild bigint, since timestamptz, until timestamptz, measures text[])
returns table (measure text, type_id integer, times integer, total bigint, seconds integer[])
language sql stable rows 400 set jit = off as $$
    with span as materialized (select * from tally_spans(guild, 'tickets', since, until))
    select kept.measure, kept.type_id, kept.times, kept.total, kept.seconds
      from span, lateral (select *
                            from ticket_tally_seconds as of
                           where of.guild_id = guild and of.is_month = span.is_month and of.day = span.day and of.measure = any(measures)
                          offset 0) as kept
    union all
    select counted.*
      from span, lateral count_seconds(guild, span_since, span_until, measures) as counted
     where span.is_month is null
$$;

create function staff_between(guild bigint, since timestamptz, until timestamptz)
returns table (user_id bigint, claimed integer, rated integer, stars integer, closed integer)
language sql stable rows 2000 set jit = off as $$
    with span as materialized (select * from tally_spans(guild, 'tickets', since, until))
    select kept.user_id, kept.claimed, kept.rated, kept.stars, kept.closed
      from span
      cross join lateral (select *
                            from ticket_tally_staff as of
                           where of.guild_id = guild and of.is_month = span.is_month and of.day = span.day
                          offset 0) as kept
    union all
    select counted.*
      from span, lateral count_staff(guild, span_since, span_until) as counted
     where span.is_month is null
$$;

create function entries_between(guild bigint, since timestamptz, until timestamptz)
returns table (entry bigint, times integer)
language sql stable rows 10000 set jit = off as $$
    with span as materialized (select * from tally_spans(guild, 'searches', since, until))
    select kept.key, kept.times
      from span
      cross join lateral (select *
                            from faq_tally as of
                           where of.guild_id = guild and of.about = 'entry' and of.is_month = span.is_month and of.day = span.day
                          offset 0) as kept
    union all
    select counted.key, counted.times
      from span, lateral count_searches(guild, span_since, span_until) as counted
     where span.is_month is null and counted.about = 'entry'
$$;

-- What was asked in vain the most often. Of each day and month the 100 most frequent questions are looked at, and those that lead
-- by these alone are counted in full; `unsure` is how often one that did not come so far may have been asked at most more than it
-- seemed: the list is right where the last of it was asked more often than the first that is not, by that much. 0: it is right.
create function asked_between(guild bigint, since timestamptz, until timestamptz, at_most integer)
returns table (asked bigint, times bigint, last bigint, unsure bigint)
language sql stable rows 20 set jit = off as $$
    with span as materialized (
        select * from tally_spans(guild, 'searches', since, until)
    ), anew as materialized (
        select key, sum(times) as times, max(counted.last) as last
          from span, lateral count_searches(guild, span_since, span_until) as counted
         where span.is_month is null and counted.about = 'asked'
         group by key
    ), frequent as materialized (
        select kept.*
          from span, lateral (select key, times, last, row_number() over (order by times desc, last desc) as rank
                                from faq_tally as of
                               where of.guild_id = guild and of.about = 'asked' and of.is_month = span.is_month and of.day = span.day
                               order by times desc, last desc
                               limit 100) as kept
         where span.is_month is not null
    ), candidate as materialized (
        select key
          from (select key, times, last from frequent union all select key, times, last from anew) as both_of_them
         group by key
         order by sum(times) desc, max(last) desc
         limit at_most * 3
    ), counted as (
        select key, sum(times)::bigint as times, max(last) as last
          from (select key, kept.times, kept.last
                  from span, candidate, lateral (select times, last
                                                   from faq_tally as of
                                                  where of.guild_id = guild and of.about = 'asked' and of.is_month = span.is_month
                                                    and of.day = span.day and of.key = candidate.key
                                                 offset 0) as kept
                 where span.is_month is not null
                union all
                select key, times, last from anew join candidate using (key)) as all_of_them
         group by key
    )
    select key, times, last, coalesce((select sum(times) from frequent where rank = 100), 0)::bigint
      from counted
     order by times desc, last desc
     limit at_most
$$;

-- Day by day of UTC, by what is kept and what has to be counted anew: see `tally_day`.
create function days_between(guild bigint, what text, since date, until date)
returns table (day date, came integer[], done integer[])
language sql stable rows 750 set jit = off as $$
    with stale as materialized (
        select distinct day from tally_stale where guild_id = guild and about = what and day >= since and day <= until
    )
    select day, came, done
      from tally_day
     where guild_id = guild and about = what and day >= since and day <= until and day not in (select day from stale)
    union all
    select stale.day, counted.*
      from stale, lateral count_days(guild, what, stale.day::timestamp at time zone 'UTC', (stale.day + 1)::timestamp at time zone 'UTC') as counted
$$;

-- What cron does for a guild: counts at most so many of the days that changed, the latest first, and tells how many. Marks that
-- commit meanwhile stay, and their day is counted again: each statement sees what was committed before it, and the first has
-- taken the marks away. One at a time, since who counted earlier must not write later; who comes second does nothing.
create function fold_tickets(guild bigint, at_most int) returns integer language plpgsql set jit = off as $$
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
        insert into ticket_tally_staff
        select guild, false, d, counted.*
          from unnest(days) d, lateral count_staff(guild, d::timestamp at time zone 'UTC', (d + 1)::timestamp at time zone 'UTC') counted;
    end if;
    return coalesce(cardinality(days), 0);
end $$;

-- Puts months together that end before a day and none of whose days is stale, at most so many.
create function fold_ticket_months(guild bigint, before date, at_most int) returns integer language plpgsql set jit = off as $$
declare
    months date[];
begin
    if not pg_try_advisory_xact_lock(7301, hashint8(guild)) then
        return 0;
    end if;
    select array_agg(month) into months
      from (select month
              from (select distinct date_trunc('month', day::timestamp)::date as month
                      from tally_day
                     where guild_id = guild and about = 'tickets') as of
             where month + interval '1 month' <= before
               and not exists (select from tally_month where guild_id = guild and about = 'tickets' and tally_month.month = of.month)
               and not exists (select from tally_stale
                                where guild_id = guild and about = 'tickets' and day >= month and day < month + interval '1 month')
             order by month desc
             limit at_most) as chosen;
    insert into tally_month select guild, 'tickets', unnest(months);
    insert into ticket_tally
    select guild, true, month, type_id, sum(opened), sum(closed), sum(archived), sum(rated), sum(stars), sum(reopened)
      from unnest(months) as month
      join ticket_tally as of on of.guild_id = guild and not is_month and of.day >= month and of.day < month + interval '1 month'
     group by month, type_id;
    insert into ticket_tally_seconds
    select guild, true, month, measure, type_id, count(*), sum(value), array_agg(value order by value)
      from unnest(months) as month
      join ticket_tally_seconds as of on of.guild_id = guild and not is_month and of.day >= month and of.day < month + interval '1 month',
           lateral unnest(seconds) as value
     group by month, measure, type_id;
    insert into ticket_tally_staff
    select guild, true, month, user_id, sum(claimed), sum(rated), sum(stars), sum(closed)
      from unnest(months) as month
      join ticket_tally_staff as of on of.guild_id = guild and not is_month and of.day >= month and of.day < month + interval '1 month'
     group by month, user_id;
    return coalesce(cardinality(months), 0);
end $$;

create function fold_searches(guild bigint, at_most int) returns integer language plpgsql set jit = off as $$
declare
    days date[];
begin
    if not pg_try_advisory_xact_lock(7302, hashint8(guild)) then
        return 0;
    end if;
    with old as (delete from tally_stale
                  where guild_id = guild and about = 'searches'
                    and day in (select distinct day from tally_stale where guild_id = guild and about = 'searches' order by day desc limit at_most)
                 returning day)
    select array_agg(distinct day) into days from old;
    if days is not null then
        delete from tally_day where guild_id = guild and about = 'searches' and day = any(days);
        delete from faq_tally where guild_id = guild and not is_month and day = any(days);
        delete from tally_month where guild_id = guild and about = 'searches' and month in (select date_trunc('month', d::timestamp)::date from unnest(days) d);
        delete from faq_tally where guild_id = guild and is_month and day in (select date_trunc('month', d::timestamp)::date from unnest(days) d);
        insert into tally_day
        select guild, 'searches', d, counted.*
          from unnest(days) d, lateral count_days(guild, 'searches', d::timestamp at time zone 'UTC', (d + 1)::timestamp at time zone 'UTC') counted
         where came is not null;
        insert into faq_tally
        select guild, false, d, counted.*
          from unnest(days) d, lateral count_searches(guild, d::timestamp at time zone 'UTC', (d + 1)::timestamp at time zone 'UTC') counted;
    end if;
    return coalesce(cardinality(days), 0);
end $$;

create function fold_search_months(guild bigint, before date, at_most int) returns integer language plpgsql set jit = off as $$
declare
    months date[];
begin
    if not pg_try_advisory_xact_lock(7302, hashint8(guild)) then
        return 0;
    end if;
    select array_agg(month) into months
      from (select month
              from (select distinct date_trunc('month', day::timestamp)::date as month
                      from tally_day
                     where guild_id = guild and about = 'searches') as of
             where month + interval '1 month' <= before
               and not exists (select from tally_month where guild_id = guild and about = 'searches' and tally_month.month = of.month)
               and not exists (select from tally_stale
                                where guild_id = guild and about = 'searches' and day >= month and day < month + interval '1 month')
             order by month desc
             limit at_most) as chosen;
    insert into tally_month select guild, 'searches', unnest(months);
    insert into faq_tally
    select guild, true, month, about, key, sum(times), max(last)
      from unnest(months) as month
      join faq_tally as of on of.guild_id = guild and not is_month and of.day >= month and of.day < month + interval '1 month'
     group by month, about, key;
    return coalesce(cardinality(months), 0);
end $$;
