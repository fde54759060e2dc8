//! A stale reference locks nobody out, and what the bot lacks is said by its name before it matters.

use alphapy::acting::{Acting, Origin, Refusal as _};
use alphapy::features::tickets::model::answers::Given;
use alphapy::features::tickets::model::workflow::Step;
use alphapy::features::tickets::model::{Definition, KindChange, KindPeople, KindTexts};
use alphapy::features::tickets::operations::kinds::Named;
use alphapy::features::tickets::operations::look::Kept;
use alphapy::features::tickets::operations::open::{self, Asked, Request};
use alphapy::features::tickets::operations::{kinds, look, step};
use alphapy::features::tickets::settings::Settings;
use alphapy::features::tickets::store::By;
use alphapy::operations::settings::{self as operations, Warning};
use alphapy::settings::Declared;
use twilight_model::guild::Permissions;

use crate::support::{HOME, World, code};

async fn desk() -> World {
    let world = World::new().await;
    world.discord.guild(HOME).role("staff", Permissions::empty()).member("sam", &["staff"]).category("Desk");
    world.types("ada", "/config tickets set category:#Desk staff-role:@&staff").await;
    world.screen().await;
    world
}

/// A second kind, so that there is something to choose, with an emoji of the server's own.
async fn second_kind(world: &World, emoji: &str) -> Result<i32, String> {
    let ada = world.comes("ada", world.guild(HOME), "tickets", Vec::new(), Origin::Routine).await;
    let definition = Definition { emoji: emoji.to_owned(), ..Definition::default() };
    match kinds::add(world.app(), &ada, "Billing", definition).await {
        Ok(kind) => Ok(kind.id),
        failed => Err(code(failed).to_owned()),
    }
}

#[tokio::test]
async fn an_emoji_that_was_deleted_is_left_out_and_named_to_the_admin() {
    let world = desk().await;
    world.discord.guild(HOME).emoji("ok", 77);
    let id = second_kind(&world, "<:ok:77>").await.expect("added");
    world.types("ada", "/ticket panel channel:#help").await;
    world.types("ann", "/ticket open").await;
    assert!(world.screen().await.contains("ok Billing"));
    world.discord.guild(HOME).remove_emoji(77);
    world.forgets_emojis();
    world.types("ann", "/ticket open").await;
    let screen = world.screen().await;
    assert!(screen.contains("Billing") && !screen.contains("ok Billing"), "{screen}");
    world.types("ada", "/ticket types").await;
    let screen = world.screen().await;
    assert!(
        screen.contains("⚠️ Billing: this server has no emoji :ok: any more, so it is shown without one."),
        "{screen}"
    );
    // The panel is shown again, without it; what was not touched of the kind may stay.
    let ada = world.comes("ada", world.guild(HOME), "tickets", Vec::new(), Origin::Routine).await;
    let texts = |emoji: &str| {
        KindChange::Texts(KindTexts {
            name: "Bills".to_owned(),
            emoji: emoji.to_owned(),
            description: String::new(),
            opening: String::new(),
            naming: String::new(),
        })
    };
    kinds::change(world.app(), &ada, id, texts("<:ok:77>")).await.expect("the emoji is as it was");
    assert_eq!(code(kinds::change(world.app(), &ada, id, texts("<:no:78>")).await), "unknown_emoji");
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("[Bills]"), "{screen}");
}

#[tokio::test]
async fn an_emoji_of_another_server_is_refused() {
    let world = desk().await;
    assert_eq!(second_kind(&world, "<:no:78>").await, Err("unknown_emoji".to_owned()));
    world.discord.guild(HOME).emoji("new", 79);
    // One that was added a moment ago counts.
    second_kind(&world, "<:new:79>").await.expect("added");
}

#[tokio::test]
async fn a_staff_role_that_was_deleted_keeps_no_ticket_from_opening() {
    let world = desk().await;
    world.types("ada", "/config system set log-channel:#general").await;
    world.discord.guild(HOME).remove_role("staff");
    world.types("ann", "/ticket open").await;
    world.submits("ann", &[("What is it about?", "My refund")]).await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("Your ticket #1 is open"), "{screen}");
    assert!(screen.contains("A role that works these tickets was deleted"), "{screen}");
    world.types("ada", "/config show group:tickets").await;
    let screen = world.screen().await;
    assert!(screen.contains("⚠️") && screen.contains("staff-role"), "{screen}");
    world.discord.take_problems();
}

