//! `hdx licence enter`.

use super::held::HeldLicence;
use crate::{
	account,
	commands::{
		provider::Done,
		shielded::{
			append,
			element::{Element, Hidden},
		},
		zk::random,
		Context, SignedBy,
	},
	error::Error,
	files, time,
};
use hdx_primitives::{AccountId, CredentialId, Milliseconds};
use hdx_sdk::chain::Until;
use hdx_zk_circuits::note::{ClinicianKey, Licence, MAY_BREAK_GLASS};
use serde_json::json;
use std::path::PathBuf;

/// Whose licence, and what is hashed.
#[derive(Debug, clap::Args)]
pub struct Enter {
	#[command(flatten)]
	by: SignedBy,
	/// Whose it is.
	#[arg(value_name = "PRACTITIONER", value_parser = account::parse)]
	practitioner: AccountId,
	/// Which of their credentials: `hdx provider show` lists them.
	#[arg(long, value_name = "N")]
	id: u64,
	/// The clinician's key, as `hdx licence new` shows it.
	#[arg(long, value_name = "KEY", value_parser = Element::parse)]
	holder: Element,
	/// From when the glass may be broken with it: a date, or RFC 3339. Left out: at once.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	from: Option<Milliseconds>,
	/// Until when: a date (all of that day, UTC), or RFC 3339. Not longer than the licence itself.
	#[arg(long, value_name = "TIME", value_parser = time::end)]
	until: Milliseconds,
	/// Where to write what the clinician has to know (mode 0600).
	#[arg(long, value_name = "FILE")]
	out: PathBuf,
}

/// Draws a salt, keeps what is hashed, and enters the hash.
pub async fn run(options: Enter, context: &Context) -> Result<(), Error> {
	let issuer = options.by.signer()?;
	let now = time::now();
	if options.until <= now {
		let until = time::show(options.until);
		return Err(Error::Usage(format!("the licence would be over already: it ends at {until}")));
	}
	let from = options.from.unwrap_or(now);
	let terms = Licence::new(from.0, options.until.0, MAY_BREAK_GLASS)
		.map_err(|error| Error::Usage(error.to_string()))?;
	let chain = context.connect().await?;
	let held = HeldLicence {
		genesis: append::genesis(&chain),
		licence: CredentialId(options.id),
		holder: ClinicianKey(options.holder.0),
		terms,
		salt: Hidden::draw(&mut random::generator()?),
	};
	// Kept first: without the salt, nobody could ever prove anything with the leaf.
	let file = held.create(&options.out)?;
	let leaf = held.leaf();
	let progress = context.output.progress("waiting until it is final");
	let entered = chain
		.enter_licence(
			&issuer,
			options.practitioner.clone(),
			held.licence,
			leaf.to_bytes(),
			Until::Finalized,
		)
		.await;
	drop(progress);
	let place = files::destroy_if_refused(entered, &file)?;
	context.output.show(&Done::new(
		format!(
			"licence {} of {} is entered with leaf {leaf}, place {place}\nGive {} to the clinician, and keep none: it tells which leaf is theirs.",
			options.id,
			options.practitioner,
			file.display()
		),
		json!({
			"practitioner": options.practitioner.to_string(),
			"licence": options.id,
			"leaf": leaf,
			"place": place,
			"file": file,
		}),
	))
}
