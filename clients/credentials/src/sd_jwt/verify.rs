//! Verifying a presentation (RFC 9901 section 7; VC Data Model 2.0 section 7.1).

use super::{
	key_binding::{self, Expected, KeyBindingError},
	open::{has_digests, open, OpenError, Opened},
	SdJwt, CLOCK_SKEW, DIGEST_ALGORITHM, MEDIA_TYPE,
};
use crate::{
	credential::{self, ClaimError, Kind, CONTEXT},
	jose::{self, Algorithm, Jws, JwsError, PublicKey},
	json::Object,
	status::{self, Checked, StatusError, StatusSource},
	KeyResolver, ResolveError,
};
use jiff::Timestamp;
use serde_json::Value;

/// What a verifier checks against.
pub struct Checks<'a> {
	/// Where the keys of issuers are found.
	pub keys: &'a dyn KeyResolver,
	/// Where status lists are found.
	pub status: &'a dyn StatusSource,
	/// Now.
	pub now: Timestamp,
	/// What the presentation must be bound to. None accepts those alone that are bound to nobody.
	pub binding: Option<Expected>,
}

/// A presentation that holds.
#[derive(Clone, PartialEq, Debug)]
pub struct Verified {
	/// What the credential attests.
	pub kind: Kind,
	/// The DID of who attests.
	pub issuer: String,
	/// The key that signed.
	pub kid: String,
	/// With which algorithm.
	pub algorithm: Algorithm,
	/// When it was issued.
	pub issued: Timestamp,
	/// Since when it is valid.
	pub valid_from: Timestamp,
	/// Until when it is valid.
	pub valid_until: Timestamp,
	/// The credential, with the claims that are shown and no others.
	pub credential: serde_json::Map<String, Value>,
	/// Names of the claims of the subject that are disclosed.
	pub disclosed: Vec<String>,
	/// How many digests nothing opens: claims that are withheld, and decoys.
	pub withheld: usize,
	/// The holder's key, where the presentation is bound to it.
	pub holder: Option<PublicKey>,
	/// The statuses that were looked up, all of them good.
	pub status: Vec<Checked>,
}

impl Verified {
	/// A claim of the subject, if it is shown.
	pub fn claim(&self, name: &str) -> Option<&Value> {
		self.credential.get("credentialSubject")?.get(name)
	}
}

