//! What keys may be used for, as people write it.

use crate::error::Error;
use clap::ValueEnum;
use hdx_primitives::did::{KeyMaterial, NewKey, Relationship, Relationships};

/// A relationship, by its name in DID Core.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum RelationshipName {
	/// The subject proves who it is.
	#[value(name = "authentication")]
	Authentication,
	/// The subject signs what it claims.
	#[value(name = "assertionMethod")]
	AssertionMethod,
	/// Others encrypt to the subject.
	#[value(name = "keyAgreement")]
	KeyAgreement,
	/// The subject uses an authorisation.
	#[value(name = "capabilityInvocation")]
	CapabilityInvocation,
	/// The subject hands an authorisation on.
	#[value(name = "capabilityDelegation")]
	CapabilityDelegation,
}

impl From<RelationshipName> for Relationship {
	fn from(name: RelationshipName) -> Self {
		match name {
			RelationshipName::Authentication => Self::Authentication,
			RelationshipName::AssertionMethod => Self::AssertionMethod,
			RelationshipName::KeyAgreement => Self::KeyAgreement,
			RelationshipName::CapabilityInvocation => Self::CapabilityInvocation,
			RelationshipName::CapabilityDelegation => Self::CapabilityDelegation,
		}
	}
}

/// The names in DID Core of relationships.
pub fn names(relationships: &Relationships) -> Vec<String> {
	RelationshipName::value_variants()
		.iter()
		.filter(|name| relationships.contains((**name).into()))
		.filter_map(|name| Some(name.to_possible_value()?.get_name().to_owned()))
		.collect()
}

/// A key with what it may be used for: all that its scheme can do, unless something is named.
pub fn new_key(material: KeyMaterial, named: &[RelationshipName]) -> Result<NewKey, Error> {
	let possible = material.scheme().relationships();
	let relationships = match named {
		[] => possible,
		named => named.iter().fold(Relationships::default(), |all, one| all.with((*one).into())),
	};
	if !relationships.is_within(&possible) {
		return Err(Error::Usage(format!(
			"a key of {:?} is for {} only",
			material.scheme(),
			names(&possible).join(", ")
		)));
	}
	Ok(NewKey { material, relationships })
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn every_relationship_has_its_name() {
		let all = Relationship::ALL.into_iter().fold(Relationships::default(), Relationships::with);
		assert_eq!(
			names(&all),
			[
				"authentication",
				"assertionMethod",
				"keyAgreement",
				"capabilityInvocation",
				"capabilityDelegation"
			]
		);
	}

	#[test]
	fn a_key_is_for_all_that_it_can_do_unless_something_is_named() {
		let key = KeyMaterial::Ed25519([1; 32]);
		let all = new_key(key.clone(), &[]).unwrap();
		assert_eq!(all.relationships, Relationships::SIGNING);
		let one = new_key(key, &[RelationshipName::AssertionMethod]).unwrap();
		assert_eq!(one.relationships, Relationships::only(Relationship::AssertionMethod));
	}

	#[test]
	fn fails_when_the_scheme_cannot_do_it() {
		let signing = new_key(KeyMaterial::Ed25519([1; 32]), &[RelationshipName::KeyAgreement]);
		assert!(signing.unwrap_err().to_string().contains("authentication"));
		let agreeing = new_key(
			KeyMaterial::X25519([1; 32]),
			&[RelationshipName::KeyAgreement, RelationshipName::Authentication],
		);
		assert!(agreeing.unwrap_err().to_string().contains("keyAgreement only"));
	}
}
