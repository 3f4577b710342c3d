//! What must hold of the stored state after every block.

use crate::{
	role_matrix::has_duplicate, Config, ConfirmedGrants, Grants, NextGrantId, NextRecordId, Pallet,
	RecordCount, Records, RecordsOf, RoleMatrix,
};
use frame_support::ensure;
use hdx_primitives::Target;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant.
	pub(crate) fn check_invariants() -> Result<(), TryRuntimeError> {
		Self::check_records()?;
		Self::check_grants()?;
		Self::check_role_matrix()
	}

	/// Every record is in its patient's index and nothing else is; counts match.
	fn check_records() -> Result<(), TryRuntimeError> {
		let next = NextRecordId::<T>::get();
		let mut records = 0u64;
		for (id, record) in Records::<T>::iter() {
			ensure!(id < next, "a record has an identifier that was not given out");
			ensure!(record.sections > 0, "a record has no sections");
			ensure!(
				RecordsOf::<T>::contains_key(&record.patient, id),
				"a record is not in its patient's index"
			);
			records = records.saturating_add(1);
		}
		ensure!(records == next.0, "a record is missing");
		for (patient, id, ()) in RecordsOf::<T>::iter() {
			let record = Records::<T>::get(id).ok_or("an index entry names no record")?;
			ensure!(record.patient == patient, "a record is in another patient's index");
		}
		let mut counted = 0u64;
		for (patient, count) in RecordCount::<T>::iter() {
			let found = RecordsOf::<T>::iter_key_prefix(&patient).count();
			ensure!(
				u64::try_from(found).is_ok_and(|found| found == count),
				"a patient's count of records is wrong"
			);
			counted = counted.saturating_add(count);
		}
		ensure!(counted == records, "the counts do not add up to all records");
		Ok(())
	}

	/// Every grant has a lifetime, names two people, and a record of its patient if it names one.
	fn check_grants() -> Result<(), TryRuntimeError> {
		let next = NextGrantId::<T>::get();
		let mut grants = 0u64;
		for (id, grant) in Grants::<T>::iter() {
			ensure!(id < next, "a grant has an identifier that was not given out");
			ensure!(grant.issued_at < grant.expires_at, "a grant never holds");
			ensure!(grant.grantee != grant.patient, "a patient holds a grant on themselves");
			if let Target::Record(record) = grant.target {
				let record = Records::<T>::get(record).ok_or("a grant names no record")?;
				ensure!(record.patient == grant.patient, "a grant names another patient's record");
			}
			grants = grants.saturating_add(1);
		}
		ensure!(grants == next.0, "a grant is missing");
		for id in ConfirmedGrants::<T>::iter_keys() {
			ensure!(Grants::<T>::contains_key(id), "a confirmed grant does not exist");
		}
		Ok(())
	}

	/// No empty cell is stored, and none names an action twice.
	fn check_role_matrix() -> Result<(), TryRuntimeError> {
		for (_, _, actions) in RoleMatrix::<T>::iter() {
			ensure!(!actions.is_empty(), "an empty cell of the role matrix is stored");
			ensure!(!has_duplicate(&actions), "a cell of the role matrix names an action twice");
		}
		Ok(())
	}
}
