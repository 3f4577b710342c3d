//! Licences of which the chain has a hash alone, and the auditors for whom identities are encrypted.

use super::{
	interface::{
		self,
		runtime_types::{hdx_runtime::RuntimeCall, pallet_shielded_licence::pallet::Call},
	},
	AtBlock, Chain, ChainError, Signer, Until,
};
use codec::Decode;
use hdx_primitives::{AccountId, CredentialId, Milliseconds, PublicInput};

/// Places that the chain looks at in one page of licences that lapsed.
const PLACES_PER_PAGE: u32 = 256;

/// A licence in the tree.
#[derive(Clone, PartialEq, Eq, Debug, Decode)]
pub struct HiddenLicence {
	/// Whose it is.
	pub practitioner: AccountId,
	/// Which, as the provider registry numbers it.
	pub licence: CredentialId,
	/// Its hash.
	pub leaf: PublicInput,
	/// When it was entered.
	pub entered_at: Milliseconds,
}

/// Who reads the identities that are encrypted with a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Decode)]
pub struct IdentityAuditor {
	/// The key: a point of Jubjub, compressed.
	pub key: [u8; 32],
	/// When governance appointed the auditor.
	pub appointed_at: Milliseconds,
}

impl Chain {
	/// Enters the hash of a licence, as the issuer who attested it; tells its place.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ShieldedLicence::enter_licence`.
	pub async fn enter_licence(
		&self,
		issuer: &Signer,
		practitioner: AccountId,
		licence: CredentialId,
		leaf: PublicInput,
		until: Until,
	) -> Result<u32, ChainError> {
		let call = interface::transactions().shielded_licence().enter_licence(
			practitioner.into(),
			licence.into(),
			leaf,
		);
		let included = self.submit("ShieldedLicence::enter_licence", &call, issuer, until).await?;
		let event: interface::shielded_licence::events::LicenceEntered =
			included.event("LicenceEntered")?;
		Ok(event.place)
	}

	/// Takes a licence out of the tree: as the issuer who attested it, or as anybody where it does not stand any more.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ShieldedLicence::remove_licence`.
	pub async fn remove_licence(
		&self,
		signer: &Signer,
		licence: CredentialId,
		until: Until,
	) -> Result<(), ChainError> {
		let call = interface::transactions().shielded_licence().remove_licence(licence.into());
		let included = self.submit("ShieldedLicence::remove_licence", &call, signer, until).await?;
		let _: interface::shielded_licence::events::LicenceRemoved =
			included.event("LicenceRemoved")?;
		Ok(())
	}

	/// Takes a licence out of the tree, as governance.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ShieldedLicence::remove_licence_by_governance`.
	pub async fn remove_licence_by_governance(
		&self,
		governance: &Signer,
		licence: CredentialId,
		until: Until,
	) -> Result<(), ChainError> {
		let call = Call::remove_licence_by_governance { licence: licence.into() };
		let name = "ShieldedLicence::remove_licence_by_governance";
		self.govern(name, RuntimeCall::ShieldedLicence(call), governance, until).await?;
		Ok(())
	}

	/// A licence that is in the tree, and its place. `None`: it is not.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where there is no such block, [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn hidden_licence(
		&self,
		licence: CredentialId,
		block: AtBlock,
	) -> Result<Option<(u32, HiddenLicence)>, ChainError> {
		let query = interface::view_functions().shielded_licence().entered(licence.into());
		self.view(block, query).await
	}

	/// All leaves of the tree, in the order of their places, with zero where there is none. Whoever asks for all tells
	/// nobody which one they are about.
	///
	/// # Errors
	///
	/// Those of [`hidden_licence`](Self::hidden_licence).
	pub async fn licence_leaves(&self, block: AtBlock) -> Result<Vec<PublicInput>, ChainError> {
		let mut leaves = Vec::new();
		loop {
			let from = u32::try_from(leaves.len()).map_err(ChainError::transport)?;
			let query = interface::view_functions().shielded_licence().leaves(from);
			let mut page: Vec<PublicInput> = self.view(block, query).await?;
			if page.is_empty() {
				return Ok(leaves);
			}
			leaves.append(&mut page);
		}
	}

	/// The root of the tree. `None`: no licence was ever entered, or the chain's state is damaged.
	///
	/// # Errors
	///
	/// Those of [`hidden_licence`](Self::hidden_licence).
	pub async fn licence_root(&self, block: AtBlock) -> Result<Option<PublicInput>, ChainError> {
		let query = interface::view_functions().shielded_licence().root();
		self.view(block, query).await
	}

	/// The licences that are in the tree and do not stand any more, among so many places.
	///
	/// # Errors
	///
	/// Those of [`hidden_licence`](Self::hidden_licence).
	pub async fn lapsed_licences(
		&self,
		places: u32,
		block: AtBlock,
	) -> Result<Vec<(u32, HiddenLicence)>, ChainError> {
		let mut lapsed = Vec::new();
		for from in (0..places).step_by(PLACES_PER_PAGE as usize) {
			let query = interface::view_functions().shielded_licence().lapsed(from);
			let mut page: Vec<(u32, HiddenLicence)> = self.view(block, query).await?;
			lapsed.append(&mut page);
		}
		Ok(lapsed)
	}

	/// The auditor for whom identities are encrypted, and their number. `None`: none is in office.
	///
	/// # Errors
	///
	/// Those of [`hidden_licence`](Self::hidden_licence).
	pub async fn identity_auditor(
		&self,
		block: AtBlock,
	) -> Result<Option<(u32, IdentityAuditor)>, ChainError> {
		let query = interface::view_functions().shielded_licence().auditor();
		self.view(block, query).await
	}

	/// Appoints the auditor with this key, as governance; tells their number.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ShieldedLicence::appoint_auditor`.
	pub async fn appoint_auditor(
		&self,
		governance: &Signer,
		key: [u8; 32],
		until: Until,
	) -> Result<u32, ChainError> {
		let call = RuntimeCall::ShieldedLicence(Call::appoint_auditor { key });
		let included =
			self.govern("ShieldedLicence::appoint_auditor", call, governance, until).await?;
		let event: interface::shielded_licence::events::AuditorAppointed =
			included.event("AuditorAppointed")?;
		Ok(event.number)
	}

	/// Dismisses the auditor in office, as governance; tells their number.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `ShieldedLicence::dismiss_auditor`.
	pub async fn dismiss_auditor(
		&self,
		governance: &Signer,
		until: Until,
	) -> Result<u32, ChainError> {
		let call = RuntimeCall::ShieldedLicence(Call::dismiss_auditor);
		let included =
			self.govern("ShieldedLicence::dismiss_auditor", call, governance, until).await?;
		let event: interface::shielded_licence::events::AuditorDismissed =
			included.event("AuditorDismissed")?;
		Ok(event.number)
	}
}
