//! The main flow with a consent that nobody sees (`docs/zero-knowledge.md`).
//!
//! The circuits' development keys are made and activated ([`circuits`]), for classes that the Bundle has ([`classes`]);
//! the patient gives a consent of which the chain gets a hash ([`consent`]); the physician asks with a proof and opens
//! what it permits ([`request`]), after what proves nothing was refused ([`attempts`]); the patient takes it back
//! ([`revocation`]); and the log shows that all of it happened, and not by which consent ([`log`]).
//!
//! Whatever is given, proven and revoked is so by the functions that `hdx shielded`, `hdx zk` and
//! `hdx access request-by-proof` call.

mod attempts;
mod circuits;
mod classes;
mod consent;
mod log;
mod request;
mod revocation;

pub use classes::Classes;

use super::{narrator::Narrator, DemoError, Scene};
use crate::{commands::Context, error::Error};
use hdx_primitives::{DenialReason, EntryIndex};
use hdx_sdk::chain::{AccessAnswer, ChainError};
use std::time::Duration;

/// How often what is waited for is looked for.
const POLL: Duration = Duration::from_secs(1);

/// Runs the flow from the consent on.
pub async fn run(
	scene: Scene<'_>,
	classes: &Classes,
	context: &Context,
	narrator: &mut Narrator,
) -> Result<(), DemoError> {
	narrator.chapter("4", "The circuits");
	let circuits = circuits::activate(scene, context, narrator).await?;

	narrator.chapter("5", "The consent that nobody sees");
	let given = consent::give(scene, classes, &circuits, context, narrator).await?;

	narrator.chapter("6", "The request by proof");
	let asking = request::Asking::prepare(scene, classes, &given, &circuits)?;
	let proofs = asking.prove(scene, context, narrator).await?;
	// A proof counts for two minutes at most, so what is sent with it comes first.
	attempts::refused(scene, &asking, &given, &proofs, narrator).await?;
	let answered = request::ask_and_open(scene, classes, &asking, &proofs, narrator).await?;
	attempts::not_covered(scene, &asking, context, narrator).await?;

	narrator.chapter("7", "The revocation");
	revocation::take_back(scene, &given, &circuits, &answered.opened, context, narrator).await?;
	revocation::proves_no_more(scene, &asking, &proofs, context, narrator).await?;

	narrator.chapter("8", "The log");
	log::read_and_prove(scene, classes, &given, &proofs, &answered, narrator).await
}

/// The denial that a request must meet; tells its entry.
fn expect_denial(
	step: &'static str,
	expected: DenialReason,
	answer: Result<AccessAnswer, ChainError>,
) -> Result<EntryIndex, DemoError> {
	match answer? {
		AccessAnswer::Denied { reason, entry } if reason == expected => Ok(entry),
		other => Err(DemoError::unexpected(
			step,
			format!("a denial: {expected:?}"),
			format!("{other:?}"),
		)),
	}
}

/// The refusal by `hdx` itself that a call must meet: nothing is sent then.
fn expect_refusal_here<T: std::fmt::Debug>(
	step: &'static str,
	expected: &str,
	result: Result<T, Error>,
) -> Result<String, DemoError> {
	match result {
		Err(error) if error.code() == expected => Ok(error.to_string()),
		Err(error) => Err(DemoError::unexpected(step, expected, error)),
		Ok(done) => Err(DemoError::unexpected(step, expected, format!("{done:?}"))),
	}
}
