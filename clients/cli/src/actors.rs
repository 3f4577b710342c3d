//! Actors of a policy, as people write and read them.

use crate::{account, codes};
use hdx_primitives::{engine::Actor, AccountId, Code, InstitutionId};

/// How each kind of actor is written, for messages and help.
pub const FORMS: &str = "an ACCOUNT, institution:N, role:system|code or group:system|code";

/// Reads an actor: an account, `institution:N`, `role:system|code` or `group:system|code`.
pub fn parse(text: &str) -> Result<Actor, String> {
	let coded = |text: &str| hash(text).map_or_else(|| codes::any(text), Ok);
	match text.split_once(':') {
		Some(("institution", number)) => match number.parse() {
			Ok(number) => Ok(Actor::Organisation(InstitutionId(number))),
			Err(_) => Err(format!("`{number}` is no number of an institution: give institution:1")),
		},
		Some(("role", code)) => match hash(code) {
			Some(code) => Ok(Actor::Role(code)),
			None => codes::taxonomy(code).map(Actor::Role),
		},
		Some(("group", code)) => coded(code).map(Actor::Group),
		Some((kind, _)) if !text.starts_with("//") => {
			Err(format!("`{kind}` is no kind of actor: give {FORMS}"))
		},
		_ => account::parse(text)
			.map(|account| Actor::Account(account.into()))
			.map_err(|error| format!("{error}, or {FORMS}")),
	}
}

/// A 128-bit hash, where the text is one.
pub fn hash(text: &str) -> Option<Code> {
	let mut bytes = [0; 16];
	hex::decode_to_slice(text.strip_prefix("0x")?, &mut bytes).ok()?;
	Some(Code(bytes))
}

/// An actor, in the form in which it is read.
pub fn show(actor: &Actor) -> String {
	match actor {
		Actor::Account(account) => AccountId::new(*account).to_string(),
		Actor::Organisation(institution) => format!("institution:{}", institution.0),
		Actor::Role(code) => format!("role:{}", codes::token_of(code)),
		Actor::Group(code) => format!("group:{}", codes::token_of(code)),
		Actor::Identifier(code) => format!("identifier:{}", codes::token_of(code)),
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn reads_every_kind() {
		let alice = account::parse("//Alice").unwrap();
		assert_eq!(parse("//Alice").unwrap(), Actor::Account(alice.clone().into()));
		assert_eq!(parse(&alice.to_string()).unwrap(), Actor::Account(alice.into()));
		assert_eq!(parse("institution:3").unwrap(), Actor::Organisation(InstitutionId(3)));
		assert_eq!(parse("group:urn:x|1").unwrap(), Actor::Group(Code::of_token("urn:x|1")));
		let role = Actor::Role(codes::taxonomy("207R00000X").unwrap());
		assert_eq!(parse("role:207R00000X").unwrap(), role);
	}

	#[test]
	fn what_is_shown_is_read_again() {
		for actor in [
			Actor::Account([1; 32]),
			Actor::Organisation(InstitutionId(3)),
			Actor::Role(Code([2; 16])),
			Actor::Group(Code([3; 16])),
		] {
			assert_eq!(parse(&show(&actor)).unwrap(), actor);
		}
	}

	#[test]
	fn fails_when_it_is_no_actor() {
		for text in ["", "Alice", "institution:", "institution:x", "group:x", "person:1", "role:x"]
		{
			assert!(parse(text).is_err(), "{text}");
		}
		assert!(parse("person:1").unwrap_err().contains("institution:N"));
	}
}
