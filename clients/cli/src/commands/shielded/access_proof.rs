//! The proof that a consent permits a request, for `hdx access request-by-proof`: what is read for it, and what has to fit.
//!
//! A consent that a delegate gave is in one file with the delegation, and both are proven together.

use super::{
	append,
	asking::{AccessKey, Asking},
	element::Element,
	kept::KeptNote,
	place::Place,
	policy,
	provider::ProviderSecret,
	proving::Proving,
	subject::RecordSubject,
};
use crate::{commands::Context, error::Error, shielded_error::ShieldedError};
use hdx_consent_engine::terminology;
use hdx_primitives::{AccessProof, AccessRequest, Code, Target};
use hdx_sdk::chain::{AtBlock, Chain, Signer};
use hdx_zk_circuits::note::{Category, Policy, Purpose};
use std::path::{Path, PathBuf};

/// What a provider proves with.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Proven {
	#[command(flatten)]
	pub proving: Proving,
	/// The consent, as the patient, or the patient's delegate, shared it.
	#[arg(long, value_name = "FILE")]
	pub consent: PathBuf,
	/// Your secret, whose tag the patient named.
	#[arg(long, value_name = "FILE")]
	pub provider: PathBuf,
	/// Whose record it is, as its custodian says.
	#[arg(long, value_name = "FILE")]
	pub subject: PathBuf,
	/// A version of consent_revoke that is active: as long as nobody can revoke, no proof counts.
	#[arg(long, value_name = "N")]
	pub revoked_by: u32,
}

/// What was read of it.
pub struct Files {
	pub(super) key: AccessKey,
	pub(super) note: KeptNote,
	pub(super) provider: ProviderSecret,
	pub(super) subject: RecordSubject,
	pub(super) revoked_by: u32,
}

impl Proven {
	/// Reads the files, and fails where they do not belong to each other.
	pub fn read(&self) -> Result<Files, Error> {
		let note = KeptNote::read_shared(&self.consent)?;
		let files = Files {
			key: AccessKey::read(&self.proving, &note)?,
			note,
			provider: ProviderSecret::read(&self.provider)?,
			subject: RecordSubject::read(&self.subject)?,
			revoked_by: self.revoked_by,
		};
		let leaf = files.note.leaf().to_string();
		if Some(files.provider.tag()) != files.note.provider() {
			return Err(ShieldedError::OtherProvider {
				path: self.provider.clone(),
				leaf,
				expected: files.note.to().element().to_string(),
				found: Element(files.provider.tag().0).to_string(),
			}
			.into());
		}
		if files.subject.patient != files.note.patient() {
			let (path, what) = (self.subject.clone(), "another patient".to_owned());
			return Err(ShieldedError::OtherSubject { path, leaf, what }.into());
		}
		Ok(files)
	}

	/// Fails where the subject is not that of the record that is asked for.
	fn ensure_about(&self, files: &Files, genesis: &str, target: Target) -> Result<(), Error> {
		let subject = &files.subject;
		let what = if target != Target::Record(subject.record) {
			format!("record {}", subject.record.0)
		} else if !subject.is_for(genesis) {
			"a record of another chain".to_owned()
		} else {
			return Ok(());
		};
		let (path, leaf) = (self.subject.clone(), files.note.leaf().to_string());
		Err(ShieldedError::OtherSubject { path, leaf, what }.into())
	}

	/// Proves that the consent permits what this signer asks for.
	pub async fn prove(
		&self,
		files: &Files,
		chain: &Chain,
		signer: &Signer,
		request: &AccessRequest,
		context: &Context,
	) -> Result<AccessProof, Error> {
		let genesis = append::genesis(chain);
		files.note.ensure_for(&genesis)?;
		let ([class], Target::Record(_)) = (request.classes.as_slice(), request.target) else {
			return Err(ShieldedError::NotProvable.into());
		};
		self.ensure_about(files, &genesis, request.target)?;
		files.key.ensure_believed_by(chain).await?;
		let category = category_of(chain, *class).await?;
		let purpose = purpose_of(request.purpose).ok_or(ShieldedError::NotProvable)?;
		let place = place_of(&files.note, &self.consent)?;
		let delegation =
			files.note.under().map(|note| place_of(note, &self.consent)).transpose()?;
		let asking = Asking { files, chain, signer, request, place, delegation, category, purpose };
		asking.prove(context).await
	}
}

/// Where a consent is, as the patient said. The node is not asked: it would learn which consent is used.
fn place_of(note: &KeptNote, path: &Path) -> Result<Place, ShieldedError> {
	note.place().ok_or_else(|| ShieldedError::SharedWithoutPlace {
		path: path.to_owned(),
		leaf: note.leaf().to_string(),
	})
}

