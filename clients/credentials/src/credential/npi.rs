//! National Provider Identifiers of the United States.

use super::ClaimError;
use std::fmt;

/// What precedes an NPI in the numbering of health cards: 80 for health, 840 for the United States.
const PREFIX: [u8; 5] = [8, 0, 8, 4, 0];

const DIGITS: usize = 10;

/// An NPI: ten digits, the first 1 or 2, the last a check digit (45 CFR 162.406; Luhn over the
/// prefix 80840 and the number, as CMS describes it).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Npi(String);

impl Npi {
	/// Reads an NPI. `field` is named in errors.
	///
	/// # Errors
	///
	/// [`ClaimError::Invalid`] or [`ClaimError::NpiCheckDigit`].
	pub fn read(text: &str, field: &str) -> Result<Self, ClaimError> {
		let invalid = || ClaimError::Invalid {
			field: field.to_owned(),
			found: text.to_owned(),
			expected: "an NPI: ten digits, the first of which is 1 or 2",
		};
		let digits: Vec<u8> = text
			.bytes()
			.map(|byte| byte.checked_sub(b'0').filter(|digit| *digit < 10))
			.collect::<Option<_>>()
			.ok_or_else(invalid)?;
		let (Some(1 | 2), Some((found, number)), DIGITS) =
			(digits.first(), digits.split_last(), digits.len())
		else {
			return Err(invalid());
		};
		let expected = check_digit(number);
		if *found != expected {
			return Err(ClaimError::NpiCheckDigit {
				field: field.to_owned(),
				found: text.to_owned(),
				expected,
			});
		}
		Ok(Self(text.to_owned()))
	}

	/// The ten digits.
	pub fn as_str(&self) -> &str {
		&self.0
	}
}

impl fmt::Display for Npi {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&self.0)
	}
}

/// The Luhn digit of a number without one: every second digit from its end is doubled.
fn check_digit(number: &[u8]) -> u8 {
	let digits = PREFIX.iter().chain(number).rev();
	let sum = digits.enumerate().fold(0_u32, |sum, (at, digit)| {
		let digit = u32::from(*digit);
		let doubled = digit.saturating_mul(2);
		let counted = match at & 1 {
			0 if doubled > 9 => doubled.saturating_sub(9),
			0 => doubled,
			_ => digit,
		};
		sum.saturating_add(counted)
	});
	let rest = sum.checked_rem(10).unwrap_or_default();
	let digit = 10_u32.saturating_sub(rest).checked_rem(10).unwrap_or_default();
	u8::try_from(digit).unwrap_or_default()
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	/// The example of the Centers for Medicare & Medicaid Services: 123456789 and the digit 3.
	#[test]
	fn the_example_of_cms_is_right() {
		assert_eq!(Npi::read("1234567893", "npi").unwrap().as_str(), "1234567893");
	}

	#[test]
	fn exactly_one_last_digit_fits() {
		for number in ["123456789", "199999999", "210000000"] {
			let fits = (0..10).filter(|last| Npi::read(&format!("{number}{last}"), "npi").is_ok());
			assert_eq!(fits.count(), 1, "{number}");
		}
	}

	#[test]
	fn fails_when_a_digit_is_wrong_and_names_the_field() {
		let error = Npi::read("1234567890", "credentialSubject.npi").unwrap_err();
		let expected = ClaimError::NpiCheckDigit {
			field: "credentialSubject.npi".to_owned(),
			found: "1234567890".to_owned(),
			expected: 3,
		};
		assert_eq!(error, expected);
		assert!(error.to_string().contains("credentialSubject.npi"));
	}

	#[test]
	fn fails_when_it_is_not_ten_digits_or_begins_otherwise() {
		for text in
			["", "123456789", "12345678930", "123456789x", "0234567893", "3234567893", "１２３"]
		{
			let error = Npi::read(text, "npi").unwrap_err();
			assert!(matches!(error, ClaimError::Invalid { .. }), "{text}");
		}
	}
}
