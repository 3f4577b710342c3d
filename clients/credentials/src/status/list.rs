//! Lists as credentials of their own (section 2.2), secured as `vc+jwt`.

use super::{Bitstring, BitstringError, Purpose};
use crate::{
	credential::{BASE_TYPE, CONTEXT},
	jose::{self, Jws, JwsError, Signer},
	json::Object,
	resolver::is_did,
	sd_jwt::CLOCK_SKEW,
	KeyResolver, ResolveError,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{json, Value};

/// Largest list that is read, in bytes of its token: [`super::MAX_COMPRESSED_BYTES`] in base64,
/// within JSON in base64.
pub const MAX_LIST_BYTES: usize = 4 * 1024 * 1024;

const TYPE: &str = "BitstringStatusListCredential";
const SUBJECT_TYPE: &str = "BitstringStatusList";
const MEDIA_TYPE: &str = "vc+jwt";

/// A list of statuses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatusList {
	/// Its URL, at which it is published.
	pub id: String,
	/// The DID of who publishes it.
	pub issuer: String,
	/// What a bit that is set means.
	pub purpose: Purpose,
	/// The bits.
	pub bits: Bitstring,
	/// Since when it holds.
	pub valid_from: Timestamp,
	/// Until when it holds. Without it a list would be good for ever, and whoever can keep an old
	/// one in the way of the new could undo a revocation.
	pub valid_until: Timestamp,
	/// How long it may be kept before it is fetched again, in milliseconds.
	pub ttl: Option<u64>,
}

/// Why a list is refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ListError {
	/// More bytes than are read.
	#[error("the status list has {found} bytes; at most {MAX_LIST_BYTES} are read")]
	TooLarge {
		/// How many it has.
		found: usize,
	},
	/// The token is malformed, or its signature wrong.
	#[error("the status list is refused: {0}")]
	Jws(#[from] JwsError),
	/// The token does not say which key signed it.
	#[error("the status list does not name the key that signed it (`kid`)")]
	NoKid,
	/// Signed with a key of somebody else than its issuer.
	#[error("the status list says that it is from {issuer}, and is signed with the key `{kid}`")]
	KeyOfAnother {
		/// What it says.
		issuer: String,
		/// The key.
		kid: String,
	},
	/// There is no key to verify with.
	#[error("the status list cannot be verified: {0}")]
	Key(#[from] ResolveError),
	/// From somebody else than the issuer of the credential.
	#[error("the status list is from {found}, and the credential from {expected}")]
	OtherIssuer {
		/// What the list says.
		found: String,
		/// What the credential says.
		expected: String,
	},
	/// Another list than the one that was asked for.
	#[error("the status list is {found}, and {expected} was asked for")]
	OtherList {
		/// What it says.
		found: String,
		/// What was asked for.
		expected: String,
	},
	/// Its subject is not of this list.
	#[error("the subject of the status list is {found}, which is not of {list}")]
	OtherSubject {
		/// What it says.
		found: String,
		/// The list.
		list: String,
	},
	/// A member is missing or malformed.
	#[error("`{member}` of the status list is missing, or not {expected}")]
	Malformed {
		/// Its path.
		member: &'static str,
		/// What it should be.
		expected: &'static str,
	},
	/// More than a bit for an entry.
	#[error("`statusSize` of the status list is {found}; one bit for an entry is understood")]
	UnsupportedSize {
		/// What it says.
		found: String,
	},
	/// For something else.
	#[error("the status list is for {found}, and the credential names it for {expected}")]
	OtherPurpose {
		/// What the list says.
		found: String,
		/// What the credential says.
		expected: Purpose,
	},
	/// It does not hold yet.
	#[error("the status list holds from {from} on, and it is {now}")]
	NotYetValid {
		/// Since when.
		from: Timestamp,
		/// The time.
		now: Timestamp,
	},
	/// It does not hold any more.
	#[error(
		"the status list held until {until}, and it is {now}; the issuer has to publish a new one"
	)]
	Expired {
		/// Until when.
		until: Timestamp,
		/// The time.
		now: Timestamp,
	},
	/// The bits are malformed, or there is no such one.
	#[error(transparent)]
	Bits(#[from] BitstringError),
	/// The signer refuses.
	#[error("the signer did not sign the status list")]
	NotSigned,
	/// The bits cannot be compressed.
	#[error("the status list cannot be compressed: {detail}")]
	NotCompressed {
		/// What is wrong.
		detail: String,
	},
}

