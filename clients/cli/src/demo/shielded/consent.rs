//! The patient gives the physician a consent of which the chain gets a hash.

use super::{circuits::Circuits, classes::Classes};
use crate::{
	commands::{
		shielded::{
			append::Append, element::Element, grant, place::Place, provider::ProviderSecret,
			subject, wallet::Wallet,
		},
		zk::random,
		Context,
	},
	demo::{
		cast::{physician, short, YEAR},
		narrator::Narrator,
		record, DemoError, Scene,
	},
	error::Error,
	shielded_error::ShieldedError,
};
use hdx_primitives::{EntryIndex, RecordId, Role};
use hdx_sdk::{
	chain::{Signer, Until},
	seal::EncryptionKeyPair,
};
use hdx_zk_circuits::{
	circuits::ConsentGrant,
	note::{PatientKey, Policy, ProviderTag, Purpose},
};
use std::{
	fs,
	path::{Path, PathBuf},
};

/// A consent that is on the chain, and what was handed over off the chain.
pub struct Given {
	/// Its leaf: what the chain has of it.
	pub leaf: Element,
	/// Its place.
	pub place: Place,
	/// What the patient is known by, off the chain.
	pub patient: PatientKey,
	/// The patient's wallet.
	pub wallet: PathBuf,
	/// The consent, as the patient shared it with the physician.
	pub note: PathBuf,
	/// The physician's secret.
	pub provider: PathBuf,
	/// Whose record it is, as its custodian told the physician.
	pub subject: PathBuf,
	/// Another record of the patient that has a subject tag.
	pub other_record: RecordId,
	/// Another physician, who has a tag.
	pub colleague: Signer,
	/// The entry of the log since which everything here happened.
	pub since: EntryIndex,
}

/// Tags, subjects, the consent itself, and what the physician is told of it.
pub async fn give(
	scene: Scene<'_>,
	classes: &Classes,
	circuits: &Circuits,
	context: &Context,
	narrator: &mut Narrator,
) -> Result<Given, DemoError> {
	let Scene { chain, cast, record, data, .. } = scene;
	let directory = data.join(format!("shielded-record-{}", record.id.0));
	fs::create_dir_all(&directory).map_err(|error| DemoError::file(&directory, error))?;
	let file = |name: &str| directory.join(name);

	let provider = file("physician");
	let tag = new_tag(&provider)?;
	let colleague = cast.another("colleague")?;
	let colleagues_tag = new_tag(&file("colleague"))?;
	tokio::try_join!(
		register_tag(scene, &cast.practitioner, tag, Until::Finalized),
		enrol_with_tag(scene, &colleague, colleagues_tag),
	)?;
	narrator.step(format!(
		"the physician registered a tag, {}, and so did a colleague: by these, proofs know them",
		shown(Element(tag.0)),
	));

	let wallet = file("wallet");
	let new = Wallet::new(&mut random::generator()?);
	new.create(&wallet)?;
	let patient = new.patient();
	let subject = file("subject");
	let set = subject::set(chain, &cast.custodian, record.id, patient, &subject, context).await?;
	let since = set.entry;
	narrator.step(format!(
		"the custodian set the subject tag of record {}, {}: it hides the key of the patient's wallet",
		record.id.0,
		shown(set.tag),
	));
	let other_record = record::register_another(scene).await?;
	let other_subject = file("other-subject");
	subject::set(chain, &cast.custodian, other_record, patient, &other_subject, context).await?;
	narrator.step(format!(
		"the custodian did the same for another record of the patient, {}",
		other_record.0
	));

	// Sent by the custodian's operator: the patient's account appears nowhere beside the consent.
	let now = chain.now().await?.0;
	let until = now.saturating_add(YEAR);
	let policy = Policy::new(classes.covered(), Purpose::TREATMENT.mask(), now, until)
		.map_err(|error| Error::from(ShieldedError::from(error)))?;
	let key = circuits.grant.proving().read::<ConsentGrant>()?;
	key.ensure_believed_by(chain).await?;
	let append = Append { chain, signer: &cast.custodian, key: &key, wallet: &wallet };
	let (leaf, place) = grant::give(&append, &new, tag, policy, context).await?;
	narrator.step(format!(
		"the patient gave the physician a consent: treatment, {} and {}, one year. The chain has {} at {place}",
		classes.asked,
		classes.also,
		shown(leaf),
	));
	narrator.detail(format!(
		"sent by the operator of institution {}, not by the patient's account",
		cast.custodian_institution.0
	));

	let note = share(&wallet, leaf, &file("note"))?;
	narrator.step("off the chain, the patient shared the consent with the physician, and the custodian whose record it is");
	narrator.detail(directory.display().to_string());
	Ok(Given {
		leaf,
		place,
		patient,
		wallet,
		note,
		provider,
		subject,
		other_record,
		colleague,
		since,
	})
}

/// Draws a provider's secret, and keeps it.
fn new_tag(file: &Path) -> Result<ProviderTag, DemoError> {
	let secret = ProviderSecret::new(&mut random::generator()?);
	secret.create(file)?;
	Ok(secret.tag())
}

/// Registers the tag of a physician of the other hospital.
async fn register_tag(
	scene: Scene<'_>,
	whose: &Signer,
	tag: ProviderTag,
	until: Until,
) -> Result<(), DemoError> {
	let institution = scene.cast.requester_institution;
	let tag = Element(tag.0).to_bytes();
	scene.chain.register_provider_tag(whose, institution, Role::Physician, tag, until).await?;
	Ok(())
}

/// A second physician of the same hospital, with a tag: what is refused to them is so for no other reason.
async fn enrol_with_tag(
	scene: Scene<'_>,
	colleague: &Signer,
	tag: ProviderTag,
) -> Result<(), DemoError> {
	let Scene { chain, cast, .. } = scene;
	let fingerprint = EncryptionKeyPair::generate()?.fingerprint();
	let enrolment = physician(colleague.account(), fingerprint, chain.now().await?)?;
	chain.enrol_practitioner(&cast.requester, enrolment, Until::InBlock).await?;
	register_tag(scene, colleague, tag, Until::InBlock).await
}

/// What the provider has to know of a consent, from the wallet as it is now.
fn share(wallet: &Path, leaf: Element, file: &Path) -> Result<PathBuf, DemoError> {
	let wallet = Wallet::read(wallet)?;
	let missing = || DemoError::unexpected("the wallet", format!("consent {leaf}"), "none");
	let note = wallet.note(leaf).ok_or_else(missing)?;
	Ok(note.share(file)?)
}

/// The beginning of an element.
pub fn shown(element: Element) -> String {
	short(&element.to_bytes())
}
