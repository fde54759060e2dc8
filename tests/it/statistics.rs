//! Numbers: what is kept of days is what a direct count of the rows says, whatever happened to them since.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use alphapy::feature::export::Wanted;
use alphapy::features::tickets::store;
use alphapy::hours::Hours;
use alphapy::knowledge::asked::digest;
use alphapy::settings::Settings;
use alphapy::statistics::{self, AGES, About, Measured, Span, Spread};
use alphapy::words::Language;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use sqlx::PgPool;
use tokio_util::task::TaskTracker;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use crate::support;

/// Numbers that look like chance, the same ones in each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(all.len() as u64)).expect("it is small")]
    }
}

/// Days in zones of many kinds: with half hours, quarters, clocks that leap by half an hour, and days with two midnights.
const ZONES: [&str; 6] = [
    "Europe/Brussels",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Atlantic/Azores",
    "America/Havana",
];

/// Kinds by number: their hours and, in minutes, their targets. The first and the last are there at the same hours.
const KINDS: [(i32, &str, i64); 4] =
    [(1, "mon-fri 09:00-17:00", 60), (2, "", 240), (3, "sat 10:00-12:00", 0), (4, "mon-fri 09:00-17:00", 30)];

const QUESTIONS: [&str; 6] =
    ["mobile app", "is there a mobile app?", "Mobile apps", "dark mode", "giraffe food", "modes dark"];

struct Desk {
    db: PgPool,
    guild: Id<GuildMarker>,
    settings: Settings,
}

impl Desk {
    async fn new(guild: u64) -> Desk {
        let db = PgPool::connect(&support::database().await).await.expect("a database");
        let desk = Desk { settings: Settings::new(db.clone()), db, guild: Id::new(guild) };
        for (id, hours, answer_within) in KINDS {
            let definition = serde_json::json!({ "hours": hours, "answer_within": answer_within });
            desk.run(&format!("insert into ticket_type values ({guild}, {id}, 'Kind {id}', '{definition}')")).await;
        }
        desk
    }

    async fn run(&self, sql: &str) {
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&self.db).await.unwrap_or_else(|error| {
            panic!("{sql}: {error}");
        });
    }

    /// A ticket of `user` that was opened at `at`.
    async fn opens(&self, number: u64, at: Timestamp, kind: i32, user: u64) {
        let guild = self.guild;
        self.run(&format!(
            "insert into ticket (guild_id, number, type_id, user_id, opened_by_user_id, interaction_id, subject, answers,
                                 opened_at, updated_at, check_at, settle_at)
             values ({guild}, {number}, {kind}, {user}, {user}, {number}, '', '[]', '{at}', '{at}', '{at}', '{at}')"
        ))
        .await;
    }

    async fn count_stale(&self, now: Timestamp) {
        statistics::count_stale(&self.db, &self.settings, self.guild, now).await.expect("it is counted");
    }
}

/// Something that happens to a ticket or a search, or to what is kept of them.
async fn happens(desk: &Desk, chance: &mut Chance, tickets: u64) {
    let guild = desk.guild;
    let n = 1 + chance.below(tickets);
    let staff = 100 + chance.below(4);
    let at = moment(chance);
    let of = format!("guild_id = {guild} and number = {n}");
    let closing = |status: &str, at: Timestamp| {
        format!(
            "with closed as (
                 update ticket
                    set status = '{status}', closed_at = greatest(opened_at, '{at}'), closed_by_user_id = {staff}
                  where {of} and closed_at is null
                 returning guild_id, number, closed_at
             )
             insert into ticket_event (guild_id, number, kind, happened_at) select guild_id, number, 'closed', closed_at from closed"
        )
    };
    let sql = match chance.below(20) {
        0 | 1 => format!("update ticket set rating = 1 + number % 5, rated_at = '{at}' where {of} and closed_at is not null"),
        2 | 3 => format!(
            "with reopened as (
                 update ticket set status = 'open', closed_at = null, closed_by_user_id = null
                  where {of} and closed_at is not null
                 returning guild_id, number, opened_at
             )
             insert into ticket_event (guild_id, number, kind, happened_at)
             select guild_id, number, 'reopened', greatest(opened_at, '{at}') from reopened"
        ),
        4..=6 => closing("closed", at),
        7 => closing("archived", at),
        8 => format!("delete from ticket_event where {of}; delete from ticket where {of}"),
        9..=11 => format!("update ticket set first_response_at = greatest(opened_at, '{at}') where {of}"),
        12 => format!("update ticket set type_id = 5 - type_id where {of} and type_id in (1, 4)"),
        13 => format!("update ticket set failed = not failed where {of}"),
        14 => format!("update ticket set status = 'archived' where {of} and status = 'closed'"),
        15 | 16 => format!(
            "update ticket set claimed_by_user_id = {staff}, claimed_at = coalesce(claimed_at, greatest(opened_at, '{at}'))
              where {of}"
        ),
        // Somebody is forgotten.
        17 => format!("update ticket set claimed_by_user_id = 1 where guild_id = {guild} and claimed_by_user_id = {staff}"),
        18 => format!("delete from faq_search where guild_id = {guild} and interaction_id = {n}"),
        _ => format!("update faq_search set chosen = {} where guild_id = {guild} and interaction_id = {n}", n % 3),
    };
    desk.run(&sql).await;
}

