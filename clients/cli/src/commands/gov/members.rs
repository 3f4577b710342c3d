//! `hdx gov members`.

use crate::{
	commands::Context,
	error::Error,
	output::{count, printable},
};
use serde::Serialize;
use std::fmt;

#[derive(Serialize)]
struct Seat {
	institution: u32,
	/// None: it is suspended, closed or not accredited.
	voter: Option<String>,
}

#[derive(Serialize)]
struct Members {
	institutions: Vec<Seat>,
	patients: Vec<String>,
}

impl fmt::Display for Members {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		writeln!(f, "institutions, {}", count(self.institutions.len(), "seat"))?;
		for seat in &self.institutions {
			let voter = seat.voter.as_deref().unwrap_or("nobody votes for it now");
			writeln!(f, "  institution {}  {}", seat.institution, printable(voter))?;
		}
		writeln!(f, "patients, {}", count(self.patients.len(), "representative"))?;
		self.patients.iter().try_for_each(|who| writeln!(f, "  {}", printable(who)))
	}
}

/// Shows who has a vote.
pub async fn run(context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let seats = chain.seats().await?.into_iter().map(|seat| Seat {
		institution: seat.institution.0,
		voter: seat.voter.map(|voter| voter.to_string()),
	});
	let mut patients: Vec<_> =
		chain.representatives().await?.iter().map(ToString::to_string).collect();
	patients.sort();
	context.output.show(&Members { institutions: seats.collect(), patients })
}
