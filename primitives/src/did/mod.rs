//! The words of decentralised identifiers (W3C DID Core 1.0): what a `did:hdx` is, and what its
//! document says.

mod directory;
mod document;
mod identifier;
mod key;
mod material;
mod relationship;
mod service;

pub use directory::KeyDirectory;
pub use document::{
	Controllers, DidResolution, DidStatus, Document, KeyEntries, Services, MAX_CONTROLLERS,
	MAX_KEYS, MAX_SERVICES,
};
pub use identifier::{Did, DidKeyUrl, DidParseError, DID_METHOD, KEY_FRAGMENT_PREFIX};
pub use key::{Key, KeyEntry, KeyIndex, NewKey};
pub use material::{
	KeyFingerprint, KeyMaterial, KeyScheme, MaterialError, ML_DSA_65_BYTES, X_WING_BYTES,
};
pub use relationship::{Relationship, Relationships};
pub use service::{
	Service, ServiceError, ServiceId, MAX_ENDPOINT_BYTES, MAX_SERVICE_ID_BYTES,
	MAX_SERVICE_TYPE_BYTES,
};
