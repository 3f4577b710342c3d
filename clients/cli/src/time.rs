//! Moments and durations, as people write them.

use hdx_primitives::Milliseconds;
use jiff::{civil::Date, tz::TimeZone, Span, SpanRelativeTo, Timestamp};

/// Now, by the clock of this machine.
pub fn now() -> Milliseconds {
	Milliseconds(u64::try_from(Timestamp::now().as_millisecond()).unwrap_or_default())
}

/// Reads the start of a period. A date starts at midnight UTC.
pub fn start(text: &str) -> Result<Milliseconds, String> {
	moment(text, Ok)
}

/// Reads the end of a period. A date ends when it is over, as FHIR has it: the next midnight UTC.
pub fn end(text: &str) -> Result<Milliseconds, String> {
	moment(text, Date::tomorrow)
}

fn moment(
	text: &str,
	midnight_of: impl FnOnce(Date) -> Result<Date, jiff::Error>,
) -> Result<Milliseconds, String> {
	let not_one = || {
		format!("`{text}` is no time: give a date (2027-06-30) or RFC 3339 (2027-06-30T12:00:00Z)")
	};
	// Longer texts begin with a date too, and what follows it must not be ignored.
	let timestamp = if text.len() == "2027-06-30".len() {
		let date: Date = text.parse().map_err(|_| not_one())?;
		let midnight = midnight_of(date).and_then(|date| date.to_zoned(TimeZone::UTC));
		midnight.map_err(|_| not_one())?.timestamp()
	} else {
		text.parse::<Timestamp>().map_err(|_| not_one())?
	};
	let milliseconds = u64::try_from(timestamp.as_millisecond());
	milliseconds.map(Milliseconds).map_err(|_| format!("`{text}` is before 1970"))
}

/// Milliseconds of a year, as durations count it.
const YEAR: i128 = 365 * 24 * 60 * 60 * 1_000;

/// Reads a duration: `8h`, `30m`, `1h 30m`, `2 days`, `1y`. A day has 24 hours and a year 365 days;
/// months differ too much to be durations.
pub fn duration(text: &str) -> Result<Milliseconds, String> {
	let not_one = || format!("`{text}` is no duration: give for instance 8h, 30m, 2d or 1y");
	let span: Span = text.parse().map_err(|_| not_one())?;
	let years = i128::from(span.get_years()).saturating_mul(YEAR);
	let below_years = span.try_years(0).map_err(|_| not_one())?;
	let duration =
		below_years.to_duration(SpanRelativeTo::days_are_24_hours()).map_err(|_| not_one())?;
	match u64::try_from(duration.as_millis().saturating_add(years)) {
		Ok(0) | Err(_) => Err(format!("`{text}` is no time at all: give for instance 8h")),
		Ok(milliseconds) => Ok(Milliseconds(milliseconds)),
	}
}

/// A duration, in the largest units that it is a whole number of.
pub fn show_duration(duration: Milliseconds) -> String {
	const UNITS: [(u64, &str); 4] =
		[(24 * 60 * 60 * 1_000, "d"), (60 * 60 * 1_000, "h"), (60 * 1_000, "m"), (1_000, "s")];
	let whole = UNITS.iter().find(|(unit, _)| {
		duration.0 > 0 && duration.0.checked_rem(*unit).is_some_and(|rest| rest == 0)
	});
	match whole {
		Some((unit, name)) => {
			format!("{}{name}", duration.0.checked_div(*unit).unwrap_or_default())
		},
		None => format!("{}ms", duration.0),
	}
}

/// A moment in RFC 3339, UTC.
pub fn show(moment: Milliseconds) -> String {
	let timestamp = i64::try_from(moment.0).ok().map(Timestamp::from_millisecond);
	match timestamp {
		Some(Ok(timestamp)) => timestamp.to_string(),
		// Beyond the year 9999 there is no date, but there is still a number.
		_ => format!("{} ms after 1970", moment.0),
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn a_date_is_wholly_inside_its_period() {
		assert_eq!(show(start("2027-06-30").unwrap()), "2027-06-30T00:00:00Z");
		assert_eq!(show(end("2027-06-30").unwrap()), "2027-07-01T00:00:00Z");
		assert_eq!(show(end("2027-12-31").unwrap()), "2028-01-01T00:00:00Z");
	}

	#[test]
	fn a_time_is_itself() {
		for text in ["2027-06-30T12:00:00Z", "2027-06-30T14:00:00+02:00"] {
			assert_eq!(show(start(text).unwrap()), "2027-06-30T12:00:00Z");
			assert_eq!(show(end(text).unwrap()), "2027-06-30T12:00:00Z");
		}
	}

	#[test]
	fn fails_when_it_is_no_time() {
		for text in
			["", "tomorrow", "2027-13-01", "2027-06-31", "2027-06-30T12:00:00", "1969-01-01"]
		{
			assert!(start(text).is_err(), "{text}");
		}
	}

	#[test]
	fn reads_durations() {
		assert_eq!(duration("8h").unwrap(), Milliseconds(8 * 3_600_000));
		assert_eq!(duration("1h 30m").unwrap(), Milliseconds(90 * 60_000));
		assert_eq!(duration("2d").unwrap(), Milliseconds(48 * 3_600_000));
		assert_eq!(duration("500ms").unwrap(), Milliseconds(500));
		assert_eq!(duration("30d").unwrap(), Milliseconds(30 * 24 * 3_600_000));
		assert_eq!(duration("1y").unwrap(), duration("365d").unwrap());
		assert_eq!(duration("2 years 1 day").unwrap(), duration("731d").unwrap());
	}

	#[test]
	fn shows_durations_as_they_are_typed() {
		for text in ["30d", "365d", "8h", "90m", "45s", "500ms"] {
			assert_eq!(show_duration(duration(text).unwrap()), text);
		}
		assert_eq!(show_duration(Milliseconds(0)), "0ms");
	}

	#[test]
	fn fails_when_it_is_no_duration() {
		for text in ["", "8", "soon", "0h", "-1h", "1 month", "1y 1mo", "8h tomorrow"] {
			assert!(duration(text).is_err(), "{text}");
		}
	}

	#[test]
	fn shows_moments_without_a_date() {
		assert_eq!(show(Milliseconds(u64::MAX)), format!("{} ms after 1970", u64::MAX));
	}
}
