//! When something is valid, as it is typed.

use crate::{error::Error, time};
use hdx_primitives::{Milliseconds, Period};

/// From when until when.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Validity {
	/// When it begins to be valid: a date, or RFC 3339. Left out: it is already.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	valid_from: Option<Milliseconds>,
	/// Until when it is valid: a date (all of that day, UTC), or RFC 3339.
	#[arg(long, value_name = "TIME", value_parser = time::end)]
	valid_until: Milliseconds,
}

impl Validity {
	/// The period.
	pub fn period(self) -> Result<Period, Error> {
		let period = Period { start: self.valid_from, end: Some(self.valid_until) };
		if period.is_ordered() {
			return Ok(period);
		}
		Err(Error::Usage("--valid-until is not after --valid-from".to_owned()))
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn fails_when_it_ends_before_it_starts() {
		let validity = |from, until| Validity {
			valid_from: Some(Milliseconds(from)),
			valid_until: Milliseconds(until),
		};
		assert!(validity(2, 1).period().unwrap_err().to_string().contains("--valid-until"));
		assert!(validity(2, 2).period().is_err());
		assert_eq!(validity(1, 2).period().unwrap().end, Some(Milliseconds(2)));
	}
}