#[tokio::test]
async fn what_the_bot_lacks_is_said_by_its_name() {
    let world = World::new().await;
    world.discord.guild(HOME).category("Desk");
    let denied = Permissions::ATTACH_FILES;
    world.discord.guild(HOME).overwrite("Desk", "bot", Permissions::empty(), denied);
    world.types("ada", "/config tickets set category:#Desk").await;
    let screen = world.screen().await;
    assert!(screen.contains("**Attach Files**"), "{screen}");
    world.discord.guild(HOME).overwrite("Desk", "bot", denied, Permissions::empty());
    world.types("ada", "/config tickets set category:#Desk").await;
    world.screen().await;
    world.discord.guild(HOME).overwrite("Desk", "bot", Permissions::empty(), denied);
    let declared = Declared::of::<Settings>();
    let ada = world.comes("ada", world.guild(HOME), "config", Vec::new(), Origin::Routine).await;
    let lacks = operations::faults(world.app(), &ada, &declared).await.expect("looked").lacks;
    assert_eq!(lacks.iter().map(|it| it.field.name).collect::<Vec<_>>(), ["category"]);
    world.types("ada", "/config show group:tickets").await;
    let screen = world.screen().await;
    assert!(screen.contains("⚠️") && screen.contains("**Attach Files**"), "{screen}");
}

#[tokio::test]
async fn threads_are_not_opened_where_their_member_cannot_see_them() {
    let world = desk().await;
    let guild = world.discord.guild(HOME);
    guild.channel("hidden").overwrite("hidden", "@everyone", Permissions::empty(), Permissions::VIEW_CHANNEL);
    world.discord.guild(HOME).overwrite("hidden", "bot", Permissions::VIEW_CHANNEL, Permissions::empty());
    let guild = world.discord.guild(HOME).role("crew", Permissions::empty());
    guild.overwrite("hidden", "crew", Permissions::VIEW_CHANNEL, Permissions::empty());
    let ada = world.comes("ada", world.guild(HOME), "tickets", Vec::new(), Origin::Routine).await;
    let place = Some(world.channel("#hidden"));
    let definition = Definition { place, ..Definition::default() };
    assert_eq!(code(kinds::add(world.app(), &ada, "Hidden", definition).await), "unseen_place");
    // Some see it; but tickets are opened for others, too.
    let definition = Definition { place, required_roles: vec![world.role("crew")], ..Definition::default() };
    let kind = kinds::add(world.app(), &ada, "Crew", definition).await.expect("added");
    // No more is wanted than that: a category's channels are made for their members, whoever sees the category.
    let guild = world.discord.guild(HOME).category("Attic");
    guild.overwrite("Attic", "@everyone", Permissions::empty(), Permissions::VIEW_CHANNEL);
    world.discord.guild(HOME).overwrite("Attic", "bot", Permissions::VIEW_CHANNEL, Permissions::empty());
    let definition = Definition { place: Some(world.channel("#Attic")), ..Definition::default() };
    kinds::add(world.app(), &ada, "Attic", definition).await.expect("added");
    // Who may open one is not changed unless it was looked at who sees the place.
    let people = |required: &[&str]| {
        let required = required.iter().map(|role| world.role(role)).collect();
        KindChange::People(KindPeople { place, staff: Vec::new(), required, blocked: Vec::new() })
    };
    let change = async |named: &Named, required: &[&str]| {
        let people = people(required);
        kinds::change_as(world.app(), &ada, kind.id, named, |_| Ok(people)).await
    };
    let of_staff = Named { others: vec![world.role("staff")], ..Named::default() };
    assert_eq!(code(change(&of_staff, &["staff"]).await), "unknown_channel");
    assert_eq!(code(change(&Named::default(), &[]).await), "unknown_channel");
    assert_eq!(code(change(&Named { place, ..of_staff.clone() }, &["staff"]).await), "unseen_place");
    assert_eq!(code(change(&Named { place, ..Named::default() }, &[]).await), "unseen_place");
    change(&Named { place, ..of_staff }, &["staff", "crew"]).await.expect("some of them see it");
    let sam = world.comes("sam", world.guild(HOME), "tickets", vec![world.role("staff")], Origin::Routine).await;
    let kind = open::find_kind(world.app(), &sam, kind.id).await.expect("it is there");
    let asked = Asked::Questions(Vec::new());
    let request = Request { kind, user: Some(world.user("bob")), asked };
    let ready = open::prepare(world.app(), &sam, request).await.expect("it may");
    let opened = open::open(world.app(), &sam, &ready).await.expect("opened");
    world.settle().await;
    world.types("ada", &format!("/ticket show ticket:{}", opened.number)).await;
    let screen = world.screen().await;
    assert!(screen.contains("The member does not see #hidden"), "{screen}");
    assert!(!screen.contains("who does not see its channel"), "{screen}");
}

