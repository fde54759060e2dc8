-- Each locks writers while it is built, a second a million rows.
create index ticket_first_closed_at on ticket (guild_id, first_closed_at) where first_closed_at is not null;
create index ticket_event_reopened on ticket_event (guild_id, happened_at) where kind = 'reopened';
create index reminder_occurrence_counted on reminder_occurrence (guild_id, due_at) include (state, late);
-- What is not measured yet.
create index ticket_unmeasured on ticket (guild_id, number)
    where (first_response_at is not null and worked_response_s is null)
       or (claimed_at is not null and worked_claim_s is null)
       or (coalesce(first_closed_at, closed_at) is not null and worked_close_s is null);
create index faq_search_undigested on faq_search (guild_id, interaction_id) where asked is null and cardinality(matched) = 0;
