-- In which language an admin wrote a panel's own title and text; nothing where that is not known.
alter table ticket_panel add column language text;
