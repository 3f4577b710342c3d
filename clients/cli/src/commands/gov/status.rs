//! `hdx gov status`.

use super::{view::Shown, In};
use crate::{commands::Context, error::Error};

/// Which.
#[derive(Debug, clap::Args)]
pub struct Status {
	/// The referendum, by its number.
	poll: u32,
	#[command(flatten)]
	chamber: In,
}

/// Shows it.
pub async fn run(options: Status, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let found = chain.poll(options.chamber.chamber(), options.poll).await?;
	context.output.show(&Shown::read(&chain, found).await?)
}
