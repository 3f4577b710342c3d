//! What a call would change, in plain words.

use hdx_sdk::chain::{hash_of, CallText, Chain, ChainError};
use serde::Serialize;
use serde_json::Value;

/// How deep calls that carry calls are looked into.
const DEEPEST: usize = 4;
/// Bytes before the arguments of a call: the numbers of pallet and call.
const NUMBERS: usize = 2;

/// What a call would change.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Meaning {
	/// BLAKE2-256 of the call.
	pub hash: String,
	/// The pallet and the call.
	pub call: String,
	/// What it would change.
	pub meaning: String,
	/// Its arguments.
	pub arguments: Value,
	/// What it carries, or approves.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub carries: Option<Box<Meaning>>,
}

impl Meaning {
	/// What would be changed in the end, a sentence each.
	pub fn sentences(&self) -> Vec<String> {
		let mut told = vec![self.meaning.clone()];
		let mut inner = self.carries.as_deref();
		while let Some(carried) = inner {
			told.push(carried.meaning.clone());
			inner = carried.carries.as_deref();
		}
		told
	}
}

/// Reads a call, and what it carries.
pub async fn of(chain: &Chain, call: &[u8]) -> Result<Meaning, ChainError> {
	let mut layers = Vec::new();
	let mut next = Some(call.to_vec());
	while let Some(call) = next.take() {
		let text = chain.read_call(&call).await?;
		if layers.len() < DEEPEST {
			next = carried(chain, &text, &call).await?;
		}
		layers.push(Meaning {
			hash: format!("0x{}", hex::encode(hash_of(&call))),
			call: format!("{}.{}", text.pallet, text.call),
			meaning: sentence(&text, next.is_some()),
			arguments: text.arguments,
			carries: None,
		});
	}
	let whole = layers
		.into_iter()
		.rev()
		.reduce(|inner, outer| Meaning { carries: Some(Box::new(inner)), ..outer });
	whole.ok_or_else(|| ChainError::NotFound { what: "a call in these bytes".to_owned() })
}

/// The call that another one carries whole, or names by its hash where somebody stored it.
async fn carried(
	chain: &Chain,
	text: &CallText,
	call: &[u8],
) -> Result<Option<Vec<u8>>, ChainError> {
	match (text.pallet.as_str(), text.call.as_str()) {
		("Whitelist", "dispatch_whitelisted_call_with_preimage") => {
			Ok(call.get(NUMBERS..).map(<[u8]>::to_vec))
		},
		(
			"Whitelist",
			"whitelist_call" | "remove_whitelisted_call" | "dispatch_whitelisted_call",
		) => {
			let hash = text.arguments.get("call_hash").and_then(Value::as_str);
			match hash.and_then(crate::hex32::read) {
				Some(hash) => chain.noted_text(hash.into()).await,
				None => Ok(None),
			}
		},
		_ => Ok(None),
	}
}

/// What is written of an argument.
fn argument(text: &CallText, name: &str) -> String {
	match text.arguments.get(name) {
		Some(Value::String(words)) => words.clone(),
		Some(other) => other.to_string(),
		None => "?".to_owned(),
	}
}

/// A sentence for the calls that people decide about most, and what the runtime says of others.
fn sentence(text: &CallText, is_known: bool) -> String {
	let given = |name| argument(text, name);
	let hidden =
		if is_known { "" } else { "; nobody stored its text, so nobody can know what it does" };
	match (text.pallet.as_str(), text.call.as_str()) {
		("ValidatorSet", "add_validator") => format!(
			"adds the validator {}, a machine of institution {}",
			given("validator"),
			given("institution")
		),
		("ValidatorSet", "remove_validator") => {
			format!("removes the validator {}", given("validator"))
		},
		("ValidatorSet", "reinstate_validator") => {
			format!("reinstates the validator {}, which was disabled", given("validator"))
		},
		("ProviderRegistry", "accredit") => format!(
			"accredits institution {} for scheme {} at level {}",
			given("institution"),
			given("scheme"),
			given("level")
		),
		("ProviderRegistry", "set_institution_status") => format!(
			"sets institution {} to {}, and with it everybody who acts for it; if it has a seat, it votes accordingly",
			given("institution"),
			given("status")
		),
		("ProviderRegistry", "register_institution") => {
			format!("registers an institution that {} operates", given("operator"))
		},
		("ProviderRegistry", "replace_account") => format!(
			"gives all offices of {} to {}",
			given("from"),
			given("to")
		),
		("Origins", "seat_institution") => {
			format!("gives institution {} a vote in the chamber of institutions", given("institution"))
		},
		("Origins", "unseat_institution") => {
			format!("takes the vote of institution {}", given("institution"))
		},
		("Origins", "appoint_representative") => {
			format!("has {} represent patients, with a vote in their chamber", given("representative"))
		},
		("Origins", "dismiss_representative") => {
			format!("has {} represent patients no longer", given("representative"))
		},
		("Quota", "set_bucket") => format!(
			"sets the transactions that institution {} may send to {}",
			given("institution"),
			given("limits")
		),
		("System", "authorize_upgrade") => format!(
			"authorizes the runtime with the hash {}: whoever has that code may then put it in force",
			given("code_hash")
		),
		("SafeMode", "force_enter") => {
			"enters safe mode for six hours: nothing is permitted anew, and what takes access away goes on".to_owned()
		},
		("SafeMode", "force_exit") => "leaves safe mode".to_owned(),
		("Whitelist", "dispatch_whitelisted_call_with_preimage" | "dispatch_whitelisted_call") => {
			format!("approves a call for the institutions, which the patients have to approve as well{hidden}")
		},
		("Whitelist", "whitelist_call") => format!(
			"approves the call {} for the patients, which the institutions have to approve as well{hidden}",
			given("call_hash")
		),
		("Whitelist", "remove_whitelisted_call") => {
			format!("takes back the patients' approval of the call {}", given("call_hash"))
		},
		_ if text.about.is_empty() => format!("calls {}.{}", text.pallet, text.call),
		_ => text.about.clone(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::json;

	fn text(pallet: &str, call: &str, arguments: Value) -> CallText {
		CallText {
			pallet: pallet.to_owned(),
			call: call.to_owned(),
			about: "Does something.".to_owned(),
			arguments,
		}
	}

	#[test]
	fn what_a_call_would_change_is_told_in_words() {
		let add =
			text("ValidatorSet", "add_validator", json!({ "validator": "0x01", "institution": 2 }));
		assert_eq!(sentence(&add, false), "adds the validator 0x01, a machine of institution 2");
		let other = text("Audit", "set_retention", json!({ "period": 1 }));
		assert_eq!(sentence(&other, false), "Does something.");
	}

	#[test]
	fn a_hash_whose_text_nobody_stored_is_told_from_one_that_can_be_read() {
		let approve = text("Whitelist", "whitelist_call", json!({ "call_hash": "0x02" }));
		assert!(sentence(&approve, false).contains("nobody can know"));
		assert!(!sentence(&approve, true).contains("nobody can know"));
	}
}
