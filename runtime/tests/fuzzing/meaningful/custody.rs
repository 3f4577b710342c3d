//! Records that go from one custodian to another.

use super::{kept_record, operator, recent};
use crate::fuzzing::{Make, Step};
use ark_std::rand::{rngs::StdRng, Rng};
use hdx_primitives::RecordId;
use hdx_runtime::{RecordAccess, Runtime};
use pallet_record_access::{Call, CustodyOffers, NextRecordId, Records};

/// What there is here.
pub const ALL: &[Make] = &[offer, offer, accept, withdraw];

/// A custodian offers a record.
pub fn offer(rng: &mut StdRng) -> Option<Step> {
	let (record, _, from) = kept_record(rng)?;
	let (to, _) = operator(rng)?;
	Step::signed(from, Call::offer_custody { record, to })
}

fn offered(rng: &mut StdRng) -> Option<RecordId> {
	let id = RecordId(recent(rng, NextRecordId::<Runtime>::get().0)?);
	if CustodyOffers::<Runtime>::contains_key(id) {
		return Some(id);
	}
	CustodyOffers::<Runtime>::iter_keys().next()
}

/// It is taken over, as it is or sealed anew.
pub fn accept(rng: &mut StdRng) -> Option<Step> {
	let record = offered(rng)?;
	let to = super::operator_of(CustodyOffers::<Runtime>::get(record)?.to)?;
	let epoch = Records::<Runtime>::get(record)?.epoch.checked_add(1)?;
	let sealed_anew = rng.gen_bool(0.5).then(|| super::access::new_manifest(rng, epoch));
	let version = RecordAccess::record_version(record)?;
	Step::signed(to, Call::accept_custody { record, version, sealed_anew })
}

/// The offer is withdrawn.
pub fn withdraw(rng: &mut StdRng) -> Option<Step> {
	let record = offered(rng)?;
	let from = super::operator_of(Records::<Runtime>::get(record)?.custodian)?;
	Step::signed(from, Call::withdraw_custody_offer { record })
}
