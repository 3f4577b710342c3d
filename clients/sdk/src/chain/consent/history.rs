//! Checking that a history is whole: every version names the hash of the one before.

use hdx_primitives::{
	consent::{ConsentRecord, VersionRecord},
	ConsentId, H256,
};

/// Where a history does not hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BrokenHistory {
	/// There are no versions at all.
	#[error("the history has no version")]
	Empty,
	/// The versions are not numbered one after the other.
	#[error("version {expected} of the history is missing, and {found} stands in its place")]
	Gap {
		/// Which number should be there.
		expected: u32,
		/// Which one is.
		found: u32,
	},
	/// The hash of a version is not that of its content.
	#[error("the content of version {version} is not what its hash was made of")]
	OtherContent {
		/// Which version.
		version: u32,
	},
	/// A version does not follow the one before.
	#[error("version {version} does not name the hash of the version before it")]
	NotLinked {
		/// Which version.
		version: u32,
	},
	/// The last version is not the current one.
	#[error("the history does not end with the consent's current version")]
	OtherEnd,
}

/// Checks the hash chain of a consent's versions, the first one first, up to the current one.
///
/// # Errors
///
/// The first [`BrokenHistory`].
pub fn check_history(
	id: ConsentId,
	current: &ConsentRecord,
	versions: &[VersionRecord],
) -> Result<(), BrokenHistory> {
	let mut previous = H256::zero();
	for (expected, version) in (1u32..).zip(versions) {
		if version.version != expected {
			return Err(BrokenHistory::Gap { expected, found: version.version });
		}
		if version.previous != previous {
			return Err(BrokenHistory::NotLinked { version: expected });
		}
		if version.hash != version.hash_of(id, &current.patient) {
			return Err(BrokenHistory::OtherContent { version: expected });
		}
		previous = version.hash;
	}
	let last = versions.last().ok_or(BrokenHistory::Empty)?;
	if last.hash != current.hash {
		return Err(BrokenHistory::OtherEnd);
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;
	use hdx_primitives::{
		consent::{ConsentTerms, GrantedBy, SignedDocument},
		engine::{Policy, Provision, Rule, Status, Values},
		AccountId, Commitment, Milliseconds, TemplateId,
	};

	const ID: ConsentId = ConsentId(7);

	fn record(version: u32, previous: H256) -> ConsentRecord {
		let record = ConsentRecord {
			patient: AccountId::new([1; 32]),
			status: Status::Active,
			version,
			given_at: Milliseconds(u64::from(version)),
			granted_by: GrantedBy::Patient,
			revoked_at: None,
			document: SignedDocument { template: TemplateId(0), commitment: Commitment([2; 32]) },
			policy: Policy {
				categories: Values::default(),
				provisions: vec![Provision::new(0, Rule::Deny)].try_into().unwrap(),
			},
			terms: ConsentTerms::default(),
			renewal_stopped_at: None,
			previous,
			hash: H256::zero(),
		};
		record.hashed(ID)
	}

	/// A consent that was amended twice.
	fn history() -> (ConsentRecord, Vec<VersionRecord>) {
		let first = record(1, H256::zero());
		let second = record(2, first.hash);
		let third = record(3, second.hash);
		let versions = [&first, &second, &third].map(ConsentRecord::current_version);
		(third, versions.to_vec())
	}

	#[test]
	fn a_history_as_the_chain_keeps_it_holds() {
		let (current, mut versions) = history();
		check_history(ID, &current, &versions).unwrap();
		// What came later is no part of a version.
		versions[0].superseded_at = Some(Milliseconds(9));
		versions[1].renewal_stopped_at = Some(Milliseconds(9));
		check_history(ID, &current, &versions).unwrap();
	}

	#[test]
	fn fails_when_there_is_nothing() {
		let (current, _) = history();
		assert_eq!(check_history(ID, &current, &[]), Err(BrokenHistory::Empty));
	}

	#[test]
	fn fails_when_a_version_is_missing() {
		let (current, mut versions) = history();
		versions.remove(1);
		let gap = BrokenHistory::Gap { expected: 2, found: 3 };
		assert_eq!(check_history(ID, &current, &versions), Err(gap));
	}

	#[test]
	fn fails_when_a_version_was_altered() {
		let (current, mut versions) = history();
		versions[1].given_at = Milliseconds(99);
		let altered = BrokenHistory::OtherContent { version: 2 };
		assert_eq!(check_history(ID, &current, &versions), Err(altered));
	}

	#[test]
	fn fails_when_a_version_was_altered_and_hashed_again() {
		let (current, mut versions) = history();
		versions[0].given_at = Milliseconds(99);
		versions[0].hash = versions[0].hash_of(ID, &current.patient);
		let unlinked = BrokenHistory::NotLinked { version: 2 };
		assert_eq!(check_history(ID, &current, &versions), Err(unlinked));
	}

	#[test]
	fn fails_when_it_is_of_another_consent_or_patient() {
		let (mut current, versions) = history();
		let other = BrokenHistory::OtherContent { version: 1 };
		assert_eq!(check_history(ConsentId(8), &current, &versions), Err(other));
		current.patient = AccountId::new([3; 32]);
		assert_eq!(check_history(ID, &current, &versions), Err(other));
	}

	#[test]
	fn fails_when_the_newest_version_is_left_out() {
		let (current, mut versions) = history();
		versions.pop();
		assert_eq!(check_history(ID, &current, &versions), Err(BrokenHistory::OtherEnd));
	}
}
