//! Documents of decentralised identifiers, and their keys.

use super::{one_of, patient, practitioner};
use crate::fuzzing::{accounts, Make, Step};
use ark_std::rand::{rngs::StdRng, Rng};
use hdx_primitives::{
	did::{Document, KeyIndex, KeyMaterial, NewKey, Relationships, Service},
	AccountId,
};
use hdx_runtime::Runtime;
use pallet_did::{Call, Documents};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring as Key};

/// What there is here.
pub const ALL: &[Make] = &[
	create,
	create,
	add_key,
	end_key,
	rotate_key,
	add_controller,
	remove_controller,
	set_service,
	remove_service,
	deactivate,
];

/// A key for signatures.
fn material(rng: &mut StdRng) -> KeyMaterial {
	let ed25519 = [Ed25519Keyring::Alice, Ed25519Keyring::Bob, Ed25519Keyring::Charlie];
	let sr25519 = [Key::Alice, Key::Bob, Key::Charlie, Key::Dave, Key::Eve];
	if rng.gen_bool(0.5) {
		KeyMaterial::Ed25519(ed25519[rng.gen_range(0..ed25519.len())].public().0)
	} else {
		KeyMaterial::Sr25519(sr25519[rng.gen_range(0..sr25519.len())].public().0)
	}
}

/// Somebody creates a document.
pub fn create(rng: &mut StdRng) -> Option<Step> {
	let who = if rng.gen_bool(0.5) { patient(rng)? } else { practitioner(rng)? };
	let key = NewKey { material: material(rng), relationships: Relationships::SIGNING };
	Step::signed(who, Call::create { keys: vec![key].try_into().ok()? })
}

/// A document that can be changed, and whose it is.
fn active(rng: &mut StdRng) -> Option<(AccountId, Document)> {
	let is_active = |who: AccountId| {
		let document = Documents::<Runtime>::get(&who).filter(|it| it.is_active())?;
		Some((who, document))
	};
	let documents: Vec<_> = accounts::all().into_iter().filter_map(is_active).collect();
	one_of(rng, &documents)
}

/// A key more.
pub fn add_key(rng: &mut StdRng) -> Option<Step> {
	let (subject, document) = active(rng)?;
	let call = Call::add_key {
		subject: subject.clone(),
		expected_version: document.version,
		material: material(rng),
		relationships: Relationships::SIGNING,
	};
	Step::signed(subject, call)
}

fn key_of(rng: &mut StdRng, document: &Document) -> Option<KeyIndex> {
	let next = document.next_key.0;
	(next > 0).then(|| KeyIndex(rng.gen_range(0..next)))
}

/// A key less.
pub fn end_key(rng: &mut StdRng) -> Option<Step> {
	let (subject, document) = active(rng)?;
	let key = key_of(rng, &document)?;
	let expected_version = document.version;
	Step::signed(subject.clone(), Call::end_key { subject, expected_version, key })
}

/// A key in the place of another.
pub fn rotate_key(rng: &mut StdRng) -> Option<Step> {
	let (subject, document) = active(rng)?;
	let (key, material) = (key_of(rng, &document)?, material(rng));
	let expected_version = document.version;
	Step::signed(subject.clone(), Call::rotate_key { subject, expected_version, key, material })
}

/// Somebody else may change the document.
pub fn add_controller(rng: &mut StdRng) -> Option<Step> {
	let (subject, document) = active(rng)?;
	let controller = practitioner(rng)?;
	let expected_version = document.version;
	let call = Call::add_controller { subject: subject.clone(), expected_version, controller };
	Step::signed(subject, call)
}

/// And may not.
pub fn remove_controller(rng: &mut StdRng) -> Option<Step> {
	let (subject, document) = active(rng)?;
	let controller = one_of(rng, &document.controllers)?;
	let expected_version = document.version;
	let call = Call::remove_controller { subject: subject.clone(), expected_version, controller };
	Step::signed(subject, call)
}

/// A service is named.
pub fn set_service(rng: &mut StdRng) -> Option<Step> {
	let (subject, document) = active(rng)?;
	let bytes = |text: String| text.into_bytes();
	let service = Service {
		id: bytes(format!("files{}", rng.gen_range(0..4))).try_into().ok()?,
		kind: bytes("DataStore".into()).try_into().ok()?,
		endpoint: bytes(format!("https://store{}.example", rng.gen_range(0..99)))
			.try_into()
			.ok()?,
	};
	let expected_version = document.version;
	Step::signed(subject.clone(), Call::set_service { subject, expected_version, service })
}

/// And removed.
pub fn remove_service(rng: &mut StdRng) -> Option<Step> {
	let (subject, document) = active(rng)?;
	let service = one_of(rng, &document.services)?.id;
	let expected_version = document.version;
	Step::signed(subject.clone(), Call::remove_service { subject, expected_version, service })
}

/// A document ends. Seldom: nobody gets another one.
pub fn deactivate(rng: &mut StdRng) -> Option<Step> {
	rng.gen_bool(0.05).then_some(())?;
	let (subject, document) = active(rng)?;
	let expected_version = document.version;
	Step::signed(subject.clone(), Call::deactivate { subject, expected_version })
}