/// A second of ten weeks in which all clocks are set back or forward.
fn moment(chance: &mut Chance) -> Timestamp {
    let begin: Timestamp = "2026-09-25T00:00Z".parse().expect("it is a time");
    begin + SignedDuration::from_secs(i64::try_from(chance.below(70 * 86_400)).expect("it is small"))
}

/// A ticket as the rows tell of it.
#[derive(sqlx::FromRow)]
struct Row {
    number: i32,
    type_id: i32,
    user_id: i64,
    status: String,
    claimed_by_user_id: Option<i64>,
    closed_by_user_id: Option<i64>,
    rating: Option<i16>,
    opened_at: jiff_sqlx::Timestamp,
    first_response_at: Option<jiff_sqlx::Timestamp>,
    claimed_at: Option<jiff_sqlx::Timestamp>,
    closed_at: Option<jiff_sqlx::Timestamp>,
    /// By its history.
    first_closed_at: Option<jiff_sqlx::Timestamp>,
}

struct Search {
    id: i64,
    query: String,
    matched: bool,
    chosen: Option<i32>,
    at: Timestamp,
}

/// All rows of a guild.
struct Rows {
    tickets: Vec<Row>,
    /// When a ticket of which kind was opened again.
    reopened: Vec<(Timestamp, i32)>,
    searches: Vec<Search>,
}

fn jiff(at: jiff_sqlx::Timestamp) -> Timestamp {
    at.to_jiff()
}

async fn rows(desk: &Desk) -> Rows {
    let guild = desk.guild.get().cast_signed();
    let tickets = sqlx::query_as(
        "select number, type_id, user_id, status, claimed_by_user_id, closed_by_user_id, rating, opened_at, first_response_at,
                claimed_at, closed_at,
                (select happened_at from ticket_event e
                  where e.guild_id = t.guild_id and e.number = t.number and kind = 'closed'
                  order by id
                  limit 1) as first_closed_at
           from ticket t
          where guild_id = $1
            and not failed",
    );
    let tickets: Vec<Row> = tickets.bind(guild).fetch_all(&desk.db).await.expect("tickets");
    let kinds: HashMap<i32, i32> = tickets.iter().map(|ticket| (ticket.number, ticket.type_id)).collect();
    let reopened: Vec<(jiff_sqlx::Timestamp, i32)> =
        sqlx::query_as("select happened_at, number from ticket_event where guild_id = $1 and kind = 'reopened'")
            .bind(guild)
            .fetch_all(&desk.db)
            .await
            .expect("events");
    let searches: Vec<(i64, String, bool, Option<i32>, jiff_sqlx::Timestamp)> = sqlx::query_as(
        "select interaction_id, query, cardinality(matched) > 0, chosen, searched_at from faq_search where guild_id = $1",
    )
    .bind(guild)
    .fetch_all(&desk.db)
    .await
    .expect("searches");
    Rows {
        reopened: reopened.into_iter().filter_map(|(at, number)| Some((jiff(at), *kinds.get(&number)?))).collect(),
        searches: searches
            .into_iter()
            .map(|(id, query, matched, chosen, at)| Search { id, query, matched, chosen, at: jiff(at) })
            .collect(),
        tickets,
    }
}

