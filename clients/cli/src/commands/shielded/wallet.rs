//! A patient's wallet: the secret, and the notes that were given with it.
//!
//! A note is written before anybody is told of it. Whoever loses one can neither show it to its provider nor revoke it.
//!
//! A patient's key holds the key of a guardian, if there is one: then patient and guardian have a wallet each, with secrets of
//! their own, and either acts for the patient.

use super::{
	element::{Element, Hidden},
	kept::{KeptNote, To, WrittenNote},
	place::{Place, Which},
	secret_file::{self, Kind, SecretFile},
};
use crate::{error::Error, shielded_error::ShieldedError};
use ark_std::rand::rngs::StdRng;
use hdx_zk_circuits::note::{Authority, AuthorityKey, PatientKey, Policy, ProviderTag, Secret};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Most notes of a wallet: what a file that is read has room for.
const MAX_NOTES: usize = 4_096;

/// A wallet.
#[derive(Debug)]
pub struct Wallet {
	secret: Hidden,
	authority: Authority,
	notes: Vec<KeptNote>,
}

/// Who acts for the patient besides the owner of a wallet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Besides {
	/// Nobody: the owner is the patient.
	Nobody,
	/// The patient's guardian. The owner is the patient.
	Guardian(AuthorityKey),
	/// The patient. The owner is the guardian.
	Patient(AuthorityKey),
}

/// A wallet as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
	patient: Element,
	secret: Hidden,
	/// The key of the patient's guardian, in the patient's wallet.
	#[serde(default, skip_serializing_if = "Option::is_none")]
	guardian: Option<Element>,
	/// The patient's own key, in the guardian's wallet.
	#[serde(default, skip_serializing_if = "Option::is_none")]
	ward: Option<Element>,
	notes: Vec<WrittenNote>,
}

impl Written {
	fn besides(&self) -> Result<Besides, String> {
		Ok(match (self.guardian, self.ward) {
			(None, None) => Besides::Nobody,
			(Some(guardian), None) => Besides::Guardian(AuthorityKey(guardian.0)),
			(None, Some(patient)) => Besides::Patient(AuthorityKey(patient.0)),
			(Some(_), Some(_)) => return Err("it is a patient's and a guardian's".to_owned()),
		})
	}
}

impl Wallet {
	/// A new wallet without notes, which is written nowhere yet.
	pub fn new(generator: &mut StdRng) -> Self {
		Self::of(Hidden::draw(generator), Besides::Nobody)
	}

	/// The same for a patient who has a guardian, by the guardian's own key.
	pub fn with_guardian(guardian: AuthorityKey, generator: &mut StdRng) -> Self {
		Self::of(Hidden::draw(generator), Besides::Guardian(guardian))
	}

	/// A wallet without notes of the same owner as guardian of a patient, by the patient's own key.
	pub fn as_guardian_of(&self, patient: AuthorityKey) -> Self {
		Self::of(self.secret.clone(), Besides::Patient(patient))
	}

	fn of(secret: Hidden, besides: Besides) -> Self {
		let own = Secret::new(secret.expose());
		let key = AuthorityKey::of(&own);
		let (patient, guardian) = match besides {
			Besides::Nobody => (key, AuthorityKey::NOBODY),
			Besides::Guardian(guardian) => (key, guardian),
			Besides::Patient(patient) => (patient, key),
		};
		let authority = Authority { secret: own, patient, guardian };
		Self { secret, authority, notes: Vec::new() }
	}

	/// Reads a wallet, and checks that each note is what it says.
	pub fn read(path: &Path) -> Result<Self, Error> {
		Self::of_file(&SecretFile::read(path)?, path)
	}

	fn of_file(file: &SecretFile, path: &Path) -> Result<Self, Error> {
		let written: Written = file.content(Kind::Wallet)?;
		let read = Self::of_written(written);
		read.map_err(|detail| secret_file::damaged(path, Kind::Wallet.described(), detail).into())
	}

