//! The terms of a consent: how often, until erased when, renewed how.

use crate::time;
use hdx_primitives::{
	consent::{ConsentTerms, FrequencyLimit, Renewal},
	Milliseconds,
};

/// The terms.
#[derive(Clone, Debug, Default, clap::Args)]
#[group(skip)]
pub struct TermsOptions {
	/// At most so many disclosures in each stretch of time, such as 10/30d.
	#[arg(long, value_name = "N/DURATION", value_parser = frequency)]
	frequency: Option<FrequencyLimit>,
	/// By when recipients must have erased what they were given: a date, or RFC 3339. The consent
	/// does not apply from then on.
	#[arg(long, value_name = "TIME", value_parser = time::end)]
	erase_by: Option<Milliseconds>,
	/// Renew the consent at its end, by this long, such as 1y.
	#[arg(
		long,
		value_name = "DURATION",
		value_parser = time::duration,
		requires = "renew_times",
		requires = "notice"
	)]
	renew_by: Option<Milliseconds>,
	/// How often it is renewed at most.
	#[arg(long, value_name = "N", requires = "renew_by", value_parser = clap::value_parser!(u32).range(1..))]
	renew_times: Option<u32>,
	/// How long before each end a notice is given, so that the renewal can be stopped.
	#[arg(long, value_name = "DURATION", requires = "renew_by", value_parser = time::duration)]
	notice: Option<Milliseconds>,
}

impl TermsOptions {
	/// The terms, as they were typed.
	pub fn terms(&self) -> ConsentTerms {
		self.or(&ConsentTerms::default())
	}

	/// The terms, with those that were not typed taken from others.
	pub fn or(&self, others: &ConsentTerms) -> ConsentTerms {
		let renewal = match (self.renew_by, self.renew_times, self.notice) {
			(Some(extends_by), Some(times), Some(notice)) => {
				Some(Renewal { extends_by, times, notice })
			},
			_ => others.renewal,
		};
		ConsentTerms {
			frequency: self.frequency.or(others.frequency),
			erase_by: self.erase_by.or(others.erase_by),
			renewal,
		}
	}
}

/// Reads a frequency: `10/30d`.
pub fn frequency(text: &str) -> Result<FrequencyLimit, String> {
	let not_one = || format!("`{text}` is no frequency: give for instance 10/30d");
	let (accesses, per) = text.split_once('/').ok_or_else(not_one)?;
	let accesses = accesses.trim().parse().map_err(|_| not_one())?;
	if accesses == 0 {
		return Err(format!("`{text}` allows nothing: give a number of disclosures of at least 1"));
	}
	Ok(FrequencyLimit { accesses, per: time::duration(per.trim())? })
}

/// A frequency, as it is typed.
pub fn show_frequency(limit: &FrequencyLimit) -> String {
	format!("{}/{}", limit.accesses, time::show_duration(limit.per))
}

/// A renewal, for people.
pub fn show_renewal(renewal: &Renewal) -> String {
	let times = match renewal.times {
		1 => "once".to_owned(),
		times => format!("{times} times"),
	};
	format!(
		"by {}, {times}, with a notice of {}",
		time::show_duration(renewal.extends_by),
		time::show_duration(renewal.notice),
	)
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use clap::Parser;

	#[derive(Parser)]
	struct Line {
		#[command(flatten)]
		terms: TermsOptions,
	}

	const DAY: u64 = 24 * 3_600_000;

	fn parse(arguments: &str) -> Result<ConsentTerms, String> {
		let line = Line::try_parse_from(["hdx"].into_iter().chain(arguments.split_whitespace()));
		line.map(|line| line.terms.terms()).map_err(|error| error.to_string())
	}

	#[test]
	fn nothing_typed_is_no_terms() {
		assert_eq!(parse("").unwrap(), ConsentTerms::default());
	}

	#[test]
	fn reads_every_term() {
		let terms = parse(
			"--frequency 10/30d --erase-by 2027-12-31 --renew-by 1y --renew-times 3 --notice 30d",
		)
		.unwrap();
		let expected = ConsentTerms {
			frequency: Some(FrequencyLimit { accesses: 10, per: Milliseconds(30 * DAY) }),
			erase_by: Some(time::end("2027-12-31").unwrap()),
			renewal: Some(Renewal {
				extends_by: Milliseconds(365 * DAY),
				times: 3,
				notice: Milliseconds(30 * DAY),
			}),
		};
		assert_eq!(terms, expected);
		assert_eq!(show_frequency(&terms.frequency.unwrap()), "10/30d");
		let shown = show_renewal(&terms.renewal.unwrap());
		assert_eq!(shown, "by 365d, 3 times, with a notice of 30d");
	}

	#[test]
	fn what_is_typed_replaces_one_term_and_keeps_the_others() {
		let asked = parse("--frequency 10/30d --erase-by 2027-12-31").unwrap();
		let line = Line::try_parse_from(["hdx", "--frequency", "5/30d"]).unwrap();
		let terms = line.terms.or(&asked);
		assert_eq!(terms.frequency.unwrap().accesses, 5);
		assert_eq!(terms.erase_by, asked.erase_by);
	}

	#[test]
	fn fails_when_a_renewal_is_incomplete() {
		for arguments in ["--renew-by 1y", "--renew-by 1y --renew-times 3", "--notice 30d"] {
			assert!(parse(arguments).unwrap_err().contains("--"), "{arguments}");
		}
	}

	#[test]
	fn fails_when_a_frequency_means_nothing() {
		for text in ["", "10", "/30d", "x/30d", "10/", "10/0d", "-1/30d", "10/1 month"] {
			assert!(frequency(text).is_err(), "{text}");
		}
		assert!(frequency("0/30d").unwrap_err().contains("at least 1"));
	}
}
