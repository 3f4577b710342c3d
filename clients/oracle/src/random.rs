//! Chance, which only keeps many programs from doing the same at the same time.

use std::time::Duration;

/// A random duration from zero up to `limit`. Zero where the system has no randomness: nothing
/// secret depends on it.
pub fn up_to(limit: Duration) -> Duration {
	let mut bytes = [0; 4];
	if getrandom::fill(&mut bytes).is_err() {
		return Duration::ZERO;
	}
	limit.mul_f64(f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX))
}
