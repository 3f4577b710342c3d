//! Whether a patient permits.

use crate::{
	engine::{Decision, Request},
	AccountId, Milliseconds,
};

/// The consent pallet, as other pallets see it.
pub trait ConsentDecider {
	/// Decides a request about `patient` with the consents in force at `at`.
	fn decide(patient: &AccountId, request: &Request<'_>, at: Milliseconds) -> Decision;
}

/// Which accounts are patients.
pub trait PatientDirectory {
	/// Whether the account was sponsored into existence as a patient.
	fn is_patient(who: &AccountId) -> bool;
}
