//! What this pallet needs of the collectives and their referenda, and of the registry of institutions.

use alloc::collections::btree_map::BTreeMap;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::{AccountId, InstitutionId};
use scale_info::TypeInfo;
use sp_runtime::DispatchResult;

/// The number of a referendum of a chamber.
pub type PollIndex = u32;

/// A chamber.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Chamber {
	/// Of institutions. Each has one vote.
	Institutions,
	/// Of those who represent patients. Each has one vote.
	Patients,
}

/// The members of a chamber and their votes.
pub trait Voters {
	/// Whether the account has a vote.
	fn is_member(who: &AccountId) -> bool;

	/// How many have a vote.
	fn count() -> u32;

	/// Gives the account a vote.
	///
	/// # Errors
	///
	/// Those of the collective: it has one already, or there are too many.
	fn admit(who: &AccountId) -> DispatchResult;

	/// Takes the vote of the account. Votes that it has cast stay until [`withdraw_vote`](Self::withdraw_vote).
	///
	/// # Errors
	///
	/// Those of the collective: it has none.
	fn expel(who: &AccountId) -> DispatchResult;

	/// The number that the next referendum gets.
	fn next_poll() -> PollIndex;

	/// Whether the referendum has not ended.
	fn is_ongoing(poll: PollIndex) -> bool;

	/// Takes the vote back that the account has cast in a referendum that has not ended. Nothing where it cast none.
	fn withdraw_vote(poll: PollIndex, who: &AccountId);
}

/// The texts of proposals that are stored.
pub trait Texts {
	/// How many each account has stored, of those that have any.
	fn stored() -> BTreeMap<AccountId, u32>;
}

/// Who speaks for institutions.
pub trait Voices {
	/// The account that may speak for the institution now. `None`: nobody may.
	fn voice_of(institution: InstitutionId) -> Option<AccountId>;

	/// Whether the account operates an institution.
	fn is_operator(who: &AccountId) -> bool;
}
