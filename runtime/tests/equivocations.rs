//! Validators that vote twice: how a node reports them, what the chain makes of it, and who brings them back.
//!
//! Blocks here have the slots of their numbers, so that the block of number *n* is that of the *n*-th validator, counted
//! modulo how many there are.

use crate::chain::{self, as_root, next_block, on_chain, works, HOSPITAL_A, HOSPITAL_B, SUDO};
use codec::{Decode, Encode};
use frame_support::{
	storage::{with_transaction_unchecked, TransactionOutcome},
	traits::OnRuntimeUpgrade,
};
use hdx_primitives::{AuditAction, AuditEvent, EntryIndex, Subject};
use hdx_runtime::{
	configs::NoteEarlierSet, genesis, AccountId, Block, BlockNumber, Executive, Grandpa, Hash,
	Header, Runtime, RuntimeCall, RuntimeOrigin, Session, SessionKeys, System, UncheckedExtrinsic,
	ValidatorSet,
};
use pallet_grandpa::{Error, SetIdSession};
use sp_consensus_grandpa::{
	localized_payload, runtime_decl_for_grandpa_api::GrandpaApi, AuthorityId, AuthoritySignature,
	EquivocationProof, Message, Prevote,
};
use sp_core::offchain::{testing::TestTransactionPoolExt, TransactionPoolExt};
use sp_externalities::{with_externalities, ExternalitiesExt};
use sp_keyring::{Ed25519Keyring as Voter, Sr25519Keyring as Key};
use sp_runtime::{
	traits::Dispatchable,
	transaction_validity::{
		InvalidTransaction, TransactionSource, TransactionValidity, TransactionValidityError,
	},
	ApplyExtrinsicResult, DispatchError, DispatchResult,
};
use sp_session::MembershipProof;

/// A machine of hospital A that is not there when the chain starts.
const FIFTH: Key = Key::Eve;
/// Where Bob is among those that validate.
const BOB: u32 = 1;

/// Both votes.
type Votes = EquivocationProof<Hash, BlockNumber>;

/// A vote for a block in a round, signed.
fn vote(by: Voter, set: u64, round: u64, block: u8) -> (Prevote<Header>, AuthoritySignature) {
	let vote = Prevote::<Header> { target_hash: Hash::repeat_byte(block), target_number: 7 };
	let message = Message::<Header>::Prevote(vote.clone());
	let signature = by.sign(&localized_payload(round, set, &message));
	(vote, signature.into())
}

/// Two signed votes, as if they were somebody's.
fn votes_of(
	whose: Voter,
	set: u64,
	round: u64,
	first: (Prevote<Header>, AuthoritySignature),
	second: (Prevote<Header>, AuthoritySignature),
) -> Votes {
	const PREVOTES: u8 = 0;
	let identity = AuthorityId::from(whose.public());
	let bytes = (set, PREVOTES, round, identity, first, second).encode();
	Votes::decode(&mut &bytes[..]).unwrap()
}

/// Somebody votes for two blocks in one round.
fn twice(by: Voter, set: u64, round: u64) -> Votes {
	votes_of(by, set, round, vote(by, set, round, 1), vote(by, set, round, 2))
}

/// What the runtime shows a node of whose the key is.
fn ownership(voter: Voter) -> MembershipProof {
	let set = <Runtime as GrandpaApi<Block>>::current_set_id();
	let proof =
		<Runtime as GrandpaApi<Block>>::generate_key_ownership_proof(set, voter.public().into());
	proof.expect("there is a proof").decode().expect("the proof is one of membership")
}

/// The transaction that the runtime makes for a node which saw both votes.
fn report(votes: Votes, owner: MembershipProof) -> UncheckedExtrinsic {
	let (pool, submitted) = TestTransactionPoolExt::new();
	with_externalities(|mut chain| chain.register_extension(TransactionPoolExt::new(pool)))
		.unwrap()
		.unwrap();
	let owner = sp_consensus_grandpa::OpaqueKeyOwnershipProof::new(owner.encode());
	let outcome =
		<Runtime as GrandpaApi<Block>>::submit_report_equivocation_unsigned_extrinsic(votes, owner);
	assert_eq!(outcome, Some(()));
	with_externalities(|mut chain| chain.deregister_extension::<TransactionPoolExt>())
		.unwrap()
		.unwrap();
	let bytes = submitted.write().transactions.pop().expect("it was submitted");
	UncheckedExtrinsic::decode(&mut &bytes[..]).unwrap()
}

