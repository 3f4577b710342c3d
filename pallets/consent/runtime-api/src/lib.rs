//! # What can be asked of the consents
//!
//! A runtime API, so that a node answers without a transaction and free of charge. Asked at a past
//! block (`state_call` with its hash), an archive node answers with the state and the time of that
//! block: "was this permitted then?"
//!
//! The pallet's view functions answer the same questions to clients that know the metadata.

#![cfg_attr(not(feature = "std"), no_std)]
// The macro makes items of its own, which carry no documentation.
#![allow(missing_docs)]

extern crate alloc;

use alloc::vec::Vec;
use hdx_primitives::{engine::Decision, AccountId, ConsentId};
use pallet_consent::{ConsentQuery, ConsentSummary, VersionRecord};

sp_api::decl_runtime_apis! {
	/// Consents and the decisions that rest on them.
	pub trait ConsentApi {
		/// What the consents of a patient decide about a query at the time of the block.
		///
		/// It is the consents' answer alone. Whether who asks may practise, and what the role
		/// matrix lets them do, is decided before consents are looked at.
		fn decide(patient: AccountId, query: ConsentQuery) -> Decision;

		/// The consents of a patient in the order they were granted, ended and revoked ones
		/// included: at most `limit`, and at most [`pallet_consent::MAX_PAGE`], without the first
		/// `skip`.
		fn list(patient: AccountId, skip: u32, limit: u32) -> Vec<ConsentSummary>;

		/// Every version of a consent, the first one first. Empty where there is no such consent.
		fn history(consent: ConsentId) -> Vec<VersionRecord>;
	}
}
