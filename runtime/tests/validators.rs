//! Validators on the real chain: who decides about them, when they take part, and that the chain goes on.

use crate::chain::{
	as_root, assert_refused, batch, failure_inside, include, next_block, on_chain, works,
	HOSPITAL_A, HOSPITAL_B, SUDO,
};
use codec::Encode;
use frame_support::traits::Get;
use hdx_primitives::{AuditAction, EntryIndex, InstitutionId, Subject};
use hdx_runtime::{
	genesis, Grandpa, Runtime, RuntimeCall, RuntimeOrigin, Session, SessionKeys, System,
	ValidatorSet,
};
use pallet_provider_registry::{InstitutionStatus, SuspensionReason};
use pallet_quota::Refusal;
use pallet_validator_set::{Call, Error, ValidatorTerms};
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_consensus_grandpa::AuthorityId as GrandpaId;
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::{traits::Dispatchable, DispatchError, DispatchResult};

/// A machine of hospital A that is not there when the chain starts.
const FIFTH: Key = Key::Eve;

/// What chambers decide; the `local` preset has no sudo key in their place.
fn govern(call: impl Into<RuntimeCall>) -> DispatchResult {
	let call: RuntimeCall = call.into();
	call.dispatch(RuntimeOrigin::root()).map(drop).map_err(|error| error.error)
}

fn add(validator: Key, institution: InstitutionId) -> Call<Runtime> {
	Call::add_validator { validator: validator.to_account_id(), institution }
}

fn remove(validator: Key) -> Call<Runtime> {
	Call::remove_validator { validator: validator.to_account_id() }
}

fn set_terms(minimum: u32, key_cooldown: u32) -> Call<Runtime> {
	Call::set_terms { terms: ValidatorTerms { minimum, key_cooldown } }
}

/// Keys that a node made for the validator, as it sends them.
fn new_keys(validator: Key, seed: &str) -> RuntimeCall {
	let owner = validator.to_account_id().encode();
	let made = SessionKeys::generate(&owner, Some(seed.as_bytes().to_vec()));
	pallet_session::Call::set_keys { keys: made.keys, proof: made.proof.encode() }.into()
}

/// The keys that a validator has set.
fn keys_of(validator: Key) -> (AuraId, GrandpaId) {
	let keys = pallet_session::NextKeys::<Runtime>::get(validator.to_account_id()).unwrap();
	(keys.aura, keys.grandpa)
}

/// Who makes blocks, and who finalizes them.
fn authorities() -> Vec<(AuraId, GrandpaId)> {
	let aura = pallet_aura::Authorities::<Runtime>::get().into_inner();
	let grandpa = Grandpa::grandpa_authorities();
	assert_eq!(aura.len(), grandpa.len());
	aura.into_iter().zip(grandpa.into_iter().map(|(id, _)| id)).collect()
}

/// Ends the session with the block, and begins the next ones.
fn next_session() {
	Session::rotate_session();
	next_block();
}

/// On the `local` chain with a fifth validator, which has keys.
fn with_fifth(test: impl FnOnce()) {
	on_chain(genesis::LOCAL, || {
		assert_eq!(govern(add(FIFTH, HOSPITAL_A)), Ok(()));
		works(FIFTH, new_keys(FIFTH, "//Eve"));
		test();
	});
}

/// The same, and it takes part.
fn with_five(test: impl FnOnce()) {
	with_fifth(|| {
		next_session();
		next_session();
		assert_eq!(authorities().len(), 5);
		test();
	});
}

#[test]
fn a_fifth_validator_that_governance_adds_takes_part_two_sessions_later() {
	with_fifth(|| {
		let four = [Key::Alice, Key::Bob, Key::Charlie, Key::Dave].map(keys_of).to_vec();
		assert_eq!(authorities(), four);
		next_session();
		assert_eq!(authorities(), four);
		next_session();
		assert_eq!(authorities(), [four, vec![keys_of(FIFTH)]].concat());
	});
}

#[test]
fn a_validator_that_governance_removes_takes_no_part_two_sessions_later() {
	with_five(|| {
		let removed = keys_of(Key::Dave);
		assert_eq!(govern(remove(Key::Dave)), Ok(()));
		assert!(!System::account_exists(&Key::Dave.to_account_id()));
		next_session();
		assert!(authorities().contains(&removed));
		next_session();
		assert!(!authorities().contains(&removed));
		assert_eq!(authorities().len(), 4);
	});
}

