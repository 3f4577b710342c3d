//! Who answers for an account.

use alloc::vec::Vec;
use hdx_primitives::{AccountId, InstitutionId};

/// Which institutions answer for which accounts.
pub trait SponsorDirectory {
	/// The institutions that answer for `who`: the one that is charged unless a call names another
	/// of them comes first. Empty: nobody answers.
	///
	/// Whether an institution is active does not matter here. What a suspended one's people send is
	/// refused by the calls themselves, and a patient's rights do not depend on the standing of a
	/// hospital.
	fn sponsors(who: &AccountId) -> Vec<InstitutionId>;

	/// The most institutions that [`sponsors`](Self::sponsors) ever gives. What a transaction may weigh follows
	/// from it.
	fn most_sponsors() -> u32;

	/// The institution that answers for the attempts of an account whose signer is suspended, or goes
	/// on under another one: its key may be stolen. What they attempt is refused, and logged, at
	/// nobody's cost.
	fn retired_from(who: &AccountId) -> Option<InstitutionId>;

	/// Whether there is such an institution.
	fn exists(institution: InstitutionId) -> bool;
}
