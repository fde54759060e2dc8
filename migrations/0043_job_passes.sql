-- When each job of cron last came to its end, whichever process ran it, and when it last failed: an admin sees whether time
-- still triggers anything.
create table job_pass (
    feature   text        not null,
    job       text        not null,
    done_at   timestamptz,
    failed_at timestamptz,
    primary key (feature, job)
);
