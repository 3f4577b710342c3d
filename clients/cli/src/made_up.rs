//! What tests make up: nobody's record, what is done with it, and nobody's DID.

#![allow(clippy::unwrap_used)]

use crate::disclosure::{Disclosure, Place};
use hdx_primitives::{
	did::{Did, DidResolution, Document, Key, KeyEntry, KeyIndex, KeyMaterial},
	disclosure::{prove, root_of, LeafSalt},
	engine::terminology::purpose,
	AccountId, Action, Commitment, DisclosureLeaf, GrantId, InstitutionId, Milliseconds, RecordId,
	Role, Target, H256,
};
use hdx_sdk::{
	bundle::{Bundle, Labeller},
	chain::{GrantView, RecordView},
	seal::{seal, SealedRecord, SectionId},
};

/// A record of two sections, sealed under keys of its own.
pub fn sealed() -> SealedRecord {
	let bundle = r#"{"resourceType":"Bundle","type":"collection","entry":[
		{"resource":{"resourceType":"Patient","id":"p"}},
		{"resource":{"resourceType":"Observation","id":"o"}}]}"#;
	let bundle = Bundle::from_slice("made-up.json", bundle.as_bytes()).unwrap();
	seal(&bundle.sections(&Labeller::default()), 0).unwrap()
}

/// Record 3 of this patient, as the chain has it.
pub fn record(patient: u8) -> RecordView {
	RecordView {
		id: RecordId(3),
		patient: AccountId::new([patient; 32]),
		custodian: InstitutionId(0),
		manifest: Commitment([0; 32]),
		sections: 1,
		epoch: 0,
	}
}

/// A grant about this patient, as the chain has it.
pub fn grant(patient: u8, target: Target) -> GrantView {
	GrantView {
		id: GrantId(1),
		grantee: AccountId::new([9; 32]),
		on_behalf_of: InstitutionId(1),
		role: Role::Physician,
		purpose: purpose::TREAT,
		action: Action::Read,
		patient: AccountId::new([patient; 32]),
		target,
		obligations: Vec::new(),
		labels: Vec::new(),
		classes: Vec::new(),
		issued_at: Milliseconds(0),
		expires_at: Milliseconds(10),
		uses_left: 1,
		basis: None,
		revoked: false,
	}
}

/// A disclosure about patient 1 in a batch of five, of which nobody knows yet whether the chain took it.
pub fn batched() -> Disclosure {
	let mut one = Disclosure::new(GrantId(4), RecordId(2), &[SectionId(1)]).unwrap();
	let leaf = |salt| DisclosureLeaf {
		custodian: InstitutionId(0),
		grant: GrantId(4),
		record: RecordId(2),
		patient: AccountId::new([1; 32]),
		recipient: AccountId::new([2; 32]),
		on_behalf_of: InstitutionId(1),
		purpose: purpose::TREAT,
		at: Milliseconds(9),
		sections: 1,
		disclosure: one.commitment(),
		obligations: H256::zero(),
		salt: LeafSalt([salt; 32]),
	};
	let hashes: Vec<_> = (0..5).map(|salt| leaf(salt).hash()).collect();
	let (root, proof) = (root_of(&hashes).unwrap(), prove(&hashes, 3).unwrap());
	one.batch = Some(Place::new([7; 32], root, 5, &leaf(3), &proof));
	one
}

/// When [`did`]s are resolved, in milliseconds since 1970.
pub const NOW: u64 = 10;

/// A DID with these keys, each with its end, at [`NOW`].
pub fn did(keys: &[(KeyMaterial, Option<u64>)]) -> DidResolution {
	let keys: Vec<_> = (0..)
		.zip(keys)
		.map(|(index, (material, until))| KeyEntry {
			index: KeyIndex(index),
			key: Key {
				material: material.clone(),
				relationships: material.scheme().relationships(),
				valid_from: Milliseconds(0),
				valid_until: until.map(Milliseconds),
			},
		})
		.collect();
	DidResolution {
		did: Did::new(&H256::repeat_byte(7), AccountId::new([1; 32])),
		document: Document::new(Milliseconds(0)),
		keys: keys.try_into().unwrap(),
		at: Milliseconds(NOW),
	}
}
