-- A channel has one panel, whoever posts it at the same time.
delete from ticket_panel older
 using ticket_panel newer
 where newer.guild_id = older.guild_id
   and newer.channel_id = older.channel_id
   and newer.id > older.id;

create unique index ticket_panel_channel on ticket_panel (guild_id, channel_id);
