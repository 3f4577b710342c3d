//! Institutions, what they are accredited for, and their quotas.

use super::{anybody, institution, one_of, period};
use crate::fuzzing::{Make, Step};
use ark_std::rand::{rngs::StdRng, Rng};
use hdx_primitives::{Code, InstitutionId};
use hdx_runtime::Runtime;
use pallet_provider_registry::{
	AccreditationStatus, Accreditations, Call, InstitutionKind, InstitutionStatus, Institutions,
	NextInstitutionId, RequiredAccreditation, SuspensionReason,
};
use pallet_quota::Limits;

/// What there is here.
pub const ALL: &[Make] = &[
	register,
	suspend,
	reactivate,
	reactivate,
	accredit,
	renew,
	set_accreditation_status,
	require_nothing,
	set_bucket,
];

/// A scheme of accreditation.
const SCHEME: Code = Code([3; 16]);

/// Governance registers an institution. Not many: there are not many accounts.
pub fn register(rng: &mut StdRng) -> Option<Step> {
	(NextInstitutionId::<Runtime>::get().0 < 8).then_some(())?;
	rng.gen_bool(0.1).then_some(())?;
	let (operator, profile) = (anybody(rng)?, super::fresh(rng));
	Step::root(Call::register_institution { operator, kind: InstitutionKind::Clinic, profile })
}

/// Governance suspends one.
pub fn suspend(rng: &mut StdRng) -> Option<Step> {
	rng.gen_bool(0.1).then_some(())?;
	let institution = institution(rng)?;
	let status = InstitutionStatus::Suspended(SuspensionReason::Investigation);
	Step::root(Call::set_institution_status { institution, status })
}

/// And lets it act again.
pub fn reactivate(_: &mut StdRng) -> Option<Step> {
	let (institution, _) = Institutions::<Runtime>::iter()
		.find(|(_, stored)| matches!(stored.status, InstitutionStatus::Suspended(_)))?;
	let status = InstitutionStatus::Active;
	Step::root(Call::set_institution_status { institution, status })
}

/// An institution that is accredited, or is not.
fn accredited(rng: &mut StdRng, is_accredited: bool) -> Option<InstitutionId> {
	let institution = institution(rng)?;
	let stored = Accreditations::<Runtime>::get(institution);
	(stored.iter().any(|it| it.scheme == SCHEME) == is_accredited).then_some(institution)
}

/// Governance accredits one.
pub fn accredit(rng: &mut StdRng) -> Option<Step> {
	let institution = accredited(rng, false)?;
	let valid = period(rng, 400);
	Step::root(Call::accredit { institution, scheme: SCHEME, level: 1, valid })
}

/// And again.
pub fn renew(rng: &mut StdRng) -> Option<Step> {
	let institution = accredited(rng, true)?;
	let (level, valid) = (rng.gen_range(1..4), period(rng, 400));
	Step::root(Call::renew_accreditation { institution, scheme: SCHEME, level, valid })
}

/// Or suspends its accreditation, or has it count again.
pub fn set_accreditation_status(rng: &mut StdRng) -> Option<Step> {
	let institution = accredited(rng, true)?;
	let statuses = [AccreditationStatus::InForce, AccreditationStatus::Suspended];
	let status = one_of(rng, &statuses)?;
	Step::root(Call::set_accreditation_status { institution, scheme: SCHEME, status })
}

/// Governance no longer asks for an accreditation, where something arbitrary did.
pub fn require_nothing(_: &mut StdRng) -> Option<Step> {
	let (kind, _) = RequiredAccreditation::<Runtime>::iter().next()?;
	Step::root(Call::require_accreditation { kind, requirement: None })
}

/// Governance sets what an institution may spend, or takes that back.
pub fn set_bucket(rng: &mut StdRng) -> Option<Step> {
	let institution = institution(rng)?;
	let limits = Limits { capacity: rng.gen_range(1_000..4_000), refill: rng.gen_range(50..200) };
	let limits = rng.gen_bool(0.7).then_some(limits);
	Step::root(pallet_quota::Call::set_bucket { institution, limits })
}
