//! Creating DIDs, and changing them.

use super::super::{
	interface::{self, runtime_types::bounded_collections::bounded_vec::BoundedVec},
	submit::Included,
	Chain, ChainError, Signer, Until,
};
use hdx_primitives::{
	did::{KeyIndex, KeyMaterial, NewKey, Relationships, Service, ServiceId},
	AccountId,
};

/// A change of the document of a DID.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DidChange {
	/// Lists a key, in force from the time of the block on.
	AddKey {
		/// The public key.
		material: KeyMaterial,
		/// What it may be used for.
		relationships: Relationships,
	},
	/// Ends a key at the time of the block. It stays listed.
	EndKey(KeyIndex),
	/// Ends a key, and lists another for the same relationships in its place.
	RotateKey {
		/// Which ends.
		key: KeyIndex,
		/// What takes its place.
		material: KeyMaterial,
	},
	/// Lets another account change the document. Only the subject can.
	AddController(AccountId),
	/// Takes that power away. Only the subject can, and that controller.
	RemoveController(AccountId),
	/// Lists a service, or changes what the service of that id says.
	SetService(Service),
	/// Removes a service.
	RemoveService(ServiceId),
	/// Ends the DID, and all its keys with it, for ever.
	Deactivate,
}

impl Chain {
	/// Creates the signer's DID, in version 1, with its first keys. Returns their indices.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of `Did::create`.
	pub async fn create_did(
		&self,
		subject: &Signer,
		keys: Vec<NewKey>,
		until: Until,
	) -> Result<Vec<KeyIndex>, ChainError> {
		let count = u32::try_from(keys.len()).map_err(ChainError::transport)?;
		let keys = BoundedVec(keys.into_iter().map(Into::into).collect());
		let call = interface::transactions().did().create(keys);
		self.submit("Did::create", &call, subject, until).await?;
		Ok((0..count).map(KeyIndex).collect())
	}

	/// Changes the document of a DID that has the version `expected_version`. Returns the index of
	/// the key that was added, where one was.
	///
	/// The signer is the subject, or one of the controllers.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of the pallet's call: `VersionMismatch` where the
	/// document has changed in the meantime.
	pub async fn change_did(
		&self,
		signer: &Signer,
		subject: &AccountId,
		expected_version: u32,
		change: DidChange,
		until: Until,
	) -> Result<Option<KeyIndex>, ChainError> {
		let included =
			self.submit_change(signer, subject.clone(), expected_version, change, until).await?;
		let added = included.find::<interface::did::events::KeyAdded>()?;
		Ok(added.map(|event| event.key.0))
	}

	async fn submit_change(
		&self,
		signer: &Signer,
		subject: AccountId,
		version: u32,
		change: DidChange,
		until: Until,
	) -> Result<Included, ChainError> {
		let calls = interface::transactions().did();
		let subject = subject.into();
		match change {
			DidChange::AddKey { material, relationships } => {
				let call = calls.add_key(subject, version, material.into(), relationships.into());
				self.submit("Did::add_key", &call, signer, until).await
			},
			DidChange::EndKey(key) => {
				let call = calls.end_key(subject, version, key.into());
				self.submit("Did::end_key", &call, signer, until).await
			},
			DidChange::RotateKey { key, material } => {
				let call = calls.rotate_key(subject, version, key.into(), material.into());
				self.submit("Did::rotate_key", &call, signer, until).await
			},
			DidChange::AddController(controller) => {
				let call = calls.add_controller(subject, version, controller.into());
				self.submit("Did::add_controller", &call, signer, until).await
			},
			DidChange::RemoveController(controller) => {
				let call = calls.remove_controller(subject, version, controller.into());
				self.submit("Did::remove_controller", &call, signer, until).await
			},
			DidChange::SetService(service) => {
				let call = calls.set_service(subject, version, service.into());
				self.submit("Did::set_service", &call, signer, until).await
			},
			DidChange::RemoveService(id) => {
				let call = calls.remove_service(subject, version, BoundedVec(id.into_inner()));
				self.submit("Did::remove_service", &call, signer, until).await
			},
			DidChange::Deactivate => {
				let call = calls.deactivate(subject, version);
				self.submit("Did::deactivate", &call, signer, until).await
			},
		}
	}
}
