//! What tickets cost: `cargo bench --bench tickets`, or one part of it: `cargo bench --bench tickets transcript`; of
//! how many messages can follow.
//!
//! The service runs as processes of its own, Discord is the fake in this one. Claims: what a press asks of the database,
//! and how long it takes. Openings: how many a second when many come at once. A long transcript and large exports: how
//! long they take, and how much memory. A server with a million tickets: how long people wait. Linux only: it reads `/proc`.
#![allow(clippy::print_stdout, clippy::unwrap_used)] // A program for us, run by hand.

mod run;
mod service;

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::ops::Range;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use alphapy::clock::Clock;
use alphapy::dev::fake::{Discord, Person};
use alphapy::dev::{postgres, sample};
use alphapy::{db, discord};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgPool};
use tokio::net::{TcpListener, TcpStream};
use twilight_model::guild::Permissions;

use service::{Process, ask, latencies, percentile, request};

/// Presses whose transactions are counted, within this time; the same time without a press is subtracted.
const COUNTED: u32 = 1000;
const COUNTED_IN: Duration = Duration::from_secs(5);

/// Presses whose statements are read.
const READ: u32 = 10;

const RATE: u32 = 200;
const SECONDS: u32 = 10;

const OPENINGS: usize = 200;

/// Calls a second of a bot: so many each instance allows itself, and Discord all of them together
/// (<https://discord.com/developers/docs/topics/rate-limits#global-rate-limit>).
const CALLS: u32 = 50;

/// A long ticket: so many messages, each as long as Discord lets members write.
const MESSAGES: usize = 25_000;
const CHARS: usize = 2000;

const DESK: &str = "Desk";
const RUSHES: [&str; 2] = ["Rush", "Another rush"];
const CITY: &str = "City";
const ARCHIVES: [(&str, u32); 2] = [("Archive", 100_000), ("Great archive", 1_000_000)];

/// Ids of what is in the database but was never in Discord, to which a ticket's number is added.
const CHANNELS: i64 = 1_600_000_000_000_000_000;
const TICKET_MESSAGES: i64 = 1_700_000_000_000_000_000;
const PRESSES: i64 = 1_800_000_000_000_000_000;

fn main() {
    run::with_postgres(measure);
}

async fn measure(server: &postgres::Server) {
    let stage = Stage::new(server).await;
    let named = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
    let runs = |part: &str| named.as_deref().is_none_or(|named| named == part);
    if runs("claims") {
        stage.claims("no log channel").await;
        {
            let _service = stage.serve();
            stage.olga(DESK).types("/config system set log-channel:#log").await;
            stage.none("log_entry").await;
        }
        stage.claims("a log channel").await;
    }
    if runs("openings") {
        stage.openings(RUSHES[0], false).await;
        stage.openings(RUSHES[1], true).await;
    }
    if runs("transcript") {
        let messages = std::env::args().skip(1).find_map(|arg| arg.parse().ok());
        stage.transcript(messages.unwrap_or(MESSAGES)).await;
    }
    for (guild, rows) in ARCHIVES.into_iter().filter(|_| runs("exports")) {
        stage.export(guild, rows).await;
    }
    if runs("million") {
        stage.million().await;
    }
    let problems = stage.discord.problems();
    assert!(problems.is_empty(), "Discord refused something: {problems:#?}");
}

/// Discord, the database, and how the service reaches both.
struct Stage {
    discord: Discord,
    api: String,
    database_url: String,
    db: PgPool,
    /// What Discord sent when sam claimed the first ticket.
    press: Value,
}

