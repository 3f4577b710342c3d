//! The decision: provider standing, then role matrix, then consent.
//!
//! The order is part of the interface. What refuses first is the reason that is logged, so a
//! stranger learns nothing about a patient's consents.

use crate::{role_matrix, Config, GrantedRequest, Pallet};
use hdx_primitives::{
	engine::{Actor, Algorithm, Basis, Obligations, Outcome, Request},
	AccountId, ConsentDecider, DenialReason, Milliseconds, ProviderDirectory,
};

/// A request that is permitted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Permit {
	/// What has to be withheld.
	pub obligations: Obligations,
	/// The consent that permits; `None` where an implicit policy does.
	pub basis: Option<Basis>,
	/// How consents were combined.
	pub algorithm: Algorithm,
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
}

impl From<DenialReason> for Denial {
	/// A denial that came before any consent was looked at.
	fn from(reason: DenialReason) -> Self {
		Self { reason, basis: None, algorithm: None }
	}
}

impl<T: Config> Pallet<T> {
	/// Decides what `requester` asks about `patient`, with the state as it is and the time `at`.
	pub(crate) fn decide(
		requester: &AccountId,
		patient: &AccountId,
		request: &GrantedRequest,
		at: Milliseconds,
	) -> Result<Permit, Denial> {
		let standing = T::Providers::standing(requester, request.on_behalf_of, request.role, at)?;
		if standing.level < role_matrix::required_level(request.purpose) {
			return Err(DenialReason::AssuranceTooLow.into());
		}
		if !Self::role_permits(request.role, request.purpose, request.action) {
			return Err(DenialReason::RoleNotPermitted.into());
		}
		let decision = T::Consents::decide(
			patient,
			&Request {
				actors: &[
					Actor::Account(requester.clone().into()),
					Actor::Organisation(request.on_behalf_of),
					Actor::Role(standing.taxonomy),
				],
				purposes: &[request.purpose],
				actions: &[request.action.code()],
				labels: &request.labels,
				classes: &request.classes,
				..Request::default()
			},
			at,
		);
		let denied =
			|reason| Denial { reason, basis: decision.basis, algorithm: Some(decision.algorithm) };
		match decision.outcome {
			Outcome::Permit => Ok(Permit {
				obligations: decision.obligations,
				basis: decision.basis,
				algorithm: decision.algorithm,
			}),
			Outcome::Deny => Err(denied(DenialReason::ConsentDenied)),
			Outcome::NoConsent => Err(denied(DenialReason::NoConsent)),
		}
	}
}
