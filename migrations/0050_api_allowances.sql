-- Which keys are new is looked up often: whoever shows a key that nobody knows has each instance look.
create index api_key_created_at on api_key (created_at);

-- Of each key the latest answers are kept, and the older ones are done again by operations, which know what they did. A version
-- that does not know this takes a row without an answer for a request that is still being answered.
create index api_request_kept on api_request (key_id, began_at) where answer is not null;
