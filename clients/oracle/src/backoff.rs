//! Waiting longer after each failure.

use crate::random;
use std::time::Duration;

/// How long to wait before the next attempt: twice as long after each failure, up to a limit, and
/// each time a little different, so that oracles do not come back all at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Backoff {
	first: Duration,
	limit: Duration,
	failures: u32,
}

impl Backoff {
	/// After the first failure `first`, and never more than `limit`.
	pub fn new(first: Duration, limit: Duration) -> Self {
		Self { first, limit, failures: 0 }
	}

	/// Counts a failure. Gives how long to wait: between three quarters and all of the step.
	pub fn failed(&mut self) -> Duration {
		let step = self.first.saturating_mul(1_u32.checked_shl(self.failures).unwrap_or(u32::MAX));
		let step = step.min(self.limit);
		self.failures = self.failures.saturating_add(1);
		let quarter = step.checked_div(4).unwrap_or_default();
		step.saturating_sub(random::up_to(quarter))
	}

	/// It went well.
	pub fn reset(&mut self) {
		self.failures = 0;
	}
}
