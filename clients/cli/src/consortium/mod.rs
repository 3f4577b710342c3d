//! A chain that institutions start together, as they write it down: a TOML file, checked as a whole, and made into the
//! specification that nodes start from.
//!
//! [`table`] is the shape of the file, [`check`] finds what is wrong with it ([`fault`]), [`spec`] says it as nodes read
//! it, and [`node`] has a node work out the first state. `docs/operate/README.md` tells it from the side of those who start
//! a chain.
//!
//! What is checked here are the rules of the runtime, so that all faults are told at once with their lines; and what no
//! runtime can check afterwards: that somebody has the session keys, that nobody else knows them, and that patients are
//! represented. The runtime still refuses what it does not take.

mod address;
mod check;
mod fault;
mod names;
pub mod node;
mod parameters;
pub mod spec;
mod table;
#[cfg(test)]
mod tests;

pub use fault::{Fault, Note};
pub use parameters::Parameters;

use crate::{error::Error, files};
use hdx_primitives::AccountId;
use std::path::Path;

/// Largest file, in bytes.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// The file to begin with.
pub const TEMPLATE: &str = include_str!("template.toml");

/// What a chain starts with. All of it is checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Consortium {
	/// What people call the chain.
	pub name: String,
	/// What directories of nodes are called.
	pub id: String,
	/// Blocks of a session. `None`: as shipped.
	pub session_period: Option<u32>,
	/// How many validators there are at least.
	pub minimum_validators: u32,
	/// For how many sessions keys stay after a change. `None`: as shipped.
	pub key_cooldown: Option<u32>,
	/// Where nodes find the others first.
	pub boot_nodes: Vec<String>,
	/// The institutions. Their place here is their number on the chain.
	pub institutions: Vec<Institution>,
	/// The validators.
	pub validators: Vec<Validator>,
	/// The institutions that have a seat, by their numbers.
	pub seats: Vec<u32>,
	/// Who represents patients.
	pub representatives: Vec<AccountId>,
	/// What can be consented to: the hash of a document's URI, and its version.
	pub templates: Vec<([u8; 32], u32)>,
	/// What governance can change, where it is not as shipped.
	pub parameters: Parameters,
}

/// An institution.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Institution {
	/// What the file calls it. The chain does not know it.
	pub id: String,
	/// What it is, as the registry calls it.
	pub kind: &'static str,
	/// The operator's account.
	pub account: AccountId,
	/// The hash of its public description.
	pub profile: [u8; 32],
}

/// A validator.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Validator {
	/// Its institution, by its number.
	pub institution: u32,
	/// Its account.
	pub account: AccountId,
	/// With what it makes blocks.
	pub aura: [u8; 32],
	/// With what it finalizes.
	pub grandpa: [u8; 32],
}

/// What a file says.
#[derive(Debug)]
pub struct Read {
	/// The chain, where nothing is wrong with it.
	pub consortium: Option<Consortium>,
	/// All that is wrong, in the order of the lines.
	pub faults: Vec<Fault>,
	/// What may be so, and should not be for long.
	pub notes: Vec<Note>,
}

/// Reads a file, with the descriptions that it names.
///
/// # Errors
///
/// Where the file cannot be read. What is wrong in it is no error, but in what is returned.
pub fn read(path: &Path) -> Result<Read, Error> {
	let text = files::read_text(path, MAX_BYTES)?;
	let directory = path.parent().unwrap_or(Path::new(""));
	Ok(check::check(&text, directory))
}

/// Reads anything as a file. What nothing is wrong with makes a specification, which says what the file said.
#[cfg(fuzzing)]
pub fn fuzz(bytes: &[u8]) {
	let Ok(text) = std::str::from_utf8(bytes) else { return };
	let described = |name: &str| -> Result<Vec<u8>, Error> { Ok(name.as_bytes().to_vec()) };
	let Read { consortium, faults, notes } = check::check_with(text, &described);
	assert_eq!(consortium.is_some(), faults.is_empty(), "{faults:?}");
	let lines = text.lines().count().saturating_add(1);
	for fault in &faults {
		assert!(!fault.to_string().is_empty());
		assert!(fault.line.is_none_or(|line| (1..=lines).contains(&line)), "{fault:?}");
	}
	assert!(notes.iter().all(|note| !note.to_string().is_empty()));
	if let Some(consortium) = consortium {
		let plain = spec::plain(&consortium, "0x00");
		let Consortium { name, id, .. } = consortium;
		let said = spec::Summary { name, id, genesis: None };
		assert_eq!(spec::summary(&plain).ok(), Some(said));
	}
}
