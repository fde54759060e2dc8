//! Who comes in at the dashboard, and what browsers are told.

use alphapy::dev::fake::{Answer, Fault};
use axum::http::Method;
use expect_test::expect;
use jiff::SignedDuration;

use crate::browser::Browser;
use crate::support::{AWAY, HOME, Instance, World};

/// A window at the dashboard, in which nobody is logged in.
pub(crate) fn window(desk: &Instance) -> Browser {
    Browser::new(&format!("http://{}", desk.address))
}

/// A window in which somebody has logged in.
pub(crate) async fn logged_in(desk: &Instance, who: &str) -> Browser {
    let mut browser = window(desk);
    logs_in(&mut browser, who).await;
    assert_eq!(browser.status, 200, "{}", browser.html);
    browser
}

/// Goes to Discord and says there who it is.
async fn logs_in(browser: &mut Browser, who: &str) {
    browser.opens("/dashboard/login").await;
    let asked = browser.path();
    browser.posts(&asked, &[("person", who)]).await;
}

fn header<'b>(browser: &'b Browser, name: &str) -> &'b str {
    browser.answered.get(name).map_or("", |value| value.to_str().expect("text"))
}

#[tokio::test]
async fn somebody_logs_in_and_sees_their_servers() {
    let world = World::new().await;
    world.discord.guild("Far Away").owner("olga").member("bob", &[]).without("bot");
    let desk = world.dashboard().await;
    let mut bob = window(&desk);
    bob.opens("/dashboard").await;
    expect![[r#"
        [Skip to the content]
        [Alphapy]
        # Dashboard
        Log in with your Discord account to see your servers here. I ask Discord for your name and the list of your servers, and for nothing else.
        [Log in with Discord]
        (English) (Nederlands)
    "#]].assert_eq(&bob.text());
    assert!(bob.link("Log in with Discord").starts_with("/dashboard/login?to="), "a link, and no form");
    logs_in(&mut bob, "bob").await;
    expect![[r#"
        # Your servers
        - [Harbor]
        - [Night Shift]
        These are your servers as they were when you logged in. If one is missing, log out and in again.
    "#]]
    .assert_eq(&bob.main());
    // Only who manages a server is asked to invite.
    let olga = logged_in(&desk, "olga").await;
    expect![[r#"
        # Your servers
        - [Harbor]
        ## Servers without me
        You manage these servers, and I am not in them yet.
        - Far Away[Invite me Far Away]
        These are your servers as they were when you logged in. If one is missing, log out and in again.
    "#]]
    .assert_eq(&olga.main());
    let invite = olga.link("Invite me Far Away");
    let far = world.discord.guild("Far Away").id();
    assert!(invite.contains("scope=bot") && invite.contains(&format!("&guild_id={far}&")), "{invite}");
}

#[tokio::test]
async fn whoever_comes_to_a_page_first_goes_on_there() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    let mut ada = window(&desk);
    let page = format!("/dashboard/{}/settings?group=system", world.guild(HOME));
    ada.opens(&page).await;
    assert!(ada.path().starts_with("/dashboard?to="), "{}", ada.path());
    ada.follows("Log in with Discord").await;
    let asked = ada.path();
    ada.posts(&asked, &[("person", "ada")]).await;
    assert_eq!((ada.status, ada.path()), (200, page));
    // Nobody is sent to another site by it.
    let mut ada = window(&desk);
    ada.opens("/dashboard/login?to=https://evil.example").await;
    let asked = ada.path();
    ada.posts(&asked, &[("person", "ada")]).await;
    assert_eq!((ada.status, ada.path().as_str()), (200, "/dashboard"));
    // Who set something before is nobody whom Discord knows.
    world.discord.take_problems();
}

#[tokio::test]
async fn a_login_that_somebody_else_began_is_refused() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    // Somebody sends ann the address with which they would come back themselves.
    let mut eve = window(&desk);
    eve.opens("/dashboard/login").await;
    let begun = eve.cookie("alphapy-login").expect("it is kept").to_owned();
    let asked = eve.path();
    let state = asked.split('&').find_map(|pair| pair.strip_prefix("state=")).expect("a state").to_owned();
    assert!(asked.contains("code_challenge_method=S256") && asked.contains("scope=identify+guilds"), "{asked}");
    let back = |code: &str, state: &str, iss: &str| format!("/dashboard/login/back?code={code}&state={state}{iss}");
    let iss = "&iss=https%3A%2F%2Fdiscord.com";
    let refused = async |address: &str, cookie: Option<&str>| {
        let mut ann = window(&desk);
        if let Some(cookie) = cookie {
            ann.set_cookie("alphapy-login", cookie);
        }
        ann.opens(address).await;
        assert_eq!(ann.status, 400, "{address}: {}", ann.text());
        assert!(ann.cookie("alphapy").is_none(), "{address}");
        ann.main()
    };
    let again = expect![[r#"
        # That did not work
        This login is no longer good; log in again.
        [To your servers]
    "#]];
    again.assert_eq(&refused(&back("x", &state, iss), None).await);
    let mut ann = window(&desk);
    ann.opens("/dashboard/login").await;
    let own = ann.cookie("alphapy-login").expect("it is kept").to_owned();
    again.assert_eq(&refused(&back("x", &state, iss), Some(&own)).await);
    again.assert_eq(&refused(&back("x", &state, ""), Some(&begun)).await);
    again.assert_eq(&refused(&back("x", &state, "&iss=https%3A%2F%2Fother.example"), Some(&begun)).await);
    let denied = |iss: &str| format!("/dashboard/login/back?error=access_denied&state={state}{iss}");
    again.assert_eq(&refused(&denied(""), Some(&begun)).await);
    expect![[r#"
        # That did not work
        You told Discord not to let me know who you are, so you are not logged in.
        [To your servers]
    "#]]
    .assert_eq(&refused(&denied(iss), Some(&begun)).await);
    let asked = || world.discord.requests().iter().filter(|it| it.path.contains("oauth2/token")).count();
    assert_eq!(asked(), 0, "nothing of that is asked of Discord");
    // All is as it should be, but for the code.
    again.assert_eq(&refused(&back("x", &state, iss), Some(&begun)).await);
    assert_eq!(asked(), 1);
    world.clock.advance(SignedDuration::from_mins(11));
    again.assert_eq(&refused(&back("x", &state, iss), Some(&begun)).await);
    assert_eq!(asked(), 1, "it took too long");
    world.discord.take_problems();
}

#[tokio::test]
async fn a_client_secret_that_is_wrong_is_the_operators_affair() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    world.discord.fault(Fault::on(Method::POST, "oauth2/token").answers(Answer::Status(401, serde_json::json!({}))));
    let mut ada = window(&desk);
    logs_in(&mut ada, "ada").await;
    assert_eq!(ada.status, 500);
    expect![[r#"
        # That did not work
        Sorry, something went wrong on my side.
        [To your servers]
    "#]]
    .assert_eq(&ada.main());
    let errors = world.takes_errors();
    assert!(errors.len() == 1 && errors[0].contains("DISCORD_CLIENT_SECRET"), "{errors:?}");
    // Discord is away.
    world.discord.fault(Fault::on(Method::POST, "oauth2/token").answers(Answer::Status(502, serde_json::json!({}))));
    logs_in(&mut ada, "ada").await;
    assert_eq!(ada.status, 503);
}

#[tokio::test]
async fn a_session_is_a_digest_and_ends() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    let token = ada.cookie("alphapy").expect("she is logged in").to_owned();
    assert_eq!(token.find('.'), Some(43), "256 bits, and what they are sealed with");
    let rows: Vec<String> = sqlx::query_scalar("select web_session::text from web_session")
        .fetch_all(&world.db().await)
        .await
        .expect("rows");
    assert!(rows.len() == 1 && !rows[0].contains(&token) && !rows[0].contains("access."), "{rows:?}");
    assert!(rows[0].contains("Firefox, Linux"), "{rows:?}");
    // Who is here every day stays, but not for ever.
    for _ in 0..14 {
        world.clock.advance(SignedDuration::from_hours(2 * 24));
        ada.opens("/dashboard/logins").await;
        assert_eq!(ada.path(), "/dashboard/logins");
    }
    world.clock.advance(SignedDuration::from_hours(2 * 24));
    ada.opens("/dashboard/logins").await;
    assert_eq!(ada.path(), "/dashboard?to=%2Fdashboard%2Flogins");
    // Who is not here for three days is logged out, and nothing of it is left.
    let mut bob = logged_in(&desk, "bob").await;
    world.clock.advance(SignedDuration::from_hours(3 * 24));
    bob.opens("/dashboard/logins").await;
    assert_eq!(bob.path(), "/dashboard?to=%2Fdashboard%2Flogins");
    world.a_minute_passes().await;
    let left: i64 =
        sqlx::query_scalar("select count(*) from web_session").fetch_one(&world.db().await).await.expect("a number");
    assert_eq!(left, 0);
}

#[tokio::test]
async fn somebody_logs_out_here_and_everywhere() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    let (mut here, mut there) = (logged_in(&desk, "ada").await, logged_in(&desk, "ada").await);
    let mut bob = logged_in(&desk, "bob").await;
    here.opens("/dashboard/logins").await;
    expect![[r#"
        # Where you are logged in
        Nobody else can see this. If you do not know one of these, log out everywhere.
        | Browser | Logged in | Last here |
        | Firefox, Linux | Mon 1 Mar 2027, 09:00 | Mon 1 Mar 2027, 09:00 |
        | Firefox, Linux | Mon 1 Mar 2027, 09:00 | Mon 1 Mar 2027, 09:00 |
        (Log out everywhere)
    "#]]
    .assert_eq(&here.main());
    let old = here.cookie("alphapy").expect("she is logged in").to_owned();
    here.presses("Log out").await;
    expect![[r#"
        # Dashboard
        You are logged out.
        Log in with your Discord account to see your servers here. I ask Discord for your name and the list of your servers, and for nothing else.
        [Log in with Discord]
    "#]].assert_eq(&here.main());
    here.set_cookie("alphapy", &old);
    here.opens("/dashboard/logins").await;
    assert!(here.path().starts_with("/dashboard?to="), "the token is worth nothing any more");
    there.opens("/dashboard/logins").await;
    assert_eq!(there.path(), "/dashboard/logins");
    let mut here = logged_in(&desk, "ada").await;
    here.opens("/dashboard/logins").await;
    here.presses("Log out everywhere").await;
    for browser in [&mut here, &mut there] {
        browser.opens("/dashboard/logins").await;
        assert!(browser.path().starts_with("/dashboard?to="));
    }
    bob.opens("/dashboard/logins").await;
    assert_eq!(bob.path(), "/dashboard/logins", "bob is somebody else");
    // Of many logins the oldest are given up.
    for _ in 0..10 {
        world.clock.advance(SignedDuration::from_secs(1));
        logged_in(&desk, "bob").await;
    }
    bob.opens("/dashboard/logins").await;
    assert!(bob.path().starts_with("/dashboard?to="));
}

#[tokio::test]
async fn browsers_are_told_what_not_to_do() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    let settings = format!("/dashboard/{}/settings", world.guild(HOME));
    for path in ["/dashboard", "/dashboard/logins", &settings, "/dashboard/1/nothing", "/dashboard/login/back"] {
        ada.opens(path).await;
        let policy = header(&ada, "content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{path}: {policy}");
        assert!(
            !policy.contains("unsafe") && policy.contains("form-action 'self'; frame-ancestors 'none'"),
            "{policy}"
        );
        let told = ["x-content-type-options", "cache-control", "cross-origin-opener-policy", "referrer-policy"];
        let told = told.map(|name| header(&ada, name));
        assert_eq!(told, ["nosniff", "no-store", "same-origin", "same-origin"], "{path}");
        assert!(
            !ada.html.contains("style=") && !ada.html.contains("<script>") && !ada.html.contains("\" on"),
            "{path}"
        );
    }
    let style = ada.html.split("/dashboard/style.css?").nth(1).and_then(|it| it.split('"').next()).expect("a style");
    ada.opens(&format!("/dashboard/style.css?{style}")).await;
    assert_eq!((ada.status, header(&ada, "content-type")), (200, "text/css; charset=utf-8"));
    world.discord.take_problems();
}

#[tokio::test]
async fn a_form_of_another_site_does_nothing() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    for foreign in
        [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")]
    {
        ada.headers.push((foreign.0, foreign.1.to_owned()));
        ada.headers.push(("origin", "https://evil.example".to_owned()));
        ada.posts("/dashboard/logins/end", &[]).await;
        assert_eq!(ada.status, 403, "{foreign:?}");
        assert!(!ada.html.contains("ada"), "who is logged in is nobody's affair");
        ada.headers.truncate(2);
    }
    expect![[r#"
        # Not for you
        That form came from another site, so nothing was done. Open the page here and try again.
        [To your servers]
    "#]]
    .assert_eq(&ada.main());
    ada.opens("/dashboard/logins").await;
    assert_eq!(ada.path(), "/dashboard/logins", "she is still logged in");
}

#[tokio::test]
async fn what_is_not_theirs_is_not_there() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    let asked = world.discord.requests().len();
    let away = world.guild(AWAY);
    let mut seen = Vec::new();
    for guild in [away.to_string(), "123".to_owned(), "0".to_owned(), "x".to_owned()] {
        for path in [format!("/dashboard/{guild}"), format!("/dashboard/{guild}/settings")] {
            ada.opens(&path).await;
            assert_eq!(ada.status, 404, "{path}");
            seen.push(ada.main());
        }
    }
    seen.dedup();
    assert_eq!(seen.len(), 1, "nothing tells which of these there are");
    expect![[r#"
        # Not found
        You are not in such a server, or I am not. If you joined it just now, log out and in again.
        [To your servers]
    "#]]
    .assert_eq(&seen[0]);
    assert_eq!(world.discord.requests().len(), asked, "Discord is not asked for what anybody types");
    // A member of the server is no admin.
    let mut bob = logged_in(&desk, "bob").await;
    bob.opens(&format!("/dashboard/{}/settings", world.guild(HOME))).await;
    assert_eq!(bob.status, 403);
    expect![[r#"
        # Not for you
        You may not see this page in this server; ask an admin if you should.
        [To your servers]
    "#]]
    .assert_eq(&bob.main());
    bob.opens(&format!("/dashboard/{}/nothing", world.guild(HOME))).await;
    assert_eq!(bob.status, 404);
}

#[tokio::test]
async fn who_loses_their_role_has_lost_it_within_the_minute() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    let mut mia = logged_in(&desk, "mia").await;
    let settings = format!("/dashboard/{}/settings", world.guild(HOME));
    mia.opens(&settings).await;
    assert_eq!(mia.status, 200);
    world.discord.guild(HOME).without_role("mia", "keepers");
    desk.bot.app.discord.forget_members();
    mia.opens(&settings).await;
    assert_eq!(mia.status, 403);
    // Who leaves sees nothing of the server.
    world.discord.guild(HOME).without("mia");
    desk.bot.app.discord.forget_members();
    mia.opens(&settings).await;
    assert_eq!(mia.status, 404);
    // And while Discord says nothing, nobody sees anything.
    let mut ada = logged_in(&desk, "ada").await;
    desk.bot.app.discord.forget_members();
    world.discord.fault(Fault::on(Method::GET, "members").times(9).answers(Answer::Status(503, serde_json::json!({}))));
    ada.opens(&settings).await;
    assert_eq!(ada.status, 503);
    expect![[r#"
        # That did not work
        Discord does not tell me at the moment what you may see; try again in a minute.
        [To your servers]
    "#]]
    .assert_eq(&ada.main());
    world.discord.clear_faults();
    world.discord.take_problems();
    world.discord.screen();
}

#[tokio::test]
async fn pages_are_in_the_language_of_their_reader() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    let mut ada = window(&desk);
    ada.headers[0].1 = "nl-BE,nl;q=0.9,en;q=0.8".to_owned();
    ada.opens("/dashboard").await;
    expect![[r#"
        [Naar de inhoud]
        [Alphapy]
        # Dashboard
        Log in met je Discord-account om hier je servers te zien. Ik vraag Discord om je naam en de lijst van je servers, en verder niets.
        [Inloggen met Discord]
        (English) (Nederlands)
    "#]].assert_eq(&ada.text());
    assert!(ada.html.contains("<html lang=\"nl\">"));
    ada.presses("English").await;
    assert!(ada.text().contains("Log in with Discord"), "what was chosen counts");
    ada.presses("Nederlands").await;
    assert!(ada.text().contains("Inloggen met Discord"));
}

#[tokio::test]
async fn without_its_variables_there_is_no_dashboard() {
    let world = World::new().await;
    let mut ada = Browser::new(&format!("http://{}", world.bot.address));
    ada.opens("/dashboard").await;
    assert_eq!(ada.status, 404);
}

#[tokio::test]
async fn who_is_in_a_timeout_does_nothing_here() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    let (mut bob, mut ada) = (logged_in(&desk, "bob").await, logged_in(&desk, "ada").await);
    let reminders = format!("/dashboard/{}/reminders", world.guild(HOME));
    bob.opens(&reminders).await;
    assert_eq!(bob.status, 200, "{}", bob.text());
    for who in ["bob", "ada"] {
        world.discord.guild("Harbor").time_out(who, SignedDuration::from_hours(1));
    }
    world.clock.advance(SignedDuration::from_mins(1));
    // What was believed of members is asked anew.
    desk.bot.app.discord.forget_members();
    bob.opens(&reminders).await;
    expect![[r#"
        # Not for you
        You are in a timeout on this server until Mon 1 Mar 2027, 11:00. Try again then.
        [To your servers]
    "#]]
    .assert_eq(&bob.main());
    ada.opens(&reminders).await;
    assert_eq!(ada.status, 200, "nothing silences administrators: {}", ada.text());
}

#[tokio::test]
async fn what_somebody_makes_up_is_not_believed() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    let mut eve = window(&desk);
    // Base64 of "Hello".
    eve.set_cookie("alphapy-said", "SGVsbG8");
    eve.opens("/dashboard").await;
    assert!(!eve.html.contains("Hello"), "{}", eve.html);
    let ada = logged_in(&desk, "ada").await;
    let (random, _) = ada.cookie("alphapy").and_then(|token| token.split_once('.')).expect("it is sealed");
    for token in [random.to_owned(), format!("{random}."), format!("{random}.{random}")] {
        eve.set_cookie("alphapy", &token);
        eve.opens("/dashboard/logins").await;
        assert!(eve.path().starts_with("/dashboard?to="), "{token}: {}", eve.path());
    }
}

#[tokio::test]
async fn a_form_that_is_too_long_is_said_to_be() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    ada.posts(&format!("/dashboard/{}/settings/system", world.guild(HOME)), &[("x", &"x".repeat(70_000))]).await;
    assert_eq!(ada.status, 413);
    expect![[r#"
        # That did not work
        That form is longer than 64 kB, so nothing was done. Shorten it and send it again.
        [To your servers]
    "#]]
    .assert_eq(&ada.main());
}

#[tokio::test]
async fn a_browser_has_one_page_after_the_other_and_few_wait() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    let (ada, mut bob) = (logged_in(&desk, "ada").await, logged_in(&desk, "bob").await);
    let address = format!("http://{}/dashboard", desk.address);
    let cookie = format!("alphapy={}", ada.cookie("alphapy").expect("she is logged in"));
    world.discord.fault(Fault::on(Method::GET, "users/@me/guilds").times(1).answers(Answer::Hang));
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let open = || client.get(&address).header("cookie", &cookie).send();
    let mut answers: Vec<_> = Vec::new();
    let all = futures_util::future::join_all((0..12).map(|_| open())).await;
    for answer in all {
        answers.push(answer.expect("an answer").status().as_u16());
    }
    answers.sort_unstable();
    // One waits for Discord, eight wait for that, and the rest is told to.
    assert_eq!(answers.iter().filter(|status| **status == 429).count(), 3, "{answers:?}");
    bob.opens("/dashboard").await;
    assert_eq!(bob.status, 200, "others are not concerned");
    world.discord.take_problems();
}
