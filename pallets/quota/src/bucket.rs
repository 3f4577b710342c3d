//! Token buckets, in whole numbers.
//!
//! A bucket remembers what was spent, not what is left. Time pays it back, at so many units a
//! second. A unit is a thousand milli-units and a second a thousand milliseconds, so each
//! millisecond pays back exactly [`Limits::refill`] milli-units: nothing is ever rounded, however
//! often a bucket is looked at.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::Milliseconds;
use scale_info::TypeInfo;

/// Milli-units of a unit.
const MILLI: u64 = 1_000;

/// Most that [`Bucket::share`] gives.
pub const FULL_SHARE: u64 = 1_000;

/// How much a bucket holds, and how fast it fills.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Limits {
	/// Units in a full bucket: the largest burst.
	pub capacity: u32,
	/// Units that come back in a second: the sustained rate.
	pub refill: u32,
}

impl Limits {
	fn capacity_milli(self) -> u64 {
		u64::from(self.capacity).saturating_mul(MILLI)
	}
}

/// What was spent of a bucket, as of a moment. No bucket at all is a full one.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Bucket {
	/// Milli-units that time has not paid back at `at`.
	pub spent: u64,
	/// The moment.
	pub at: Milliseconds,
}

impl Bucket {
	/// The same bucket as of `now`. It never owes more than it can hold: after the capacity was
	/// lowered, a spent bucket is an empty one of the new size.
	pub fn settled(self, limits: Limits, now: Milliseconds) -> Self {
		let elapsed = now.0.saturating_sub(self.at.0);
		let refilled = elapsed.saturating_mul(u64::from(limits.refill));
		let owed = self.spent.min(limits.capacity_milli());
		Self { spent: owed.saturating_sub(refilled), at: Milliseconds(self.at.0.max(now.0)) }
	}

	/// The bucket after `units` more were spent at `now`; `None` if it does not hold them.
	pub fn charged(self, units: u32, limits: Limits, now: Milliseconds) -> Option<Self> {
		let settled = self.settled(limits, now);
		let spent = settled.spent.saturating_add(u64::from(units).saturating_mul(MILLI));
		(spent <= limits.capacity_milli()).then_some(Self { spent, ..settled })
	}

	/// Whole units that can be spent at `now`.
	pub fn available(self, limits: Limits, now: Milliseconds) -> u32 {
		let free = limits.capacity_milli().saturating_sub(self.settled(limits, now).spent);
		let units = free.checked_div(MILLI).unwrap_or(0);
		u32::try_from(units).unwrap_or(limits.capacity)
	}

	/// How full it is at `now`: from zero to [`FULL_SHARE`].
	pub fn share(self, limits: Limits, now: Milliseconds) -> u64 {
		u64::from(self.available(limits, now))
			.saturating_mul(FULL_SHARE)
			.checked_div(u64::from(limits.capacity))
			.unwrap_or(0)
	}

	/// Whether nothing is owed at `now`: the bucket need not be remembered any more.
	pub fn is_full(self, limits: Limits, now: Milliseconds) -> bool {
		self.settled(limits, now).spent == 0
	}

	/// Whether it owes no more than it can hold.
	pub fn fits(self, limits: Limits) -> bool {
		self.spent <= limits.capacity_milli()
	}
}