/// The report of somebody who votes twice now.
fn report_of(voter: Voter, round: u64) -> UncheckedExtrinsic {
	let set = <Runtime as GrandpaApi<Block>>::current_set_id();
	report(twice(voter, set, round), ownership(voter))
}

/// The call of somebody who signs the report and pays for it.
fn signed_report(votes: Votes, owner: MembershipProof) -> pallet_grandpa::Call<Runtime> {
	pallet_grandpa::Call::report_equivocation {
		equivocation_proof: Box::new(votes),
		key_owner_proof: owner,
	}
}

/// What the pool is told, of a transaction from there.
fn validate(transaction: UncheckedExtrinsic, source: TransactionSource) -> TransactionValidity {
	with_transaction_unchecked(|| {
		let parent = System::parent_hash();
		let validity = Executive::validate_transaction(source, transaction, parent);
		TransactionOutcome::Rollback(validity)
	})
}

/// Puts a transaction into the block, as a block's author does.
fn include(transaction: UncheckedExtrinsic) -> ApplyExtrinsicResult {
	with_transaction_unchecked(|| match Executive::apply_extrinsic(transaction) {
		Ok(outcome) => TransactionOutcome::Commit(Ok(outcome)),
		Err(refusal) => TransactionOutcome::Rollback(Err(refusal)),
	})
}

/// A report that the node's own pool takes, and that works.
fn is_taken(transaction: UncheckedExtrinsic) {
	let validity = validate(transaction.clone(), TransactionSource::Local).unwrap();
	assert!(!validity.propagate);
	assert_eq!(include(transaction), Ok(Ok(())));
}

/// Neither the pool nor a block takes it.
fn assert_invalid(transaction: UncheckedExtrinsic, reason: InvalidTransaction) {
	let reason: TransactionValidityError = reason.into();
	assert_eq!(validate(transaction.clone(), TransactionSource::Local), Err(reason));
	assert_eq!(include(transaction), Err(reason));
}

/// It is included and fails, and nobody is disabled.
fn assert_fails(transaction: UncheckedExtrinsic, error: Error<Runtime>) {
	let error: DispatchError = error.into();
	assert_eq!(include(transaction), Ok(Err(error)));
	assert!(kept_from_blocks().is_empty());
	assert_eq!(pallet_offences::Reports::<Runtime>::iter().count(), 0);
}

/// Which of those that validate make no blocks.
fn kept_from_blocks() -> Vec<u32> {
	Session::disabled_validators()
}

fn is_disabled(validator: Key) -> bool {
	let view = ValidatorSet::validator(validator.to_account_id()).unwrap();
	view.disabled_for.is_some()
}

fn last_entry() -> AuditEvent {
	let last = EntryIndex(pallet_audit::NextEntryIndex::<Runtime>::get().0 - 1);
	pallet_audit::Entries::<Runtime>::get(last).unwrap().event
}

/// What chambers decide; the `local` preset has no sudo key in their place.
fn govern(call: impl Into<RuntimeCall>) -> DispatchResult {
	let call: RuntimeCall = call.into();
	call.dispatch(RuntimeOrigin::root()).map(drop).map_err(|error| error.error)
}

fn reinstate(validator: Key) -> DispatchResult {
	let validator = validator.to_account_id();
	govern(pallet_validator_set::Call::<Runtime>::reinstate_validator { validator })
}

fn validating() -> Vec<AccountId> {
	let validators = pallet_session::Validators::<Runtime>::get();
	assert_eq!(Grandpa::grandpa_authorities().len(), validators.len());
	validators
}

fn accounts(keys: &[Key]) -> Vec<AccountId> {
	keys.iter().map(|key| key.to_account_id()).collect()
}

/// Keys that a node made for the validator, as it sends them.
fn new_keys(validator: Key, seed: &str) -> RuntimeCall {
	let owner = validator.to_account_id().encode();
	let made = SessionKeys::generate(&owner, Some(seed.as_bytes().to_vec()));
	pallet_session::Call::set_keys { keys: made.keys, proof: made.proof.encode() }.into()
}

fn next_session() {
	Session::rotate_session();
	next_block();
}

