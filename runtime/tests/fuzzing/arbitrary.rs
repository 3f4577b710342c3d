//! Calls of anything: by the runtime's type information, by bytes, and by bytes that were a call before some were changed.

use super::{accounts, left_out::is_left_out, meaningful, now, By, Step, DAY};
use crate::arbitrary_calls::{Calls, Shape};
use ark_std::rand::{rngs::StdRng, Rng, RngCore};
use codec::{DecodeLimit, Encode};
use frame_support::MAX_EXTRINSIC_DEPTH;
use hdx_primitives::{
	engine::terminology::purpose, AppealId, ConsentId, CredentialId, EntryIndex, GrantId, HoldId,
	InstitutionId, IssuerId, Milliseconds, Period, ProposalId, RecordId, RequestId, TemplateId,
};
use hdx_runtime::{Runtime, RuntimeCall};
use pallet_governance::Origin;

/// How often arguments are made up before giving up on a call.
const ATTEMPTS: u32 = 8;
/// Most bytes that are made up at once.
const MOST_BYTES: usize = 400;
/// How deep calls are put into calls.
const DEEPEST: u32 = 3;

/// What chambers can have decided.
const ORIGINS: [Origin; 8] = [
	Origin::Membership,
	Origin::Parameters,
	Origin::Validators,
	Origin::Circuits,
	Origin::WhitelistedCaller,
	Origin::Emergency,
	Origin::PatientsRights,
	Origin::Representation,
];

/// Makes arbitrary calls.
pub struct Arbitrary {
	calls: Calls,
	shapes: Vec<Shape>,
}

impl Arbitrary {
	/// Of this runtime.
	pub fn new() -> Self {
		let calls = Calls::of_runtime(accounts::all()).knowing(known);
		let shapes = calls.shapes();
		Self { calls, shapes }
	}

	/// A call by anybody. `None`: what was made up is no call, or one that is left out.
	pub fn any(&self, rng: &mut StdRng) -> Option<Step> {
		let call = match rng.gen_range(0..10) {
			0..=5 => self.typed(rng)?,
			6 | 7 => self.changed(rng)?,
			8 => self.bytes(rng)?,
			_ => carried(self.typed(rng)?, rng, DEEPEST),
		};
		(!is_left_out(&call)).then(|| Step { by: anybody(rng), call })
	}

	/// With arguments of the right types.
	fn typed(&self, rng: &mut StdRng) -> Option<RuntimeCall> {
		let shape = &self.shapes[rng.gen_range(0..self.shapes.len())];
		(0..ATTEMPTS).find_map(|_| self.calls.make(shape, rng.gen()))
	}

	/// The same, some of whose bytes are others.
	fn changed(&self, rng: &mut StdRng) -> Option<RuntimeCall> {
		let bytes = if rng.gen_bool(0.5) {
			self.typed(rng)?.encode()
		} else {
			meaningful::any(rng)?.call.encode()
		};
		(0..ATTEMPTS).find_map(|_| {
			let mut bytes = bytes.clone();
			for _ in 0..rng.gen_range(1..5) {
				// Mostly what comes after the bytes that say which call it is.
				let place = rng.gen_range(0..bytes.len());
				bytes[place] = rng.gen();
			}
			decoded(&bytes)
		})
	}

	/// Bytes, after those that say which call it is.
	fn bytes(&self, rng: &mut StdRng) -> Option<RuntimeCall> {
		let shape = &self.shapes[rng.gen_range(0..self.shapes.len())];
		(0..ATTEMPTS).find_map(|_| {
			let mut bytes = shape.index.to_vec();
			let mut more = vec![0; rng.gen_range(0..MOST_BYTES)];
			rng.fill_bytes(&mut more);
			bytes.extend(more);
			// What is left over would be the next transaction.
			RuntimeCall::decode_with_depth_limit(MAX_EXTRINSIC_DEPTH, &mut &bytes[..]).ok()
		})
	}
}

/// As a transaction's bytes are read.
fn decoded(bytes: &[u8]) -> Option<RuntimeCall> {
	RuntimeCall::decode_all_with_depth_limit(MAX_EXTRINSIC_DEPTH, &mut &bytes[..]).ok()
}

/// Anybody who can call: mostly an account.
fn anybody(rng: &mut StdRng) -> By {
	match rng.gen_range(0..20) {
		0..=10 => {
			let all = accounts::all();
			By::Account(all[rng.gen_range(0..all.len())].clone())
		},
		11 => By::Nobody,
		12..=15 => By::Root,
		_ => By::Chamber(ORIGINS[rng.gen_range(0..ORIGINS.len())].clone()),
	}
}

