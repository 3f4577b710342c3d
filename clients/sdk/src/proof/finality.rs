//! Whether a header is final: GRANDPA justifications.

use super::{decode, Header, Part, ProofError};
use codec::{Decode, Encode};
use finality_grandpa::{voter_set::VoterSet, Chain, Message};
use sp_consensus_grandpa::{check_message_signature, AuthorityId, GrandpaJustification, SetId};
use sp_core::H256;
use std::collections::{HashMap, HashSet};

/// What a node answers to `grandpa_proveFinality`, read but not verified: which block the
/// justification that it has finalizes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finality {
	/// The number of the finalized block.
	pub number: u32,
	/// The hash of the finalized block.
	pub hash: H256,
	/// The justification, in its SCALE encoding.
	pub justification: Vec<u8>,
}

/// The node's encoding of the answer.
#[derive(Encode, Decode)]
pub(super) struct EncodedFinality {
	pub(super) block: H256,
	pub(super) justification: Vec<u8>,
	pub(super) unknown_headers: Vec<Header>,
}

impl Finality {
	/// Reads a justification, as `grandpa_subscribeJustifications` sends it.
	///
	/// # Errors
	///
	/// [`ProofError::Malformed`].
	pub fn of_justification(justification: Vec<u8>) -> Result<Self, ProofError> {
		let read: GrandpaJustification<Header> = decode(&justification, Part::Justification)?;
		let (number, hash) = (read.commit.target_number, read.commit.target_hash);
		Ok(Self { number, hash, justification })
	}

	/// Reads the answer of the node.
	///
	/// # Errors
	///
	/// [`ProofError::Malformed`] where the answer or the justification in it cannot be decoded, and
	/// [`ProofError::JustificationTarget`] where the justification is for another block than the
	/// answer says.
	pub fn decode(answer: &[u8]) -> Result<Self, ProofError> {
		let answer: EncodedFinality = decode(answer, Part::FinalityProof)?;
		let justification: GrandpaJustification<Header> =
			decode(&answer.justification, Part::Justification)?;
		let (number, hash) = (justification.commit.target_number, justification.commit.target_hash);
		if hash != answer.block {
			return Err(ProofError::JustificationTarget { number, hash });
		}
		Ok(Self { number, hash, justification: answer.justification })
	}
}

/// Checks that a justification finalizes exactly this header.
///
/// The rules are those of the node: every vote is signed and by an authority, the votes are for one
/// chain of blocks, no header is superfluous, and the block is the highest one that more than two
/// thirds voted for.
pub(super) fn verify(
	justification: &[u8],
	header: &Header,
	set_id: SetId,
	voters: &VoterSet<AuthorityId>,
) -> Result<(), ProofError> {
	let justification: GrandpaJustification<Header> = decode(justification, Part::Justification)?;
	let commit = &justification.commit;
	if (commit.target_number, commit.target_hash) != (header.number, header.hash()) {
		return Err(ProofError::JustificationTarget {
			number: commit.target_number,
			hash: commit.target_hash,
		});
	}

	// Who votes twice for different blocks is counted for both. One vote more, and a single authority could have us check
	// signatures, and look for the ancestors of its votes, for as long as it likes.
	let (found, most) = (commit.precommits.len(), voters.len().get().saturating_mul(2));
	if found > most {
		return Err(ProofError::JustificationVotes { found, most });
	}
	// Signatures first: nothing is computed from votes that nobody cast.
	for vote in &commit.precommits {
		if !voters.contains(&vote.id) {
			return Err(ProofError::JustificationVoter { voter: vote.id.clone() });
		}
		let message = Message::Precommit(vote.precommit.clone());
		let round = justification.round;
		if !check_message_signature(&message, &vote.id, &vote.signature, round, set_id).is_valid() {
			return Err(ProofError::JustificationSignature { voter: vote.id.clone() });
		}
	}

	let ancestry = Ancestry::new(&justification)?;
	match finality_grandpa::validate_commit(commit, voters, &ancestry) {
		Ok(result) if result.is_valid() => Ok(()),
		_ => Err(ProofError::JustificationThreshold),
	}
}

/// The headers that lead from the lowest block that was voted for to the others: each block's
/// parent.
struct Ancestry(HashMap<H256, H256>);

impl Ancestry {
	/// The ancestry of all votes, in which each header has its use.
	fn new(justification: &GrandpaJustification<Header>) -> Result<Self, ProofError> {
		let headers = &justification.votes_ancestries;
		let parents = headers.iter().map(|header| (header.hash(), header.parent_hash));
		let ancestry = Self(parents.collect());
		if ancestry.0.len() != headers.len() {
			return Err(ProofError::JustificationAncestryUnused);
		}

		let votes = justification.commit.precommits.iter().map(|vote| &vote.precommit);
		let lowest = votes.clone().min_by_key(|vote| vote.target_number);
		let Some(base) = lowest.map(|vote| vote.target_hash) else {
			return Err(ProofError::JustificationThreshold);
		};
		let mut used = HashSet::new();
		for vote in votes {
			if vote.target_hash == base {
				continue;
			}
			let route = ancestry
				.ancestry(base, vote.target_hash)
				.map_err(|_| ProofError::JustificationAncestry)?;
			used.insert(vote.target_hash);
			used.extend(route);
		}
		if used.len() != headers.len() {
			return Err(ProofError::JustificationAncestryUnused);
		}
		Ok(ancestry)
	}
}

impl Chain<H256, u32> for Ancestry {
	fn ancestry(&self, base: H256, block: H256) -> Result<Vec<H256>, finality_grandpa::Error> {
		let mut route = Vec::new();
		let mut current = block;
		// Ends: each step goes to the parent, and no hash is among its own ancestors'.
		while current != base {
			current = *self.0.get(&current).ok_or(finality_grandpa::Error::NotDescendent)?;
			route.push(current);
		}
		// The base is not a part of the route.
		route.pop();
		Ok(route)
	}
}
