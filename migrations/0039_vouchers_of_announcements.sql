-- What was made of an announcement before reminders knew by whose right they speak is the bot's, so nobody has to read that
-- from by what it was made.
update reminder
   set voucher_user_id = 0
 where voucher_user_id is null
   and starts_with(origin, 'message:');
