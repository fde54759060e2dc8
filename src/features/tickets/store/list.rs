//! Tickets in pages.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, RoleMarker, UserMarker};

use super::model::{Kind, Priority, Status};
use super::{Result, decode, kind, opt};
use crate::db::{db_id, id};

/// A ticket in a list.
#[derive(Clone, Debug)]
pub struct Line {
    pub number: i32,
    /// Its kind, as far as its name goes.
    pub kind: Kind,
    pub user: Option<Id<UserMarker>>,
    pub subject: String,
    pub status: Status,
    pub priority: Priority,
    pub claimed_by: Option<Id<UserMarker>>,
    pub channel: Option<Id<ChannelMarker>>,
    pub opened_at: Timestamp,
    pub place: Place,
}

/// Which tickets are listed.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// None is all that are not done.
    pub status: Option<Status>,
    /// Whose.
    pub user: Option<Id<UserMarker>>,
    /// Claimed by whom.
    pub claimed_by: Option<Id<UserMarker>>,
    /// Whether those that are done count, where no status is named.
    pub all: bool,
    pub kind: Option<i32>,
    pub priority: Option<Priority>,
    /// Only those that nobody has claimed.
    pub unclaimed: bool,
    /// Only those whose subject has this in it, in small letters. Of those that are not done the newest [`LOOKED_THROUGH`] are
    /// looked through, and of all as many for those that are.
    pub text: Option<String>,
    /// Only those that were opened at that moment or later.
    pub from: Option<Timestamp>,
    /// Only those that were opened before.
    pub to: Option<Timestamp>,
    /// Who looks, and what they may see; none sees everything.
    pub viewer: Option<Viewer>,
}

/// Somebody who does not see every ticket: they see their own, and those that they work.
#[derive(Clone, Debug)]
pub struct Viewer {
    pub user: Id<UserMarker>,
    /// The kinds that they work.
    pub kinds: Vec<i32>,
    /// Their roles, one of which may have been called.
    pub roles: Vec<Id<RoleMarker>>,
}

/// Where a ticket stands in a list: how urgent it is, and its place among those that are as urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place(i32, i32);

/// Which page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum At {
    #[serde(rename = "s")]
    Start,
    #[serde(rename = "a")]
    After(Place),
    #[serde(rename = "b")]
    Before(Place),
}

/// Of one member's own tickets, and of those for which one role was called, the newest are listed. Nobody opens more.
const OWN: i64 = 1000;

/// A text is looked for in so many of the newest tickets: no index finds a part of a word, and nobody waits for a million.
pub const LOOKED_THROUGH: i64 = 5000;

/// A row of a list.
pub(super) struct Listed {
    pub(super) number: i32,
    pub(super) type_id: i32,
    pub(super) name: String,
    pub(super) user_id: i64,
    pub(super) subject: String,
    pub(super) status: String,
    pub(super) priority: String,
    pub(super) claimed_by_user_id: Option<i64>,
    pub(super) channel_id: Option<i64>,
    pub(super) opened_at: jiff_sqlx::Timestamp,
    pub(super) names: Value,
    pub(super) rank: i32,
    pub(super) place: i32,
}

impl Listed {
    pub(super) fn read(self) -> Result<Line> {
        Ok(Line {
            number: self.number,
            kind: kind(self.type_id, self.name, self.names),
            user: id(self.user_id),
            subject: self.subject,
            status: Status::named(&self.status).ok_or_else(|| decode("status"))?,
            priority: Priority::named(&self.priority).ok_or_else(|| decode("priority"))?,
            claimed_by: self.claimed_by_user_id.and_then(id),
            channel: self.channel_id.and_then(id),
            opened_at: self.opened_at.to_jiff(),
            place: Place(self.rank, self.place),
        })
    }
}

