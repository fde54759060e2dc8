-- What did something with a ticket, blocked somebody or wrote a reply, if that was no person: `bot`, or `key:` and the name of
-- a program's key. An older version knows no column: with tickets it writes nobody, and elsewhere the bot's own account, which
-- is also what stands beside a program; beside anybody else's the column says nothing.
alter table ticket_event add column program text;
alter table ticket_block add column program text;
alter table tag add column program text;