#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // They are small.
fn spread_of(mut seconds: Vec<i64>) -> Option<Spread> {
    seconds.sort_unstable();
    let rank = |q: f64| {
        let place = q * (seconds.len() - 1) as f64;
        let (low, high) = (seconds[place.floor() as usize] as f64, seconds[place.ceil() as usize] as f64);
        low + (place - place.floor()) * (high - low)
    };
    (!seconds.is_empty()).then(|| Spread {
        times: seconds.len() as i64,
        mean_s: seconds.iter().sum::<i64>() as f64 / seconds.len() as f64,
        median_s: rank(0.5),
        p90_s: rank(0.9),
    })
}

fn same(one: Option<Spread>, other: Option<Spread>) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 0.001;
    match (one, other) {
        (Some(a), Some(b)) => {
            a.times == b.times && near(a.mean_s, b.mean_s) && near(a.median_s, b.median_s) && near(a.p90_s, b.p90_s)
        }
        (None, None) => true,
        _ => false,
    }
}

/// How often and how long, day by day.
type ByDay = BTreeMap<Date, (i64, i64)>;

/// Compares how averages went with a direct count of the rows, on all days of UTC of which any of the span is.
async fn compare_course(
    desk: &Desk,
    span: &Span,
    rows: &Rows,
    (measured, told): (Measured, &str),
    taken: &dyn Fn(&Row, Option<Timestamp>) -> Option<i64>,
) {
    let day_of = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
    let (first, last) = (day_of(span.since), day_of(span.until - SignedDuration::from_micros(1)));
    let mut expected: [ByDay; 3] = Default::default();
    let mut count = |of: usize, at: Option<Timestamp>, value: Option<i64>| {
        if let (Some(day), Some(value)) = (at.map(day_of).filter(|day| (first..=last).contains(day)), value) {
            let (times, total) = expected[of].entry(day).or_default();
            (*times, *total) = (*times + 1, *total + value);
        }
    };
    for ticket in &rows.tickets {
        let closed_at = ticket.first_closed_at.map(jiff);
        count(0, Some(jiff(ticket.opened_at)), taken(ticket, ticket.first_response_at.map(jiff)));
        count(1, closed_at, taken(ticket, closed_at));
        count(2, Some(jiff(ticket.opened_at)), ticket.rating.map(i64::from));
    }
    let course = statistics::course(&desk.db, desk.guild, span, measured).await.expect("a course");
    let found = [course.response, course.close, course.stars]
        .map(|days| days.into_iter().map(|day| (day.date, (day.times, day.total))).collect::<ByDay>());
    assert_eq!(found, expected, "{told} {measured:?}");
}