/// The query of a page, forwards or backwards: only what comes next to a place is read of the indexes `ticket_*_order`,
/// however many tickets there are. They hold the order by kind, by who claimed it, and of what nobody claimed, each for
/// one status; what may be on the page is taken from each, and the page from that.
macro_rules! list_page {
    ($beyond:literal, $end:literal, $order:literal, $($value:expr),+ $(,)?) => {
        sqlx::query_as!(
            Listed,
            r#"with candidate as (
                   select found.number
                     from ticket_type as kind
                    cross join unnest($2::text[]) as state
                    cross join unnest($6::int[]) as rank
                    cross join lateral (
                            select number
                              from ticket
                             where guild_id = $1
                               and type_id = kind.id
                               and status = state
                               and array_position(array['urgent', 'high', 'normal', 'low'], priority) = rank
                               and case when status in ('closed', 'archived') then -number else number end "# + $beyond + r#"
                                   case rank when $12 then $13 else "# + $end + r#" end
                               and case when status in ('closed', 'archived') then -number else number end
                                   between case when state in ('closed', 'archived') then -$17::int else $16::int end
                                       and case when state in ('closed', 'archived') then -$16::int else $17::int end
                               and (opened_at >= coalesce($18::timestamptz, '-infinity')
                                    and opened_at < coalesce($19::timestamptz, 'infinity')) is true
                             order by case when status in ('closed', 'archived') then -number else number end "# + $order + r#"
                             limit $14
                          ) as found
                    where kind.guild_id = $1
                      and $11
                      and not $7
                      and ($5::int is null or kind.id = $5)
                      and ($8::bigint is null or kind.id = any($9))
                   union
                   select found.number
                     from ticket_type as kind
                    cross join unnest($2::text[]) as state
                    cross join unnest($6::int[]) as rank
                    cross join lateral (
                            select number
                              from ticket
                             where guild_id = $1
                               and type_id = kind.id
                               and status = state
                               and claimed_by_user_id is null
                               and array_position(array['urgent', 'high', 'normal', 'low'], priority) = rank
                               and case when status in ('closed', 'archived') then -number else number end "# + $beyond + r#"
                                   case rank when $12 then $13 else "# + $end + r#" end
                               and case when status in ('closed', 'archived') then -number else number end
                                   between case when state in ('closed', 'archived') then -$17::int else $16::int end
                                       and case when state in ('closed', 'archived') then -$16::int else $17::int end
                               and (opened_at >= coalesce($18::timestamptz, '-infinity')
                                    and opened_at < coalesce($19::timestamptz, 'infinity')) is true
                             order by case when status in ('closed', 'archived') then -number else number end "# + $order + r#"
                             limit $14
                          ) as found
                    where kind.guild_id = $1
                      and $11
                      and $7
                      and ($5::int is null or kind.id = $5)
                      and ($8::bigint is null or kind.id = any($9))
                   union
                   select found.number
                     from unnest($2::text[]) as state
                    cross join unnest($6::int[]) as rank
                    cross join lateral (
                            select number
                              from ticket
                             where guild_id = $1
                               and claimed_by_user_id = $4
                               and status = state
                               and ($3::bigint is null or user_id = $3)
                               and ($5::int is null or type_id = $5)
                               and ($8::bigint is null or user_id = $8 or type_id = any($9) or escalated_to = any($10))
                               and array_position(array['urgent', 'high', 'normal', 'low'], priority) = rank
                               and case when status in ('closed', 'archived') then -number else number end "# + $beyond + r#"
                                   case rank when $12 then $13 else "# + $end + r#" end
                               and case when status in ('closed', 'archived') then -number else number end
                                   between case when state in ('closed', 'archived') then -$17::int else $16::int end
                                       and case when state in ('closed', 'archived') then -$16::int else $17::int end
                               and (opened_at >= coalesce($18::timestamptz, '-infinity')
                                    and opened_at < coalesce($19::timestamptz, 'infinity')) is true
                             order by case when status in ('closed', 'archived') then -number else number end "# + $order + r#"
                             limit $14
                          ) as found
                   union
                   (select number
                      from ticket
                     where guild_id = $1
                       and user_id = coalesce($3, $8)
                     order by number desc
                     limit $15)
                   union
                   select found.number
                     from unnest($10::bigint[]) as role
                    cross join lateral (
                            select number
                              from ticket
                             where guild_id = $1
                               and escalated_to = role
                             order by number desc
                             limit $15
                          ) as found
                    where $11
                   union
                   (select number
                      from ticket
                     where guild_id = $1
                       and $20::text is not null
                       and $3::bigint is null
                       and status = any($2)
                       and status not in ('closed', 'archived')
                       and number between $16 and $17
                     order by number desc
                     limit $21)
                   union
                   (select number
                      from ticket
                     where guild_id = $1
                       and $20::text is not null
                       and $3::bigint is null
                       and $2 && array['closed', 'archived']
                       and ($4::bigint is null or claimed_by_user_id = $4)
                       and number between $16 and $17
                       and (opened_at >= coalesce($18::timestamptz, '-infinity')
                            and opened_at < coalesce($19::timestamptz, 'infinity')) is true
                     order by number desc
                     limit $21)
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
                where status = any($2)
                  and ($3::bigint is null or user_id = $3)
                  and ($4::bigint is null or claimed_by_user_id = $4)
                  and ($5::int is null or type_id = $5)
                  and array_position(array['urgent', 'high', 'normal', 'low'], priority) = any($6)
                  and (not $7 or claimed_by_user_id is null)
                  and ($8::bigint is null or user_id = $8 or type_id = any($9) or escalated_to = any($10))
                  and opened_at >= coalesce($18::timestamptz, '-infinity')
                  and opened_at < coalesce($19::timestamptz, 'infinity')
                  and ($20::text is null or strpos(lower(subject), $20) > 0)
                  and (array_position(array['urgent', 'high', 'normal', 'low'], priority) <> $12
                       or case when status in ('closed', 'archived') then -ticket.number else ticket.number end "# + $beyond + r#" $13)
                order by array_position(array['urgent', 'high', 'normal', 'low'], priority) "# + $order + r#",
                         case when status in ('closed', 'archived') then -ticket.number else ticket.number end "# + $order + r#"
                limit $14"#,
            $($value),+
        )
    };
}

