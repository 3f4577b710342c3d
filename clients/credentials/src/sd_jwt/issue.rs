//! Issuing.

use super::{digest, Disclosure, SaltSource, SdJwt, DIGEST_ALGORITHM, MAX_DISCLOSURES, MEDIA_TYPE};
use crate::{
	base64url,
	credential::ClaimError,
	jose::{self, PublicKey, Signer},
	Credential,
};
use jiff::Timestamp;
use serde_json::{json, Value};

/// Most decoys of a credential.
pub const MAX_DECOYS: usize = 64;

/// How a credential is issued.
#[derive(Clone, Debug)]
pub struct IssueOptions {
	/// The holder's key. With it, only the holder can present the credential; without it,
	/// whoever has the token.
	pub holder: Option<PublicKey>,
	/// How many digests are added that nothing opens, so that their number does not tell how much
	/// is withheld. At most [`MAX_DECOYS`].
	pub decoys: usize,
	/// Now.
	pub now: Timestamp,
}

/// Why a credential is not issued.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum IssueError {
	/// The claims cannot be attested.
	#[error(transparent)]
	Claim(#[from] ClaimError),
	/// More claims than are read again.
	#[error("the subject has {found} claims; at most {MAX_DISCLOSURES} can be disclosed")]
	TooManyClaims {
		/// How many it has.
		found: usize,
	},
	/// More decoys than it may have.
	#[error("{found} decoys are asked for; at most {MAX_DECOYS} are made")]
	TooManyDecoys {
		/// How many.
		found: usize,
	},
	/// The system gave no randomness.
	#[error("the system gave no randomness for salts: {0}")]
	NoRandomness(#[from] getrandom::Error),
	/// The key is named after somebody else: nobody would verify it.
	#[error(
		"the credential is from {issuer}, and the key is named `{kid}`; it must be {issuer}#…"
	)]
	KeyOfAnother {
		/// Who issues.
		issuer: String,
		/// The key's name.
		kid: String,
	},
	/// The signer refuses.
	#[error("the signer did not sign the credential")]
	NotSigned,
}

/// Issues a credential, with a disclosure for each claim of its subject.
///
/// # Errors
///
/// [`IssueError`].
pub fn issue(
	credential: &Credential,
	signer: &dyn Signer,
	options: &IssueOptions,
	salts: &mut dyn SaltSource,
) -> Result<SdJwt, IssueError> {
	credential.check_dates(options.now)?;
	let claims = credential.subject.to_json();
	if claims.len() > MAX_DISCLOSURES {
		return Err(IssueError::TooManyClaims { found: claims.len() });
	}
	if options.decoys > MAX_DECOYS {
		return Err(IssueError::TooManyDecoys { found: options.decoys });
	}
	let kid = signer.kid(&credential.issuer);
	if !jose::is_of(&kid, &credential.issuer) {
		return Err(IssueError::KeyOfAnother { issuer: credential.issuer.clone(), kid });
	}
	let mut disclosures = Vec::with_capacity(claims.len());
	for (name, value) in &claims {
		disclosures.push(Disclosure::new(&salts.salt()?, name, value));
	}
	let mut digests: Vec<String> = disclosures.iter().map(Disclosure::digest).collect();
	for _ in 0..options.decoys {
		// A digest of what nobody has: it cannot be told from the others.
		digests.push(digest(&base64url::encode(&salts.salt()?)));
	}
	// Their order would tell which claim is which.
	digests.sort();

	let mut payload = credential.envelope();
	payload.insert("credentialSubject".into(), json!({ "_sd": digests }));
	payload.insert("_sd_alg".into(), DIGEST_ALGORITHM.into());
	payload.insert("iat".into(), options.now.as_second().into());
	if let Some(holder) = &options.holder {
		payload.insert("cnf".into(), json!({ "jwk": Value::Object(holder.to_jwk()) }));
	}
	let token = jose::sign(MEDIA_TYPE, Some("vc"), Some(&kid), &payload, signer)
		.ok_or(IssueError::NotSigned)?;
	Ok(SdJwt::new(token, disclosures))
}
