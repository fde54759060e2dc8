-- Why the bot did something is data: `{"kind": "no_answer"}`. What people wrote stays in `close_reason` and `body`.
alter table ticket add column close_why jsonb;
alter table ticket_event add column why jsonb;
