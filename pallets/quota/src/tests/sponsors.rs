//! Who answers for whom.

use crate::{mock::*, CheckQuota, InstitutionBuckets, Pallet, Refusal, Remaining, SignerBuckets};
use codec::Encode;
use frame_support::dispatch::GetDispatchInfo;
use sp_runtime::{
	traits::{TransactionExtension, TxBaseImplication},
	transaction_validity::{TransactionSource, ValidTransaction},
};

fn spent(institution: hdx_primitives::InstitutionId) -> u64 {
	InstitutionBuckets::<Test>::get(institution).unwrap_or_default().spent / 1_000
}

#[test]
fn an_account_without_a_sponsor_is_refused() {
	on_chain(|| {
		assert_eq!(validate(stranger(), &ordinary()), Err(refused(Refusal::NoSponsor)));
		assert_eq!(include(stranger(), ordinary()), Err(refused(Refusal::NoSponsor)));
		// They are not entitled to the protected call.
		assert_eq!(include(stranger(), protected()), Err(refused(Refusal::NoSponsor)));
		assert_eq!(include(stranger(), batch([])), Err(refused(Refusal::NoSponsor)));
	});
}

#[test]
fn of_several_sponsors_the_first_is_charged() {
	on_chain(|| {
		include(practitioner(), ordinary()).unwrap();
		assert_eq!((spent(A), spent(B)), (1, 0));
	});
}

#[test]
fn a_call_on_behalf_of_a_sponsor_is_charged_to_it() {
	on_chain(|| {
		include(practitioner(), on_behalf_of(B)).unwrap();
		assert_eq!((spent(A), spent(B)), (0, 1));
		include(practitioner(), on_behalf_of(A)).unwrap();
		assert_eq!((spent(A), spent(B)), (1, 1));
	});
}

#[test]
fn a_call_on_behalf_of_somebody_else_is_charged_to_the_own_sponsor() {
	on_chain(|| {
		include(operator_of_a(), on_behalf_of(B)).unwrap();
		include(practitioner(), on_behalf_of(hdx_primitives::InstitutionId(77))).unwrap();
		assert_eq!((spent(A), spent(B)), (2, 0));
	});
}

#[test]
fn the_leaves_of_a_batch_are_charged_to_whom_each_is_for() {
	on_chain(|| {
		let call = batch([on_behalf_of(B), ordinary(), batch([on_behalf_of(B), on_behalf_of(A)])]);
		include(practitioner(), call).unwrap();
		assert_eq!((spent(A), spent(B)), (2, 2));
	});
}

#[test]
fn one_spent_sponsor_refuses_the_whole_batch_and_none_is_charged() {
	on_chain(|| {
		flood(operator_of_b(), ordinary(), LIMITS.capacity);
		let call = batch([on_behalf_of(A), on_behalf_of(B)]);
		assert_eq!(include(practitioner(), call), Err(refused(Refusal::SponsorExhausted)));
		assert_eq!(spent(A), 0);
		assert_eq!(include(practitioner(), on_behalf_of(A)), Ok(()));
	});
}

#[test]
fn an_exempt_signers_calls_are_not_counted() {
	on_chain(|| {
		assert_eq!(flood(sudo_key(), ordinary(), 100), 100);
		assert_eq!(include(sudo_key(), wrapped(ordinary(), 20)), Ok(()));
		assert_eq!(InstitutionBuckets::<Test>::iter().count(), 0);
		assert_eq!(SignerBuckets::<Test>::iter().count(), 0);
	});
}

#[test]
fn what_nobody_signed_passes_untouched() {
	on_chain(|| {
		let (call, extension) = (ordinary(), CheckQuota::<Test>::new());
		let (info, implication) = (call.get_dispatch_info(), TxBaseImplication(()));
		for source in [TransactionSource::InBlock, TransactionSource::External] {
			let (validity, val, origin) = extension
				.validate(RuntimeOrigin::none(), &call, &info, 0, (), &implication, source)
				.unwrap();
			assert_eq!(validity, ValidTransaction::default());
			let unused = extension.clone().prepare(val, &origin, &call, &info, 0).unwrap();
			assert_eq!(unused, extension.weight(&call));
		}
		let bare = CheckQuota::<Test>::bare_validate(&call, &info, 0).unwrap();
		assert_eq!(bare, ValidTransaction::default());
		assert_eq!(InstitutionBuckets::<Test>::iter().count(), 0);
	});
}

#[test]
fn the_extension_encodes_to_no_bytes() {
	let extension = CheckQuota::<Test>::new();
	assert_eq!(extension.encode(), Vec::<u8>::new());
	assert_eq!(extension.implicit().encode(), Ok::<(), ()>(()).encode());
	assert_eq!(core::mem::size_of_val(&extension), 0);
}

#[test]
fn anyone_can_ask_what_is_left() {
	on_chain(|| {
		include(practitioner(), on_behalf_of(B)).unwrap();
		include(practitioner(), protected()).unwrap();
		let expected = Remaining { exempt: false, own: 2, sponsors: vec![(A, 10), (B, 9)] };
		assert_eq!(Pallet::<Test>::remaining(practitioner()), expected);
		let nobody = Remaining { exempt: false, own: 3, sponsors: vec![] };
		assert_eq!(Pallet::<Test>::remaining(stranger()), nobody);
		assert!(Pallet::<Test>::remaining(sudo_key()).exempt);
		let bucket = Pallet::<Test>::bucket(B).unwrap();
		assert_eq!((bucket.limits, bucket.available), (LIMITS, 9));
		wait(500);
		assert_eq!(Pallet::<Test>::bucket(B).unwrap().available, 10);
		assert_eq!(Pallet::<Test>::bucket(hdx_primitives::InstitutionId(77)), None);
	});
}
