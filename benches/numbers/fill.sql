-- A server (`bench.guild`) with a million tickets and as many searches over two years, as cron finds it before it has counted anything.
-- No foreign keys and no triggers: these rows fit.
set session_replication_role = replica;
set work_mem = '256MB';
set jit = off;
select setseed(0.42);

create temp table guild as select current_setting('bench.guild')::bigint as guild_id, 1000000 as tickets;

insert into ticket_type (guild_id, id, name, definition)
select guild_id, k, 'Kind ' || k,
       jsonb_build_object('answer_within', (array[60, 240, 30, 480, 0])[k],
                          'hours', (array['mon-fri 09:00-17:00', 'mon-fri 09:00-17:00', '', 'mon-sun 10:00-20:00', ''])[k])
  from guild, generate_series(1, 5) k;
insert into ticket_counter select guild_id, tickets from guild;

-- A normal number, by Box and Muller.
create function pg_temp.norm() returns float8 language sql volatile as
    'select sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())';

-- Opened: more by day than by night, more on weekdays, growing by half over the two years.
create temp table born as
select guild_id, row_number() over (partition by guild_id order by opened_at)::int as number, opened_at
  from (select guild_id,
               at as opened_at,
               row_number() over (partition by guild_id order by random()) as rank, tickets
          from (select guild_id, tickets,
                       now() - interval '730 days' * (1 - (sqrt(1 + 3 * random()) - 1)) as at
                  from guild, generate_series(1, (tickets * 1.8)::int)) as tried
         where random() < (case when extract(hour from at) between 7 and 21 then 0.9 else 0.3 end)
                          * (case when extract(isodow from at) > 5 then 0.7 else 1 end)) as kept
 where rank <= tickets;

create temp table life as
select guild_id, number, opened_at, 1 + floor(5 * power(random(), 1.6))::int as type_id, 5000 + floor(random() * 200000)::bigint as user_id,
       case when random() < 0.96 then opened_at + make_interval(secs => exp(ln(2400) + 1.4 * pg_temp.norm())) end as response_at,
       case when random() < 0.90 then opened_at + make_interval(secs => exp(ln(1500) + 1.5 * pg_temp.norm())) end as claimed_at,
       opened_at + make_interval(secs => 60 + exp(ln(72000) + 1.3 * pg_temp.norm())) as closed_at,
       -- The busiest of 30 staff takes a tenth of the work.
       100 + floor(30 * power(random(), 1.4))::bigint as staff, random() < 0.05 as is_reopened, random() as luck,
       make_interval(secs => 600 + exp(ln(40000) + pg_temp.norm())) as pause,
       make_interval(secs => 600 + exp(ln(30000) + pg_temp.norm())) as again,
       make_interval(days => 3, secs => random() * 86400 * 10) as to_archive, random() < 0.35 as is_rated, random() < 0.01 as failed
  from born;
update life set response_at = null where response_at > least(closed_at, now());
update life set claimed_at = null where claimed_at > least(closed_at, now());

create temp table lived as
select *, closed_at as first_closed_at,
       case when is_reopened and closed_at + pause < now() then closed_at + pause end as reopened_at,
       case when is_reopened and closed_at + pause < now() then nullif(least(closed_at + pause + again, now()), now())
            when closed_at < now() then closed_at end as ended_at
  from life;

insert into ticket (guild_id, number, type_id, user_id, opened_by_user_id, interaction_id, subject, answers, revision, status, priority,
       claimed_by_user_id, closed_by_user_id, close_reason, rating, rated_at, opened_at, updated_at, first_response_at, claimed_at,
       closed_at, archived_at, check_at, seen_message_id, member_spoke_at, staff_spoke_at, channel_id, message_id, shown_revision,
       shut, unsettled, settle_at, failed)
