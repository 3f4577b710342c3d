//! The Merkle trees: four children a node, so that one permutation of width 5 climbs two levels of
//! a binary tree for little more than the price of one (`docs/adr/0012-zero-knowledge-circuits.md`).
//!
//! | Tree | Levels | Leaves | What a leaf is |
//! |---|---|---|---|
//! | consents | 10 | 2²⁰ | a note's hash; appended in order, never changed |
//! | revocations | 6, and a pair at the top | 2¹³ | 128 bits, one for each consent |
//! | attestations, credentials | 10 | 2²⁰ | the hash of what was attested |
//!
//! An empty leaf is zero. No hash is known to be zero, and appending zero is refused.

mod consent;
mod credentials_kept;
mod empty;
mod error;
mod frontier;
mod gadget;
mod path;
mod revocation;
mod revocations_kept;
mod sparse;

pub use consent::ConsentTree;
pub use credentials_kept::{CredentialStore, KeptCredentials};
pub use error::TreeError;
pub use frontier::Frontier;
pub(crate) use gadget::{climb, enforce_root};
pub use path::Path;
pub use revocation::{RevocationPath, RevocationTree};
pub use revocations_kept::{KeptError, KeptRevocations, RevocationStore};
pub use sparse::SparseTree;

/// Levels between a leaf and the root of the trees of consents, attestations and credentials.
pub const LEVELS: usize = 10;

/// Bits of the index of a leaf: two for each level.
pub const INDEX_BITS: usize = 2 * LEVELS;

/// Leaves of a tree of [`LEVELS`].
pub const CAPACITY: u32 = 1 << INDEX_BITS;

/// Levels between a leaf and the root of either half of the revocation tree.
pub const REVOCATION_LEVELS: usize = 6;

/// Revocation bits of a leaf, as a power of two.
pub const WORD_INDEX_BITS: usize = 7;

/// Revocation bits of a leaf.
pub const WORD_BITS: usize = 1 << WORD_INDEX_BITS;

/// Which child of its parent the node at this index is.
fn digit(index: u32) -> u32 {
	index & 3
}
