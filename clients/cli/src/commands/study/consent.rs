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
use hdx_primitives::{Milliseconds, StudyId, StudyTerms};
use hdx_zk_circuits::{
	circuits::ConsentGrant,
	note::{Policy, Purpose},
};

/// To which study.
#[derive(Debug, clap::Args)]
pub struct Consent {
	#[command(flatten)]
	sending: Sending,
	/// The study, by its number.
	#[arg(value_name = "STUDY")]
	study: u32,
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
	let Consent { sending, study } = options;
	let signer = sending.signer()?;
	let key = sending.proving.read::<ConsentGrant>()?;
	let wallet = Wallet::read(&sending.wallet)?;
	let chain = context.connect().await?;
	key.ensure_believed_by(&chain).await?;
	let study = StudyId(study);
	let terms = terms::find(&chain, study).await?.terms;
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
	use hdx_primitives::{InstitutionId, ValueRange, H256};

	#[test]
	fn a_consent_covers_what_the_study_asks_for_until_it_ends() {
		let terms = StudyTerms {
			sponsor: InstitutionId(1),
			protocol: H256([9; 32]),
			panel: 2,
			ranges: [ValueRange { min: 40, max: 60 }; 4],
			attested_from: Milliseconds(5),
			categories: 0b1001,
			minimum: 11,
			from: Milliseconds(10),
			until: Milliseconds(20),
		};
		let covers = policy(&terms, Milliseconds(12)).unwrap();
		assert_eq!((covers.categories(), covers.purposes()), (0b1001, Purpose::RESEARCH.mask()));
		assert_eq!((covers.valid_from(), covers.valid_until()), (12, 20));
		assert_eq!(policy(&terms, Milliseconds(20)).unwrap_err().code(), "over");
	}
}
