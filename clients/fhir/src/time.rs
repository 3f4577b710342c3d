//! FHIR dates, times and periods as the engine's milliseconds.
//!
//! A FHIR date stands for all of its precision: `2022` is a year, `2022-12-31` a day, and so is the
//! end of a `Period`. The engine's periods end before their `end`, so an end becomes the first
//! millisecond after what it names. A date without a time zone is in UTC.

use crate::{
	error::{ReadError, Refusal},
	json::Node,
};
use hdx_consent_engine::{Milliseconds, Period};
use jiff::{
	civil::{Date, Time},
	Span as JiffSpan,
};

const DAY: i64 = 86_400_000;
/// Days are counted from here, and not as instants: those of `jiff` end before 9999-12-31 does,
/// which is how documents write "without end".
const EPOCH: Date = Date::constant(1970, 1, 1);

/// What a date or time covers, in milliseconds since 1970: from (inclusive) and until (exclusive).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Span {
	pub from: i64,
	pub until: i64,
}

/// Reads a FHIR `date`, `dateTime` or `instant`. `None`: it is none.
pub(crate) fn span(text: &str) -> Option<Span> {
	match text.split_once('T') {
		None => date(text),
		Some((day, time)) => date_time(day, time),
	}
}

/// The period that a FHIR `date`, `dateTime` or `instant` covers, to its precision. `None`: it is
/// none of them. The time of a policy begins in 1970, so what began before has no start.
pub fn covered(text: &str) -> Option<Period> {
	let span = span(text)?;
	let start = since_1970(span.from, Limits::Data);
	Some(Period { start, end: Some(Milliseconds(u64::try_from(span.until).unwrap_or(0))) })
}

fn date(text: &str) -> Option<Span> {
	let mut parts = text.split('-');
	let year = digits(parts.next()?, 4)?;
	let month = parts.next().map(|part| digits(part, 2));
	let day = parts.next().map(|part| digits(part, 2));
	if parts.next().is_some() {
		return None;
	}
	let (first, days) = match (month, day) {
		(None, _) => {
			let first = civil(year, 1, 1)?;
			(first, i64::from(first.days_in_year()))
		},
		(Some(month), None) => {
			let first = civil(year, month?, 1)?;
			(first, i64::from(first.days_in_month()))
		},
		(Some(month), Some(day)) => (civil(year, month?, day?)?, 1),
	};
	let from = midnight(first)?;
	Some(Span { from, until: from.saturating_add(days.saturating_mul(DAY)) })
}

fn date_time(day: &str, time: &str) -> Option<Span> {
	let Span { from: midnight, until } = date(day)?;
	if until.saturating_sub(midnight) != DAY {
		return None;
	}
	let (clock, offset) = zone(time)?;
	let (of_day, precision) = clock_time(clock)?;
	let from = midnight.saturating_add(of_day).saturating_sub(offset);
	Some(Span { from, until: from.saturating_add(precision) })
}

/// Splits the zone off, as milliseconds east of UTC. None is UTC.
fn zone(time: &str) -> Option<(&str, i64)> {
	if let Some(clock) = time.strip_suffix('Z') {
		return Some((clock, 0));
	}
	let Some(at) = time.find(['+', '-']) else { return Some((time, 0)) };
	let (clock, zone) = time.split_at_checked(at)?;
	let (sign, zone) = zone.split_at_checked(1)?;
	let (hours, minutes) = zone.split_once(':')?;
	let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
	if hours > 14 || minutes > 59 {
		return None;
	}
	let east = hours.saturating_mul(60).saturating_add(minutes).saturating_mul(60_000);
	Some((clock, if sign == "-" { east.saturating_neg() } else { east }))
}

/// Milliseconds of the day, and how many of them the precision covers.
fn clock_time(clock: &str) -> Option<(i64, i64)> {
	let mut parts = clock.split(':');
	let hours = digits(parts.next()?, 2)?;
	let minutes = digits(parts.next()?, 2)?;
	let seconds = parts.next();
	if parts.next().is_some() || hours > 23 || minutes > 59 {
		return None;
	}
	let minute = hours.saturating_mul(60).saturating_add(minutes).saturating_mul(60_000);
	let Some(seconds) = seconds else { return Some((minute, 60_000)) };
	let (whole, fraction) = match seconds.split_once('.') {
		None => (seconds, None),
		Some((whole, fraction)) => (whole, Some(fraction)),
	};
	// A leap second has no number of its own in Unix time.
	let whole = match digits(whole, 2)? {
		60 => 59,
		seconds if seconds < 60 => seconds,
		_ => return None,
	};
	let (part, precision) = fraction.map_or(Some((0, 1_000)), milliseconds)?;
	let second = minute.saturating_add(whole.saturating_mul(1_000));
	Some((second.saturating_add(part), precision))
}

