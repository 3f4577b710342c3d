//! DIDs, their URLs, and the keys that their documents list.

use crate::input::{choice, text};
use codec::{DecodeAll, Encode};
use hdx_primitives::did::{
	Did, DidKeyUrl, DidResolution, KeyMaterial, KeyScheme, ML_DSA_65_BYTES, X_WING_BYTES,
};
use hdx_sdk::did::{multikey, read_multikey, DidUrl, PublicKey};

const SCHEMES: [KeyScheme; 5] = [
	KeyScheme::Sr25519,
	KeyScheme::Ed25519,
	KeyScheme::X25519,
	KeyScheme::MlDsa65,
	KeyScheme::XWing,
];

/// What the target does with its bytes.
pub fn read(bytes: &[u8]) {
	let Some((reader, rest)) = choice(bytes, 5) else { return };
	match reader {
		0 => text(rest).map_or((), url),
		1 => text(rest).map_or((), names),
		2 => text(rest).map_or((), multibase),
		3 => material(rest),
		_ => stored(rest),
	}
}

fn url(text: &str) {
	let Ok(url) = text.parse::<DidUrl>() else { return };
	let did = url.did.to_string();
	assert!(text.starts_with(&did), "the DID is spelled in one way");
	let fragment = url.fragment.as_ref().map(|fragment| format!("#{fragment}"));
	assert!(text.ends_with(fragment.as_deref().unwrap_or_default()));
	if url.version_time.is_none() {
		assert_eq!(text, format!("{did}{}", fragment.unwrap_or_default()));
	}
}

fn names(text: &str) {
	if let Ok(did) = text.parse::<Did>() {
		assert_eq!(did.to_string(), text);
		assert_eq!(text.parse::<DidUrl>().map(|url| url.did).ok(), Some(did));
	}
	if let Ok(url) = text.parse::<DidKeyUrl>() {
		assert_eq!(url.to_string(), text);
	}
}

fn multibase(text: &str) {
	if let Ok(key) = read_multikey(text) {
		assert_eq!(multikey(&key).as_deref(), Some(text), "a key is spelled in one way");
		is_sound(&key);
	}
}

/// A scheme, and bytes that are repeated to the length of its keys: nobody finds 1,952 of them by trying.
fn material(bytes: &[u8]) {
	let Some((first, bytes)) = bytes.split_first() else { return };
	let scheme = SCHEMES[usize::from(*first) % SCHEMES.len()];
	let length = match scheme {
		KeyScheme::MlDsa65 => ML_DSA_65_BYTES as usize,
		KeyScheme::XWing => X_WING_BYTES as usize,
		_ => 32,
	};
	let repeated: Vec<u8> = bytes.iter().copied().cycle().take(length).collect();
	for bytes in [bytes, &repeated] {
		if let Ok(key) = KeyMaterial::from_bytes(scheme, bytes) {
			assert_eq!((key.scheme(), key.as_bytes()), (scheme, bytes));
			is_sound(&key);
		}
	}
}

/// What a chain has of keys and of DIDs.
fn stored(bytes: &[u8]) {
	if let Ok(key) = KeyMaterial::decode_all(&mut &*bytes) {
		assert_eq!(key.encode(), bytes);
		// It may be too short, and no key at all.
		if key.check().is_ok() {
			is_sound(&key);
		}
	}
	if let Ok(resolution) = DidResolution::decode_all(&mut &*bytes) {
		assert_eq!(DidResolution::decode_all(&mut &*resolution.encode()), Ok(resolution));
	}
}

fn is_sound(key: &KeyMaterial) {
	assert_eq!(KeyMaterial::from_bytes(key.scheme(), key.as_bytes()).as_ref(), Ok(key));
	assert_eq!(KeyMaterial::decode_all(&mut &*key.encode()).as_ref(), Ok(key));
	let in_document = PublicKey::of(key);
	let is_multikey = matches!(in_document, PublicKey::Multikey { .. });
	assert_eq!(is_multikey, key.scheme() != KeyScheme::XWing);
	if let Some(text) = multikey(key) {
		assert_eq!(read_multikey(&text).as_ref(), Ok(key));
	}
}
