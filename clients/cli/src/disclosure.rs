//! What a custodian keeps of a disclosure, and hands to the patient who asks: what opens the commitment on
//! chain and, of one that was reported with others, its place among them.

use crate::{document, error::Error, files};
use codec::{DecodeAll, Encode};
use hdx_primitives::{
	disclosure::{verify_inclusion, InclusionProof, InclusionRefusal, LeafSalt},
	BatchId, Commitment, DisclosureLeaf, EntryIndex, GrantId, RecordId, H256,
};
use hdx_sdk::{commitment, seal::SectionId};
use serde::{Deserialize, Serialize};
use std::path::Path;

const FORMAT: &str = "hdx-disclosure/1";

/// Largest such file, in bytes: room for 10,000 sections.
const MAX_BYTES: u64 = 1024 * 1024;

/// Largest list of what was disclosed of erased records, in bytes: some millions of lines.
const MAX_ACCOUNTED_BYTES: u64 = 1024 * 1024 * 1024;

/// A disclosure, with what opens the commitment to its sections. Secret, as the salt is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disclosure {
	format: String,
	/// Under which grant.
	pub grant: u64,
	/// From which record.
	pub record: u64,
	/// Which sections.
	pub sections: Vec<SectionId>,
	#[serde(with = "hex::serde")]
	salt: [u8; 32],
	#[serde(with = "hex::serde")]
	commitment: [u8; 32],
	/// Its place in the batch that it was reported with. `None`: it was reported by itself.
	#[serde(skip_serializing_if = "Option::is_none", default)]
	pub batch: Option<Place>,
}

/// The place of a disclosure in a batch.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
	/// Of which chain.
	#[serde(with = "hex::serde")]
	pub genesis: [u8; 32],
	/// The batch. `None`: what became of it is not known.
	pub batch: Option<u64>,
	/// Its entry in the log.
	pub entry: Option<u64>,
	/// The root of the batch.
	#[serde(with = "hex::serde")]
	pub root: [u8; 32],
	/// How many disclosures it has.
	pub count: u32,
	/// Which of them this is, from 0.
	pub index: u32,
	/// The SCALE encoding of the leaf, in hexadecimal.
	#[serde(with = "hex::serde")]
	pub leaf: Vec<u8>,
	/// The siblings on the way to the top, the lowest first.
	pub siblings: Vec<Hash>,
}

/// A hash, in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hash(#[serde(with = "hex::serde")] [u8; 32]);

/// Why a file with a disclosure contradicts itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Contradiction {
	/// The salt and the sections give another commitment.
	#[error("the sections and the salt do not open its commitment")]
	Commitment,
	/// The leaf is no leaf.
	#[error("its leaf cannot be read")]
	Leaf,
	/// The leaf is about another disclosure.
	#[error("its leaf is about another disclosure")]
	OtherLeaf,
	/// The tree does not hold the leaf.
	#[error("the batch with this root does not hold it ({0:?})")]
	NotIncluded(InclusionRefusal),
}

impl Disclosure {
	/// Commits to what is about to be released.
	pub fn new(grant: GrantId, record: RecordId, sections: &[SectionId]) -> Result<Self, Error> {
		let salt = document::salt()?;
		Ok(Self {
			format: FORMAT.to_owned(),
			grant: grant.0,
			record: record.0,
			sections: sections.to_vec(),
			salt: *salt,
			commitment: commit(&salt, grant, record, sections).0,
			batch: None,
		})
	}

	/// Reads one, and checks that it does not contradict itself.
	pub fn read(path: &Path) -> Result<Self, Error> {
		Self::parse(&files::read(path, MAX_BYTES)?, path)
	}

	fn parse(text: &[u8], path: &Path) -> Result<Self, Error> {
		let malformed = |detail: String| Error::Malformed {
			path: path.to_owned(),
			expected: "a disclosure",
			detail,
		};
		let read: Self =
			serde_json::from_slice(text).map_err(|error| malformed(error.to_string()))?;
		if read.format != FORMAT {
			return Err(malformed(format!("its format is `{}`, not `{FORMAT}`", read.format)));
		}
		read.check().map_err(|error| malformed(error.to_string()))?;
		Ok(read)
	}

	/// What the chain gets of it.
	pub fn commitment(&self) -> Commitment {
		Commitment(self.commitment)
	}

	/// Its place in a batch, with the leaf and the proof that the batch holds it. `None`: it was reported by
	/// itself.
	pub fn leaf(&self) -> Result<Option<(&Place, DisclosureLeaf, InclusionProof)>, Contradiction> {
		let Some(place) = &self.batch else { return Ok(None) };
		let leaf =
			DisclosureLeaf::decode_all(&mut &*place.leaf).map_err(|_| Contradiction::Leaf)?;
		let siblings: Vec<H256> = place.siblings.iter().map(|one| H256(one.0)).collect();
		let siblings = siblings
			.try_into()
			.map_err(|_| Contradiction::NotIncluded(InclusionRefusal::WrongDepth))?;
		Ok(Some((place, leaf, InclusionProof { index: place.index, siblings })))
	}

