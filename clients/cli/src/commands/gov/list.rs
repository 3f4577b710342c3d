//! `hdx gov list`.

use super::{view::Shown, In};
use crate::{commands::Context, error::Error, output::count};
use serde::Serialize;
use std::fmt;

/// How many.
#[derive(Debug, clap::Args)]
pub struct List {
	#[command(flatten)]
	chamber: In,
	/// Most to list.
	#[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1_000))]
	limit: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Agreed {
	hash: String,
	patients_approved: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
	referenda: Vec<Shown>,
	/// What the institutions approved before the patients.
	approved_by_institutions: Vec<Agreed>,
}

impl fmt::Display for Listed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		for shown in &self.referenda {
			writeln!(f, "{shown}")?;
		}
		for agreed in &self.approved_by_institutions {
			let what = match agreed.patients_approved {
				true => "both chambers approved; carry it out: hdx gov enact",
				false => "institutions approved, and patients did not yet",
			};
			writeln!(f, "{}  {what}", agreed.hash)?;
		}
		f.write_str(&match self.referenda.len() {
			1 => "1 referendum".to_owned(),
			_ => count(self.referenda.len(), "referendum").replace("referendums", "referenda"),
		})
	}
}

/// Lists them.
pub async fn run(options: List, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let mut referenda = Vec::new();
	for found in chain.polls(options.chamber.chamber(), options.limit).await? {
		referenda.push(Shown::read(&chain, found).await?);
	}
	let agreed = chain.agreed_on().await?.into_iter().map(|(hash, patients_approved)| Agreed {
		hash: format!("0x{}", hex::encode(hash)),
		patients_approved,
	});
	context.output.show(&Listed { referenda, approved_by_institutions: agreed.collect() })
}
