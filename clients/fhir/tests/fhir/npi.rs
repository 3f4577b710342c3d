//! National Provider Identifiers.

use hdx_fhir::{
	npi::{Npi, NpiError, SYSTEM},
	Identifier,
};
use proptest::prelude::*;

#[test]
fn the_example_of_cms_is_an_npi() {
	let npi = Npi::parse("1234567893").unwrap();
	assert_eq!(npi.as_str(), "1234567893");
	assert_eq!(npi.to_string(), "1234567893");
	assert_eq!(npi.identifier(), Identifier::new(SYSTEM, "1234567893"));
}

#[test]
fn what_is_no_npi_is_refused_by_its_cause() {
	let length = |found: &str| NpiError::NotTenDigits { found: found.to_owned() };
	let first = |found: &str| NpiError::FirstDigit { found: found.to_owned() };
	for (text, error) in [
		("", length("")),
		("0", length("0")),
		("123456789", length("123456789")),
		("12345678930", length("12345678930")),
		("123456789X", length("123456789X")),
		("123-456789", length("123-456789")),
		(" 234567893", length(" 234567893")),
		// Ten digits, but not the ten of ASCII.
		("١٢٣٤٥٦٧٨٩٣", length("١٢٣٤٥٦٧٨٩٣")),
		("0000000000", first("0000000000")),
		("3234567891", first("3234567891")),
		("1234567890", NpiError::CheckDigit { found: "1234567890".to_owned(), expected: 3 }),
	] {
		assert_eq!(Npi::parse(text).unwrap_err(), error, "{text}");
	}
}

#[test]
fn an_error_says_what_stands_there_and_what_was_expected() {
	let text = Npi::parse("1234567890").unwrap_err().to_string();
	assert_eq!(text, "the check digit of the NPI `1234567890` is wrong; expected 3 at its end");
}

/// Luhn, the other way round: over all fifteen digits, from the right.
fn luhn_holds(digits: &str) -> bool {
	let doubled = |digit: u32| [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][digit as usize];
	let sum: u32 = digits
		.chars()
		.rev()
		.enumerate()
		.map(|(place, digit)| {
			let digit = digit.to_digit(10).unwrap();
			if place % 2 == 1 {
				doubled(digit)
			} else {
				digit
			}
		})
		.sum();
	sum.is_multiple_of(10)
}

proptest! {
	#[test]
	fn ten_digits_are_an_npi_when_luhn_holds_over_them_with_the_prefix(text in "[12][0-9]{9}") {
		prop_assert_eq!(Npi::parse(&text).is_ok(), luhn_holds(&format!("80840{text}")));
	}

	#[test]
	fn a_single_wrong_digit_is_found(
		nine in "[12][0-9]{8}", place in 1_usize..10, digit in 0_u32..10
	) {
		let right = (0..10).map(|last| format!("{nine}{last}")).find(|one| Npi::parse(one).is_ok());
		let right = right.unwrap();
		let mut wrong: Vec<char> = right.chars().collect();
		wrong[place] = char::from_digit(digit, 10).unwrap();
		let wrong: String = wrong.into_iter().collect();
		prop_assume!(wrong != right);
		let is_check_digit = matches!(Npi::parse(&wrong), Err(NpiError::CheckDigit { .. }));
		prop_assert!(is_check_digit, "{}", wrong);
	}
}
