//! What members do in their chambers goes through whatever their institutions have spent.

use crate::{AccountId, BlockNumber, Origins, Preimage, Runtime, RuntimeCall, System};
use codec::{DecodeLimit, Encode};
use frame_support::{
	dispatch::GetDispatchInfo,
	traits::{Get, QueryPreimage},
	weights::Weight,
	MAX_EXTRINSIC_DEPTH,
};
use pallet_governance::Chamber;
use pallet_whitelist::{DeferredDispatch, WhitelistedCall};
use sp_core::H256;
use sp_runtime::traits::{BlakeTwo256, Hash};

/// Longest text that is looked at to tell whether it is carried out, in bytes.
fn longest() -> u32 {
	<Runtime as pallet_governance::Config>::MaxNoteLength::get()
}

/// Whether both chambers have agreed on the call with this hash, institutions first, and it is not too late.
fn is_agreed(hash: &H256) -> bool {
	DeferredDispatch::<Runtime>::get(hash)
		.is_some_and(|expires: BlockNumber| System::block_number() < expires)
		&& WhitelistedCall::<Runtime>::contains_key(hash)
}

/// Whether the text is stored in this length, and weighs no less than this: only then is it what is carried out, and takes
/// no more of a block than it needs.
fn is_stored_as(hash: &H256, length: u32, weight: &Weight) -> bool {
	if length > longest() || <Preimage as QueryPreimage>::len(hash) != Some(length) {
		return false;
	}
	let Ok(text) = <Preimage as QueryPreimage>::fetch(hash, Some(length)) else { return false };
	RuntimeCall::decode_all_with_depth_limit(MAX_EXTRINSIC_DEPTH, &mut text.as_ref())
		.is_ok_and(|call| weight.all_lte(call.get_dispatch_info().call_weight))
}

/// Whether a member of a chamber carries out, by the call itself, what both have agreed on.
pub fn carries_out(who: &AccountId, carrier: &RuntimeCall) -> bool {
	use pallet_whitelist::Call as Whitelist;
	let RuntimeCall::Whitelist(Whitelist::dispatch_whitelisted_call_with_preimage { call }) =
		carrier
	else {
		return false;
	};
	let is_member = Origins::is_member(Chamber::Institutions, who)
		|| Origins::is_member(Chamber::Patients, who);
	let is_short = u32::try_from(call.encoded_size()).is_ok_and(|length| length <= longest());
	is_member && is_short && is_agreed(&BlakeTwo256::hash_of(call))
}

/// Whether a member of a chamber does what members are there for:
/// - votes in a referendum that has not ended, or submits one, or has it decided about;
/// - stores the text of a proposal, or takes it back;
/// - carries out what both chambers have agreed on, by the length and the weight that it has ([`carries_out`]: by its text).
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
		RuntimeCall::Whitelist(Whitelist::dispatch_whitelisted_call {
			call_hash,
			call_encoded_len,
			call_weight_witness,
		}) => {
			(is_in(institutions) || is_in(patients))
				&& is_agreed(call_hash)
				&& is_stored_as(call_hash, *call_encoded_len, call_weight_witness)
		},
		_ => false,
	}
}
