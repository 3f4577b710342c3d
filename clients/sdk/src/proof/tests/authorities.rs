//! Sets of authorities in files.

use super::chain::*;
use crate::proof::{AuthoritiesError, AuthoritySet};

fn set() -> AuthoritySet {
	let (chain, _) = proven_over_changes();
	AuthoritySet::new(2, &authority_list(chain.keys_of(2)))
}

/// What is said of a set that was changed.
fn refused(change: impl FnOnce(&mut AuthoritySet)) -> AuthoritiesError {
	let mut set = set();
	change(&mut set);
	let refused = set.trust().unwrap_err();
	let text = AuthoritySet::from_json(&set.to_json().unwrap()).unwrap_err();
	assert_eq!(text.to_string(), refused.to_string(), "reading checks it");
	refused
}

#[test]
fn a_set_survives_its_file_and_verifies_proofs() {
	let (chain, proof) = proven_over_changes();
	let again = AuthoritySet::from_json(&set().to_json().unwrap()).unwrap();
	assert_eq!(again, set());
	assert_eq!(again.trust().unwrap(), chain.trust_authorities(2));
	assert!(proof.verify(&again.trust().unwrap()).is_ok());
}

#[test]
fn a_file_has_the_number_of_the_set_and_a_key_and_a_weight_for_each_member() {
	let json: serde_json::Value = serde_json::from_str(&set().to_json().unwrap()).unwrap();
	assert_eq!(json["setId"], 2);
	assert_eq!(json["authorities"].as_array().unwrap().len(), 4);
	assert_eq!(json["authorities"][0]["weight"], 1);
	assert_eq!(json["authorities"][0]["id"].as_str().unwrap().len(), 2 + 64);
}

#[test]
fn a_set_fails_when_a_key_has_another_length() {
	for length in [0, 31, 33] {
		let error = refused(|set| set.authorities[1].id.0.resize(length, 7));
		assert!(matches!(error, AuthoritiesError::NoKey { .. }), "{length}: {error}");
	}
}

#[test]
fn a_set_fails_when_an_authority_is_named_twice() {
	let error = refused(|set| set.authorities.push(set.authorities[0].clone()));
	assert!(matches!(error, AuthoritiesError::Twice { .. }), "{error}");
}

#[test]
fn a_set_fails_when_an_authority_has_no_weight() {
	let error = refused(|set| set.authorities[3].weight = 0);
	assert!(matches!(error, AuthoritiesError::Weightless { .. }), "{error}");
}

#[test]
fn a_set_fails_when_it_is_empty() {
	let error = refused(|set| set.authorities.clear());
	assert!(matches!(error, AuthoritiesError::Empty), "{error}");
}

#[test]
fn a_file_fails_when_it_is_something_else() {
	let more = set().to_json().unwrap().replacen('{', "{\"more\": 1,", 1);
	for text in ["", "[]", "{}", "{\"setId\":1}", &more] {
		let error = AuthoritySet::from_json(text).unwrap_err();
		assert!(matches!(error, AuthoritiesError::Malformed(_)), "{text}: {error}");
	}
}
