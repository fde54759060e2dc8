-- In which language whoever waits for deferred work reads its outcome; an older version says nothing, and it is English.
alter table job add column language text;