impl StatusList {
	/// Reads a list, and verifies that its issuer signed it and that it holds at `now`.
	///
	/// # Errors
	///
	/// [`ListError`].
	pub fn verify(token: &str, keys: &dyn KeyResolver, now: Timestamp) -> Result<Self, ListError> {
		let (list, jws) = Self::read(token)?;
		let kid = jws.header.kid.as_deref().ok_or(ListError::NoKid)?;
		if !jose::is_of(kid, &list.issuer) {
			return Err(ListError::KeyOfAnother { issuer: list.issuer, kid: kid.to_owned() });
		}
		// In force now, not when it says that it was signed: with a key that was rotated away because
		// it was stolen, anybody could date back a list in which nothing is revoked.
		jws.verify(&keys.resolve(kid, now)?)?;
		list.check_time(now)?;
		Ok(list)
	}

	/// Reads a list without asking whether it holds, and verifies that `key` signed it: for the
	/// issuer who is about to change it.
	///
	/// # Errors
	///
	/// [`ListError`].
	pub fn read_own(token: &str, key: &jose::PublicKey) -> Result<Self, ListError> {
		let (list, jws) = Self::read(token)?;
		jws.verify(key)?;
		Ok(list)
	}

	fn check_time(&self, now: Timestamp) -> Result<(), ListError> {
		// Clocks differ; a list that was just published must not be refused.
		if self.valid_from > now.saturating_add(CLOCK_SKEW).unwrap_or(Timestamp::MAX) {
			return Err(ListError::NotYetValid { from: self.valid_from, now });
		}
		if self.valid_until <= now {
			return Err(ListError::Expired { until: self.valid_until, now });
		}
		Ok(())
	}

	/// Checks that this is the list that a credential of `issuer` names, and reads its bit.
	///
	/// # Errors
	///
	/// [`ListError::OtherIssuer`], [`ListError::OtherList`], [`ListError::OtherPurpose`] or
	/// [`BitstringError::OutOfRange`].
	pub fn is_set(&self, entry: &super::Entry, issuer: &str) -> Result<bool, ListError> {
		if self.issuer != issuer {
			let (found, expected) = (self.issuer.clone(), issuer.to_owned());
			return Err(ListError::OtherIssuer { found, expected });
		}
		if self.id != entry.list {
			let (found, expected) = (self.id.clone(), entry.list.clone());
			return Err(ListError::OtherList { found, expected });
		}
		if self.purpose != entry.purpose {
			let found = self.purpose.to_string();
			return Err(ListError::OtherPurpose { found, expected: entry.purpose });
		}
		Ok(self.bits.get(entry.index)?)
	}

	/// Until when a list that was fetched at `fetched` may be used without asking again.
	pub fn fresh_until(&self, fetched: Timestamp) -> Timestamp {
		let kept = self.ttl.and_then(|ttl| i64::try_from(ttl).ok()).map(|ttl| {
			fetched.saturating_add(SignedDuration::from_millis(ttl)).unwrap_or(Timestamp::MAX)
		});
		kept.map_or(self.valid_until, |kept| kept.min(self.valid_until))
	}

	/// Signs the list, as it is published.
	///
	/// # Errors
	///
	/// [`ListError::NotSigned`] or [`ListError::NotCompressed`].
	pub fn sign(&self, signer: &dyn Signer) -> Result<String, ListError> {
		let bits = self.bits.encode();
		let bits = bits.map_err(|error| ListError::NotCompressed { detail: error.to_string() })?;
		let mut subject = json!({
			"id": format!("{}#list", self.id),
			"type": SUBJECT_TYPE,
			"statusPurpose": self.purpose.name(),
			"encodedList": bits,
		});
		if let (Some(ttl), Value::Object(subject)) = (self.ttl, &mut subject) {
			subject.insert("ttl".into(), ttl.into());
		}
		let credential = json!({
			"@context": [CONTEXT],
			"id": self.id,
			"type": [BASE_TYPE, TYPE],
			"issuer": self.issuer,
			"validFrom": self.valid_from.to_string(),
			"validUntil": self.valid_until.to_string(),
			"credentialSubject": subject,
		});
		let Value::Object(credential) = credential else { return Err(ListError::NotSigned) };
		let kid = signer.kid(&self.issuer);
		if !jose::is_of(&kid, &self.issuer) {
			return Err(ListError::KeyOfAnother { issuer: self.issuer.clone(), kid });
		}
		jose::sign(MEDIA_TYPE, Some("vc"), Some(&kid), &credential, signer)
			.ok_or(ListError::NotSigned)
	}

