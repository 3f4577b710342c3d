//! Who takes part, and how they come onto the chain.

use super::{error::DemoError, narrator::Narrator};
use crate::words;
use hdx_primitives::{
	engine::terminology, AccountId, Code, Commitment, InstitutionId, Milliseconds, Period, Role,
};
use hdx_sdk::{
	chain::{Chain, ChainError, CredentialKind, Enrolment, Signer, Until},
	seal::{EncryptionKeyPair, Fingerprint},
};
use std::path::Path;

/// NUCC taxonomy code of internal medicine physicians.
const INTERNAL_MEDICINE: &str = "http://nucc.org/provider-taxonomy|207R00000X";
/// Milliseconds of a year.
pub const YEAR: u64 = 365 * 24 * 60 * 60 * 1_000;

/// The people of the flow. Accounts of patients and of the practitioner are new in each run, so
/// that it can be repeated on one chain.
pub struct Cast {
	/// Operates the hospital that keeps the record.
	pub custodian: Signer,
	/// That hospital.
	pub custodian_institution: InstitutionId,
	/// Operates the other hospital.
	pub requester: Signer,
	/// The other hospital.
	pub requester_institution: InstitutionId,
	/// Works there.
	pub practitioner: Signer,
	/// The practitioner's key, for which record keys are wrapped.
	pub practitioner_keys: EncryptionKeyPair,
	/// Whose record it is.
	pub patient: Signer,
	/// Somebody else.
	pub other_patient: Signer,
	/// What makes the keys of this run others than those of any other.
	run: [u8; 8],
}

/// Shows what the chain starts with.
pub async fn show_chain(chain: &Chain, narrator: &mut Narrator) -> Result<(), DemoError> {
	narrator.step(format!("connected to {}, genesis {}", chain.url(), short(&chain.genesis())));
	let institutions = chain.institutions().await?;
	let active = institutions.iter().filter(|institution| institution.is_active()).count();
	if active < 2 {
		return Err(DemoError::NotADevelopmentChain(format!(
			"it has {active} active institutions, two are needed; start one with --dev"
		)));
	}
	narrator.step(format!("{active} active institutions, no fees, no tokens needed"));
	for institution in institutions.iter().take(4) {
		narrator.detail(format!(
			"institution {}: {}, operated by {}",
			institution.institution.0,
			words::of(institution.kind),
			institution.operator
		));
	}
	Ok(())
}

impl Cast {
	/// Enrols and sponsors.
	pub async fn assemble(
		chain: &Chain,
		data: &Path,
		narrator: &mut Narrator,
	) -> Result<Self, DemoError> {
		let run = random::<8>()?;
		let custodian = Signer::read("//Alice")?;
		let requester = Signer::read("//Bob")?;
		let operated = |error| match error {
			ChainError::NotFound { what } => {
				DemoError::NotADevelopmentChain(format!("there is no {what}"))
			},
			other => DemoError::Chain(other),
		};
		let custodian_institution =
			chain.operated_by(&custodian.account()).await.map_err(operated)?;
		let requester_institution =
			chain.operated_by(&requester.account()).await.map_err(operated)?;
		let cast = Self {
			custodian_institution,
			requester_institution,
			practitioner: derived(run, "practitioner")?,
			practitioner_keys: EncryptionKeyPair::generate()?,
			patient: derived(run, "patient")?,
			other_patient: derived(run, "other-patient")?,
			custodian,
			requester,
			run,
		};
		let key_file = data.join(format!("practitioner-{}.key", hex::encode(run)));
		cast.practitioner_keys.write(&key_file)?;

		let now = chain.now().await?;
		let fingerprint = cast.practitioner_keys.fingerprint();
		let enrolment = physician(cast.practitioner.account(), fingerprint, now)?;
		tokio::try_join!(
			chain.enrol_practitioner(&cast.requester, enrolment, Until::InBlock),
			chain.sponsor_patient(&cast.custodian, cast.patient.account(), Until::InBlock),
		)?;
		narrator.step(format!(
			"institution {} enrolled a physician with a licence: {}",
			cast.requester_institution.0,
			cast.practitioner.account()
		));
		narrator.detail(
			"on chain: role, validity, a salted commitment to the licence, a key fingerprint",
		);
		narrator.step(format!(
			"institution {} sponsored a patient's account: {}",
			cast.custodian_institution.0,
			cast.patient.account()
		));
		narrator.detail("who the person is, is not on chain");
		chain
			.sponsor_patient(&cast.requester, cast.other_patient.account(), Until::InBlock)
			.await?;
		narrator.step(format!(
			"institution {} sponsored another patient: {}",
			cast.requester_institution.0,
			cast.other_patient.account()
		));
		Ok(cast)
	}

	/// A key of this run, for somebody else who takes part.
	pub fn another(&self, name: &str) -> Result<Signer, DemoError> {
		Ok(derived(self.run, name)?)
	}
}

fn derived(run: [u8; 8], name: &str) -> Result<Signer, ChainError> {
	Signer::read(&format!("//hdx-demo//{}//{name}", hex::encode(run)))
}

/// What a hospital says of a physician whom it enrols with a licence of a year.
pub fn physician(
	account: AccountId,
	key_agreement: Fingerprint,
	now: Milliseconds,
) -> Result<Enrolment, DemoError> {
	Ok(Enrolment {
		practitioner: account,
		roles: vec![(Role::Physician, Code::of_token(INTERNAL_MEDICINE))],
		kind: CredentialKind::Licence,
		credential: salted(b"licence of the demo's practitioner")?,
		valid: Period { start: None, end: Some(Milliseconds(now.0.saturating_add(YEAR))) },
		key_agreement,
	})
}

/// Random bytes.
pub fn random<const N: usize>() -> Result<[u8; N], DemoError> {
	let mut bytes = [0; N];
	getrandom::fill(&mut bytes).map_err(|error| DemoError::Random(error.to_string()))?;
	Ok(bytes)
}

/// A commitment to `text` under a fresh secret salt of 256 bits.
pub fn salted(text: &[u8]) -> Result<Commitment, DemoError> {
	let salt = random::<32>()?;
	Ok(hdx_sdk::commitment::document(&salt, text))
}

/// The beginning of a hash.
pub fn short(hash: &[u8; 32]) -> String {
	let text = hex::encode(hash);
	format!("0x{}…", text.get(..16).unwrap_or(&text))
}

/// What a code stands for, as far as the project names it.
pub fn symbol(code: &Code) -> String {
	terminology::all()
		.find(|term| term.code == *code)
		.map_or_else(|| format!("0x{}", hex::encode(code.0)), |term| term.symbol.to_owned())
}

/// An account, shortened.
pub fn name(account: &AccountId) -> String {
	let text = account.to_string();
	format!("{}…", text.get(..8).unwrap_or(&text))
}
