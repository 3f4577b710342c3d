//! A note with what shows where it is, as its holder keeps it.

use super::Note;
use crate::merkle::{ConsentTree, Path, RevocationPath, RevocationTree, TreeError, LEVELS};
use zeroize::Zeroize;

/// A note, its place in the consent tree, and its bit in the revocation tree.
#[derive(Clone, PartialEq, Eq, Debug, Default, Zeroize)]
pub struct HeldNote {
	/// The note.
	pub note: Note,
	/// The index of its leaf.
	pub index: u32,
	/// The path of its leaf.
	pub path: Path<LEVELS>,
	/// What shows that it is not revoked.
	pub revocation: RevocationPath,
}

impl HeldNote {
	/// The note that was appended at an index.
	///
	/// # Errors
	///
	/// [`TreeError::NoSuchLeaf`].
	pub fn new(
		note: Note,
		index: u32,
		consents: &ConsentTree,
		revocations: &RevocationTree,
	) -> Result<Self, TreeError> {
		let path = consents.path(index)?;
		Ok(Self { note, index, path, revocation: revocations.path(index) })
	}
}
