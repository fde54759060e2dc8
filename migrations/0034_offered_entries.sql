-- Which entries of the FAQ were offered to whoever wrote a draft: no other one has answered it. A version that does not know
-- the column leaves it empty; then any entry may have.
alter table ticket_draft add column offered integer[];
