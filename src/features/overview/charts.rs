//! Pictures of numbers, as SVG without any style of its own: what they look like stands in the sheet of all pages. Each stands
//! beside a table of the same numbers.

use maud::{Markup, html};

/// How large a chart is inside; it is stretched to the width that there is.
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 160.0;

/// A spark is small.
const SPARK_WIDTH: f64 = 120.0;
const SPARK_HEIGHT: f64 = 32.0;

/// The side of an hour in the map of a week, and the room for the name of a day.
const CELL: i64 = 20;
const DAY_WIDTH: i64 = 40;

/// Lines over the same days, each with the class by which it is drawn.
pub(super) fn lines(label: &str, series: &[(&str, Vec<i64>)]) -> Markup {
    let most = series.iter().flat_map(|(_, values)| values).copied().max().unwrap_or(0).max(1);
    html! {
        svg.chart role="img" aria-label=(label) viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) preserveAspectRatio="none" {
            @for quarter in 0..=4 {
                @let y = HEIGHT * f64::from(quarter) / 4.0;
                line.grid x1="0" x2=(WIDTH) y1=(y) y2=(y) {}
            }
            @for (class, values) in series {
                @let all: Vec<Option<i64>> = values.iter().copied().map(Some).collect();
                polyline class=(class) points=(points(&all, most, (WIDTH, HEIGHT))) {}
            }
        }
    }
}

/// A small line beside a number that is said in words; it goes past days of which there is nothing.
pub(super) fn spark(values: &[Option<i64>]) -> Markup {
    let most = values.iter().flatten().copied().max().unwrap_or(0).max(1);
    html! {
        svg.spark aria-hidden="true" viewBox=(format!("0 0 {SPARK_WIDTH} {SPARK_HEIGHT}")) preserveAspectRatio="none" {
            polyline points=(points(values, most, (SPARK_WIDTH, SPARK_HEIGHT))) {}
        }
    }
}

/// A bar beside a number that is said in words.
pub(super) fn bar(value: i64, most: i64) -> Markup {
    html! {
        svg.bar aria-hidden="true" viewBox="0 0 100 8" preserveAspectRatio="none" {
            rect width=(format!("{:.1}", 100.0 * share(value, most))) height="8" {}
        }
    }
}

/// The hours of a week, the more the darker.
pub(super) fn heat(label: &str, hours: &[[i64; 24]; 7], days: &[String; 7]) -> Markup {
    let most = hours.iter().flatten().copied().max().unwrap_or(0).max(1);
    let at = |place: usize| i64::try_from(place).unwrap_or(0) * CELL;
    html! {
        svg.heat role="img" aria-label=(label) viewBox=(format!("0 0 {} {}", DAY_WIDTH + 24 * CELL, 8 * CELL)) {
            @for hour in (0..24).step_by(3) {
                text x=(DAY_WIDTH + hour * CELL) y=(8 * CELL - 6) { (hour) " " }
            }
            @for (y, (day, name)) in hours.iter().zip(days).enumerate() {
                text x="0" y=(at(y) + CELL - 6) { (name) " " }
                @for (x, count) in day.iter().enumerate() {
                    rect x=(DAY_WIDTH + at(x)) y=(at(y)) width=(CELL - 1) height=(CELL - 1)
                        fill-opacity=(format!("{:.2}", 0.06 + 0.94 * share(*count, most))) {
                        @if *count > 0 { title { (name) " " (x) ":00 · " (count) " " } }
                    }
                }
            }
        }
    }
}

/// Where a line goes; a single value is a level line.
fn points(values: &[Option<i64>], most: i64, (width, height): (f64, f64)) -> String {
    let steps = values.len().saturating_sub(1).max(1);
    let place = |at: usize| width * share(i64::try_from(at).unwrap_or(0), i64::try_from(steps).unwrap_or(1));
    // Half a stroke is left at both ends.
    let level = |value: i64| 1.0 + (height - 2.0) * (1.0 - share(value, most));
    let known: Vec<(f64, f64)> =
        values.iter().enumerate().filter_map(|(at, value)| Some((place(at), level((*value)?)))).collect();
    let known = match known[..] {
        [(_, only)] => vec![(0.0, only), (width, only)],
        _ => known,
    };
    known.into_iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ")
}

#[allow(clippy::cast_precision_loss)] // It is drawn.
fn share(value: i64, most: i64) -> f64 {
    if most <= 0 { 0.0 } else { (value as f64 / most as f64).clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_from_end_to_end() {
        assert_eq!(points(&[Some(0), Some(5), Some(10)], 10, (100.0, 12.0)), "0.0,11.0 50.0,6.0 100.0,1.0");
        assert_eq!(points(&[Some(5)], 10, (100.0, 12.0)), "0.0,6.0 100.0,6.0");
        assert_eq!(points(&[Some(0), None, Some(10)], 10, (100.0, 12.0)), "0.0,11.0 100.0,1.0");
        assert_eq!(points(&[None, Some(5), None], 10, (100.0, 12.0)), "0.0,6.0 100.0,6.0");
        assert_eq!(points(&[], 1, (100.0, 12.0)), "");
    }

    #[test]
    fn a_bar_is_never_longer_than_its_place() {
        assert!(bar(12, 10).into_string().contains("width=\"100.0\""));
        assert!(bar(0, 0).into_string().contains("width=\"0.0\""));
        assert!(bar(1, 4).into_string().contains("width=\"25.0\""));
    }
}
