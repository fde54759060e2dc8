-- What a transcript holds: why it does not hold everything, if it does not, and up to which message each place was read, the
-- channel and its threads. Nothing is known of what an older version took, so that is taken again before its channel goes.
alter table ticket_transcript add column holds jsonb;
