-- What somebody has said of a new reminder with a command, of which a form asks for the rest: what is too long for a button.
create table begun_reminder (
    guild_id       bigint      not null,
    user_id        bigint      not null,
    interaction_id bigint      not null,
    said           jsonb       not null,
    begun_at       timestamptz not null,
    primary key (guild_id, user_id, interaction_id)
);

create index begun_reminder_begun_at on begun_reminder (begun_at);