/// On the `local` chain, which has four validators, with a fifth one that takes part: in the third block.
fn with_five(test: impl FnOnce()) {
	on_chain(genesis::LOCAL, || {
		let validator = FIFTH.to_account_id();
		let institution = HOSPITAL_A;
		let call = pallet_validator_set::Call::<Runtime>::add_validator { validator, institution };
		assert_eq!(govern(call), Ok(()));
		works(FIFTH, new_keys(FIFTH, "//Eve"));
		next_session();
		next_session();
		assert_eq!(validating().len(), 5);
		test();
	});
}

#[test]
fn who_votes_twice_makes_no_more_blocks_and_is_left_out_two_sessions_later() {
	with_five(|| {
		is_taken(report_of(Voter::Bob, 1));
		assert_eq!(kept_from_blocks(), [BOB]);
		next_session();
		assert_eq!(validating().len(), 5);
		assert_eq!(kept_from_blocks(), [BOB]);
		next_session();
		assert_eq!(validating(), accounts(&[Key::Alice, Key::Charlie, Key::Dave, FIFTH]));
		assert!(kept_from_blocks().is_empty());
		assert!(is_disabled(Key::Bob));
	});
}

#[test]
#[should_panic(
	expected = "Validator with index 1 is disabled and should not be attempting to author blocks"
)]
fn a_block_of_a_disabled_validator_is_none() {
	on_chain(genesis::LOCAL, || {
		is_taken(report_of(Voter::Bob, 1));
		// Of Charlie, Dave, Alice, and Bob.
		for _ in 0..4 {
			next_block();
		}
	});
}

#[test]
fn who_is_disabled_stays_below_the_minimum_and_makes_no_blocks() {
	on_chain(genesis::LOCAL, || {
		is_taken(report_of(Voter::Bob, 1));
		for _ in 0..3 {
			next_session();
			assert_eq!(validating().len(), 4);
			assert_eq!(kept_from_blocks(), [BOB]);
		}
		assert_eq!(Grandpa::current_set_id(), 0);
	});
}

#[test]
fn the_one_validator_of_a_development_chain_makes_blocks_whatever_it_does() {
	on_chain(genesis::DEV, || {
		is_taken(report_of(Voter::Alice, 1));
		assert!(is_disabled(Key::Alice));
		assert!(kept_from_blocks().is_empty());
		next_session();
		next_session();
		assert_eq!(validating(), accounts(&[Key::Alice]));
	});
}

#[test]
fn whoever_is_disabled_is_in_the_log() {
	on_chain(genesis::LOCAL, || {
		is_taken(report_of(Voter::Bob, 1));
		let entry = last_entry();
		assert_eq!(entry.action, AuditAction::ValidatorDisabled);
		assert_eq!(entry.on_behalf_of, Some(HOSPITAL_B));
		let account = Key::Bob.to_account_id().into();
		assert_eq!(entry.subject, Subject::Validator { account });
	});
}

#[test]
fn who_is_disabled_is_not_reported_again() {
	on_chain(genesis::LOCAL, || {
		let same = report_of(Voter::Bob, 1);
		let another = report_of(Voter::Bob, 2);
		is_taken(same.clone());
		let entry = last_entry();
		assert_invalid(same, InvalidTransaction::Stale);
		assert_invalid(another, InvalidTransaction::Stale);
		assert_eq!(last_entry(), entry);
		assert_eq!(pallet_offences::Reports::<Runtime>::iter().count(), 1);
	});
}

#[test]
fn a_signed_report_of_anybody_works_and_is_paid_for() {
	on_chain(genesis::LOCAL, || {
		let before = chain::left(HOSPITAL_A);
		works(Key::Alice, signed_report(twice(Voter::Bob, 0, 1), ownership(Voter::Bob)));
		assert_eq!(kept_from_blocks(), [BOB]);
		assert!(chain::left(HOSPITAL_A) < before);
	});
}

#[test]
fn reports_go_on_in_safe_mode() {
	on_chain(genesis::DEV, || {
		works(SUDO, as_root(pallet_safe_mode::Call::<Runtime>::force_enter {}));
		is_taken(report_of(Voter::Alice, 1));
		assert!(is_disabled(Key::Alice));
	});
}

#[test]
fn a_report_without_a_signature_is_taken_from_the_node_itself_alone() {
	on_chain(genesis::LOCAL, || {
		let report = report_of(Voter::Bob, 1);
		let refused = validate(report, TransactionSource::External);
		assert_eq!(refused, Err(InvalidTransaction::Call.into()));
	});
}

