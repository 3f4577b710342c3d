//! What the caller discloses: credentials that hold, and that the chain committed to.

use crate::{
	commands::{
		credential::{self, Lists},
		Context,
	},
	credential_error::CredentialError,
	document,
	error::Error,
};
use hdx_credentials::{
	commitment,
	sd_jwt::{Checks, Expected, Verified},
	KnownKeys,
};
use hdx_fhir::{
	npi::Npi,
	provider::{DisclosedIdentity, DisclosedLicence, PractitionerView},
	HumanName,
};
use hdx_primitives::Commitment;
use std::path::{Path, PathBuf};

/// Credentials, and what they are verified against.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Disclosure {
	/// A credential, or what was shown of it; may be repeated. Names and numbers come from these
	/// alone.
	#[arg(long = "credential", value_name = "PRESENTATION", requires = "issuer")]
	credentials: Vec<PathBuf>,
	/// The salt of each, in their order. Left out: beside each, PRESENTATION.salt.
	#[arg(long = "salt", value_name = "SALT-FILE", requires = "credentials")]
	salts: Vec<PathBuf>,
	/// Who must have issued them.
	#[arg(long, value_name = "DID", requires = "credentials")]
	issuer: Option<String>,
	/// A public key of the issuer, or a JSON Web Key; may be repeated. Left out: the keys of the
	/// issuer's DID on the chain.
	#[arg(long = "issuer-key", value_name = "PUBLIC-KEY-FILE", requires = "credentials")]
	issuer_keys: Vec<PathBuf>,
	/// Whom the presentations must be for.
	#[arg(long, value_name = "NAME", requires_all = ["nonce", "credentials"])]
	audience: Option<String>,
	/// What the holder was given for them.
	#[arg(long, value_name = "TEXT", requires = "audience")]
	nonce: Option<String>,
	/// A copy of a status list; may be repeated. The others are fetched.
	#[arg(long = "status-list", value_name = "FILE", requires = "credentials")]
	lists: Vec<PathBuf>,
}

/// A credential that holds.
#[derive(Debug)]
pub struct Disclosed {
	path: PathBuf,
	commitment: Commitment,
	name: Option<String>,
	npi: Option<Npi>,
	licence: DisclosedLicence,
}

impl Disclosure {
	/// Whether anything is disclosed.
	pub fn is_empty(&self) -> bool {
		self.credentials.is_empty()
	}

	/// Verifies all of them, now.
	pub async fn verify(&self, context: &Context) -> Result<Vec<Disclosed>, Error> {
		let (given, needed) = (self.salts.len(), self.credentials.len());
		if given > 0 && given != needed {
			return Err(Error::Usage(format!(
				"--salt was given {given} times for {needed} credentials; give one for each, or none"
			)));
		}
		let Some(issuer) = &self.issuer else { return Ok(Vec::new()) };
		let keys = credential::issuer_keys(issuer, &self.issuer_keys, context).await?;
		// Status lists are fetched, one after the other.
		tokio::task::block_in_place(|| self.verify_with(&keys))
	}

	fn verify_with(&self, keys: &KnownKeys) -> Result<Vec<Disclosed>, Error> {
		let lists = Lists::read(&self.lists)?;
		let mut disclosed = Vec::new();
		for (index, path) in self.credentials.iter().enumerate() {
			let beside = beside(path);
			let salt = self.salts.get(index).unwrap_or(&beside);
			let presentation = credential::read(path)?;
			let binding = self.audience.as_ref().zip(self.nonce.as_ref());
			let checks = Checks {
				keys,
				status: &lists,
				now: credential::now(),
				binding: binding.map(|(audience, nonce)| Expected::new(audience, nonce)),
			};
			let verified = presentation
				.verify(&checks)
				.map_err(|source| CredentialError::DoesNotHold { path: path.clone(), source })?;
			let salt = document::read_salt(salt)?;
			disclosed.push(read(path, commitment::of(&salt, &presentation), &verified)?);
		}
		Ok(disclosed)
	}
}

