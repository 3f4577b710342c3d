//! Calls that governance alone may make. Where a chain has a sudo key, its holder makes them alone;
//! elsewhere a referendum does, which is no single signature's business.

use super::{
	interface::{
		self,
		runtime_types::{hdx_runtime::RuntimeCall, sp_runtime::DispatchError},
	},
	Chain, ChainError, Included, Signer, Until,
};
use hdx_primitives::AccountId;

impl Chain {
	/// The account that may do alone whatever governance may. Chains of consortia have none.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn sudo_key(&self) -> Result<Option<AccountId>, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().sudo().key();
		let found = at.storage().try_fetch(address, ()).await.map_err(ChainError::transport)?;
		let found = found.map(|value| value.decode()).transpose().map_err(ChainError::transport)?;
		Ok(found.map(|key| key.0))
	}

	/// Makes a call as governance, and fails if the runtime refused it inside.
	pub(super) async fn govern(
		&self,
		name: &str,
		call: RuntimeCall,
		signer: &Signer,
		until: Until,
	) -> Result<Included, ChainError> {
		let key = self.sudo_key().await?;
		if key.as_ref() != Some(&signer.account()) {
			return Err(ChainError::GovernanceDecides { call: name.to_owned(), key });
		}
		let call = interface::transactions().sudo().sudo(call);
		let included = self.submit(name, &call, signer, until).await?;
		// The transaction succeeds even where the call in it is refused: the event tells.
		let event: interface::sudo::events::Sudid = included.event("Sudid")?;
		match event.sudo_result {
			Ok(()) => Ok(included),
			Err(error) => Err(self.refused_inside(name, &error).await?),
		}
	}

	/// Why the runtime refused a call that another call made.
	async fn refused_inside(
		&self,
		call: &str,
		error: &DispatchError,
	) -> Result<ChainError, ChainError> {
		let call = call.to_owned();
		let DispatchError::Module(module) = error else {
			return Ok(ChainError::RefusedOtherwise { call, reason: format!("{error:?}") });
		};
		let metadata = self.best().await?.metadata();
		let pallet = metadata.pallet_by_error_index(module.index);
		let code = module.error.first().copied().unwrap_or_default();
		let found = pallet.and_then(|pallet| {
			pallet.error_variant_by_index(code).map(|variant| (pallet.name().to_owned(), variant))
		});
		Ok(match found {
			Some((pallet, variant)) => ChainError::Refused {
				call,
				pallet,
				error: variant.name.clone(),
				docs: variant.docs.join(" "),
			},
			None => ChainError::RefusedOtherwise { call, reason: format!("{error:?}") },
		})
	}
}
