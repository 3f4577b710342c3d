//! A report is about the credential that is meant, of the issuer whose list was read.

use crate::{
	board::{entry, BOARD},
	due::credential,
};
use hdx_oracle::{
	matching::{find, Unmatched},
	watched::{Watched, Which},
};
use hdx_primitives::{AccountId, Commitment, CredentialId, InstitutionId, IssuerId};
use hdx_sdk::chain::{CredentialIssuer, CredentialView};

fn watched(which: Which) -> Watched {
	let practitioner = AccountId::new([1; 32]);
	Watched { practitioner, which, issuer: BOARD.to_owned(), entries: vec![entry(7)] }
}

#[test]
fn a_credential_is_found_by_its_number_or_its_commitment() {
	let other =
		CredentialView { id: CredentialId(2), commitment: Commitment([2; 32]), ..credential() };
	let all = [other, credential()];
	for which in [Which::Number(CredentialId(3)), Which::Commitment(Commitment([3; 32]))] {
		let found = find(&watched(which), IssuerId(0), Some(&all)).unwrap();
		assert_eq!(found.id, CredentialId(3));
	}
}

#[test]
fn fails_when_there_is_no_practitioner_or_no_such_credential() {
	let watched = watched(Which::Commitment(Commitment([9; 32])));
	let found = |credentials| find(&watched, IssuerId(0), credentials).map(|one| one.id);
	assert_eq!(found(None), Err(Unmatched::NoPractitioner));
	assert_eq!(found(Some(&[credential()])), Err(Unmatched::NoCredential));
}

#[test]
fn fails_when_somebody_else_attests_it() {
	let watched = watched(Which::Number(CredentialId(3)));
	let by_hospital =
		CredentialView { issuer: CredentialIssuer::Institution(InstitutionId(4)), ..credential() };
	let found = |one: CredentialView| find(&watched, IssuerId(5), Some(&[one])).map(|one| one.id);
	assert_eq!(found(credential()), Err(Unmatched::AnotherIssuer { found: 0, expected: 5 }));
	assert_eq!(found(by_hospital), Err(Unmatched::OfAnInstitution { found: 4 }));
}
