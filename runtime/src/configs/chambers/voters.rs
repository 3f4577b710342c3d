//! The collectives and their referenda, and the registry, as pallet-governance sees them.

use crate::{AccountId, Origins, ProviderRegistry, Runtime};
use codec::{Decode, Encode};
use frame_support::{
	traits::{PollStatus, Polling, RankedMembers},
	weights::Weight,
};
use hdx_primitives::InstitutionId;
use pallet_governance::{PollIndex, Voices, Voters, WeightInfo};
use pallet_provider_registry::{InstitutionByOperator, OnVoiceChanged};
use pallet_ranked_collective::{MemberCount, Members, Tally, TallyOf, VoteRecord, Voting};
use sp_runtime::{DispatchError, DispatchResult};

/// The count of votes without one of them. `None`: it is not what it is taken for.
fn without(tally: &[u8], vote: VoteRecord) -> Option<(u32, u32, u32)> {
	// Its parts are private, and encoded one after the other.
	let (voters, ayes, nays) = <(u32, u32, u32)>::decode(&mut &*tally).ok()?;
	Some(match vote {
		VoteRecord::Aye(votes) => (voters.saturating_sub(1), ayes.saturating_sub(votes), nays),
		VoteRecord::Nay(votes) => (voters, ayes, nays.saturating_sub(votes)),
	})
}

macro_rules! voters {
	($(#[$documentation:meta])* $name:ident, $instance:ty) => {
		$(#[$documentation])*
		pub struct $name;

		impl Voters for $name {
			fn is_member(who: &AccountId) -> bool {
				Members::<Runtime, $instance>::contains_key(who)
			}

			fn count() -> u32 {
				MemberCount::<Runtime, $instance>::get(0)
			}

			fn admit(who: &AccountId) -> DispatchResult {
				pallet_ranked_collective::Pallet::<Runtime, $instance>::do_add_member(
					who.clone(),
					true,
				)
			}

			fn expel(who: &AccountId) -> DispatchResult {
				// All members are of the lowest rank, and whoever is demoted from it is none any more.
				<pallet_ranked_collective::Pallet<Runtime, $instance> as RankedMembers>::demote(who)
			}

			fn next_poll() -> PollIndex {
				pallet_referenda::ReferendumCount::<Runtime, $instance>::get()
			}

			fn is_ongoing(poll: PollIndex) -> bool {
				pallet_referenda::Pallet::<Runtime, $instance>::ensure_ongoing(poll).is_ok()
			}

			fn withdraw_vote(poll: PollIndex, who: &AccountId) {
				let Some(vote) = Voting::<Runtime, $instance>::get(poll, who) else { return };
				// It fails of a referendum that has ended, whose count stays as it is.
				let _ = <pallet_referenda::Pallet<Runtime, $instance> as Polling<
					TallyOf<Runtime, $instance>,
				>>::try_access_poll(poll, |status| {
					let PollStatus::Ongoing(tally, _) = status else {
						return Err(DispatchError::Unavailable);
					};
					let (voters, ayes, nays) =
						without(&tally.encode(), vote).ok_or(DispatchError::Corruption)?;
					*tally = Tally::from_parts(voters, ayes, nays);
					Voting::<Runtime, $instance>::remove(poll, who);
					Ok(())
				});
			}
		}
	};
}

voters! {
	/// The votes of institutions.
	Institutions, ()
}

voters! {
	/// The votes of those who represent patients.
	Patients, frame_support::instances::Instance2
}

/// The registry of institutions.
pub struct Registry;

impl Voices for Registry {
	fn voice_of(institution: InstitutionId) -> Option<AccountId> {
		ProviderRegistry::voice_of(institution)
	}

	fn is_operator(who: &AccountId) -> bool {
		InstitutionByOperator::<Runtime>::contains_key(who)
	}
}

/// Seats follow the registry: who is suspended votes no more, and a new operator votes in the place of the old one.
pub struct SeatsFollow;

impl OnVoiceChanged for SeatsFollow {
	fn on_voice_changed(institution: InstitutionId) {
		// False where it has no seat, or the same account votes for it.
		Origins::do_sync(institution);
	}

	fn weight() -> Weight {
		<Runtime as pallet_governance::Config>::WeightInfo::sync_seat()
	}
}
