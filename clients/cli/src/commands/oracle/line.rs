//! A line of the log.

use crate::{output::printable, time};
use hdx_oracle::Event;
use hdx_primitives::Milliseconds;
use serde::{Serialize, Serializer};
use std::fmt;

/// An event, and when it happened.
#[derive(Serialize)]
pub struct Line {
	/// When.
	#[serde(serialize_with = "rfc3339")]
	pub time: Milliseconds,
	/// What.
	#[serde(flatten)]
	pub event: Event,
}

fn rfc3339<S: Serializer>(moment: &Milliseconds, serializer: S) -> Result<S::Ok, S::Error> {
	serializer.serialize_str(&time::show(*moment))
}

impl fmt::Display for Line {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		// What a server says must not make a second line.
		write!(f, "{} {}", time::show(self.time), printable(&self.event.to_string()))
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;

	#[test]
	fn an_event_is_one_line_whatever_a_server_says() {
		let reason = "teapot\n2026-01-01T00:00:00Z stopped".to_owned();
		let line =
			Line { time: Milliseconds(0), event: Event::Inactive { reason: reason.clone() } };
		assert!(!line.to_string().contains('\n'));
		assert!(line.to_string().starts_with("1970-01-01T00:00:00Z "), "{line}");
		let json: serde_json::Value =
			serde_json::from_str(&serde_json::to_string(&line).unwrap()).unwrap();
		assert_eq!(json["event"], "inactive");
		assert_eq!(json["reason"], reason);
		assert_eq!(json["time"], "1970-01-01T00:00:00Z");
	}
}
