//! What a delegate has to see to before a consent is given, or proven, under a delegation.

use super::{
	element::Element,
	kept::{KeptNote, To},
	place::Place,
	policy, snapshot,
	wallet::Wallet,
};
use crate::{error::Error, shielded_error::ShieldedError, time};
use hdx_primitives::Milliseconds;
use hdx_sdk::chain::Chain;
use hdx_zk_circuits::note::Policy;
use std::path::Path;

/// Reads a delegation that was shared with the owner of a wallet. Fails where it is for somebody else, or does not say
/// where it is.
pub fn read(path: &Path, wallet: &Wallet) -> Result<KeptNote, Error> {
	let delegation = KeptNote::read_delegation(path)?;
	if delegation.to() != To::Delegate(wallet.patient()) {
		return Err(ShieldedError::OtherDelegate {
			path: path.to_owned(),
			expected: delegation.to().element().to_string(),
			found: Element(wallet.patient().0).to_string(),
		}
		.into());
	}
	if delegation.place().is_none() {
		let (path, leaf) = (path.to_owned(), delegation.leaf().to_string());
		return Err(ShieldedError::SharedWithoutPlace { path, leaf }.into());
	}
	Ok(delegation)
}

/// Fails where a consent would cover what the delegation does not: that part of it could never be proven.
pub fn ensure_covers(delegation: &KeptNote, wanted: &Policy) -> Result<(), ShieldedError> {
	let given = &delegation.note().policy;
	let shown = |time| time::show(Milliseconds(time));
	let what = if wanted.categories() & !given.categories() != 0 {
		format!("these categories; it covers {}", policy::shown_categories(given))
	} else if wanted.purposes() & !given.purposes() != 0 {
		format!("these purposes; it covers {}", policy::purpose_symbols(given).join(", "))
	} else if wanted.valid_from() < given.valid_from() {
		format!("the time before {}", shown(given.valid_from()))
	} else if given.valid_until() < wanted.valid_until() {
		format!("the time from {} on", shown(given.valid_until()))
	} else {
		return Ok(());
	};
	Err(ShieldedError::NotDelegated { leaf: delegation.leaf().to_string(), what })
}

/// Fails where the delegation was taken back. The node is told its tree alone: it would learn under which delegation the
/// consent is that comes next.
pub async fn ensure_stands(chain: &Chain, delegation: &KeptNote) -> Result<(), Error> {
	// One without a place is not read.
	let Some(place) = delegation.place() else { return Ok(()) };
	if snapshot::is_revoked_by_now(chain, place).await? {
		return Err(ShieldedError::AlreadyRevoked { place: place.to_string() }.into());
	}
	Ok(())
}

/// Fails where a consent is in another tree than its delegation. A proof is about one tree.
pub fn ensure_together(
	leaf: Element,
	place: Place,
	delegation: Option<Place>,
) -> Result<(), ShieldedError> {
	match delegation {
		Some(delegation) if delegation.tree != place.tree => Err(ShieldedError::OtherTree {
			leaf: leaf.to_string(),
			place: place.to_string(),
			delegation: delegation.to_string(),
		}),
		_ => Ok(()),
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::commands::zk::random;
	use hdx_zk_circuits::{note::Purpose, Fr};

	const PLACE: Place = Place { tree: 0, index: 5 };

	fn covering(categories: u64, purposes: u32, from: u64, until: u64) -> Policy {
		Policy::new(categories, purposes, from, until).unwrap()
	}

	/// A delegation for a wallet, for two categories and treatment, from 10 to 20.
	fn delegation(to: &Wallet) -> KeptNote {
		let mut generator = random::generator().unwrap();
		let policy = covering(0b1001, Purpose::TREATMENT.mask(), 10, 20);
		let patient = Wallet::new(&mut generator);
		let genesis = "0x07".to_owned();
		patient.draw_for_delegate(to.patient(), policy, genesis, &mut generator)
	}

	#[test]
	fn a_delegation_is_read_by_its_delegate_alone_and_fails_without_its_place() {
		let directory = tempfile::tempdir().unwrap();
		let mut generator = random::generator().unwrap();
		let (delegate, other) = (Wallet::new(&mut generator), Wallet::new(&mut generator));
		let mut delegation = delegation(&delegate);
		let pending = directory.path().join("pending");
		delegation.share(&pending).unwrap();
		assert_eq!(read(&pending, &delegate).unwrap_err().code(), "shared-without-place");
		delegation.set_place(PLACE);
		let path = directory.path().join("appended");
		delegation.share(&path).unwrap();
		assert_eq!(read(&path, &delegate).unwrap().place(), Some(PLACE));
		assert_eq!(read(&path, &other).unwrap_err().code(), "other-delegate");
	}

	#[test]
	fn a_consent_covers_no_more_than_its_delegation() {
		let delegate = Wallet::new(&mut random::generator().unwrap());
		let delegation = delegation(&delegate);
		let treatment = Purpose::TREATMENT.mask();
		for (categories, from, until) in [(0b1001, 10, 20), (0b1000, 11, 19)] {
			let wanted = covering(categories, treatment, from, until);
			assert!(ensure_covers(&delegation, &wanted).is_ok());
		}
		for (wanted, why) in [
			(covering(0b1011, treatment, 10, 20), "categories; it covers 0, 3"),
			(covering(1, treatment | Purpose::RESEARCH.mask(), 10, 20), "it covers TREAT"),
			(covering(1, treatment, 9, 20), "before"),
			(covering(1, treatment, 10, 21), "on"),
		] {
			let error = ensure_covers(&delegation, &wanted).unwrap_err();
			assert_eq!(error.code(), "not-delegated");
			assert!(error.to_string().contains(why), "{error}");
		}
	}

	#[test]
	fn a_consent_fails_when_it_is_in_another_tree_than_its_delegation() {
		let leaf = Element(Fr::from(7u64));
		assert!(ensure_together(leaf, PLACE, Some(PLACE)).is_ok());
		assert!(ensure_together(leaf, PLACE, None).is_ok());
		let next = Place { tree: 1, index: 0 };
		let error = ensure_together(leaf, next, Some(PLACE)).unwrap_err();
		assert_eq!(error.code(), "other-tree");
	}
}
