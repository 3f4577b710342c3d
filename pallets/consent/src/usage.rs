//! How often a consent was used.

use crate::{
	types::{ConsentRecord, UsageWindow},
	Config, Consents, Pallet, Usage,
};
use hdx_primitives::{
	engine::{Basis, Status},
	Milliseconds, UseRefusal,
};

impl<T: Config> Pallet<T> {
	/// The window in which so many disclosures would be counted, and how many would be in it then.
	/// `None` where the consent sets no limit.
	pub(crate) fn next_uses(
		basis: Basis,
		uses: u32,
		at: Milliseconds,
	) -> Result<Option<UsageWindow>, UseRefusal> {
		let record = Consents::<T>::get(basis.consent)
			.filter(|record| record.version == basis.version)
			.filter(|record| record.status == Status::Active && !record.is_over(at))
			.ok_or(UseRefusal::NotInForce)?;
		let Some(limit) = record.terms.frequency else { return Ok(None) };
		let window = window_at(&record, at);
		let used = Usage::<T>::get(basis.consent)
			.filter(|usage| usage.version == record.version && usage.window == window)
			.map_or(0, |usage| usage.used);
		let used = used.checked_add(uses).filter(|used| *used <= limit.accesses);
		let used = used.ok_or(UseRefusal::FrequencyExceeded)?;
		Ok(Some(UsageWindow { version: record.version, window, used }))
	}
}

/// The number of the window that `at` lies in.
fn window_at(record: &ConsentRecord, at: Milliseconds) -> u64 {
	let per = record.terms.frequency.map_or(0, |limit| limit.per.0);
	at.0.saturating_sub(record.given_at.0).checked_div(per).unwrap_or(0)
}
