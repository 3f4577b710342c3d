//! The National Provider Identifier of the United States.
//!
//! Ten digits, of which the last is a check digit: the Luhn digit of `80840` (the card-issuer
//! prefix of health identifiers in the United States, ISO/IEC 7812) and the first nine. Source:
//! CMS, "Requirements for National Provider Identifier (NPI) and NPI Check Digit"; 45 CFR 162.406.

use crate::coding::Identifier;
use std::fmt;

/// The naming system of NPIs in FHIR.
pub const SYSTEM: &str = "http://hl7.org/fhir/sid/us-npi";
/// The same naming system as an object identifier, as CDA and older servers write it.
pub const SYSTEM_OID: &str = "urn:oid:2.16.840.1.113883.4.6";

const LENGTH: usize = 10;
/// What the digits of the prefix `80840` add to the Luhn sum.
const PREFIX: u32 = 24;

/// A National Provider Identifier whose check digit is right. That it was ever assigned, and to
/// whom, only the register of CMS can tell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Npi(String);

/// Why a text is no NPI.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NpiError {
	/// It does not have ten digits and nothing else.
	#[error("`{found}` is no NPI; expected ten digits")]
	NotTenDigits {
		/// What stands there.
		found: String,
	},
	/// It starts with a digit that starts no NPI.
	#[error("`{found}` is no NPI; expected the first digit 1 or 2")]
	FirstDigit {
		/// What stands there.
		found: String,
	},
	/// The check digit is of another number: most likely it was mistyped.
	#[error("the check digit of the NPI `{found}` is wrong; expected {expected} at its end")]
	CheckDigit {
		/// What stands there.
		found: String,
		/// The check digit of its first nine digits.
		expected: u32,
	},
}

impl Npi {
	/// Reads an NPI.
	///
	/// # Errors
	///
	/// See [`NpiError`]: the length, the first digit and the check digit, in this order.
	pub fn parse(text: &str) -> Result<Self, NpiError> {
		let found = || text.to_owned();
		let digits: Option<Vec<u32>> = text.chars().map(|one| one.to_digit(10)).collect();
		let digits = digits.filter(|digits| digits.len() == LENGTH);
		let digits = digits.ok_or_else(|| NpiError::NotTenDigits { found: found() })?;
		if !matches!(digits.first(), Some(1 | 2)) {
			return Err(NpiError::FirstDigit { found: found() });
		}
		let expected = check_digit(digits.iter().take(LENGTH.saturating_sub(1)));
		if digits.last() != Some(&expected) {
			return Err(NpiError::CheckDigit { found: found(), expected });
		}
		Ok(Self(found()))
	}

	/// The ten digits.
	pub fn as_str(&self) -> &str {
		&self.0
	}

	/// The identifier that FHIR documents carry.
	pub fn identifier(&self) -> Identifier {
		Identifier::new(SYSTEM, self.as_str())
	}
}

impl fmt::Display for Npi {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&self.0)
	}
}

/// Whether an identifier is of the naming system of NPIs.
pub(crate) fn is_of(identifier: &Identifier) -> bool {
	matches!(identifier.system.as_deref(), Some(SYSTEM | SYSTEM_OID))
}

/// The Luhn digit of nine digits behind the prefix. The ninth stands next to the check digit, so
/// the first, third … ninth are doubled.
fn check_digit<'a>(nine: impl Iterator<Item = &'a u32>) -> u32 {
	let sum = nine.enumerate().fold(PREFIX, |sum, (index, digit)| {
		let counted = match digit.saturating_mul(2) {
			_ if index % 2 == 1 => *digit,
			doubled if doubled > 9 => doubled.saturating_sub(9),
			doubled => doubled,
		};
		sum.saturating_add(counted)
	});
	10_u32.saturating_sub(sum % 10) % 10
}
