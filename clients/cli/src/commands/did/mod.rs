//! `hdx did`: the public keys of accounts, and where they can be reached.

mod change;
pub(crate) mod key_spec;
mod relationship;
mod resolve;
mod service;
mod subject;
mod view;

use super::{consent, Context};
use crate::{error::Error, exit::Exit};
use clap::Subcommand;
use hdx_sdk::chain::AtBlock;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Did {
	/// Create your DID, with its first keys.
	#[command(after_help = "\
Examples:
  hdx did create --as practitioner.key --add-key practitioner.xwing.pub
  hdx did create --as //Dave --add-key ed25519:2e6f…70e6 --relationship assertionMethod

A DID is the directory of your public keys: custodians take from it the X-Wing key to which they wrap
what is released to you. It is public for ever: give nothing that tells who you are.

SPEC is one of
  FILE                    the .pub file of a key (hdx key generate --encryption or --signing)
  z6Mk…                   a Multikey
  SCHEME:HEX, SCHEME:FILE a public key of 32 bytes (ed25519, x25519, sr25519), 1952 (mldsa65) or 1216
                          (xwing); a file holds the bytes, or hexadecimal digits, or a Multikey
  sr25519:ACCOUNT         the key of an account
Without --relationship a key may be used for all that its scheme can do.")]
	Create(change::Create),
	/// Show a DID as W3C tools read it: the result of a DID resolution, in JSON.
	#[command(after_help = "\
Examples:
  hdx did resolve did:hdx:0123456789abcdef:8eaf…6a48
  hdx did resolve //Dave --at-block 1200
  hdx did resolve //Dave --version-time 2027-06-30T12:00:00Z
  hdx did resolve 'did:hdx:…?versionTime=2027-06-30T12:00:00Z#key-0'

Exits with 1 where the result holds an error; `didResolutionMetadata` then says which. A DID that was
deactivated has no document, unless --return-deactivated asks for it.")]
	Resolve(resolve::Resolve),
	/// Show a DID as the chain has it: version, keys and when they were in force.
	#[command(after_help = "\
Examples:
  hdx did show //Dave
  hdx did show did:hdx:0123456789abcdef:8eaf…6a48 --json")]
	Show(view::Show),
	/// Change a DID: one change at a time.
	#[command(after_help = "\
Examples:
  hdx did update --as //Dave --add-key practitioner.xwing.pub
  hdx did update --as //Dave --end-key 2
  hdx did update --as //Bob --subject //Dave --service inbox,LinkedDomains,https://clinic.example/
  hdx did update --as //Dave --add-controller //Bob

A key that was ended stays listed, so that what was signed before can be verified; it never comes back.
A controller may do all that you may, but for naming and removing controllers.
--add-key takes what `hdx did create --help` calls SPEC.")]
	Update(Box<change::Update>),
	/// Put a new key in the place of one: no moment is without one.
	#[command(after_help = "\
Example:
  hdx did rotate --as //Dave --new practitioner-2.xwing.pub

The new key is for what the old one was for. Without --key it takes the place of the only key of its
scheme that has not ended. Keep the old secret key: it opens what was released before.
--new takes what `hdx did create --help` calls SPEC.")]
	Rotate(change::Rotate),
	/// End a DID and all its keys, for ever.
	#[command(after_help = "\
Example:
  hdx did deactivate --as //Bob --subject //Dave

Nobody can undo it, and the account can never have another DID. What the keys signed before can still
be verified.")]
	Deactivate(change::Deactivate),
}

/// Does it.
pub async fn run(command: Did, context: &Context) -> Result<Exit, Error> {
	match command {
		Did::Create(options) => change::create(options, context).await?,
		Did::Resolve(options) => return resolve::run(options, context).await,
		Did::Show(options) => view::run(options, context).await?,
		Did::Update(options) => change::update(*options, context).await?,
		Did::Rotate(options) => change::rotate(options, context).await?,
		Did::Deactivate(options) => change::deactivate(options, context).await?,
	}
	Ok(Exit::Done)
}

/// Reads a block: its number, its hash, or `finalized`.
fn block(text: &str) -> Result<AtBlock, String> {
	match text {
		"finalized" => Ok(AtBlock::Finalized),
		text => consent::block(text).map_err(|error| format!("{error}, or finalized")),
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn a_block_has_a_number_a_hash_or_is_the_finalized_one() {
		assert_eq!(block("finalized").unwrap(), AtBlock::Finalized);
		assert_eq!(block("7").unwrap(), AtBlock::Number(7));
		assert!(block("newest").unwrap_err().contains("finalized"));
	}
}
