//! The consent of the measured loads: eight provisions, which is what docs/weights.md calls usual.

use crate::error::BenchError;
use hdx_primitives::{
	consent::{ConsentTerms, SignedDocument},
	engine::{terminology::purpose, Actor, Policy, Provision, Rule, Values},
	Code, Commitment, InstitutionId, Milliseconds, Period, TemplateId,
};

/// How many provisions it has.
const PROVISIONS: u32 = 8;

/// Treatment by an institution until a time, and seven things that are withheld: labels and classes in turn.
pub fn usual(institution: InstitutionId, until: Milliseconds) -> Result<Policy, BenchError> {
	let mut root = Provision::new(0, Rule::Permit);
	root.period = Period { start: None, end: Some(until) };
	root.actors = values(vec![Actor::Organisation(institution)])?;
	root.purposes = values(vec![purpose::TREAT])?;
	let mut provisions = vec![root];
	for number in 1..PROVISIONS {
		let mut deny = Provision::new(0, Rule::Deny);
		let withheld = values(vec![Code::of_token(&format!("urn:hdx:bench|{number}"))])?;
		if number.is_multiple_of(2) {
			deny.labels = withheld;
		} else {
			deny.classes = withheld;
		}
		provisions.push(deny);
	}
	let provisions = provisions.try_into().map_err(|_| too_many())?;
	Ok(Policy { categories: Values::default(), provisions })
}

/// What was signed, and the terms.
pub fn signed(template: TemplateId) -> (SignedDocument, ConsentTerms) {
	let document = SignedDocument { template, commitment: Commitment([7; 32]) };
	(document, ConsentTerms::default())
}

fn values<T>(values: Vec<T>) -> Result<Values<T>, BenchError> {
	Values::try_from(values).map_err(|_| too_many())
}

fn too_many() -> BenchError {
	BenchError::because("a policy", "more than its bounds allow")
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn the_usual_consent_has_eight_provisions() {
		let policy = usual(InstitutionId(1), Milliseconds(9)).unwrap();
		assert_eq!(policy.provisions.len(), 8);
		assert_eq!(policy, usual(InstitutionId(1), Milliseconds(9)).unwrap());
	}
}
