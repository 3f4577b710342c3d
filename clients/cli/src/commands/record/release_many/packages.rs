//! What is written of a batch: packages, and where the chain has their disclosures.

use super::{
	batch::Item,
	list::Release,
	summary::{self, Refused, Released, Summary},
};
use crate::{
	commands::record::release::hand_over,
	custody::Custody,
	disclosure::Disclosure,
	error::Error,
	files::{self, NewFile},
};
use hdx_primitives::{BatchId, EntryIndex};
use std::{
	fs,
	path::{Path, PathBuf},
};

/// Where packages go.
pub struct Packages<'a> {
	/// The directory for the packages themselves.
	pub directory: &'a Path,
	/// The data directory, which keeps what opens their disclosures.
	pub custody: &'a Custody,
}

/// A batch that the chain took.
pub struct Batch {
	/// Its number.
	pub batch: BatchId,
	/// Its entry in the log.
	pub entry: EntryIndex,
	/// Its releases.
	pub released: Vec<Taken>,
}

/// One release of a batch that the chain took.
pub struct Taken {
	/// What is released.
	pub item: Item,
	/// What opens its disclosure, which does not know its batch yet.
	pub disclosure: Disclosure,
	/// The file for the package, which is not written yet.
	pub package: NewFile,
}

impl Packages<'_> {
	/// The package of a release. What has this name was released.
	pub fn path(&self, release: &Release) -> PathBuf {
		self.directory.join(release.file_name())
	}

	/// A file for a package that is not written yet. It gets the package's [name](Self::path) when it is.
	pub fn new_part(&self, release: &Release) -> Result<NewFile, Error> {
		let part = self.directory.join(format!("{}.part", release.file_name()));
		// What an interruption left.
		if part.exists() {
			files::destroy(&part)?;
		}
		NewFile::create(&part)
	}

	/// Writes packages and places, now that the chain knows.
	/// One that cannot be written keeps none of the others back.
	pub fn hand_over_all(&self, batch: Batch, summary: &mut Summary) {
		let entry = batch.entry.0;
		summary.batches.push(summary::Batch {
			batch: batch.batch.0,
			entry,
			disclosures: batch.released.len(),
		});
		for Taken { item, mut disclosure, package } in batch.released {
			disclosure.batch = disclosure.batch.map(|place| place.taken(batch.batch, batch.entry));
			match self.hand_over_one(&item, &disclosure, package) {
				Ok((package, file)) => summary.released.push(Released::new(&item, package, file)),
				Err(error) => {
					let error = Error::NotHandedOver { entry, source: Box::new(error) };
					summary.refused.push(Refused::new(&item.release, &error));
				},
			}
		}
	}

	fn hand_over_one(
		&self,
		item: &Item,
		disclosure: &Disclosure,
		part: NewFile,
	) -> Result<(PathBuf, PathBuf), Error> {
		let file = self.custody.update_disclosure(disclosure)?;
		let (part, package) = (hand_over(&item.prepared.package, part)?, self.path(&item.release));
		fs::rename(part, &package)
			.map_err(|source| Error::Unwritable { path: package.clone(), source })?;
		Ok((package, file))
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::super::batch::report;
	use super::*;
	use crate::{
		commands::record::{recipient::Recipient, release::Prepared},
		made_up,
	};
	use hdx_primitives::{GrantId, InstitutionId, Milliseconds, Target};
	use hdx_sdk::{
		chain::GrantView,
		seal::{self, Bindings, EncryptionKeyPair},
	};
	use serde_json::Value;
	use tempfile::TempDir;

	/// A release of all of a record, under this grant.
	fn item(grant: u64) -> Item {
		let sealed = made_up::sealed();
		let permitted = seal::permitted(&sealed.manifest, &[], &[], &[]);
		let grant = GrantView { id: GrantId(grant), ..made_up::grant(1, Target::WholeRecord) };
		let record = made_up::record(1);
		let bindings = Bindings {
			genesis: [7; 32],
			record: record.id,
			grant: grant.id,
			consent: None,
			grantee: grant.grantee.clone(),
			epoch: record.epoch,
		};
		let key = EncryptionKeyPair::generate().unwrap().public().clone();
		let package =
			seal::wrap(&sealed.manifest, &sealed.keys, &permitted, &key, &bindings).unwrap();
		let release = Release { line: 1, grant: grant.id, record: record.id, to: None, nth: 1 };
		let recipient = Recipient { key, url: None };
		Item {
			release,
			prepared: Prepared { grant, record, permitted, withheld: 0, recipient, package },
		}
	}

	/// A data directory, and one for packages.
	fn directories() -> (TempDir, Custody, TempDir) {
		let data = tempfile::tempdir().unwrap();
		let custody = Custody::create(data.path());
		(data, custody, tempfile::tempdir().unwrap())
	}

	/// What is there of a batch when the chain has taken it: nothing but preparations.
	fn taken(packages: &Packages<'_>, items: Vec<Item>) -> Batch {
		let (_, disclosures) = report(&items, InstitutionId(0), Milliseconds(9), [7; 32]).unwrap();
		let released = items.into_iter().zip(disclosures).map(|(item, disclosure)| {
			let package = packages.new_part(&item.release).unwrap();
			packages.custody.keep_disclosure(&disclosure).unwrap().keep();
			Taken { item, disclosure, package }
		});
		Batch { batch: BatchId(4), entry: EntryIndex(8), released: released.collect() }
	}

	/// What is said of handing over a batch.
	fn handed_over(packages: &Packages<'_>, batch: Batch) -> Value {
		let mut summary = Summary::default();
		packages.hand_over_all(batch, &mut summary);
		serde_json::to_value(&summary).unwrap()
	}

	fn grants(list: &Value) -> Vec<u64> {
		let list = list.as_array().unwrap();
		list.iter().map(|one| one["grant"].as_u64().unwrap()).collect()
	}

	fn names(directory: &Path) -> Vec<String> {
		let files = fs::read_dir(directory).unwrap();
		let mut names: Vec<_> =
			files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
		names.sort();
		names
	}

	#[test]
	fn a_part_that_a_kill_left_is_no_package_and_gives_way_to_one() {
		let (_data, custody, out) = directories();
		let packages = Packages { directory: out.path(), custody: &custody };
		let part = out.path().join("grant-1-record-3.json.part");
		fs::write(&part, "{\"format\":\"half of a pack").unwrap();
		let item = item(1);
		let package = packages.path(&item.release);
		assert!(!package.exists(), "it would not be released any more");

		let batch = taken(&packages, vec![item]);
		assert_eq!(fs::read(&part).unwrap(), b"");
		assert_eq!(grants(&handed_over(&packages, batch)["released"]), [1]);
		assert_eq!(names(out.path()), ["grant-1-record-3.json"]);
		serde_json::from_slice::<seal::GrantPackage>(&fs::read(package).unwrap()).unwrap();
	}

	#[test]
	fn one_package_that_cannot_be_written_keeps_none_of_the_others_back() {
		let (_data, custody, out) = directories();
		let packages = Packages { directory: out.path(), custody: &custody };
		let batch = taken(&packages, vec![item(1), item(2), item(3)]);
		// Something took the place of the second since it was looked.
		fs::create_dir(out.path().join("grant-2-record-3.json")).unwrap();

		let summary = handed_over(&packages, batch);
		assert_eq!(grants(&summary["released"]), [1, 3]);
		assert_eq!(grants(&summary["refused"]), [2]);
		assert_eq!(summary["refused"][0]["code"], "unwritable");
		assert!(out.path().join("grant-3-record-3.json").is_file());
		// The chain has all three, and so has the accounting.
		assert_eq!(summary["batches"][0]["disclosures"], 3);
		let kept = custody.disclosures().unwrap().found;
		let entries: Vec<_> =
			kept.iter().filter_map(|(_, one)| one.batch.as_ref()?.entry).collect();
		assert_eq!(entries, [8; 3]);
	}
}