	/// Checks all that can be checked without the chain.
	pub fn check(&self) -> Result<(), Contradiction> {
		let (grant, record) = (GrantId(self.grant), RecordId(self.record));
		if commit(&self.salt, grant, record, &self.sections) != self.commitment() {
			return Err(Contradiction::Commitment);
		}
		let Some((place, leaf, proof)) = self.leaf()? else { return Ok(()) };
		let is_this = leaf.grant == grant
			&& leaf.record == record
			&& leaf.disclosure == self.commitment()
			&& usize::try_from(leaf.sections).ok() == Some(self.sections.len());
		if !is_this {
			return Err(Contradiction::OtherLeaf);
		}
		verify_inclusion(H256(place.root), place.count, &leaf, &proof)
			.map_err(Contradiction::NotIncluded)
	}

	/// As it is written.
	pub fn text(&self) -> Result<String, Error> {
		let text = serde_json::to_string(self);
		text.map(|text| format!("{text}\n"))
			.map_err(|error| Error::System(std::io::Error::other(error)))
	}
}

impl Place {
	/// The place of a leaf in a batch that is about to be reported.
	pub fn new(
		genesis: [u8; 32],
		root: H256,
		count: u32,
		leaf: &DisclosureLeaf,
		proof: &InclusionProof,
	) -> Self {
		Self {
			genesis,
			batch: None,
			entry: None,
			root: root.0,
			count,
			index: proof.index,
			leaf: leaf.encode(),
			siblings: proof.siblings.iter().map(|one| Hash(one.0)).collect(),
		}
	}

	/// The same, of a batch that the chain took.
	pub fn taken(self, batch: BatchId, entry: EntryIndex) -> Self {
		Self { batch: Some(batch.0), entry: Some(entry.0), ..self }
	}
}

/// What stays of a disclosure in a batch when the record is erased: who was shown what and when, which the chain does
/// not say of batches and an accounting has to (45 CFR 164.528). Without salts it opens no commitment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accounted {
	/// Of which chain.
	#[serde(with = "hex::serde")]
	pub genesis: [u8; 32],
	/// The batch, as far as it is known.
	pub batch: Option<u64>,
	/// Its entry in the log.
	pub entry: Option<u64>,
	/// The SCALE encoding of the leaf with its commitment, obligations and salt zeroed.
	#[serde(with = "hex::serde")]
	leaf: Vec<u8>,
}

impl Accounted {
	/// What stays of a disclosure. `None`: it has an entry of its own in the log, or none at all.
	pub fn of(disclosure: &Disclosure) -> Option<Self> {
		let (place, leaf, _) = disclosure.leaf().ok()??;
		let leaf = DisclosureLeaf {
			disclosure: Commitment([0; 32]),
			obligations: H256::zero(),
			salt: LeafSalt([0; 32]),
			..leaf
		};
		let Place { genesis, batch, entry, .. } = *place;
		Some(Self { genesis, batch, entry, leaf: leaf.encode() })
	}

	/// The leaf, with nothing in it that opens or commits.
	pub fn leaf(&self) -> Option<DisclosureLeaf> {
		DisclosureLeaf::decode_all(&mut &*self.leaf).ok()
	}

	/// Adds lines to a file, durably.
	pub fn append(path: &Path, more: &[Self]) -> Result<(), Error> {
		if more.is_empty() {
			return Ok(());
		}
		files::append(path, Self::lines(more)?.as_bytes())
	}

	fn lines(of: &[Self]) -> Result<String, Error> {
		let system = |error| Error::System(std::io::Error::other(error));
		let mut lines = String::new();
		for one in of {
			lines.push_str(&serde_json::to_string(one).map_err(system)?);
			lines.push('\n');
		}
		Ok(lines)
	}

	/// Reads them.
	pub fn read_all(path: &Path) -> Result<Vec<Self>, Error> {
		Self::parse_all(&files::read_text(path, MAX_ACCOUNTED_BYTES)?, path)
	}

	fn parse_all(text: &str, path: &Path) -> Result<Vec<Self>, Error> {
		let lines = (1usize..).zip(text.lines());
		let read = lines.map(|(line, text)| {
			serde_json::from_str(text).map_err(|error| Error::Malformed {
				path: path.to_owned(),
				expected: "a list of disclosures",
				detail: format!("line {line}: {error}"),
			})
		});
		read.collect()
	}
}

fn commit(salt: &[u8; 32], grant: GrantId, record: RecordId, sections: &[SectionId]) -> Commitment {
	commitment::document(salt, &(grant, record, sections).encode())
}