impl Stage {
    /// Servers whose staff works tickets; in the first there is one, which sam has claimed.
    async fn new(server: &postgres::Server) -> Stage {
        let discord = Discord::new(Clock::system());
        discord.set_message_content(true);
        for name in RUSHES.into_iter().chain(ARCHIVES.map(|(name, _)| name)).chain([DESK, CITY]) {
            let guild = discord.guild(name).owner("olga").role("staff", Permissions::empty()).member("sam", &["staff"]);
            let guild = guild.channel("help").channel("log").member("ann", &[]);
            if RUSHES.contains(&name) {
                (0..OPENINGS).fold(guild, |guild, n| guild.member(&member(n), &[]));
            }
        }
        let api = discord.serve().await;
        let database_url = postgres::fresh_database(server, &db::MIGRATOR).await.unwrap();
        let db = PgPool::connect(&database_url).await.unwrap();
        let mut stage = Stage { discord, api, database_url, db, press: Value::Null };
        let registered = stage.command().args(["commands", "register"]).output().unwrap();
        assert!(registered.status.success(), "the commands are not registered");

        let _service = stage.serve();
        for guild in RUSHES.into_iter().chain([DESK]) {
            stage.olga(guild).types("/config tickets set staff-role:@&staff").await;
        }
        let ann = stage.discord.person("ann").in_guild(DESK);
        ann.types("/ticket open").await;
        ann.submits(&[("What is it about?", "My refund")]).await;
        stage.wait(DESK, "not unsettled", 1).await;
        stage.discord.person("sam").in_guild(DESK).in_channel("ticket-1").clicks("Claim").await;
        stage.wait(DESK, "status = 'claimed'", 1).await;
        stage.press = stage.discord.exchanges().pop().unwrap().request;
        stage
    }

    fn command(&self) -> Command {
        let mut command = service::command(&self.database_url, &self.discord);
        command.env("DISCORD_API_BASE", &self.api);
        command
    }

    fn start(&self) -> Process {
        Process::start(self.command(), "BIND")
    }

    /// Starts the service that answers what people do.
    fn serve(&self) -> Process {
        let service = self.start();
        self.answers(service.address);
        service
    }

    fn answers(&self, address: SocketAddr) {
        self.discord.set_endpoint(&format!("http://{address}/interactions"));
    }

    fn olga(&self, guild: &str) -> Person {
        self.discord.person("olga").in_guild(guild)
    }

    fn id(&self, guild: &str) -> i64 {
        self.discord.guild(guild).id().parse().unwrap()
    }

    /// How many tickets of a server are so.
    async fn count(&self, guild: &str, condition: &str) -> i64 {
        let sql = format!("select count(*) from ticket where guild_id = $1 and {condition}");
        sqlx::query_scalar(AssertSqlSafe(sql)).bind(self.id(guild)).fetch_one(&self.db).await.unwrap()
    }

