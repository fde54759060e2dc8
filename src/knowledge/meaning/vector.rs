//! One vector, of length 1, in one byte a dimension: a quarter of the memory, and as good for finding what is near.

/// Dimensions that a vector may have.
const MOST_DIMENSIONS: usize = 8_192;

/// A vector of length 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Vector {
    /// Each times `scale` is a part of it.
    pub(super) numbers: Vec<i8>,
    pub(super) scale: f32,
}

impl Vector {
    /// What a model made, of whatever length; nothing if it has none or is no vector.
    pub(super) fn of(made: &[f32]) -> Option<Vector> {
        let length = made.iter().map(|it| it * it).sum::<f32>().sqrt();
        let largest = made.iter().fold(0.0_f32, |largest, it| largest.max(it.abs()));
        if made.len() > MOST_DIMENSIONS || !length.is_finite() || largest <= f32::MIN_POSITIVE {
            return None;
        }
        let step = largest / f32::from(i8::MAX);
        let numbers = made.iter().map(|it| (it / step).round() as i8).collect();
        Some(Vector { numbers, scale: step / length })
    }

    /// How like another it is: 1 is the same, 0 has nothing to do with it.
    pub(super) fn likeness(&self, numbers: &[i8], scale: f32) -> f32 {
        let sum: i32 = self.numbers.iter().zip(numbers).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
        sum as f32 * self.scale * scale
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_keeps_its_direction() {
        let vector = |made: &[f32]| Vector::of(made).expect("a vector");
        let like = |a: &Vector, b: &Vector| a.likeness(&b.numbers, b.scale);
        let (one, twice, across) = (vector(&[3.0, 4.0]), vector(&[6.0, 8.0]), vector(&[-4.0, 3.0]));
        assert!((like(&one, &twice) - 1.0).abs() < 0.01, "{}", like(&one, &twice));
        assert!(like(&one, &across).abs() < 0.01);
        assert!((like(&one, &vector(&[1.0, 0.0])) - 0.6).abs() < 0.01);
        for none in [&[][..], &[0.0, 0.0], &[f32::NAN], &[f32::INFINITY, 1.0], &[1.0; 8_193]] {
            assert_eq!(Vector::of(none), None);
        }
    }
}
