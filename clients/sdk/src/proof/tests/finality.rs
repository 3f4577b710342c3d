//! Justifications.

use super::chain::*;
use crate::proof::{AuditProof, Part, ProofError};
use codec::Encode;
use sp_consensus_grandpa::{AuthorityPair, AuthoritySignature};
use sp_core::{Pair, H256};

/// What becomes of the proof with another justification.
fn with(make: impl FnOnce(&Chain, &mut Justification)) -> Result<(), ProofError> {
	let (mut chain, mut proof) = proven();
	let mut justification = chain.justify(10, &[0, 1, 2], 0);
	// Blocks that come after the one that the proof is about.
	let more = chain_with(14, |block| block % 6);
	chain.headers = more.headers;
	make(&chain, &mut justification);
	proof.justification = justification.encode().into();
	let result = proof.verify(&chain.trust());
	assert_eq!(result, proof.verify(&chain.trust_authorities(0)));
	result.map(|_| ())
}

fn id(chain: &Chain, voter: usize) -> sp_consensus_grandpa::AuthorityId {
	chain.keys[voter].public()
}

#[test]
fn votes_of_all_are_as_good_as_of_more_than_two_thirds() {
	assert_eq!(with(|_, _| ()), Ok(()));
	assert_eq!(with(|chain, all| *all = chain.justify(10, &[0, 1, 2, 3], 0)), Ok(()));
}

#[test]
fn votes_for_later_blocks_count_with_their_headers() {
	let result = with(|chain, justification| {
		let vote = chain.vote(3, &chain.headers[13], 0);
		justification.commit.precommits[2] = vote;
		justification.votes_ancestries = chain.headers[11..=13].to_vec();
	});
	assert_eq!(result, Ok(()));
}

#[test]
fn verify_fails_when_the_justification_has_bytes_left_over() {
	let (chain, mut proof) = proven();
	proof.justification.0.push(0);
	assert_eq!(proof.verify(&chain.trust()), Err(ProofError::Malformed(Part::Justification)));
}

#[test]
fn verify_fails_when_the_justification_is_for_another_block() {
	let (chain, _) = proven();
	let hash = chain.headers[9].hash();
	assert_eq!(
		with(|chain, other| *other = chain.justify(9, &[0, 1, 2], 0)),
		Err(ProofError::JustificationTarget { number: 9, hash })
	);
	let hash = chain.headers[10].hash();
	assert_eq!(
		with(|_, justification| justification.commit.target_number = 11),
		Err(ProofError::JustificationTarget { number: 11, hash })
	);
	let hash = H256::repeat_byte(1);
	assert_eq!(
		with(|_, justification| justification.commit.target_hash = hash),
		Err(ProofError::JustificationTarget { number: 10, hash })
	);
}

#[test]
fn verify_fails_when_a_signature_was_changed() {
	for voter in 0..3 {
		let result = with(|_, justification| {
			let vote = &mut justification.commit.precommits[voter];
			let mut raw = [0; 64];
			raw.copy_from_slice(vote.signature.as_ref());
			raw[5] ^= 1;
			vote.signature = AuthoritySignature::from(sp_core::ed25519::Signature::from_raw(raw));
		});
		let (chain, _) = proven();
		let voter = id(&chain, voter);
		assert_eq!(result, Err(ProofError::JustificationSignature { voter }));
	}
}

#[test]
fn verify_fails_when_the_round_was_changed() {
	let (chain, _) = proven();
	let voter = id(&chain, 0);
	assert_eq!(
		with(|_, justification| justification.round += 1),
		Err(ProofError::JustificationSignature { voter })
	);
}

#[test]
fn verify_fails_when_the_votes_are_of_another_set() {
	let (chain, _) = proven();
	let voter = id(&chain, 0);
	assert_eq!(
		with(|chain, other| *other = chain.justify(10, &[0, 1, 2], 1)),
		Err(ProofError::JustificationSignature { voter })
	);
}

#[test]
fn verify_fails_when_a_vote_was_changed() {
	let (chain, _) = proven();
	for change in [
		|vote: &mut Vote| vote.precommit.target_number += 1,
		|vote: &mut Vote| vote.precommit.target_hash = H256::zero(),
	] {
		assert_eq!(
			with(|_, justification| change(&mut justification.commit.precommits[1])),
			Err(ProofError::JustificationSignature { voter: id(&chain, 1) })
		);
	}
}

