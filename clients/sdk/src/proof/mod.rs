//! Proofs that an entry is in the audit log, checkable offline.
//!
//! Who has the proof and the hash of the genesis block needs nobody else: no node, no network, no
//! word of whoever made the proof. [`AuditProof::verify`] walks this chain and names the link that
//! does not hold:
//!
//! ```text
//! genesis hash ─ genesis header ─ state root ─ GRANDPA authorities
//!      ─ for each change of them: signatures of a justification ─ last header ─ digest: next authorities
//!      ─ signatures of a justification ─ finalized header ─ digest: root of the MMR
//!      ─ MMR leaf: number, hash and audit log of the entry's block ─ entry
//!      ─ first MMR leaf: the genesis hash again
//! ```
//!
//! The last link is there because votes of GRANDPA name no chain: validators who keep their keys on a second one would
//! sign for both.
//!
//! A proof is a JSON object of hexadecimal fields ([`AuditProof`]). Nothing in it goes unchecked,
//! and bytes left over anywhere are refused.
//!
//! The validators of the genesis block sign who comes after them, and so on ([`Handover`]). Whoever has more than two
//! thirds of the keys of any of these sets can sign another history from there. Who does not want to rely on old keys
//! starts from a later set, from a source that they trust: [`TrustRoot::Authorities`].

mod assemble;
mod authorities;
mod error;
mod finality;
#[cfg(fuzzing)]
pub(crate) mod fuzzing;
mod handover;
mod hex_bytes;
mod inclusion;
mod lineage;
mod trust;

#[cfg(test)]
mod tests;

pub use assemble::{AssembleError, Pieces};
pub use authorities::{AuthoritiesError, Authority, AuthoritySet};
pub use error::{Part, ProofError};
pub use finality::Finality;
pub(crate) use handover::announced;
pub use handover::Handover;
pub use hex_bytes::HexBytes;
pub use lineage::Lineage;
pub use sp_consensus_grandpa::{AuthorityId, AuthorityList, SetId};
pub use trust::{authorities_key, TrustRoot};

use codec::DecodeAll;
use hdx_primitives::{AuditEntry, AuditLeaf};
use serde::{Deserialize, Serialize};
use sp_core::H256;
use sp_mmr_primitives::LeafProof;
use sp_runtime::traits::BlakeTwo256;
use std::borrow::Cow;

/// The version of the format that this module writes and reads.
///
/// Version 1 had no leaf about the genesis block: its signatures could be those of another chain with the same keys.
pub const PROOF_VERSION: u32 = 2;

/// A header of the chain.
pub type Header = sp_runtime::generic::Header<u32, BlakeTwo256>;

/// A proof that an entry is in the audit log of a finalized chain.
///
/// Everything that is hashed or signed on the chain is kept in the bytes that were hashed or signed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AuditProof {
	/// Version of this format: [`PROOF_VERSION`].
	pub version: u32,
	/// The entry: SCALE of [`AuditEntry`].
	pub entry: HexBytes,
	/// Siblings on the way from the entry's leaf to its block's audit root, the lowest first.
	pub entry_path: Vec<H256>,
	/// Hash of the entry's block.
	pub block_hash: H256,
	/// The MMR's leaf about the entry's block: SCALE of [`AuditLeaf`].
	pub mmr_leaf: HexBytes,
	/// The MMR's first leaf, about the genesis block: SCALE of [`AuditLeaf`]. Signatures of validators name no chain;
	/// this does.
	pub genesis_leaf: HexBytes,
	/// The way from both leaves to the MMR's root: SCALE of `LeafProof<H256>`.
	pub mmr_proof: HexBytes,
	/// A finalized header with that root in its digest: SCALE.
	pub finalized_header: HexBytes,
	/// The GRANDPA justification for exactly that header: SCALE.
	pub justification: HexBytes,
	/// Which set of GRANDPA authorities signed it.
	pub set_id: SetId,
	/// The changes of the set, one after the other, the last one being that to the set which signed. Proofs that were
	/// made before there were any have no such field.
	#[serde(default, skip_serializing_if = "Vec::is_empty")]
	pub handovers: Vec<Handover>,
	/// The header of the genesis block: SCALE.
	pub genesis_header: HexBytes,
	/// Nodes of the genesis state's trie that lead to the GRANDPA authorities
	/// ([`authorities_key`]). Not looked at under [`TrustRoot::Authorities`].
	pub authorities_proof: Vec<HexBytes>,
}

