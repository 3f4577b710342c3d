//! Guardians who cost the most to look up.

use crate::Runtime;
use alloc::vec::Vec;
use frame_benchmarking::account;
use frame_support::{traits::Get, BoundedVec};
use hdx_primitives::{
	consent::{GuardianPowers, GuardianSet, Guardianship},
	engine::{Actor, Scope, Values, MAX_VALUES},
	AccountId, Code, Milliseconds, Period,
};
use pallet_consent::{Guardians, GuardiansToBe, PendingGuardians};

/// The last of as many guardians of a patient as there can be, in office for these purposes, with which a scope ends that is as
/// long as one can be; without any, it is for all. As many others are named to take their place, so that both sets are looked at.
pub(super) fn guardian_of(patient: &AccountId, purposes: &[Code]) -> AccountId {
	let most = <Runtime as pallet_consent::Config>::MaxGuardians::get();
	let in_office: Vec<AccountId> = (0..most).map(|index| account("guardian", index, 0)).collect();
	let to_be = (0..most).map(|index| account("guardian to be", index, 0)).collect();
	let last = in_office.last().expect("there may be one").clone();
	let guardianship = Guardianship { set: guardians(in_office, purposes), since: Milliseconds(0) };
	Guardians::<Runtime>::insert(patient, guardianship);
	let pending = PendingGuardians {
		set: Some(guardians(to_be, purposes)),
		takes_effect_at: Milliseconds(u64::MAX),
	};
	GuardiansToBe::<Runtime>::insert(patient, pending);
	last
}

fn guardians(accounts: Vec<AccountId>, purposes: &[Code]) -> GuardianSet {
	let code = |kind: u8, value: u32| {
		let mut bytes = [kind; 16];
		bytes[..4].copy_from_slice(&value.to_le_bytes());
		Code(bytes)
	};
	let full = |kind: u8| (0..MAX_VALUES).map(move |value| code(kind, value));
	let actor = |value: u32| {
		let mut bytes = [100; 32];
		bytes[..4].copy_from_slice(&value.to_le_bytes());
		Actor::Account(bytes)
	};
	// What is asked for comes last, so that all others are compared with it first.
	let others = (MAX_VALUES as usize).saturating_sub(purposes.len());
	let named = match purposes {
		[] => Values::default(),
		_ => {
			Values::truncate_from(full(101).take(others).chain(purposes.iter().copied()).collect())
		},
	};
	let scope = Scope {
		actors: Values::truncate_from((0..MAX_VALUES).map(actor).collect()),
		purposes: named,
		actions: Values::truncate_from(full(102).collect()),
		labels: Values::truncate_from(full(103).collect()),
		classes: Values::truncate_from(full(104).collect()),
		codes: Values::truncate_from(full(105).collect()),
		..Scope::default()
	};
	GuardianSet {
		guardians: BoundedVec::truncate_from(accounts),
		threshold: 1,
		scope,
		powers: GuardianPowers::default(),
		period: Period { start: Some(Milliseconds(0)), end: Some(Milliseconds(u64::MAX)) },
		objection_delay: Milliseconds(1),
	}
}
