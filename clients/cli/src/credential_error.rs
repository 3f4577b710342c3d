//! What can be wrong with credentials and status lists.

use hdx_credentials::{
	credential::ClaimError,
	fetch::FetchError,
	sd_jwt::{IssueError, KeyBindingError, ParseError, PresentError, VerifyError},
	status::{ListError, Purpose, StatusError},
	NotADidUrl,
};
use hdx_sdk::did::Problem;
use std::path::PathBuf;

/// Why a credential was not issued, presented or verified, or a list not changed.
#[derive(Debug, thiserror::Error)]
pub enum CredentialError {
	/// The file holds no claims that can be attested.
	#[error("`{}`: {source}", .path.display())]
	Claims {
		/// The file.
		path: PathBuf,
		/// What is wrong.
		source: ClaimError,
	},
	/// The credential was not issued.
	#[error(transparent)]
	Issue(#[from] IssueError),
	/// The file holds no credential.
	#[error("`{}` is no credential: {source}", .path.display())]
	NotSdJwt {
		/// The file.
		path: PathBuf,
		/// What is wrong.
		source: ParseError,
	},
	/// The credential cannot be presented so.
	#[error(transparent)]
	Present(#[from] PresentError),
	/// The credential does not hold.
	#[error("`{}` does not hold: {source}", .path.display())]
	DoesNotHold {
		/// The file.
		path: PathBuf,
		/// Why.
		source: VerifyError,
	},
	/// Another credential was committed to.
	#[error("`{}` is not what was committed to with that salt", .path.display())]
	NotCommitted {
		/// The file.
		path: PathBuf,
	},
	/// The status list cannot be used.
	#[error("`{list}`: {source}")]
	List {
		/// Where it is.
		list: String,
		/// What is wrong.
		source: ListError,
	},
	/// The status list cannot be fetched.
	#[error(transparent)]
	Fetch(#[from] FetchError),
	/// The list is for something else.
	#[error("`{}` is a list for {found}, and {asked} was asked for", .list.display())]
	OtherPurpose {
		/// The list.
		list: PathBuf,
		/// What it is for.
		found: Purpose,
		/// What was asked for.
		asked: Purpose,
	},
	/// A revocation is for good.
	#[error("entry {index} of `{}` is revoked, and a revocation is for good", .list.display())]
	Final {
		/// The list.
		list: PathBuf,
		/// The entry.
		index: u64,
	},
	/// Not who it should be.
	#[error(transparent)]
	Did(#[from] NotADidUrl),
	/// The issuer's keys are not on the chain.
	#[error("the keys of the issuer cannot be looked up: {0}")]
	Issuer(#[from] Problem),
}

impl CredentialError {
	/// What kind of error it is, for programs.
	pub fn code(&self) -> &'static str {
		match self {
			Self::Claims { .. } | Self::Issue(IssueError::Claim(_)) => "claims",
			Self::Issue(_) => "issue",
			Self::NotSdJwt { .. } => "malformed",
			Self::Present(_) => "present",
			Self::DoesNotHold { source, .. } => verify_code(source),
			Self::NotCommitted { .. } => "commitment-mismatch",
			Self::List { .. } => "status-list",
			Self::Fetch(_) => "fetch",
			Self::OtherPurpose { .. } => "other-purpose",
			Self::Final { .. } => "final",
			Self::Did(_) => "usage",
			Self::Issuer(_) => "issuer-key",
		}
	}

	/// What to do about it, where the message does not say it.
	pub fn advice(&self) -> Option<&'static str> {
		Some(match self {
			Self::Issue(_) | Self::Claims { .. } => {
				"`hdx credential issue --help` shows what the file has to hold"
			},
			Self::DoesNotHold { source, .. } => match source {
				VerifyError::Key(_) => {
					"give with --issuer and --issuer-key who attests and with which key, and trust nobody's word but theirs; keys of a did:hdx are on the chain, with when they were in force: hdx did show DID"
				},
				VerifyError::KeyBinding(KeyBindingError::Unexpected) => {
					"give --audience and --nonce, as they were given to the holder"
				},
				VerifyError::KeyBinding(KeyBindingError::Missing) => {
					"the holder presents it: hdx credential present --holder-key KEY"
				},
				VerifyError::Status(StatusError::Unavailable(_)) => {
					"a copy of the list can be given with --status-list"
				},
				_ => return None,
			},
			Self::NotCommitted { .. } => "give the salt that was written when it was issued",
			Self::List { source: ListError::Jws(_), .. } => {
				"give with --issuer-key the key that signed the list"
			},
			Self::Issuer(_) => "give the issuer's keys with --issuer-key, from somebody you trust",
			Self::Final { .. } => "issue a new credential, with an entry of its own",
			_ => return None,
		})
	}
}

fn verify_code(error: &VerifyError) -> &'static str {
	match error {
		VerifyError::Jws(_) | VerifyError::NoKid | VerifyError::KeyOfAnother { .. } => "signature",
		VerifyError::Key(_) => "issuer-key",
		VerifyError::NotYetValid { .. } | VerifyError::FromTheFuture { .. } => "not-yet-valid",
		VerifyError::Expired { .. } => "expired",
		VerifyError::Open(_) => "disclosure",
		VerifyError::KeyBinding(_) => "key-binding",
		VerifyError::Status(StatusError::Revoked { .. }) => "revoked",
		VerifyError::Status(StatusError::Suspended { .. }) => "suspended",
		VerifyError::Status(_) => "status-list",
		VerifyError::NoIssuance
		| VerifyError::UnknownDigestAlgorithm { .. }
		| VerifyError::OutsideSubject { .. }
		| VerifyError::Claim(_) => "malformed",
	}
}
