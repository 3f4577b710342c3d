//! A note as whoever gave it keeps it, and as whoever it is for is told it.
//!
//! A delegate's consent is kept and shared with the delegation that it was given under: both are proven together.

use super::{
	element::{Element, Hidden},
	place::Place,
	secret_file::{self, Kind, SecretFile},
};
use crate::{error::Error, shielded_error::ShieldedError};
use ark_std::rand::rngs::StdRng;
use hdx_zk_circuits::note::{Note, PatientKey, Policy, ProviderTag, Recipient};
use serde::{Deserialize, Serialize};
use std::{
	fmt,
	path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// A note, and where it is.
#[derive(Clone)]
pub struct KeptNote {
	note: Zeroizing<Note>,
	leaf: Element,
	to: To,
	/// The delegation that it was given under. None of what somebody gave for themselves.
	under: Option<Box<KeptNote>>,
	/// The hash of the first block of the chain that it is for.
	genesis: String,
	place: Option<Place>,
}

/// Whom a note is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum To {
	/// A provider, by its tag.
	Provider(ProviderTag),
	/// A study, by its digest.
	Study(Element),
	/// A delegate, by the key of their wallet.
	Delegate(PatientKey),
}

impl To {
	/// The tag, the digest, or the key.
	pub fn element(self) -> Element {
		match self {
			Self::Provider(tag) => Element(tag.0),
			Self::Study(digest) => digest,
			Self::Delegate(key) => Element(key.0),
		}
	}

	/// What a note for them is, in a word.
	pub fn described(self) -> &'static str {
		match self {
			Self::Provider(_) | Self::Study(_) => "consent",
			Self::Delegate(_) => "delegation",
		}
	}

	/// Whom a note by this granter is for, and about whom: under a delegation, about its patient.
	fn recipient(self, granter: PatientKey, under: Option<&KeptNote>) -> Recipient {
		match (self, under) {
			(Self::Provider(tag), Some(delegation)) => {
				Recipient::by_delegate(tag, delegation.leaf.0)
			},
			(Self::Provider(tag), None) => Recipient::provider(tag, granter),
			(Self::Study(digest), _) => Recipient::study(digest.0, granter),
			(Self::Delegate(key), _) => Recipient::delegate(key, granter),
		}
	}
}

/// A note as it is written: masks and times as its policy has them.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenNote {
	genesis: String,
	leaf: Element,
	#[serde(default, skip_serializing_if = "Option::is_none")]
	provider: Option<Element>,
	/// Instead of a provider: the digest of a study.
	#[serde(default, skip_serializing_if = "Option::is_none")]
	study: Option<Element>,
	/// Instead of a provider: the key of a delegate.
	#[serde(default, skip_serializing_if = "Option::is_none")]
	delegate: Option<Element>,
	/// The delegation that a delegate gave it under.
	#[serde(default, skip_serializing_if = "Option::is_none")]
	under: Option<Box<WrittenShared>>,
	categories: u64,
	purposes: u32,
	from: u64,
	until: u64,
	nonce: Hidden,
	place: Option<Place>,
}

/// A note as others are told it: what makes it be its granter's, without the granter's secret.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenShared {
	/// Who gave it: the patient, or of a consent under a delegation the delegate.
	patient: Element,
	note: WrittenNote,
}

impl KeptNote {
	/// A new note, which is kept nowhere yet.
	pub(super) fn draw(
		granter: PatientKey,
		to: To,
		policy: Policy,
		genesis: String,
		generator: &mut StdRng,
	) -> Self {
		Self::new(granter, to, None, policy, &Hidden::draw(generator), genesis)
	}

	/// A new consent under a delegation, for the chain of the delegation, which is kept nowhere yet.
	pub(super) fn draw_under(
		granter: PatientKey,
		provider: ProviderTag,
		delegation: Self,
		policy: Policy,
		generator: &mut StdRng,
	) -> Self {
		let (to, genesis) = (To::Provider(provider), delegation.genesis.clone());
		let under = Some(Box::new(delegation));
		Self::new(granter, to, under, policy, &Hidden::draw(generator), genesis)
	}

	fn new(
		granter: PatientKey,
		to: To,
		under: Option<Box<Self>>,
		policy: Policy,
		nonce: &Hidden,
		genesis: String,
	) -> Self {
		let recipient = to.recipient(granter, under.as_deref());
		let note = Zeroizing::new(Note { granter, recipient, policy, nonce: nonce.expose() });
		Self { leaf: Element(note.leaf()), note, to, under, genesis, place: None }
	}

	/// Writes it into a new file, for whoever it is for.
	pub fn share(&self, path: &Path) -> Result<PathBuf, Error> {
		secret_file::create(path, self.kind(), &self.shared())
	}

