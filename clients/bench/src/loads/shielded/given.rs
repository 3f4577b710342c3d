//! Who gives consents that nobody sees, to whom, and about what.

use crate::{
	accounts::{account, shares},
	error::BenchError,
	load::Wanted,
	scene::{Scene, REQUESTER},
};
use hdx_primitives::{AccountId, Code, RecordId, Role};
use hdx_sdk::chain::{interface, AtBlock, Chain};
use hdx_zk_circuits::{
	note::{
		subject_tag, Authority, Category, Note, Policy, ProviderTag, Purpose, Recipient, Secret,
		TIME_LIMIT,
	},
	prove::input_to_bytes,
	Fr,
};
use std::collections::BTreeMap;
use subxt_signer::sr25519::Keypair;

/// The class of data that all consents are about.
const OBSERVATION: &str = "http://hl7.org/fhir/resource-types|Observation";
/// The version of a record that nobody has changed yet.
const FIRST_VERSION: u32 = 1;
/// The first number of which a practitioner's secret is made. Those of patients begin with one.
const FIRST_PRACTITIONER: u64 = 1 << 32;

/// A class of data, and the category that stands for it in consents.
#[derive(Clone, Copy, Debug)]
pub struct Class {
	/// The class, as requests name it.
	pub code: Code,
	/// Its category on the chain.
	pub category: Category,
}

impl Class {
	/// Observations, by the category that the chain has for them.
	pub async fn observations(chain: &Chain) -> Result<Self, BenchError> {
		let code = Code::of_token(OBSERVATION);
		let listed = chain.shielded_categories(AtBlock::Finalized).await?;
		let place = listed.iter().position(|listed| *listed == code);
		let category = place.and_then(|place| Category::new(u8::try_from(place).ok()?));
		let missing = || BenchError::because("the chain", "it has no category of observations");
		Ok(Self { code, category: category.ok_or_else(missing)? })
	}
}

/// Who gives, and whose record it is about.
pub struct Patient {
	/// Whose record the chain says it is.
	pub account: AccountId,
	/// The record.
	pub record: RecordId,
	/// With what consents are given.
	pub authority: Authority,
	/// With what the record's tag hides the patient's key.
	pub salt: Fr,
}

/// Who asks, and sends all that is proven.
pub struct Practitioner<'a> {
	/// With what transactions are signed.
	pub signer: &'a Keypair,
	/// With what it is proven that a consent is for this one.
	pub secret: Secret,
}

/// All of them.
pub struct People<'a> {
	patients: Vec<Patient>,
	practitioners: Vec<Practitioner<'a>>,
}

/// A consent, who gave it, and for whom it is.
pub struct Given<'a> {
	/// The consent.
	pub note: Note,
	/// Who gave it.
	pub patient: &'a Patient,
	/// For whom it is.
	pub practitioner: &'a Practitioner<'a>,
}

impl Practitioner<'_> {
	/// By what consents and proofs know this one.
	pub fn tag(&self) -> ProviderTag {
		ProviderTag::of(&self.secret)
	}
}

impl<'a> People<'a> {
	/// These patients, each with a record, and these practitioners; each with a secret of their own.
	pub fn of(
		patients: &[Keypair],
		practitioners: &'a [Keypair],
		records: &BTreeMap<AccountId, RecordId>,
	) -> Result<Self, BenchError> {
		let patients = (1u64..).zip(patients).map(|(number, pair)| {
			let account = account(pair);
			let missing = || BenchError::because("a shielded consent", "a patient has no record");
			let record = records.get(&account).copied().ok_or_else(missing)?;
			let authority = Authority::patient(Secret::new(Fr::from(number)));
			Ok(Patient { account, record, authority, salt: Fr::from(number) })
		});
		let practitioners = (FIRST_PRACTITIONER..)
			.zip(practitioners)
			.map(|(number, signer)| Practitioner { signer, secret: Secret::new(Fr::from(number)) });
		Ok(Self {
			patients: patients.collect::<Result<Vec<_>, BenchError>>()?,
			practitioners: practitioners.collect(),
		})
	}

	/// Has the tags of the practitioners and of the patients' records registered, by which proofs know both.
	pub async fn register(&self, scene: &Scene) -> Result<(), BenchError> {
		let calls = self.practitioners.iter().map(|one| {
			let calls = interface::transactions().shielded_consent();
			let tag = input_to_bytes(&one.tag().0);
			(one.signer, vec![calls.register_tag(REQUESTER.into(), Role::Physician.into(), tag)])
		});
		let lanes = scene.first()?.sign(calls.collect::<Vec<_>>()).await?;
		let wanted = Wanted {
			load: "registering tags of practitioners",
			pallet: "ShieldedConsent",
			event: "TagRegistered",
		};
		scene.does(wanted, lanes).await?;

		let calls = self.patients.iter().map(|one| {
			let calls = interface::transactions().record_access();
			let tag = input_to_bytes(&subject_tag(one.authority.patient_key(), one.salt));
			calls.set_subject_tag(one.record.into(), FIRST_VERSION, Some(tag))
		});
		let calls = calls.collect::<Vec<_>>();
		let lanes = scene.first()?.sign(vec![(&scene.cast.custodian, calls)]).await?;
		let wanted = Wanted {
			load: "setting tags of records",
			pallet: "RecordAccess",
			event: "SubjectTagSet",
		};
		scene.does(wanted, lanes).await
	}

