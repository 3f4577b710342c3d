//! What each call costs.

use frame_support::weights::Weight;

/// The weights that this pallet needs: one a call, and two where two sorts of callers take different
/// paths.
pub trait WeightInfo {
	/// Of `register_institution`.
	fn register_institution() -> Weight;
	/// Of `set_institution_status`.
	fn set_institution_status() -> Weight;
	/// Enrolling a practitioner in `r` roles.
	fn enrol_practitioner(r: u32) -> Weight;
	/// Of `set_practitioner_status_by_operator`.
	fn set_practitioner_status_by_operator() -> Weight;
	/// Of `set_practitioner_status_by_governance`.
	fn set_practitioner_status_by_governance() -> Weight;
	/// Of `remove_practitioner`.
	fn remove_practitioner() -> Weight;
	/// Of `add_affiliation`.
	fn add_affiliation() -> Weight;
	/// Of `revoke_credential`.
	fn revoke_credential() -> Weight;
	/// Of `accredit`.
	fn accredit() -> Weight;
	/// Of `renew_accreditation`.
	fn renew_accreditation() -> Weight;
	/// Of `set_accreditation_status`.
	fn set_accreditation_status() -> Weight;
	/// Of `require_accreditation`.
	fn require_accreditation() -> Weight;
	/// Of `register_issuer`.
	fn register_issuer() -> Weight;
	/// Of `set_issuer_kinds`.
	fn set_issuer_kinds() -> Weight;
	/// Of `set_issuer_status`.
	fn set_issuer_status() -> Weight;
	/// Of `attest_credential`.
	fn attest_credential() -> Weight;
	/// Of `renew_credential`.
	fn renew_credential() -> Weight;
	/// Of `suspend_credential`.
	fn suspend_credential() -> Weight;
	/// Of `reinstate_credential`.
	fn reinstate_credential() -> Weight;
	/// Of `register_second_key`.
	fn register_second_key() -> Weight;
	/// Of `replace_second_key`.
	fn replace_second_key() -> Weight;
	/// Of `reset_second_key`.
	fn reset_second_key() -> Weight;
	/// Of `register_oracle`.
	fn register_oracle() -> Weight;
	/// Of `remove_oracle`.
	fn remove_oracle() -> Weight;
	/// Of `set_oracle_status`.
	fn set_oracle_status() -> Weight;
	/// Of `set_oracle_terms`.
	fn set_oracle_terms() -> Weight;
	/// Of `report_status`.
	fn report_status() -> Weight;
	/// Of `leave`.
	fn leave() -> Weight;
	/// Of `offer_transfer`.
	fn offer_transfer() -> Weight;
	/// Of `withdraw_transfer`.
	fn withdraw_transfer() -> Weight;
	/// Of `accept_transfer`.
	fn accept_transfer() -> Weight;
	/// Of `rotate_account`.
	fn rotate_account() -> Weight;
	/// Of `appeal`.
	fn appeal() -> Weight;
	/// Of `decide_appeal`.
	fn decide_appeal() -> Weight;
	/// Of `withdraw_appeal`.
	fn withdraw_appeal() -> Weight;
	/// Of `replace_account`.
	fn replace_account() -> Weight;
	/// Of `take_over`.
	fn take_over() -> Weight;
}
