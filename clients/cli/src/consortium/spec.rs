//! A consortium's chain as nodes read it: a chain specification in JSON.

use super::{Consortium, Institution, Validator};
use crate::chain_spec_error::ChainSpecError;
use hdx_primitives::{
	properties::{SS58_PREFIX, TOKEN_DECIMALS, TOKEN_SYMBOL},
	AccountId,
};
use hdx_sdk::genesis;
use serde_json::{json, Map, Value};
use std::collections::BTreeMap;

/// The specification, which says how the first state is made: the runtime's code (`0x…`), and what it is told.
pub fn plain(consortium: &Consortium, code: &str) -> Value {
	json!({
		"name": consortium.name,
		"id": consortium.id,
		"chainType": "Live",
		"bootNodes": consortium.boot_nodes,
		"telemetryEndpoints": null,
		"protocolId": null,
		"properties": {
			"tokenSymbol": TOKEN_SYMBOL,
			"tokenDecimals": TOKEN_DECIMALS,
			"ss58Format": SS58_PREFIX,
		},
		"codeSubstitutes": {},
		"genesis": { "runtimeGenesis": { "code": code, "patch": patch(consortium) } },
	})
}

/// What the runtime is told, besides what it takes for granted. There is no sudo key, and nobody has anything.
fn patch(consortium: &Consortium) -> Value {
	let mut validator_set = Map::new();
	let validators = consortium.validators.iter();
	let members: Vec<_> =
		validators.map(|one| json!([address(&one.account), one.institution])).collect();
	validator_set.insert("validators".to_owned(), members.into());
	validator_set.insert("minimum".to_owned(), consortium.minimum_validators.into());
	// What is left out is as shipped.
	let others =
		[("keyCooldown", consortium.key_cooldown), ("sessionPeriod", consortium.session_period)];
	for (name, number) in others {
		if let Some(number) = number {
			validator_set.insert(name.to_owned(), number.into());
		}
	}
	let addresses: Vec<_> = consortium.representatives.iter().map(address).collect();
	let mut patch = json!({
		"session": { "keys": consortium.validators.iter().map(keys).collect::<Vec<_>>() },
		"validatorSet": validator_set,
		"providerRegistry": {
			"institutions": consortium.institutions.iter().map(institution).collect::<Vec<_>>(),
		},
		"origins": { "institutions": consortium.seats, "representatives": addresses },
		"consent": { "templates": consortium.templates },
	});
	consortium.parameters.lay_over(&mut patch);
	patch
}

fn keys(validator: &Validator) -> Value {
	let account = address(&validator.account);
	let public = |bytes: [u8; 32]| address(&AccountId::new(bytes));
	let keys = json!({ "aura": public(validator.aura), "grandpa": public(validator.grandpa) });
	json!([account, account, keys])
}

fn institution(one: &Institution) -> Value {
	json!([address(&one.account), one.kind, one.profile])
}

/// SS58, which is how JSON has accounts and keys of either kind.
fn address(account: &AccountId) -> String {
	account.to_string()
}

/// What a specification says of its chain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Summary {
	/// What people call it.
	pub name: String,
	/// What directories of nodes are called.
	pub id: String,
	/// The hash of the first block, where the first state itself is in the file, and not how to make it.
	pub genesis: Option<[u8; 32]>,
}

/// Looks into a specification.
pub fn summary(spec: &Value) -> Result<Summary, ChainSpecError> {
	let text = |key: &str| {
		let found = spec.get(key).and_then(Value::as_str).map(str::to_owned);
		found.ok_or_else(|| ChainSpecError::NotASpec(format!("it has no `{key}`")))
	};
	if spec.get("genesis").is_none() {
		return Err(ChainSpecError::NotASpec("it has no `genesis`".to_owned()));
	}
	let raw = spec.pointer("/genesis/raw");
	Ok(Summary { name: text("name")?, id: text("id")?, genesis: raw.map(hash).transpose()? })
}

