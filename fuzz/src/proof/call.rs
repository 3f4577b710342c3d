//! Calls as people write them, encoded by the types of a chain.

use codec::{Decode, DecodeAll, Encode};
use hdx_primitives::AccountId;
use hdx_sdk::fuzzing::call_of_json;
use scale_info::{MetaType, PortableRegistry, Registry, TypeInfo};
use serde_json::Value;
use std::sync::OnceLock;

#[derive(TypeInfo, Encode, Decode, PartialEq, Debug)]
struct Limits {
	capacity: u32,
	#[codec(compact)]
	refill: u32,
}

#[derive(TypeInfo, Encode, Decode, PartialEq, Debug)]
struct Number(u32);

/// Calls with each kind of argument that a chain's have.
#[derive(TypeInfo, Encode, Decode, PartialEq, Debug)]
enum Call {
	Set { institution: Number, limits: Option<Limits> },
	Note(Vec<u8>),
	Hash([u8; 4]),
	Pay(#[codec(compact)] u64),
	Say(String),
	Both((bool, u16)),
	To(AccountId),
	Hashes(Vec<[u8; 2]>),
	Large(u128),
	All(Vec<Call>),
	Stop,
}

/// The types, and which of them is a call.
fn types() -> &'static (PortableRegistry, u32) {
	static TYPES: OnceLock<(PortableRegistry, u32)> = OnceLock::new();
	TYPES.get_or_init(|| {
		let mut registry = Registry::new();
		let id = registry.register_type(&MetaType::new::<Call>()).id;
		(registry.into(), id)
	})
}

/// What is encoded is a call of the type.
pub fn read(bytes: &[u8]) {
	let Ok(json) = serde_json::from_slice::<Value>(bytes) else { return };
	let (types, id) = types();
	if let Ok(encoded) = call_of_json(types, *id, &json) {
		let call = Call::decode_all(&mut &*encoded);
		let call = call.expect("what fits the type can be read by it");
		assert_eq!(call.encode(), encoded);
	}
}
