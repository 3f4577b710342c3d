//! When a resource is from.

use hdx_consent_engine::{Milliseconds, Period};
use hdx_fhir::covered;
use serde_json::Value;

/// The elements that say when a resource's content happened or was recorded, of all resource types:
/// FHIR R4's clinically relevant times, and the times of recording.
const MOMENTS: &[&str] = &[
	"abatementDateTime",
	"assertedDate",
	"authored",
	"authoredOn",
	"created",
	"date",
	"dateAsserted",
	"dateTime",
	"effectiveDateTime",
	"effectiveInstant",
	"issued",
	"lastOccurrence",
	"occurrenceDateTime",
	"onsetDateTime",
	"performedDateTime",
	"recorded",
	"recordedDate",
	"sent",
	"started",
	"whenHandedOver",
	"whenPrepared",
];

/// The same as periods.
const PERIODS: &[&str] = &[
	"abatementPeriod",
	"billablePeriod",
	"effectivePeriod",
	"occurrencePeriod",
	"onsetPeriod",
	"performedPeriod",
	"period",
	"servicedPeriod",
];

/// The period that holds every time a resource says it is from. `None`: it says none, or one that
/// cannot be read, so its age is not known.
///
/// One period for all of them errs to the safe side: data is released under a consent about a
/// period only if all its times lie inside, and withheld under one against a period if the two
/// touch.
pub(super) fn dated(resource: &Value) -> Option<Period> {
	let mut found: Vec<Period> = Vec::new();
	for name in MOMENTS {
		if let Some(value) = resource.get(name) {
			found.push(covered(value.as_str()?)?);
		}
	}
	for name in PERIODS {
		if let Some(value) = resource.get(name) {
			found.push(period(value)?);
		}
	}
	let mut found = found.into_iter();
	let first = found.next()?;
	Some(found.fold(first, hull))
}

fn period(value: &Value) -> Option<Period> {
	let bound = |name| match value.get(name) {
		None => Some(None),
		Some(moment) => covered(moment.as_str()?).map(Some),
	};
	let (start, end) = (bound("start")?, bound("end")?);
	if start.is_none() && end.is_none() {
		return None;
	}
	Some(Period { start: start.and_then(|start| start.start), end: end.and_then(|end| end.end) })
}

/// The smallest period that holds both. A missing bound is open.
fn hull(one: Period, other: Period) -> Period {
	let join = |one: Option<Milliseconds>, other: Option<Milliseconds>, pick: fn(_, _) -> _| {
		Some(pick(one?, other?))
	};
	Period {
		start: join(one.start, other.start, Ord::min),
		end: join(one.end, other.end, Ord::max),
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use serde_json::json;

	fn period(start: &str, end: &str) -> Period {
		Period { start: covered(start).unwrap().start, end: covered(end).unwrap().end }
	}

	#[test]
	fn a_moment_covers_its_precision() {
		let day = json!({"effectiveDateTime": "2022-03-04"});
		assert_eq!(dated(&day), Some(period("2022-03-04", "2022-03-04")));
	}

	#[test]
	fn every_time_is_inside() {
		let resource = json!({
			"onsetDateTime": "2019", "recordedDate": "2021-05-01", "period": {"start": "2020-01-01"},
		});
		let open = Period { start: covered("2019").unwrap().start, end: None };
		assert_eq!(dated(&resource), Some(open));
		let closed = json!({"onsetDateTime": "2019", "recordedDate": "2021-05-01"});
		assert_eq!(dated(&closed), Some(period("2019", "2021-05-01")));
	}

	#[test]
	fn an_age_that_cannot_be_read_is_not_known() {
		for resource in [
			json!({}),
			json!({"birthDate": "1970-01-01"}),
			json!({"date": "soon"}),
			json!({"date": 7}),
			json!({"period": {}}),
			json!({"period": {"start": "soon"}}),
			json!({"date": "2022-01-01", "issued": "soon"}),
		] {
			assert_eq!(dated(&resource), None, "{resource}");
		}
	}
}
