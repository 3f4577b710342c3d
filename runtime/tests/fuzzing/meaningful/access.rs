//! Records, requests for access, and disclosures.

use super::{commitment, kept_record, one_of, operator, patient, practitioner, recent};
use crate::fuzzing::{now, Make, Step, DAY, HOUR};
use ark_std::rand::{rngs::StdRng, Rng};
use hdx_primitives::{
	engine::terminology::purpose, AccessRequest, AccountId, Action, ContextHash, GrantId,
	Milliseconds, RecordId, Role, Target, H256,
};
use hdx_runtime::{RecordAccess, Runtime};
use pallet_provider_registry::Practitioners;
use pallet_record_access::{
	Call, Grant, GrantStatus, GrantUse, GrantUses, Grants, NewManifest, NextGrantId,
	PermittedActions, Records, RecordsOf,
};

/// What there is here.
pub const ALL: &[Make] = &[
	register_record,
	update_record,
	retire,
	reinstate,
	request_access,
	request_access,
	request_access,
	record_disclosure,
	record_disclosure,
	record_disclosures,
	revoke_grant,
	permit_physicians,
	require_level,
];

/// A custodian registers a record.
pub fn register_record(rng: &mut StdRng) -> Option<Step> {
	let (patient, (_, operator)) = (patient(rng)?, operator(rng)?);
	let (manifest, sections) = (commitment(rng), rng.gen_range(1..20));
	Step::signed(operator, Call::register_record { patient, manifest, sections, epoch: 0 })
}

/// What a record becomes.
pub fn new_manifest(rng: &mut StdRng, epoch: u32) -> NewManifest {
	NewManifest { manifest: commitment(rng), sections: rng.gen_range(1..20), epoch }
}

/// A custodian registers a new version of a record.
pub fn update_record(rng: &mut StdRng) -> Option<Step> {
	let (id, record, operator) = kept_record(rng)?;
	let version = RecordAccess::record_version(id)?;
	let new = new_manifest(rng, record.epoch);
	Step::signed(operator, Call::update_record { record: id, version, new, under: None })
}

/// A custodian takes a record out of use.
pub fn retire(rng: &mut StdRng) -> Option<Step> {
	let (record, _, operator) = kept_record(rng)?;
	// Few, or nothing is left to ask for.
	rng.gen_bool(0.3).then_some(())?;
	Step::signed(operator, Call::retire_record { record })
}

/// And takes it back into use.
pub fn reinstate(rng: &mut StdRng) -> Option<Step> {
	let (record, _, operator) = kept_record(rng)?;
	RecordAccess::retired_since(record)?;
	Step::signed(operator, Call::reinstate_record { record })
}

/// A request by somebody who may ask.
pub fn request_by(rng: &mut StdRng, who: &AccountId) -> Option<AccessRequest> {
	let stored = Practitioners::<Runtime>::get(who)?;
	let on_behalf_of = one_of(rng, &stored.affiliations)?;
	let role = one_of(rng, &stored.roles)?.role;
	let patient = patient(rng)?;
	let of_patient: Vec<RecordId> =
		RecordsOf::<Runtime>::iter_key_prefix(&patient).take(8).collect();
	let target = match one_of(rng, &of_patient) {
		Some(record) if rng.gen_bool(0.7) => Target::Record(record),
		_ => Target::WholeRecord,
	};
	let purposes: Vec<_> = purpose::ALL.iter().map(|term| term.code).collect();
	let purpose = if rng.gen_bool(0.8) {
		purpose::TREAT
	} else {
		one_of(rng, &purposes).unwrap_or(purpose::TREAT)
	};
	let action = if rng.gen_bool(0.8) { Action::Read } else { Action::Append };
	Some(AccessRequest {
		on_behalf_of,
		role,
		patient,
		target,
		purpose,
		action,
		labels: Default::default(),
		classes: Default::default(),
		context: ContextHash(super::fresh(rng)),
		duration: Milliseconds(rng.gen_range(HOUR..30 * DAY)),
	})
}

/// A practitioner asks.
pub fn request_access(rng: &mut StdRng) -> Option<Step> {
	let who = practitioner(rng)?;
	let request = request_by(rng, &who)?;
	Step::signed(who, Call::request_access { request, second_factor: None })
}

/// A grant that holds, as far as its own dates say.
pub fn live_grant(rng: &mut StdRng) -> Option<(GrantId, Grant)> {
	let id = GrantId(recent(rng, NextGrantId::<Runtime>::get().0)?);
	let grant = Grants::<Runtime>::get(id)?;
	let is_live = grant.status == GrantStatus::Active && grant.expires_at.0 > now();
	is_live.then_some((id, grant))
}

/// A record that a grant covers, and who operates its custodian.
fn covered(rng: &mut StdRng, grant: &Grant) -> Option<(RecordId, AccountId)> {
	let of_patient: Vec<RecordId> =
		RecordsOf::<Runtime>::iter_key_prefix(&grant.patient).take(8).collect();
	let record = match grant.target {
		Target::Record(record) => record,
		Target::WholeRecord => one_of(rng, &of_patient)?,
	};
	let custodian = Records::<Runtime>::get(record)?.custodian;
	Some((record, super::operator_of(custodian)?))
}

/// A custodian discloses under a grant.
pub fn record_disclosure(rng: &mut StdRng) -> Option<Step> {
	let (grant, stored) = live_grant(rng)?;
	let (record, operator) = covered(rng, &stored)?;
	let disclosure = commitment(rng);
	Step::signed(operator, Call::record_disclosure { grant, record, sections: 1, disclosure })
}

/// A custodian records several disclosures at once.
pub fn record_disclosures(rng: &mut StdRng) -> Option<Step> {
	let (grant, stored) = live_grant(rng)?;
	let (record, operator) = covered(rng, &stored)?;
	let uses = GrantUses::truncate_from(vec![GrantUse { grant, record, uses: 2 }]);
	let (root, at) = (H256(super::fresh(rng)), Milliseconds(now()));
	Step::signed(
		operator,
		Call::record_disclosures { root, count: 2, first_at: at, last_at: at, uses },
	)
}

/// A patient takes a grant back.
pub fn revoke_grant(rng: &mut StdRng) -> Option<Step> {
	let (grant, stored) = live_grant(rng)?;
	Step::signed(stored.patient, Call::revoke_grant { grant })
}

/// Governance lets physicians do again what nobody may forbid them for long here.
pub fn permit_physicians(rng: &mut StdRng) -> Option<Step> {
	let all = vec![Action::Read, Action::Append, Action::Write, Action::Disclose];
	let purposes = [purpose::TREAT, purpose::ETREAT, purpose::BTG];
	let purpose = one_of(rng, &purposes)?;
	let actions = PermittedActions::truncate_from(all);
	Step::root(Call::set_role_permissions { role: Role::Physician, purpose, actions })
}

/// Governance says which assurance reading takes; the common one, mostly.
pub fn require_level(rng: &mut StdRng) -> Option<Step> {
	use hdx_primitives::AssuranceLevel;
	let level = rng.gen_bool(0.1).then_some(AssuranceLevel::Attested);
	Step::root(Call::set_required_level { purpose: purpose::TREAT, action: Action::Read, level })
}
