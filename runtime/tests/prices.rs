//! What a call may take of a block, and what its sender's institution pays for it.

use crate::arbitrary_calls::Calls;
use crate::chain::{with_consent, SUDO};
use frame_support::dispatch::GetDispatchInfo;
use hdx_runtime::Runtime;
use pallet_quota::{CallClassifier, Nested};
use sp_keyring::Sr25519Keyring as Key;
use std::collections::BTreeMap;

type Classifier = <Runtime as pallet_quota::Config>::Calls;

/// What a unit stands for, in picoseconds (docs/adr/0005-quota-per-sponsor.md).
const UNIT: u64 = 2_500_000_000;

/// How many times that a call may be declared to weigh that is not paid for by weight.
const MOST: u64 = 8;

/// A call that is refused gives nothing of its weight back, so a cheap one that is declared to be heavy would fill blocks.
#[test]
fn no_call_is_declared_to_weigh_much_more_than_its_units() {
	with_consent(|| {
		let accounts = [Key::Alice, Key::Bob, Key::Charlie, Key::Dave, SUDO];
		let calls = Calls::of_runtime(accounts.map(|key| key.to_account_id()).to_vec());
		let mut dearest = BTreeMap::<String, u64>::new();
		for (name, call) in calls.each(3) {
			// Carriers are charged for what they carry.
			if !matches!(Classifier::nested(&call), Nested::Leaf) {
				continue;
			}
			let units = u64::from(Classifier::units(&call)).max(1);
			let times = call.get_dispatch_info().call_weight.ref_time() / (units * UNIT);
			let most = dearest.entry(name).or_default();
			*most = times.max(*most);
		}
		let too_cheap: Vec<_> = dearest.into_iter().filter(|(_, times)| *times > MOST).collect();
		assert_eq!(too_cheap, []);
	});
}