/// Compares all numbers of tickets with a direct count of the rows.
async fn compare_tickets(desk: &Desk, span: &Span, rows: &Rows, told: &str) {
    let (db, guild) = (&desk.db, desk.guild);
    let inside = |at: Timestamp| span.since <= at && at < span.until;
    let opened: Vec<&Row> = rows.tickets.iter().filter(|ticket| inside(jiff(ticket.opened_at))).collect();
    let closed_at = |ticket: &Row| ticket.first_closed_at.map(jiff);
    let closed: Vec<&Row> = rows.tickets.iter().filter(|ticket| closed_at(ticket).is_some_and(inside)).collect();
    for measured in [Measured::Passed, Measured::Worked] {
        let taken = |ticket: &Row, at: Option<Timestamp>| {
            let opened_at = jiff(ticket.opened_at);
            let hours = KINDS[usize::try_from(ticket.type_id - 1).expect("it is small")].1;
            let hours: Hours = hours.parse().expect("they are hours");
            Some(match measured {
                Measured::Passed => at?.duration_since(opened_at).as_secs(),
                Measured::Worked => {
                    hours.worked(opened_at, at?, &TimeZone::get("Europe/Brussels").expect("it is there")).as_secs()
                }
            })
        };
        // What is measured, is by the clocks of the server, which are those of Brussels.
        let brussels = Span { zone: TimeZone::get("Europe/Brussels").expect("it is there"), ..span.clone() };
        let told_times = statistics::times(db, guild, &brussels, measured).await.expect("times");
        let found = told_times.spreads.expect("all is measured");
        let response = spread_of(opened.iter().filter_map(|it| taken(it, it.first_response_at.map(jiff))).collect());
        assert!(same(found.response, response), "{told} {measured:?}: {found:?} {response:?}");
        let claim = spread_of(opened.iter().filter_map(|it| taken(it, it.claimed_at.map(jiff))).collect());
        assert!(same(found.claim, claim), "{told} {measured:?}: {found:?} {claim:?}");
        let times = i64::try_from(closed.len()).expect("few");
        assert_eq!(told_times.closed, times, "{told}");
        let close = spread_of(closed.iter().filter_map(|it| taken(it, closed_at(it))).collect());
        assert!(same(found.close, close), "{told} {measured:?}: {found:?} {close:?}");
        compare_course(desk, &brussels, rows, (measured, told), &|it, at| taken(it, at)).await;
        if measured == Measured::Worked {
            let targets = told_times.targets.expect("all is measured");
            let found: BTreeMap<i32, (i64, i64)> =
                targets.into_iter().map(|it| (it.kind, (it.answered, it.within))).collect();
            let mut expected: BTreeMap<i32, (i64, i64)> = BTreeMap::new();
            for ticket in &opened {
                let target_s = KINDS[usize::try_from(ticket.type_id - 1).expect("it is small")].2 * 60;
                if let Some(taken_s) = taken(ticket, ticket.first_response_at.map(jiff)).filter(|_| target_s > 0) {
                    let (answered, within) = expected.entry(ticket.type_id).or_default();
                    *answered += 1;
                    *within += i64::from(taken_s <= target_s);
                }
            }
            assert_eq!(found, expected, "{told}");
        }
    }
    let found: BTreeMap<i32, [i64; 4]> = statistics::kinds(db, guild, span)
        .await
        .expect("kinds")
        .into_iter()
        .map(|it| (it.kind, [it.opened, it.reopened, it.rated, it.stars]))
        .collect();
    let mut expected: BTreeMap<i32, [i64; 4]> = BTreeMap::new();
    for ticket in &opened {
        let stars = ticket.rating.map_or(0, i64::from);
        let counted = expected.entry(ticket.type_id).or_default();
        *counted = [counted[0] + 1, counted[1], counted[2] + i64::from(stars > 0), counted[3] + stars];
    }
    for (_, kind) in rows.reopened.iter().filter(|(at, _)| inside(*at)) {
        expected.entry(*kind).or_default()[1] += 1;
    }
    assert_eq!(found, expected, "{told}");
    let found: BTreeMap<i64, [i64; 4]> = statistics::staff(db, guild, span, 100)
        .await
        .expect("staff")
        .into_iter()
        .map(|it| (it.user.get().cast_signed(), [it.claimed, it.closed, it.rated, it.stars]))
        .collect();
    let mut expected: BTreeMap<i64, [i64; 4]> = BTreeMap::new();
    for ticket in &rows.tickets {
        let mut count = |who: Option<i64>, numbers: [i64; 4]| {
            if let Some(who) = who.filter(|who| *who != ticket.user_id) {
                let counted = expected.entry(who).or_default();
                counted.iter_mut().zip(numbers).for_each(|(sum, more)| *sum += more);
            }
        };
        if inside(jiff(ticket.opened_at)) {
            let stars = ticket.rating.map_or(0, i64::from);
            count(ticket.claimed_by_user_id, [1, 0, i64::from(stars > 0), stars]);
        }
        if ticket.closed_at.map(jiff).is_some_and(inside) {
            count(ticket.closed_by_user_id, [0, 1, 0, 0]);
        }
    }
    assert_eq!(found, expected, "{told}");
}

