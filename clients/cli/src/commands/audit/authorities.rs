//! `hdx audit authorities`: the set of authorities in force, for those who verify proofs by it.

use crate::{commands::Context, error::Error, files::NewFile, output::block};
use hdx_sdk::proof::AuthoritySet;
use serde::Serialize;
use std::{
	fmt,
	path::{Path, PathBuf},
};

/// A set that finalizes.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct InForce {
	/// The block after which it does.
	after_block: u32,
	#[serde(flatten)]
	set: AuthoritySet,
	/// Where it was written.
	#[serde(skip_serializing_if = "Option::is_none")]
	file: Option<PathBuf>,
	/// Of which chain.
	genesis: String,
}

impl fmt::Display for InForce {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let file = self.file.as_ref().map(|path| path.display().to_string());
		let file = file.unwrap_or_default();
		let fields: [(&str, &dyn fmt::Display); 3] =
			[("after block", &self.after_block), ("genesis", &self.genesis), ("file", &file)];
		let count = self.set.authorities.len();
		block(f, format!("authority set {} of {count} authorities", self.set.set_id), &fields)?;
		for authority in &self.set.authorities {
			writeln!(f, "  {:?}, weight {}", authority.id, authority.weight)?;
		}
		Ok(())
	}
}

/// Asks the node, and writes what it says.
pub async fn run(out: Option<&Path>, context: &Context) -> Result<(), Error> {
	let file = out.map(NewFile::create).transpose()?;
	let chain = context.connect().await?;
	let (after_block, set) = chain.authorities().await?;
	let system = |error| Error::System(std::io::Error::other(error));
	let text = set.to_json().map_err(system)?;
	let written = |mut file: NewFile| {
		file.write(format!("{text}\n").as_bytes())?;
		Ok::<_, Error>(file.keep())
	};
	let file = file.map(written).transpose()?;
	let genesis = format!("0x{}", hex::encode(chain.genesis()));
	context.output.show(&InForce { after_block, set, file, genesis })
}
