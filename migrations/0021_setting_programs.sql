-- What changed a setting, if that was no person: `bot`, or `key:` and the name of a program's key. Then user_id is the bot's
-- own account, which is all that an older version knows and writes.
alter table setting_change add column program text;