/// Compares what is told of days and hours.
async fn compare_days(desk: &Desk, span: &Span, rows: &Rows, told: &str) {
    let (db, guild) = (&desk.db, desk.guild);
    let date = |at: Timestamp| at.to_zoned(span.zone.clone()).date();
    let inside = |at: Timestamp| span.since <= at && at < span.until;
    let days = span.days();
    let counted = |came: Vec<Timestamp>, done: Vec<Timestamp>| -> Vec<(jiff::civil::Date, i64, i64)> {
        let on =
            |moments: &[Timestamp], day| moments.iter().filter(|at| date(**at) == day).count().try_into().expect("few");
        days.iter().map(|day| (*day, on(&came, *day), on(&done, *day))).collect()
    };
    let tickets = rows.tickets.iter();
    let expected = counted(
        tickets.clone().map(|it| jiff(it.opened_at)).collect(),
        tickets.clone().filter_map(|it| it.first_closed_at.map(jiff)).collect(),
    );
    let found = statistics::days(db, guild, About::Tickets, span).await.expect("days");
    assert_eq!(found.iter().map(|day| (day.date, day.came, day.done)).collect::<Vec<_>>(), expected, "{told}");
    let expected = counted(
        rows.searches.iter().map(|it| it.at).collect(),
        rows.searches.iter().filter(|it| it.matched).map(|it| it.at).collect(),
    );
    let found = statistics::days(db, guild, About::Searches, span).await.expect("days");
    assert_eq!(found.iter().map(|day| (day.date, day.came, day.done)).collect::<Vec<_>>(), expected, "{told}");
    let mut hours = [[0; 24]; 7];
    for at in tickets.map(|it| jiff(it.opened_at)).filter(|at| inside(*at)) {
        let at = at.to_zoned(span.zone.clone());
        let day = usize::try_from(at.weekday().to_monday_zero_offset()).expect("it is small");
        hours[day][usize::try_from(at.hour()).expect("it is small")] += 1;
    }
    assert_eq!(statistics::hours_of_week(db, guild, span).await.expect("hours"), hours, "{told}");
}

/// Compares what is told of searches.
async fn compare_searches(desk: &Desk, span: &Span, rows: &Rows, told: &str) {
    let (db, guild) = (&desk.db, desk.guild);
    let inside = |at: Timestamp| span.since <= at && at < span.until;
    let searches: Vec<&Search> = rows.searches.iter().filter(|search| inside(search.at)).collect();
    let count = |all: usize| i64::try_from(all).expect("few");
    let expected = (count(searches.len()), count(searches.iter().filter(|it| it.matched).count()));
    assert_eq!(statistics::searched(db, guild, span).await.expect("a count"), expected, "{told}");
    let mut asked: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    for search in searches.iter().filter(|search| !search.matched) {
        let (times, last) = asked.entry(digest(&search.query)).or_default();
        (*times, *last) = (*times + 1, search.id.max(*last));
    }
    let mut expected: Vec<(i64, i64)> = asked.into_values().collect();
    expected.sort_unstable_by(|one, other| other.cmp(one));
    let found = statistics::unanswered(db, guild, span, 10).await.expect("questions");
    let told_of: Vec<(i64, i64)> = found.iter().map(|it| (it.times, it.search.get().cast_signed())).collect();
    assert_eq!(told_of, expected, "{told}");
    for one in found {
        assert!(searches.iter().any(|it| it.id == one.search.get().cast_signed() && it.query == one.query), "{told}");
    }
    let mut chosen: BTreeMap<i32, i64> = BTreeMap::new();
    for entry in searches.iter().filter_map(|search| search.chosen) {
        *chosen.entry(entry).or_default() += 1;
    }
    let mut expected: Vec<(i32, i64)> = chosen.into_iter().collect();
    expected.sort_by_key(|(entry, times)| (-times, *entry));
    assert_eq!(statistics::entries(db, guild, span, 100).await.expect("entries"), expected, "{told}");
}

/// Compares how things stand now.
async fn compare_now(desk: &Desk, rows: &Rows, now: Timestamp, told: &str) {
    let mut states: BTreeMap<String, i64> = BTreeMap::new();
    let mut backlog = [(0, 0); 7];
    for ticket in &rows.tickets {
        *states.entry(ticket.status.clone()).or_default() += 1;
        if !["closed", "archived"].contains(&ticket.status.as_str()) {
            let age = now.duration_since(jiff(ticket.opened_at));
            let of_age = &mut backlog[AGES.iter().filter(|end| age >= **end).count()];
            *of_age = (of_age.0 + 1, of_age.1 + i64::from(ticket.claimed_by_user_id.is_none()));
        }
    }
    assert_eq!(statistics::per_status(&desk.db, desk.guild).await.expect("states"), states, "{told}");
    let found = statistics::backlog(&desk.db, desk.guild, now).await.expect("a backlog");
    assert_eq!(found.map(|it| (it.tickets, it.unclaimed)), backlog, "{told}");
}

