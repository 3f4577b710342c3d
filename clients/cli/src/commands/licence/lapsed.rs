//! `hdx licence lapsed`.

use crate::{commands::Context, error::Error};
use hdx_sdk::chain::{AtBlock, HiddenLicence};
use serde::Serialize;
use std::fmt;

/// A licence that does not stand any more.
#[derive(Serialize)]
struct Lapsed {
	place: u32,
	licence: u64,
	practitioner: String,
}

/// All of them.
#[derive(Serialize)]
struct Listed {
	lapsed: Vec<Lapsed>,
}

impl From<(u32, HiddenLicence)> for Lapsed {
	fn from((place, hidden): (u32, HiddenLicence)) -> Self {
		let practitioner = hidden.practitioner.to_string();
		Self { place, licence: hidden.licence.0, practitioner }
	}
}

impl fmt::Display for Listed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		for Lapsed { place, licence, practitioner } in &self.lapsed {
			writeln!(f, "licence {licence} of {practitioner}, place {place}")?;
		}
		write!(f, "{} in all", self.lapsed.len())
	}
}

/// Lists what is in the tree and does not stand.
pub async fn run(context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let block = AtBlock::Hash(chain.block_time(AtBlock::Best).await?.hash);
	let places = u32::try_from(chain.licence_leaves(block).await?.len()).unwrap_or(u32::MAX);
	let lapsed = chain.lapsed_licences(places, block).await?;
	context.output.show(&Listed { lapsed: lapsed.into_iter().map(Lapsed::from).collect() })
}

#[cfg(test)]
mod tests {
	use super::*;
	use hdx_primitives::{AccountId, CredentialId, Milliseconds};

	#[test]
	fn a_licence_is_shown_with_whose_it_is() {
		let practitioner = AccountId::new([7; 32]);
		let hidden = HiddenLicence {
			practitioner: practitioner.clone(),
			licence: CredentialId(4),
			leaf: [1; 32],
			entered_at: Milliseconds(0),
		};
		let listed = Listed { lapsed: vec![(3, hidden).into()] };
		let shown = format!("licence 4 of {practitioner}, place 3\n1 in all");
		assert_eq!(listed.to_string(), shown);
	}
}
