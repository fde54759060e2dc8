-- What was done by which origin names people: it becomes a digest, as the code stores it from now on, so that nobody's id stays
-- there. By it one knows only whether the same was asked for before, and Discord sends nothing twice that was answered; what
-- a version stores meanwhile that does not make digests counts for nothing and harms nobody.
update ticket
   set origin = 'sha256:' || encode(sha256(convert_to(origin, 'UTF8')), 'hex')
 where origin is not null
   and not starts_with(origin, 'sha256:');
update ticket_event
   set origin = 'sha256:' || encode(sha256(convert_to(origin, 'UTF8')), 'hex')
 where origin is not null
   and not starts_with(origin, 'sha256:');
