//! What tests make up: nobody's record.

#![allow(clippy::unwrap_used)]

use hdx_sdk::{
	bundle::{Bundle, Labeller},
	seal::{seal, SealedRecord},
};

/// A record of two sections, sealed under keys of its own.
pub fn sealed() -> SealedRecord {
	let bundle = r#"{"resourceType":"Bundle","type":"collection","entry":[
		{"resource":{"resourceType":"Patient","id":"p"}},
		{"resource":{"resourceType":"Observation","id":"o"}}]}"#;
	let bundle = Bundle::from_slice("made-up.json", bundle.as_bytes()).unwrap();
	seal(&bundle.sections(&Labeller::default()), 0).unwrap()
}