	/// As what it is told to whoever it is for.
	fn kind(&self) -> Kind {
		match self.to {
			To::Provider(_) | To::Study(_) => Kind::Note,
			To::Delegate(_) => Kind::Delegation,
		}
	}

	/// Reads what was written for a provider, and checks that it is what it says.
	pub fn read_shared(path: &Path) -> Result<Self, Error> {
		Self::read_as(path, Kind::Note)
	}

	/// Reads what was written for a delegate, and checks that it is what it says.
	pub fn read_delegation(path: &Path) -> Result<Self, Error> {
		Self::read_as(path, Kind::Delegation)
	}

	/// Reads either, as whoever else acts for its granter does.
	pub fn read_given(path: &Path) -> Result<Self, Error> {
		match SecretFile::read(path)?.kind() {
			Kind::Delegation => Self::read_delegation(path),
			_ => Self::read_shared(path),
		}
	}

	fn read_as(path: &Path, kind: Kind) -> Result<Self, Error> {
		Self::of_file(&SecretFile::read(path)?, path, kind)
	}

	fn of_file(file: &SecretFile, path: &Path, kind: Kind) -> Result<Self, Error> {
		let written: WrittenShared = file.content(kind)?;
		let read = Self::of_shared(written).and_then(|note| {
			let other = || format!("note {} is a {}", note.leaf, note.to.described());
			(note.kind() == kind).then_some(()).ok_or_else(other)?;
			Ok(note)
		});
		read.map_err(|detail| secret_file::damaged(path, kind.described(), detail).into())
	}

	/// The note itself.
	pub fn note(&self) -> &Note {
		&self.note
	}

	/// Its leaf.
	pub fn leaf(&self) -> Element {
		self.leaf
	}

	/// For whom it is.
	pub fn to(&self) -> To {
		self.to
	}

	/// The provider for whom it is; none of a consent to take part in a study, and of a delegation.
	pub fn provider(&self) -> Option<ProviderTag> {
		match self.to {
			To::Provider(tag) => Some(tag),
			To::Study(_) | To::Delegate(_) => None,
		}
	}

	/// The delegation that it was given under.
	pub fn under(&self) -> Option<&Self> {
		self.under.as_deref()
	}

	/// About whose records it is: of a delegate's consent, those of the patient who delegated.
	pub fn patient(&self) -> PatientKey {
		self.under().unwrap_or(self).note.granter
	}

	/// Where it is, as far as was told.
	pub fn place(&self) -> Option<Place> {
		self.place
	}

	/// Keeps where it is.
	pub(super) fn set_place(&mut self, place: Place) {
		self.place = Some(place);
	}

	/// Whether it is for the chain with this first block.
	pub fn is_for(&self, genesis: &str) -> bool {
		self.genesis == genesis
	}

	/// Fails where it is for another chain.
	pub fn ensure_for(&self, genesis: &str) -> Result<(), ShieldedError> {
		if self.is_for(genesis) {
			return Ok(());
		}
		let (expected, found) = (self.genesis.clone(), genesis.to_owned());
		Err(ShieldedError::OtherChain { leaf: self.leaf.to_string(), expected, found })
	}

	fn shared(&self) -> WrittenShared {
		WrittenShared { patient: Element(self.note.granter.0), note: self.written() }
	}

	pub(super) fn written(&self) -> WrittenNote {
		let policy = &self.note.policy;
		let element = Some(self.to.element());
		let (provider, study, delegate) = match self.to {
			To::Provider(_) => (element, None, None),
			To::Study(_) => (None, element, None),
			To::Delegate(_) => (None, None, element),
		};
		WrittenNote {
			genesis: self.genesis.clone(),
			leaf: self.leaf,
			provider,
			study,
			delegate,
			under: self.under().map(|delegation| Box::new(delegation.shared())),
			categories: policy.categories(),
			purposes: policy.purposes(),
			from: policy.valid_from(),
			until: policy.valid_until(),
			nonce: Hidden::new(self.note.nonce),
			place: self.place,
		}
	}

	fn of_shared(WrittenShared { patient, note }: WrittenShared) -> Result<Self, String> {
		Self::read(note, PatientKey(patient.0))
	}

	/// What was written, if it is what it says, and this granter's.
	pub(super) fn read(written: WrittenNote, granter: PatientKey) -> Result<Self, String> {
		let leaf = written.leaf;
		let kept = Self::made(written, granter)?;
		if kept.leaf != leaf {
			return Err(format!("note {leaf} was altered, or is another patient's"));
		}
		Ok(kept)
	}