/// The numbers of all tickets.
pub const ALL_NUMBERS: (i32, i32) = (1, i32::MAX);

/// Of days with more tickets nobody looks which numbers they have: a list finds a page of them soon enough.
const NARROWED: i64 = 100_000;

/// Between which numbers the tickets are that were opened from `from` on and before `to`; others may be among them. Read of the
/// index `ticket_opened_number` alone.
pub async fn find_numbers(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
) -> Result<(i32, i32)> {
    let row = sqlx::query!(
        r#"select coalesce(min(number), 1) as "low!", coalesce(max(number), 0) as "high!", count(*) as "count!"
             from (select number
                     from ticket
                    where guild_id = $1
                      and opened_at >= coalesce($2::timestamptz, '-infinity')
                      and opened_at < coalesce($3::timestamptz, 'infinity')
                    limit $4::bigint) as opened"#,
        db_id(guild),
        opt(from) as _,
        opt(to) as _,
        NARROWED + 1,
    )
    .fetch_one(db)
    .await?;
    Ok(if row.count > NARROWED { ALL_NUMBERS } else { (row.low, row.high) })
}

/// Tickets on a page of a list, at most `limit`, the most urgent and the oldest first; those that are done come with the
/// newest first. `numbers` are the first and the last that the days leave ([`find_numbers`]).
pub async fn list(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    filter: &Filter,
    numbers: (i32, i32),
    at: At,
    limit: i64,
) -> Result<Vec<Line>> {
    let viewer = filter.viewer.as_ref();
    let counts = |status: &Status| match filter.status {
        Some(named) => *status == named,
        None => filter.all || status.is_live(),
    };
    let statuses: Vec<String> = Status::ALL.iter().filter(|it| counts(it)).map(|it| it.name().to_owned()).collect();
    // As `array_position` counts them.
    let (first, last) = filter.priority.map_or((1, 4), |priority| (priority.rank(), priority.rank()));
    let (ranks, Place(rank, place)) = match at {
        At::Start => ((first..=last).collect(), Place(0, 0)),
        At::After(place) => ((first.max(place.0)..=last).collect(), place),
        At::Before(place) => ((first..=last.min(place.0)).collect::<Vec<i32>>(), place),
    };
    // What one member opened or claimed, and what has a text in it, is looked for there alone.
    let by_kind = filter.user.is_none() && filter.claimed_by.is_none() && filter.text.is_none();
    let (low, high) = numbers;
    let kinds = viewer.map_or(&[][..], |viewer| &viewer.kinds[..]);
    let roles = viewer.map_or(Vec::new(), |viewer| viewer.roles.iter().map(|role| db_id(*role)).collect::<Vec<i64>>());
    macro_rules! page {
        ($beyond:literal, $end:literal, $order:literal) => {
            list_page!(
                $beyond,
                $end,
                $order,
                db_id(guild),
                &statuses,
                filter.user.map(db_id),
                filter.claimed_by.map(db_id),
                filter.kind,
                &ranks,
                filter.unclaimed,
                viewer.map(|viewer| db_id(viewer.user)),
                kinds,
                &roles,
                by_kind,
                rank,
                place,
                limit,
                OWN,
                low,
                high,
                opt(filter.from) as _,
                opt(filter.to) as _,
                filter.text.as_deref(),
                LOOKED_THROUGH,
            )
            .fetch_all(db)
            .await?
        };
    }
    let mut rows = match at {
        At::Before(_) => page!("<", "2147483647", "desc"),
        At::Start | At::After(_) => page!(">", "-2147483648", "asc"),
    };
    if matches!(at, At::Before(_)) {
        rows.reverse();
    }
    rows.into_iter().map(Listed::read).collect()
}
