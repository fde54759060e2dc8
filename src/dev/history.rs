//! Months of a busy desk, for whoever wants to see numbers in the playground: tickets long since archived, of kinds that are no
//! longer offered, and what was looked for. It is the same history whenever it is made, up to the present.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgPool};

/// Whose history it is, by their ids.
#[derive(Clone, Copy, Debug)]
pub struct People<'a> {
    /// The server.
    pub guild: i64,
    /// Who asks.
    pub members: &'a [i64],
    /// Who answers.
    pub staff: &'a [i64],
}

/// Days of it, and tickets a day.
const DAYS: i32 = 150;
const A_DAY: i32 = 7;

/// Its tickets and kinds are numbered from here on, so that the first that somebody opens is the first.
const NUMBERED_FROM: i32 = 100_000;

/// What members look for; the last ones nobody has written about.
const QUESTIONS: [&str; 8] = [
    "how do i reset my password",
    "refund",
    "change my name",
    "is the server down",
    "is there a mobile app",
    "mobile apps?",
    "can i stream the beta",
    "gift cards",
];

/// Those of them that have an answer.
const ANSWERED: i32 = 4;

/// Writes the history into a server that has none yet, and tells whether it did.
///
/// # Errors
/// The database does not answer.
pub async fn write(db: &PgPool, people: People<'_>, now: Timestamp) -> Result<bool, sqlx::Error> {
    let guild = people.guild;
    let mut tx = db.begin().await?;
    let free: bool = sqlx::query_scalar("select not exists (select from ticket where guild_id = $1 and number > $2)")
        .bind(guild)
        .bind(NUMBERED_FROM)
        .fetch_one(&mut *tx)
        .await?;
    if !free {
        return Ok(false);
    }
    sqlx::query(
        "insert into ticket_type (guild_id, id, name, definition, removed_at)
         select $1, $2 + id, name, jsonb_build_object('answer_within', minutes, 'hours', 'mon-fri 09:00-18:00'), $3
           from (values (0, 'Support', 240), (1, 'Payments', 120), (2, 'Reports of players', 60)) as kinds (id, name, minutes)",
    )
    .bind(guild)
    .bind(NUMBERED_FROM)
    .bind(now.to_sqlx())
    .execute(&mut *tx)
    .await?;
    draw(&mut tx, people, now).await?;
    write_tickets(&mut tx, guild, now).await?;
    write_searches(&mut tx, guild).await?;
    tx.commit().await?;
    Ok(true)
}

/// Decides what is told: a row for each ticket.
async fn draw(tx: &mut PgConnection, people: People<'_>, now: Timestamp) -> Result<(), sqlx::Error> {
    // What looks like chance is a digest of the number.
    sqlx::query(
        "create temp table told on commit drop as
         select number, opened_at, luck, other,
                opened_at + make_interval(secs => 120 + 9000 * luck * luck) as answered_at,
                opened_at + make_interval(secs => 600 + 5400 * other * other) as claimed_at,
                opened_at + make_interval(secs => 7200 + 180000 * other * luck) as closed_at,
                $1::bigint[] as members, $2::bigint[] as staff
           from (select row_number() over (order by opened_at)::int as number, opened_at, luck, other
                   from (select $3::timestamptz - interval '1 hour' - make_interval(days => day)
                                + make_interval(mins => -((hashint4(day * 1000 + n) & 1023)))  as opened_at,
                                (hashint4(day * 77 + n * 3) & 65535) / 65536.0::float8 as luck,
                                (hashint4(day * 31 + n * 7) & 65535) / 65536.0::float8 as other, day, n
                           from generate_series(2, $4) as day, generate_series(1, $5) as n) as tried
                  -- Weekends are quieter, and it has been less long ago.
                  where n <= $5 * (case when extract(isodow from opened_at) > 5 then 0.4 else 1 end) * (1.1 - day / (1.6 * $4))) as kept",
    )
    .bind(people.members)
    .bind(people.staff)
    .bind(now.to_sqlx())
    .bind(DAYS)
    .bind(A_DAY)
    .execute(&mut *tx)
    .await?;
    Ok(())
}

/// Writes the tickets with what happened to them.
async fn write_tickets(tx: &mut PgConnection, guild: i64, now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query(
        "insert into ticket (guild_id, number, type_id, user_id, opened_by_user_id, interaction_id, subject, answers, revision, status,
                             claimed_by_user_id, closed_by_user_id, rating, rated_at, opened_at, updated_at, first_response_at,
                             claimed_at, closed_at, archived_at, check_at, settle_at, unsettled, shut, member_told, transcribed)
         select $1, $3 + number, $3 + floor(3 * other * other)::int, who, who, $3 + number,
                (array['I cannot log in', 'My refund', 'Somebody is rude', 'The game crashes', 'Change my name'])[1 + number % 5], '[]', 5,
                'archived', one, case when luck < 0.9 then one else who end,
                case when luck < 0.6 then 1 + floor(5 * sqrt(1 - luck))::int end, case when luck < 0.6 then closed_at end,
                opened_at, closed_at, answered_at, claimed_at, closed_at, closed_at, closed_at, closed_at, false, true, true, true
           from (select *, members[1 + number % cardinality(members)] as who, staff[1 + (number / 3) % cardinality(staff)] as one
                   from told) as told
          where closed_at < $2",
    )
    .bind(guild)
    .bind(now.to_sqlx())
    .bind(NUMBERED_FROM)
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "insert into ticket_event (guild_id, number, kind, user_id, happened_at, from_status, to_status)
         select guild_id, number, kind, who, at, from_status, to_status
           from ticket,
                lateral (values ('opened', user_id, opened_at, null, 'open'), ('claimed', claimed_by_user_id, claimed_at, 'open', 'claimed'),
                                ('closed', closed_by_user_id, closed_at, 'claimed', 'closed'),
                                ('archived', null, archived_at, 'closed', 'archived')) as happened (kind, who, at, from_status, to_status)
          where guild_id = $1
            and number > $2
          order by at",
    )
    .bind(guild)
    .bind(NUMBERED_FROM)
    .execute(&mut *tx)
    .await?;
    Ok(())
}

/// Writes what was looked for meanwhile.
async fn write_searches(tx: &mut PgConnection, guild: i64) -> Result<(), sqlx::Error> {
    sqlx::query(
        "insert into faq_search (guild_id, interaction_id, query, matched, chosen, searched_at)
         select $1, number * 10 + n, ($2::text[])[1 + at], case when at < $3 then array[1 + at] else '{}' end,
                case when at < $3 and n = 1 then 1 + at end, opened_at - make_interval(mins => n)
           from (select number, opened_at, n, (hashint4(number * 10 + n) & 1023) % cardinality($2::text[]) as at
                   from told, generate_series(1, 2) as n) as searched",
    )
    .bind(guild)
    .bind(QUESTIONS.map(str::to_owned).as_slice())
    .bind(ANSWERED)
    .execute(&mut *tx)
    .await?;
    Ok(())
}
