//! What members may propose and store, and how much of it.

use crate::{Chamber, Config, Error, Notes, OpenPoll, OpenPolls, Pallet, PollIndex, Voters};
use frame_support::{ensure, traits::Get};
use hdx_primitives::AccountId;

impl<T: Config> Pallet<T> {
	/// Whether the account has a vote in the chamber.
	pub fn is_member(chamber: Chamber, who: &AccountId) -> bool {
		match chamber {
			Chamber::Institutions => T::Institutions::is_member(who),
			Chamber::Patients => T::Patients::is_member(who),
		}
	}

	/// Whether a referendum of the chamber has not ended.
	pub fn is_ongoing(chamber: Chamber, poll: PollIndex) -> bool {
		match chamber {
			Chamber::Institutions => T::Institutions::is_ongoing(poll),
			Chamber::Patients => T::Patients::is_ongoing(poll),
		}
	}

	/// Notes that a member is about to submit the next referendum of the chamber.
	///
	/// # Errors
	///
	/// - [`Error::NotAMember`]
	/// - [`Error::TooManyOpen`]: one emergency is apart from the others, so that it never has to wait for them
	pub fn note_proposal(
		chamber: Chamber,
		who: &AccountId,
		is_emergency: bool,
	) -> Result<(), Error<T>> {
		ensure!(Self::is_member(chamber, who), Error::<T>::NotAMember);
		let poll = match chamber {
			Chamber::Institutions => T::Institutions::next_poll(),
			Chamber::Patients => T::Patients::next_poll(),
		};
		OpenPolls::<T>::try_mutate(chamber, |open| {
			open.retain(|earlier| Self::is_ongoing(chamber, earlier.poll));
			let same_kind = |earlier: &&OpenPoll| {
				earlier.proposer == *who && earlier.is_emergency == is_emergency
			};
			let most = if is_emergency { 1 } else { T::MaxOpenPerMember::get() };
			ensure!(open.iter().filter(same_kind).count() < most as usize, Error::<T>::TooManyOpen);
			open.try_push(OpenPoll { poll, proposer: who.clone(), is_emergency })
				.map_err(|_| Error::<T>::TooManyOpen)
		})
	}

	/// Takes back what the account has voted in all referenda of the chamber that have not ended.
	pub(crate) fn withdraw_votes(chamber: Chamber, who: &AccountId) {
		for open in OpenPolls::<T>::get(chamber) {
			match chamber {
				Chamber::Institutions => T::Institutions::withdraw_vote(open.poll, who),
				Chamber::Patients => T::Patients::withdraw_vote(open.poll, who),
			}
		}
	}

	/// Notes that a member stores the text of a proposal.
	///
	/// # Errors
	///
	/// [`Error::NotAMember`] of both chambers, [`Error::NoteTooLong`], [`Error::TooManyNotes`]
	pub fn take_note(who: &AccountId, length: u64) -> Result<(), Error<T>> {
		let may_store =
			Self::is_member(Chamber::Institutions, who) || Self::is_member(Chamber::Patients, who);
		ensure!(may_store, Error::<T>::NotAMember);
		ensure!(length <= u64::from(T::MaxNoteLength::get()), Error::<T>::NoteTooLong);
		let stored = Notes::<T>::get(who);
		ensure!(stored < T::MaxNotes::get(), Error::<T>::TooManyNotes);
		Notes::<T>::insert(who, stored.saturating_add(1));
		Ok(())
	}

	/// Notes that the text of a proposal that somebody stored is gone.
	pub fn drop_note(who: &AccountId) {
		Notes::<T>::mutate_exists(who, |stored| {
			*stored = stored.and_then(|count| count.checked_sub(1)).filter(|count| *count > 0);
		});
	}
}