    async fn wait(&self, guild: &str, condition: &str, tickets: i64) {
        let patience = Instant::now() + Duration::from_secs(120);
        while self.count(guild, condition).await != tickets {
            assert!(Instant::now() < patience, "in {guild} there are not {tickets} tickets that are {condition}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Waits until a table of work, or another query, has no rows.
    async fn none(&self, table: &str) {
        let patience = Instant::now() + Duration::from_secs(120);
        let sql = format!("select exists (select from {table})");
        while sqlx::query_scalar(AssertSqlSafe(sql.clone())).fetch_one(&self.db).await.unwrap() {
            assert!(Instant::now() < patience, "there is something in {table}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Adds tickets to a server; returns their numbers.
    async fn insert(&self, guild: &str, tickets: u32, status: &str) -> Range<i64> {
        let guild = self.id(guild);
        let kind = "insert into ticket_type (guild_id, id, name, definition) values ($1, 1, 'Support', '{}')
                    on conflict do nothing";
        sqlx::query(kind).bind(guild).execute(&self.db).await.unwrap();
        let next = "select coalesce(max(number), 0)::bigint + 1 from ticket where guild_id = $1";
        let next: i64 = sqlx::query_scalar(next).bind(guild).fetch_one(&self.db).await.unwrap();
        let numbers = next..next + i64::from(tickets);
        // Values by chance, which pack no better than what people write.
        let sql = "
            insert into ticket (guild_id, number, type_id, user_id, opened_by_user_id, interaction_id, subject, answers,
                                status, opened_at, updated_at, check_at, settle_at, closed_at, closed_by_user_id,
                                close_reason, channel_id, message_id, shown_revision, unsettled)
            select $1, number, 1, 1400000000000000000 + chance, 1400000000000000000 + chance, number,
                   concat_ws(' ', 'Order', chance, (array['is late', 'is not here', 'is broken', 'was charged twice',
                             'cannot be paid', 'has a wrong address', 'is not mine'])[chance % 7 + 1]),
                   '[]'::jsonb, $4::text, opened_at, opened_at, opened_at, opened_at,
                   case $4 when 'closed' then opened_at + chance % 500000 * interval '1 second' end,
                   case $4 when 'closed' then 1500000000000000000 + chance % 20 end,
                   case $4 when 'closed' then concat('See article ', chance % 400) end,
                   $5 + number, $6 + number, 1, false
              from (select number, hashint8(number)::bigint + 2147483648 as chance
                      from generate_series($2, $3 - 1) as number) as numbered,
                   lateral (select now() - chance % 60000000 * interval '1 second' as opened_at) as opening";
        let rows = sqlx::query(sql).bind(guild).bind(numbers.start).bind(numbers.end).bind(status);
        rows.bind(CHANNELS).bind(TICKET_MESSAGES).execute(&self.db).await.unwrap();
        numbers
    }

    /// Presses of Claim on as many new tickets: what sam's client sent, with other ids.
    async fn presses(&self, tickets: u32) -> Vec<Arc<Vec<u8>>> {
        let press = |number: i64| {
            let mut press = self.press.clone();
            let id = |base: i64| json!((base + number).to_string());
            press["id"] = id(PRESSES);
            press["message"]["id"] = id(TICKET_MESSAGES);
            for place in ["/channel_id", "/channel/id", "/message/channel_id"] {
                *press.pointer_mut(place).unwrap() = id(CHANNELS);
            }
            press["data"]["custom_id"] = json!(format!("tickets:{}", json!({"Claim": number})));
            request(&self.discord, &press.to_string())
        };
        self.insert(DESK, tickets, "open").await.map(press).collect()
    }

    async fn claims(&self, with: &str) {
        let idle = self.transactions(&[]).await;
        let pressed = self.transactions(&self.presses(COUNTED).await).await;
        println!("Claim with {with}:");
        println!("  transactions a press               {:.2}", (pressed - idle) as f64 / f64::from(COUNTED));
        for (statement, times) in self.statements(&self.presses(READ).await).await {
            println!("    {:.1} × {statement}", times as f64 / f64::from(READ));
        }

        let (one, other) = (self.start(), self.start());
        let instances = [&one, &other];
        let pings = [service::ping(&self.discord)];
        latencies(&instances, &pings, RATE, 1).await;
        latencies(&instances, &self.presses(RATE).await, RATE, 1).await;
        let presses = self.presses(RATE * SECONDS).await;
        for (what, requests) in [("signed PINGs", &pings[..]), ("claims", &presses)] {
            let times = latencies(&instances, requests, RATE, SECONDS).await;
            let (p50, p99) = (percentile(&times, 50), percentile(&times, 99));
            let label = format!("{what} at {RATE}/s for {SECONDS} s");
            println!("  {label:<34} p50 {p50:.2} ms, p99 {p99:.2} ms (two instances)");
        }
        assert_eq!(self.count(DESK, "status <> 'claimed'").await, 0, "a press was not answered as it should be");
        self.none("log_entry").await;
    }

    /// Transactions from the start to the end of a service that gets these presses, one after another.
    async fn transactions(&self, presses: &[Arc<Vec<u8>>]) -> i64 {
        let before = self.committed().await;
        let service = self.start();
        let end = Instant::now() + COUNTED_IN;
        press(&service, presses).await;
        assert!(Instant::now() < end, "{COUNTED} presses take longer than {COUNTED_IN:?}");
        tokio::time::sleep_until(end.into()).await;
        self.none("log_entry").await;
        drop(service);
        // Its connections tell of all they did when they are gone.
        self.none("pg_stat_activity where datname = current_database() and application_name = 'alphapy'").await;
        self.committed().await - before
    }

    async fn committed(&self) -> i64 {
        let sql = "select xact_commit from pg_stat_database where datname = current_database()";
        sqlx::query_scalar(sql).fetch_one(&self.db).await.unwrap()
    }

    /// Statements that these presses lead to, and how often; what comes but twice belongs to the start of a service.
    async fn statements(&self, presses: &[Arc<Vec<u8>>]) -> Vec<(String, usize)> {
        let mut command = self.command();
        command.env("RUST_LOG", "sqlx::query=debug").env("LOG_FORMAT", "json").stderr(Stdio::piped());
        let mut service = Process::start(command, "BIND");
        let lines = BufReader::new(service.child.stderr.take().unwrap()).lines();
        let reading = std::thread::spawn(move || lines.map_while(Result::ok).collect::<Vec<String>>());
        press(&service, presses).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        self.none("log_entry").await;
        drop(service);
        let mut statements: Vec<(String, usize)> = Vec::new();
        for line in reading.join().unwrap() {
            let logged: Value = serde_json::from_str(&line).unwrap();
            let Some(summary) = logged["summary"].as_str() else { continue };
            match statements.iter_mut().find(|(known, _)| known == summary) {
                Some((_, times)) => *times += 1,
                None => statements.push((summary.to_owned(), 1)),
            }
        }
        statements.retain(|(_, times)| *times > 2);
        statements
    }

    /// As many people open a ticket at once, through two instances; under Discord's limit over all calls, or under that
    /// which each instance keeps by itself.
    async fn openings(&self, guild: &str, limited: bool) {
        let instances = [self.start(), self.start()];
        self.answers(balance(instances.each_ref().map(|instance| instance.address)).await);
        let people: Vec<Person> =
            (0..OPENINGS).map(|n| self.discord.person(&member(n)).in_guild(guild).in_channel("help")).collect();
        for person in &people {
            person.types("/ticket open").await;
        }
        if limited {
            self.discord.limit("*", CALLS, 1.0);
        }
        let known = self.discord.requests().len();
        let began = Instant::now();
        for person in people {
            tokio::spawn(async move { person.submits(&[("What is it about?", "My refund")]).await });
        }
        self.wait(guild, "channel_id is not null", OPENINGS as i64).await;
        let took = began.elapsed();
        self.wait(guild, "not unsettled", OPENINGS as i64).await;
        self.none("job").await;
        let settled = began.elapsed();
        self.discord.limit("*", u32::MAX, 1.0);

        let calls = self.discord.requests().split_off(known);
        let (refused, calls): (Vec<_>, Vec<_>) = calls.into_iter().partition(|call| call.status == Some(429));
        let own = calls.iter().filter(|call| !call.path.starts_with("/webhooks")).count();
        let (calls_each, allowed) = (own as f64 / OPENINGS as f64, if limited { CALLS } else { 2 * CALLS });
        println!("{OPENINGS} openings at once through two instances, {allowed} calls a second in all:");
        println!(
            "  channels                           {:.1}/s, the last after {:.1} s; in the long run the calls allow {:.1}/s",
            OPENINGS as f64 / took.as_secs_f64(),
            took.as_secs_f64(),
            f64::from(allowed) / calls_each
        );
        println!(
            "  everything settled and answered    after {:.1} s, {calls_each:.1} calls a ticket, {} answered 429",
            settled.as_secs_f64(),
            refused.len()
        );
        let sql = "select array_agg(number order by number) from ticket where guild_id = $1";
        let numbers: Vec<i32> = sqlx::query_scalar(sql).bind(self.id(guild)).fetch_one(&self.db).await.unwrap();
        assert_eq!(numbers, (1..=OPENINGS as i32).collect::<Vec<_>>(), "the numbers have gaps");
    }

    /// The first ticket is closed after much was said in it.
    async fn transcript(&self, messages: usize) {
        let service = self.serve();
        let entries = sample::entries().into_iter().flat_map(|(_, entries)| entries);
        let answers: Vec<String> = entries.map(|entry| entry.answer).collect();
        let sentences: Vec<&str> = answers.iter().flat_map(|answer| answer.split_inclusive(". ")).collect();
        for n in 0..messages {
            let author = ["ann", "sam"][n % 2];
            // Each begins elsewhere and goes on with other steps, so that no two are the same.
            let words = (0..).map(|at| sentences[(n * 7 + at * (n % 11 + 1)) % sentences.len()]);
            let mut text = format!("{n}: ");
            for words in words.take_while(|words| !words.is_empty()) {
                text.push_str(words);
                if text.len() >= CHARS {
                    break;
                }
            }
            let text: String = text.chars().take(CHARS).collect();
            self.discord.post(DESK, "ticket-1", author, &text);
        }
        let sam = self.discord.person("sam").in_guild(DESK).in_channel("ticket-1");
        sam.types("/ticket show").await;
        println!("Transcript of {messages} messages of {CHARS} characters:");
        let before = forget_peak(&service);
        let waited = WorstPing::start(&service, service::ping(&self.discord)).await;
        let began = Instant::now();
        sam.types("/ticket close").await;
        self.wait(DESK, "transcribed", 1).await;
        println!(
            "  read and stored                    after {:.1} s; {} pages at {CALLS} calls a second take {:.1} s",
            began.elapsed().as_secs_f64(),
            messages / discord::PAGE,
            messages as f64 / discord::PAGE as f64 / f64::from(CALLS)
        );
        self.wait(DESK, "member_told and not unsettled", 1).await;
        println!("  sent to its member                 after {:.1} s", began.elapsed().as_secs_f64());
        println!("  memory                             {}", peak(&service, before));
        println!("  the worst PING meanwhile           {:.1} ms", waited.end().await);
        let sql = "select sum(octet_length(bytes))::bigint from ticket_transcript_part where guild_id = $1";
        let kept: i64 = sqlx::query_scalar(sql).bind(self.id(DESK)).fetch_one(&self.db).await.unwrap();
        println!("  kept                               {} KiB", kept / 1024);
        let before = forget_peak(&service);
        let waited = WorstPing::start(&service, service::ping(&self.discord)).await;
        let began = Instant::now();
        sam.types("/ticket transcript").await;
        self.none("job").await;
        println!("  /ticket transcript                 after {:.1} s", began.elapsed().as_secs_f64());
        println!("  memory                             {}", peak(&service, before));
        println!("  the worst PING meanwhile           {:.1} ms", waited.end().await);
    }

    /// What people wait for in a server with a million tickets of all states, and three million things that happened.
    async fn million(&self) {
        let service = self.serve();
        let guild = self.id(CITY);
        for status in ["open", "claimed", "waiting_for_user", "escalated", "closed", "archived"] {
            self.insert(CITY, 1_000_000 / 6, status).await;
        }
        let sql = "
            insert into ticket_event (guild_id, number, kind, user_id, happened_at, from_status, to_status)
            select guild_id, number, kind, opened_by_user_id, opened_at + number % 5000 * interval '1 minute',
                   case kind when 'closed' then 'claimed' end, case kind when 'closed' then 'closed' end
              from ticket, unnest(array['opened', 'claimed', 'closed']) as kind
             where guild_id = $1";
        sqlx::query(sql).bind(guild).execute(&self.db).await.unwrap();
        let counter = "insert into ticket_counter (guild_id, last_number) values ($1, 1000000)";
        sqlx::query(counter).bind(guild).execute(&self.db).await.unwrap();
        sqlx::query("vacuum analyze ticket, ticket_event").execute(&self.db).await.unwrap();
        let olga = self.olga(CITY);
        println!("With a million tickets in a server:");
        for _ in 0..2 {
            for line in [
                "/ticket list",
                "/ticket list status:closed",
                "/ticket list mine:true",
                "/ticket list unclaimed:true",
                "/ticket list priority:low",
            ] {
                let began = Instant::now();
                olga.types(line).await;
                println!("  {line:<34} {:.0} ms", began.elapsed().as_secs_f64() * 1000.0);
            }
            for typed in ["", "9", "99999", "late", "nothing like it"] {
                let began = Instant::now();
                olga.suggests(&format!("/ticket show ticket:{typed}")).await;
                println!(
                    "  typing “{typed}” {:>width$.0} ms",
                    began.elapsed().as_secs_f64() * 1000.0,
                    width = 26 - typed.len()
                );
            }
        }
        let began = Instant::now();
        olga.types("/ticket stats").await;
        self.none("job").await;
        println!("  /ticket stats, afterwards          {:.1} s", began.elapsed().as_secs_f64());
        let began = Instant::now();
        olga.clicks("All time").await;
        self.none("job").await;
        println!("  all of the time, afterwards        {:.1} s", began.elapsed().as_secs_f64());
        drop(service);
    }

    async fn export(&self, guild: &str, rows: u32) {
        let began = Instant::now();
        self.insert(guild, rows, "closed").await;
        let inserted = began.elapsed();
        let service = self.serve();
        let olga = self.olga(guild);
        olga.types("/export tickets status:archived").await;
        self.none("job").await;
        let before = forget_peak(&service);
        let began = Instant::now();
        olga.types("/export tickets").await;
        self.none("job").await;
        let took = began.elapsed();
        let shown = olga.messages(None, 1).0.pop().unwrap();
        let sizes: Vec<u64> =
            shown["attachments"].as_array().unwrap().iter().map(|file| file["size"].as_u64().unwrap()).collect();
        println!(
            "/export of {rows} tickets (inserted in {:.0} s): {}",
            inserted.as_secs_f64(),
            shown["content"].as_str().unwrap()
        );
        println!(
            "  packed and sent                    after {:.1} s, {:.0} rows/s; {} files, {:.1} MiB",
            took.as_secs_f64(),
            f64::from(rows) / took.as_secs_f64(),
            sizes.len(),
            sizes.iter().sum::<u64>() as f64 / 1024.0 / 1024.0
        );
        println!("  memory                             {}", peak(&service, before));
    }
}

/// The longest that a PING waits, one after another.
struct WorstPing {
    ended: Arc<AtomicBool>,
    pinging: tokio::task::JoinHandle<f64>,
}

impl WorstPing {
    async fn start(service: &Process, ping: Arc<Vec<u8>>) -> WorstPing {
        let mut stream = TcpStream::connect(service.address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let ended = Arc::new(AtomicBool::new(false));
        let pinging = tokio::spawn({
            let ended = Arc::clone(&ended);
            async move {
                let mut worst_ms: f64 = 0.0;
                while !ended.load(Ordering::Relaxed) {
                    let began = Instant::now();
                    ask(&mut stream, &ping).await;
                    worst_ms = worst_ms.max(began.elapsed().as_secs_f64() * 1000.0);
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                worst_ms
            }
        });
        WorstPing { ended, pinging }
    }

    async fn end(self) -> f64 {
        self.ended.store(true, Ordering::Relaxed);
        self.pinging.await.unwrap()
    }
}

fn member(n: usize) -> String {
    format!("member {n}")
}

/// Sends presses one after another.
async fn press(service: &Process, presses: &[Arc<Vec<u8>>]) {
    let mut stream = TcpStream::connect(service.address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    for press in presses {
        ask(&mut stream, press).await;
    }
}

/// One address for two instances, which get connections in turn.
async fn balance(instances: [SocketAddr; 2]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        for instance in instances.into_iter().cycle() {
            let (mut client, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                let mut service = TcpStream::connect(instance).await.unwrap();
                client.set_nodelay(true).and(service.set_nodelay(true)).unwrap();
                let _ = tokio::io::copy_bidirectional(&mut client, &mut service).await;
            });
        }
    });
    address
}

/// Lets the kernel count a process's peak anew; returns what the process has, in KiB.
fn forget_peak(process: &Process) -> u64 {
    std::fs::write(format!("/proc/{}/clear_refs", process.child.id()), "5").unwrap();
    process.memory_kib("VmRSS")
}

fn peak(process: &Process, before_kib: u64) -> String {
    let peak_kib = process.memory_kib("VmHWM");
    let mib = |kib: u64| kib as f64 / 1024.0;
    format!("{:.1} MiB at most, {:.1} before", mib(peak_kib), mib(before_kib))
}