/// Reads anything as a disclosure, also with the commitment that belongs to it. What is read is written, and read again.
#[cfg(fuzzing)]
pub fn fuzz(bytes: &[u8]) {
	let path = Path::new("disclosure.json");
	let parse = |text: &[u8]| Disclosure::parse(text, path).ok();
	let again = |one: &Disclosure| one.text().ok().and_then(|text| parse(text.as_bytes()));
	if let Some(read) = parse(bytes) {
		// The fields may also stand in an array, which nobody writes.
		let is_object = bytes.trim_ascii_start().starts_with(b"{");
		let found = crate::custody::record_of(bytes);
		let is_found = found == Some(RecordId(read.record));
		assert!(is_found || !is_object, "an erasure would leave its salt");
		let kept = Accounted::of(&read);
		assert!(kept.is_none_or(|kept| kept.leaf().is_some()), "what stays cannot be read");
		assert_eq!(again(&read), Some(read));
	}
	// Nobody hits a commitment by chance.
	let Ok(read) = serde_json::from_slice::<Disclosure>(bytes) else { return };
	let (grant, record) = (GrantId(read.grant), RecordId(read.record));
	let commitment = commit(&read.salt, grant, record, &read.sections).0;
	let whole = Disclosure { format: FORMAT.to_owned(), commitment, batch: None, ..read };
	assert_eq!(again(&whole), Some(whole));
}

/// Reads anything as what was disclosed of erased records. What is read is written, and read again.
#[cfg(fuzzing)]
pub fn fuzz_accounted(bytes: &[u8]) {
	let Ok(text) = std::str::from_utf8(bytes) else { return };
	let path = Path::new("accounted.jsonl");
	let Ok(read) = Accounted::parse_all(text, path) else { return };
	let again = Accounted::lines(&read).and_then(|text| Accounted::parse_all(&text, path));
	assert_eq!(again.ok(), Some(read));
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::made_up::batched;

	/// A change to a file.
	type Change = fn(&mut Disclosure);

	fn written(one: &Disclosure) -> (tempfile::TempDir, std::path::PathBuf) {
		let directory = tempfile::tempdir().unwrap();
		let path = directory.path().join("disclosure.json");
		std::fs::write(&path, one.text().unwrap()).unwrap();
		(directory, path)
	}

	#[test]
	fn what_is_written_is_read_again() {
		let alone =
			Disclosure::new(GrantId(1), RecordId(0), &[SectionId(4), SectionId(2)]).unwrap();
		for one in [alone, batched()] {
			let (_directory, path) = written(&one);
			assert_eq!(Disclosure::read(&path).unwrap(), one);
		}
	}

	#[test]
	fn what_stays_of_an_erased_disclosure_says_who_and_opens_nothing() {
		let one = batched();
		let kept = Accounted::of(&one).unwrap();
		let (_, leaf, _) = one.leaf().unwrap().unwrap();
		let stays = kept.leaf().unwrap();
		assert_eq!((&stays.patient, &stays.recipient), (&leaf.patient, &leaf.recipient));
		assert_eq!((stays.salt, stays.disclosure), (LeafSalt([0; 32]), Commitment([0; 32])));
		let directory = tempfile::tempdir().unwrap();
		let path = directory.path().join("accounted.jsonl");
		Accounted::append(&path, std::slice::from_ref(&kept)).unwrap();
		Accounted::append(&path, &[]).unwrap();
		Accounted::append(&path, std::slice::from_ref(&kept)).unwrap();
		assert_eq!(Accounted::read_all(&path).unwrap(), [kept.clone(), kept]);
		assert_eq!(Accounted::of(&Disclosure { batch: None, ..one }), None);
	}

	#[test]
	fn read_fails_when_anything_was_changed() {
		fn place(one: &mut Disclosure) -> &mut Place {
			one.batch.as_mut().unwrap()
		}
		let changes: [(&str, Change); 11] = [
			("format", |one| one.format = "hdx-disclosure/2".to_owned()),
			("grant", |one| one.grant += 1),
			("record", |one| one.record += 1),
			("sections", |one| one.sections.push(SectionId(9))),
			("salt", |one| one.salt = [0; 32]),
			("commitment", |one| one.commitment = [0; 32]),
			("root", |one| place(one).root = [0; 32]),
			("count", |one| place(one).count = 6),
			("index", |one| place(one).index = 2),
			("leaf", |one| place(one).leaf.push(0)),
			("siblings", |one| place(one).siblings.truncate(1)),
		];
		for (name, change) in changes {
			let mut one = batched();
			change(&mut one);
			let (_directory, path) = written(&one);
			let error = Disclosure::read(&path).unwrap_err();
			assert!(matches!(error, Error::Malformed { .. }), "{name}: {error}");
		}
	}

	#[test]
	fn read_fails_when_the_leaf_is_of_another_disclosure() {
		let other = Disclosure::new(GrantId(4), RecordId(2), &[SectionId(1)]).unwrap();
		let mixed = Disclosure { batch: batched().batch, ..other };
		assert_eq!(mixed.check(), Err(Contradiction::OtherLeaf));
	}
}
