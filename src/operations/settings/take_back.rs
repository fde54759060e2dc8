//! Taking a reset back: all that was reset together becomes what it was, at once.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use super::{
    ATTEMPTS, Done, LookedAt, Refusal, Stored, StoredMade, Undoing, Unfit, Why, done_before, find_change, store,
};
use crate::acting::{Acting, Failure, Lack, Outcome};
use crate::app::App;
use crate::assist::settings::Beyond;
use crate::settings::{self, Changed, Declared, Field, How, Names};

/// So many of the latest changes of a feature are looked at for what was reset together: no feature has half as many settings.
const RESET_TOGETHER: i64 = 100;

/// What was taken back of a reset, and what was not.
#[derive(Debug)]
pub struct TakenBack {
    /// What is different now.
    pub done: Done,
    /// What somebody has changed since, as they changed it: it stays so.
    pub changed_since: Vec<Changed>,
    /// What may not be any more what it was, and by which change it was reset: it stays so too.
    pub unfit: Vec<(i64, Unfit)>,
}

impl Outcome for (&Declared, TakenBack) {
    fn code(&self) -> &'static str {
        match self.1.changed_since.is_empty() && self.1.unfit.is_empty() {
            true => "taken_back",
            false => "taken_back_in_part",
        }
    }
}

/// Undoes all that was reset together with a change, at once; what was changed since stays, and what may not be so any more.
/// The same origin does so once.
///
/// # Errors
/// A [`Refusal`], or what it needs to know is not to be had.
pub async fn take_back<'a>(
    app: &App,
    acting: &Acting,
    all: &'a [Declared],
    change: i64,
) -> Result<(&'a Declared, TakenBack), Failure<Refusal>> {
    acting.require_admin()?;
    let deed = format!("settings.take_back {change}");
    if let Some(taken) = find_taken_back(app, acting, all, None, &deed).await? {
        return Ok(taken);
    }
    for _ in 0..ATTEMPTS {
        let first = find_change(app, acting, all, change).await?;
        let (declared, revision) = (first.declared, first.revision);
        if let Some(taken) = find_taken_back(app, acting, all, Some(declared), &deed).await? {
            return Ok(taken);
        }
        let Some(mut reset) = list_together(app, acting, all, first).await? else { continue };
        let mut taken =
            TakenBack { done: done_before(declared, Vec::new()), changed_since: Vec::new(), unfit: Vec::new() };
        let mut undos = Vec::new();
        for undoing in &reset {
            match undoing.check(app, acting).await {
                Ok(undo) => undos.push(undo),
                Err(Failure::Refused(Refusal::ChangedSince { latest, .. })) => {
                    let since = app.settings.find_change(acting.guild(), latest).await?;
                    taken.changed_since.extend(since.map(|since| since.changed));
                }
                Err(Failure::Refused(Refusal::OldUnfit { change, unfit, .. })) => taken.unfit.push((change, *unfit)),
                Err(failure) => return Err(failure),
            }
        }
        reset.retain(|it| undos.iter().any(|undo| undo.field().name == it.field.name));
        let undoes = reset.iter().map(|it| (it.field.name, it.changed.id)).collect();
        let since: Vec<i64> = taken.changed_since.iter().map(|since| since.id).collect();
        let unfit: Vec<i64> = taken.unfit.iter().map(|(change, _)| *change).collect();
        let why: Vec<StoredWhy> = taken.unfit.iter().map(|(_, unfit)| StoredWhy::of(&unfit.why)).collect();
        let besides = Some(json!({"feature": declared.feature(), "since": since, "unfit": unfit, "why": why}));
        let looked_at = LookedAt { revision, undoes, besides };
        if let Stored::Done(done) = store(app, acting, declared, &undos, How::Rollback, &deed, Some(looked_at)).await? {
            return Ok((declared, TakenBack { done, ..taken }));
        }
    }
    Err(Failure::Internal(anyhow::anyhow!("others changed the same settings {ATTEMPTS} times in a row")))
}

/// A change and all that was reset together with it; nothing if somebody changes something meanwhile.
async fn list_together<'a>(
    app: &App,
    acting: &Acting,
    all: &'a [Declared],
    first: Undoing<'a>,
) -> Result<Option<Vec<Undoing<'a>>>, Failure<Refusal>> {
    let (recent, _) = app.settings.history(acting.guild(), Some(first.declared.feature()), 0, RESET_TOGETHER).await?;
    let one = &first.changed;
    let together = |it: &&Changed| it.id != one.id && it.how == How::Reset && it.at == one.at && it.user == one.user;
    let others: Vec<i64> = recent.iter().filter(together).filter(|_| one.how == How::Reset).map(|it| it.id).collect();
    let revision = first.revision;
    let mut found = vec![first];
    for other in others {
        match find_change(app, acting, all, other).await {
            Ok(undoing) if undoing.revision != revision => return Ok(None),
            Ok(undoing) => found.push(undoing),
            // A setting that is none any more has nothing to become.
            Err(Failure::Refused(_)) => {}
            Err(failure) => return Err(failure),
        }
    }
    // As they were reset.
    found.sort_by_key(|undoing| std::cmp::Reverse(undoing.changed.id));
    Ok(Some(found))
}

