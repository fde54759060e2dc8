-- Older versions wrote a message that was added to a ticket as one text: whoever wrote it and where, what it says, and its
-- files. It is taken apart here, in a transaction of its own that locks nothing but these rows.
update ticket_event
   set body = parts[4], source = jsonb_build_object('author', parts[1], 'channel', parts[2], 'message', parts[3])
  from (select guild_id, number, id,
               case
                   when kind = 'message' then
                       regexp_match(body, '^([^\n]*) wrote \(https://discord\.com/channels/[0-9]+/([0-9]{15,20})/([0-9]{15,20})\):\n(.*)$')
               end as parts
          from ticket_event
         where kind = 'message') as old
 where ticket_event.guild_id = old.guild_id
   and ticket_event.number = old.number
   and ticket_event.id = old.id
   and parts is not null;
update ticket_clipping
   set body = parts[4], source = jsonb_build_object('author', parts[1], 'channel', parts[2], 'message', parts[3])
  from (select guild_id, interaction_id,
               regexp_match(body, '^([^\n]*) wrote \(https://discord\.com/channels/[0-9]+/([0-9]{15,20})/([0-9]{15,20})\):\n(.*)$') as parts
          from ticket_clipping) as old
 where ticket_clipping.guild_id = old.guild_id
   and ticket_clipping.interaction_id = old.interaction_id
   and parts is not null;
update ticket
   set answers = jsonb_build_array(jsonb_build_array('💬', parts[4])),
       source = jsonb_build_object('author', parts[1], 'channel', parts[2], 'message', parts[3])
  from (select guild_id, number,
               regexp_match(answers -> 0 ->> 1, '^([^\n]*) wrote \(https://discord\.com/channels/[0-9]+/([0-9]{15,20})/([0-9]{15,20})\):\n(.*)$') as parts
          from ticket
         where answers -> 0 ->> 0 = 'Message'
           and jsonb_array_length(answers) = 1) as old
 where ticket.guild_id = old.guild_id
   and ticket.number = old.number
   and parts is not null;
