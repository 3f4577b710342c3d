//! No institution takes what another one has.

use crate::mock::*;
use hdx_primitives::{GrantId, InstitutionId, RecordId};
use proptest::{collection::vec, prelude::*};
use std::collections::BTreeMap;

proptest! {
	#![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

	/// Whatever the others do before, after and between: an institution discloses under a grant for the whole
	/// record as often as it would alone.
	#[test]
	fn each_institution_has_the_uses_that_it_would_have_alone(
		attempts in vec((any::<bool>(), 0u64..2, 0u64..2), 0..24),
	) {
		genesis().execute_with(|| {
			let custodians = [(CUSTODIAN, HOSPITAL), (CLINIC_OPERATOR, CLINIC)];
			// Two records of each, and two grants.
			for (operator, _) in custodians.iter().cycle().take(4) {
				let operator = RuntimeOrigin::signed(operator.clone());
				RecordAccess::register_record(operator, PATIENT, MANIFEST, 10, 0).unwrap();
			}
			let grants = [granted(request()), granted(request())];
			let mut used = BTreeMap::<(GrantId, InstitutionId), u32>::new();
			for (is_second, which, grant) in attempts {
				let (operator, custodian) = custodians[usize::from(is_second)].clone();
				let record = RecordId(2 * which + u64::from(is_second));
				let grant = grants[grant as usize];
				let done = plain(RecordAccess::record_disclosure(
					RuntimeOrigin::signed(operator), grant, record, 1, DISCLOSURE,
				));
				let used = used.entry((grant, custodian)).or_default();
				prop_assert_eq!(done.is_ok(), *used < MAX_USES, "{:?}", done);
				*used += u32::from(done.is_ok());
				prop_assert_eq!(RecordAccess::uses_left(grant, custodian), Some(MAX_USES - *used));
			}
			#[cfg(feature = "try-runtime")]
			prop_assert_eq!(RecordAccess::check_invariants(), Ok(()));
			Ok(())
		})?;
	}
}
