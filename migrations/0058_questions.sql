-- What was asked of which no entry knows, in the days and months that a span is made of, each with how often and by which search
-- last. `asked_between` looks each of the most frequent up in each of them, which is quick for few and slow for hundreds; this reads all.
create function questions_between(guild bigint, since timestamptz, until timestamptz)
returns table (question bigint, times integer, last bigint)
language sql stable rows 50000 set jit = off as $$
    with span as materialized (select * from tally_spans(guild, 'searches', since, until))
    select kept.key, kept.times, kept.last
      from span
      cross join lateral (select *
                            from faq_tally as of
                           where of.guild_id = guild and of.about = 'asked' and of.is_month = span.is_month and of.day = span.day
                          offset 0) as kept
    union all
    select counted.key, counted.times, counted.last
      from span, lateral count_searches(guild, span_since, span_until) as counted
     where span.is_month is null and counted.about = 'asked'
$$;
