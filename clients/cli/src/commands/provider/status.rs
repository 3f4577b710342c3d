//! `hdx provider status`: what an account may do, and why not more.

use super::{
	block::{optional, Block},
	RoleName,
};
use crate::{account, advice, commands::Context, error::Error, output::block, time, words};
use hdx_primitives::{AccountId, DenialReason, InstitutionId, Milliseconds, Standing};
use hdx_sdk::chain::{Appellant, PractitionerView, SecondKey};
use serde::Serialize;
use std::fmt;

/// What is asked.
#[derive(Debug, clap::Args)]
pub struct Status {
	/// The account.
	#[arg(value_parser = account::parse)]
	account: AccountId,
	/// For which institution, by its number.
	#[arg(long, value_name = "N")]
	institution: u32,
	/// In which role.
	#[arg(long)]
	role: RoleName,
	/// At what time: a date, or RFC 3339. Left out: the time of the block.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	at: Option<Milliseconds>,
	#[command(flatten)]
	block: Block,
}

/// Whether a level holds.
#[derive(Serialize)]
struct Level {
	holds: bool,
	reason: Option<String>,
	meaning: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	account: String,
	institution: u32,
	role: String,
	at: String,
	/// The highest level that holds.
	level: Option<String>,
	enrolled: Level,
	attested: Level,
	verified: Level,
	suspended: Option<String>,
	second_key: Option<String>,
	offered_to: Option<u32>,
	appeal: Option<u64>,
	appeal_filed_at: Option<String>,
	successor: Option<String>,
}

impl From<Result<Standing, DenialReason>> for Level {
	fn from(standing: Result<Standing, DenialReason>) -> Self {
		let reason = standing.err();
		Self {
			holds: reason.is_none(),
			reason: reason.map(|reason| format!("{reason:?}")),
			meaning: reason.map(advice::standing),
		}
	}
}

impl fmt::Display for Level {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match (&self.reason, self.meaning) {
			(Some(reason), Some(meaning)) => write!(f, "no: {meaning} ({reason})"),
			_ => f.write_str("yes"),
		}
	}
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let text = |field: &Option<String>| field.clone().unwrap_or_default();
		let appealed = self.appeal.zip(self.appeal_filed_at.as_ref());
		let appealed = appealed.map(|(id, at)| format!("appeal {id}, at {at}")).unwrap_or_default();
		let offered = self.offered_to.map(|id| format!("institution {id}")).unwrap_or_default();
		let fields: [(&str, &dyn fmt::Display); 8] = [
			("enrolled", &self.enrolled),
			("attested", &self.attested),
			("verified", &self.verified),
			("suspended", &text(&self.suspended)),
			("second key", &text(&self.second_key)),
			("offered to", &offered),
			("appealed", &appealed),
			("goes on as", &text(&self.successor)),
		];
		let title = format!(
			"{} for institution {} as {} at {}",
			self.account, self.institution, self.role, self.at
		);
		block(f, title, &fields)
	}
}

/// Asks.
pub async fn run(options: Status, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let (block, time_of_block) = options.block.fixed(&chain).await?;
	let at = options.at.unwrap_or(time_of_block);
	let who = &options.account;
	let institution = InstitutionId(options.institution);
	let role = options.role.into();
	let standing = chain.provider_status(who, institution, role, at, block).await?;
	let found = optional(chain.practitioner_at(who, block).await)?;
	let second_key = chain.second_key(who, block).await?;
	let transfer = chain.transfer_of(who, block).await?;
	let appeal = chain.appeal_of(Appellant::Practitioner(who.clone()), block).await?;
	let successor = chain.successor(who, block).await?;
	context.output.show(&Shown {
		account: who.to_string(),
		institution: institution.0,
		role: words::of(role),
		at: time::show(at),
		level: standing.level().map(words::of),
		enrolled: standing.enrolled.into(),
		attested: standing.attested.into(),
		verified: standing.verified.into(),
		suspended: found.as_ref().and_then(suspended),
		second_key: second_key.map(named),
		offered_to: transfer.map(|offer| offer.to.0),
		appeal: appeal.as_ref().map(|appeal| appeal.appeal.0),
		appeal_filed_at: appeal.map(|appeal| time::show(appeal.filed_at)),
		successor: successor.map(|account| account.to_string()),
	})
}

fn suspended(practitioner: &PractitionerView) -> Option<String> {
	practitioner.suspended.map(words::of)
}

/// A second key, in the form in which it is given.
fn named(key: SecondKey) -> String {
	match key {
		SecondKey::Sr25519(key) => AccountId::new(key).to_string(),
		SecondKey::Ed25519(key) => format!("ed25519:0x{}", hex::encode(key)),
		SecondKey::Ecdsa(key) => format!("ecdsa:0x{}", hex::encode(key)),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_level_that_does_not_hold_says_why() {
		let level = Level::from(Err(DenialReason::CheckStale));
		assert!(!level.holds);
		assert_eq!(level.reason.as_deref(), Some("CheckStale"));
		assert!(level.to_string().contains("(CheckStale)"), "{level}");
	}
}
