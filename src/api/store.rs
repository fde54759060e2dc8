//! The tables `api_allowance` and `api_request`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use crate::db::db_id;

/// What is spent, and of which allowances.
pub(super) struct Spending<'a> {
    /// By what a key's allowance is known, and for how many seconds a request counts of how many.
    pub(super) key: (&'a str, f64, f64),
    /// The same of the server that the request is about, if it is about one.
    pub(super) server: Option<(&'a str, f64, f64)>,
}

/// Whether an allowance had so much left, and when all of it is there again.
pub(super) type Spent = (bool, Timestamp);

/// Uses a part of a key's allowance and of a server's, each if so much is left: what a key has not left costs the server
/// nothing, so one key that runs wild takes nothing from the others. Nothing is told of a server that was not asked.
///
/// It is one statement, so however many instances ask at once, no more is given than there is. The key's row is locked first
/// by all, so nobody waits in a circle.
pub(super) async fn spend(
    db: impl PgExecutor<'_>,
    spending: &Spending<'_>,
    now: Timestamp,
) -> Result<(Spent, Option<Spent>), sqlx::Error> {
    let (key, cost, window) = spending.key;
    let (server, server_cost, server_window) = spending.server.unwrap_or_default();
    let spent = sqlx::query!(
        r#"with own as (
            insert into api_allowance as a (key_id, spent_until, allowed)
            values ($1, $4::timestamptz + make_interval(secs => $2), true)
                on conflict (key_id) do update
               set (spent_until, allowed) = (
                       -- A clock that was ahead costs no more than one allowance.
                       select case when it.after <= it.whole then it.after else it.spent end, it.after <= it.whole
                         from (select spent, spent + make_interval(secs => $2) as after, whole
                                 from (select least(greatest(a.spent_until, $4), $4 + make_interval(secs => $3)) as spent,
                                              $4 + make_interval(secs => $3) as whole) as now) as it
                   )
            returning spent_until, allowed
        ), shared as (
            insert into api_allowance as a (key_id, spent_until, allowed)
            select $5, $4 + make_interval(secs => $6), true
              from own
             where own.allowed
               and $5 <> ''
                on conflict (key_id) do update
               set (spent_until, allowed) = (
                       select case when it.after <= it.whole then it.after else it.spent end, it.after <= it.whole
                         from (select spent, spent + make_interval(secs => $6) as after, whole
                                 from (select least(greatest(a.spent_until, $4), $4 + make_interval(secs => $7)) as spent,
                                              $4 + make_interval(secs => $7) as whole) as now) as it
                   )
            returning spent_until, allowed
        )
        select own.allowed as "allowed!", own.spent_until as "spent_until!",
               shared.allowed as "server_allowed?", shared.spent_until as "server_spent_until?"
          from own
          left join shared on true"#,
        key,
        cost,
        window,
        now.to_sqlx() as _,
        server,
        server_cost,
        server_window,
    )
    .fetch_one(db)
    .await?;
    let server = spent.server_allowed.zip(spent.server_spent_until).map(|(allowed, until)| (allowed, until.to_jiff()));
    Ok(((spent.allowed, spent.spent_until.to_jiff()), server))
}

/// A request that carries an `Idempotency-Key`.
pub(super) struct Request<'a> {
    pub(super) guild: Id<GuildMarker>,
    pub(super) key: &'a str,
    /// A digest of method, address and `Idempotency-Key`.
    pub(super) request: &'a str,
    /// A digest of the body.
    pub(super) body: &'a str,
}

/// What a request was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// Names and values in turn.
    pub(super) headers: Vec<String>,
    /// Nothing is more than is kept.
    pub(super) body: Option<String>,
}

/// What is known of a request that came before.
pub(super) struct Before {
    /// A digest of its body.
    pub(super) body: String,
    /// What it was answered, if it is.
    pub(super) answer: Option<Answer>,
}

/// A request that was taken.
pub(super) struct Began {
    /// When it came first.
    pub(super) at: Timestamp,
    /// Whether it was answered before, and the answer was not kept.
    pub(super) again: bool,
}

