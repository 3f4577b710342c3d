//! What is asked for, in one element that a chain makes itself.

use super::{Category, Purpose, TIME_BITS, TIME_LIMIT};
use crate::{field::pack, Fr};
use core::fmt;

/// Bits of a scope.
pub const SCOPE_BITS: usize = 64;

/// A request: now, for what, and in which scope it counts once.
///
/// As an element, lowest bits first:
///
/// | Bits | Holds |
/// |---|---|
/// | 0–47 | now, in milliseconds since 1970 |
/// | 48–55 | the category, below 64 |
/// | 56–63 | the purpose, below 32 |
/// | 64–127 | the scope |
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Request {
	now: u64,
	category: Category,
	purpose: Purpose,
	scope: u64,
}

/// Why a request is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RequestError {
	/// The time does not fit 48 bits.
	TimeTooLate,
}

impl fmt::Display for RequestError {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str("the time of the request does not fit 48 bits of milliseconds")
	}
}

impl core::error::Error for RequestError {}

/// The scope in which a chain counts a consent that is proven for access: once for each snapshot, category and purpose.
///
/// | Bits | Holds |
/// |---|---|
/// | 0–31 | the snapshot's number |
/// | 32–39 | the category |
/// | 40–47 | the purpose |
pub fn access_scope(snapshot: u32, category: Category, purpose: Purpose) -> u64 {
	let (category, purpose) = (u64::from(category.place()), u64::from(purpose.place()));
	u64::from(snapshot) | (category << 32) | (purpose << 40)
}

impl Request {
	/// A request at a time, in milliseconds since 1970. Scopes are the verifier's: a day, a
	/// request's number, whatever a consent shall be counted once in.
	///
	/// # Errors
	///
	/// [`RequestError::TimeTooLate`].
	pub fn new(
		now: u64,
		category: Category,
		purpose: Purpose,
		scope: u64,
	) -> Result<Self, RequestError> {
		if now >= TIME_LIMIT {
			return Err(RequestError::TimeTooLate);
		}
		Ok(Self { now, category, purpose, scope })
	}

	/// When, in milliseconds since 1970.
	pub fn now(&self) -> u64 {
		self.now
	}

	/// What.
	pub fn category(&self) -> Category {
		self.category
	}

	/// What for.
	pub fn purpose(&self) -> Purpose {
		self.purpose
	}

	/// In which scope it counts once.
	pub fn scope(&self) -> u64 {
		self.scope
	}

	/// The element.
	pub fn packed(&self) -> Fr {
		pack(&[
			(self.now.into(), TIME_BITS),
			(self.category.place().into(), 8),
			(self.purpose.place().into(), 8),
			(self.scope.into(), SCOPE_BITS),
		])
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn requests_are_packed_as_documented() {
		let request =
			Request::new(5, Category::new(63).unwrap(), Purpose::RESEARCH, u64::MAX).unwrap();
		let expected = 5 | (63 << 48) | (5 << 56) | (u128::from(u64::MAX) << 64);
		assert_eq!(request.packed(), Fr::from(expected));
	}

	#[test]
	fn a_scope_of_access_is_packed_as_documented() {
		let scope = access_scope(u32::MAX, Category::new(63).unwrap(), Purpose::RESEARCH);
		assert_eq!(scope, 0x0000_053f_ffff_ffff);
	}

	#[test]
	fn a_request_fails_when_its_time_does_not_fit() {
		let request = Request::new(TIME_LIMIT, Category::default(), Purpose::TREATMENT, 0);
		assert_eq!(request, Err(RequestError::TimeTooLate));
	}
}