select guild_id, number, type_id, user_id, user_id, number, 'I cannot log in to the shop since update ' || number % 977,
       jsonb_build_array(jsonb_build_array('What is it about?', 'Since this morning the page stays white after I log in, whatever browser I take. Order ' || number),
                         jsonb_build_array('Since when?', 'yesterday evening')),
       5,
       case when ended_at is not null then case when ended_at + to_archive < now() and luck < 0.8 then 'archived' else 'closed' end
            when claimed_at is null then 'open' when luck < 0.15 then 'waiting_for_user' when luck < 0.2 then 'escalated' else 'claimed' end,
       (array['normal', 'normal', 'normal', 'low', 'high', 'urgent'])[1 + floor(luck * 6)::int],
       case when claimed_at is not null then staff end, case when ended_at is not null then staff end,
       case when ended_at is not null and luck < 0.5 then 'Solved' end,
       case when is_rated and ended_at is not null then 1 + floor(5 * sqrt(luck))::int end,
       case when is_rated and ended_at is not null then least(ended_at + interval '1 hour', now()) end,
       opened_at, coalesce(ended_at, reopened_at, claimed_at, opened_at), response_at, claimed_at, ended_at,
       case when ended_at + to_archive < now() and luck < 0.8 then ended_at + to_archive end,
       coalesce(ended_at, now()), number, opened_at, response_at, number, number,
       5, ended_at is not null, false, opened_at, failed
  from lived order by guild_id, number;

insert into ticket_event (guild_id, number, kind, user_id, happened_at, from_status, to_status, body)
select guild_id, number, kind, who, at, from_status, to_status, body
  from lived,
       lateral (values ('opened', user_id, opened_at, null, 'open', ''),
                       ('claimed', staff, claimed_at, 'open', 'claimed', ''),
                       ('note', staff, case when luck > 0.7 then opened_at + interval '3 hours' end, null, null, 'Asked the shop about this order'),
                       ('closed', staff, case when first_closed_at < now() then first_closed_at end, 'claimed', 'closed', 'Solved'),
                       ('reopened', user_id, reopened_at, 'closed', 'claimed', ''),
                       ('closed', staff, case when reopened_at is not null then ended_at end, 'claimed', 'closed', 'Solved'),
                       ('archived', null, case when ended_at + to_archive < now() and luck < 0.8 then ended_at + to_archive end, 'closed', 'archived', ''),
                       ('rated', user_id, case when is_rated and ended_at is not null then least(ended_at + interval '1 hour', now()) end, null, null, ''))
           as happened (kind, who, at, from_status, to_status, body)
 where at is not null and at <= now()
 order by guild_id, at;

-- Searches: 72 % answered; what is not comes of 20,000 questions, the first of them by far the most often, typed in 3 ways.
insert into faq_entry (guild_id, number, title, answer, created_at, updated_at)
select guild_id, e, 'Entry ' || e, 'Answer', now(), now() from guild, generate_series(1, 300) e;
insert into faq_search (guild_id, interaction_id, query, matched, chosen, searched_at)
select guild_id, row_number() over (order by at), 
       case when luck < 0.72 then 'how do i change entry ' || entry
            else (array['why does topic ', 'topic ', 'Topic? '])[1 + floor(other * 3)::int] || floor(20000 * power(other2, 4))::int end,
       case when luck < 0.72 then array[entry, entry % 300 + 1] else '{}'::int[] end,
       case when luck < 0.40 then entry end, at
  from (select guild_id, random() as luck, random() as other, random() as other2, 1 + floor(300 * power(random(), 3))::int as entry,
               now() - interval '730 days' * (1 - (sqrt(1 + 3 * random()) - 1)) as at
          from guild, generate_series(1, tickets)) as searched
 order by guild_id, at;

insert into tally_stale (guild_id, about, day)
select guild_id, 'tickets', day
  from (select guild_id, (opened_at at time zone 'UTC')::date as day from ticket
        union
        select guild_id, (closed_at at time zone 'UTC')::date from ticket where closed_at is not null
        union
        select guild_id, (happened_at at time zone 'UTC')::date from ticket_event where kind = 'reopened') as days
union all
select distinct guild_id, 'searches', (searched_at at time zone 'UTC')::date from faq_search;

analyze;
