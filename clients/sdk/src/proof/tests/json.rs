//! The form in which proofs travel.

use super::chain::*;
use crate::proof::{AuditProof, HexBytes};

#[test]
fn proof_survives_json() {
	let (chain, proof) = proven();
	let json = proof.to_json().unwrap();
	let again = AuditProof::from_json(&json).unwrap();
	assert_eq!(again, proof);
	assert!(again.verify(&chain.trust()).is_ok());
}

#[test]
fn json_has_hexadecimal_fields_in_camel_case() {
	let (chain, proof) = proven();
	let json: serde_json::Value = serde_json::from_str(&proof.to_json().unwrap()).unwrap();
	let hash = format!("{:?}", chain.leaves[5].hash);
	assert_eq!(json["blockHash"], hash);
	assert_eq!(json["setId"], 0);
	assert_eq!(json["entry"], format!("0x{}", hex::encode(&proof.entry.0)));
}

#[test]
fn json_fails_when_a_field_is_unknown_missing_or_not_hexadecimal() {
	let (_, proof) = proven();
	let json: serde_json::Value = serde_json::from_str(&proof.to_json().unwrap()).unwrap();
	let parses = |json: &serde_json::Value| AuditProof::from_json(&json.to_string()).is_ok();
	assert!(parses(&json));
	let mut unknown = json.clone();
	unknown["more"] = 1.into();
	assert!(!parses(&unknown));
	for field in json.as_object().unwrap().keys() {
		let mut missing = json.clone();
		missing.as_object_mut().unwrap().remove(field);
		assert!(!parses(&missing), "{field}");
		let mut wrong = json.clone();
		wrong[field] = "0xnothex".into();
		assert!(!parses(&wrong), "{field}");
	}
}

#[test]
fn proof_with_handovers_survives_json() {
	let (chain, proof) = proven_over_changes();
	let again = AuditProof::from_json(&proof.to_json().unwrap()).unwrap();
	assert_eq!(again, proof);
	assert!(again.verify(&chain.trust()).is_ok());
}

#[test]
fn json_of_before_there_were_handovers_is_read_as_one_without() {
	let (chain, proof) = proven();
	let json = proof.to_json().unwrap();
	assert!(!json.contains("handovers"), "{json}");
	assert!(AuditProof::from_json(&json).unwrap().verify(&chain.trust()).is_ok());
	let mut none: serde_json::Value = serde_json::from_str(&json).unwrap();
	none["handovers"] = serde_json::json!([]);
	assert_eq!(AuditProof::from_json(&none.to_string()).unwrap(), proof);
}

#[test]
fn json_fails_when_a_handover_is_none() {
	let (_, proof) = proven_over_changes();
	let json: serde_json::Value = serde_json::from_str(&proof.to_json().unwrap()).unwrap();
	let parses = |json: &serde_json::Value| AuditProof::from_json(&json.to_string()).is_ok();
	assert!(parses(&json));
	for field in ["header", "justification"] {
		let mut missing = json.clone();
		missing["handovers"][1].as_object_mut().unwrap().remove(field);
		assert!(!parses(&missing), "{field}");
		let mut wrong = json.clone();
		wrong["handovers"][1][field] = "0xnothex".into();
		assert!(!parses(&wrong), "{field}");
	}
	let mut unknown = json.clone();
	unknown["handovers"][0]["more"] = 1.into();
	assert!(!parses(&unknown));
	for other in [serde_json::Value::Null, "0x".into(), serde_json::json!(["0x"])] {
		let mut wrong = json.clone();
		wrong["handovers"] = other;
		assert!(!parses(&wrong));
	}
}

#[test]
fn json_fails_when_something_follows() {
	let (_, proof) = proven();
	assert!(AuditProof::from_json(&format!("{} ", proof.to_json().unwrap())).is_ok());
	assert!(AuditProof::from_json(&format!("{}x", proof.to_json().unwrap())).is_err());
}

#[test]
fn hex_bytes_fail_without_their_prefix() {
	assert_eq!(serde_json::from_str::<HexBytes>("\"0x0aFF\"").unwrap().0, [0x0a, 0xff]);
	assert!(serde_json::from_str::<HexBytes>("\"0aff\"").is_err());
	assert!(serde_json::from_str::<HexBytes>("\"0xaff\"").is_err());
}