	/// What was written, whatever its leaf.
	fn made(written: WrittenNote, granter: PatientKey) -> Result<Self, String> {
		let WrittenNote { genesis, leaf, provider, study, delegate, under, nonce, place, .. } =
			written;
		let to = match (provider, study, delegate) {
			(Some(tag), None, None) => To::Provider(ProviderTag(tag.0)),
			(None, Some(digest), None) => To::Study(digest),
			(None, None, Some(key)) => To::Delegate(PatientKey(key.0)),
			_ => {
				return Err(format!(
					"note {leaf} is for several of a provider, a study and a delegate, or for none"
				))
			},
		};
		let under = match under {
			Some(written) => {
				let delegation = Self::of_shared(*written)?;
				let is_theirs = delegation.to == To::Delegate(granter);
				let takes_one = matches!(to, To::Provider(_));
				if !is_theirs || !takes_one || !delegation.is_for(&genesis) {
					return Err(format!("note {leaf} was not given under that delegation"));
				}
				Some(Box::new(delegation))
			},
			None => None,
		};
		let policy = Policy::new(written.categories, written.purposes, written.from, written.until);
		let policy = policy.map_err(|error| format!("of note {leaf}: {error}"))?;
		Ok(Self { place, ..Self::new(granter, to, under, policy, &nonce, genesis) })
	}

	/// What was written, with the leaves that belong to it, and under a delegation to this granter.
	#[cfg(fuzzing)]
	pub(super) fn mended(mut written: WrittenNote, granter: PatientKey) -> Option<Self> {
		if let Some(shared) = written.under.take() {
			let WrittenShared { patient, mut note } = *shared;
			(note.provider, note.study, note.delegate) = (None, None, Some(Element(granter.0)));
			note.genesis.clone_from(&written.genesis);
			let delegation = Self::mended(note, PatientKey(patient.0))?;
			written.under = Some(Box::new(delegation.shared()));
		}
		Self::made(written, granter).ok()
	}
}

/// Reads anything as a note for whoever it is for, also with the leaves that belong to it. What is read is written, and
/// read again.
#[cfg(fuzzing)]
pub(crate) fn fuzz(file: &SecretFile) {
	let kind = file.kind();
	let read = |file: &SecretFile| KeptNote::of_file(file, Path::new("note"), kind);
	let mended = |WrittenShared { patient, note }: WrittenShared| {
		KeptNote::mended(note, PatientKey(patient.0)).filter(|note| note.kind() == kind)
	};
	secret_file::fuzz(file, kind, read, mended, KeptNote::shared);
}

