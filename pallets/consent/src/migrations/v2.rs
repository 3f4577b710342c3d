//! From layout 1 to layout 2: consents have terms, versions and somebody who granted them;
//! templates can be retired.
//!
//! A consent of before becomes the first version of itself, granted by the patient, without terms.
//! Its number, status and times stay. Nothing of what it permits changes.
//!
//! All consents and templates are translated in one block, so the chain must be small enough for
//! that when it upgrades.

use crate::{
	pallet::Pallet,
	types::{ConsentRecord, ConsentTerms, DocumentTemplate, GrantedBy, SignedDocument},
	AllConsentsOf, Config, ConsentCountOf, Consents, TemplateNumbers, Templates, TemplatesInUse,
};
use alloc::{collections::BTreeMap, vec::Vec};
use codec::{Decode, Encode};
use core::marker::PhantomData;
use frame_support::{
	migrations::VersionedMigration,
	traits::{Get, UncheckedOnRuntimeUpgrade},
	weights::Weight,
};
use hdx_primitives::{
	engine::{Policy, Status},
	AccountId, ConsentId, Milliseconds, TemplateId, H256,
};
#[cfg(feature = "try-runtime")]
use sp_runtime::TryRuntimeError;

/// The migration, which runs on layout 1 only.
pub type MigrateV1ToV2<T> =
	VersionedMigration<1, 2, Unchecked<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// A consent, as layout 1 has it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct ConsentRecordV1 {
	/// Who gave it.
	pub patient: AccountId,
	/// Whether it is in force.
	pub status: Status,
	/// Its version; always one.
	pub version: u32,
	/// When it was given.
	pub given_at: Milliseconds,
	/// When it was revoked.
	pub revoked_at: Option<Milliseconds>,
	/// What the patient signed.
	pub document: SignedDocument,
	/// What it permits and denies.
	pub policy: Policy,
}

/// A template, as layout 1 has it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct DocumentTemplateV1 {
	/// BLAKE2b-256 of the URI.
	pub uri_hash: [u8; 32],
	/// The version of the document.
	pub version: u32,
	/// When it was published.
	pub published_at: Milliseconds,
}

impl ConsentRecordV1 {
	/// The same consent in layout 2.
	pub fn migrated(self, consent: ConsentId) -> ConsentRecord {
		ConsentRecord {
			patient: self.patient,
			status: self.status,
			version: self.version,
			given_at: self.given_at,
			granted_by: GrantedBy::Patient,
			revoked_at: self.revoked_at,
			document: self.document,
			policy: self.policy,
			terms: ConsentTerms::default(),
			renewal_stopped_at: None,
			previous: H256::zero(),
			hash: H256::zero(),
		}
		.hashed(consent)
	}
}

/// The migration without a look at the layout; only [`MigrateV1ToV2`] should run it.
pub struct Unchecked<T>(PhantomData<T>);

impl<T: Config> UncheckedOnRuntimeUpgrade for Unchecked<T> {
	fn on_runtime_upgrade() -> Weight {
		let consents = migrate_consents::<T>();
		let templates = migrate_templates::<T>();
		T::DbWeight::get().reads_writes(consents.saturating_add(templates), {
			// A consent and its place; a template and its number; each count, at most as often.
			consents.saturating_mul(3).saturating_add(templates.saturating_mul(3))
		})
	}

	#[cfg(feature = "try-runtime")]
	fn pre_upgrade() -> Result<Vec<u8>, TryRuntimeError> {
		let consents = Consents::<T>::iter_keys().count();
		let templates = Templates::<T>::iter_keys().count();
		Ok((count(consents), count(templates)).encode())
	}

	#[cfg(feature = "try-runtime")]
	fn post_upgrade(before: Vec<u8>) -> Result<(), TryRuntimeError> {
		let after = (count(Consents::<T>::iter().count()), count(Templates::<T>::iter().count()));
		let before = <(u64, u64)>::decode(&mut before.as_slice())
			.map_err(|_| "what was counted before the migration cannot be read")?;
		frame_support::ensure!(before == after, "the migration lost a consent or a template");
		Pallet::<T>::do_try_state()
	}
}

fn migrate_consents<T: Config>() -> u64 {
	let mut numbers: BTreeMap<AccountId, Vec<ConsentId>> = BTreeMap::new();
	Consents::<T>::translate::<ConsentRecordV1, _>(|consent, old| {
		numbers.entry(old.patient.clone()).or_default().push(consent);
		Some(old.migrated(consent))
	});
	let mut migrated = 0u64;
	for (patient, mut consents) in numbers {
		consents.sort();
		for (place, consent) in (0u32..).zip(&consents) {
			AllConsentsOf::<T>::insert(&patient, place, consent);
		}
		ConsentCountOf::<T>::insert(&patient, u32::try_from(consents.len()).unwrap_or(u32::MAX));
		migrated = migrated.saturating_add(count(consents.len()));
	}
	migrated
}

/// Layout 1 let the same document be published twice; the first number stands for it.
fn migrate_templates<T: Config>() -> u64 {
	let mut numbers: BTreeMap<([u8; 32], u32), TemplateId> = BTreeMap::new();
	let mut migrated = 0u32;
	Templates::<T>::translate::<DocumentTemplateV1, _>(|template, old| {
		let number = numbers.entry((old.uri_hash, old.version)).or_insert(template);
		*number = template.min(*number);
		migrated = migrated.saturating_add(1);
		Some(DocumentTemplate {
			uri_hash: old.uri_hash,
			version: old.version,
			published_at: old.published_at,
			retired_at: None,
		})
	});
	for (document, template) in numbers {
		TemplateNumbers::<T>::insert(document, template);
	}
	TemplatesInUse::<T>::put(migrated);
	migrated.into()
}

fn count(items: usize) -> u64 {
	u64::try_from(items).unwrap_or(u64::MAX)
}
