//! What holds of grants, whatever was called: what each rests on, and that one that counts now is permitted now.

use super::now;
use codec::Encode;
use hdx_primitives::{
	engine::{Actor, Decision, Outcome, Request, Rules, Status},
	ConsentDecider, GrantId, Milliseconds, ProviderDirectory,
};
use hdx_runtime::{Consent, ProviderRegistry, RecordAccess, Runtime, System};
use pallet_consent::{Consents, DecisionRules, History, Patients};
use pallet_provider_registry::Institutions;
use pallet_record_access::{
	EmergencyOverrides, Grant, GrantStatus, Grants, NextGrantId, ProvenGrants, Records,
};

/// How many grants are looked at, at most, beside the newest: all of them, as long as there are no more. Grants stay for ever,
/// and a look has to end.
const AT_ONCE: u64 = 4_000;
/// How many of the newest are looked at each time. Most that count are among them.
const NEWEST: u64 = 400;

/// The numbers of the grants that are looked at, of so many: every so manieth, beginning at another one with each turn.
pub fn looked_at(grants: u64, turn: u64) -> Vec<u64> {
	let apart = grants.div_ceil(AT_ONCE).max(1);
	let evenly = (turn % apart..grants).step_by(usize::try_from(apart).unwrap());
	// Where they are not all of them already.
	let newest = if apart > 1 { grants.saturating_sub(NEWEST)..grants } else { 0..0 };
	evenly.chain(newest).collect()
}

/// A grant is of a patient and of records of this patient. It rests on a consent of the same patient, in a version that
/// there was; on none, where it breaks the glass or was proven. And one that counts now is permitted now.
pub fn rest_on_what_permits_them() {
	// Blocks between two looks are the same number each time, which may be one of turns as well: so no number of a block.
	let turn = u64::from_le_bytes(sp_io::hashing::twox_64(&System::block_number().encode()));
	for number in looked_at(NextGrantId::<Runtime>::get().0, turn) {
		let id = GrantId(number);
		let grant = Grants::<Runtime>::get(id).expect("a grant stays");
		assert!(Patients::<Runtime>::contains_key(&grant.patient), "{id:?} is of no patient");
		if let Some(record) = grant.record().and_then(Records::<Runtime>::get) {
			assert_eq!(record.patient, grant.patient, "{id:?} is for another's record");
		}
		rests_on_a_version_that_there_was(id, &grant);
		// Of whole records each institution has uses of its own.
		let custodians: Vec<_> = match grant.record().and_then(Records::<Runtime>::get) {
			Some(record) => vec![record.custodian],
			None => Institutions::<Runtime>::iter_keys().collect(),
		};
		let mut custodians = custodians.into_iter();
		if custodians.any(|at| RecordAccess::check_grant(id, at, Milliseconds(now())).is_ok()) {
			counts_rightly(id, &grant);
		}
	}
}

/// The consent that a grant was issued under is there, is of the same patient, and has or had that version.
fn rests_on_a_version_that_there_was(id: GrantId, grant: &Grant) {
	let Some(basis) = grant.basis else { return };
	let consent = Consents::<Runtime>::get(basis.consent).expect("a consent stays");
	assert_eq!(consent.patient, grant.patient, "{id:?} rests on another's consent");
	let was_there = History::<Runtime>::contains_key(basis.consent, basis.version);
	let is_known = consent.version == basis.version || was_there;
	assert!(is_known, "{id:?} rests on version {} of {:?}", basis.version, basis.consent);
}

/// What has to be so of a grant that counts now. Each use is decided anew, so what permits now need not be what permitted
/// when it was issued: the consents are asked here as they are for a new request.
fn counts_rightly(id: GrantId, grant: &Grant) {
	let at = Milliseconds(now());
	assert_eq!(grant.status, GrantStatus::Active, "{id:?} counts, and was revoked");
	assert!(grant.expires_at > at, "{id:?} counts, and is over");
	assert!(grant.uses_left > 0, "{id:?} counts, and is used up");
	let needs_none = EmergencyOverrides::<Runtime>::contains_key(id)
		|| ProvenGrants::<Runtime>::contains_key(id);
	if needs_none {
		assert_eq!(grant.basis, None, "{id:?} needs no consent, and rests on one");
		return;
	}
	let decision = decided_now(id, grant);
	assert_eq!(decision.outcome, Outcome::Permit, "{id:?} counts, and its patient does not permit");
	assert_eq!(decision.obligations, grant.obligations, "{id:?} counts, and withholds otherwise");
	let Some(basis) = decision.basis else {
		let rules = DecisionRules::<Runtime>::get();
		assert_ne!(rules, Rules::default(), "{id:?} counts, and no consent permits");
		return;
	};
	let consent = Consents::<Runtime>::get(basis.consent).expect("a consent stays");
	assert_eq!(consent.patient, grant.patient, "{id:?} counts by another's consent");
	assert_eq!(consent.version, basis.version, "{id:?} counts by a version that is not in force");
	assert_eq!(consent.status, Status::Active, "{id:?} counts by a consent that was revoked");
	assert!(!consent.is_over(at), "{id:?} counts by a consent that is over");
}

/// What the patient's consents say now to what a grant was asked for.
fn decided_now(id: GrantId, grant: &Grant) -> Decision {
	let (request, at) = (&grant.request, Milliseconds(now()));
	let standing = <ProviderRegistry as ProviderDirectory>::standing(
		&grant.grantee,
		request.on_behalf_of,
		request.role,
		RecordAccess::required_level(request.purpose, request.action),
		at,
	);
	let standing = standing
		.unwrap_or_else(|reason| panic!("{id:?} counts, and its holder may not act: {reason:?}"));
	let actors = [
		Actor::Account(grant.grantee.clone().into()),
		Actor::Organisation(request.on_behalf_of),
		Actor::Role(standing.taxonomy),
	];
	<Consent as ConsentDecider>::decide(
		&grant.patient,
		&Request {
			actors: &actors,
			purposes: &[request.purpose],
			actions: &[request.action.code()],
			labels: &request.labels,
			classes: &request.classes,
			..Request::default()
		},
		at,
	)
}
