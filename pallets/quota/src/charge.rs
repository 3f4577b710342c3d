//! Who pays for a transaction, and from which bucket.

use crate::{
	bucket::FULL_SHARE,
	call_tree::{self, Cost},
	AttemptBuckets, Bucket, CallClassifier, Config, EmergencyBuckets, InstitutionBuckets,
	InstitutionLimits, Limits, Pallet, Refusal, SignerBuckets, SponsorDirectory,
};
use alloc::vec::Vec;
use frame_support::traits::{Get, Time};
use hdx_primitives::{AccountId, InstitutionId, Milliseconds};
use sp_runtime::transaction_validity::TransactionPriority;

/// Priority in the pool of what the signer's own bucket pays for. Above all that is ordinary.
pub const PROTECTED_PRIORITY: TransactionPriority = 1 << 32;

/// From which buckets a transaction is paid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Charge {
	/// None: the signer's calls are not counted.
	Exempt,
	/// The signer's own bucket, which is for protected calls.
	Own {
		/// So many units.
		units: u32,
	},
	/// The bucket that an institution has for emergencies, and the signer's own. Both hold it, so
	/// that one signer alone does not spend the institution's.
	Emergency {
		/// The institution.
		institution: InstitutionId,
		/// So many units, of each.
		units: u32,
	},
	/// The bucket that an institution has for the attempts of all accounts that were given up
	/// there, however many these are.
	Attempts {
		/// The institution.
		institution: InstitutionId,
		/// So many units.
		units: u32,
	},
	/// The buckets of the institutions that answer for the signer.
	Sponsors {
		/// Units of each.
		shares: Vec<(InstitutionId, u32)>,
		/// How full the emptiest of these buckets would be behind this, in thousandths.
		fullness: u64,
	},
}

/// Who pays for a transaction, and what it took to tell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
	/// From which buckets it is paid.
	pub charge: Charge,
	/// About how many calls state was asked, whether they are protected or an emergency.
	pub looked_up: u32,
}

impl Charge {
	/// How many buckets it is taken out of: each is read, with what limits it, and written.
	pub fn buckets(&self) -> u32 {
		match self {
			Self::Exempt => 0,
			Self::Own { .. } | Self::Attempts { .. } => 1,
			Self::Emergency { .. } => 2,
			Self::Sponsors { shares, .. } => u32::try_from(shares.len()).unwrap_or(u32::MAX),
		}
	}

