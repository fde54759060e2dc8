//! What can be done with tickets, whoever does it and however they came in. Each function checks everything by itself, and
//! first whether tickets are switched on.

pub mod blocks;
pub mod clip;
pub mod drafts;
mod found;
pub mod kinds;
pub mod look;
pub mod open;
pub mod panels;
pub mod step;
pub mod tags;

use super::settings::Settings;
use crate::acting::{Failure, Switch};

/// The switch of the feature that all of this is of.
const SWITCH: Switch = Switch::of::<Settings>();

/// What is answered of something that an origin does once: what was done now, or, where that is refused or was done before,
/// what `before` finds of the first time. If it finds nothing, it is refused; where nobody said why, with `otherwise`.
///
/// Who may do it is checked outside of this: who may not hears nothing of it.
async fn answer_once<T, R>(
    done: Result<Option<T>, Failure<R>>,
    otherwise: R,
    before: impl Future<Output = Result<Option<T>, Failure<R>>>,
) -> Result<T, Failure<R>> {
    let refusal = match done {
        Ok(Some(done)) => return Ok(done),
        Ok(None) => otherwise,
        Err(Failure::Refused(refusal)) => refusal,
        Err(failure) => return Err(failure),
    };
    before.await?.ok_or(Failure::Refused(refusal))
}
