//! A decision allocates two lists at most: the obligations, and the codes of the one that withholds.
//!
//! In a chain's runtime an allocation is a call of the node, and another one frees it. Unsafe code is
//! forbidden here and with it an allocator that counts, so this looks at what a copy cannot have: the
//! capacity of the list that the codes were gathered in, repetitions included.

mod scene;

use hdx_consent_engine::{
	terminology::sensitivity::{ETH, HIV, PSY},
	Obligation, Outcome,
};
use scene::*;

#[test]
fn the_codes_of_a_redaction_are_in_the_list_they_were_gathered_in() {
	let policy = policy([
		permit(0),
		deny(0).labels(&[PSY, HIV]),
		deny(0).labels(&[PSY, ETH]).classes(&[PSY, HIV]),
		deny(0).codes(&[HIV, ETH, PSY]),
	]);
	let decision = by(&policy, &treatment());
	assert_eq!(decision.outcome, Outcome::Permit);
	let obligations = decision.obligations.into_inner();
	assert_eq!(obligations.capacity(), 1);
	assert_eq!(obligations, [redact(&[PSY, HIV, ETH])]);
	for obligation in obligations {
		let Obligation::Redact(filter) = obligation else { unreachable!("a redaction") };
		assert_eq!(filter.codes.into_inner().capacity(), 9);
		assert_eq!(filter.data.into_inner().capacity(), 0);
		assert_eq!(filter.periods.into_inner().capacity(), 0);
	}
}

#[test]
fn a_permit_without_obligations_allocates_no_list() {
	let policy = policy([permit(0), deny(0).labels(&[PSY]), permit(1).actors(&[DOCTOR])]);
	let decision = by(&policy, &treatment());
	assert_eq!(decision.outcome, Outcome::Permit);
	assert_eq!(decision.obligations.into_inner().capacity(), 0);
}
