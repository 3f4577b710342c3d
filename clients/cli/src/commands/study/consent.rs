//! `hdx study consent`.

use super::terms;
use crate::{
	commands::{
		shielded::{
			append::{self, Append, Sending},
			element::Element,
			wallet::Wallet,
		},
		zk::random,
		Context,
	},
	error::Error,
	shielded_error::ShieldedError,
	time,
};
use hdx_primitives::{Milliseconds, StudyId, StudyTerms, H256};
use hdx_sdk::chain::AtBlock;
use hdx_zk_circuits::{
	circuits::ConsentGrant,
	note::{Policy, Purpose},
};
use std::path::{Path, PathBuf};

/// To which study.
#[derive(Debug, clap::Args)]
pub struct Consent {
	#[command(flatten)]
	sending: Sending,
	/// The study, by its number.
	#[arg(value_name = "STUDY")]
	study: u32,
	/// The protocol that you read, as the sponsor published it. It is compared with what is registered.
	#[arg(long, value_name = "FILE")]
	protocol: PathBuf,
}

/// Fails where the patient read another protocol than the one that is registered. A node that is asked says of a study what
/// it likes, and a patient who goes by a number consents to whatever has it.
fn ensure_is_protocol(
	file: &Path,
	found: H256,
	study: StudyId,
	terms: &StudyTerms,
) -> Result<(), ShieldedError> {
	if found == terms.protocol {
		return Ok(());
	}
	let shown = |hash: H256| format!("0x{}", hex::encode(hash));
	Err(ShieldedError::OtherProtocol {
		path: file.to_owned(),
		study: study.0,
		expected: shown(terms.protocol),
		found: shown(found),
	})
}

/// What a consent to a study covers: what it asks for, for research, until it ends.
fn policy(terms: &StudyTerms, now: Milliseconds) -> Result<Policy, ShieldedError> {
	if terms.until <= now {
		return Err(ShieldedError::Over { until: time::show(terms.until) });
	}
	Ok(Policy::new(terms.categories, Purpose::RESEARCH.mask(), now.0, terms.until.0)?)
}

/// Makes a note, keeps it, and appends it.
pub async fn run(options: Consent, context: &Context) -> Result<(), Error> {
	let Consent { sending, study, protocol: file } = options;
	let protocol = terms::protocol(&file)?;
	let signer = sending.signer()?;
	let key = sending.proving.read::<ConsentGrant>()?;
	let wallet = Wallet::read(&sending.wallet)?;
	let chain = context.connect().await?;
	key.ensure_believed_by(&chain).await?;
	let study = StudyId(study);
	// On a branch that is left, the number may be another study's.
	let terms = terms::find(&chain, study, AtBlock::Finalized).await?.terms;
	ensure_is_protocol(&file, protocol, study, &terms)?;
	let digest = Element(terms::stated(study, &terms)?.digest());
	let policy = policy(&terms, chain.now().await?)?;
	let genesis = append::genesis(&chain);
	let note = wallet.draw_for_study(digest, policy, genesis, &mut random::generator()?);

	let append = Append { chain: &chain, signer: &signer, key: &key, wallet: &sending.wallet };
	let (leaf, place) = append.give(&wallet, note, context).await?;
	context.output.show(&append::appended("consent", leaf, place, key.warning()))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_primitives::{InstitutionId, ValueRange};

	fn registered() -> StudyTerms {
		StudyTerms {
			sponsor: InstitutionId(1),
			protocol: H256([9; 32]),
			panel: 2,
			ranges: [ValueRange { min: 40, max: 60 }; 4],
			attested_from: Milliseconds(5),
			categories: 0b1001,
			minimum: 11,
			from: Milliseconds(10),
			until: Milliseconds(20),
		}
	}

	#[test]
	fn a_consent_is_to_all_that_is_registered() {
		let it = registered();
		let digest =
			|number, terms: &StudyTerms| terms::stated(StudyId(number), terms).unwrap().digest();
		let others = [
			StudyTerms { sponsor: InstitutionId(2), ..it },
			StudyTerms { protocol: H256([8; 32]), ..it },
			StudyTerms { panel: 3, ..it },
			StudyTerms { ranges: [ValueRange { min: 40, max: 61 }; 4], ..it },
			StudyTerms { attested_from: Milliseconds(6), ..it },
			StudyTerms { categories: 0b1000, ..it },
			StudyTerms { minimum: 12, ..it },
			StudyTerms { from: Milliseconds(11), ..it },
			StudyTerms { until: Milliseconds(21), ..it },
		];
		for other in others {
			assert_ne!(digest(3, &other), digest(3, &it), "{other:?}");
		}
		assert_ne!(digest(4, &it), digest(3, &it));
	}

	/// Chain and clients hash the same bytes.
	#[test]
	fn terms_are_hashed_as_the_chain_encodes_them() {
		let stated = terms::stated(StudyId(3), &registered()).unwrap();
		let expected = "0xe2801fc6a7a839255aef2e6b9f44be1b8b6e3673f762f4a28e6c6b8d24639d00";
		assert_eq!(Element(stated.terms().element()).to_string(), expected);
	}

	#[test]
	fn fails_when_the_file_is_another_protocol() {
		let file = Path::new("protocol.pdf");
		let is = |hash| ensure_is_protocol(file, hash, StudyId(3), &registered());
		assert!(is(H256([9; 32])).is_ok());
		let error = is(H256([8; 32])).unwrap_err();
		assert_eq!(error.code(), "other-protocol");
		assert!(error.to_string().contains("study 3"), "{error}");
	}

	#[test]
	fn a_consent_covers_what_the_study_asks_for_until_it_ends() {
		let terms = registered();
		let covers = policy(&terms, Milliseconds(12)).unwrap();
		assert_eq!((covers.categories(), covers.purposes()), (0b1001, Purpose::RESEARCH.mask()));
		assert_eq!((covers.valid_from(), covers.valid_until()), (12, 20));
		assert_eq!(policy(&terms, Milliseconds(20)).unwrap_err().code(), "over");
	}
}
