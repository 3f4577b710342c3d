//! The decision: provider standing, the second key where it is needed, then role matrix, then what the
//! patient restricted, then consent.
//!
//! The order is part of the interface. What refuses first is the reason that is logged, so a
//! stranger learns nothing about a patient's consents.
//!
//! A proof stands for a consent only where this ends with [`DenialReason::NoConsent`]: see `by_proof.rs`.
//!
//! An emergency without a consent is never decided here: that is breaking the glass, which asks for a
//! reason and leaves a review.

use crate::{Config, GrantedRequest, Pallet};
use hdx_primitives::{
	engine::{
		terminology::purpose::{BTG, ETREAT},
		Actor, Algorithm, Basis, Decision, Obligations, Outcome, Request,
	},
	AccountId, AssuranceLevel, ConsentDecider, DenialReason, LookedAt, Milliseconds,
	ProviderDirectory, SecondFactor, Standing, Target, H256,
};

/// A request that is permitted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Permit {
	/// What has to be withheld.
	pub obligations: Obligations,
	/// The consent that permits; `None` where an implicit policy does.
	pub basis: Option<Basis>,
	/// How consents were combined; `None` where none was looked at.
	pub algorithm: Option<Algorithm>,
	/// Whether the second key signed the request.
	pub is_confirmed: bool,
	/// How much of the consents was looked at.
	pub looked_at: LookedAt,
}

/// What the second key may have signed.
pub(crate) struct Confirmation<'a> {
	/// The hash of the request.
	pub operation: H256,
	/// The signature, if there is one.
	pub factor: Option<&'a SecondFactor>,
}

/// A request that is denied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Denial {
	/// Why.
	pub reason: DenialReason,
	/// The consent that denies, where one does.
	pub basis: Option<Basis>,
	/// How consents were combined; `None` where none was looked at.
	pub algorithm: Option<Algorithm>,
	/// How much of the consents was looked at.
	pub looked_at: LookedAt,
}

/// How much of the consents was looked at, whatever came of it.
pub(crate) fn looked_at(decided: &Result<Permit, Denial>) -> LookedAt {
	match decided {
		Ok(permit) => permit.looked_at,
		Err(denial) => denial.looked_at,
	}
}

impl From<DenialReason> for Denial {
	/// A denial that came before any consent was looked at.
	fn from(reason: DenialReason) -> Self {
		Self { reason, basis: None, algorithm: None, looked_at: LookedAt::default() }
	}
}

impl<T: Config> Pallet<T> {
	/// Decides what `requester` asked about `patient`, with the state as it is and the time `at`.
	/// `is_confirmed`: the second key signed when it was asked, and need not sign again. Where it did
	/// not, because a lower level was needed then, it is refused where the highest is needed now.
	pub(crate) fn decide(
		requester: &AccountId,
		patient: &AccountId,
		target: Target,
		request: &GrantedRequest,
		is_confirmed: bool,
		at: Milliseconds,
	) -> Result<Permit, Denial> {
		let standing = Self::standing(requester, request, at)?;
		if Self::needs_second_key(request) && !is_confirmed {
			return Err(DenialReason::SecondFactorMissing.into());
		}
		Self::decide_for(&standing, requester, patient, target, request, is_confirmed, at)
	}

	/// Whether the second key has to sign the request.
	pub(crate) fn needs_second_key(request: &GrantedRequest) -> bool {
		Self::required_level(request.purpose, request.action) == AssuranceLevel::Verified
	}

	/// Decides the same for a request that is made now: where it needs the highest level, the second
	/// key has to have signed `operation`.
	pub(crate) fn decide_new(
		requester: &AccountId,
		patient: &AccountId,
		target: Target,
		request: &GrantedRequest,
		confirmation: &Confirmation<'_>,
		at: Milliseconds,
	) -> Result<Permit, Denial> {
		let standing = Self::standing(requester, request, at)?;
		let is_confirmed = Self::needs_second_key(request);
		if is_confirmed {
			T::Providers::confirm(requester, confirmation.operation, confirmation.factor, at)?;
		}
		Self::decide_for(&standing, requester, patient, target, request, is_confirmed, at)
	}