#[test]
fn attack_by_reporting_votes_that_somebody_else_signed() {
	on_chain(genesis::LOCAL, || {
		let forged =
			votes_of(Voter::Bob, 0, 1, vote(Voter::Bob, 0, 1, 1), vote(Voter::Charlie, 0, 1, 2));
		let report = report(forged, ownership(Voter::Bob));
		assert_fails(report, Error::<Runtime>::InvalidEquivocationProof);
	});
}

#[test]
fn attack_by_reporting_one_vote_as_two() {
	on_chain(genesis::LOCAL, || {
		let same = || vote(Voter::Bob, 0, 1, 1);
		let report = report(votes_of(Voter::Bob, 0, 1, same(), same()), ownership(Voter::Bob));
		assert_fails(report, Error::<Runtime>::InvalidEquivocationProof);
	});
}

#[test]
fn attack_by_reporting_votes_of_two_rounds() {
	on_chain(genesis::LOCAL, || {
		let first = vote(Voter::Bob, 0, 1, 1);
		let later = vote(Voter::Bob, 0, 2, 2);
		let report = report(votes_of(Voter::Bob, 0, 1, first, later), ownership(Voter::Bob));
		assert_fails(report, Error::<Runtime>::InvalidEquivocationProof);
	});
}

#[test]
fn attack_by_reporting_a_key_that_is_no_validators() {
	on_chain(genesis::LOCAL, || {
		let report = report(twice(Voter::Ferdie, 0, 1), ownership(Voter::Ferdie));
		assert_invalid(report, InvalidTransaction::BadProof);
	});
}

#[test]
fn attack_by_reporting_with_a_proof_of_another_session() {
	with_five(|| {
		let now = ownership(Voter::Bob);
		let of_session =
			|session| report(twice(Voter::Bob, 1, 1), MembershipProof { session, ..now.clone() });
		for other in [0, 1, u32::MAX] {
			assert_invalid(of_session(other), InvalidTransaction::BadProof);
		}
		// The next session is planned with the same keys, and has not begun.
		assert_fails(of_session(now.session + 1), Error::InvalidEquivocationProof);
	});
}

/// The proof holds, and is of a session in which others voted.
#[test]
fn attack_by_reporting_with_a_proof_from_before_the_set_of_voters() {
	on_chain(genesis::LOCAL, || {
		let of_the_first_session = ownership(Voter::Bob);
		works(Key::Charlie, new_keys(Key::Charlie, "//Charlie//1"));
		next_session();
		next_session();
		assert_eq!(Grandpa::current_set_id(), 1);
		let report = report(twice(Voter::Bob, 1, 1), of_the_first_session);
		assert_fails(report, Error::<Runtime>::InvalidEquivocationProof);
	});
}

#[test]
fn a_vote_of_an_earlier_set_is_reported_later() {
	on_chain(genesis::LOCAL, || {
		let report = report(twice(Voter::Bob, 0, 1), ownership(Voter::Bob));
		works(Key::Charlie, new_keys(Key::Charlie, "//Charlie//1"));
		next_session();
		next_session();
		assert_eq!(Grandpa::current_set_id(), 1);
		is_taken(report);
		assert_eq!(kept_from_blocks(), [BOB]);
	});
}

/// The old keys vote for two sessions more.
#[test]
fn attack_by_setting_other_keys_before_voting_twice() {
	on_chain(genesis::LOCAL, || {
		works(Key::Bob, new_keys(Key::Bob, "//Bob//1"));
		is_taken(report_of(Voter::Bob, 1));
		assert_eq!(kept_from_blocks(), [BOB]);
	});
}

#[test]
fn governance_brings_a_validator_back() {
	with_five(|| {
		is_taken(report_of(Voter::Bob, 1));
		next_session();
		next_session();
		assert_eq!(validating().len(), 4);
		assert_eq!(reinstate(Key::Bob), Ok(()));
		let entry = last_entry();
		assert_eq!(entry.action, AuditAction::ValidatorReinstated);
		assert_eq!(entry.on_behalf_of, Some(HOSPITAL_B));
		next_session();
		next_session();
		let five = [Key::Alice, Key::Bob, Key::Charlie, Key::Dave, FIFTH];
		assert_eq!(validating(), accounts(&five));
		assert!(kept_from_blocks().is_empty() && !is_disabled(Key::Bob));
	});
}

