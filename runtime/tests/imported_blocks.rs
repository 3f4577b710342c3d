//! Blocks that somebody else made: each node executes them, and takes none that says something else of itself than what came
//! of it.

use crate::chain::{begin, genesis_of, signed, PATIENT};
use hdx_runtime::{genesis, Block, Executive, Runtime, UncheckedExtrinsic};
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::DigestItem;
use std::panic::{catch_unwind, AssertUnwindSafe};

/// The first block of a chain, with the time and a transaction.
fn made() -> Block {
	TestExternalities::new(genesis_of(genesis::DEV)).execute_with(|| {
		begin(1);
		let now = pallet_timestamp::Pallet::<Runtime>::get();
		let time = UncheckedExtrinsic::new_bare(pallet_timestamp::Call::set { now }.into());
		let patient = PATIENT.to_account_id();
		let sponsored = signed(Key::Alice, pallet_consent::Call::sponsor_patient { patient });
		assert_eq!(Executive::apply_extrinsic(sponsored.clone()), Ok(Ok(())));
		Block { header: Executive::finalize_block(), extrinsics: vec![time, sponsored] }
	})
}

/// Executes a block as a node does that was sent it: on the state before it. A block that is none makes the runtime stop,
/// and tells why.
fn execute(block: Block) -> Result<(), String> {
	let mut chain = TestExternalities::new(genesis_of(genesis::DEV));
	let execution = AssertUnwindSafe(|| {
		chain.execute_with(|| Executive::execute_block(block.into()));
	});
	catch_unwind(execution).map_err(|cause| match cause.downcast::<&str>() {
		Ok(reason) => (*reason).to_owned(),
		Err(cause) => cause.downcast::<String>().map(|reason| *reason).unwrap_or_default(),
	})
}

#[test]
fn a_block_is_taken_that_says_of_itself_what_came_of_it() {
	assert_eq!(execute(made()), Ok(()));
}

#[test]
fn a_block_with_a_false_state_root_is_refused() {
	let mut block = made();
	block.header.state_root.0[0] ^= 1;
	let refusal = execute(block).unwrap_err();
	assert!(refusal.contains("Storage root must match"), "{refusal}");
}

#[test]
fn a_block_with_a_false_root_of_the_log_is_refused() {
	let mut block = made();
	let logs = &mut block.header.digest.logs;
	let root = logs.iter_mut().find(|item| !matches!(item, DigestItem::PreRuntime(..)));
	*root.expect("a header has a root of the log") = DigestItem::Other(vec![1]);
	let refusal = execute(block).unwrap_err();
	assert!(refusal.contains("Digest item must match"), "{refusal}");
}

#[test]
fn a_block_that_leaves_out_what_its_state_holds_is_refused() {
	let mut block = made();
	block.extrinsics.pop();
	assert!(execute(block).is_err());
}

#[test]
fn a_block_with_a_transaction_that_nobody_signed_so_is_refused() {
	let mut block = made();
	let mut forged = block.extrinsics.pop().unwrap();
	let patient = Key::Eve.to_account_id();
	forged.function = pallet_consent::Call::sponsor_patient { patient }.into();
	block.extrinsics.push(forged);
	let refusal = execute(block).unwrap_err();
	assert!(refusal.contains("bad signature"), "{refusal}");
}
