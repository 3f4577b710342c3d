//! What can be wrong with claims.

use crate::status::EntryError;
use hdx_fhir::npi::NpiError;
use jiff::Timestamp;

/// Why claims cannot be attested, or are not what was attested.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ClaimError {
	/// It is no JSON object, or names a member twice.
	#[error("the credential is no JSON that can be read: {detail}")]
	NotJson {
		/// What is wrong.
		detail: String,
	},
	/// A member is missing.
	#[error("`{field}` is missing")]
	Missing {
		/// Its path.
		field: String,
	},
	/// A member has another type of value.
	#[error("`{field}` is not {expected}")]
	WrongType {
		/// Its path.
		field: String,
		/// What it should be.
		expected: &'static str,
	},
	/// A member has a value that it cannot have.
	#[error("`{field}` is `{found}`; expected is {expected}")]
	Invalid {
		/// Its path.
		field: String,
		/// Its value.
		found: String,
		/// What it should be.
		expected: &'static str,
	},
	/// It is no National Provider Identifier.
	#[error("`{field}`: {error}")]
	Npi {
		/// Its path.
		field: String,
		/// Why not.
		#[source]
		error: NpiError,
	},
	/// A member that the securing mechanism gives a meaning to.
	#[error("`{field}` has a meaning of its own in a signed credential and cannot be a claim")]
	Reserved {
		/// Its path.
		field: String,
	},
	/// None, or several, of the types that are known.
	#[error("`type` is `{found}`; it must have one of ProfessionalLicenceCredential, BoardCertificationCredential and AccreditationCredential")]
	UnknownType {
		/// What it has.
		found: String,
	},
	/// It ends before it begins.
	#[error("`validUntil` ({until}) is not after `validFrom` ({from})")]
	Reversed {
		/// Its beginning.
		from: Timestamp,
		/// Its end.
		until: Timestamp,
	},
	/// It begins after it would be issued.
	#[error(
		"`validFrom` ({from}) is in the future (it is {now}); nothing is attested before it holds"
	)]
	FromTheFuture {
		/// Its beginning.
		from: Timestamp,
		/// The moment of issuance.
		now: Timestamp,
	},
	/// It is over before it would be issued.
	#[error("`validUntil` ({until}) is over (it is {now})")]
	Over {
		/// Its end.
		until: Timestamp,
		/// The moment of issuance.
		now: Timestamp,
	},
	/// A status entry is malformed.
	#[error(transparent)]
	Status(#[from] EntryError),
}