#[tokio::test]
async fn a_role_is_not_wanted_and_barred_at_once() {
    let world = desk().await;
    let ada = world.comes("ada", world.guild(HOME), "tickets", Vec::new(), Origin::Routine).await;
    let staff = world.role("staff");
    let definition = Definition { required_roles: vec![staff], blocked_roles: vec![staff], ..Definition::default() };
    assert_eq!(code(kinds::add(world.app(), &ada, "Both", definition).await), "role_both_ways");
}

#[tokio::test]
async fn nobody_opens_a_ticket_for_a_bot_or_with_five_channels_left() {
    let world = desk().await;
    let app = world.app();
    // What one brings along in time is not good for ever.
    let staff =
        async || world.comes("sam", world.guild(HOME), "tickets", vec![world.role("staff")], Origin::Routine).await;
    let member = async || world.comes("ann", world.guild(HOME), "tickets", Vec::new(), Origin::Routine).await;
    let asked = || Asked::Questions(vec![(1, Given::Text("Help".to_owned()))]);
    let prepared = async |acting: &Acting, user| {
        let kind = open::list_kinds(app, acting).await.expect("kinds")[0].clone();
        open::prepare(app, acting, Request { kind, user, asked: asked() }).await
    };
    let bot = Some(app.discord.own_user());
    assert_eq!(code(prepared(&staff().await, bot).await), "for_bot");
    for _ in 0..5 {
        let ann = member().await;
        let ready = prepared(&ann, None).await;
        let opened = open::open(app, &ann, &ready.expect("she may")).await.expect("opened");
        world.settle().await;
        let sam = staff().await;
        let ticket = step::find_to_take(app, &sam, By::Number(opened.number)).await.expect("it is there");
        // What stays of one of which the channel cannot be read any more is told before it is deleted.
        assert_eq!(look::kept_of(app, &sam, &ticket).await.expect("they may know"), Kept::Everything);
        step::take(app, &sam, ticket, Step::Close { reason: String::new(), why: None }).await.expect("closed");
        world.settle().await;
    }
    assert_eq!(code(prepared(&member().await, None).await), "channels_left");
    world.screen().await;
}

#[tokio::test]
async fn a_kind_whose_roles_were_all_deleted_is_open_to_everybody_and_named_to_the_admin() {
    let world = desk().await;
    world.types("ada", "/config system set log-channel:#general").await;
    world.discord.guild(HOME).role("buyers", Permissions::empty()).role("vips", Permissions::empty());
    let ada = world.comes("ada", world.guild(HOME), "tickets", Vec::new(), Origin::Routine).await;
    let required_roles = vec![world.role("buyers"), world.role("vips")];
    kinds::add(world.app(), &ada, "Orders", Definition { required_roles, ..Definition::default() }).await.expect("new");
    let opens = async |who: &str| {
        world.types(who, "/ticket open kind:Orders").await;
        world.settle().await;
        world.screen().await
    };
    assert!(opens("ann").await.contains("is for"), "she has none of its roles");
    // While one is left, the others are only named.
    world.discord.guild(HOME).remove_role("buyers");
    assert!(opens("ann").await.contains("is for"), "she has none of its roles");
    world.types("ada", "/ticket types").await;
    assert!(world.screen().await.contains("⚠️ Orders: one of its roles was deleted."));
    world.discord.guild(HOME).remove_role("vips");
    world.types("ada", "/ticket types").await;
    let screen = world.screen().await;
    assert!(screen.contains("⚠️ Orders: every role that could open it was deleted, so everybody may"), "{screen}");
    assert!(!screen.contains("one of its roles was deleted"), "it is said once: {screen}");
    let screen = opens("ann").await;
    assert!(screen.contains("Your ticket #1 is open"), "{screen}");
    assert!(screen.contains("⚠️ Every role that could open it was deleted, so everybody may"), "{screen}");
    world.discord.take_problems();
}

