//! What a consent covers, as it is typed and shown.

use crate::{codes, shielded_error::ShieldedError, time};
use hdx_consent_engine::terminology;
use hdx_primitives::Milliseconds;
use hdx_zk_circuits::note::{Category, Policy, Purpose, CATEGORY_BITS};

/// How all categories are typed.
const ALL: &str = "all";

/// What a consent covers.
#[derive(Debug, clap::Args)]
pub struct Covers {
	/// A purpose of use, such as TREAT; may be repeated.
	#[arg(long = "purpose", value_name = "CODE", required = true, value_parser = purpose)]
	purposes: Vec<Purpose>,
	/// Categories of data: their numbers in the consortium's list, from 0 to 63, with commas; or all.
	#[arg(long = "category", value_name = "N[,N]|all", value_parser = categories)]
	categories: Categories,
	/// From when: a date, or RFC 3339. Left out: at once.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	from: Option<Milliseconds>,
	/// Until when: a date (all of that day, UTC), or RFC 3339.
	#[arg(long, value_name = "TIME", value_parser = time::end)]
	until: Milliseconds,
}

/// Categories, one bit each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Categories(u64);

impl Covers {
	/// The policy, at this time.
	pub fn policy(&self, now: Milliseconds) -> Result<Policy, ShieldedError> {
		if self.until <= now {
			return Err(ShieldedError::Over { until: time::show(self.until) });
		}
		let purposes = self.purposes.iter().fold(0, |mask, purpose| mask | purpose.mask());
		let from = self.from.unwrap_or(now);
		Ok(Policy::new(self.categories.0, purposes, from.0, self.until.0)?)
	}
}

/// Reads a purpose of use that circuits know.
fn purpose(text: &str) -> Result<Purpose, String> {
	let code = codes::purpose(text)?;
	let known = terminology::purpose::ALL;
	let place = known.iter().position(|term| term.code == code);
	let purpose = place.and_then(|place| u8::try_from(place).ok()).and_then(Purpose::new);
	purpose.ok_or_else(|| {
		let symbols: Vec<_> = known.iter().map(|term| term.symbol).collect();
		let known = symbols.join(", ");
		format!("`{text}` has no place among the purposes of proofs: give one of {known}")
	})
}

/// Reads categories.
fn categories(text: &str) -> Result<Categories, String> {
	if text == ALL {
		return Ok(Categories(u64::MAX));
	}
	let mut mask = 0;
	for one in text.split(',') {
		let category = one.trim().parse().ok().and_then(Category::new).ok_or_else(|| {
			format!("`{one}` is no category: give numbers from 0 to 63 with commas, or {ALL}")
		})?;
		mask |= category.mask();
	}
	Ok(Categories(mask))
}

/// The categories of a policy, by their numbers.
pub fn category_places(policy: &Policy) -> Vec<u8> {
	let covers = |category: &Category| policy.categories() & category.mask() != 0;
	(0..=u8::MAX).map_while(Category::new).filter(covers).map(Category::place).collect()
}

/// The categories of a policy, for people.
pub fn shown_categories(policy: &Policy) -> String {
	let places = category_places(policy);
	if places.len() == CATEGORY_BITS {
		return ALL.to_owned();
	}
	places.iter().map(u8::to_string).collect::<Vec<_>>().join(", ")
}

/// The purposes of a policy, by their symbols; by their numbers where the project has no words for them.
pub fn purpose_symbols(policy: &Policy) -> Vec<String> {
	let symbol = |place: usize| match terminology::purpose::ALL.get(place) {
		Some(term) => term.symbol.to_owned(),
		None => place.to_string(),
	};
	let covers = |purpose: &Purpose| policy.purposes() & purpose.mask() != 0;
	let places = (0..=u8::MAX).map_while(Purpose::new).filter(covers).map(Purpose::place);
	places.map(|place| symbol(place.into())).collect()
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use clap::Parser;

	#[derive(Debug, Parser)]
	struct Line {
		#[command(flatten)]
		covers: Covers,
	}

	fn policy(line: &str, now: u64) -> Result<Policy, String> {
		let line = ["hdx"].into_iter().chain(line.split_whitespace());
		let line = Line::try_parse_from(line).map_err(|error| error.to_string())?;
		line.covers.policy(Milliseconds(now)).map_err(|error| error.to_string())
	}

	#[test]
	fn purposes_have_the_places_that_circuits_give_them() {
		assert_eq!(purpose("TREAT"), Ok(Purpose::TREATMENT));
		assert_eq!(purpose("HRESCH"), Ok(Purpose::RESEARCH));
		for (place, term) in terminology::purpose::ALL.iter().enumerate() {
			assert_eq!(usize::from(purpose(term.symbol).unwrap().place()), place);
		}
		assert!(purpose("urn:x|1").unwrap_err().contains("TREAT"));
		assert!(purpose("CURIOSITY").is_err());
	}

	#[test]
	fn categories_are_numbers_below_64() {
		assert_eq!(categories("0"), Ok(Categories(1)));
		assert_eq!(categories("63,0, 2"), Ok(Categories((1 << 63) | 0b101)));
		assert_eq!(categories("all"), Ok(Categories(u64::MAX)));
		for text in ["", "64", "-1", "1,", "1;2", "256", "all,1"] {
			assert!(categories(text).unwrap_err().contains("from 0 to 63"), "{text}");
		}
	}

	#[test]
	fn what_is_covered_is_read_and_shown() {
		let read = policy("--purpose TREAT --purpose HRESCH --category 3,5 --until 2030-01-01", 7);
		let read = read.unwrap();
		assert_eq!((read.valid_from(), read.purposes()), (7, 0b10_0001));
		assert_eq!(read.valid_until(), time::start("2030-01-02").unwrap().0);
		assert_eq!(category_places(&read), [3, 5]);
		assert_eq!(shown_categories(&read), "3, 5");
		assert_eq!(purpose_symbols(&read), ["TREAT", "HRESCH"]);

		let all = policy("--purpose TREAT --category all --from 2030-01-01 --until 2031-01-01", 7);
		let all = all.unwrap();
		assert_eq!(all.valid_from(), time::start("2030-01-01").unwrap().0);
		assert_eq!(shown_categories(&all), "all");
		assert_eq!(category_places(&all).len(), 64);
		let later = Policy::new(1, 1 << 31, 0, 1).unwrap();
		assert_eq!(purpose_symbols(&later), ["31"]);
	}

	#[test]
	fn fails_when_it_covers_nothing_or_is_over() {
		let now = time::start("2030-01-01").unwrap().0;
		for (line, word) in [
			("--category 1 --until 2031-01-01", "--purpose"),
			("--purpose TREAT --until 2031-01-01", "--category"),
			("--purpose TREAT --category 1", "--until"),
			("--purpose TREAT --category 1 --until 2029-01-01", "over already"),
			("--purpose TREAT --category 1 --until 2029-12-31", "over already"),
			("--purpose TREAT --category 1 --from 2032-01-01 --until 2031-01-01", "it begins"),
		] {
			let error = policy(line, now).unwrap_err();
			assert!(error.contains(word), "{line}: {error}");
		}
	}
}