/// Takes a request to be answered, until `lease`: one that nobody has seen, that is `forgotten`, whose answer somebody began
/// and did not end, or of which the answer was not kept. Nothing if somebody else has answered it, or is about to.
pub(super) async fn take(
    db: impl PgExecutor<'_>,
    request: &Request<'_>,
    lease: Timestamp,
    forgotten: Timestamp,
    now: Timestamp,
) -> Result<Option<Began>, sqlx::Error> {
    let taken = sqlx::query!(
        r#"insert into api_request as r (guild_id, key_id, request, body, began_at, lease_until)
         values ($1, $2, $3, $4, $5, $6)
             on conflict (guild_id, key_id, request) do update
            set body = excluded.body,
                began_at = case when r.began_at <= $7 then excluded.began_at else r.began_at end,
                lease_until = excluded.lease_until,
                status = case when r.began_at <= $7 then null else r.status end,
                headers = '{}',
                answer = null
          where r.began_at <= $7
             or (r.body = excluded.body and r.answer is null and (r.lease_until is null or r.lease_until <= $5))
      returning began_at, status is not null as "again!""#,
        db_id(request.guild),
        request.key,
        request.request,
        request.body,
        now.to_sqlx() as _,
        lease.to_sqlx() as _,
        forgotten.to_sqlx() as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(taken.map(|taken| Began { at: taken.began_at.to_jiff(), again: taken.again }))
}

/// What is known of a request that somebody else has taken.
pub(super) async fn find(db: impl PgExecutor<'_>, request: &Request<'_>) -> Result<Option<Before>, sqlx::Error> {
    let row = sqlx::query!(
        "select body, status, headers, answer
           from api_request
          where guild_id = $1
            and key_id = $2
            and request = $3",
        db_id(request.guild),
        request.key,
        request.request,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let status = row.status.and_then(|status| u16::try_from(status).ok());
        let answer =
            status.zip(row.answer).map(|(status, body)| Answer { status, headers: row.headers, body: Some(body) });
        Before { body: row.body, answer }
    }))
}

/// Keeps the answer, unless the lease ran out and somebody else took the request.
pub(super) async fn answer(
    db: impl PgExecutor<'_>,
    request: &Request<'_>,
    lease: Timestamp,
    answer: &Answer,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update api_request
            set status = $5,
                headers = $6,
                answer = $7,
                lease_until = null
          where guild_id = $1
            and key_id = $2
            and request = $3
            and lease_until = $4",
        db_id(request.guild),
        request.key,
        request.request,
        lease.to_sqlx() as _,
        i16::try_from(answer.status).unwrap_or(i16::MAX),
        &answer.headers,
        answer.body.as_deref(),
    )
    .execute(db)
    .await
    .map(drop)
}

/// Lets a request be answered anew: it failed.
pub(super) async fn give_back(
    db: impl PgExecutor<'_>,
    request: &Request<'_>,
    lease: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update api_request
            set lease_until = null
          where guild_id = $1
            and key_id = $2
            and request = $3
            and lease_until = $4",
        db_id(request.guild),
        request.key,
        request.request,
        lease.to_sqlx() as _,
    )
    .execute(db)
    .await
    .map(drop)
}

/// Forgets what began before `before`.
pub(super) async fn forget(db: impl PgExecutor<'_>, before: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from api_request where began_at < $1", before.to_sqlx() as _).execute(db).await.map(drop)
}

/// Forgets all answers of each key but the latest `kept`. That these requests were answered stays known.
pub(super) async fn forget_answers(db: impl PgExecutor<'_>, kept: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update api_request
            set answer = null
          where (guild_id, key_id, request) in (
                select guild_id, key_id, request
                  from (select guild_id, key_id, request,
                               row_number() over (partition by key_id order by began_at desc) as nth
                          from api_request
                         where answer is not null) as latest
                 where nth > $1
                )",
        kept,
    )
    .execute(db)
    .await
    .map(drop)
}

/// Forgets allowances that were all there again before `before`: a key without one has all of it.
pub(super) async fn forget_allowances(db: impl PgExecutor<'_>, before: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from api_allowance where spent_until < $1", before.to_sqlx() as _).execute(db).await.map(drop)
}