#[tokio::test]
async fn numbers_are_what_a_direct_count_says_whatever_happened_since() {
    let now: Timestamp = "2027-02-01T09:00Z".parse().expect("it is a time");
    let (mut months, mut kept) = (0, 0);
    for seed in 1..=3 {
        let mut chance = Chance(seed * 7919);
        let desk = Desk::new(900 + seed).await;
        let guild = desk.guild;
        for number in 1..=150 {
            let (kind, user) = (chance.of(&[1, 2, 3, 4]), chance.of(&[7, 8, 100]));
            desk.opens(number, moment(&mut chance), kind, user).await;
            let (query, matched) = (chance.of(&QUESTIONS), chance.of(&["{}", "{1,2}"]));
            desk.run(&format!(
                "insert into faq_search (guild_id, interaction_id, query, matched, searched_at, asked)
                 values ({guild}, {number}, '{query}', '{matched}', '{}', {})",
                moment(&mut chance),
                digest(query)
            ))
            .await;
        }
        for round in 0..40 {
            for _ in 0..1 + chance.below(12) {
                happens(&desk, &mut chance, 150).await;
            }
            match chance.below(5) {
                0 => desk.run(&format!("select fold_tickets({guild}, 9), fold_searches({guild}, 5)")).await,
                1 | 2 => desk.count_stale(now).await,
                _ => {}
            }
            let zone = TimeZone::get(chance.of(&ZONES)).expect("it is there");
            let first = date(2026, 9, 24) + i64::try_from(chance.below(60)).expect("it is small").days();
            let last = first + i64::try_from(chance.below(75)).expect("it is small").days();
            let span = Span::of_days(first, last, &zone);
            let told =
                format!("seed {seed}, round {round}, {first} to {last} in {}", zone.iana_name().unwrap_or_default());
            let rows = rows(&desk).await;
            compare_days(&desk, &span, &rows, &told).await;
            compare_tickets(&desk, &span, &rows, &told).await;
            compare_searches(&desk, &span, &rows, &told).await;
            compare_now(&desk, &rows, span.until, &told).await;
            // Not only whole days.
            let part = Span { until: span.until - SignedDuration::from_secs(34_567), ..span };
            if part.until > part.since {
                compare_tickets(&desk, &part, &rows, &told).await;
                compare_searches(&desk, &part, &rows, &told).await;
            }
        }
        desk.count_stale(now).await;
        months += sqlx::query_scalar::<_, i64>("select count(*) from tally_month")
            .fetch_one(&desk.db)
            .await
            .expect("a count");
        kept +=
            sqlx::query_scalar::<_, i64>("select count(*) from tally_day").fetch_one(&desk.db).await.expect("a count");
        let stale = sqlx::query_scalar::<_, i64>("select count(*) from tally_stale").fetch_one(&desk.db).await;
        assert_eq!(stale.expect("a count"), 0);
    }
    // Otherwise this compared nothing with what is kept.
    assert!(months >= 6 && kept > 300, "{months} months, {kept} days");
}

#[tokio::test]
async fn what_happens_while_a_day_is_counted_is_counted_too() {
    let desk = Desk::new(900).await;
    let at: Timestamp = "2027-01-31T09:00Z".parse().expect("it is a time");
    desk.opens(1, at, 1, 7).await;
    let mut tx = desk.db.begin().await.expect("a transaction");
    let guild = desk.guild;
    let insert = format!(
        "insert into ticket (guild_id, number, type_id, user_id, opened_by_user_id, interaction_id, subject, answers,
                             opened_at, updated_at, check_at, settle_at)
         values ({guild}, 2, 1, 7, 7, 2, '', '[]', '{at}', '{at}', '{at}', '{at}')"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(insert)).execute(&mut *tx).await.expect("a ticket");
    desk.count_stale(at).await;
    let span = Span::last_days(1, at, &TimeZone::UTC);
    let opened = async || statistics::days(&desk.db, guild, About::Tickets, &span).await.expect("days")[0].came;
    assert_eq!(opened().await, 1);
    tx.commit().await.expect("committed");
    assert_eq!(opened().await, 2);
    desk.count_stale(at).await;
    assert_eq!(opened().await, 2);
}

