-- What somebody filled into a form that was refused, so that a button opens the form with it again. One of each form, the last.
create table refused_form (
    guild_id       bigint      not null,
    user_id        bigint      not null,
    custom_id      text        not null,
    interaction_id bigint      not null,
    -- Each input's value by its name.
    fields         jsonb       not null,
    refused_at     timestamptz not null,
    primary key (guild_id, user_id, custom_id)
);

create index refused_form_at on refused_form (refused_at);