	/// The place in the pool: what is protected and paid by its signer, and emergencies, first, then by how much of
	/// their buckets the institutions would have left. Whoever floods comes last, but for the attempts of
	/// accounts that were given up.
	///
	/// What a transaction itself costs counts, since the pool holds no more than so many bytes and gives room to a
	/// higher priority alone: few large ones of somebody whose bucket is full would keep everybody else out.
	pub fn priority(&self) -> TransactionPriority {
		match self {
			Self::Exempt | Self::Own { .. } | Self::Emergency { .. } => PROTECTED_PRIORITY,
			Self::Sponsors { fullness, .. } => (*fullness).max(1),
			Self::Attempts { .. } => 0,
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Who would pay for `call`, signed by `who`, now. Changes nothing.
	///
	/// # Errors
	///
	/// Each [`Refusal`].
	pub fn plan(who: &AccountId, call: &T::RuntimeCall) -> Result<Plan, Refusal> {
		if T::Calls::is_exempt(who) {
			return Ok(Plan { charge: Charge::Exempt, looked_up: 0 });
		}
		let cost = call_tree::cost_of::<T::RuntimeCall, T::Calls>(
			who,
			call,
			T::Sponsors::sponsors(who),
			T::MaxDepth::get(),
			T::ProtectedLimits::get().capacity,
		)?;
		// Whether it is an emergency is asked besides: of a call that is too large to be protected, of that alone.
		let looked_up = cost.looked_up.max(T::Calls::is_looked_up(call).into());
		Ok(Plan { charge: Self::charge_for(who, call, cost)?, looked_up })
	}

	/// Who would pay for `call`, which costs so much.
	fn charge_for(who: &AccountId, call: &T::RuntimeCall, cost: Cost) -> Result<Charge, Refusal> {
		if cost.is_attempt {
			if let Some(institution) = T::Sponsors::retired_from(who) {
				return Self::plan_attempts(institution, cost.units);
			}
		}
		if T::Calls::is_looked_up(call) {
			if let Some(institution) = T::Calls::emergency(who, call) {
				if let Some(charge) = Self::plan_emergency(who, institution, cost.units) {
					return Ok(charge);
				}
			}
		}
		if cost.is_protected {
			let own = SignerBuckets::<T>::get(who).unwrap_or_default();
			if own.charged(cost.units, T::ProtectedLimits::get(), Self::now()).is_some() {
				return Ok(Charge::Own { units: cost.units });
			}
		}
		match (!cost.shares.is_empty(), cost.is_protected) {
			(false, false) => Err(Refusal::NoSponsor),
			(false, true) => Err(Refusal::ProtectedExhausted),
			(true, is_protected) => {
				Self::plan_for_sponsors(cost.shares).map_err(|refusal| match refusal {
					// The signer's own bucket refills and would hold it.
					_ if is_protected => Refusal::ProtectedExhausted,
					ordinary => ordinary,
				})
			},
		}
	}

	/// An emergency that the signer's own bucket and that of the institution both hold. `None`: it is
	/// charged like any other call.
	fn plan_emergency(who: &AccountId, institution: InstitutionId, units: u32) -> Option<Charge> {
		let now = Self::now();
		SignerBuckets::<T>::get(who).unwrap_or_default().charged(
			units,
			T::ProtectedLimits::get(),
			now,
		)?;
		EmergencyBuckets::<T>::get(institution).unwrap_or_default().charged(
			units,
			T::EmergencyLimits::get(),
			now,
		)?;
		Some(Charge::Emergency { institution, units })
	}

	/// Attempts of all accounts that were given up at one institution share a small bucket, so that
	/// giving up more of them makes no more room for a flood.
	fn plan_attempts(institution: InstitutionId, units: u32) -> Result<Charge, Refusal> {
		let limits = T::ProtectedLimits::get();
		if units > limits.capacity {
			return Err(Refusal::TooLarge);
		}
		AttemptBuckets::<T>::get(institution)
			.unwrap_or_default()
			.charged(units, limits, Self::now())
			.ok_or(Refusal::SponsorExhausted)?;
		Ok(Charge::Attempts { institution, units })
	}

	fn plan_for_sponsors(mut shares: Vec<(InstitutionId, u32)>) -> Result<Charge, Refusal> {
		shares.retain(|(_, units)| *units > 0);
		let now = Self::now();
		let mut fullness = FULL_SHARE;
		for (sponsor, units) in &shares {
			let limits = Self::limits(*sponsor);
			if *units > limits.capacity {
				return Err(Refusal::TooLarge);
			}
			let bucket = InstitutionBuckets::<T>::get(sponsor).unwrap_or_default();
			let charged = bucket.charged(*units, limits, now).ok_or(Refusal::SponsorExhausted)?;
			fullness = fullness.min(charged.share(limits, now));
		}
		Ok(Charge::Sponsors { shares, fullness })
	}

	/// Takes what was planned out of the buckets. A failed call is not paid back: its inclusion was
	/// work for everybody.
	///
	/// # Errors
	///
	/// [`Refusal::SponsorExhausted`] or [`Refusal::ProtectedExhausted`] if a bucket does not hold
	/// it any more. Buckets charged before that one stay charged; the caller drops the changes.
	pub(crate) fn charge(who: &AccountId, charge: &Charge) -> Result<(), Refusal> {
		let now = Self::now();
		match charge {
			Charge::Exempt => {},
			Charge::Own { units } => {
				let bucket = SignerBuckets::<T>::get(who)
					.unwrap_or_default()
					.charged(*units, T::ProtectedLimits::get(), now)
					.ok_or(Refusal::ProtectedExhausted)?;
				SignerBuckets::<T>::insert(who, bucket);
			},
			Charge::Emergency { institution, units } => {
				let own = SignerBuckets::<T>::get(who)
					.unwrap_or_default()
					.charged(*units, T::ProtectedLimits::get(), now)
					.ok_or(Refusal::ProtectedExhausted)?;
				let bucket = EmergencyBuckets::<T>::get(institution)
					.unwrap_or_default()
					.charged(*units, T::EmergencyLimits::get(), now)
					.ok_or(Refusal::ProtectedExhausted)?;
				SignerBuckets::<T>::insert(who, own);
				EmergencyBuckets::<T>::insert(institution, bucket);
			},
			Charge::Attempts { institution, units } => {
				let bucket = AttemptBuckets::<T>::get(institution)
					.unwrap_or_default()
					.charged(*units, T::ProtectedLimits::get(), now)
					.ok_or(Refusal::SponsorExhausted)?;
				AttemptBuckets::<T>::insert(institution, bucket);
			},
			Charge::Sponsors { shares, .. } => {
				for (sponsor, units) in shares {
					let bucket = InstitutionBuckets::<T>::get(sponsor)
						.unwrap_or_default()
						.charged(*units, Self::limits(*sponsor), now)
						.ok_or(Refusal::SponsorExhausted)?;
					InstitutionBuckets::<T>::insert(sponsor, bucket);
				}
			},
		}
		Ok(())
	}

	/// The limits of an institution's bucket: those that governance set, else the default.
	pub(crate) fn limits(institution: InstitutionId) -> Limits {
		InstitutionLimits::<T>::get(institution).unwrap_or_else(T::DefaultLimits::get)
	}

	/// Units that the institution can spend now.
	pub(crate) fn available(institution: InstitutionId) -> u32 {
		InstitutionBuckets::<T>::get(institution)
			.unwrap_or_default()
			.available(Self::limits(institution), Self::now())
	}

	/// Units of protected calls that the account can pay for by itself now.
	pub(crate) fn own_available(who: &AccountId) -> u32 {
		let bucket: Bucket = SignerBuckets::<T>::get(who).unwrap_or_default();
		bucket.available(T::ProtectedLimits::get(), Self::now())
	}

	/// The time of this block.
	pub(crate) fn now() -> Milliseconds {
		Milliseconds(T::Timestamp::now())
	}
}