#[test]
fn removing_fails_when_fewer_than_the_minimum_would_be_left() {
	on_chain(genesis::LOCAL, || {
		assert_eq!(govern(remove(Key::Dave)), Err(Error::<Runtime>::BelowMinimum.into()));
		assert_eq!(govern(set_terms(3, 24)), Ok(()));
		assert_eq!(govern(remove(Key::Dave)), Ok(()));
	});
}

#[test]
fn a_validator_without_keys_is_added_and_takes_no_part() {
	on_chain(genesis::LOCAL, || {
		assert_eq!(govern(add(FIFTH, HOSPITAL_A)), Ok(()));
		for _ in 0..3 {
			next_session();
		}
		assert_eq!(authorities().len(), 4);
		works(FIFTH, new_keys(FIFTH, "//Eve"));
		next_session();
		next_session();
		assert_eq!(authorities().len(), 5);
	});
}

#[test]
fn the_one_validator_of_a_development_chain_stays() {
	on_chain(genesis::DEV, || {
		assert_eq!(include(SUDO, as_root(remove(Key::Alice))), Ok(Ok(())));
		assert_eq!(failure_inside(), Some(Error::<Runtime>::BelowMinimum.into()));
		for _ in 0..3 {
			next_session();
		}
		assert_eq!(authorities(), [keys_of(Key::Alice)]);
	});
}

#[test]
fn presets_start_with_validators_of_their_institutions() {
	for (preset, count) in [(genesis::DEV, 1), (genesis::LOCAL, 4)] {
		on_chain(preset, || {
			let validators = ValidatorSet::validators();
			assert_eq!(validators.len(), count);
			for validator in validators {
				assert!(validator.is_institution_active, "{validator:?}");
				assert!(validator.has_keys && validator.is_validating, "{validator:?}");
			}
			let minimum = count as u32;
			let terms = ValidatorTerms { minimum, key_cooldown: 24 };
			assert_eq!(ValidatorSet::terms(), Some(terms));
		});
	}
}

#[test]
fn the_set_is_as_large_as_consensus_takes() {
	let most: u32 = <Runtime as pallet_validator_set::Config>::MaxValidators::get();
	let aura: u32 = <Runtime as pallet_aura::Config>::MaxAuthorities::get();
	let grandpa: u32 = <Runtime as pallet_grandpa::Config>::MaxAuthorities::get();
	assert_eq!((most, aura, grandpa), (100, 100, 100));
}

#[test]
fn only_governance_decides_about_validators() {
	on_chain(genesis::DEV, || {
		for call in [add(FIFTH, HOSPITAL_A), remove(Key::Alice), set_terms(1, 0)] {
			assert_eq!(include(Key::Alice, call), Ok(Err(DispatchError::BadOrigin)));
		}
	});
}

#[test]
fn validators_of_a_suspended_institution_stay_as_long_as_the_minimum_needs_them() {
	with_five(|| {
		let [alice, bob, charlie, fifth] = [Key::Alice, Key::Bob, Key::Charlie, FIFTH].map(keys_of);
		let status = InstitutionStatus::Suspended(SuspensionReason::Investigation);
		let suspension = pallet_provider_registry::Call::set_institution_status {
			institution: HOSPITAL_B,
			status,
		};
		assert_eq!(govern(suspension), Ok(()));
		next_session();
		assert_eq!(authorities().len(), 5);
		next_session();
		assert_eq!(authorities(), [alice.clone(), bob, charlie.clone(), fifth.clone()]);
		assert_eq!(govern(set_terms(3, 24)), Ok(()));
		next_session();
		next_session();
		assert_eq!(authorities(), [alice, charlie, fifth]);
	});
}

#[test]
fn no_validator_leaves_by_itself_whatever_carries_the_call() {
	on_chain(genesis::DEV, || {
		let purge = || RuntimeCall::from(pallet_session::Call::purge_keys {});
		let filtered: DispatchError = frame_system::Error::<Runtime>::CallFiltered.into();
		assert_eq!(include(Key::Alice, purge()), Ok(Err(filtered)));
		assert_eq!(include(Key::Alice, batch([purge()])), Ok(Err(filtered)));
		let who = Key::Alice.to_account_id().into();
		let call = pallet_sudo::Call::<Runtime>::sudo_as { who, call: Box::new(purge()) };
		assert_eq!(include(SUDO, call), Ok(Err(filtered)));
		assert!(ValidatorSet::validators().iter().all(|validator| validator.has_keys));
	});
}

