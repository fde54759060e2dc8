alter table reply_draft
    -- The newest message of the ticket that was there: what was said after it the draft does not know. None in older rows.
    add column seen_message_id bigint,
    -- Tokens of a day that are reserved for a call under way, until when it must have ended: those of one that died are
    -- released then.
    add column reserved_day    date,
    add column reserved_tokens bigint,
    add column reserved_until  timestamptz,
    -- By what it was decided: who repeats that hears the same.
    add column origin          text,
    -- What is to be posted, until it is; whoever posts it holds it under a lease.
    add column text            text,
    add column say_attempt     integer not null default 0,
    add column say_lease_until timestamptz,
    -- The message that says it.
    add column message_id      bigint;

create index reply_draft_old on reply_draft (asked_at);
create index reply_draft_reserved on reply_draft (reserved_until) where reserved_until is not null;
create index reply_draft_unsaid on reply_draft (guild_id, say_lease_until) where text is not null;
create index reply_draft_message on reply_draft (guild_id, number) where message_id is not null;
create index llm_day_old on llm_day (day);
create index llm_member_old on llm_member (spent_until);
