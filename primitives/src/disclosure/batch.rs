//! What the chain keeps of a batch.

use super::{verify_inclusion, DisclosureLeaf, InclusionProof, InclusionRefusal};
use crate::{EntryIndex, InstitutionId, Milliseconds};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;

/// A batch of disclosures: 68 bytes, however many disclosures it holds.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct DisclosureBatch {
	/// Who released.
	pub custodian: InstitutionId,
	/// The root of the tree over the leaves.
	pub root: H256,
	/// How many leaves.
	pub count: u32,
	/// When the first of the disclosures was made.
	pub first_at: Milliseconds,
	/// When the last of them was made.
	pub last_at: Milliseconds,
	/// The block that holds the batch.
	pub block: u32,
	/// The entry of the log. The batch leaves the state with it.
	pub entry: EntryIndex,
}

/// Why something is no disclosure of a batch.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum LeafRefusal {
	/// There is no such batch, or it left the state.
	BatchUnknown,
	/// Another institution reported the batch.
	OtherCustodian,
	/// It was not made in the batch's period.
	OutsidePeriod,
	/// The tree does not hold it.
	NotIncluded(InclusionRefusal),
	/// There is no such grant.
	GrantUnknown,
	/// The grant says otherwise: about patient, recipient, institution, purpose or obligations.
	GrantDiffers,
}

impl DisclosureBatch {
	/// Checks that the batch holds a leaf.
	///
	/// # Errors
	///
	/// Why it does not, see [`LeafRefusal`].
	pub fn check(&self, leaf: &DisclosureLeaf, proof: &InclusionProof) -> Result<(), LeafRefusal> {
		if leaf.custodian != self.custodian {
			return Err(LeafRefusal::OtherCustodian);
		}
		if !(self.first_at..=self.last_at).contains(&leaf.at) {
			return Err(LeafRefusal::OutsidePeriod);
		}
		verify_inclusion(self.root, self.count, leaf, proof).map_err(LeafRefusal::NotIncluded)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_batch_takes_68_bytes() {
		assert_eq!(DisclosureBatch::max_encoded_len(), 68);
	}
}