/// Where the salt lies, unless it is said: `FILE.salt`.
fn beside(path: &Path) -> PathBuf {
	let mut name = path.to_owned().into_os_string();
	name.push(".salt");
	name.into()
}

fn read(path: &Path, commitment: Commitment, verified: &Verified) -> Result<Disclosed, Error> {
	let text = |name: &str| verified.claim(name)?.as_str().map(str::to_owned);
	let npi = text("npi").map(|npi| Npi::parse(&npi)).transpose();
	Ok(Disclosed {
		path: path.to_owned(),
		commitment,
		name: text("name"),
		npi: npi.map_err(|error| Error::Malformed {
			path: path.to_owned(),
			expected: "a credential of a person with an NPI",
			detail: error.to_string(),
		})?,
		licence: DisclosedLicence {
			number: text("licenceNumber").or_else(|| text("certificateNumber")),
			jurisdiction: text("jurisdiction"),
		},
	})
}

/// Puts what was disclosed to the credentials that the chain has of this practitioner.
///
/// # Errors
///
/// When the chain has no commitment to one of them, or two of them name two people.
pub fn disclose(view: &mut PractitionerView, disclosed: Vec<Disclosed>) -> Result<(), Error> {
	let mut identity = DisclosedIdentity::default();
	for one in disclosed {
		let Disclosed { path, commitment, name, npi, licence } = one;
		let known = view.credentials.iter_mut().find(|known| known.commitment == commitment.0);
		let known = known.ok_or_else(|| CredentialError::NotCommitted { path: path.clone() })?;
		known.disclosed = Some(licence);
		let name = name.map(|text| HumanName { text: Some(text), ..HumanName::default() });
		agree(&mut identity.name, name, &path)?;
		agree(&mut identity.npi, npi, &path)?;
		view.disclosed = Some(identity.clone());
	}
	Ok(())
}

/// Two credentials of one person say the same of who that is.
fn agree<T: PartialEq>(known: &mut Option<T>, found: Option<T>, path: &Path) -> Result<(), Error> {
	match (&known, found) {
		(Some(known), Some(found)) if *known != found => Err(Error::Malformed {
			path: path.to_owned(),
			expected: "a credential of the same person as the one before",
			detail: "its name or its NPI is another".to_owned(),
		}),
		(None, found) => {
			*known = found;
			Ok(())
		},
		_ => Ok(()),
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::{super::gather::tests::practitioner, *};

	fn disclosed(commitment: u8, name: &str) -> Disclosed {
		Disclosed {
			path: "licence.sd-jwt".into(),
			commitment: Commitment([commitment; 32]),
			name: Some(name.to_owned()),
			npi: Some(Npi::parse("1234567893").unwrap()),
			licence: DisclosedLicence { number: Some("L-1".to_owned()), jurisdiction: None },
		}
	}

	#[test]
	fn what_the_chain_committed_to_is_disclosed_there() {
		let mut view = practitioner(&[1, 2]);
		disclose(&mut view, vec![disclosed(2, "Ann Bee")]).unwrap();
		assert_eq!(view.credentials[0].disclosed, None);
		let number = view.credentials[1].disclosed.as_ref().unwrap().number.as_deref();
		assert_eq!(number, Some("L-1"));
		let identity = view.disclosed.unwrap();
		assert_eq!(identity.name.unwrap().display(), "Ann Bee");
		assert_eq!(identity.npi.unwrap().as_str(), "1234567893");
	}

	#[test]
	fn fails_when_the_chain_has_no_commitment_to_it() {
		let mut view = practitioner(&[1]);
		let error = disclose(&mut view, vec![disclosed(2, "Ann Bee")]).unwrap_err();
		assert_eq!(error.code(), "commitment-mismatch");
		assert!(view.disclosed.is_none());
	}

	#[test]
	fn fails_when_two_credentials_name_two_people() {
		let mut view = practitioner(&[1, 2]);
		let two = vec![disclosed(1, "Ann Bee"), disclosed(2, "Bob Cee")];
		let error = disclose(&mut view, two).unwrap_err();
		assert!(error.to_string().contains("the same person"), "{error}");
	}
}
