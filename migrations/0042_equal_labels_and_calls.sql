-- Which questions the answers of a draft belong to that was refused, by their numbers and in the order of the answers: two
-- questions may be called the same. A version that does not know the column leaves it empty; then the labels tell.
alter table ticket_draft add column questions integer[];

-- Roles that were called to a ticket and are no longer: who came into its thread by that goes again.
alter table ticket add column called_before bigint[];