#[tokio::test]
async fn a_channel_for_threads_is_one_that_members_see() {
    let world = desk().await;
    let (nobody, view) = (Permissions::empty(), Permissions::VIEW_CHANNEL);
    let home = || world.discord.guild(HOME);
    home().channel("hidden").overwrite("hidden", "@everyone", nobody, view).overwrite("hidden", "bot", view, nobody);
    home().overwrite("hidden", "staff", view, nobody).overwrite("hidden", "keepers", view, nobody);
    world.types("ada", "/config tickets set thread-channel:#hidden").await;
    let screen = world.screen().await;
    assert!(screen.contains("Members do not see #hidden, so none of them would see a ticket there"), "{screen}");
    // Who has read the rules is a member.
    home().role("verified", nobody).overwrite("hidden", "verified", view, nobody);
    world.clock.advance(jiff::SignedDuration::from_secs(10));
    world.types("ada", "/config tickets set thread-channel:#help").await;
    world.screen().await;
    world.types("ada", "/config show group:tickets").await;
    assert!(!world.screen().await.contains("Members do not see"));
    home().overwrite("help", "@everyone", nobody, view).overwrite("help", "bot", view, nobody);
    let ada = world.comes("ada", world.guild(HOME), "config", Vec::new(), Origin::Routine).await;
    let other = world.another_instance().await;
    let declared = Declared::of::<Settings>();
    let lacks = operations::faults(&other.bot.app, &ada, &declared).await.expect("looked").lacks;
    assert_eq!(
        lacks.iter().map(|it| (it.field.name, it.why.code())).collect::<Vec<_>>(),
        [("thread_channel", "unseen_channel")]
    );
}