	fn of_written(written: Written) -> Result<Self, String> {
		let besides = written.besides()?;
		let mut wallet = Self::of(written.secret, besides);
		if wallet.patient().0 != written.patient.0 {
			return Err("the secret does not belong to the patient's key".to_owned());
		}
		for note in written.notes {
			let note = KeptNote::read(note, wallet.patient())?;
			if wallet.note(note.leaf()).is_some() {
				return Err(format!("note {} is there twice", note.leaf()));
			}
			wallet.notes.push(note);
		}
		Ok(wallet)
	}

	/// What was written, with the hashes that belong to it.
	#[cfg(fuzzing)]
	fn mended(written: Written) -> Option<Self> {
		let besides = written.besides().ok()?;
		let mut wallet = Self::of(written.secret, besides);
		for note in written.notes {
			let note = KeptNote::mended(note, wallet.patient())?;
			if wallet.note(note.leaf()).is_none() {
				wallet.notes.push(note);
			}
		}
		Some(wallet)
	}

	fn besides(&self) -> Besides {
		let Authority { patient, guardian, .. } = &self.authority;
		if *patient != self.own_key() {
			Besides::Patient(*patient)
		} else if *guardian == AuthorityKey::NOBODY {
			Besides::Nobody
		} else {
			Besides::Guardian(*guardian)
		}
	}

	fn written(&self) -> Written {
		let (guardian, ward) = match self.besides() {
			Besides::Nobody => (None, None),
			Besides::Guardian(key) => (Some(Element(key.0)), None),
			Besides::Patient(key) => (None, Some(Element(key.0))),
		};
		Written {
			patient: Element(self.patient().0),
			secret: self.secret.clone(),
			guardian,
			ward,
			notes: self.notes.iter().map(KeptNote::written).collect(),
		}
	}

	/// Writes it into a new file.
	pub fn create(&self, path: &Path) -> Result<PathBuf, Error> {
		secret_file::create(path, Kind::Wallet, &self.written())
	}

	/// Reads a wallet, changes it, and puts it into the place of the old one. Where the change fails, that stays.
	pub fn change<T>(
		path: &Path,
		change: impl FnOnce(&mut Self) -> Result<T, Error>,
	) -> Result<T, Error> {
		// Two grants at the same time must not lose each other's note.
		let _alone = secret_file::lock(path)?;
		let mut wallet = Self::read(path)?;
		let done = change(&mut wallet)?;
		secret_file::replace(path, Kind::Wallet, &wallet.written())?;
		Ok(done)
	}

	/// Who acts with it.
	pub fn authority(&self) -> &Authority {
		&self.authority
	}

	/// What the patient is known by.
	pub fn patient(&self) -> PatientKey {
		self.authority.patient_key()
	}

	/// What the owner is known by to the guardian, or to the patient whose guardian the owner is.
	pub fn own_key(&self) -> AuthorityKey {
		AuthorityKey::of(&self.authority.secret)
	}

	/// Whether the owner acts as the patient's guardian.
	pub fn is_guardians(&self) -> bool {
		matches!(self.besides(), Besides::Patient(_))
	}

	/// All notes, in the order in which they were made.
	pub fn notes(&self) -> &[KeptNote] {
		&self.notes
	}

	/// The note of a leaf.
	pub fn note(&self, leaf: Element) -> Option<&KeptNote> {
		self.notes.iter().find(|note| note.leaf() == leaf)
	}

	/// The note that is meant, on the chain with this first block.
	pub fn find(&self, which: Which, genesis: &str) -> Option<&KeptNote> {
		match which {
			Which::Leaf(leaf) => self.note(leaf),
			Which::Place(place) => {
				self.notes.iter().find(|note| note.place() == Some(place) && note.is_for(genesis))
			},
		}
	}

	/// A new note, which is kept nowhere yet.
	pub fn draw(
		&self,
		provider: ProviderTag,
		policy: Policy,
		genesis: String,
		generator: &mut StdRng,
	) -> KeptNote {
		KeptNote::draw(self.patient(), To::Provider(provider), policy, genesis, generator)
	}

	/// A new consent to take part in a study, by its digest, which is kept nowhere yet.
	pub fn draw_for_study(
		&self,
		digest: Element,
		policy: Policy,
		genesis: String,
		generator: &mut StdRng,
	) -> KeptNote {
		KeptNote::draw(self.patient(), To::Study(digest), policy, genesis, generator)
	}

