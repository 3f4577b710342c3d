//! How often a grant may be used, and how often it was.
//!
//! A grant for one record counts by itself. One for a whole record is for what any institution keeps of the
//! patient, and any institution can register something: so each has a count of its own, and who makes a
//! record up takes nothing from those who hold what is needed. For the same reason a consent that counts its
//! uses permits single records alone.

use crate::{
	decision::{Denial, Permit},
	Config, Error, Grant, GrantRefusal, Grants, Pallet, UsesAt,
};
use hdx_primitives::{
	ConsentDecider, DenialReason, GrantId, InstitutionId, Milliseconds, RecordId, Target,
};

impl<T: Config> Pallet<T> {
	/// Refuses the whole record where the consent that permits limits how often it is used: whoever
	/// registered something about the patient could use it up.
	pub(crate) fn ensure_countable(asked: Target, permit: Permit) -> Result<Permit, Denial> {
		match permit.basis {
			Some(basis) if asked == Target::WholeRecord => {
				// The consent is read once more for it.
				let looked_at = permit.looked_at.and_one_again();
				if T::Consents::limits_uses(basis) {
					return Err(Denial {
						reason: DenialReason::RecordNotNamed,
						basis: Some(basis),
						algorithm: permit.algorithm,
						looked_at,
					});
				}
				Ok(Permit { looked_at, ..permit })
			},
			_ => Ok(permit),
		}
	}

	/// How many disclosures an institution may still make under a grant.
	pub(crate) fn uses_left_at(id: GrantId, grant: &Grant, custodian: InstitutionId) -> u32 {
		match grant.target {
			Target::Record(_) => grant.uses_left,
			Target::WholeRecord => {
				grant.uses_left.saturating_sub(UsesAt::<T>::get(id, custodian).unwrap_or_default())
			},
		}
	}

	/// Whether an institution could release under a grant now: as [`take_uses`](Self::take_uses) decides it for one use,
	/// and in that order, but for what is about a single record of a whole one.
	pub(crate) fn check_use(
		id: GrantId,
		grant: &Grant,
		custodian: InstitutionId,
		at: Milliseconds,
	) -> Result<(), GrantRefusal> {
		Self::check_live(id, grant, grant.target, at)?;
		match Self::uses_left_at(id, grant, custodian) {
			0 => Err(GrantRefusal::UsedUp),
			_ => Ok(()),
		}
	}

	/// Decides a grant again and takes so many uses of an institution from it, and from the consent that
	/// permits now. Returns how many the institution has left.
	pub(crate) fn take_uses(
		id: GrantId,
		grant: &Grant,
		record: RecordId,
		custodian: InstitutionId,
		uses: u32,
	) -> Result<(Permit, u32), Error<T>> {
		let at = Self::now();
		let permit =
			Self::check_live(id, grant, Target::Record(record), at).map_err(Error::<T>::from)?;
		let left = Self::uses_left_at(id, grant, custodian);
		let left = left.checked_sub(uses).ok_or(Error::<T>::GrantUsedUp)?;
		if let Some(basis) = permit.basis {
			T::Consents::record_uses(basis, uses, at).map_err(Error::<T>::from)?;
		}
		match grant.target {
			Target::Record(_) => {
				Grants::<T>::insert(id, Grant { uses_left: left, ..grant.clone() })
			},
			Target::WholeRecord => {
				UsesAt::<T>::insert(id, custodian, grant.uses_left.saturating_sub(left));
			},
		}
		Ok((permit, left))
	}
}
