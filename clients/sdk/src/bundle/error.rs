//! Why a file is not a Bundle that can be sealed.

use std::io;

/// Why a Bundle was refused. Each variant names the file, and the place in it where there is one.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
	/// The file could not be read.
	#[error("`{file}` cannot be read: {source}")]
	Unreadable {
		/// The file.
		file: String,
		/// What the system said.
		source: io::Error,
	},
	/// The file is larger than a Bundle may be.
	#[error("`{file}` has {size} bytes and the limit is {limit} (64 MiB); split it into smaller Bundles")]
	TooLarge {
		/// The file.
		file: String,
		/// Its size, in bytes; one more than the limit where the system does not tell.
		size: u64,
		/// The limit, in bytes.
		limit: u64,
	},
	/// There is nothing in the file.
	#[error("`{file}` is empty; give a FHIR R4 Bundle in JSON")]
	Empty {
		/// The file.
		file: String,
	},
	/// The file is not text.
	#[error("`{file}` is not UTF-8 text (byte {offset}); give a FHIR R4 Bundle in JSON")]
	NotUtf8 {
		/// The file.
		file: String,
		/// The first byte that is not UTF-8.
		offset: usize,
	},
	/// The JSON ends before it is complete.
	#[error("`{file}` ends in the middle of the JSON, at line {line}, column {column}; it looks truncated, fetch it again")]
	Truncated {
		/// The file.
		file: String,
		/// Line of the end, from 1.
		line: usize,
		/// Column of the end, from 1.
		column: usize,
	},
	/// The file is not JSON.
	#[error("`{file}` is not JSON, at line {line}, column {column}: {detail}")]
	NotJson {
		/// The file.
		file: String,
		/// Line, from 1.
		line: usize,
		/// Column, from 1.
		column: usize,
		/// What the parser said.
		detail: String,
	},
	/// An object names a member twice, so readers would disagree about what it says.
	#[error("`{file}`, line {line}, column {column}: {detail}; FHIR names each member of an object once")]
	DuplicateKey {
		/// The file.
		file: String,
		/// Line, from 1.
		line: usize,
		/// Column, from 1.
		column: usize,
		/// Which member.
		detail: String,
	},
	/// The JSON is not a FHIR Bundle.
	#[error(
		"`{file}` is not a FHIR Bundle: {found}; give JSON whose `resourceType` is \"Bundle\""
	)]
	NotABundle {
		/// The file.
		file: String,
		/// What it is instead.
		found: String,
	},
	/// An element has another JSON type than FHIR gives it.
	#[error("`{file}`, {place}: expected {expected}")]
	WrongShape {
		/// The file.
		file: String,
		/// The JSON place.
		place: String,
		/// What FHIR puts there.
		expected: &'static str,
	},
	/// An entry holds no resource.
	#[error("`{file}`, {place}: the entry has no resource; remove it, or export the Bundle with its resources")]
	EntryWithoutResource {
		/// The file.
		file: String,
		/// The JSON place.
		place: String,
	},
	/// A resource type that FHIR R4 does not have.
	#[error("`{file}`, {place}: \"{found}\" is not a resource type of FHIR R4; convert the Bundle to R4 or remove the entry")]
	UnknownResourceType {
		/// The file.
		file: String,
		/// The JSON place.
		place: String,
		/// The type found.
		found: String,
	},
	/// Two resources have the same type and id.
	#[error("`{file}`, {place}: {resource} is there already, at {first}; keep one version of each resource")]
	DuplicateResource {
		/// The file.
		file: String,
		/// The JSON place of the second.
		place: String,
		/// The JSON place of the first.
		first: String,
		/// `Type/id`.
		resource: String,
	},
	/// There is no Patient in the Bundle.
	#[error("`{file}` has no Patient; a record belongs to one patient, so export the Bundle with its Patient")]
	NoPatient {
		/// The file.
		file: String,
	},
	/// There is more than one Patient in the Bundle.
	#[error("`{file}` has Patients at {first} and at {second}; a record belongs to one patient, so split the Bundle")]
	SeveralPatients {
		/// The file.
		file: String,
		/// The JSON place of the first.
		first: String,
		/// The JSON place of the second.
		second: String,
	},
}