impl fmt::Debug for KeptNote {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "KeptNote({}, at {:?})", self.leaf, self.place)
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::commands::{shielded::wallet::Wallet, zk::random};
	use hdx_zk_circuits::{note::Purpose, Fr};
	use std::fs;

	const GENESIS: &str = "0x07";
	const PLACE: Place = Place { tree: 0, index: 5 };

	/// A patient, a delegate, and what they gave.
	struct Scene {
		directory: tempfile::TempDir,
		patient: Wallet,
		delegate: Wallet,
		delegation: KeptNote,
		consent: KeptNote,
	}

	fn provider() -> ProviderTag {
		ProviderTag(Fr::from(7u64))
	}

	impl Scene {
		fn new() -> Self {
			let directory = tempfile::tempdir().unwrap();
			let mut generator = random::generator().unwrap();
			let (patient, delegate) = (Wallet::new(&mut generator), Wallet::new(&mut generator));
			let policy = Policy::new(0b1001, Purpose::TREATMENT.mask(), 3, 9).unwrap();
			let (to, genesis) = (delegate.patient(), GENESIS.to_owned());
			let mut delegation = patient.draw_for_delegate(to, policy, genesis, &mut generator);
			delegation.set_place(PLACE);
			let under = delegation.clone();
			let consent = delegate.draw_under(under, provider(), policy, &mut generator);
			Self { directory, patient, delegate, delegation, consent }
		}

		/// What becomes of a note that is shared.
		fn shared(&self, note: &KeptNote, name: &str) -> (PathBuf, String) {
			let path = self.directory.path().join(name);
			note.share(&path).unwrap();
			let text = fs::read_to_string(&path).unwrap();
			(path, text)
		}
	}

	#[test]
	fn a_delegation_is_the_patients_for_the_delegate() {
		let Scene { patient, delegate, delegation, .. } = Scene::new();
		assert_eq!(delegation.note().granter, patient.patient());
		let recipient = Recipient::delegate(delegate.patient(), patient.patient());
		assert_eq!(delegation.note().recipient, recipient);
		assert_eq!((delegation.provider(), delegation.patient()), (None, patient.patient()));
		assert_eq!(delegation.to().described(), "delegation");
	}

	#[test]
	fn a_consent_under_a_delegation_is_the_delegates_about_the_patient() {
		let Scene { patient, delegate, delegation, consent, .. } = Scene::new();
		assert_eq!(consent.note().granter, delegate.patient());
		let recipient = Recipient::by_delegate(provider(), delegation.leaf().0);
		assert_eq!(consent.note().recipient, recipient);
		assert_eq!((consent.provider(), consent.patient()), (Some(provider()), patient.patient()));
		assert!(consent.is_for(GENESIS));
	}

	#[test]
	fn a_delegate_reads_the_delegation_and_a_provider_the_consent_with_it() {
		let scene = Scene::new();
		let (path, _) = scene.shared(&scene.delegation, "delegation");
		let read = KeptNote::read_delegation(&path).unwrap();
		assert_eq!(read.note(), scene.delegation.note());
		assert_eq!((read.to(), read.place()), (scene.delegation.to(), Some(PLACE)));
		assert_eq!(KeptNote::read_shared(&path).unwrap_err().code(), "other-kind");

		let (path, text) = scene.shared(&scene.consent, "consent");
		let read = KeptNote::read_shared(&path).unwrap();
		assert_eq!((read.note(), read.place()), (scene.consent.note(), None));
		let under = read.under().unwrap();
		assert_eq!((under.note(), under.place()), (scene.delegation.note(), Some(PLACE)));
		assert_eq!(KeptNote::read_delegation(&path).unwrap_err().code(), "other-kind");
		// Neither says by whom it was given but by their keys.
		for wallet in [&scene.patient, &scene.delegate] {
			let file = scene.directory.path().join("wallet");
			wallet.create(&file).unwrap();
			let kept = fs::read_to_string(&file).unwrap();
			fs::remove_file(&file).unwrap();
			let kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
			let secret = kept.pointer("/content/secret").and_then(|value| value.as_str()).unwrap();
			assert!(!text.contains(secret));
		}
	}

	#[test]
	fn a_shared_file_fails_when_it_is_called_something_else() {
		let scene = Scene::new();
		let (path, text) = scene.shared(&scene.delegation, "delegation");
		fs::write(&path, text.replace("hdx-shielded-delegation", "hdx-shielded-note")).unwrap();
		assert_eq!(KeptNote::read_shared(&path).unwrap_err().code(), "damaged-file");
		let (path, text) = scene.shared(&scene.consent, "consent");
		fs::write(&path, text.replace("hdx-shielded-note", "hdx-shielded-delegation")).unwrap();
		assert_eq!(KeptNote::read_delegation(&path).unwrap_err().code(), "damaged-file");
	}

	#[test]
	fn a_wallet_reads_what_was_given_under_a_delegation_and_fails_when_that_was_altered() {
		let mut scene = Scene::new();
		let path = scene.directory.path().join("wallet");
		scene.delegate.add(&path, scene.consent.clone()).unwrap();
		scene.delegate.create(&path).unwrap();
		let read = Wallet::read(&path).unwrap();
		let kept = read.note(scene.consent.leaf()).unwrap();
		assert_eq!(kept.under().map(KeptNote::leaf), Some(scene.delegation.leaf()));

		let text = fs::read_to_string(&path).unwrap();
		let of = |pointer: &str| {
			let kept: serde_json::Value = serde_json::from_str(&text).unwrap();
			let found = kept.pointer(&format!("/content/notes/0/under/{pointer}")).unwrap();
			found.as_str().unwrap().to_owned()
		};
		let other = Element(Fr::from(8u64)).to_string();
		for pointer in ["patient", "note/delegate", "note/nonce", "note/leaf"] {
			fs::write(&path, text.replace(&of(pointer), &other)).unwrap();
			let error = Wallet::read(&path).unwrap_err();
			assert_eq!(error.code(), "damaged-file", "{pointer}: {error}");
		}
	}

	#[test]
	fn what_is_no_consent_for_a_provider_is_given_under_no_delegation() {
		let scene = Scene::new();
		let granter = scene.delegate.patient();
		let written = |to| {
			let policy = scene.delegation.note().policy;
			let mut generator = random::generator().unwrap();
			let genesis = GENESIS.to_owned();
			let note = KeptNote::draw(granter, to, policy, genesis, &mut generator);
			let under = Some(Box::new(scene.delegation.shared()));
			WrittenNote { under, ..note.written() }
		};
		for to in [To::Study(Element(Fr::from(3u64))), To::Delegate(scene.patient.patient())] {
			let error = KeptNote::read(written(to), granter).unwrap_err();
			assert!(error.contains("not given under"), "{error}");
		}
		// Nor by anybody but the delegate, nor for another chain.
		let stranger = scene.patient.patient();
		let error = KeptNote::read(scene.consent.written(), stranger).unwrap_err();
		assert!(error.contains("not given under"), "{error}");
		let genesis = "0x08".to_owned();
		let elsewhere = WrittenNote { genesis, ..scene.consent.written() };
		let error = KeptNote::read(elsewhere, granter).unwrap_err();
		assert!(error.contains("not given under"), "{error}");
	}
}
