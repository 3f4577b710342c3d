//! Rosters, Bundles of consents, and NPIs.

use crate::input::{choice, text};
use hdx_consent_engine::validate;
use hdx_fhir::{
	npi::{Npi, SYSTEM},
	read_consent, read_consents,
	roster::{invalid_npis, read_organizations, read_practitioners},
	unambiguous, Directory, ReadOptions, MAX_DOCUMENT_BYTES,
};
use serde_json::Value;

/// What the target does with its bytes.
pub fn read(bytes: &[u8]) {
	let Some((reader, rest)) = choice(bytes, 5) else { return };
	match reader {
		0 => organizations(rest),
		1 => practitioners(rest),
		2 => consents(rest),
		3 => text(rest).map_or((), npi),
		_ => json(rest),
	}
}

fn organizations(bytes: &[u8]) {
	let Ok(candidates) = read_organizations(bytes) else { return };
	assert!(bytes.len() <= MAX_DOCUMENT_BYTES);
	let keys: Vec<String> = candidates.iter().map(|one| one.key()).collect();
	are_keys(&keys);
	assert!(candidates.iter().all(|one| !one.identifiers.is_empty()));
	if let Some(reversed) = reversed(bytes) {
		let read = read_organizations(&reversed).expect("the order of a Bundle says nothing");
		assert_eq!(read.iter().map(|one| one.key()).collect::<Vec<_>>(), keys);
	}
}

fn practitioners(bytes: &[u8]) {
	let Ok(candidates) = read_practitioners(bytes) else { return };
	let keys: Vec<String> = candidates.iter().map(|one| one.key()).collect();
	are_keys(&keys);
	assert!(candidates.iter().all(|one| !one.identifiers.is_empty()));
	let wrong = candidates.iter().filter(|one| matches!(one.npi, Some(Err(_)))).count();
	assert_eq!(invalid_npis(&candidates).len(), wrong);
	for npi in candidates.iter().filter_map(|one| one.npi.as_ref()?.as_ref().ok()) {
		self::npi(npi.as_str());
	}
	if let Some(reversed) = reversed(bytes) {
		let read = read_practitioners(&reversed).expect("the order of a Bundle says nothing");
		assert_eq!(read.iter().map(|one| one.key()).collect::<Vec<_>>(), keys);
	}
}

/// Keys come in their order, and each once: by them it is known who is enrolled.
fn are_keys(keys: &[String]) {
	assert!(keys.windows(2).all(|two| two[0] < two[1]), "{keys:?}");
}

/// The Bundle with its entries the other way round. None: they are no list.
fn reversed(bytes: &[u8]) -> Option<Vec<u8>> {
	let mut bundle: Value = serde_json::from_slice(bytes).ok()?;
	bundle.get_mut("entry")?.as_array_mut()?.reverse();
	serde_json::to_vec(&bundle).ok()
}

fn consents(bytes: &[u8]) {
	let nobody = Directory::default();
	let Ok(consents) = read_consents(bytes, ReadOptions::default(), &nobody) else { return };
	for consent in &consents {
		if let Some(policy) = &consent.policy {
			assert_eq!(validate(policy), Ok(()), "what is read can be decided on");
		}
	}
	// A Consent by itself is a document of one.
	if let Ok(alone) = read_consent(bytes, ReadOptions::default(), &nobody) {
		assert_eq!(consents, [alone]);
	}
}

fn npi(text: &str) {
	let Ok(npi) = Npi::parse(text) else { return };
	assert_eq!(npi.as_str(), text);
	assert_eq!(npi.identifier().token(), format!("{SYSTEM}|{text}"));
	// The check digit is there for digits that are mistyped.
	for at in 0..text.len() {
		for digit in b'0'..=b'9' {
			let mut other = text.as_bytes().to_vec();
			if std::mem::replace(&mut other[at], digit) != digit {
				let other = String::from_utf8(other).expect("digits are a text");
				assert!(Npi::parse(&other).is_err(), "{text} and {other}");
			}
		}
	}
}

/// JSON in which no object names a member twice: then every reader reads the same.
fn json(bytes: &[u8]) {
	if let Ok(value) = unambiguous::value(bytes) {
		assert_eq!(serde_json::from_slice::<Value>(bytes).ok(), Some(value));
	}
}
