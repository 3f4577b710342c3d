//! What can go wrong while sealing, wrapping and opening.

use super::manifest::SectionId;
use crate::store::{ContentId, StoreError};
use std::io;

/// Why a record could not be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
	/// There is nothing to seal.
	#[error("the record has no sections to seal")]
	NoSections,
	/// More sections than a record may have on chain.
	#[error("the record has {found} sections and the chain takes {limit}; split the Bundle")]
	TooManySections {
		/// How many there are.
		found: usize,
		/// How many there may be.
		limit: u32,
	},
	/// The system gave no randomness.
	#[error("the system gave no randomness for keys: {0}")]
	NoRandomness(#[from] getrandom::Error),
	/// A section is larger than the format allows.
	#[error("a section of {bytes} bytes is too large to seal; split the Bundle")]
	SectionTooLarge {
		/// Its size.
		bytes: usize,
	},
	/// A part of the record could not be written as JSON.
	#[error("the record could not be written as JSON: {0}")]
	Json(#[from] serde_json::Error),
}

/// Why a manifest could not be read, or keys could not be wrapped.
#[derive(Debug, thiserror::Error)]
pub enum WrapError {
	/// The storage failed.
	#[error(transparent)]
	Store(#[from] StoreError),
	/// The manifest does not open with the record's keys.
	#[error("the manifest {manifest} does not open with these record keys; use the key file of this record")]
	ManifestUnreadable {
		/// Its content id.
		manifest: ContentId,
	},
	/// The keys belong to another record than the manifest.
	#[error("these record keys belong to another record than the manifest; use the key file of this record")]
	KeysOfAnotherRecord,
	/// The record has no such section.
	#[error("the record has no {section}")]
	SectionUnknown {
		/// The section.
		section: SectionId,
	},
	/// The wrap itself failed.
	#[error("the key of {section} could not be wrapped for this public key; ask the grantee for it again")]
	NotWrapped {
		/// The section.
		section: SectionId,
	},
}

/// Why what a custodian holds is not the record that the chain has, or not all of it.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
	/// A section does not open.
	#[error(transparent)]
	Open(#[from] OpenError),
	/// Manifest or keys are of another record.
	#[error(transparent)]
	Manifest(#[from] WrapError),
}

/// Why a record could not be sealed anew.
#[derive(Debug, thiserror::Error)]
pub enum ResealError {
	/// What was sealed before does not open.
	#[error(transparent)]
	Open(#[from] OpenError),
	/// The manifest does not belong to the keys.
	#[error(transparent)]
	Manifest(#[from] WrapError),
	/// It cannot be sealed again.
	#[error(transparent)]
	Seal(#[from] SealError),
}

/// Why a package, or a section of it, does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
	/// The package is of a format that this program does not know.
	#[error("the package has the format `{found}` and this program reads `{expected}`")]
	UnknownFormat {
		/// What the package says.
		found: String,
		/// What is known.
		expected: &'static str,
	},
	/// The package was made for something else than what it is opened for.
	#[error("the package is bound to another {field}: it says {found}, expected {expected}; ask the custodian for a package of this grant")]
	BindingMismatch {
		/// What differs.
		field: &'static str,
		/// What the package says.
		found: String,
		/// What was expected.
		expected: String,
	},
	/// The package does not belong to what the chain has registered: another record, another
	/// patient or a changed entry.
	#[error("the package does not match the commitment on chain{}; it is of another record or was altered", of(.section))]
	CommitmentMismatch {
		/// The entry that does not match; none when the package as a whole does not.
		section: Option<SectionId>,
	},
	/// The package holds no key for the section.
	#[error("{section} is not in the package; it was withheld, or the record does not have it")]
	NotInPackage {
		/// The section.
		section: SectionId,
	},
	/// The wrapped key does not open with this key pair.
	#[error("the key of {section} does not open with this key pair: it was wrapped for {wrapped_for} and this one is {yours}; use the key file of the grantee")]
	WrongKey {
		/// The section.
		section: SectionId,
		/// Fingerprint of the key it was wrapped for.
		wrapped_for: String,
		/// Fingerprint of the key at hand.
		yours: String,
	},
	/// The wrapped key was altered, or was made for other bindings than the package says.
	#[error("the wrapped key of {section} was altered, or made for another grant; ask the custodian for the package again")]
	TamperedWrap {
		/// The section.
		section: SectionId,
	},
	/// The ciphertext is not the one that was sealed.
	#[error(
		"the ciphertext {block} of {section} was altered; ask the custodian to restore the block"
	)]
	TamperedCiphertext {
		/// The section.
		section: SectionId,
		/// Its block.
		block: ContentId,
	},
	/// What was unwrapped is not the key that the record was registered with.
	#[error("the key released for {section} is not the one the record commits to; the custodian released a wrong key")]
	KeyCommitmentMismatch {
		/// The section.
		section: SectionId,
	},
	/// What was decrypted is not the Bundle that a section is.
	#[error("{section} opened, but is no Bundle: {detail}; the custodian sealed something else")]
	NotASection {
		/// The section.
		section: SectionId,
		/// What is wrong.
		detail: String,
	},
	/// The storage failed.
	#[error(transparent)]
	Store(#[from] StoreError),
}

fn of(section: &Option<SectionId>) -> String {
	section.map(|section| format!(" (at {section})")).unwrap_or_default()
}

/// Why a file with keys could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
	/// There is a file already.
	#[error("`{file}` exists; keys are never overwritten, so move it away or name another file")]
	Exists {
		/// The file.
		file: String,
	},
	/// The system refused.
	#[error("key file `{file}`: {source}")]
	Io {
		/// The file.
		file: String,
		/// What the system said.
		source: io::Error,
	},
	/// Others may read the file.
	#[error("`{file}` may be read by others (mode {mode:03o}); run: chmod 600 '{file}'")]
	Exposed {
		/// The file.
		file: String,
		/// Its permissions.
		mode: u32,
	},
	/// The file holds something else.
	#[error("`{file}` is not {expected}: {detail}")]
	Malformed {
		/// The file.
		file: String,
		/// What it should hold.
		expected: &'static str,
		/// What is wrong.
		detail: String,
	},
	/// The bytes are not an encryption key.
	#[error("the public key is not an X-Wing key (1216 bytes)")]
	InvalidPublicKey,
	/// The public key is not the one that the chain names.
	#[error("the public key has the fingerprint {found}, and the chain names {expected}; ask its owner for the present one")]
	FingerprintMismatch {
		/// What the key hashes to.
		found: String,
		/// What the chain says.
		expected: String,
	},
	/// The system gave no randomness.
	#[error("the system gave no randomness for keys: {0}")]
	NoRandomness(#[from] getrandom::Error),
}