#[tokio::test]
async fn an_older_version_writes_beside_and_is_made_good() {
    let desk = Desk::new(900).await;
    let guild = desk.guild;
    let now: Timestamp = "2027-01-31T09:00Z".parse().expect("it is a time");
    for (id, query) in [(1, "mobile app"), (2, "Mobile apps?"), (3, "giraffe food")] {
        desk.run(&format!(
            "insert into faq_search (guild_id, interaction_id, query, matched, searched_at)
             values ({guild}, {id}, '{query}', '{{}}', '{now}')"
        ))
        .await;
    }
    let span = Span::last_days(7, now, &TimeZone::UTC);
    let asked = async || -> Vec<(String, i64)> {
        let found = statistics::unanswered(&desk.db, guild, &span, 10).await.expect("questions");
        found.into_iter().map(|one| (one.query, one.times)).collect()
    };
    assert_eq!(asked().await.len(), 3);
    desk.count_stale(now).await;
    assert_eq!(asked().await, [("Mobile apps?".to_owned(), 2), ("giraffe food".to_owned(), 1)]);
    // Much at once is measured by cron; until then nothing is told of working time.
    for number in 1..=201 {
        desk.opens(number, now, 1, 7).await;
    }
    desk.run("update ticket set first_response_at = opened_at + interval '1 minute'").await;
    let worked = async || statistics::times(&desk.db, guild, &span, Measured::Worked).await.expect("times");
    let before = worked().await;
    assert_eq!((before.spreads, before.targets), (None, None));
    desk.count_stale(now).await;
    assert_eq!(worked().await.spreads.and_then(|it| it.response).map(|it| it.times), Some(201));
}

#[tokio::test]
async fn numbers_are_the_sums_of_what_is_exported() {
    let desk = Desk::new(900).await;
    let mut chance = Chance(99);
    for number in 1..=60 {
        desk.opens(number, moment(&mut chance), chance.of(&[1, 2, 4]), 7).await;
    }
    for _ in 0..300 {
        happens(&desk, &mut chance, 60).await;
    }
    // What came to nothing counts nowhere and is not exported; of these it is a few.
    desk.run("update ticket set failed = number % 10 = 0").await;
    let zone = TimeZone::get("Europe/Brussels").expect("it is there");
    let span = Span::of_days(date(2026, 10, 1), date(2026, 11, 15), &zone);
    let wanted = Wanted {
        guild: desk.guild,
        from: Some(span.since),
        to: Some(span.until),
        choice: None,
        part: None,
        language: Language::ENGLISH,
        now: span.until,
    };
    let lines = store::list_to_export(&desk.db, &wanted, None, 0, 1000).await.expect("an export");
    assert!(lines.len() > 20);
    let kinds = statistics::kinds(&desk.db, desk.guild, &span).await.expect("kinds");
    let sum = |number: fn(&statistics::OfKind) -> i64| kinds.iter().map(number).sum::<i64>();
    let days = statistics::days(&desk.db, desk.guild, About::Tickets, &span).await.expect("days");
    assert_eq!(days.iter().map(|day| day.came).sum::<i64>(), i64::try_from(lines.len()).expect("few"));
    assert_eq!(sum(|kind| kind.opened), i64::try_from(lines.len()).expect("few"));
    assert_eq!(sum(|kind| kind.stars), lines.iter().filter_map(|line| line.rating).map(i64::from).sum::<i64>());
    let taken = |at: fn(&store::Exported) -> Option<jiff_sqlx::Timestamp>| {
        spread_of(
            lines.iter().filter_map(|line| Some(jiff(at(line)?).duration_since(line.opened_at).as_secs())).collect(),
        )
    };
    let found = statistics::times(&desk.db, desk.guild, &span, Measured::Passed).await.expect("times");
    let found = found.spreads.expect("told");
    assert!(same(found.response, taken(|line| line.first_response_at)));
    assert!(same(found.claim, taken(|line| line.claimed_at)));
    // Closed, and opened again, are tickets of any time.
    let always = Wanted { from: None, to: None, ..wanted.clone() };
    let all = store::list_to_export(&desk.db, &always, None, 0, 1000).await.expect("an export");
    let inside = |at: Timestamp| span.since <= at && at < span.until;
    let closed = all.iter().filter(|line| line.first_closed_at.is_some_and(|at| inside(jiff(at)))).count();
    let closed = i64::try_from(closed).expect("few");
    assert!(closed > 5);
    assert_eq!(statistics::times(&desk.db, desk.guild, &span, Measured::Passed).await.expect("times").closed, closed);
    assert_eq!(days.iter().map(|day| day.done).sum::<i64>(), closed);
    let ever = Span::of_days(date(2026, 9, 1), date(2027, 1, 31), &zone);
    let kinds_ever = statistics::kinds(&desk.db, desk.guild, &ever).await.expect("kinds");
    let reopened: i64 = all.iter().map(|line| line.reopened).sum();
    assert!(reopened > 0);
    assert_eq!(kinds_ever.iter().map(|kind| kind.reopened).sum::<i64>(), reopened);
    for kind in &kinds {
        let of_kind = Wanted { part: Some(kind.kind), ..wanted.clone() };
        let lines = store::list_to_export(&desk.db, &of_kind, None, 0, 1000).await.expect("an export");
        assert_eq!(kind.opened, i64::try_from(lines.len()).expect("few"), "{}", kind.name);
        assert!(lines.iter().all(|line| line.kind == kind.name));
    }
    desk.count_stale(span.until).await;
    let measured = store::list_to_export(&desk.db, &wanted, None, 0, 1000).await.expect("an export");
    let worked = spread_of(measured.iter().filter_map(|line| line.worked_response_s.map(i64::from)).collect());
    let found = statistics::times(&desk.db, desk.guild, &span, Measured::Worked).await.expect("times");
    assert!(same(found.spreads.expect("it is measured").response, worked));
    let claimers: BTreeSet<i64> = lines.iter().filter_map(|line| line.claimed_by_user_id).collect();
    let staff = statistics::staff(&desk.db, desk.guild, &span, 100).await.expect("staff");
    for claimer in claimers {
        let claimed = lines.iter().filter(|line| line.claimed_by_user_id == Some(claimer)).count();
        let told = staff.iter().find(|one| one.user.get().cast_signed() == claimer).map(|one| one.claimed);
        assert_eq!(told, Some(i64::try_from(claimed).expect("few")));
    }
}

