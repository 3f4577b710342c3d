//! Practitioners and their credentials.

use super::{
	any_practitioner, anybody, commitment, home_of, institution, one_of, operator, practitioner,
};
use crate::fuzzing::{accounts, scene, Make, Step};
use ark_std::rand::{rngs::StdRng, Rng};
use hdx_primitives::{AccountId, InstitutionId, Milliseconds, Period, Role, H256};
use hdx_runtime::Runtime;
use pallet_provider_registry::{
	AppealOutcome, Appellant, Call, Credential, CredentialIssuer, CredentialKind, CredentialStatus,
	Institutions, NextAppealId, OpenAppeals, PractitionerStatus, Practitioners, ReportedStatus,
	SecondKey, SuspensionReason, Transfers,
};

/// What there is here.
pub const ALL: &[Make] = &[
	enrol,
	enrol,
	remove,
	affiliate,
	leave,
	offer_transfer,
	withdraw_transfer,
	accept_transfer,
	set_status,
	set_status,
	attest,
	renew,
	suspend,
	reinstate,
	revoke,
	report,
	register_second_key,
	reset_second_key,
	appeal,
	withdraw_appeal,
	decide_appeal,
];

/// An institution enrols somebody.
pub fn enrol(rng: &mut StdRng) -> Option<Step> {
	let ((_, operator), who) = (operator(rng)?, anybody(rng)?);
	let role = one_of(rng, &Role::ALL)?;
	Step::signed(operator, scene::enrol(who, role))
}

/// And removes them; not those of whom the rest has need.
pub fn remove(rng: &mut StdRng) -> Option<Step> {
	let who = spare(rng)?;
	let (_, operator) = home_of(&who)?;
	Step::signed(operator, Call::remove_practitioner { practitioner: who })
}

/// A practitioner whom nothing else here needs.
fn spare(rng: &mut StdRng) -> Option<AccountId> {
	any_practitioner(rng)
		.filter(|who| accounts::DOCTORS.iter().all(|it| it.to_account_id() != *who))
}

/// Another institution takes a practitioner on.
pub fn affiliate(rng: &mut StdRng) -> Option<Step> {
	let ((_, operator), practitioner) = (operator(rng)?, practitioner(rng)?);
	Step::signed(operator, Call::add_affiliation { practitioner })
}

/// A practitioner leaves one.
pub fn leave(rng: &mut StdRng) -> Option<Step> {
	let practitioner = practitioner(rng)?;
	let affiliations = Practitioners::<Runtime>::get(&practitioner)?.affiliations;
	let institution = one_of(rng, &affiliations)?;
	Step::signed(practitioner.clone(), Call::leave { practitioner, institution })
}

/// The home offers a practitioner to another institution.
pub fn offer_transfer(rng: &mut StdRng) -> Option<Step> {
	let practitioner = spare(rng)?;
	let (_, operator) = home_of(&practitioner)?;
	let to = institution(rng)?;
	Step::signed(operator, Call::offer_transfer { practitioner, to })
}

fn offered() -> Option<(AccountId, InstitutionId)> {
	let (practitioner, offer) = Transfers::<Runtime>::iter().next()?;
	Some((practitioner, offer.to))
}

/// The practitioner does not want to.
pub fn withdraw_transfer(_: &mut StdRng) -> Option<Step> {
	let (practitioner, _) = offered()?;
	Step::signed(practitioner.clone(), Call::withdraw_transfer { practitioner })
}

/// The other institution takes them.
pub fn accept_transfer(_: &mut StdRng) -> Option<Step> {
	let (practitioner, to) = offered()?;
	let call = Call::accept_transfer {
		practitioner,
		credential_kind: CredentialKind::Employment,
		credential_commitment: scene::fresh_credential(),
		credential_valid: Period::default(),
	};
	Step::signed(super::operator_of(to)?, call)
}

/// The home suspends a practitioner, or lets them act again, which it does sooner.
pub fn set_status(rng: &mut StdRng) -> Option<Step> {
	let practitioner = any_practitioner(rng)?;
	let (_, operator) = home_of(&practitioner)?;
	let is_active =
		Practitioners::<Runtime>::get(&practitioner)?.status == PractitionerStatus::Active;
	(!is_active || rng.gen_bool(0.3)).then_some(())?;
	let status = if is_active {
		PractitionerStatus::Suspended(SuspensionReason::Investigation)
	} else {
		PractitionerStatus::Active
	};
	Step::signed(operator, Call::set_practitioner_status { practitioner, status })
}