	/// Reads a list, and verifies nothing.
	pub(super) fn read(token: &str) -> Result<(Self, Jws), ListError> {
		if token.len() > MAX_LIST_BYTES {
			return Err(ListError::TooLarge { found: token.len() });
		}
		let jws = Jws::parse(token, MEDIA_TYPE)?;
		let list = &jws.payload;
		let begins = list.get("@context").and_then(|context| context.get(0));
		if begins.and_then(Value::as_str) != Some(CONTEXT) {
			let expected = "a list that begins with the context of VC 2.0";
			return Err(ListError::Malformed { member: "@context", expected });
		}
		for needed in [BASE_TYPE, TYPE] {
			if !names(list, "type", needed) {
				return Err(ListError::Malformed { member: "type", expected: TYPE });
			}
		}
		let id = text(list, "id", "id", "a URL")?;
		let issuer = match list.get("issuer") {
			Some(Value::Object(issuer)) => text(issuer, "id", "issuer.id", "a DID")?,
			_ => text(list, "issuer", "issuer", "a DID")?,
		};
		if !is_did(&issuer) {
			return Err(ListError::Malformed { member: "issuer", expected: "a DID" });
		}
		let subject = list.get("credentialSubject").and_then(Value::as_object);
		let subject = subject
			.ok_or(ListError::Malformed { member: "credentialSubject", expected: "an object" })?;
		let read = Self {
			purpose: read_subject(subject, &id)?,
			bits: Bitstring::decode(&text(
				subject,
				"encodedList",
				"credentialSubject.encodedList",
				"a text",
			)?)?,
			valid_from: moment(list, "validFrom")?,
			valid_until: moment(list, "validUntil")?,
			ttl: match subject.get("ttl") {
				None => None,
				Some(ttl) => Some(ttl.as_u64().ok_or(ListError::Malformed {
					member: "credentialSubject.ttl",
					expected: "a number of milliseconds",
				})?),
			},
			id,
			issuer,
		};
		Ok((read, jws))
	}
}

/// Checks what a subject says of itself, and returns its purpose.
fn read_subject(subject: &Object, list: &str) -> Result<Purpose, ListError> {
	if let Some(found) = subject.get("id") {
		let of_list = found
			.as_str()
			.and_then(|found| found.strip_prefix(list))
			.is_some_and(|rest| rest.starts_with('#'));
		if !of_list {
			let found = found.as_str().map_or_else(|| found.to_string(), str::to_owned);
			return Err(ListError::OtherSubject { found, list: list.to_owned() });
		}
	}
	if !names(subject, "type", SUBJECT_TYPE) {
		let expected = SUBJECT_TYPE;
		return Err(ListError::Malformed { member: "credentialSubject.type", expected });
	}
	if let Some(size) = subject.get("statusSize").filter(|size| size.as_u64() != Some(1)) {
		return Err(ListError::UnsupportedSize { found: size.to_string() });
	}
	let expected = "revocation or suspension";
	let purpose = subject.get("statusPurpose").and_then(Value::as_str);
	purpose
		.and_then(Purpose::from_name)
		.ok_or(ListError::Malformed { member: "credentialSubject.statusPurpose", expected })
}

/// Whether a member is this text, or a list that has it.
fn names(object: &Object, member: &str, wanted: &str) -> bool {
	match object.get(member) {
		Some(Value::Array(list)) => list.iter().any(|one| one.as_str() == Some(wanted)),
		Some(one) => one.as_str() == Some(wanted),
		None => false,
	}
}

fn text(
	object: &Object,
	name: &str,
	member: &'static str,
	expected: &'static str,
) -> Result<String, ListError> {
	let text = object.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
	text.map(str::to_owned).ok_or(ListError::Malformed { member, expected })
}

fn moment(object: &Object, member: &'static str) -> Result<Timestamp, ListError> {
	let expected = "a moment such as 2027-06-30T12:00:00Z";
	let text = text(object, member, member, expected)?;
	text.parse().map_err(|_| ListError::Malformed { member, expected })
}