/// A call in calls that carry calls.
fn carried(call: RuntimeCall, rng: &mut StdRng, deepest: u32) -> RuntimeCall {
	use pallet_multisig::Call as Multisig;
	use pallet_proxy::Call as Proxy;
	use pallet_scheduler::Call as Scheduler;
	use pallet_utility::Call as Utility;
	let call =
		if deepest > 1 && rng.gen_bool(0.5) { carried(call, rng, deepest - 1) } else { call };
	let all = accounts::all();
	let somebody = all[rng.gen_range(0..all.len())].clone();
	match rng.gen_range(0..8) {
		0 => Utility::batch { calls: vec![call.clone(), call] }.into(),
		1 => Utility::force_batch { calls: vec![call.clone(), call] }.into(),
		2 => Utility::if_else { main: Box::new(call.clone()), fallback: Box::new(call) }.into(),
		3 => Utility::as_derivative { index: rng.gen(), call: Box::new(call) }.into(),
		4 => pallet_sudo::Call::sudo { call: Box::new(call) }.into(),
		5 => Proxy::<Runtime>::proxy {
			real: somebody.into(),
			force_proxy_type: None,
			call: Box::new(call),
		}
		.into(),
		6 => Multisig::<Runtime>::as_multi_threshold_1 {
			other_signatories: vec![somebody],
			call: Box::new(call),
		}
		.into(),
		_ => Scheduler::<Runtime>::schedule_after {
			after: rng.gen_range(0..4),
			maybe_periodic: rng.gen_bool(0.3).then(|| (rng.gen_range(1..9), rng.gen_range(1..5))),
			priority: rng.gen(),
			call: Box::new(call),
		}
		.into(),
	}
}

/// Something that was given out lately, or is about to be.
fn lately(next: u64, pick: &mut dyn FnMut(u64) -> u64) -> u64 {
	let back = pick(next.min(8) + 1);
	next - back
}

/// A short number of the same.
fn lately_short(next: u32, pick: &mut dyn FnMut(u64) -> u64) -> u32 {
	u32::try_from(lately(next.into(), pick)).unwrap_or(next)
}

/// Values that mean something, by the names of their types.
fn known(name: &str, pick: &mut dyn FnMut(u64) -> u64) -> Option<Vec<u8>> {
	use pallet_audit::{NextEntryIndex, NextHoldId};
	use pallet_consent::{NextConsentId, NextProposalId, NextRequestId, NextTemplateId};
	use pallet_provider_registry::{
		NextAppealId, NextCredentialId, NextInstitutionId, NextIssuerId,
	};
	use pallet_record_access::{NextGrantId, NextRecordId};
	// An eighth of all values are whatever their bytes are.
	if pick(8) == 0 {
		return None;
	}
	Some(match name {
		"AccountId32" => {
			let all = accounts::all();
			let which = usize::try_from(pick(all.len() as u64)).unwrap_or(0);
			all[which].encode()
		},
		"InstitutionId" => {
			InstitutionId(lately_short(NextInstitutionId::<Runtime>::get().0, pick)).encode()
		},
		"IssuerId" => IssuerId(lately_short(NextIssuerId::<Runtime>::get().0, pick)).encode(),
		"TemplateId" => TemplateId(lately_short(NextTemplateId::<Runtime>::get(), pick)).encode(),
		"HoldId" => HoldId(lately_short(NextHoldId::<Runtime>::get(), pick)).encode(),
		"AppealId" => AppealId(lately(NextAppealId::<Runtime>::get().0, pick)).encode(),
		"CredentialId" => CredentialId(lately(NextCredentialId::<Runtime>::get().0, pick)).encode(),
		"ConsentId" => ConsentId(lately(NextConsentId::<Runtime>::get(), pick)).encode(),
		"ProposalId" => ProposalId(lately(NextProposalId::<Runtime>::get(), pick)).encode(),
		"RequestId" => RequestId(lately(NextRequestId::<Runtime>::get(), pick)).encode(),
		"EntryIndex" => EntryIndex(lately(NextEntryIndex::<Runtime>::get().0, pick)).encode(),
		"GrantId" => GrantId(lately(NextGrantId::<Runtime>::get().0, pick)).encode(),
		"RecordId" => RecordId(lately(NextRecordId::<Runtime>::get().0, pick)).encode(),
		"Code" => {
			let terms = purpose::ALL;
			let which = usize::try_from(pick(terms.len() as u64)).unwrap_or(0);
			terms[which].code.encode()
		},
		"Milliseconds" => Milliseconds(match pick(3) {
			0 => now(),
			1 => now() + pick(100) * DAY,
			_ => pick(100) * DAY,
		})
		.encode(),
		"Period" => {
			let end = (pick(2) == 0).then(|| Milliseconds(now() + (1 + pick(100)) * DAY));
			Period { start: None, end }.encode()
		},
		_ => return None,
	})
}
