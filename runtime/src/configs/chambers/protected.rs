//! What members do in their chambers goes through whatever their institutions have spent.

use crate::{AccountId, Origins, Runtime, RuntimeCall};
use pallet_governance::Chamber;
use pallet_whitelist::{DeferredDispatch, WhitelistedCall};

/// Whether a member of a chamber does what members are there for:
/// - votes in a referendum that has not ended, or submits one, or has it decided about;
/// - stores the text of a proposal, or takes it back;
/// - carries out what both chambers have agreed on.
pub fn governs(who: &AccountId, leaf: &RuntimeCall) -> bool {
	use pallet_preimage::Call as Preimages;
	use pallet_ranked_collective::Call as Collective;
	use pallet_referenda::Call as Polls;
	use pallet_whitelist::Call as Whitelist;
	let (institutions, patients) = (Chamber::Institutions, Chamber::Patients);
	let is_in = |chamber| Origins::is_member(chamber, who);
	match leaf {
		RuntimeCall::RankedCollective(Collective::vote { poll, .. })
		| RuntimeCall::RankedPolls(Polls::place_decision_deposit { index: poll }) => {
			is_in(institutions) && Origins::is_ongoing(institutions, *poll)
		},
		RuntimeCall::PatientCollective(Collective::vote { poll, .. })
		| RuntimeCall::PatientPolls(Polls::place_decision_deposit { index: poll }) => {
			is_in(patients) && Origins::is_ongoing(patients, *poll)
		},
		RuntimeCall::RankedPolls(Polls::submit { .. }) => is_in(institutions),
		RuntimeCall::PatientPolls(Polls::submit { .. }) => is_in(patients),
		RuntimeCall::Preimage(
			Preimages::note_preimage { .. } | Preimages::unnote_preimage { .. },
		) => is_in(institutions) || is_in(patients),
		RuntimeCall::Whitelist(Whitelist::dispatch_whitelisted_call { call_hash, .. }) => {
			let is_agreed = DeferredDispatch::<Runtime>::contains_key(call_hash)
				&& WhitelistedCall::<Runtime>::contains_key(call_hash);
			is_agreed && (is_in(institutions) || is_in(patients))
		},
		_ => false,
	}
}
