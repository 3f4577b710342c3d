//! Waiting for a condition, with a limit.

use std::{
	future::Future,
	thread,
	time::{Duration, Instant},
};

/// How often a condition is looked at.
const POLL: Duration = Duration::from_millis(100);

/// Looks until there is something to return. Says `None` when the limit is over.
pub fn until<T>(limit: Duration, mut look: impl FnMut() -> Option<T>) -> Option<T> {
	let since = Instant::now();
	loop {
		if let Some(found) = look() {
			return Some(found);
		}
		if since.elapsed() > limit {
			return None;
		}
		thread::sleep(POLL);
	}
}

/// Looks until there is something to return.
///
/// # Panics
///
/// When the limit is over: `what` did not come.
pub async fn for_it<T, F: Future<Output = Option<T>>>(
	what: &str,
	limit: Duration,
	mut look: impl FnMut() -> F,
) -> T {
	let since = Instant::now();
	loop {
		if let Some(found) = look().await {
			return found;
		}
		assert!(since.elapsed() <= limit, "{what}: not within {} s", limit.as_secs());
		tokio::time::sleep(POLL).await;
	}
}
