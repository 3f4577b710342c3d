//! The texts of proposals.

use super::super::{entries, KeepsMigrations, KeepsTheLog, KeepsValidators};
use crate::{AccountId, Origins, Preimage, Runtime, RuntimeCall};
use alloc::{borrow::Cow, collections::btree_map::BTreeMap};
use codec::{Decode, DecodeLimit, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	traits::{Consideration, Contains, FetchResult, Footprint, QueryPreimage, StorePreimage},
	MAX_EXTRINSIC_DEPTH,
};
use pallet_governance::Texts;
use pallet_preimage::{RequestStatus, RequestStatusFor};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::{traits::BlakeTwo256, DispatchError};

/// That a member stored a text. It costs no deposit; members store so many, of so many bytes.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct StoredByMember;

impl Consideration<AccountId, Footprint> for StoredByMember {
	fn new(who: &AccountId, text: Footprint) -> Result<Self, DispatchError> {
		Origins::take_note(who, text.size)?;
		Ok(Self)
	}

	fn update(self, _: &AccountId, _: Footprint) -> Result<Self, DispatchError> {
		// A text has the length that it has.
		Ok(self)
	}

	fn drop(self, who: &AccountId) -> Result<(), DispatchError> {
		Origins::drop_note(who);
		Ok(())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn ensure_successful(who: &AccountId, _: Footprint) {
		use pallet_governance::Voters;
		// It fails of a member, who may store already.
		let _ = super::Patients::admit(who);
	}
}

/// The texts that members have stored, and not those that the chain stored for itself.
pub struct StoredTexts;

impl Texts for StoredTexts {
	fn stored() -> BTreeMap<AccountId, u32> {
		let mut stored = BTreeMap::new();
		for status in RequestStatusFor::<Runtime>::iter_values() {
			let ticket = match status {
				RequestStatus::Unrequested { ticket, .. } => Some(ticket),
				RequestStatus::Requested { maybe_ticket, .. } => maybe_ticket,
			};
			if let Some((member, _)) = ticket {
				let count: &mut u32 = stored.entry(member).or_default();
				*count = count.saturating_add(1);
			}
		}
		stored
	}
}

/// Whether a call is none that nobody makes, not even Root.
fn may_be_made(call: &RuntimeCall) -> bool {
	KeepsTheLog::contains(call)
		&& KeepsValidators::contains(call)
		&& KeepsMigrations::contains(call)
}

/// The texts that both chambers can have called as Root. pallet-whitelist alone sees them through this, so it is also where
/// the log is told what is permitted and made. No filter looks at what Root calls, so it is looked at here: what
/// would write to the log's storage, have validators forget their keys, or steer a migration, is not given out.
pub struct LogKeepingPreimages;

impl QueryPreimage for LogKeepingPreimages {
	type H = BlakeTwo256;

	fn len(hash: &H256) -> Option<u32> {
		<Preimage as QueryPreimage>::len(hash)
	}

	fn fetch(hash: &H256, length: Option<u32>) -> FetchResult {
		let text = <Preimage as QueryPreimage>::fetch(hash, length)?;
		let call =
			RuntimeCall::decode_all_with_depth_limit(MAX_EXTRINSIC_DEPTH, &mut text.as_ref());
		match call {
			Ok(call) if !may_be_made(&call) => Err(DispatchError::Unavailable),
			// Whoever asked finds out by itself that a text is no call.
			_ => Ok(text),
		}
	}

	fn is_requested(hash: &H256) -> bool {
		<Preimage as QueryPreimage>::is_requested(hash)
	}

	/// Those who represent patients permit the call, which leaves an entry.
	fn request(hash: &H256) {
		<Preimage as QueryPreimage>::request(hash);
		entries::permitted(*hash);
	}

	/// They took it back, or it is made now, which leaves an entry as well.
	fn unrequest(hash: &H256) {
		<Preimage as QueryPreimage>::unrequest(hash);
		entries::forbidden_or_made(*hash);
	}
}

impl StorePreimage for LogKeepingPreimages {
	const MAX_LENGTH: usize = <Preimage as StorePreimage>::MAX_LENGTH;

	fn note(bytes: Cow<[u8]>) -> Result<H256, DispatchError> {
		<Preimage as StorePreimage>::note(bytes)
	}
}