	/// So many consents for data of this class, each another: of the patients in turn, shared out to the practitioners.
	/// Those for one practitioner follow each other.
	pub fn give(&self, class: Class, count: usize) -> Result<Vec<Given<'_>>, BenchError> {
		let (categories, purposes) = (class.category.mask(), Purpose::TREATMENT.mask());
		let policy = Policy::new(categories, purposes, 0, TIME_LIMIT.saturating_sub(1));
		let policy = policy.map_err(BenchError::failed("a shielded policy"))?;
		let practitioners = self
			.practitioners
			.iter()
			.zip(shares(count, self.practitioners.len()))
			.flat_map(|(one, share)| std::iter::repeat_n(one, share));
		let each = (1u64..).zip(practitioners).zip(self.patients.iter().cycle());
		Ok(each
			.map(|((nonce, practitioner), patient)| {
				let granter = patient.authority.patient_key();
				let recipient = Recipient::provider(practitioner.tag(), granter);
				let note = Note { granter, recipient, policy, nonce: Fr::from(nonce) };
				Given { note, patient, practitioner }
			})
			.collect())
	}
}

/// The calls of each signer, made of what was proven of each consent.
pub fn by_signer<'a, P, C>(
	given: &[Given<'a>],
	proven: Vec<P>,
	call: impl Fn(P) -> C,
) -> Vec<(&'a Keypair, Vec<C>)> {
	let mut calls: Vec<(&Keypair, Vec<C>)> = Vec::new();
	for (one, proven) in given.iter().zip(proven) {
		let (signer, call) = (one.practitioner.signer, call(proven));
		match calls.last_mut() {
			Some((last, own)) if last.public_key().0 == signer.public_key().0 => own.push(call),
			_ => calls.push((signer, vec![call])),
		}
	}
	calls
}

#[cfg(test)]
pub mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::accounts::pairs;
	use std::collections::BTreeSet;

	/// Patients with a record each, and practitioners: so many of each.
	pub struct Made {
		patients: Vec<Keypair>,
		practitioners: Vec<Keypair>,
		records: BTreeMap<AccountId, RecordId>,
	}

	impl Made {
		pub fn new(patients: usize, practitioners: usize) -> Self {
			let patients = pairs("hidden", patients).unwrap();
			let practitioners = pairs("practitioner", practitioners).unwrap();
			let records = patients.iter().map(account).zip((7..).map(RecordId)).collect();
			Self { patients, practitioners, records }
		}

		pub fn people(&self) -> People<'_> {
			People::of(&self.patients, &self.practitioners, &self.records).unwrap()
		}
	}

	/// Observations, as a new chain has them.
	pub fn class() -> Class {
		Class { code: Code::of_token(OBSERVATION), category: Category::new(3).unwrap() }
	}

	#[test]
	fn every_consent_is_another_and_every_patient_gives() {
		let made = Made::new(3, 4);
		let people = made.people();
		let given = people.give(class(), 10).unwrap();
		let leaves: BTreeSet<_> = given.iter().map(|one| one.note.leaf()).collect();
		let records: BTreeSet<_> = given.iter().map(|one| one.patient.record).collect();
		assert_eq!((given.len(), leaves.len(), records.len()), (10, 10, 3));
	}

	#[test]
	fn every_signer_has_one_lane_with_all_their_consents() {
		let made = Made::new(2, 4);
		let people = made.people();
		let given = people.give(class(), 10).unwrap();
		let lanes = by_signer(&given, (0..10).collect(), |number: u32| number);
		let numbers: Vec<_> = lanes.iter().map(|(_, numbers)| numbers.as_slice()).collect();
		assert_eq!(numbers, [&[0, 1, 2][..], &[3, 4, 5], &[6, 7], &[8, 9]]);
		let signers: BTreeSet<_> = lanes.iter().map(|(signer, _)| signer.public_key().0).collect();
		assert_eq!(signers.len(), 4);
	}

	#[test]
	fn a_patient_without_a_record_is_refused() {
		let mut made = Made::new(2, 1);
		made.records.pop_first();
		assert!(People::of(&made.patients, &made.practitioners, &made.records).is_err());
	}
}
