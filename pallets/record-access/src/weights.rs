//! What the calls cost.

use frame_support::weights::Weight;

/// The weight of each call.
pub trait WeightInfo {
	/// Of `register_record`.
	fn register_record() -> Weight;
	/// Of `request_access`, at its dearer outcome, where the patient has so many consents of the largest, and the
	/// practitioner so many credentials. `second_keys`: one where a second key signed, zero where none did.
	fn request_access(consents: u32, credentials: u32, second_keys: u32) -> Weight;
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
