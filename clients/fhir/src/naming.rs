//! Identifiers of the chain's own: how a FHIR document names an account, an institution, a role, a
//! group or a commitment to data of the chain.
//!
//! Written as a logical reference: `{"identifier": {"system": …, "value": …}}`.

use crate::coding::{Coding, Identifier};
use hdx_consent_engine::{Actor, Code, InstitutionId};

/// An account: `0x` and 64 hexadecimal digits.
pub const ACCOUNT: &str = "urn:hdx:account";
/// An institution of the provider registry: its number.
pub const INSTITUTION: &str = "urn:hdx:institution";
/// A role, such as a taxonomy code: `system|code`, or its hash.
pub const ROLE: &str = "urn:hdx:role";
/// A group: `system|value`, or its hash.
pub const GROUP: &str = "urn:hdx:group";
/// An identifier of which only the hash is known.
pub const IDENTIFIER: &str = "urn:hdx:identifier";
/// A code of which only the hash is known.
pub const CODE: &str = "urn:hdx:code";
/// An issuer of credentials whom the provider registry trusts: its number.
pub const ISSUER: &str = "urn:hdx:issuer";
/// A salted commitment to a credential document: `0x` and 64 hexadecimal digits.
pub const CREDENTIAL: &str = "urn:hdx:credential";
/// The kind of an institution, as a code.
pub const INSTITUTION_KIND: &str = "urn:hdx:institution-kind";
/// A commitment to a reference to data.
pub const DATA: &str = "urn:hdx:data";

/// Starts a hash, where there could be a token. No token starts so: system and code are URIs and
/// codes.
const HASH: &str = "0x";

/// The actor of an identifier. `None`: it is of another naming system, or not of its form.
pub(crate) fn actor(identifier: &Identifier) -> Option<Actor> {
	let value = identifier.value.as_str();
	match identifier.system.as_deref()? {
		ACCOUNT => Some(Actor::Account(bytes(value)?)),
		INSTITUTION => Some(Actor::Organisation(InstitutionId(value.parse().ok()?))),
		ROLE => Some(Actor::Role(token_or_hash(value)?)),
		GROUP => Some(Actor::Group(token_or_hash(value)?)),
		IDENTIFIER => Some(Actor::Identifier(Code(bytes(value)?))),
		_ => None,
	}
}

/// The commitment to data of an identifier.
pub(crate) fn data(identifier: &Identifier) -> Option<Code> {
	(identifier.system.as_deref()? == DATA).then(|| bytes(&identifier.value).map(Code)).flatten()
}

/// The identifier of an actor.
pub(crate) fn identifier(actor: &Actor) -> Identifier {
	match actor {
		Actor::Account(account) => Identifier::new(ACCOUNT, hash(account)),
		Actor::Organisation(InstitutionId(number)) => {
			Identifier::new(INSTITUTION, number.to_string())
		},
		Actor::Role(code) => Identifier::new(ROLE, hash(&code.0)),
		Actor::Group(code) => Identifier::new(GROUP, hash(&code.0)),
		Actor::Identifier(code) => Identifier::new(IDENTIFIER, hash(&code.0)),
	}
}

/// The identifier of a commitment to data.
pub(crate) fn data_identifier(code: &Code) -> Identifier {
	Identifier::new(DATA, hash(&code.0))
}

/// The coding of a code of which only the hash is known.
pub(crate) fn coding(code: &Code) -> Coding {
	Coding::new(CODE, hash(&code.0))
}

/// The hash that a coding is. `None`: it is a coding of a code system.
pub(crate) fn code(coding: &Coding) -> Option<Code> {
	(coding.system.as_deref()? == CODE).then(|| bytes(&coding.code).map(Code)).flatten()
}

fn token_or_hash(value: &str) -> Option<Code> {
	if value.starts_with(HASH) {
		return bytes(value).map(Code);
	}
	value.contains('|').then(|| Code::of_token(value))
}

pub(crate) fn hash(bytes: &[u8]) -> String {
	format!("{HASH}{}", hex::encode(bytes))
}

fn bytes<const N: usize>(value: &str) -> Option<[u8; N]> {
	let mut bytes = [0; N];
	hex::decode_to_slice(value.strip_prefix(HASH)?, &mut bytes).ok()?;
	Some(bytes)
}