/// Why a presentation does not hold.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum VerifyError {
	/// The token is malformed, or its signature wrong.
	#[error("the credential is refused: {0}")]
	Jws(#[from] JwsError),
	/// The token does not say which key signed it.
	#[error("the credential does not name the key that signed it (`kid`)")]
	NoKid,
	/// Signed with a key of somebody else than its issuer.
	#[error("the credential says that it is from {issuer}, and is signed with the key `{kid}`")]
	KeyOfAnother {
		/// What it says.
		issuer: String,
		/// The key.
		kid: String,
	},
	/// There is no key to verify with.
	#[error("the credential cannot be verified: {0}")]
	Key(#[from] ResolveError),
	/// The credential does not say when it was issued.
	#[error("the credential does not say when it was issued (`iat`)")]
	NoIssuance,
	/// Issued in the future.
	#[error("the credential says that it was issued at {issued}, and it is {now}")]
	FromTheFuture {
		/// When it says.
		issued: Timestamp,
		/// The time.
		now: Timestamp,
	},
	/// Digests of another algorithm.
	#[error("the digests are of `{found}`; sha-256 is understood (`_sd_alg`)")]
	UnknownDigestAlgorithm {
		/// What it says.
		found: String,
	},
	/// Something that decides whether the credential holds could be withheld.
	#[error("`{at}` can be withheld; only claims of `credentialSubject` may be")]
	OutsideSubject {
		/// Where the digests are.
		at: String,
	},
	/// The disclosures do not belong to the token.
	#[error(transparent)]
	Open(#[from] OpenError),
	/// A claim is missing or malformed.
	#[error(transparent)]
	Claim(#[from] ClaimError),
	/// Not valid yet.
	#[error("the credential is valid from {from} on, and it is {now}")]
	NotYetValid {
		/// Since when it is.
		from: Timestamp,
		/// The time.
		now: Timestamp,
	},
	/// Not valid any more.
	#[error("the credential was valid until {until}, and it is {now}")]
	Expired {
		/// Until when it was.
		until: Timestamp,
		/// The time.
		now: Timestamp,
	},
	/// It is not the holder who presents.
	#[error(transparent)]
	KeyBinding(#[from] KeyBindingError),
	/// Revoked, suspended, or nobody knows.
	#[error(transparent)]
	Status(#[from] StatusError),
}

impl SdJwt {
	/// Verifies a presentation, in this order: signature, dates, disclosures, claims, key binding,
	/// status. Nothing is fetched for a presentation that does not hold without it.
	///
	/// # Errors
	///
	/// [`VerifyError`].
	pub fn verify(&self, checks: &Checks<'_>) -> Result<Verified, VerifyError> {
		let now = checks.now;
		let Jws { header, payload, .. } = &self.authentic(checks)?;
		let issuer = credential::issuer(payload)?;
		let issued = issued(payload)?;
		let (valid_from, valid_until) = valid(payload, issued, now)?;
		let (kind, _) = credential::types(payload)?;
		let begins = payload.get("@context").and_then(|context| context.get(0));
		if begins.and_then(Value::as_str) != Some(CONTEXT) {
			return Err(ClaimError::Missing { field: "@context".to_owned() }.into());
		}

		let mut shown = payload.clone();
		let opened = self.open(&mut shown)?;
		credential::check_disclosed(&opened.claims)?;
		let holder = self.holder(payload, checks)?;
		let entries = credential::entries(payload)?;
		let status = entries
			.iter()
			.map(|entry| status::check(entry, &issuer, checks.status, checks.keys, now))
			.collect::<Result<_, _>>()?;

		shown.insert("credentialSubject".to_owned(), Value::Object(opened.claims));
		Ok(Verified {
			kind,
			issuer,
			kid: header.kid.clone().unwrap_or_default(),
			algorithm: header.algorithm,
			issued,
			valid_from,
			valid_until,
			credential: shown,
			disclosed: opened.disclosed,
			withheld: opened.withheld,
			holder,
			status,
		})
	}

	/// The token, if its issuer signed it with a key that was in force then.
	fn authentic(&self, checks: &Checks<'_>) -> Result<Jws, VerifyError> {
		let jws = Jws::parse(self.issuer_signed(), MEDIA_TYPE)?;
		let kid = jws.header.kid.clone().ok_or(VerifyError::NoKid)?;
		let issuer = credential::issuer(&jws.payload)?;
		if !jose::is_of(&kid, &issuer) {
			return Err(VerifyError::KeyOfAnother { issuer, kid });
		}
		let key = checks.keys.resolve(&kid, issued(&jws.payload)?)?;
		jws.verify(&key)?;
		Ok(jws)
	}

	/// Takes the subject out of a credential, with what is disclosed of it.
	fn open(&self, payload: &mut Object) -> Result<Opened, VerifyError> {
		let found = match payload.remove("_sd_alg") {
			// The default (RFC 9901 section 4.1.1).
			None => DIGEST_ALGORITHM.to_owned(),
			Some(Value::String(found)) => found,
			Some(other) => other.to_string(),
		};
		if found != DIGEST_ALGORITHM {
			return Err(VerifyError::UnknownDigestAlgorithm { found });
		}
		let subject = match payload.remove("credentialSubject") {
			Some(Value::Object(subject)) => subject,
			_ => {
				let field = "credentialSubject".to_owned();
				return Err(ClaimError::WrongType { field, expected: "one object" }.into());
			},
		};
		let outside = payload
			.iter()
			.find(|(name, value)| *name == "_sd" || *name == "..." || has_digests(value));
		if let Some((at, _)) = outside {
			return Err(VerifyError::OutsideSubject { at: at.clone() });
		}
		Ok(open(subject, self.disclosures())?)
	}

	/// The holder, who signed the presentation for this verifier.
	fn holder(
		&self,
		payload: &Object,
		checks: &Checks<'_>,
	) -> Result<Option<PublicKey>, KeyBindingError> {
		match (&checks.binding, self.key_binding()) {
			(None, None) => Ok(None),
			(None, Some(_)) => Err(KeyBindingError::Unexpected),
			(Some(_), None) => Err(KeyBindingError::Missing),
			(Some(expected), Some(token)) => {
				let holder =
					key_binding::holder_key(payload)?.ok_or(KeyBindingError::NoHolderKey)?;
				key_binding::verify(token, &self.unbound(), &holder, expected, checks.now)?;
				Ok(Some(holder))
			},
		}
	}
}

/// When a credential says that it was issued.
fn issued(payload: &Object) -> Result<Timestamp, VerifyError> {
	seconds(payload, "iat")?.ok_or(VerifyError::NoIssuance)
}

/// A moment in seconds after 1970 (RFC 7519 section 2), if it is there.
fn seconds(payload: &Object, name: &str) -> Result<Option<Timestamp>, ClaimError> {
	let Some(value) = payload.get(name) else { return Ok(None) };
	let moment = value.as_i64().and_then(|seconds| Timestamp::from_second(seconds).ok());
	let expected = "a number of seconds after 1970";
	moment.map(Some).ok_or_else(|| ClaimError::WrongType { field: name.to_owned(), expected })
}

/// Since when and until when a credential is valid, if that is now. `exp` and `nbf`, which are
/// about the signature, can only narrow it.
fn valid(
	payload: &Object,
	issued: Timestamp,
	now: Timestamp,
) -> Result<(Timestamp, Timestamp), VerifyError> {
	let soon = now.saturating_add(CLOCK_SKEW).unwrap_or(Timestamp::MAX);
	if issued > soon {
		return Err(VerifyError::FromTheFuture { issued, now });
	}
	let (from, until) = credential::period(payload)?;
	for from in seconds(payload, "nbf")?.into_iter().chain([from]) {
		if from > soon {
			return Err(VerifyError::NotYetValid { from, now });
		}
	}
	for until in seconds(payload, "exp")?.into_iter().chain([until]) {
		if until <= now {
			return Err(VerifyError::Expired { until, now });
		}
	}
	Ok((from, until))
}
