//! `hdx provider enrol`.

use super::{kinds::KindName, validity::Validity};
use crate::{
	account, codes,
	commands::{Context, SignedBy},
	document::Document,
	error::Error,
	output::block,
};
use clap::ValueEnum;
use hdx_primitives::{AccountId, Code, Role};
use hdx_sdk::{
	chain::{Enrolment, Until},
	seal::EncryptionPublicKey,
};
use serde::Serialize;
use std::{
	fmt,
	path::{Path, PathBuf},
};

/// What an institution says of a practitioner.
#[derive(Debug, clap::Args)]
pub struct Enrol {
	#[command(flatten)]
	by: SignedBy,
	/// The practitioner's account.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
	practitioner: AccountId,
	/// A role that the practitioner holds; may be repeated.
	#[arg(long = "role", value_name = "ROLE", required = true)]
	roles: Vec<RoleName>,
	/// The specialty in which the roles are held: an NUCC code, or system|code.
	#[arg(long, value_name = "CODE", value_parser = codes::taxonomy)]
	taxonomy: Code,
	/// What the credential attests.
	#[arg(long, value_name = "KIND", default_value = "licence")]
	kind: KindName,
	/// The credential document. It stays here; the chain gets a salted hash.
	#[arg(long, value_name = "FILE")]
	credential: PathBuf,
	#[command(flatten)]
	valid: Validity,
	/// The practitioner's public encryption key (the .pub file of `hdx key generate --encryption`).
	#[arg(long, value_name = "PUBLIC-KEY-FILE")]
	key_agreement: PathBuf,
}

/// Roles, as they are typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum RoleName {
	/// Physicians.
	Physician,
	/// Nurses.
	Nurse,
	/// Pharmacists.
	Pharmacist,
	/// Laboratory staff.
	Laboratory,
	/// Emergency staff.
	Emergency,
	/// Billing staff and claim handlers.
	Billing,
	/// Researchers.
	Researcher,
	/// Auditors and privacy officers.
	Auditor,
}

impl From<RoleName> for Role {
	fn from(name: RoleName) -> Self {
		match name {
			RoleName::Physician => Self::Physician,
			RoleName::Nurse => Self::Nurse,
			RoleName::Pharmacist => Self::Pharmacist,
			RoleName::Laboratory => Self::Laboratory,
			RoleName::Emergency => Self::Emergency,
			RoleName::Billing => Self::Billing,
			RoleName::Researcher => Self::Researcher,
			RoleName::Auditor => Self::Auditor,
		}
	}
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Enrolled {
	practitioner: String,
	institution: u32,
	credential: u64,
	commitment: String,
	salt_file: PathBuf,
}

impl fmt::Display for Enrolled {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let fields: [(&str, &dyn fmt::Display); 4] = [
			("institution", &self.institution),
			("credential", &self.credential),
			("commitment", &self.commitment),
			("salt (keep)", &self.salt_file.display()),
		];
		block(f, format!("{} is enrolled", self.practitioner), &fields)
	}
}

/// Enrols.
pub async fn run(options: Enrol, context: &Context) -> Result<(), Error> {
	// Whatever can be wrong here is found before the node is asked.
	let valid = options.valid.period()?;
	let operator = options.by.signer()?;
	let document = Document::credential(&options.credential)?;
	let public = read_public(&options.key_agreement)?;

	let chain = context.connect().await?;
	let institution = chain.operated_by(&operator.account()).await?;
	let committed = document.commit()?;
	let enrolment = Enrolment {
		practitioner: options.practitioner.clone(),
		roles: roles(&options.roles, options.taxonomy),
		kind: options.kind.into(),
		credential: committed.commitment,
		valid,
		key_agreement: public.fingerprint(),
	};
	let commitment = format!("0x{}", hex::encode(committed.commitment.0));
	let progress = context.output.progress("waiting until it is final");
	let result = chain.enrol_practitioner(&operator, enrolment, Until::Finalized).await;
	drop(progress);
	let (credential, salt_file) = committed.keep_unless_refused(result)?;
	context.output.show(&Enrolled {
		practitioner: options.practitioner.to_string(),
		institution: institution.0,
		credential: credential.0,
		commitment,
		salt_file,
	})
}

/// Each role once.
pub fn roles(names: &[RoleName], taxonomy: Code) -> Vec<(Role, Code)> {
	let mut roles: Vec<Role> = names.iter().copied().map(Role::from).collect();
	roles.sort();
	roles.dedup();
	roles.into_iter().map(|role| (role, taxonomy)).collect()
}

/// Reads a public key; a secret one given by mistake is named as such.
pub fn read_public(path: &Path) -> Result<EncryptionPublicKey, Error> {
	EncryptionPublicKey::read(path).map_err(|error| {
		match hdx_sdk::seal::EncryptionKeyPair::read(path) {
			Ok(_) => Error::Malformed {
				path: path.to_owned(),
				expected: "a public key",
				detail: "it is the secret half; give the .pub file, and pass this one to nobody"
					.to_owned(),
			},
			Err(_) => error.into(),
		}
	})
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_sdk::seal::EncryptionKeyPair;

	#[test]
	fn every_role_can_be_typed() {
		let typed: Vec<_> = RoleName::value_variants().iter().copied().map(Role::from).collect();
		assert_eq!(typed, Role::ALL);
	}

	#[test]
	fn a_role_given_twice_is_held_once() {
		let names = [RoleName::Nurse, RoleName::Physician, RoleName::Nurse];
		assert_eq!(roles(&names, Code([0; 16])).len(), 2);
	}

	#[test]
	fn fails_when_the_secret_key_is_given_for_the_public_one() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("key");
		EncryptionKeyPair::generate().unwrap().write(&file).unwrap();
		let error = read_public(&file).unwrap_err();
		assert!(error.to_string().contains(".pub"), "{error}");
		let missing = directory.path().join("missing.pub");
		let error = read_public(&missing).unwrap_err();
		assert!(error.to_string().contains("missing.pub"), "{error}");
	}
}
