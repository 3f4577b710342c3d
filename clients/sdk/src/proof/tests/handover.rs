//! Changes of the authority set: each link holds, and each refuses what was tampered with.

use super::chain::*;
use crate::proof::{AuditProof, AuthorityList, Handover, Header, Part, ProofError};
use codec::Encode;
use sp_consensus_grandpa::{ConsensusLog, ScheduledChange, GRANDPA_ENGINE_ID};
use sp_core::H256;
use sp_runtime::DigestItem;

/// What becomes of a proof over two changes that was tampered with.
fn with(change: impl FnOnce(&Chain, &mut AuditProof)) -> Result<(), ProofError> {
	let (chain, mut proof) = proven_over_changes();
	change(&chain, &mut proof);
	let result = proof.verify(&chain.trust());
	assert_eq!(result, proof.verify(&chain.trust_authorities(0)), "whatever is trusted");
	result.map(|_| ())
}

/// The link of the first handover that does not hold.
fn refused(change: impl FnOnce(&Chain, &mut Handover)) -> ProofError {
	of_set(0, with(|chain, proof| change(chain, &mut proof.handovers[0])))
}

fn of_set(expected: u64, result: Result<(), ProofError>) -> ProofError {
	match result {
		Err(ProofError::Handover { set_id, link }) if set_id == expected => *link,
		other => panic!("{other:?}"),
	}
}

/// The first handover with another header, which its set signs.
fn with_header(change: impl FnOnce(&Chain, &mut Header)) -> Result<(), ProofError> {
	with(|chain, proof| {
		let mut header = chain.headers[4].clone();
		change(chain, &mut header);
		proof.handovers[0] = chain.handover_with(&header, 0);
	})
}

/// What is wrong with a header whose digest has these items of GRANDPA's, and which the set signs.
fn announcing(items: Vec<DigestItem>) -> Result<(), ProofError> {
	with_header(|_, header| {
		header.digest.logs.retain(
			|item| !matches!(item, DigestItem::Consensus(engine, _) if *engine == GRANDPA_ENGINE_ID),
		);
		header.digest.logs.extend(items);
	})
}

fn second_set() -> AuthorityList {
	let (chain, _) = proven_over_changes();
	authority_list(chain.keys_of(1))
}

#[test]
fn every_entry_is_provable_by_whichever_set_is_in_force() {
	let chain = chain_of(14, |block| block % 6, &[4, 8]);
	for at in 2..=14u32 {
		for entry in chain.entries[..at as usize].iter().flatten() {
			let proof = chain.proof(entry.index.0, at);
			// The block that hands over is signed by the set that ends with it.
			let set_id = u64::from(at > 4) + u64::from(at > 8);
			assert_eq!((proof.set_id, proof.handovers.len() as u64), (set_id, set_id), "{at}");
			assert_eq!(proof.verify(&chain.trust()).as_ref(), Ok(entry));
		}
	}
}

#[test]
fn a_set_may_change_with_every_block() {
	let chain = chain_of(14, |block| block % 6, &[1, 2, 3, 4, 5, 6, 7]);
	let proof = chain.proof(3, 10);
	assert_eq!(proof.set_id, 7);
	assert!(proof.verify(&chain.trust()).is_ok());
}

#[test]
fn proof_verifies_from_any_set_on_that_is_trusted() {
	let (chain, proof) = proven_over_changes();
	let entry = proof.verify(&chain.trust()).unwrap();
	for set_id in 0..=2 {
		assert_eq!(proof.verify(&chain.trust_authorities(set_id)).as_ref(), Ok(&entry));
	}
	assert_eq!(
		proof.verify(&chain.trust_authorities(3)),
		Err(ProofError::AuthoritySetUntrusted { claimed: 2, trusted: 3 })
	);
}

#[test]
fn handovers_before_the_trusted_set_may_be_left_out_and_are_not_looked_at() {
	let (chain, mut proof) = proven_over_changes();
	proof.handovers[0].header.0.clear();
	assert!(proof.verify(&chain.trust()).is_err());
	assert!(proof.verify(&chain.trust_authorities(1)).is_ok());
	proof.handovers.remove(0);
	assert!(proof.verify(&chain.trust_authorities(1)).is_ok());
	proof.handovers.clear();
	assert!(proof.verify(&chain.trust_authorities(2)).is_ok());
	assert_eq!(
		proof.verify(&chain.trust_authorities(1)),
		Err(ProofError::HandoversMissing { trusted: 1, set_id: 2, found: 0 })
	);
}

#[test]
fn verify_fails_when_a_handover_is_missing() {
	for missing in 0..2 {
		assert_eq!(
			with(|_, proof| _ = proof.handovers.remove(missing)),
			Err(ProofError::HandoversMissing { trusted: 0, set_id: 2, found: 1 })
		);
	}
	assert_eq!(
		with(|_, proof| proof.handovers.clear()),
		Err(ProofError::HandoversMissing { trusted: 0, set_id: 2, found: 0 })
	);
	assert_eq!(
		with(|_, proof| proof.set_id = u64::MAX),
		Err(ProofError::HandoversMissing { trusted: 0, set_id: u64::MAX, found: 2 })
	);
}

