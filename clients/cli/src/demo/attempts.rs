//! What must not work: another patient's record, another key, altered ciphertext.

use super::{
	access::{self, expect_refusal, Opened},
	cast::Cast,
	error::DemoError,
	narrator::Narrator,
	record::Registered,
	Scene,
};
use hdx_primitives::{AccessRequest, Commitment};
use hdx_sdk::{
	chain::{Chain, Until},
	seal::{self, EncryptionKeyPair, OpenError},
	store::BlockStore,
};
use std::path::Path;

/// Each attempt is refused with an error of its own.
pub async fn refused(
	scene: Scene<'_>,
	opened: &Opened,
	narrator: &mut Narrator,
) -> Result<(), DemoError> {
	let Scene { chain, cast, record, store, data, .. } = scene;
	wrong_patient(chain, cast, record, opened, store, narrator).await?;
	let on_chain = chain.record(record.id).await?.manifest;
	wrong_key(&on_chain, opened, store, narrator).await?;
	tampered_ciphertext(cast, &on_chain, opened, store, data, narrator).await
}

async fn wrong_patient(
	chain: &Chain,
	cast: &Cast,
	record: &Registered,
	opened: &Opened,
	store: &BlockStore,
	narrator: &mut Narrator,
) -> Result<(), DemoError> {
	let request =
		AccessRequest { patient: cast.other_patient.account(), ..access::request(cast, record)? };
	let answer = chain.request_access(&cast.practitioner, request, None, Until::InBlock).await;
	expect_refusal("asking under another patient's name", "RecordOfAnotherPatient", answer)?;
	// The commitment of another record, as the chain would hold it for another patient.
	let another = Commitment(super::cast::random()?);
	let attempt =
		seal::open(&opened.package, &cast.practitioner_keys, &another, &opened.bindings, store);
	match attempt.await {
		Err(OpenError::CommitmentMismatch { .. }) => {},
		other => return Err(unexpected("another patient's record", "CommitmentMismatch", other)),
	}
	narrator.step("wrong patient: refused by the chain (RecordOfAnotherPatient), and the package does not fit another record");
	Ok(())
}

async fn wrong_key(
	on_chain: &Commitment,
	opened: &Opened,
	store: &BlockStore,
	narrator: &mut Narrator,
) -> Result<(), DemoError> {
	let stranger = EncryptionKeyPair::generate()?;
	match seal::open(&opened.package, &stranger, on_chain, &opened.bindings, store).await {
		Err(OpenError::WrongKey { .. }) => {},
		other => return Err(unexpected("another key", "WrongKey", other)),
	}
	narrator.step("wrong key: the package does not open for anybody else (WrongKey)");
	Ok(())
}

/// Alters a copy of the store, so that the record stays whole.
async fn tampered_ciphertext(
	cast: &Cast,
	on_chain: &Commitment,
	opened: &Opened,
	store: &BlockStore,
	data: &Path,
	narrator: &mut Narrator,
) -> Result<(), DemoError> {
	let released = opened
		.package
		.sections()
		.first()
		.ok_or_else(|| DemoError::unexpected("the package", "a section", "none"))?;
	let cid = released.entry.cid;
	let mut bytes = store.get(&cid).await?;
	if let Some(byte) = bytes.last_mut() {
		*byte ^= 1;
	}
	let directory = data.join(format!("tampered-{}", hex::encode(super::cast::random::<4>()?)));
	std::fs::create_dir_all(&directory).map_err(|error| DemoError::file(&directory, error))?;
	let file = directory.join(cid.to_string());
	std::fs::write(&file, bytes).map_err(|error| DemoError::file(&file, error))?;
	let copy = BlockStore::directory(&directory)?;
	let attempt = seal::open_section(
		&opened.package,
		released.entry.section,
		&cast.practitioner_keys,
		on_chain,
		&opened.bindings,
		&copy,
	)
	.await;
	let removed = std::fs::remove_dir_all(&directory);
	match attempt {
		Err(OpenError::TamperedCiphertext { .. }) => {},
		other => return Err(unexpected("altered ciphertext", "TamperedCiphertext", other)),
	}
	removed.map_err(|error| DemoError::file(&directory, error))?;
	narrator.step("tampered ciphertext: one bit changed, and it is refused (TamperedCiphertext)");
	Ok(())
}

fn unexpected<T>(step: &'static str, expected: &str, found: Result<T, OpenError>) -> DemoError {
	match found {
		Ok(_) => DemoError::unexpected(step, expected, "it opened"),
		Err(error) => DemoError::unexpected(step, expected, error),
	}
}