#[test]
fn verify_fails_when_one_voter_signs_for_another() {
	let (chain, _) = proven();
	let voter = id(&chain, 3);
	assert_eq!(
		with(|chain, justification| justification.commit.precommits[2].id = id(chain, 3)),
		Err(ProofError::JustificationSignature { voter })
	);
}

#[test]
fn verify_fails_when_a_voter_is_no_authority() {
	let stranger = AuthorityPair::from_seed(&[77; 32]);
	let voter = stranger.public();
	let result = with(|chain, justification| {
		let hash = chain.headers[10].hash();
		justification.commit.precommits.push(sign(&stranger, hash, 10, ROUND, 0));
	});
	assert_eq!(result, Err(ProofError::JustificationVoter { voter }));
}

#[test]
fn verify_fails_when_two_thirds_are_not_exceeded() {
	for voters in [&[0, 1][..], &[2], &[]] {
		assert_eq!(
			with(|chain, few| *few = chain.justify(10, voters, 0)),
			Err(ProofError::JustificationThreshold)
		);
	}
}

#[test]
fn verify_fails_when_one_voter_is_counted_twice() {
	assert_eq!(
		with(|chain, twice| *twice = chain.justify(10, &[0, 1, 1], 0)),
		Err(ProofError::JustificationThreshold)
	);
}

#[test]
fn verify_fails_when_there_are_more_votes_than_can_count() {
	let most = [0, 1, 2, 3, 0, 1, 2, 3];
	assert_eq!(with(|chain, all| *all = chain.justify(10, &most, 0)), Ok(()));
	let more = [&most[..], &[0]].concat();
	assert_eq!(
		with(|chain, all| *all = chain.justify(10, &more, 0)),
		Err(ProofError::JustificationVotes { found: 9, most: 8 })
	);
}

#[test]
fn verify_fails_when_a_higher_block_has_the_votes() {
	let result = with(|chain, justification| {
		for (voter, vote) in justification.commit.precommits.iter_mut().enumerate() {
			*vote = chain.vote(voter, &chain.headers[11], 0);
		}
	});
	assert_eq!(result, Err(ProofError::JustificationThreshold));
}

#[test]
fn verify_fails_when_the_header_of_a_later_vote_is_missing() {
	for missing in 0..3 {
		let result = with(|chain, justification| {
			justification.commit.precommits[2] = chain.vote(3, &chain.headers[13], 0);
			justification.votes_ancestries = chain.headers[11..=13].to_vec();
			justification.votes_ancestries.remove(missing);
		});
		assert_eq!(result, Err(ProofError::JustificationAncestry));
	}
}

#[test]
fn verify_fails_when_a_vote_is_for_a_fork() {
	let result = with(|chain, justification| {
		let mut fork = chain.headers[10].clone();
		fork.state_root = H256::zero();
		justification.commit.precommits[2] = chain.vote(2, &fork, 0);
		justification.votes_ancestries = vec![fork];
	});
	assert_eq!(result, Err(ProofError::JustificationAncestry));
}

#[test]
fn verify_fails_when_a_header_has_no_use() {
	let result = with(|chain, justification| {
		justification.votes_ancestries = vec![chain.headers[11].clone()];
	});
	assert_eq!(result, Err(ProofError::JustificationAncestryUnused));
	let result = with(|chain, justification| {
		justification.commit.precommits[2] = chain.vote(3, &chain.headers[11], 0);
		justification.votes_ancestries = vec![chain.headers[11].clone(); 2];
	});
	assert_eq!(result, Err(ProofError::JustificationAncestryUnused));
}

#[test]
fn verify_fails_when_any_field_of_the_finalized_header_was_changed() {
	let (chain, proof) = proven();
	let hash = chain.headers[10].hash();
	let changes: [fn(&mut crate::proof::Header); 5] = [
		|header| header.number = 11,
		|header| header.parent_hash = H256::repeat_byte(1),
		|header| header.state_root = H256::zero(),
		|header| header.extrinsics_root = H256::repeat_byte(1),
		|header| drop(header.digest.pop()),
	];
	for change in changes {
		let mut header = chain.headers[10].clone();
		change(&mut header);
		let proof = AuditProof { finalized_header: header.encode().into(), ..proof.clone() };
		assert_eq!(
			proof.verify(&chain.trust()),
			Err(ProofError::JustificationTarget { number: 10, hash })
		);
	}
}

#[test]
fn verify_fails_when_the_finalized_header_has_bytes_left_over() {
	let (chain, mut proof) = proven();
	proof.finalized_header.0.push(0);
	assert_eq!(proof.verify(&chain.trust()), Err(ProofError::Malformed(Part::FinalizedHeader)));
}