	/// A new delegation, which is kept nowhere yet.
	pub fn draw_for_delegate(
		&self,
		delegate: PatientKey,
		policy: Policy,
		genesis: String,
		generator: &mut StdRng,
	) -> KeptNote {
		KeptNote::draw(self.patient(), To::Delegate(delegate), policy, genesis, generator)
	}

	/// A new consent under a delegation to this wallet, which is kept nowhere yet.
	pub fn draw_under(
		&self,
		delegation: KeptNote,
		provider: ProviderTag,
		policy: Policy,
		generator: &mut StdRng,
	) -> KeptNote {
		KeptNote::draw_under(self.patient(), provider, delegation, policy, generator)
	}

	/// Keeps a note.
	pub fn add(&mut self, path: &Path, note: KeptNote) -> Result<(), Error> {
		if self.notes.len() >= MAX_NOTES {
			let path = path.to_owned();
			return Err(ShieldedError::WalletFull { path, limit: MAX_NOTES }.into());
		}
		self.notes.push(note);
		Ok(())
	}

	/// Keeps where a note is.
	pub fn record(&mut self, leaf: Element, place: Place) {
		for note in self.notes.iter_mut().filter(|note| note.leaf() == leaf) {
			note.set_place(place);
		}
	}
}

/// Reads anything as a wallet, also with the hashes that belong to it. What is read is written, and read again.
#[cfg(fuzzing)]
pub(crate) fn fuzz(file: &SecretFile) {
	let read = |file: &SecretFile| Wallet::of_file(file, Path::new("wallet"));
	secret_file::fuzz(file, Kind::Wallet, read, Wallet::mended, Wallet::written);
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

	use super::*;
	use crate::commands::zk::random;
	use hdx_zk_circuits::note::{Purpose, Recipient};
	use std::fs;

	const GENESIS: &str = "0x07";
	const PLACE: Place = Place { tree: 0, index: 5 };

	/// A wallet in a file, with a note that nobody was told of.
	struct Scene {
		directory: tempfile::TempDir,
		wallet: Wallet,
		note: KeptNote,
	}

	impl Scene {
		fn new() -> Self {
			let directory = tempfile::tempdir().unwrap();
			let mut generator = random::generator().unwrap();
			let mut wallet = Wallet::new(&mut generator);
			let policy = Policy::new(u64::MAX, Purpose::TREATMENT.mask(), 3, 9).unwrap();
			let provider = ProviderTag(Hidden::draw(&mut generator).expose());
			let note = wallet.draw(provider, policy, GENESIS.to_owned(), &mut generator);
			let path = directory.path().join("wallet");
			wallet.add(&path, note.clone()).unwrap();
			wallet.create(&path).unwrap();
			Self { directory, wallet, note }
		}

		fn path(&self) -> PathBuf {
			self.directory.path().join("wallet")
		}

		fn text(&self) -> String {
			fs::read_to_string(self.path()).unwrap()
		}
	}

	#[test]
	fn a_wallet_is_read_as_it_was_written() {
		let scene = Scene::new();
		let read = Wallet::read(&scene.path()).unwrap();
		assert_eq!(read.patient(), scene.wallet.patient());
		assert_eq!(read.authority(), scene.wallet.authority());
		let [note] = read.notes() else { panic!("{read:?}") };
		assert_eq!(note.note(), scene.note.note());
		assert_eq!((note.leaf().0, note.provider()), (note.note().leaf(), scene.note.provider()));
		assert_eq!(note.place(), None);
		assert!(note.is_for(GENESIS) && note.ensure_for("0x08").is_err());
		assert!(scene.wallet.create(&scene.path()).is_err(), "a wallet was overwritten");
	}

	#[test]
	fn a_patient_and_their_guardian_act_for_the_same_patient_with_secrets_of_their_own() {
		let directory = tempfile::tempdir().unwrap();
		let mut generator = random::generator().unwrap();
		let guardian = Wallet::new(&mut generator);
		let patient = Wallet::with_guardian(guardian.own_key(), &mut generator);
		let acting = guardian.as_guardian_of(patient.own_key());
		assert_eq!(acting.patient(), patient.patient());
		assert_ne!(acting.patient(), guardian.patient());
		assert_ne!(acting.authority().secret, patient.authority().secret);
		assert_eq!((acting.is_guardians(), patient.is_guardians()), (true, false));
		assert!(!guardian.is_guardians());
		for (name, wallet) in [("patient", &patient), ("guardian", &acting)] {
			let path = directory.path().join(name);
			wallet.create(&path).unwrap();
			let read = Wallet::read(&path).unwrap();
			assert_eq!(read.authority(), wallet.authority());
			// Without the other one's key, and with another, it is somebody else's.
			let text = fs::read_to_string(&path).unwrap();
			let other = if wallet.is_guardians() { patient.own_key() } else { guardian.own_key() };
			let (other, mine) = (Element(other.0).to_string(), Element(wallet.own_key().0));
			for altered in [
				text.replace(&other, &mine.to_string()),
				text.replace("\"guardian\"", "\"ward\""),
				text.replace("\"ward\"", "\"guardian\""),
			] {
				fs::write(&path, &altered).unwrap();
				let is_same = altered == text;
				assert_eq!(Wallet::read(&path).is_ok(), is_same, "{altered}");
			}
		}
	}

	#[test]
	fn a_wallet_fails_when_it_is_a_patients_and_a_guardians() {
		let scene = Scene::new();
		let key = Element(scene.wallet.own_key().0);
		let both = format!("\"guardian\": \"{key}\", \"ward\": \"{key}\", \"notes\"");
		fs::write(scene.path(), scene.text().replace("\"notes\"", &both)).unwrap();
		let error = Wallet::read(&scene.path()).unwrap_err();
		assert!(error.to_string().contains("a patient's and a guardian's"), "{error}");
	}

	#[test]
	fn a_consent_to_take_part_is_read_as_it_was_written() {
		let scene = Scene::new();
		let mut generator = random::generator().unwrap();
		let policy = Policy::new(1, Purpose::RESEARCH.mask(), 3, 9).unwrap();
		let digest = Element(Hidden::draw(&mut generator).expose());
		let genesis = GENESIS.to_owned();
		let note = scene.wallet.draw_for_study(digest, policy, genesis, &mut generator);
		let recipient = Recipient::study(digest.0, scene.wallet.patient());
		assert_eq!(note.note().recipient, recipient);
		let path = scene.path();
		Wallet::change(&path, |wallet| wallet.add(&path, note.clone())).unwrap();
		let read = Wallet::read(&path).unwrap();
		let kept = read.note(note.leaf()).unwrap();
		assert_eq!((kept.to(), kept.provider()), (To::Study(digest), None));
		// For both, or for neither, it is for nobody.
		let text = scene.text();
		let study = format!("\"study\": \"{digest}\"");
		assert!(text.contains(&study), "{text}");
		for other in [format!("\"provider\": \"{digest}\", {study}"), "\"study\": null".to_owned()]
		{
			fs::write(&path, text.replace(&study, &other)).unwrap();
			assert_eq!(Wallet::read(&path).unwrap_err().code(), "damaged-file");
		}
	}

	#[test]
	fn a_change_is_kept_and_a_failed_one_is_not() {
		let scene = Scene::new();
		let leaf = scene.note.leaf();
		let before = scene.text();
		let failed: Result<(), Error> = Wallet::change(&scene.path(), |wallet| {
			wallet.record(leaf, PLACE);
			Err(Error::Usage("no".to_owned()))
		});
		assert!(failed.is_err());
		assert_eq!(scene.text(), before);

		Wallet::change(&scene.path(), |wallet| {
			wallet.record(leaf, PLACE);
			Ok(())
		})
		.unwrap();
		let read = Wallet::read(&scene.path()).unwrap();
		assert_eq!(read.note(leaf).unwrap().place(), Some(PLACE));
		for (which, genesis, is_there) in [
			(Which::Leaf(leaf), GENESIS, true),
			(Which::Leaf(leaf), "0x08", true),
			(Which::Place(PLACE), GENESIS, true),
			(Which::Place(PLACE), "0x08", false),
			(Which::Place(Place { index: 6, ..PLACE }), GENESIS, false),
		] {
			assert_eq!(read.find(which, genesis).is_some(), is_there, "{which}, {genesis}");
		}
	}

	#[test]
	fn changes_at_the_same_time_do_not_lose_each_other() {
		let scene = Scene::new();
		let path = scene.path();
		std::thread::scope(|threads| {
			for _ in 0..4 {
				threads.spawn(|| {
					let mut generator = random::generator().unwrap();
					let policy = scene.note.note().policy;
					Wallet::change(&path, |wallet| {
						let provider = scene.note.provider().unwrap();
						let note =
							wallet.draw(provider, policy, GENESIS.to_owned(), &mut generator);
						wallet.add(&path, note)
					})
					.unwrap();
				});
			}
		});
		assert_eq!(Wallet::read(&path).unwrap().notes().len(), 5);
	}

	#[test]
	fn a_wallet_fails_when_it_was_altered() {
		let scene = Scene::new();
		let text = scene.text();
		let other = Scene::new();
		let of = |text: &str, name: &str| {
			let value: serde_json::Value = serde_json::from_str(text).unwrap();
			let content = &value["content"];
			let found = content.get(name).unwrap_or(&content["notes"][0][name]);
			found.as_str().unwrap().to_owned()
		};
		let mut changes: Vec<String> = ["patient", "secret", "leaf", "provider", "nonce"]
			.into_iter()
			.map(|name| text.replace(&of(&text, name), &of(&other.text(), name)))
			.collect();
		changes.push(text.replace("\"until\": 9", "\"until\": 8"));
		changes.push(text.replace("\"until\": 9", "\"until\": 3"));
		changes.push(text.replace("\"purposes\": 1", "\"purposes\": 0"));
		for changed in changes {
			assert_ne!(changed, text);
			fs::write(scene.path(), &changed).unwrap();
			let error = Wallet::read(&scene.path()).unwrap_err();
			assert_eq!(error.code(), "damaged-file", "{error}");
		}

		let mut twice: serde_json::Value = serde_json::from_str(&text).unwrap();
		let note = twice["content"]["notes"][0].clone();
		twice["content"]["notes"].as_array_mut().unwrap().push(note);
		fs::write(scene.path(), twice.to_string()).unwrap();
		let error = Wallet::read(&scene.path()).unwrap_err();
		assert!(error.to_string().contains("twice"), "{error}");
	}

	#[test]
	fn no_secret_is_shown() {
		let scene = Scene::new();
		let value: serde_json::Value = serde_json::from_str(&scene.text()).unwrap();
		let content = &value["content"];
		let shown = format!("{:?}", scene.wallet);
		for secret in [&content["secret"], &content["notes"][0]["nonce"]] {
			let digits = secret.as_str().unwrap().trim_start_matches("0x");
			assert!(!shown.contains(digits), "{shown}");
		}
		let nonce = format!("{:?}", scene.note.note().nonce);
		assert!(!shown.contains(&nonce), "{shown}");
		assert!(shown.contains(&scene.note.leaf().to_string()), "{shown}");
	}

	#[test]
	fn a_wallet_takes_no_more_notes_than_can_be_read_again() {
		let mut scene = Scene::new();
		let path = scene.path();
		let mut generator = random::generator().unwrap();
		// The longest that there are: what was given under a delegation.
		let (policy, genesis) = (scene.note.note().policy, format!("0x{}", "07".repeat(32)));
		let place = Place { tree: 63, index: (1 << 20) - 1 };
		let (patient, me) = (Wallet::new(&mut generator), scene.wallet.patient());
		let mut delegation = patient.draw_for_delegate(me, policy, genesis, &mut generator);
		delegation.set_place(place);
		let provider = scene.note.provider().unwrap();
		let mut note = scene.wallet.draw_under(delegation, provider, policy, &mut generator);
		note.set_place(place);
		scene.wallet.notes = vec![note.clone(); MAX_NOTES];
		let error = scene.wallet.add(&path, note).unwrap_err();
		assert_eq!(error.code(), "wallet-full");
		fs::remove_file(&path).unwrap();
		scene.wallet.create(&path).unwrap();
		let read: Written = SecretFile::read(&path).unwrap().content(Kind::Wallet).unwrap();
		assert_eq!(read.notes.len(), MAX_NOTES);
	}
}
