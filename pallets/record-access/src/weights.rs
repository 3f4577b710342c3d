//! What the calls cost.

use frame_support::weights::Weight;
use hdx_primitives::{engine::MAX_PROVISIONS, LookedAt};

/// The weight of each call.
pub trait WeightInfo {
	/// Of `register_record`.
	fn register_record() -> Weight;
	/// Of `request_access`, at its dearer outcome, where the patient has so many consents of the largest, and the
	/// practitioner so many credentials. `second_keys`: one where a second key signed, zero where none did.
	fn request_access(consents: u32, credentials: u32, second_keys: u32) -> Weight;
	/// Of `request_access` with the longest lists, where the patient has a consent of so many provisions, each
	/// comparing the lists as long as it can and withholding references, and so many more consents of two
	/// provisions; by a practitioner with so many credentials, and signed by so many second keys.
	fn request_access_referenced(
		provisions: u32,
		more: u32,
		credentials: u32,
		second_keys: u32,
	) -> Weight;
	/// The same where provisions withhold codes.
	fn request_access_coded(
		provisions: u32,
		more: u32,
		credentials: u32,
		second_keys: u32,
	) -> Weight;
	/// Of `request_access` where the patient has one consent of so many provisions, and no second key is
	/// needed. Nothing is charged it: it says what most requests take of what they are charged.
	fn request_access_usual(provisions: u32) -> Weight;
	/// Of `revoke_grant`.
	fn revoke_grant() -> Weight;
	/// Of `record_disclosure`, where the patient has so many consents of the largest.
	fn record_disclosure(consents: u32) -> Weight;
	/// Of `set_role_permissions`.
	fn set_role_permissions() -> Weight;
	/// Setting a required level.
	fn set_required_level() -> Weight;
	/// Of `break_glass` that is denied for the last of its reasons.
	fn break_glass_denied() -> Weight;
	/// Of `break_glass` that is granted: what it overrides is looked at, for the log.
	fn break_glass() -> Weight;
	/// Of `review_break_glass` of one by proof, by a privacy officer.
	fn review_break_glass() -> Weight;
	/// Of `set_emergency_terms`.
	fn set_emergency_terms() -> Weight;
	/// Of `record_disclosures` under so many grants, each about a patient with a consent of the largest. Besides it
	/// they have so many more, all patients together.
	fn record_disclosures(uses: u32, more: u32) -> Weight;
	/// Of `record_disclosures` under so many grants, each about a patient with one consent of eight
	/// provisions. Nothing is charged it, as with [`WeightInfo::request_access_usual`].
	fn record_disclosures_usual(uses: u32) -> Weight;
	/// Of `offer_custody`.
	fn offer_custody() -> Weight;
	/// Of `withdraw_custody_offer`.
	fn withdraw_custody_offer() -> Weight;
	/// Of `accept_custody`.
	fn accept_custody() -> Weight;
	/// Of `restrict`.
	fn restrict() -> Weight;
	/// Of `lift_restriction`.
	fn lift_restriction() -> Weight;
	/// Of `dispute_record`.
	fn dispute_record() -> Weight;
	/// Of `answer_dispute`.
	fn answer_dispute() -> Weight;
	/// Of `record_erasure`.
	fn record_erasure() -> Weight;
	/// Of `request_erasure`.
	fn request_erasure() -> Weight;
	/// Of `refuse_erasure`.
	fn refuse_erasure() -> Weight;
	/// Of `update_record`, under a grant.
	fn update_record() -> Weight;
	/// Of `retire_record`.
	fn retire_record() -> Weight;
	/// Of `reinstate_record`.
	fn reinstate_record() -> Weight;
	/// Of `set_subject_tag`.
	fn set_subject_tag() -> Weight;
	/// What a request by proof takes besides one without a proof, and besides the proof: the record's subject tag, and the
	/// mark of the grant.
	fn beside_access_proof() -> Weight;
	/// What a break-glass by proof takes besides one without a proof, and besides the proof: whether the signer operates the
	/// institution, and the evidence.
	fn beside_emergency_proof() -> Weight;
}

/// What `record_disclosures` costs under so many grants, of whose patients all together have so many more consents than one
/// each. A consent more is looked at in a batch as it is alone, so it is charged no less, whatever was measured of batches that
/// are smaller than the largest.
pub fn batch<W: WeightInfo>(uses: u32, more: u32) -> Weight {
	let each = W::record_disclosure(2).saturating_sub(W::record_disclosure(1));
	let as_alone = W::record_disclosures(uses, 0).saturating_add(each.saturating_mul(more.into()));
	W::record_disclosures(uses, more).max(as_alone)
}

/// What a request for access costs that looked at so much of the consents.
///
/// It is what was measured of one consent with as many provisions as there were, and of the other consents with two each.
/// That is never less than what was done:
///
/// - a provision is charged as one that takes the longest of what it can hold, whatever it holds, whichever consent it is in,
///   and whether it was about the request or not. Of two kinds that are the longest in different ways, the dearer is charged;
/// - what a consent takes besides is charged for each, with two provisions that are charged twice. Putting together what several
///   consents withhold is charged as a provision more for each of them beyond the first, with those two: at most eight of
///   a consent's provisions name what an answer can hold, and what they name is looked for in the others' as in their own;
/// - the lists of the request are charged as the longest. What they take depends on how many provisions they are compared
///   with, and no sum of components says that; the longest are the bound, and they are short;
/// - provisions beyond those of one consent were not measured in one: they are charged no less than a provision of the
///   largest consents is, as those were measured by `request_access`. Where there are as many as full consents have, the
///   whole is charged no less than was measured of these;
/// - what consents did not come to is not charged: a request that is refused before is one that looked at none.
///
/// More of anything is charged no less, so that the most of everything bounds whatever is charged afterwards.
pub fn request<W: WeightInfo>(looked_at: LookedAt, credentials: u32, second_keys: u32) -> Weight {
	let referenced = |provisions: u32, more: u32| {
		W::request_access_referenced(provisions, more, credentials, second_keys)
	};
	let coded = |provisions: u32, more: u32| {
		W::request_access_coded(provisions, more, credentials, second_keys)
	};
	let full = |consents: u32| W::request_access(consents, credentials, second_keys);
	let LookedAt { consents, provisions } = looked_at;
	let more = consents.saturating_sub(1);
	let charged_as = provisions.saturating_add(more);
	let within = charged_as.min(MAX_PROVISIONS);
	let measured = referenced(within, more).max(coded(within, more));

	let beyond = u64::from(charged_as.saturating_sub(within));
	let each = referenced(1, 0).saturating_sub(referenced(0, 0));
	let each = each.max(coded(1, 0).saturating_sub(coded(0, 0)));
	let of_full = full(2).saturating_sub(full(1)).saturating_mul(beyond);
	let of_full = of_full.saturating_div(MAX_PROVISIONS.into());
	let charged = measured.saturating_add(each.saturating_mul(beyond).max(of_full));

	match provisions.checked_div(MAX_PROVISIONS).unwrap_or_default() {
		0 => charged,
		consents => charged.max(full(consents)),
	}
}