#[test]
fn verify_fails_when_there_are_more_handovers_than_changes() {
	let more = |chain: &Chain, proof: &mut AuditProof| proof.handovers.push(chain.handover(1));
	assert_eq!(with(more), Err(ProofError::HandoversUnused { set_id: 2, found: 3 }));
	let fewer = |_: &Chain, proof: &mut AuditProof| proof.set_id = 1;
	assert_eq!(with(fewer), Err(ProofError::HandoversUnused { set_id: 1, found: 2 }));
	// Two changes before the second set are one too many.
	let (chain, mut proof) = proven_over_changes();
	proof.handovers.push(chain.handover(1));
	assert_eq!(
		proof.verify(&chain.trust_authorities(1)),
		Err(ProofError::HandoversUnused { set_id: 2, found: 3 })
	);
}

#[test]
fn verify_fails_when_handovers_are_swapped() {
	let (chain, _) = proven_over_changes();
	let voter = chain.vote(0, &chain.headers[8], 1).id;
	let link = of_set(0, with(|_, proof| proof.handovers.swap(0, 1)));
	assert_eq!(link, ProofError::JustificationVoter { voter });
}

#[test]
fn verify_fails_when_heights_do_not_increase() {
	let same = with(|chain, proof| {
		let mut header = chain.headers[8].clone();
		header.number = 4;
		proof.handovers[1] = chain.handover_with(&header, 1);
	});
	assert_eq!(of_set(1, same), ProofError::HandoverHeight { number: 4, after: 4 });
	let twice = with(|chain, proof| proof.handovers[1] = chain.handover(0));
	assert_eq!(of_set(1, twice), ProofError::HandoverHeight { number: 4, after: 4 });
}

#[test]
fn verify_fails_when_the_finalized_block_is_not_after_the_last_handover() {
	for at in [7, 8] {
		let result = with(|chain, proof| {
			proof.finalized_header = chain.headers[at as usize].encode().into();
			proof.justification = chain.justify(at, &[0, 1, 2], 2).encode().into();
		});
		assert_eq!(result, Err(ProofError::BlockBeforeHandover { number: at, after: 8 }));
	}
}

#[test]
fn verify_fails_when_an_earlier_set_signs_for_a_later_one() {
	let (chain, _) = proven_over_changes();
	for set_id in 0..2 {
		let voter = chain.vote(0, &chain.headers[12], set_id).id;
		let result = with(|chain, proof| {
			let mut old = chain.justify(12, &[0, 1, 2], 2);
			old.commit = chain.justify(12, &[0, 1, 2], set_id).commit;
			proof.justification = old.encode().into();
		});
		assert_eq!(result, Err(ProofError::JustificationVoter { voter }));
	}
}

#[test]
fn verify_fails_when_another_set_signs_the_handover() {
	let (chain, _) = proven_over_changes();
	let voter = chain.vote(0, &chain.headers[4], 1).id;
	let link = refused(|chain, handover| {
		*handover = chain.handover_with(&chain.headers[4], 1);
	});
	assert_eq!(link, ProofError::JustificationVoter { voter });
}

#[test]
fn verify_fails_when_the_handover_is_signed_for_a_set_of_another_number() {
	let (chain, _) = proven_over_changes();
	let header = &chain.headers[4];
	let link = refused(|chain, handover| {
		let mut other = chain.justify(4, &[0, 1, 2], 0);
		let votes = chain.keys.iter().take(3);
		let votes = votes.map(|key| sign(key, header.hash(), header.number, ROUND, 5));
		other.commit.precommits = votes.collect();
		handover.justification = other.encode().into();
	});
	let voter = chain.vote(0, header, 0).id;
	assert_eq!(link, ProofError::JustificationSignature { voter });
}

#[test]
fn verify_fails_when_two_thirds_do_not_sign_the_handover() {
	let link = refused(|chain, handover| {
		handover.justification = chain.justify(4, &[0, 1], 0).encode().into();
	});
	assert_eq!(link, ProofError::JustificationThreshold);
}

#[test]
fn verify_fails_when_the_justification_of_a_handover_is_for_another_block() {
	let (chain, _) = proven_over_changes();
	let link = refused(|chain, handover| {
		handover.justification = chain.justify(5, &[0, 1, 2], 0).encode().into();
	});
	let hash = chain.headers[5].hash();
	assert_eq!(link, ProofError::JustificationTarget { number: 5, hash });
}

#[test]
fn verify_fails_when_any_field_of_the_header_of_a_handover_was_changed() {
	let (chain, _) = proven_over_changes();
	let hash = chain.headers[4].hash();
	let changes: [fn(&mut Header); 5] = [
		|header| header.number = 5,
		|header| header.parent_hash = H256::repeat_byte(1),
		|header| header.state_root = H256::zero(),
		|header| header.extrinsics_root = H256::repeat_byte(1),
		|header| drop(header.digest.pop()),
	];
	for change in changes {
		let link = refused(|chain, handover| {
			let mut header = chain.headers[4].clone();
			change(&mut header);
			handover.header = header.encode().into();
		});
		assert_eq!(link, ProofError::JustificationTarget { number: 4, hash });
	}
}