#[test]
fn a_validator_that_changed_its_keys_waits_until_it_changes_them_again() {
	on_chain(genesis::LOCAL, || {
		// Charlie is a validator and nothing else; Alice operates hospital A, which answers for what she sends.
		works(Key::Charlie, new_keys(Key::Charlie, "//Charlie//1"));
		works(Key::Charlie, new_keys(Key::Charlie, "//Charlie//2"));
		works(Key::Alice, new_keys(Key::Alice, "//Alice//1"));
		next_session();
		assert_refused(Key::Charlie, new_keys(Key::Charlie, "//Charlie//3"), Refusal::NoSponsor);
		let refused = pallet_session::Error::<Runtime>::NoAssociatedValidatorId.into();
		let again = include(Key::Alice, new_keys(Key::Alice, "//Alice//2"));
		assert_eq!(again, Ok(Err(refused)));
		assert_eq!(govern(set_terms(4, 0)), Ok(()));
		works(Key::Charlie, new_keys(Key::Charlie, "//Charlie//3"));
		works(Key::Alice, new_keys(Key::Alice, "//Alice//2"));
		let planned = keys_of(Key::Charlie);
		next_session();
		next_session();
		assert!(authorities().contains(&planned));
	});
}

#[test]
fn who_is_no_validator_sets_no_keys() {
	on_chain(genesis::LOCAL, || {
		// Bob operates hospital B, so that his account stays.
		assert_eq!(govern(set_terms(3, 24)), Ok(()));
		assert_eq!(govern(remove(Key::Bob)), Ok(()));
		let refused = pallet_session::Error::<Runtime>::NoAssociatedValidatorId.into();
		assert_eq!(include(Key::Bob, new_keys(Key::Bob, "//Bob//1")), Ok(Err(refused)));
		assert_eq!(govern(add(Key::Bob, HOSPITAL_B)), Err(Error::<Runtime>::AccountSpent.into()));
	});
}

#[test]
fn a_session_is_an_hour_of_blocks_unless_the_genesis_says_otherwise() {
	use pallet_session::ShouldEndSession;
	use pallet_validator_set::SessionPeriod;
	type Sessions = <Runtime as pallet_session::Config>::ShouldEndSession;
	let ends = |block: u32| Sessions::should_end_session(block);

	on_chain(genesis::LOCAL, || {
		assert!(!SessionPeriod::<Runtime>::exists());
		assert!(ends(1_800) && !ends(1_799) && !ends(5));
		SessionPeriod::<Runtime>::put(5);
		assert!(ends(5) && ends(1_800) && !ends(1_799));
	});
}

#[test]
fn each_decision_about_validators_is_logged() {
	with_fifth(|| {
		let first = pallet_audit::NextEntryIndex::<Runtime>::get().0;
		assert_eq!(govern(remove(Key::Bob)), Ok(()));
		assert_eq!(govern(add(Key::Ferdie, HOSPITAL_B)), Ok(()));
		assert_eq!(govern(set_terms(3, 5)), Ok(()));
		let entry = |offset: u64| {
			let entry = EntryIndex(first + offset);
			pallet_audit::Entries::<Runtime>::get(entry).unwrap().event
		};
		let about = |key: Key| Subject::Validator { account: key.to_account_id().into() };
		let [removed, added, terms] = [0, 1, 2].map(entry);
		assert_eq!(removed.action, AuditAction::ValidatorRemoved);
		assert_eq!((removed.subject, removed.on_behalf_of), (about(Key::Bob), Some(HOSPITAL_B)));
		assert_eq!(added.action, AuditAction::ValidatorAdded);
		assert_eq!((added.subject, added.on_behalf_of), (about(Key::Ferdie), Some(HOSPITAL_B)));
		assert_eq!(terms.action, AuditAction::ValidatorTermsChanged);
		assert_eq!(terms.subject, Subject::None);
	});
}