	/// The standing of the requester at the level that the request needs.
	fn standing(
		requester: &AccountId,
		request: &GrantedRequest,
		at: Milliseconds,
	) -> Result<Standing, DenialReason> {
		let required = Self::required_level(request.purpose, request.action);
		Self::standing_at(required, requester, request, at)
	}

	/// The standing of the requester at this level, which is compared here too, so that a directory
	/// that forgets to is no way in.
	pub(crate) fn standing_at(
		required: AssuranceLevel,
		requester: &AccountId,
		request: &GrantedRequest,
		at: Milliseconds,
	) -> Result<Standing, DenialReason> {
		let standing =
			T::Providers::standing(requester, request.on_behalf_of, request.role, required, at)?;
		if standing.level < required {
			return Err(DenialReason::AssuranceTooLow);
		}
		Ok(standing)
	}

	/// The rest of the decision: role matrix, erasure and retirement, restrictions, then consent.
	fn decide_for(
		standing: &Standing,
		requester: &AccountId,
		patient: &AccountId,
		target: Target,
		request: &GrantedRequest,
		is_confirmed: bool,
		at: Milliseconds,
	) -> Result<Permit, Denial> {
		if !Self::role_permits(request.role, request.purpose, request.action) {
			return Err(DenialReason::RoleNotPermitted.into());
		}
		if request.purpose == BTG {
			return Err(DenialReason::BreakGlassNeeded.into());
		}
		if Self::is_erased(target) {
			return Err(DenialReason::RecordErased.into());
		}
		if Self::is_retired(target) {
			return Err(DenialReason::RecordRetired.into());
		}
		if Self::is_restricted(patient, target, request.purpose) {
			return Err(DenialReason::RestrictedByPatient.into());
		}
		let (decision, looked_at) = Self::ask_consents(standing, requester, patient, request, at);
		let denied = |reason| Denial {
			reason,
			basis: decision.basis,
			algorithm: Some(decision.algorithm),
			looked_at,
		};
		match decision.outcome {
			// What a jurisdiction lets emergencies see without the patient's word, it lets them see by
			// breaking the glass.
			Outcome::Permit if request.purpose == ETREAT && decision.basis.is_none() => {
				Err(denied(DenialReason::BreakGlassNeeded))
			},
			Outcome::Permit => Ok(Permit {
				obligations: decision.obligations,
				basis: decision.basis,
				algorithm: Some(decision.algorithm),
				is_confirmed,
				looked_at,
			}),
			Outcome::Deny => Err(denied(DenialReason::ConsentDenied)),
			Outcome::NoConsent => Err(denied(DenialReason::NoConsent)),
		}
	}
	/// What the patient's consents say to the request.
	pub(crate) fn ask_consents(
		standing: &Standing,
		requester: &AccountId,
		patient: &AccountId,
		request: &GrantedRequest,
		at: Milliseconds,
	) -> (Decision, LookedAt) {
		let actors = [
			Actor::Account(requester.clone().into()),
			Actor::Organisation(request.on_behalf_of),
			Actor::Role(standing.taxonomy),
		];
		Self::ask_consents_about(&actors, patient, request, at)
	}

	/// What the patient's consents say to a request by these.
	pub(crate) fn ask_consents_about(
		actors: &[Actor],
		patient: &AccountId,
		request: &GrantedRequest,
		at: Milliseconds,
	) -> (Decision, LookedAt) {
		T::Consents::decide_counted(
			patient,
			&Request {
				actors,
				purposes: &[request.purpose],
				actions: &[request.action.code()],
				labels: &request.labels,
				classes: &request.classes,
				..Request::default()
			},
			at,
		)
	}
}
