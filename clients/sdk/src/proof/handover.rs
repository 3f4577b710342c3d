//! Changes of the authority set: how a set names the next one.

use super::{decode, finality, Header, HexBytes, Part, ProofError};
use finality_grandpa::voter_set::VoterSet;
use serde::{Deserialize, Serialize};
use sp_consensus_grandpa::{AuthorityId, AuthorityList, ConsensusLog, SetId, GRANDPA_ENGINE_ID};
use sp_runtime::DigestItem;

/// A change of the authority set, as the set that ends signs it.
///
/// A set ends with the block that announces the next one, and no voter of it votes for any block beyond. So the
/// last block of a set has a justification of its own, which nodes keep for ever.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Handover {
	/// The header of the set's last block, which announces the next set: SCALE.
	pub header: HexBytes,
	/// The GRANDPA justification for exactly that header, by the set that ends: SCALE.
	pub justification: HexBytes,
}

/// A set of authorities that is in force after a block.
#[derive(Clone, Debug)]
pub(super) struct Reign {
	/// Who votes.
	pub(super) voters: VoterSet<AuthorityId>,
	/// The last block of the set before. `None`: the set is trusted from the beginning.
	pub(super) after: Option<u32>,
}

impl Reign {
	/// A set of these authorities.
	pub(super) fn new(authorities: AuthorityList, after: Option<u32>) -> Result<Self, ProofError> {
		let voters = VoterSet::new(authorities).ok_or(ProofError::AuthoritySetInvalid)?;
		Ok(Self { voters, after })
	}
}

impl Handover {
	/// How many bytes it has, in binary.
	pub fn bytes(&self) -> usize {
		self.header.0.len().saturating_add(self.justification.0.len())
	}

	/// The set that follows on `reign`, which has this number.
	pub(super) fn follow(&self, set_id: SetId, reign: &Reign) -> Result<Reign, ProofError> {
		let header: Header = decode(&self.header, Part::HandoverHeader)?;
		if let Some(after) = reign.after.filter(|after| header.number <= *after) {
			return Err(ProofError::HandoverHeight { number: header.number, after });
		}
		finality::verify(&self.justification, &header, set_id, &reign.voters)?;
		Reign::new(announced(&header)?, Some(header.number))
	}
}

/// The authorities that a header announces, for the blocks after it.
///
/// # Errors
///
/// [`ProofError::HandoverUnannounced`], [`ProofError::HandoverAmbiguous`], [`ProofError::HandoverDelayed`],
/// [`ProofError::HandoverForced`], and [`ProofError::Malformed`] where GRANDPA's part of the digest is none.
pub(crate) fn announced(header: &Header) -> Result<AuthorityList, ProofError> {
	let mut announced = None;
	for item in header.digest.logs() {
		let DigestItem::Consensus(GRANDPA_ENGINE_ID, log) = item else { continue };
		match decode::<ConsensusLog<u32>>(log, Part::HandoverChange)? {
			ConsensusLog::ScheduledChange(change) => {
				let before = announced.replace(change);
				if before.is_some() {
					return Err(ProofError::HandoverAmbiguous);
				}
			},
			ConsensusLog::ForcedChange(..) => return Err(ProofError::HandoverForced),
			// Who is disabled still votes; nothing else changes the set.
			_ => {},
		}
	}
	match announced {
		Some(change) if change.delay == 0 => Ok(change.next_authorities),
		Some(change) => Err(ProofError::HandoverDelayed { delay: change.delay }),
		None => Err(ProofError::HandoverUnannounced),
	}
}
