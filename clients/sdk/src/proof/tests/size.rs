//! How large a proof is and how long checking it takes, in a log of a million entries.

use super::chain::chain_with;
use std::time::Instant;

/// Most bytes beside the justification, whose size is that of the signatures of the validators.
const AIM: usize = 4 * 1024;

#[test]
fn a_proof_from_a_short_log_is_small() {
	let (_, proof) = super::chain::proven();
	assert!(proof.bytes_beside_justification() <= AIM);
}

/// A figure to report, and not a limit: `cargo test --release -- --ignored --nocapture a_million`.
#[test]
#[ignore = "takes a minute, and measures"]
fn proofs_in_a_log_of_a_million_entries() {
	let (blocks, each) = (100_000, 10);
	let chain = chain_with(blocks, |_| each);
	let mut verified = 0;
	let (mut bytes, mut took) = (Vec::new(), Vec::new());
	for index in (0..u64::from(blocks * each)).step_by(9_973) {
		// The block after the entry's has its leaf in the MMR; the last block is as far as can be.
		let proof = chain.proof(index, blocks);
		bytes.push((proof.bytes_beside_justification(), proof.justification.0.len()));
		let since = Instant::now();
		let entry = proof.verify(&chain.trust()).unwrap();
		took.push(since.elapsed());
		assert_eq!(entry.index.0, index);
		verified += 1;
	}
	took.sort_unstable();
	let (most, justification) = *bytes.iter().max().unwrap();
	println!(
		"{verified} proofs, {} entries in {blocks} blocks: at most {most} bytes beside the justification of \
		 {justification} bytes (4 validators); checked in {:?} (median), {:?} (slowest)",
		blocks * each,
		took[took.len() / 2],
		took[took.len() - 1],
	);
	assert!(most <= AIM, "{most}");
}
