//! `hdx access request`.

use super::view::Answer;
use crate::{
	account, advice, codes,
	commands::{bounded, provider::RoleName, Context, SignedBy},
	document,
	error::Error,
	exit::Exit,
	time,
};
use clap::ValueEnum;
use hdx_primitives::{
	AccessRequest, AccountId, Action, Code, ContextHash, InstitutionId, Milliseconds, RecordId,
	Target, MAX_REQUESTED_CODES,
};
use hdx_sdk::chain::{AccessAnswer, Signer, Until};

/// What is asked.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Request {
	#[command(flatten)]
	by: SignedBy,
	/// Whose record.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
	patient: AccountId,
	#[command(flatten)]
	what: What,
	/// The institution on whose behalf, by its number.
	#[arg(long, value_name = "N")]
	on_behalf_of: u32,
	/// The role in which.
	#[arg(long)]
	role: RoleName,
	/// For which purpose of use: a symbol such as TREAT, or system|code.
	#[arg(long, value_name = "CODE", value_parser = codes::purpose)]
	purpose: Code,
	/// To do what.
	#[arg(long)]
	action: ActionName,
	/// Only what carries this security label; may be repeated.
	#[arg(long = "label", value_name = "CODE", value_parser = codes::label)]
	labels: Vec<Code>,
	/// Only resources of this type; may be repeated.
	#[arg(long = "class", value_name = "TYPE", value_parser = codes::class)]
	classes: Vec<Code>,
	/// For how long.
	#[arg(long, value_name = "DURATION", default_value = "8h", value_parser = time::duration)]
	duration: Milliseconds,
	/// In which context: an encounter, a claim, a study. Payment and research have to name one. The chain gets a
	/// salted hash.
	#[arg(long, value_name = "TEXT")]
	context: Option<String>,
	/// Your second key, where the purpose needs the highest assurance: a key file, or a development
	/// key. It signs this very request.
	#[arg(long, value_name = "KEY")]
	second_key: Option<String>,
}

/// Which records.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub struct What {
	/// One record.
	#[arg(long, value_name = "ID")]
	record: Option<u64>,
	/// Everything that is registered for the patient.
	#[arg(long)]
	whole_record: bool,
}

impl What {
	/// The same, as the chain has it.
	pub fn target(&self) -> Target {
		self.record.map_or(Target::WholeRecord, |record| Target::Record(RecordId(record)))
	}
}

/// Actions, as they are typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ActionName {
	/// Read what is there.
	Read,
	/// Replace what is there by a new version.
	Write,
	/// Add to what is there.
	Append,
	/// Pass it on to somebody else.
	Disclose,
}

impl From<ActionName> for Action {
	fn from(name: ActionName) -> Self {
		match name {
			ActionName::Read => Self::Read,
			ActionName::Write => Self::Write,
			ActionName::Append => Self::Append,
			ActionName::Disclose => Self::Disclose,
		}
	}
}

/// A request that was read.
pub struct Read {
	/// Who asks.
	pub practitioner: Signer,
	/// Their second key.
	pub second_key: Option<Signer>,
	/// What.
	pub request: AccessRequest,
	/// The salt of the context.
	pub context_salt: Option<String>,
}

impl Request {
	/// Reads the keys, and draws the salt of the context.
	pub fn read(self) -> Result<Read, Error> {
		let practitioner = self.by.signer()?;
		let second_key = self.second_key.as_deref().map(account::signer).transpose()?;
		let (hash, context_salt) = match &self.context {
			Some(text) => {
				let (hash, salt) = document::context(text)?;
				(hash, Some(salt))
			},
			None => (ContextHash([0; 32]), None),
		};
		Ok(Read { practitioner, second_key, request: request(self, hash)?, context_salt })
	}
}

/// Asks.
pub async fn run(options: Request, context: &Context) -> Result<Exit, Error> {
	let Read { practitioner, second_key, request, context_salt } = options.read()?;

	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let answer =
		chain.request_access(&practitioner, request, second_key.as_ref(), Until::Finalized).await?;
	drop(progress);
	answered(answer, context_salt, context)
}

/// Shows an answer.
pub fn answered(
	answer: AccessAnswer,
	context_salt: Option<String>,
	context: &Context,
) -> Result<Exit, Error> {
	context.output.show(&shown(answer, context_salt))?;
	Ok(match answer {
		AccessAnswer::Granted { .. } => Exit::Done,
		AccessAnswer::Denied { .. } => Exit::Refused,
	})
}

fn request(options: Request, context: ContextHash) -> Result<AccessRequest, Error> {
	Ok(AccessRequest {
		on_behalf_of: InstitutionId(options.on_behalf_of),
		role: options.role.into(),
		patient: options.patient,
		target: options.what.target(),
		purpose: options.purpose,
		action: options.action.into(),
		labels: bounded(options.labels, "--label", MAX_REQUESTED_CODES)?,
		classes: bounded(options.classes, "--class", MAX_REQUESTED_CODES)?,
		context,
		duration: options.duration,
	})
}

/// An answer, as it is shown.
pub fn shown(answer: AccessAnswer, context_salt: Option<String>) -> Answer {
	match answer {
		AccessAnswer::Granted { grant, entry } => Answer {
			granted: true,
			grant: Some(grant.0),
			reason: None,
			meaning: None,
			entry: entry.0,
			context_salt,
		},
		AccessAnswer::Denied { reason, entry } => Answer {
			granted: false,
			grant: None,
			reason: Some(format!("{reason:?}")),
			meaning: Some(advice::denial(reason)),
			entry: entry.0,
			context_salt,
		},
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use clap::Parser;
	use hdx_primitives::{engine::terminology::purpose, Role};
	use hdx_sdk::bundle::class_code;

	#[derive(Parser)]
	struct Line {
		#[command(flatten)]
		request: Request,
	}

	const ALWAYS: &str = "hdx --as //Dave --patient //Charlie --on-behalf-of 1 --role physician \
	                      --purpose TREAT --action read";

	fn parse(more: &str) -> Result<AccessRequest, String> {
		let line = Line::try_parse_from(ALWAYS.split_whitespace().chain(more.split_whitespace()))
			.map_err(|error| error.to_string())?;
		request(line.request, ContextHash([0; 32])).map_err(|error| error.to_string())
	}

	#[test]
	fn asks_for_what_was_typed() {
		let one = parse("--record 3 --class Observation --duration 30m").unwrap();
		assert_eq!(one.target, Target::Record(RecordId(3)));
		assert_eq!(
			(one.role, one.purpose, one.action),
			(Role::Physician, purpose::TREAT, Action::Read)
		);
		assert_eq!(one.classes.to_vec(), [class_code("Observation")]);
		assert_eq!(one.duration, Milliseconds(30 * 60_000));
		let all = parse("--whole-record").unwrap();
		assert_eq!(all.target, Target::WholeRecord);
		assert_eq!(all.duration, Milliseconds(8 * 3_600_000));
		assert!(all.labels.is_empty() && all.classes.is_empty());
	}

	#[test]
	fn fails_when_it_is_not_clear_which_record() {
		assert!(parse("").unwrap_err().contains("--record"));
		assert!(parse("--record 3 --whole-record").is_err());
	}

	#[test]
	fn fails_when_an_option_cannot_be_read() {
		for more in [
			"--record x",
			"--record 3 --class Diagnosis",
			"--record 3 --label TREAT",
			"--record 3 --duration 0h",
		] {
			assert!(parse(more).is_err(), "{more}");
		}
	}
}
