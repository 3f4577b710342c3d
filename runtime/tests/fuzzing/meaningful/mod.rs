//! Calls that can succeed: made from what is in the state, by who may make them. Most of them do, and so the state gets
//! deep.

pub mod access;
pub mod audit;
pub mod consent;
pub mod custody;
pub mod did;
pub mod emergency;
pub mod governance;
pub mod licences;
pub mod on_behalf;
pub mod proofs;
pub mod providers;
pub mod registry;
pub mod rights;
pub mod steering;
pub mod studies;

use super::{accounts, now, Make, Step, DAY};
use ark_std::rand::{rngs::StdRng, Rng};
use hdx_primitives::{
	AccountId, Commitment, InstitutionId, Milliseconds, Period, PublicInput, RecordId,
};
use hdx_runtime::Runtime;
use pallet_consent::Patients;
use pallet_provider_registry::{
	InstitutionStatus, Institutions, NextInstitutionId, PractitionerStatus, Practitioners,
};
use pallet_record_access::{NextRecordId, Record, Records};

/// How far back things are looked for: what is older is mostly over.
const RECENT: u64 = 24;

/// What there is to call, by subject.
const SUBJECTS: [&[Make]; 15] = [
	access::ALL,
	audit::ALL,
	consent::ALL,
	custody::ALL,
	did::ALL,
	emergency::ALL,
	governance::ALL,
	licences::ALL,
	on_behalf::ALL,
	proofs::ALL,
	providers::ALL,
	registry::ALL,
	rights::ALL,
	steering::ALL,
	studies::ALL,
];

/// A call that means something. `None`: the one that was thought of is not possible now.
pub fn any(rng: &mut StdRng) -> Option<Step> {
	let subject = SUBJECTS[rng.gen_range(0..SUBJECTS.len())];
	subject[rng.gen_range(0..subject.len())](rng)
}

/// One of several.
pub fn one_of<T: Clone>(rng: &mut StdRng, of: &[T]) -> Option<T> {
	if of.is_empty() {
		return None;
	}
	Some(of[rng.gen_range(0..of.len())].clone())
}

/// A number that was given out lately, of those below `next`.
pub fn recent(rng: &mut StdRng, next: u64) -> Option<u64> {
	if next == 0 {
		return None;
	}
	Some(rng.gen_range(next.saturating_sub(RECENT)..next))
}

/// 32 bytes that nobody had before.
pub fn fresh(rng: &mut StdRng) -> [u8; 32] {
	rng.gen()
}

/// A number that nobody had before, far below the order of the field of proofs.
pub fn element(rng: &mut StdRng) -> PublicInput {
	// The lowest byte comes first.
	let mut bytes = fresh(rng);
	bytes[16..].fill(0);
	bytes
}

/// A commitment that nobody had before.
pub fn commitment(rng: &mut StdRng) -> Commitment {
	Commitment(fresh(rng))
}

/// A moment so many days from now at most.
pub fn within_days(rng: &mut StdRng, days: u64) -> Milliseconds {
	Milliseconds(now() + rng.gen_range(1..=days * DAY))
}

/// A period that began, and ends so many days from now at most; sometimes without an end.
pub fn period(rng: &mut StdRng, days: u64) -> Period {
	let end = rng.gen_bool(0.8).then(|| within_days(rng, days));
	Period { start: None, end }
}

/// Any account.
pub fn anybody(rng: &mut StdRng) -> Option<AccountId> {
	one_of(rng, &accounts::all())
}

/// A patient.
pub fn patient(rng: &mut StdRng) -> Option<AccountId> {
	let patients: Vec<_> =
		accounts::all().into_iter().filter(|who| Patients::<Runtime>::contains_key(who)).collect();
	one_of(rng, &patients)
}

/// A practitioner who may act.
pub fn practitioner(rng: &mut StdRng) -> Option<AccountId> {
	let may_act = |who: &AccountId| {
		Practitioners::<Runtime>::get(who).is_some_and(|it| it.status == PractitionerStatus::Active)
	};
	let practitioners: Vec<_> = accounts::all().into_iter().filter(may_act).collect();
	one_of(rng, &practitioners)
}

/// A practitioner, who may be suspended.
pub fn any_practitioner(rng: &mut StdRng) -> Option<AccountId> {
	let is_one = |who: &AccountId| Practitioners::<Runtime>::contains_key(who);
	let practitioners: Vec<_> = accounts::all().into_iter().filter(is_one).collect();
	one_of(rng, &practitioners)
}

/// An institution.
pub fn institution(rng: &mut StdRng) -> Option<InstitutionId> {
	let next = NextInstitutionId::<Runtime>::get().0;
	// The first three are who mostly acts.
	let most = if rng.gen_bool(0.8) { next.min(3) } else { next };
	(most > 0).then(|| InstitutionId(rng.gen_range(0..most)))
}

/// Who operates an institution that may act.
pub fn operator_of(institution: InstitutionId) -> Option<AccountId> {
	let stored = Institutions::<Runtime>::get(institution)?;
	(stored.status == InstitutionStatus::Active).then_some(stored.operator)
}

/// An institution that may act, and who operates it.
pub fn operator(rng: &mut StdRng) -> Option<(InstitutionId, AccountId)> {
	let institution = institution(rng)?;
	Some((institution, operator_of(institution)?))
}

/// The home of a practitioner, and who operates it.
pub fn home_of(who: &AccountId) -> Option<(InstitutionId, AccountId)> {
	let home = Practitioners::<Runtime>::get(who)?.enrolled_by;
	Some((home, operator_of(home)?))
}

/// A record that is there.
pub fn record(rng: &mut StdRng) -> Option<(RecordId, Record)> {
	let id = RecordId(recent(rng, NextRecordId::<Runtime>::get().0)?);
	Some((id, Records::<Runtime>::get(id)?))
}

/// A record that is there, and who operates its custodian.
pub fn kept_record(rng: &mut StdRng) -> Option<(RecordId, Record, AccountId)> {
	let (id, record) = record(rng)?;
	let operator = operator_of(record.custodian)?;
	Some((id, record, operator))
}