/// Milliseconds of a fraction of a second. What is finer is within its millisecond.
fn milliseconds(fraction: &str) -> Option<(i64, i64)> {
	if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
		return None;
	}
	let three: String = fraction.chars().chain("00".chars()).take(3).collect();
	let precision = match fraction.len() {
		1 => 100,
		2 => 10,
		_ => 1,
	};
	Some((three.parse().ok()?, precision))
}

fn digits(text: &str, count: usize) -> Option<i64> {
	let are_digits = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
	are_digits.then(|| text.parse().ok()).flatten()
}

fn civil(year: i64, month: i64, day: i64) -> Option<Date> {
	if year == 0 {
		return None;
	}
	Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

fn midnight(date: Date) -> Option<i64> {
	date.duration_since(EPOCH).as_millis().try_into().ok()
}

/// What a period limits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Limits {
	/// When something is in force. Nothing is decided before 1970, so an earlier start is no limit
	/// that matters.
	Force,
	/// When data is from. There is data from before 1970, and it must not be taken for later one.
	Data,
}

/// A period as the engine has it, and as it was written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct ReadPeriod {
	pub period: Period,
	pub start: Option<String>,
	pub end: Option<String>,
}

/// Reads a FHIR `Period`.
pub(crate) fn period(node: &Node<'_>, limits: Limits) -> Result<ReadPeriod, ReadError> {
	let object = node.object("a Period with start or end")?;
	object.only(&[&["id", "extension", "start", "end"]], "a Period")?;
	let start = object.get("start")?.map(|node| moment(&node)).transpose()?;
	let end = object.get("end")?.map(|node| moment(&node)).transpose()?;
	if let (Some((start, from)), Some((end, until))) = (&start, &end) {
		if from.from >= until.until {
			let (start, end) = ((*start).to_owned(), (*end).to_owned());
			return Err(node.refuse(Refusal::EndBeforeStart { start, end }));
		}
	}
	let from = match &start {
		None => None,
		Some((text, span)) => Some(since_1970(span.from, limits).ok_or_else(|| {
			Refusal::Before1970 { found: (*text).to_owned() }.at(object.path_of("start"))
		})?),
	};
	let until = match &end {
		None => None,
		Some((text, span)) => match u64::try_from(span.until) {
			Ok(until) if until > 0 => Some(Milliseconds(until)),
			_ => {
				let refusal = Refusal::Before1970 { found: (*text).to_owned() };
				return Err(refusal.at(object.path_of("end")));
			},
		},
	};
	if object.members.values().all(serde_json::Value::is_null) {
		return Err(node.refuse(Refusal::Missing { expected: "start or end" }));
	}
	Ok(ReadPeriod {
		period: Period { start: from, end: until },
		start: start.map(|(text, _)| text.to_owned()),
		end: end.map(|(text, _)| text.to_owned()),
	})
}

fn since_1970(from: i64, limits: Limits) -> Option<Milliseconds> {
	match (u64::try_from(from), limits) {
		(Ok(from), _) => Some(Milliseconds(from)),
		(Err(_), Limits::Force) => Some(Milliseconds(0)),
		(Err(_), Limits::Data) => None,
	}
}

/// Reads a moment.
pub(crate) fn moment<'a>(node: &Node<'a>) -> Result<(&'a str, Span), ReadError> {
	let text = node.text("a FHIR date or dateTime")?;
	let span = span(text.trim())
		.ok_or_else(|| node.refuse(Refusal::NotATime { found: text.to_owned() }))?;
	Ok((text, span))
}

/// The first moment of a span, no earlier than 1970.
pub(crate) fn start_of(span: Span) -> Milliseconds {
	Milliseconds(u64::try_from(span.from).unwrap_or(0))
}

/// The start of a period as FHIR writes it. `None`: beyond the year 9999.
pub(crate) fn write_start(start: Milliseconds) -> Option<String> {
	let milliseconds = i64::try_from(start.0).ok()?;
	if milliseconds.rem_euclid(DAY) == 0 {
		return day(milliseconds);
	}
	instant(milliseconds)
}

/// The end of a period as FHIR writes it: the last day, or millisecond, inside. `None`: beyond the
/// year 9999.
pub(crate) fn write_end(end: Milliseconds) -> Option<String> {
	let milliseconds = i64::try_from(end.0).ok()?;
	if milliseconds.rem_euclid(DAY) == 0 && milliseconds > 0 {
		return day(milliseconds.checked_sub(DAY)?);
	}
	// Nothing ends before 1970: a policy's time begins there.
	instant(milliseconds.checked_sub(1).filter(|last| *last >= 0)?)
}

