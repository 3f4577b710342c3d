//! A chain whose proofs hold: without one, no made-up bytes come past the first signature.

#![allow(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

use super::{finality::EncodedFinality, AuditProof, Finality, Pieces, TrustRoot};
use codec::Encode;
use hdx_primitives::AuditEntry;

// The chain of the tests, of which not all is used here.
#[allow(dead_code)]
#[path = "tests/chain.rs"]
mod chain;

/// What is trusted, a proof that holds over two changes of the set of authorities, and the entry that it proves.
pub fn proven() -> (TrustRoot, AuditProof, AuditEntry) {
	let (chain, proof) = chain::proven_over_changes();
	let entry = chain.entries[5][2].clone();
	(chain.trust(), proof, entry)
}

/// What a node answers about the same entry, of which the proof is put together.
pub fn pieces() -> Pieces {
	let (chain, _) = chain::proven_over_changes();
	chain.pieces(chain.log_of(5).first.0 + 2, 12)
}

/// The answer of a node that a block is final: the finality of the header of [`proven`], as it is asked for.
pub fn finality_answer() -> Vec<u8> {
	let (_, proof) = chain::proven_over_changes();
	let block = Finality::of_justification(proof.justification.0.clone()).unwrap().hash;
	let unknown_headers = Vec::new();
	EncodedFinality { block, justification: proof.justification.0, unknown_headers }.encode()
}
