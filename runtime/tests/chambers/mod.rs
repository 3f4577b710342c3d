//! Referenda on the chain of a preset: what members sign, and blocks in which time passes.

use crate::chain::{include, next_block, works};
use codec::{Decode, Encode};
use frame_support::traits::{schedule::DispatchTime, Bounded, StorePreimage};
use hdx_primitives::InstitutionId;
use hdx_runtime::{
	OriginCaller, Origins, Preimage, ProviderRegistry, Runtime, RuntimeCall, RuntimeOrigin,
};
use pallet_governance::Origin;
use pallet_provider_registry::InstitutionKind;
use pallet_referenda::{Instance2, ReferendumCount, ReferendumInfo, ReferendumInfoFor};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::{traits::BlakeTwo256, ApplyExtrinsicResult};

/// Who represents patients in the presets.
pub const REPRESENTATIVES: [Key; 3] = [Key::DaveStash, Key::EveStash, Key::FerdieStash];

/// Blocks in which an ordinary referendum that passes is decided and carried out, at the pace of the presets.
pub const ORDINARY: u32 = 10;
/// The same of one that both chambers are asked about.
pub const GRAVE: u32 = 16;
/// Blocks after which a referendum that does not pass has ended.
pub const UNTIL_THE_END: u32 = 64;

/// Gives further institutions a seat, of these operators.
pub fn seat(operators: &[Key]) {
	for operator in operators {
		let id = pallet_provider_registry::NextInstitutionId::<Runtime>::get();
		let (root, kind) = (RuntimeOrigin::root(), InstitutionKind::Hospital);
		let operator = operator.to_account_id();
		ProviderRegistry::register_institution(root, operator, kind, [0; 32]).unwrap();
		Origins::seat_institution(RuntimeOrigin::root(), id).unwrap();
	}
}

/// A call as a referendum names it, with its text stored where it is long.
pub fn bounded(call: impl Into<RuntimeCall>) -> Bounded<RuntimeCall, BlakeTwo256> {
	Preimage::bound(call.into()).unwrap()
}

/// What a member signs to submit a referendum of the institutions.
pub fn submission(
	origin: impl Into<OriginCaller>,
	proposal: Bounded<RuntimeCall, BlakeTwo256>,
) -> RuntimeCall {
	pallet_referenda::Call::<Runtime>::submit {
		proposal_origin: Box::new(origin.into()),
		proposal,
		enactment_moment: DispatchTime::After(0),
	}
	.into()
}

/// The same of the patients' chamber.
pub fn patients_submission(
	origin: impl Into<OriginCaller>,
	proposal: Bounded<RuntimeCall, BlakeTwo256>,
) -> RuntimeCall {
	pallet_referenda::Call::<Runtime, Instance2>::submit {
		proposal_origin: Box::new(origin.into()),
		proposal,
		enactment_moment: DispatchTime::After(0),
	}
	.into()
}

/// An institution proposes, and has it decided about.
pub fn propose(key: Key, origin: Origin, call: impl Into<RuntimeCall>) -> u32 {
	let poll = ReferendumCount::<Runtime>::get();
	works(key, submission(origin, bounded(call)));
	works(key, pallet_referenda::Call::<Runtime>::place_decision_deposit { index: poll });
	poll
}

/// A representative of patients does.
pub fn patients_propose(key: Key, origin: Origin, call: impl Into<RuntimeCall>) -> u32 {
	let poll = ReferendumCount::<Runtime, Instance2>::get();
	works(key, patients_submission(origin, bounded(call)));
	let deposit =
		pallet_referenda::Call::<Runtime, Instance2>::place_decision_deposit { index: poll };
	works(key, deposit);
	poll
}

/// A vote of an institution.
pub fn ballot(poll: u32, aye: bool) -> RuntimeCall {
	pallet_ranked_collective::Call::<Runtime>::vote { poll, aye }.into()
}

/// A vote of a representative of patients.
pub fn patients_ballot(poll: u32, aye: bool) -> RuntimeCall {
	pallet_ranked_collective::Call::<Runtime, Instance2>::vote { poll, aye }.into()
}

pub fn ayes(poll: u32, voters: &[Key]) {
	voters.iter().for_each(|voter| works(*voter, ballot(poll, true)));
}

pub fn patients_ayes(poll: u32, voters: &[Key]) {
	voters.iter().for_each(|voter| works(*voter, patients_ballot(poll, true)));
}

/// Tries a vote, and says what came of it.
pub fn try_vote(voter: Key, poll: u32) -> ApplyExtrinsicResult {
	include(voter, ballot(poll, true))
}

pub fn pass(blocks: u32) {
	(0..blocks).for_each(|_| next_block());
}

/// Whether the referendum of the institutions was approved.
pub fn is_approved(poll: u32) -> bool {
	matches!(ReferendumInfoFor::<Runtime>::get(poll), Some(ReferendumInfo::Approved(..)))
}

/// Whether it was rejected.
pub fn is_rejected(poll: u32) -> bool {
	matches!(ReferendumInfoFor::<Runtime>::get(poll), Some(ReferendumInfo::Rejected(..)))
}

/// How many voted for it, and how many against it.
pub fn count_of(poll: u32) -> (u32, u32) {
	let Some(ReferendumInfo::Ongoing(status)) = ReferendumInfoFor::<Runtime>::get(poll) else {
		panic!("it has ended");
	};
	let parts = status.tally.encode();
	let (_, ayes, nays): (u32, u32, u32) = Decode::decode(&mut &parts[..]).unwrap();
	(ayes, nays)
}

/// Who votes for an institution.
pub fn voter_of(institution: InstitutionId) -> Option<hdx_runtime::AccountId> {
	let seats = pallet_governance::Seats::<Runtime>::get();
	seats.into_iter().find(|seat| seat.institution == institution).and_then(|seat| seat.voter)
}
