-- What a panel says in other languages, by their codes: {"nl": {"title": "…", "body": "…"}}.
alter table ticket_panel add column translations jsonb not null default '{}';
