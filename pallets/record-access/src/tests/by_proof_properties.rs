//! Whatever happens after it was issued, a grant by proof holds only as long as nothing else speaks.

use crate::{mock::*, GrantRefusal};
use hdx_primitives::{
	engine::{Obligations, Outcome},
	DenialReason, Milliseconds,
};
use proptest::prelude::*;

fn outcomes() -> impl Strategy<Value = Option<Outcome>> {
	prop_oneof![Just(None), Just(Some(Outcome::Permit)), Just(Some(Outcome::Deny))]
}

proptest! {
	#[test]
	fn a_grant_by_proof_holds_while_no_visible_consent_speaks_and_everybody_may(
		visible in outcomes(),
		after in 0..2 * QUARTER.0,
		is_suspended: bool,
		is_withdrawn: bool,
	) {
		run(|| {
			let record = with_subject(SILENT_PATIENT);
			let grant = proven(record, 7);
			if let Some(outcome) = visible {
				answer(SILENT_PATIENT, outcome, Obligations::default());
			}
			if is_suspended {
				refuse_standing(DenialReason::PractitionerSuspended);
			}
			if is_withdrawn {
				RecordAccess::revoke_grant(RuntimeOrigin::signed(SILENT_PATIENT), grant).unwrap();
			}
			let expected = if is_withdrawn {
				Err(GrantRefusal::Revoked)
			} else if after >= QUARTER.0 {
				Err(GrantRefusal::Expired)
			} else if is_suspended {
				Err(GrantRefusal::Denied(DenialReason::PractitionerSuspended))
			} else {
				match visible {
					None => Ok(()),
					Some(Outcome::Permit) => Err(GrantRefusal::Outdated),
					Some(_) => Err(GrantRefusal::Denied(DenialReason::ConsentDenied)),
				}
			};
			let at = START.saturating_add(Milliseconds(after));
			assert_eq!(RecordAccess::check_grant(grant, HOSPITAL, at), expected);
		});
	}
}