#[test]
fn verify_fails_when_a_handover_names_the_authorities_of_a_thief() {
	let (chain, _) = proven_over_changes();
	let hash = chain.headers[4].hash();
	let link = refused(|chain, handover| {
		let mut header = chain.headers[4].clone();
		header.digest.logs[2] = announcement(scheduled(authority_list(chain.keys_of(2)), 0));
		handover.header = header.encode().into();
	});
	assert_eq!(link, ProofError::JustificationTarget { number: 4, hash });
}

#[test]
fn verify_fails_when_a_part_of_a_handover_has_bytes_left_over_or_is_cut() {
	for change in [|bytes: &mut Vec<u8>| bytes.push(0), |bytes: &mut Vec<u8>| _ = bytes.pop()] {
		let link = refused(|_, handover| change(&mut handover.header.0));
		assert_eq!(link, ProofError::Malformed(Part::HandoverHeader));
		let link = refused(|_, handover| change(&mut handover.justification.0));
		assert_eq!(link, ProofError::Malformed(Part::Justification));
	}
}

#[test]
fn verify_fails_when_the_header_announces_no_change() {
	assert_eq!(of_set(0, announcing(vec![])), ProofError::HandoverUnannounced);
	// The same bytes where they do not come from the runtime, or not for GRANDPA.
	let log = scheduled(second_set(), 0).encode();
	for item in [
		DigestItem::PreRuntime(GRANDPA_ENGINE_ID, log.clone()),
		DigestItem::Seal(GRANDPA_ENGINE_ID, log.clone()),
		DigestItem::Consensus(*b"none", log.clone()),
		DigestItem::Other(log),
		announcement(ConsensusLog::OnDisabled(1)),
	] {
		assert_eq!(of_set(0, announcing(vec![item])), ProofError::HandoverUnannounced);
	}
}

#[test]
fn a_change_may_stand_beside_what_else_grandpa_says() {
	let items =
		vec![announcement(ConsensusLog::OnDisabled(1)), announcement(scheduled(second_set(), 0))];
	assert_eq!(announcing(items), Ok(()));
}

#[test]
fn verify_fails_when_the_header_announces_several_changes() {
	let item = announcement(scheduled(second_set(), 0));
	let link = of_set(0, announcing(vec![item.clone(), item]));
	assert_eq!(link, ProofError::HandoverAmbiguous);
}

#[test]
fn verify_fails_when_the_change_is_delayed() {
	let link = of_set(0, announcing(vec![announcement(scheduled(second_set(), 3))]));
	assert_eq!(link, ProofError::HandoverDelayed { delay: 3 });
}

#[test]
fn verify_fails_when_the_change_was_forced() {
	let change = ScheduledChange { next_authorities: second_set(), delay: 0 };
	let forced = announcement(ConsensusLog::ForcedChange(2, change));
	let link = of_set(0, announcing(vec![forced.clone()]));
	assert_eq!(link, ProofError::HandoverForced);
	assert!(link.to_string().contains("--authorities"), "{link}");
	// GRANDPA prefers it to one that was not forced.
	let scheduled = announcement(scheduled(second_set(), 0));
	let link = of_set(0, announcing(vec![scheduled, forced]));
	assert_eq!(link, ProofError::HandoverForced);
}

#[test]
fn verify_fails_when_what_grandpa_says_cannot_be_read() {
	let mut long = scheduled(second_set(), 0).encode();
	long.push(0);
	let short = long[..long.len() - 2].to_vec();
	for log in [vec![], vec![99], short, long] {
		let item = DigestItem::Consensus(GRANDPA_ENGINE_ID, log);
		assert_eq!(of_set(0, announcing(vec![item])), ProofError::Malformed(Part::HandoverChange));
	}
}

#[test]
fn verify_fails_when_the_next_set_has_no_votes() {
	for next in [AuthorityList::new(), vec![(second_set()[0].0.clone(), 0)]] {
		let link = of_set(0, announcing(vec![announcement(scheduled(next, 0))]));
		assert_eq!(link, ProofError::AuthoritySetInvalid);
	}
	let next: AuthorityList = second_set().into_iter().map(|(id, _)| (id, u64::MAX)).collect();
	let link = of_set(0, announcing(vec![announcement(scheduled(next, 0))]));
	assert_eq!(link, ProofError::AuthoritySetInvalid);
}

#[test]
fn an_error_names_the_set_and_the_link() {
	let result = with(|chain, proof| {
		proof.handovers[1].justification = chain.justify(8, &[0], 1).encode().into();
	});
	let text = result.unwrap_err().to_string();
	assert!(text.contains("by authority set 1 does not hold"), "{text}");
	assert!(text.contains("two thirds"), "{text}");
}