/// An answer as it is stored for whoever repeats it.
#[derive(Deserialize)]
struct StoredTakenBack {
    made: Vec<StoredMade>,
    since: Vec<i64>,
    unfit: Vec<i64>,
    /// Why each of these is; an older version has not said.
    #[serde(default)]
    why: Vec<StoredWhy>,
    /// Of which feature they are; an older version has not said, then the change does.
    #[serde(default)]
    feature: Option<String>,
}

/// Why a setting could not be again what it was, without what follows from the setting itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredWhy {
    Misfit,
    Lack(Lack),
    ChannelType,
    Unseen(Id<ChannelMarker>),
    Beyond(Beyond),
    UnknownRole,
    Everyone,
    NotGrantable(Id<RoleMarker>),
}

impl StoredWhy {
    fn of(why: &Why) -> StoredWhy {
        match *why {
            Why::Misfit(_) => StoredWhy::Misfit,
            Why::Lack(lack) => StoredWhy::Lack(lack),
            Why::ChannelType { .. } => StoredWhy::ChannelType,
            Why::Unseen { channel } => StoredWhy::Unseen(channel),
            Why::UnknownRole => StoredWhy::UnknownRole,
            Why::Beyond(ref beyond) => StoredWhy::Beyond(beyond.clone()),
            Why::Everyone => StoredWhy::Everyone,
            Why::NotGrantable { role } => StoredWhy::NotGrantable(role),
        }
    }

    /// Why `field` could not be `old` again; nothing if a newer version takes it for another kind of value by now.
    fn read(self, field: &Field, old: Option<&Value>) -> Option<Why> {
        let fitting = || old.map(|old| settings::check(field, old));
        Some(match self {
            StoredWhy::Misfit => Why::Misfit(fitting()?.err()?),
            StoredWhy::Lack(lack) => Why::Lack(lack),
            StoredWhy::ChannelType => match fitting()?.ok()?.names() {
                Names::Channel { types, .. } => Why::ChannelType { types },
                Names::Nothing | Names::Role { .. } => return None,
            },
            StoredWhy::Unseen(channel) => Why::Unseen { channel },
            StoredWhy::UnknownRole => Why::UnknownRole,
            StoredWhy::Beyond(beyond) => Why::Beyond(beyond),
            StoredWhy::Everyone => Why::Everyone,
            StoredWhy::NotGrantable(role) => Why::NotGrantable { role },
        })
    }
}

/// What the same origin has taken back before. Nothing of it is looked at anew, except what an older version has not kept, as of
/// which feature it is: `declared` then.
async fn find_taken_back<'a>(
    app: &App,
    acting: &Acting,
    all: &'a [Declared],
    declared: Option<&'a Declared>,
    deed: &str,
) -> Result<Option<(&'a Declared, TakenBack)>, Failure<Refusal>> {
    let found: Option<StoredTakenBack> = acting.find_answer(&app.db, deed).await?;
    let Some(StoredTakenBack { made, since, unfit, why, feature }) = found else { return Ok(None) };
    let kept = feature.and_then(|feature| all.iter().find(|it| it.feature() == feature));
    let Some(declared) = kept.or(declared) else { return Ok(None) };
    let mut taken = TakenBack { done: done_before(declared, made), changed_since: Vec::new(), unfit: Vec::new() };
    for change in since {
        let since = app.settings.find_change(acting.guild(), change).await?;
        taken.changed_since.extend(since.map(|since| since.changed));
    }
    let why = why.into_iter().map(Some).chain(std::iter::repeat(None));
    for (change, why) in unfit.into_iter().zip(why) {
        let undoing = match find_change(app, acting, all, change).await {
            Ok(undoing) => undoing,
            // A setting that is none any more has no name to tell.
            Err(Failure::Refused(_)) => continue,
            Err(failure) => return Err(failure),
        };
        if let Some(why) = why.and_then(|why| why.read(undoing.field, undoing.changed.old.as_ref())) {
            taken.unfit.push((change, Unfit { field: *undoing.field, why }));
            continue;
        }
        if let Err(Failure::Refused(Refusal::OldUnfit { change, unfit, .. })) = undoing.check(app, acting).await {
            taken.unfit.push((change, *unfit));
        }
    }
    Ok(Some((declared, taken)))
}
