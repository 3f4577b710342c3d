//! Who speaks for an institution, and who is told when that changes.

use crate::{Config, Institutions, Pallet};
use frame_support::weights::Weight;
use hdx_primitives::{AccountId, InstitutionId};

/// Who is told when an institution is suspended, closed or reinstated, or gets another operator.
pub trait OnVoiceChanged {
	/// Somebody else than before may speak for `institution` from this block on, or nobody may, or somebody may again.
	fn on_voice_changed(institution: InstitutionId);

	/// The most that it costs to be told.
	fn weight() -> Weight;
}

impl OnVoiceChanged for () {
	fn on_voice_changed(_: InstitutionId) {}

	fn weight() -> Weight {
		Weight::zero()
	}
}

impl<T: Config> Pallet<T> {
	/// The account that may speak for the institution in this block: its operator, as long as it is active and has the
	/// accreditation in force that its kind needs. `None`: nobody may.
	pub fn voice_of(institution: InstitutionId) -> Option<AccountId> {
		Self::institution_stands(institution, Self::now()).ok()?;
		Institutions::<T>::get(institution).map(|stored| stored.operator)
	}
}
