//! How long things took, of what is kept of days and months: each has its lengths of time, sorted.

use super::store::Part;
use super::{Spread, Target};

/// How all of these are spread; nothing if there are none.
#[allow(clippy::cast_precision_loss)] // Seconds of all tickets together stay far below 2^52.
pub(super) fn spread(parts: &[Part], measure: &str) -> Option<Spread> {
    let parts = || parts.iter().filter(|part| part.measure == measure);
    let mut seconds = Vec::with_capacity(parts().map(|part| part.seconds.len()).sum());
    parts().for_each(|part| seconds.extend_from_slice(&part.seconds));
    let total: i64 = parts().map(|part| part.total).sum();
    if seconds.is_empty() {
        return None;
    }
    Some(Spread {
        times: count(seconds.len()),
        mean_s: total as f64 / seconds.len() as f64,
        median_s: quantile(&mut seconds, 0.5),
        p90_s: quantile(&mut seconds, 0.9),
    })
}

/// What a share `q` of these is not above, between two of them in proportion, as `percentile_cont` of SQL.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // It is a place among them.
fn quantile(seconds: &mut [i32], q: f64) -> f64 {
    let place = q * (seconds.len() - 1) as f64;
    let (_, below, rest) = seconds.select_nth_unstable(place as usize);
    let (below, above) = (f64::from(*below), rest.iter().min());
    above.map_or(below, |above| below + place.fract() * (f64::from(*above) - below))
}

/// How many first responses came within what their kind aims at, of kinds with any.
pub(super) fn targets(parts: &[Part], aims: &[(i32, i32)]) -> Vec<Target> {
    let of_kind = |(kind, aim): &(i32, i32)| {
        let parts = || parts.iter().filter(|part| part.measure == "worked_response" && part.kind == *kind);
        let answered = parts().map(|part| count(part.seconds.len())).sum();
        let within = parts().map(|part| count(part.seconds.partition_point(|seconds| seconds <= aim))).sum();
        (answered > 0).then_some(Target { kind: *kind, answered, within })
    };
    aims.iter().filter_map(of_kind).collect()
}

/// How many there are of one measure.
pub(super) fn times(parts: &[Part], measure: &str) -> i64 {
    parts.iter().filter(|part| part.measure == measure).map(|part| count(part.seconds.len())).sum()
}

fn count(all: usize) -> i64 {
    i64::try_from(all).unwrap_or(i64::MAX)
}
