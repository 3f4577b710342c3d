//! How much an institution may send.

use super::{
	interface::runtime_types::{
		hdx_runtime::RuntimeCall,
		pallet_quota::{bucket::Limits, pallet::Call},
	},
	Chain, ChainError, Signer, Until,
};
use hdx_primitives::InstitutionId;

impl Chain {
	/// Sets the bucket of an institution, as governance: `capacity` units when full, the largest burst, and `refill`
	/// units that come back in a second of block time. Both are above zero.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Quota::set_bucket`.
	pub async fn set_quota(
		&self,
		governance: &Signer,
		institution: InstitutionId,
		capacity: u32,
		refill: u32,
		until: Until,
	) -> Result<(), ChainError> {
		let limits = Some(Limits { capacity, refill });
		let call = Call::set_bucket { institution: institution.into(), limits };
		self.govern("Quota::set_bucket", RuntimeCall::Quota(call), governance, until).await?;
		Ok(())
	}
}
