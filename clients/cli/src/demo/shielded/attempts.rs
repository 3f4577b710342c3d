//! What must not work with a proof: another class, another record, another signer, and more than a proof is about.

use super::{
	consent::Given,
	expect_denial, expect_refusal_here,
	request::{Asking, Proofs},
};
use crate::{
	commands::Context,
	demo::{access::expect_refusal, narrator::Narrator, DemoError, Scene},
};
use hdx_primitives::{
	engine::terminology::sensitivity, AccessProof, AccessRequest, DenialReason, Milliseconds,
	RequestedCodes, Target,
};
use hdx_sdk::chain::{Signer, Until};

/// Longer than a grant by proof holds: an hour.
const TOO_LONG: Milliseconds = Milliseconds(60 * 60 * 1_000);

/// Each attempt is refused. The proof was not used before: what is denied uses none up.
pub async fn refused(
	scene: Scene<'_>,
	asking: &Asking,
	given: &Given,
	proofs: &Proofs,
	narrator: &mut Narrator,
) -> Result<(), DemoError> {
	let physician = &scene.cast.practitioner;
	let elsewhere =
		AccessRequest { target: Target::Record(given.other_record), ..asking.request.clone() };
	let by_physician = async {
		let class = "a proof for another class";
		not_proven(scene, class, physician, &asking.also, &proofs.access).await?;
		let record = "a proof for another record";
		not_proven(scene, record, physician, &elsewhere, &proofs.access).await
	};
	let colleague = &given.colleague;
	let by_colleague =
		not_proven(scene, "a colleague's proof", colleague, &asking.request, &proofs.access);
	tokio::try_join!(by_physician, by_colleague)?;
	narrator.step("the proof for another class, for another record, and sent by a colleague: denied each time (NotProven)");

	let labels = RequestedCodes::try_from(vec![sensitivity::PSY])
		.map_err(|_| DemoError::unexpected("the request", "room for a label", "none"))?;
	let labelled = AccessRequest { labels, ..asking.request.clone() };
	let longer = AccessRequest { duration: TOO_LONG, ..asking.request.clone() };
	for (step, refusal, request) in [
		("a proof for a sensitivity label", "ProofNamesNoLabels", labelled),
		("a proof for an hour", "ProvenTooLong", longer),
	] {
		let proof = proofs.access.clone();
		let answer = scene
			.chain
			.request_access_by_proof(physician, request, None, proof, Until::InBlock)
			.await;
		expect_refusal(step, refusal, answer)?;
	}
	narrator.step("with it, for what has a sensitivity label: refused (ProofNamesNoLabels); for an hour: refused (ProvenTooLong)");
	Ok(())
}

/// What the consent does not cover is not even proven.
pub async fn not_covered(
	scene: Scene<'_>,
	asking: &Asking,
	context: &Context,
	narrator: &mut Narrator,
) -> Result<(), DemoError> {
	let outside = asking.proof_of(scene, &asking.outside, context).await;
	let words = expect_refusal_here("a class that is not covered", "not-covered", outside)?;
	narrator.step("a class that the consent does not cover: hdx proves nothing (not-covered)");
	narrator.detail(words);
	Ok(())
}

/// The chain denies this: what is proven is something else.
async fn not_proven(
	scene: Scene<'_>,
	step: &'static str,
	signer: &Signer,
	request: &AccessRequest,
	proof: &AccessProof,
) -> Result<(), DemoError> {
	let (request, proof) = (request.clone(), proof.clone());
	let answer =
		scene.chain.request_access_by_proof(signer, request, None, proof, Until::InBlock).await;
	expect_denial(step, DenialReason::NotProven, answer)?;
	Ok(())
}
