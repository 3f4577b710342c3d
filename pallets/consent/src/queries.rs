//! What can be asked from outside, free of charge, at any block whose state is kept.

use crate::{
	types::{ConsentQuery, ConsentSummary, VersionRecord},
	AllConsentsOf, Config, ConsentCountOf, ConsentRecord, Consents, Pallet,
};
use alloc::vec::Vec;
use hdx_primitives::{engine::Decision, AccountId, ConsentDecider, ConsentId, Milliseconds};

/// Most consents that one page of a list holds.
pub const MAX_PAGE: u32 = 100;

impl<T: Config> Pallet<T> {
	/// Decides a request about a patient at the time of the block.
	pub fn query_decision(patient: &AccountId, query: &ConsentQuery) -> Decision {
		<Self as ConsentDecider>::decide(patient, &query.request(), Self::now())
	}

	/// The consents of a patient in the order they were granted, those ended and revoked included:
	/// at most `limit` of them, and at most [`MAX_PAGE`], leaving out the first `skip`.
	pub fn query_consents(patient: &AccountId, skip: u32, limit: u32) -> Vec<ConsentSummary> {
		let now = Self::now();
		let end = skip.saturating_add(limit.min(MAX_PAGE));
		(skip..end.min(ConsentCountOf::<T>::get(patient)))
			.filter_map(|place| AllConsentsOf::<T>::get(patient, place))
			.filter_map(|consent| Some(summary(consent, Consents::<T>::get(consent)?, now)))
			.collect()
	}

	/// Every version of a consent, the first one first. Empty where there is no such consent.
	pub fn query_history(consent: ConsentId) -> Vec<VersionRecord> {
		Self::versions(consent)
	}
}

fn summary(consent: ConsentId, record: ConsentRecord, now: Milliseconds) -> ConsentSummary {
	ConsentSummary {
		consent,
		state: record.state_at(now),
		version: record.version,
		given_at: record.given_at,
		revoked_at: record.revoked_at,
		period: record.period_at(now),
		renewals: record.renewals_at(now),
		renewal_is_stopped: record.renewal_stopped_at.is_some(),
		terms: record.terms,
		document: record.document,
		hash: record.hash,
		granted_by: record.granted_by,
	}
}