#[tokio::test]
async fn what_is_forgotten_is_not_counted_as_nothing() {
    let desk = Desk::new(901).await;
    let guild = desk.guild;
    let at = |text: &str| -> Timestamp { text.parse().expect("it is a time") };
    assert_eq!(statistics::searches_kept(&desk.db, guild).await.expect("told"), None);
    desk.run(&format!(
        "insert into faq_search (guild_id, interaction_id, query, matched, searched_at)
         select {guild}, n, 'q', '{{}}', timestamptz '2026-09-01 12:00Z' + make_interval(days => n) from generate_series(1, 40) n;
         -- What was said of a reminder that is not there counts all the same.
         set session_replication_role = replica;
         insert into reminder_occurrence (guild_id, number, due_at, moment_at, lead, lease_until, taken_at, state, late)
         select {guild}, 1, at, at, 0, at, at,
                case when n % 10 = 0 then 'missed' when n % 10 = 1 then 'failed' else 'sent' end, n % 10 = 2
           from (select n, timestamptz '2026-09-01 12:00Z' + make_interval(days => n) as at from generate_series(1, 40) n) as due;
         reset session_replication_role"
    ))
    .await;
    let span = Span::of_days(date(2026, 9, 12), date(2026, 10, 11), &TimeZone::UTC);
    let reminded = statistics::reminded(&desk.db, guild, &span).await.expect("told");
    assert_eq!((reminded.said, reminded.late, reminded.missed, reminded.failed), (24, 3, 3, 3));
    let (knowledge, before) =
        (alphapy::knowledge::Knowledge::new(desk.db.clone(), TaskTracker::new()), at("2026-09-20T00:00Z"));
    assert_eq!(knowledge.forget_searches(guild, before).await.expect("forgotten"), 18);
    alphapy::reminders::store::delete_old(&desk.db, guild, before).await.expect("forgotten");
    assert_eq!(statistics::searches_kept(&desk.db, guild).await.expect("told"), Some(before));
    assert_eq!(statistics::reminders_kept(&desk.db, guild).await.expect("told"), Some(before));
    // Who keeps things longer from now on has them no earlier; and where nothing is old, nothing is forgotten.
    for earlier in ["2026-09-10T00:00Z", "2026-08-01T00:00Z"] {
        assert_eq!(knowledge.forget_searches(guild, at(earlier)).await.expect("nothing to forget"), 0);
        alphapy::reminders::store::delete_old(&desk.db, guild, at(earlier)).await.expect("nothing to forget");
    }
    assert_eq!(statistics::searches_kept(&desk.db, guild).await.expect("told"), Some(before));
    assert_eq!(statistics::reminders_kept(&desk.db, guild).await.expect("told"), Some(before));
}
