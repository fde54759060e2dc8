//! Tickets as suggestions while somebody types.

use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::Result;
use super::list::{Line, Listed, Viewer};
use super::model::Status;
use crate::db::db_id;

/// While somebody types, what they typed is looked for in so many of the newest tickets that are live, and of all. One
/// that is older is found by its number.
const SEARCHED_LIVE: i64 = 2000;
const SEARCHED: i64 = 1000;

/// What somebody typed of a ticket, and what its reader calls so.
#[derive(Clone, Debug, Default)]
pub struct Typed<'a> {
    /// As it was typed.
    pub text: &'a str,
    /// The kinds whose names it is a part of, as the reader sees them.
    pub kinds: Vec<i32>,
    /// The states, likewise.
    pub statuses: Vec<Status>,
}

impl<'a> From<&'a str> for Typed<'a> {
    fn from(text: &'a str) -> Typed<'a> {
        Typed { text, ..Typed::default() }
    }
}

/// Tickets that fit what was typed, those that are live first: by the beginning of a number, or by a part of what it is
/// about, or of what the reader calls its kind and state.
pub async fn search(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    typed: &Typed<'_>,
    viewer: Option<&Viewer>,
    limit: i64,
) -> Result<Vec<Line>> {
    let (low, high) = numbers_from(typed.text);
    let statuses: Vec<&str> = typed.statuses.iter().map(|status| status.name()).collect();
    let roles = viewer.map_or(Vec::new(), |viewer| viewer.roles.iter().map(|role| db_id(*role)).collect::<Vec<i64>>());
    let rows = sqlx::query_as!(
        Listed,
        r#"with candidate as (
               select found.number
                 from unnest($3::int[], $4::int[]) as numbers (low, high)
                cross join lateral (
                        select number
                          from ticket
                         where guild_id = $1
                           and number between low and high
                         order by number desc
                         limit 200
                      ) as found
               union
               (select number
                  from ticket
                 where guild_id = $1
                   and status not in ('closed', 'archived')
                 order by number desc
                 limit $9)
               union
               (select number
                  from ticket
                 where guild_id = $1
                 order by number desc
                 limit $8)
               union
               (select number
                  from ticket
                 where guild_id = $1
                   and user_id = $5
                 order by number desc
                 limit $8)
           )
           select ticket.number, type_id, name, user_id, subject, status, priority, claimed_by_user_id, channel_id, opened_at,
                  definition - 'questions' as "names!",
                  array_position(array['urgent', 'high', 'normal', 'low'], priority) as "rank!",
                  case when status in ('closed', 'archived') then -ticket.number else ticket.number end as "place!"
             from candidate
            -- Looked up one by one: there are few, which no planner knows.
            cross join lateral (select *
                                  from ticket
                                 where ticket.guild_id = $1
                                   and ticket.number = candidate.number
                                 limit 1) as ticket
             join ticket_type on ticket_type.guild_id = ticket.guild_id and ticket_type.id = type_id
            where (   starts_with(ticket.number::text, $2)
                   or strpos(lower(subject), $2) > 0
                   or type_id = any($11)
                   or status = any($12))
              and ($5::bigint is null or user_id = $5 or type_id = any($6) or escalated_to = any($7))
            order by status in ('closed', 'archived'),
                     array_position(array['urgent', 'high', 'normal', 'low'], priority),
                     case when status in ('closed', 'archived') then -ticket.number else ticket.number end
            limit $10"#,
        db_id(guild),
        typed.text,
        &low,
        &high,
        viewer.map(|viewer| db_id(viewer.user)),
        viewer.map_or(&[][..], |viewer| &viewer.kinds[..]),
        &roles,
        SEARCHED,
        SEARCHED_LIVE,
        limit,
        &typed.kinds,
        &statuses as &[&str],
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Listed::read).collect()
}

/// The ranges of numbers that begin with what was typed: 12 is 12, 120 to 129, 1200 to 1299, and so on.
fn numbers_from(typed: &str) -> (Vec<i32>, Vec<i32>) {
    let number = typed.parse::<i32>().ok().filter(|number| *number > 0 && number.to_string() == typed);
    let tens = (0..10).map_while(|digits| 10_i32.checked_pow(digits));
    let ranges = number.into_iter().flat_map(|number| {
        tens.clone().filter_map(move |ten| {
            let low = number.checked_mul(ten)?;
            Some((low, low.saturating_add(ten - 1)))
        })
    });
    ranges.unzip()
}
