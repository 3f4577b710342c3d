//! When a consent holds. Renewals are read from the time alone: nothing has to be written when one
//! falls due, so no decision waits for it.

use crate::consent::{ConsentContent, ConsentRecord, ConsentState, ConsentTerms, Renewal};
use crate::{
	engine::{Policy, Scope, Status},
	Milliseconds, Period,
};

/// After the last renewal of any consent.
const END_OF_TIME: Milliseconds = Milliseconds(u64::MAX);

impl Renewal {
	/// The moment of the renewal with this number, counted from one, of a period that ends at
	/// `end`: the end of the period that it renews.
	pub fn moment(&self, end: Milliseconds, number: u32) -> Milliseconds {
		let before = u64::from(number).saturating_sub(1);
		Milliseconds(end.0.saturating_add(self.extends_by.0.saturating_mul(before)))
	}

	/// How many renewals of a period that ends at `end` there are until `at`, that moment included.
	pub fn count(&self, end: Milliseconds, at: Milliseconds) -> u32 {
		let Some(since) = at.0.checked_sub(end.0) else { return 0 };
		let full = since.checked_div(self.extends_by.0).unwrap_or(0);
		u32::try_from(full.saturating_add(1)).unwrap_or(u32::MAX).min(self.times)
	}
}

impl ConsentRecord {
	/// How often this version was renewed until `at`. A stop keeps what was renewed before.
	pub fn renewals_at(&self, at: Milliseconds) -> u32 {
		let (Some(renewal), Some(end)) = (self.terms.renewal, root_period(&self.policy).end) else {
			return 0;
		};
		let at = self.renewal_stopped_at.map_or(at, |stopped| stopped.min(at));
		renewal.count(end, at)
	}

	/// How often this version will have been renewed in the end.
	pub fn renewals_in_all(&self) -> u32 {
		self.renewals_at(END_OF_TIME)
	}

	/// When this version applies, with the renewals until `at`.
	pub fn period_at(&self, at: Milliseconds) -> Period {
		extended(root_period(&self.policy), &self.terms, self.renewals_at(at))
	}

	/// Whether its time is over at `at`. Once it is, it stays so.
	pub fn is_over(&self, at: Milliseconds) -> bool {
		self.period_at(at).end.is_some_and(|end| end <= at)
	}

	/// How it stands at `at`.
	pub fn state_at(&self, at: Milliseconds) -> ConsentState {
		let period = self.period_at(at);
		match self.status {
			Status::Inactive => ConsentState::Revoked,
			Status::Active if period.end.is_some_and(|end| end <= at) => ConsentState::Ended,
			Status::Active if period.contains(at) => ConsentState::InForce,
			Status::Active => ConsentState::NotBegun,
		}
	}

	/// The record with the period that it has at `at` written into its policy, as a decision
	/// takes it.
	#[must_use]
	pub fn as_of(mut self, at: Milliseconds) -> Self {
		let period = self.period_at(at);
		self.policy = with_root_period(self.policy, period);
		self
	}
}

impl ConsentContent {
	/// The policy with the longest period that its terms can give it.
	pub fn policy_at_its_longest(&self) -> Policy {
		let times = self.terms.renewal.map_or(0, |renewal| renewal.times);
		let period = extended(root_period(&self.policy), &self.terms, times);
		with_root_period(self.policy.clone(), period)
	}

	/// Whether what it permits lies within the scope, however often it is renewed.
	pub fn is_always_within(&self, scope: &Scope) -> bool {
		self.policy_at_its_longest().is_within(scope).is_ok()
	}
}

/// The period of the base rule.
pub fn root_period(policy: &Policy) -> Period {
	policy.provisions.first().map(|root| root.period).unwrap_or_default()
}

/// The policy, its base rule in another period.
pub fn with_root_period(mut policy: Policy, period: Period) -> Policy {
	if let Some(root) = policy.provisions.iter_mut().next() {
		root.period = period;
	}
	policy
}

fn extended(period: Period, terms: &ConsentTerms, renewals: u32) -> Period {
	let renewed = period.end.map(|end| match terms.renewal {
		Some(renewal) => renewal.moment(end, renewals.saturating_add(1)),
		None => end,
	});
	let end = match (renewed, terms.erase_by) {
		(Some(renewed), Some(erase_by)) => Some(renewed.min(erase_by)),
		(renewed, erase_by) => renewed.or(erase_by),
	};
	Period { end, ..period }
}