impl AuditProof {
	/// Reads a proof from JSON.
	///
	/// # Errors
	///
	/// Whatever is not exactly one proof: a field that is missing, unknown or not hexadecimal, and
	/// anything after the closing brace. The error has the line and the column.
	pub fn from_json(json: &str) -> Result<Self, serde_json::Error> {
		serde_json::from_str(json)
	}

	/// Writes the proof as JSON, one field a line.
	///
	/// # Errors
	///
	/// None that is known; the signature is that of the serializer.
	pub fn to_json(&self) -> Result<String, serde_json::Error> {
		serde_json::to_string_pretty(self)
	}

	/// How many bytes the handovers take, in binary.
	pub fn bytes_of_handovers(&self) -> usize {
		self.handovers.iter().fold(0, |sum, handover| sum.saturating_add(handover.bytes()))
	}

	/// How many bytes the proof takes beside the justification and the handovers, in binary. A justification has
	/// 132 bytes for each validator that signed.
	pub fn bytes_beside_justification(&self) -> usize {
		let hashes = self.entry_path.len().saturating_add(1).saturating_mul(H256::len_bytes());
		let parts = [
			&self.entry,
			&self.mmr_leaf,
			&self.genesis_leaf,
			&self.mmr_proof,
			&self.finalized_header,
			&self.genesis_header,
		];
		let parts = parts.into_iter().chain(&self.authorities_proof);
		parts.fold(hashes, |sum, part| sum.saturating_add(part.0.len()))
	}

	/// The hash of the genesis block that the proof names: that of the chain of the entry, once the proof is verified.
	///
	/// # Errors
	///
	/// [`ProofError::Malformed`].
	pub fn genesis(&self) -> Result<H256, ProofError> {
		let header: Header = decode(&self.genesis_header, Part::GenesisHeader)?;
		Ok(header.hash())
	}

	/// Checks every link from `trust` to the entry, and returns the entry.
	///
	/// # Errors
	///
	/// The first link that does not hold, by name.
	pub fn verify(&self, trust: &TrustRoot) -> Result<AuditEntry, ProofError> {
		self.verify_by(|| self.lineage(trust).map(Cow::Owned))
	}

	/// The sets of authorities to which the handovers of this proof lead, for other proofs of the same chain.
	///
	/// # Errors
	///
	/// The first link that does not hold, by name.
	pub fn lineage(&self, trust: &TrustRoot) -> Result<Lineage, ProofError> {
		Lineage::of(self, trust)
	}

	/// The same as [`verify`](Self::verify) from what `lineage` trusts, where the proof has no handovers of its own:
	/// those of `lineage` count for it.
	///
	/// # Errors
	///
	/// The first link that does not hold, by name.
	pub fn verify_along(&self, lineage: &Lineage) -> Result<AuditEntry, ProofError> {
		if !self.handovers.is_empty() {
			return self.verify(lineage.trust());
		}
		self.verify_by(|| {
			// The proof's own way from the genesis block has to hold nevertheless: it leads to the same authorities.
			trust::start(self, lineage.trust())?;
			Ok(Cow::Borrowed(lineage))
		})
	}

	/// Checks all links; who may sign is asked once the parts are there.
	fn verify_by<'a>(
		&self,
		lineage: impl FnOnce() -> Result<Cow<'a, Lineage>, ProofError>,
	) -> Result<AuditEntry, ProofError> {
		if self.version != PROOF_VERSION {
			return Err(ProofError::UnknownVersion { version: self.version });
		}
		let entry: AuditEntry = decode(&self.entry, Part::Entry)?;
		let leaf: AuditLeaf = decode(&self.mmr_leaf, Part::MmrLeaf)?;
		let genesis_leaf: AuditLeaf = decode(&self.genesis_leaf, Part::GenesisLeaf)?;
		let mmr_proof: LeafProof<H256> = decode(&self.mmr_proof, Part::MmrProof)?;
		let header: Header = decode(&self.finalized_header, Part::FinalizedHeader)?;

		lineage()?.ensure_final(self, &header)?;
		let root = inclusion::mmr_root(&header)?;
		inclusion::verify_leaves(self, [&genesis_leaf, &leaf], mmr_proof, &header, root)?;
		inclusion::verify_genesis(&genesis_leaf, self.genesis()?)?;
		inclusion::verify_entry(self, &entry, &leaf)?;
		Ok(entry)
	}
}

/// Decodes a part that must not have anything after it.
fn decode<T: DecodeAll>(bytes: &[u8], part: Part) -> Result<T, ProofError> {
	T::decode_all(&mut &*bytes).map_err(|_| ProofError::Malformed(part))
}
