//! Waiting longer after each failure, and not for ever.

use hdx_oracle::Backoff;
use std::time::Duration;

#[test]
fn each_failure_doubles_the_wait_up_to_the_limit_until_it_goes_well() {
	let second = Duration::from_secs(1);
	let mut backoff = Backoff::new(second, second * 30);
	for step in [1, 2, 4, 8, 16, 30, 30] {
		let wait = backoff.failed();
		assert!(wait <= second * step && wait >= second * step * 3 / 4, "{step}: {wait:?}");
	}
	for _ in 0..100 {
		assert!(backoff.failed() <= second * 30);
	}
	backoff.reset();
	assert!(backoff.failed() <= second);
}