#[tokio::test]
async fn between_two_tickets_of_a_member_goes_a_moment() {
    let world = desk().await;
    world.sets::<Settings>("pause_between", None).await;
    world.types("ada", "/config show group:tickets").await;
    assert!(world.screen().await.contains("pause-between"), "it is stated");
    let second = second_kind(&world, "").await.expect("added");
    let opens = async |who: &str, kind: i32| {
        let roles = if who == "sam" { vec![world.role("staff")] } else { Vec::new() };
        let acting = world.comes(who, world.guild(HOME), "tickets", roles, Origin::Routine).await;
        let kind = open::find_kind(world.app(), &acting, kind).await.expect("it is there");
        let asked = kind.kind().definition.questions.iter().map(|it| (it.id, Given::Text("Help".to_owned()))).collect();
        let request = Request { kind, user: None, asked: Asked::Questions(asked) };
        let ready = open::prepare(world.app(), &acting, request).await?;
        open::open(world.app(), &acting, &ready).await
    };
    opens("ann", 1).await.expect("her first");
    // Of another kind too, also once the first is closed; others, and the staff, do not wait.
    assert_eq!(code(opens("ann", second).await), "just_opened");
    opens("bob", second).await.expect("his first");
    opens("sam", 1).await.expect("he works here");
    opens("sam", second).await.expect("he works here");
    world.clock.advance(jiff::SignedDuration::from_secs(60));
    opens("ann", second).await.expect("a minute has gone by");
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn that_a_role_hears_nothing_when_it_is_called_is_said_before_it_has_to() {
    let world = World::new().await;
    let guild = world.discord.guild(HOME).category("Desk").channel("threads").channel("alarms");
    guild.role("staff", Permissions::empty()).role("bosses", Permissions::empty()).mentionable("bosses");
    world.types("ada", "/config tickets set category:#Desk staff-role:@&staff escalation-role:@&bosses").await;
    let screen = world.screen().await;
    let silent = "Nobody with @staff is notified when I mention it: let everybody mention that role in the server's \
                  settings, or give me **Mention @everyone, @here and All Roles**.";
    assert_eq!(screen.matches("is notified").count(), 1, "{screen}");
    assert!(screen.contains(silent), "{screen}");
    world.types("ada", "/config show group:tickets").await;
    assert!(world.screen().await.contains(silent));
    // In threads their channel counts, and where others are called that one.
    world.discord.guild(HOME).overwrite("threads", "bot", Permissions::MENTION_EVERYONE, Permissions::empty());
    world.types("ada", "/config reset setting:tickets category").await;
    world.clicks("ada", "Reset").await;
    world.types("ada", "/config tickets set thread-channel:#threads").await;
    let screen = world.screen().await;
    assert!(!screen.contains("is notified"), "{screen}");
    world.types("ada", "/config tickets set escalation-role:@&staff escalation-channel:#alarms").await;
    let screen = world.screen().await;
    assert!(screen.contains("when I mention it in #alarms"), "{screen}");
    assert_eq!(screen.matches("is notified").count(), 1, "{screen}");
    // The roles of a kind are looked at where its tickets are.
    let ada = world.comes("ada", world.guild(HOME), "tickets", Vec::new(), Origin::Routine).await;
    let staff_roles = vec![world.role("staff"), world.role("bosses")];
    let definition = Definition { staff_roles, ..Definition::default() };
    kinds::add(world.app(), &ada, "Money", definition.clone()).await.expect("added");
    let place = Some(world.channel("#threads"));
    kinds::add(world.app(), &ada, "Threads", Definition { place, ..definition }).await.expect("added");
    assert_eq!(kinds::unheard(world.app(), &ada).await.expect("looked").len(), 1);
    let declared = Declared::of::<Settings>();
    let warnings = operations::faults(world.app(), &ada, &declared).await.expect("looked").warnings;
    let unheard =
        |it: &Warning| matches!(it, Warning::Unheard { channel, .. } if *channel == Some(world.channel("#alarms")));
    assert_eq!(warnings.iter().filter(|it| unheard(it)).count(), 1, "{warnings:?}");
    world.types("ada", "/ticket types").await;
    let screen = world.screen().await;
    assert!(screen.contains("⚠️ Money: nobody with @staff is notified"), "{screen}");
    assert_eq!(screen.matches("is notified").count(), 1, "{screen}");
}

#[tokio::test]
async fn an_end_that_is_over_is_not_rated_and_what_has_no_channel_is_not_opened_again() {
    let world = desk().await;
    world.types("ann", "/ticket open").await;
    world.submits("ann", &[("What is it about?", "Help")]).await;
    world.settle().await;
    world.types("sam", "/ticket close ticket:1").await;
    world.settle().await;
    world.screen().await;
    let ann = world.comes("ann", world.guild(HOME), "tickets", Vec::new(), Origin::Routine).await;
    let found = step::find(world.app(), &ann, By::Number(1)).await.expect("it is hers");
    let rate = |end| Step::Rate { stars: 4, end };
    assert_eq!(code(step::take(world.app(), &ann, &found, rate(Some(1))).await), "closed_again");
    let end = found.closed_at.map(|at| at.as_millisecond());
    step::take(world.app(), &ann, &found, rate(end)).await.expect("it is this one");
    world.settle().await;
    world.discord.guild(HOME).remove_channel("ticket-1");
    let sam = world.comes("sam", world.guild(HOME), "tickets", vec![world.role("staff")], Origin::Routine).await;
    let found = step::find(world.app(), &sam, By::Number(1)).await.expect("he works it");
    assert_eq!(code(step::take(world.app(), &sam, &found, Step::Reopen).await), "channel_gone");
    world.screen().await;
    world.discord.take_problems();
}