/// The board attests a licence.
pub fn attest(rng: &mut StdRng) -> Option<Step> {
	let practitioner = practitioner(rng)?;
	let call = Call::attest_credential {
		practitioner,
		kind: CredentialKind::Licence,
		commitment: scene::fresh_credential(),
		valid: super::period(rng, 400),
	};
	Step::signed(accounts::issuer(), call)
}

/// A credential, whose it is, and who issued it.
fn credential(rng: &mut StdRng) -> Option<(AccountId, Credential, AccountId)> {
	let practitioner = spare(rng)?;
	let stored = Practitioners::<Runtime>::get(&practitioner)?;
	let credential = one_of(rng, &stored.credentials)?;
	let issuer = match credential.issuer {
		CredentialIssuer::Institution(institution) => {
			Institutions::<Runtime>::get(institution)?.operator
		},
		CredentialIssuer::Issuer(_) => accounts::issuer(),
	};
	Some((practitioner, credential, issuer))
}

/// Whoever issued a credential renews it.
pub fn renew(rng: &mut StdRng) -> Option<Step> {
	let (practitioner, credential, issuer) = credential(rng)?;
	let (commitment, valid) = (commitment(rng), super::period(rng, 400));
	let call =
		Call::renew_credential { practitioner, credential: credential.id, commitment, valid };
	Step::signed(issuer, call)
}

/// Suspends it.
pub fn suspend(rng: &mut StdRng) -> Option<Step> {
	let (practitioner, credential, issuer) = credential(rng)?;
	Step::signed(issuer, Call::suspend_credential { practitioner, credential: credential.id })
}

/// Has it count again.
pub fn reinstate(rng: &mut StdRng) -> Option<Step> {
	let (practitioner, credential, issuer) = credential(rng)?;
	(credential.status == CredentialStatus::Suspended).then_some(())?;
	Step::signed(issuer, Call::reinstate_credential { practitioner, credential: credential.id })
}

/// Revokes it.
pub fn revoke(rng: &mut StdRng) -> Option<Step> {
	let (practitioner, credential, issuer) = credential(rng)?;
	Step::signed(issuer, Call::revoke_credential { practitioner, credential: credential.id })
}

/// An oracle reports that something is wrong.
pub fn report(rng: &mut StdRng) -> Option<Step> {
	let practitioner = spare(rng)?;
	let credential = scene::licence_of(&practitioner)?;
	let call = Call::report_status {
		practitioner,
		credential,
		status: one_of(rng, &[ReportedStatus::Suspended, ReportedStatus::Good])?,
		evidence: H256(super::fresh(rng)),
		checked_at: Milliseconds(crate::fuzzing::now()),
	};
	Step::signed(accounts::oracle(), call)
}

/// A practitioner registers a second key.
pub fn register_second_key(rng: &mut StdRng) -> Option<Step> {
	let who = practitioner(rng)?;
	let key = SecondKey::Sr25519(accounts::DEVICE.public().0);
	Step::signed(who, Call::register_second_key { key })
}

/// The home gives a practitioner a second key, as after a loss.
pub fn reset_second_key(rng: &mut StdRng) -> Option<Step> {
	let practitioner = spare(rng)?;
	let (_, operator) = home_of(&practitioner)?;
	let key = SecondKey::Sr25519(one_of(rng, &accounts::PATIENTS)?.public().0);
	Step::signed(operator, Call::reset_second_key { practitioner, key })
}

/// Somebody who was suspended appeals.
pub fn appeal(rng: &mut StdRng) -> Option<Step> {
	let who = any_practitioner(rng)?;
	Step::signed(who, Call::appeal { statement: commitment(rng) })
}

/// And withdraws it.
pub fn withdraw_appeal(rng: &mut StdRng) -> Option<Step> {
	let who = any_practitioner(rng)?;
	let appeal = OpenAppeals::<Runtime>::get(Appellant::Practitioner(who.clone()))?;
	Step::signed(who, Call::withdraw_appeal { appeal })
}

/// Governance decides about one.
pub fn decide_appeal(rng: &mut StdRng) -> Option<Step> {
	let next = NextAppealId::<Runtime>::get().0;
	let appeal = hdx_primitives::AppealId(super::recent(rng, next)?);
	let outcome = one_of(rng, &[AppealOutcome::Upheld, AppealOutcome::Dismissed])?;
	Step::root(Call::decide_appeal { appeal, outcome })
}
