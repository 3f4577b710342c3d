//! From the trusted set of authorities to the later ones.

use super::{
	finality,
	handover::{Handover, Reign},
	trust, AuditProof, Header, ProofError, TrustRoot,
};
use sp_consensus_grandpa::SetId;

/// The sets of authorities that follow on a trusted one, of which each was named by the one before.
///
/// Made once, it serves for many proofs ([`AuditProof::verify_along`]), which then need not repeat the handovers.
#[derive(Clone, Debug)]
pub struct Lineage {
	trust: TrustRoot,
	/// The number of the trusted set.
	first: SetId,
	/// The trusted set and those after it, in order.
	reigns: Vec<Reign>,
}

impl Lineage {
	/// Follows the handovers of a proof from what is trusted.
	///
	/// Each justification is checked once, so that the work grows with the size of the proof, and with the number of
	/// authorities, and with nothing else.
	pub(super) fn of(proof: &AuditProof, trust: &TrustRoot) -> Result<Self, ProofError> {
		let (first, authorities) = trust::start(proof, trust)?;
		let mut reign = Reign::new(authorities, None)?;
		let mut reigns = Vec::new();
		for (set_id, handover) in (first..=SetId::MAX).zip(needed(proof, first)?) {
			let next = handover
				.follow(set_id, &reign)
				.map_err(|link| ProofError::Handover { set_id, link: Box::new(link) })?;
			reigns.push(core::mem::replace(&mut reign, next));
		}
		reigns.push(reign);
		Ok(Self { trust: trust.clone(), first, reigns })
	}

	/// What it starts from.
	pub fn trust(&self) -> &TrustRoot {
		&self.trust
	}

	/// Checks that a header is final by the set that a proof names, and lies where that set finalizes.
	pub(super) fn ensure_final(
		&self,
		proof: &AuditProof,
		header: &Header,
	) -> Result<(), ProofError> {
		let reign = self.reign(proof.set_id)?;
		if let Some(after) = reign.after.filter(|after| header.number <= *after) {
			return Err(ProofError::BlockBeforeHandover { number: header.number, after });
		}
		finality::verify(&proof.justification, header, proof.set_id, &reign.voters)
	}

	fn reign(&self, set_id: SetId) -> Result<&Reign, ProofError> {
		let untrusted = ProofError::AuthoritySetUntrusted { claimed: set_id, trusted: self.first };
		let place = set_id.checked_sub(self.first).ok_or(untrusted)?;
		let reign = usize::try_from(place).ok().and_then(|place| self.reigns.get(place));
		reign.ok_or(ProofError::HandoversMissing {
			trusted: self.first,
			set_id,
			found: self.reigns.len().saturating_sub(1),
		})
	}
}

/// The handovers of a proof from the set with this number on. The last one is that to the set which signed; those before
/// the trusted set are not looked at.
fn needed(proof: &AuditProof, first: SetId) -> Result<&[Handover], ProofError> {
	let (set_id, found) = (proof.set_id, proof.handovers.len());
	let needed = set_id
		.checked_sub(first)
		.ok_or(ProofError::AuthoritySetUntrusted { claimed: set_id, trusted: first })?;
	let missing = ProofError::HandoversMissing { trusted: first, set_id, found };
	let before =
		usize::try_from(needed).ok().and_then(|needed| found.checked_sub(needed)).ok_or(missing)?;
	// Since the first set has number zero, there are no more changes before a set than its number.
	if SetId::try_from(before).unwrap_or(SetId::MAX) > first {
		return Err(ProofError::HandoversUnused { set_id, found });
	}
	Ok(proof.handovers.get(before..).unwrap_or_default())
}
