//! Who signs offline signs over the hash of the metadata by which they were shown what they sign (RFC 78). The runtime has to
//! have the same, or it takes nothing.
//!
//! These tests give the hash to the extension. That a runtime which is built with one has the right one is tested with a node
//! (`tests/tests/system/offline_signing.rs`).

use crate::chain::{
	extension, include_signed, on_chain, remark, signed, signed_over, validate_signed,
};
use codec::{Decode, Encode};
use frame_metadata_hash_extension::CheckMetadataHash;
use frame_system::ChainContext;
use hdx_runtime::{genesis, Runtime, System, TxExtension, UncheckedExtrinsic};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::{
	traits::{Checkable, TransactionExtension},
	transaction_validity::{InvalidTransaction, TransactionValidityError, UnknownTransaction},
};

/// A hash of metadata.
const HASH: [u8; 32] = [7; 32];
const OTHER_HASH: [u8; 32] = [8; 32];

fn with_hash(hash: [u8; 32]) -> TxExtension {
	extension(Key::Alice, CheckMetadataHash::new_with_custom_hash(hash))
}

fn without_hash() -> TxExtension {
	extension(Key::Alice, CheckMetadataHash::new(false))
}

/// What Alice signed over one hash, for a runtime that has another one, or the same.
fn transaction(over: TxExtension, said: TxExtension) -> UncheckedExtrinsic {
	signed_over(Key::Alice, remark(), over, said)
}

/// As a node gets it: what the extension was given besides does not travel.
fn received(transaction: &UncheckedExtrinsic) -> UncheckedExtrinsic {
	UncheckedExtrinsic::decode(&mut &transaction.encode()[..]).expect("it was just encoded")
}

/// What the check of the signature says. It is asked itself, with the hash that the extension was given: pool and block decode a
/// transaction again, and what the extension was given is lost.
fn checked(transaction: UncheckedExtrinsic) -> Result<(), TransactionValidityError> {
	transaction.check(&ChainContext::<Runtime>::default()).map(|_| ())
}

fn assert_taken(transaction: UncheckedExtrinsic) {
	validate_signed(transaction.clone()).expect("the pool takes it");
	assert_eq!(include_signed(transaction), Ok(Ok(())));
}

/// Asserts that neither the pool nor a block takes it, and that it has cost its signer nothing.
fn assert_not_taken(transaction: UncheckedExtrinsic, reason: impl Into<TransactionValidityError>) {
	let reason: TransactionValidityError = reason.into();
	assert_eq!(validate_signed(transaction.clone()), Err(reason));
	assert_eq!(include_signed(transaction), Err(reason));
	assert_eq!(System::account_nonce(Key::Alice.to_account_id()), 0);
}

#[test]
fn a_transaction_without_a_hash_is_taken() {
	on_chain(genesis::DEV, || assert_taken(received(&signed(Key::Alice, remark()))));
}

#[test]
fn a_signature_over_the_hash_of_the_runtime_holds() {
	on_chain(genesis::DEV, || {
		assert_eq!(checked(transaction(with_hash(HASH), with_hash(HASH))), Ok(()))
	});
}

#[test]
fn a_signature_over_another_hash_does_not_hold() {
	on_chain(genesis::DEV, || {
		let other = transaction(with_hash(OTHER_HASH), with_hash(HASH));
		assert_eq!(checked(other), Err(InvalidTransaction::BadProof.into()));
	});
}

#[test]
fn nobody_takes_away_that_a_hash_was_signed() {
	on_chain(genesis::DEV, || {
		let taken_away = transaction(with_hash(OTHER_HASH), without_hash());
		assert_not_taken(received(&taken_away), InvalidTransaction::BadProof);
	});
}

#[test]
fn nobody_adds_a_hash_to_what_was_signed_without() {
	on_chain(genesis::DEV, || {
		let added = transaction(without_hash(), with_hash(HASH));
		assert_eq!(checked(added), Err(InvalidTransaction::BadProof.into()));
	});
}

/// Tests compile the runtime without a hash, as everything is compiled without the feature `metadata-hash`.
#[test]
fn a_runtime_without_a_hash_takes_nothing_that_is_signed_over_one() {
	on_chain(genesis::DEV, || {
		let signed = transaction(with_hash(HASH), with_hash(HASH));
		assert_not_taken(received(&signed), UnknownTransaction::CannotLookup);
	});
}

#[test]
fn the_extension_is_a_byte_and_signs_nothing_or_a_hash() {
	let disabled = CheckMetadataHash::<Runtime>::new(false);
	assert_eq!(disabled.encode(), [0]);
	assert_eq!(disabled.implicit(), Ok(None));
	let enabled = CheckMetadataHash::<Runtime>::new_with_custom_hash(HASH);
	assert_eq!(enabled.encode(), [1]);
	assert_eq!(enabled.implicit(), Ok(Some(HASH)));
	for reserved in [2, 50, 255] {
		assert!(CheckMetadataHash::<Runtime>::decode(&mut &[reserved][..]).is_err(), "{reserved}");
	}
}

#[test]
fn the_metadata_names_the_extension_as_wallets_know_it() {
	let names: Vec<_> = TxExtension::metadata().iter().map(|one| one.identifier).collect();
	assert_eq!(names.iter().filter(|name| **name == "CheckMetadataHash").count(), 1, "{names:?}");
}