fn hash(raw: &Value) -> Result<[u8; 32], ChainSpecError> {
	let wrong = |what: &str| ChainSpecError::NotASpec(what.to_owned());
	let has_children = raw
		.get("childrenDefault")
		.and_then(Value::as_object)
		.is_some_and(|children| !children.is_empty());
	if has_children {
		return Err(wrong("its first state has child tries, which no chain of this runtime has"));
	}
	let top = raw.get("top").and_then(Value::as_object);
	let top = top.ok_or_else(|| wrong("its first state has no `top`"))?;
	let bytes = |digits: &str| {
		let digits = digits.strip_prefix("0x").unwrap_or(digits);
		hex::decode(digits).map_err(|_| wrong("its first state has something else than bytes"))
	};
	let state = top.iter().map(|(key, value)| {
		let value = value.as_str().ok_or_else(|| wrong("its first state has no texts"))?;
		Ok::<_, ChainSpecError>((bytes(key)?, bytes(value)?))
	});
	let state: BTreeMap<_, _> = state.collect::<Result<_, ChainSpecError>>()?;
	if state.is_empty() {
		return Err(wrong("its first state is empty"));
	}
	Ok(genesis::hash(&state))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;

	fn consortium() -> Consortium {
		let account = |byte| AccountId::new([byte; 32]);
		Consortium {
			name: "Hospitals on the Rhine".into(),
			id: "rhine".into(),
			session_period: None,
			minimum_validators: 1,
			key_cooldown: Some(3),
			boot_nodes: vec!["/dns4/a/tcp/1/p2p/x".into()],
			institutions: vec![Institution {
				id: "a".into(),
				kind: "EthicsBoard",
				account: account(1),
				profile: [2; 32],
			}],
			validators: vec![Validator {
				institution: 0,
				account: account(3),
				aura: [4; 32],
				grandpa: [5; 32],
			}],
			seats: vec![0],
			representatives: vec![account(6)],
			templates: vec![([7; 32], 1)],
			parameters: crate::consortium::Parameters::default(),
		}
	}

	#[test]
	fn a_specification_says_what_the_file_says() {
		let spec = plain(&consortium(), "0x0061736d");
		let ss58 = |byte| AccountId::new([byte; 32]).to_string();
		assert_eq!(
			(&spec["name"], &spec["id"]),
			(&json!("Hospitals on the Rhine"), &json!("rhine"))
		);
		assert_eq!(
			(&spec["chainType"], &spec["bootNodes"][0]),
			(&json!("Live"), &json!("/dns4/a/tcp/1/p2p/x"))
		);
		// The hash of the metadata covers these.
		let properties = json!({ "tokenSymbol": "UNIT", "tokenDecimals": 12, "ss58Format": 42 });
		assert_eq!(spec["properties"], properties);
		let genesis = &spec["genesis"]["runtimeGenesis"];
		assert_eq!(genesis["code"], "0x0061736d");
		let keys = json!({ "aura": ss58(4), "grandpa": ss58(5) });
		let expected = json!({
			"session": { "keys": [[ss58(3), ss58(3), keys]] },
			// The period is left out: it is as shipped.
			"validatorSet": { "validators": [[ss58(3), 0]], "minimum": 1, "keyCooldown": 3 },
			"providerRegistry": { "institutions": [[ss58(1), "EthicsBoard", vec![2u8; 32]]] },
			"origins": { "institutions": [0], "representatives": [ss58(6)] },
			"consent": { "templates": [[vec![7u8; 32], 1]] },
		});
		assert_eq!(genesis["patch"], expected);
	}

	#[test]
	fn nobody_has_a_sudo_key_or_anything_else_that_was_not_written() {
		let spec = plain(&consortium(), "0x");
		let patch = spec["genesis"]["runtimeGenesis"]["patch"].as_object().unwrap();
		for pallet in ["sudo", "balances"] {
			assert!(!patch.contains_key(pallet), "{pallet}");
		}
		assert!(patch["origins"].get("pace").is_none(), "referenda take as long as they should");
	}

	#[test]
	fn a_specification_with_its_first_state_has_a_hash() {
		let raw = |top: Value, children: Value| {
			let genesis = json!({ "raw": { "top": top, "childrenDefault": children } });
			json!({ "name": "n", "id": "i", "genesis": genesis })
		};
		let one = summary(&raw(json!({ "0x3a636f6465": "0x01" }), json!({}))).unwrap();
		let state = BTreeMap::from([(b":code".to_vec(), vec![1])]);
		assert_eq!(one.genesis, Some(genesis::hash(&state)));
		assert_eq!((one.name.as_str(), one.id.as_str()), ("n", "i"));
		let how = json!({ "name": "n", "id": "i", "genesis": { "runtimeGenesis": {} } });
		assert_eq!(summary(&how).unwrap().genesis, None);
		for other in [
			json!({}),
			json!({ "name": "n", "id": "i" }),
			raw(json!({}), json!({})),
			raw(json!({ "0xzz": "0x01" }), json!({})),
			raw(json!({ "0x01": 1 }), json!({})),
			raw(json!({ "0x01": "0x01" }), json!({ "0x02": {} })),
			raw(json!(null), json!({})),
		] {
			assert!(matches!(summary(&other), Err(ChainSpecError::NotASpec(_))), "{other}");
		}
	}
}