/// The category that stands for a class.
async fn category_of(chain: &Chain, class: Code) -> Result<Category, Error> {
	let classes = chain.shielded_categories(AtBlock::Best).await?;
	let place = classes.iter().position(|found| *found == class);
	let category = place.and_then(|place| Category::new(u8::try_from(place).ok()?));
	Ok(category.ok_or(ShieldedError::NotProvable)?)
}

/// The place of a purpose in consents.
fn purpose_of(code: Code) -> Option<Purpose> {
	let place = terminology::purpose::ALL.iter().position(|term| term.code == code)?;
	Purpose::new(u8::try_from(place).ok()?)
}

/// Fails where a consent, or a delegation, does not cover this, at the time of the snapshot.
pub(super) fn covers(
	note: &KeptNote,
	category: Category,
	purpose: Purpose,
	now: u64,
) -> Result<(), ShieldedError> {
	let policy: &Policy = &note.note().policy;
	let what = if policy.categories() & category.mask() == 0 {
		format!("category {}; it covers {}", category.place(), policy::shown_categories(policy))
	} else if policy.purposes() & purpose.mask() == 0 {
		format!("that purpose; it covers {}", policy::purpose_symbols(policy).join(", "))
	} else if now < policy.valid_from() {
		"this time: it has not begun".to_owned()
	} else if policy.valid_until() <= now {
		"this time: it is over".to_owned()
	} else {
		return Ok(());
	};
	Err(ShieldedError::NotCovered { leaf: note.leaf().to_string(), what })
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::{
		codes,
		commands::{shielded::wallet::Wallet, zk::random},
	};
	use hdx_zk_circuits::{note::ProviderTag, Fr};

	#[test]
	fn a_consent_covers_its_categories_and_purposes_in_its_time() {
		let mut generator = random::generator().unwrap();
		let policy = Policy::new(0b1001, Purpose::TREATMENT.mask(), 10, 20).unwrap();
		let provider = ProviderTag(Fr::from(7u64));
		let wallet = Wallet::new(&mut generator);
		let note = wallet.draw(provider, policy, "0x07".to_owned(), &mut generator);
		let category = |place| Category::new(place).unwrap();
		let asked = |place, purpose, now| {
			covers(&note, category(place), purpose, now).map_err(|error| error.to_string())
		};
		for (place, now) in [(0, 10), (3, 19)] {
			assert_eq!(asked(place, Purpose::TREATMENT, now), Ok(()));
		}
		for (refused, why) in [
			(asked(1, Purpose::TREATMENT, 15), "category 1; it covers 0, 3"),
			(asked(0, Purpose::RESEARCH, 15), "it covers TREAT"),
			(asked(0, Purpose::TREATMENT, 9), "not begun"),
			(asked(0, Purpose::TREATMENT, 20), "is over"),
		] {
			assert!(refused.clone().unwrap_err().contains(why), "{refused:?}");
		}
	}

	#[test]
	fn fails_when_a_consent_was_shared_without_its_place() {
		let directory = tempfile::tempdir().unwrap();
		let mut generator = random::generator().unwrap();
		let policy = Policy::new(1, Purpose::TREATMENT.mask(), 10, 20).unwrap();
		let provider = ProviderTag(Fr::from(7u64));
		let mut wallet = Wallet::new(&mut generator);
		let note = wallet.draw(provider, policy, "0x07".to_owned(), &mut generator);
		let leaf = note.leaf();
		let shared = |note: &KeptNote, name: &str| {
			let path = directory.path().join(name);
			note.share(&path).unwrap();
			place_of(&KeptNote::read_shared(&path).unwrap(), &path)
		};
		let error = shared(&note, "pending").unwrap_err();
		assert_eq!(error.code(), "shared-without-place", "{error}");
		wallet.add(Path::new("wallet"), note).unwrap();
		let place = Place { tree: 0, index: 5 };
		wallet.record(leaf, place);
		assert_eq!(shared(wallet.note(leaf).unwrap(), "appended").unwrap(), place);
	}

	#[test]
	fn purposes_have_the_places_that_circuits_give_them() {
		assert_eq!(purpose_of(terminology::purpose::TREAT), Some(Purpose::TREATMENT));
		assert_eq!(purpose_of(terminology::purpose::HRESCH), Some(Purpose::RESEARCH));
		assert_eq!(purpose_of(codes::class("Observation").unwrap()), None);
	}
}
