//! What works without a chain.

mod age;
mod engine;
mod sealing;
mod zk;

#[cfg(test)]
pub use age::tests::made_up as made_up_age;
pub use age::{age, AgeTimes, CLASSIC};
pub use engine::decisions;
pub use sealing::{record, sealing, Sealing};
pub use zk::{circuits, CircuitTimes};

use crate::{error::BenchError, stats::Spread};
use std::time::{Duration, Instant};

/// For how long a round of sealing, or of what it is compared with, is repeated at the least.
pub const ROUND: Duration = Duration::from_millis(300);

/// How often a second something can be done: repeats it for about `least`, `repetitions` times over.
pub fn rate(
	repetitions: usize,
	least: Duration,
	mut once: impl FnMut() -> Result<(), BenchError>,
) -> Result<Spread, BenchError> {
	let mut rates = Vec::with_capacity(repetitions);
	for _ in 0..repetitions {
		let (since, mut done) = (Instant::now(), 0u64);
		while since.elapsed() < least || done == 0 {
			once()?;
			done = done.saturating_add(1);
		}
		rates.push(done as f64 / since.elapsed().as_secs_f64());
	}
	Spread::of(&rates).ok_or_else(|| BenchError::because("a measurement", "it has no repetitions"))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn a_rate_counts_what_was_done_and_fails_with_it() {
		let mut done = 0;
		let spread = rate(3, Duration::ZERO, || {
			done += 1;
			Ok(())
		});
		assert!(spread.unwrap().min > 0.0);
		assert_eq!(done, 3);
		let fail = || Err(BenchError::because("it", "does not work"));
		assert!(rate(1, Duration::ZERO, fail).is_err());
		assert!(rate(0, Duration::ZERO, || Ok(())).is_err());
	}
}