#[test]
fn a_validator_that_is_reinstated_makes_blocks_at_once() {
	on_chain(genesis::LOCAL, || {
		is_taken(report_of(Voter::Bob, 1));
		assert_eq!(reinstate(Key::Bob), Ok(()));
		assert!(kept_from_blocks().is_empty());
		// Of Charlie, Dave, Alice, and Bob.
		for _ in 0..4 {
			next_block();
		}
	});
}

/// The four stay the same, and so would their set. A report says itself of which of its sessions it is.
#[test]
fn attack_by_keeping_a_vote_until_its_validator_is_reinstated() {
	on_chain(genesis::LOCAL, || {
		let kept = || twice(Voter::Bob, 0, 2);
		is_taken(report_of(Voter::Bob, 1));
		next_session();
		next_session();
		assert_eq!(reinstate(Key::Bob), Ok(()));
		let mut earlier = Vec::new();
		for _ in 0..2 {
			assert_eq!(Grandpa::current_set_id(), 0);
			let owner = ownership(Voter::Bob);
			assert_invalid(report(kept(), owner.clone()), InvalidTransaction::Stale);
			let duplicate: DispatchError = Error::<Runtime>::DuplicateOffenceReport.into();
			let signed = signed_report(kept(), owner.clone());
			assert_eq!(chain::include(Key::Alice, signed), Ok(Err(duplicate)));
			earlier.push(owner);
			next_session();
		}
		// The set that the votes were cast in is over, and all of its sessions are settled.
		assert_eq!(Grandpa::current_set_id(), 1);
		assert_eq!(validating().len(), 4);
		for owner in earlier {
			let duplicate: DispatchError = Error::<Runtime>::DuplicateOffenceReport.into();
			assert_eq!(include(report(kept(), owner)), Ok(Err(duplicate)));
		}
		let of_no_session: DispatchError = Error::<Runtime>::InvalidEquivocationProof.into();
		let today = report(kept(), ownership(Voter::Bob));
		assert_eq!(include(today), Ok(Err(of_no_session)));
		assert!(kept_from_blocks().is_empty() && !is_disabled(Key::Bob));
		is_taken(report_of(Voter::Bob, 1));
		assert_eq!(kept_from_blocks(), [BOB]);
		next_session();
		next_session();
		assert_eq!(Grandpa::current_set_id(), 1);
	});
}

/// Whoever makes a block pays for no byte of a report in it.
#[test]
fn attack_by_filling_a_block_with_the_proof_of_a_report() {
	on_chain(genesis::LOCAL, || {
		let proof = ownership(Voter::Bob);
		for trie_nodes in [vec![vec![7; 1 << 16]], vec![vec![7; 16 * 1024 + 1]], vec![vec![]; 65]] {
			let full = MembershipProof { trie_nodes, ..proof.clone() };
			let report = report(twice(Voter::Bob, 0, 1), full);
			assert_invalid(report, InvalidTransaction::BadProof);
		}
		is_taken(report(twice(Voter::Bob, 0, 1), proof));
	});
}

/// Before the upgrade the chain kept the session of the set in force alone.
#[test]
fn after_an_upgrade_votes_of_the_set_in_force_can_be_reported() {
	with_five(|| {
		assert_eq!(Grandpa::current_set_id(), 1);
		SetIdSession::<Runtime>::remove(0);
		pallet_validator_set::KeysInForce::<Runtime>::kill();
		pallet_session::historical::StoredRange::<Runtime>::kill();
		let _ = pallet_session::historical::HistoricalSessions::<Runtime>::clear(u32::MAX, None);
		let report = report_of(Voter::Bob, 1);
		assert_fails(report.clone(), Error::<Runtime>::InvalidEquivocationProof);
		NoteEarlierSet::on_runtime_upgrade();
		is_taken(report);
		assert_eq!(kept_from_blocks(), [BOB]);
	});
}

#[test]
fn an_upgrade_leaves_what_is_known_of_earlier_sets() {
	with_five(|| {
		let before = SetIdSession::<Runtime>::get(0);
		assert_eq!(before, Some(1));
		pallet_session::CurrentIndex::<Runtime>::put(9);
		NoteEarlierSet::on_runtime_upgrade();
		assert_eq!(SetIdSession::<Runtime>::get(0), before);
		pallet_session::CurrentIndex::<Runtime>::put(2);
	});
}