/// A moment in RFC 3339 and UTC. `None`: beyond the year 9999.
pub(crate) fn write_moment(moment: Milliseconds) -> Option<String> {
	instant(i64::try_from(moment.0).ok()?)
}

fn day(milliseconds: i64) -> Option<String> {
	let days = JiffSpan::new().try_days(milliseconds.div_euclid(DAY)).ok()?;
	Some(EPOCH.checked_add(days).ok()?.to_string())
}

fn instant(milliseconds: i64) -> Option<String> {
	let of_day = jiff::SignedDuration::from_millis(milliseconds.rem_euclid(DAY));
	let clock = Time::midnight().checked_add(of_day).ok()?;
	Some(format!("{}T{clock:.3}Z", day(milliseconds)?))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

	use super::*;

	fn covers(text: &str) -> (String, String) {
		let span = span(text).unwrap();
		(instant(span.from).unwrap(), instant(span.until).unwrap())
	}

	#[test]
	fn a_date_covers_all_of_its_precision() {
		let cases = [
			("2022", "2022-01-01T00:00:00.000Z", "2023-01-01T00:00:00.000Z"),
			("2024-02", "2024-02-01T00:00:00.000Z", "2024-03-01T00:00:00.000Z"),
			("2022-12-31", "2022-12-31T00:00:00.000Z", "2023-01-01T00:00:00.000Z"),
			("2022-12-31T23:59Z", "2022-12-31T23:59:00.000Z", "2023-01-01T00:00:00.000Z"),
			("2022-06-01T12:00:00Z", "2022-06-01T12:00:00.000Z", "2022-06-01T12:00:01.000Z"),
			("2022-06-01T12:00:00.5Z", "2022-06-01T12:00:00.500Z", "2022-06-01T12:00:00.600Z"),
			("2022-06-01T12:00:00.5678Z", "2022-06-01T12:00:00.567Z", "2022-06-01T12:00:00.568Z"),
		];
		for (text, from, until) in cases {
			assert_eq!(covers(text), (from.to_owned(), until.to_owned()), "{text}");
		}
	}

	#[test]
	fn what_a_date_covers_begins_no_earlier_than_1970() {
		let day = |number: u64| Some(Milliseconds(number * 86_400_000));
		let covers = |start, end| Some(Period { start, end });
		assert_eq!(covered("1970-01-02"), covers(day(1), day(2)));
		assert_eq!(covered("1970"), covers(day(0), day(365)));
		assert_eq!(covered("1965"), covers(None, day(0)));
		assert_eq!(covered("soon"), None);
	}

	#[test]
	fn a_zone_is_honoured_and_none_is_utc() {
		let utc = covers("2016-06-23T07:02:33Z");
		assert_eq!(covers("2016-06-23T17:02:33+10:00"), utc);
		assert_eq!(covers("2016-06-23T03:02:33-04:00"), utc);
		assert_eq!(covers("2016-06-23T07:02:33"), utc);
	}

	#[test]
	fn fails_when_it_is_no_date() {
		for text in [
			"",
			"22",
			"2022-13",
			"2022-02-30",
			"2022-1-1",
			"2022-01-01-01",
			"2022-01-01T",
			"T12:00:00Z",
			"2022-01T12:00:00Z",
			"2022-01-01T24:00:00Z",
			"2022-01-01T12:60:00Z",
			"2022-01-01T12:00:61Z",
			"2022-01-01T12:00:00.Z",
			"2022-01-01T12:00:00+25:00",
			"2022-01-01T12:00:00+1:00",
			"0000",
			"2022-01-01T12:00:00Zulu",
			"yesterday",
			"2022-01-01 12:00:00Z",
			"+022",
		] {
			assert_eq!(span(text), None, "{text}");
		}
	}

	#[test]
	fn the_end_of_time_is_a_date() {
		for text in ["9999-12-31", "9999-12", "9999", "9999-12-31T23:59:59.999Z"] {
			let end = Milliseconds(u64::try_from(span(text).unwrap().until).unwrap());
			assert_eq!(write_end(end).as_deref(), Some("9999-12-31"), "{text}");
		}
		let after = Milliseconds(253_402_300_800_001);
		assert_eq!((write_start(after), write_end(after)), (None, None));
	}

	#[test]
	fn what_is_written_is_read_as_the_same_moment() {
		for start in [0, 1, DAY - 1, DAY, 1_654_041_600_000, 1_654_041_600_001] {
			let milliseconds = Milliseconds(u64::try_from(start).unwrap());
			let written = write_start(milliseconds).unwrap();
			assert_eq!(start_of(span(&written).unwrap()), milliseconds, "{written}");
			if start > 0 {
				let written = write_end(milliseconds).unwrap();
				assert_eq!(span(&written).unwrap().until, start, "{written}");
			}
		}
	}
}
