//! Many disclosures under one root, for the volume that single ones cannot carry.
//!
//! A custodian makes a [leaf](DisclosureLeaf) of each disclosure, a [tree](root_of) of the leaves, and
//! reports the root. It hands every patient their own leaves, each with a [proof](InclusionProof) that
//! the root holds it.
//!
//! # What is hashed
//!
//! Every hash is BLAKE2-256, over a tag and what follows it; no tag is the beginning of another.
//!
//! | Hash | Of |
//! |---|---|
//! | leaf | [`LEAF_TAG`], the SCALE encoding of [`DisclosureLeaf`]: [`LEAF_LENGTH`] bytes |
//! | node | [`NODE_TAG`], the left child (32 bytes), the right child (32 bytes) |
//! | root | [`ROOT_TAG`], the number of leaves (32 bits, the least significant byte first), the topmost node |
//!
//! The nodes of a level are paired from the left. The last one of an odd number goes up as it is, and
//! is not paired with itself: doubling it would let two lists of leaves have one root (CVE-2012-2459).
//! It is the tree of RFC 9162, section 2.1. That section takes the number of leaves from elsewhere;
//! here the root binds it.
//!
//! A leaf has a salt of 32 random bytes. So neither the root nor the siblings in a proof tell
//! anything of other patients, not even to whoever can guess all else that their leaves say.

mod batch;
mod leaf;
mod tree;

pub use batch::{DisclosureBatch, LeafRefusal};
pub use leaf::{obligations_hash, DisclosureLeaf, LeafSalt, LEAF_LENGTH, LEAF_TAG};
pub use tree::{
	prove, root_of, verify_inclusion, InclusionProof, InclusionRefusal, MAX_DEPTH, NODE_TAG,
	ROOT_TAG,
};
