-- By whose right a reminder speaks: whoever made it, changed it or let it speak again last. 0 is no person but the bot or a
-- program; nothing is what an older version made: then it is whose it is, and what was made of an announcement is the bot's.
alter table reminder add column voucher_user_id bigint;
