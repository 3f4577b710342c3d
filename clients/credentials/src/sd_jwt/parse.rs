//! An SD-JWT and its parts (RFC 9901 section 4).

use super::{Disclosure, DisclosureError};
use std::fmt;

/// Largest token that is read, in bytes, with its disclosures and key binding.
pub const MAX_SD_JWT_BYTES: usize = 256 * 1024;

/// Most disclosures of a token.
pub const MAX_DISCLOSURES: usize = 256;

/// A credential as it is kept or presented: `<token>~<disclosure>~…~[<key binding>]`.
#[derive(Clone, PartialEq, Debug)]
pub struct SdJwt {
	token: String,
	disclosures: Vec<Disclosure>,
	key_binding: Option<String>,
}

/// Why a text is no SD-JWT.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ParseError {
	/// More bytes than are read.
	#[error("it has {found} bytes; at most {MAX_SD_JWT_BYTES} are read")]
	TooLarge {
		/// How many it has.
		found: usize,
	},
	/// No token with disclosures.
	#[error("it is no SD-JWT: a token and its disclosures, each followed by ~, are expected")]
	NotSdJwt,
	/// More disclosures than are read.
	#[error("it has {found} disclosures; at most {MAX_DISCLOSURES} are read")]
	TooManyDisclosures {
		/// How many it has.
		found: usize,
	},
	/// A disclosure cannot be read.
	#[error("disclosure {number} cannot be read: {error}")]
	Disclosure {
		/// Which one, from 1.
		number: usize,
		/// Why.
		error: DisclosureError,
	},
}

impl SdJwt {
	pub(super) fn new(token: String, disclosures: Vec<Disclosure>) -> Self {
		Self { token, disclosures, key_binding: None }
	}

	/// Reads a credential or a presentation. Nothing of it is verified.
	///
	/// # Errors
	///
	/// [`ParseError`].
	pub fn parse(text: &str) -> Result<Self, ParseError> {
		if text.len() > MAX_SD_JWT_BYTES {
			return Err(ParseError::TooLarge { found: text.len() });
		}
		let (rest, last) = text.rsplit_once('~').ok_or(ParseError::NotSdJwt)?;
		let mut parts = rest.split('~');
		let token = parts.next().filter(|token| !token.is_empty()).ok_or(ParseError::NotSdJwt)?;
		let parts: Vec<&str> = parts.collect();
		if parts.len() > MAX_DISCLOSURES {
			return Err(ParseError::TooManyDisclosures { found: parts.len() });
		}
		let disclosures = parts.iter().enumerate().map(|(at, part)| {
			Disclosure::parse(part)
				.map_err(|error| ParseError::Disclosure { number: at.saturating_add(1), error })
		});
		Ok(Self {
			token: token.to_owned(),
			disclosures: disclosures.collect::<Result<_, _>>()?,
			key_binding: (!last.is_empty()).then(|| last.to_owned()),
		})
	}

	/// The token that the issuer signed. It is the same in every presentation.
	pub fn issuer_signed(&self) -> &str {
		&self.token
	}

	/// The disclosures that are there.
	pub fn disclosures(&self) -> &[Disclosure] {
		&self.disclosures
	}

	pub(super) fn key_binding(&self) -> Option<&str> {
		self.key_binding.as_deref()
	}

	/// What a key binding is over: all but itself.
	pub(super) fn unbound(&self) -> String {
		unbound(&self.token, self.disclosures.iter())
	}
}

/// A token with disclosures, without key binding.
pub(super) fn unbound<'a>(
	token: &str,
	disclosures: impl Iterator<Item = &'a Disclosure>,
) -> String {
	disclosures.fold(format!("{token}~"), |mut text, disclosure| {
		text.push_str(disclosure.as_str());
		text.push('~');
		text
	})
}

impl fmt::Display for SdJwt {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{}{}", self.unbound(), self.key_binding.as_deref().unwrap_or_default())
	}
}
