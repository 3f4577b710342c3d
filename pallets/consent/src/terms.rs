//! Which terms a consent can have, and the stop of its renewal.

use crate::{
	acting::Acting,
	types::{ConsentTerms, FrequencyLimit, Renewal},
	Config, Consents, Error, Event, Pallet,
};
use frame_support::ensure;
use hdx_primitives::{
	consent::root_period, engine::Policy, AuditAction, ConsentId, Milliseconds, Period,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Refuses terms that mean nothing.
	pub(crate) fn check_terms(
		terms: &ConsentTerms,
		policy: &Policy,
		now: Milliseconds,
	) -> Result<(), Error<T>> {
		if let Some(frequency) = &terms.frequency {
			Self::check_frequency(frequency)?;
		}
		Self::check_erasure(terms.erase_by, root_period(policy), now)?;
		if let Some(renewal) = &terms.renewal {
			Self::check_renewal(renewal)?;
			ensure!(root_period(policy).end.is_some(), Error::<T>::RenewalWithoutEnd);
		}
		Ok(())
	}

	pub(crate) fn check_frequency(frequency: &FrequencyLimit) -> Result<(), Error<T>> {
		ensure!(frequency.accesses > 0, Error::<T>::FrequencyOfNoAccess);
		ensure!(frequency.per.0 > 0, Error::<T>::FrequencyPerNoTime);
		Ok(())
	}

	/// What must be erased before the consent begins could never be given.
	pub(crate) fn check_erasure(
		erase_by: Option<Milliseconds>,
		period: Period,
		now: Milliseconds,
	) -> Result<(), Error<T>> {
		let Some(erase_by) = erase_by else { return Ok(()) };
		ensure!(now < erase_by, Error::<T>::EraseByPassed);
		let begins_before = period.start.is_none_or(|start| start < erase_by);
		ensure!(begins_before, Error::<T>::ErasedBeforeItBegins);
		Ok(())
	}

	pub(crate) fn check_renewal(renewal: &Renewal) -> Result<(), Error<T>> {
		ensure!(renewal.extends_by.0 > 0, Error::<T>::RenewalByNoTime);
		ensure!(renewal.times > 0, Error::<T>::RenewalNeverHappens);
		ensure!(renewal.notice.0 > 0, Error::<T>::RenewalWithoutNotice);
		ensure!(renewal.notice < renewal.extends_by, Error::<T>::NoticeTooLong);
		Ok(())
	}

	pub(crate) fn do_stop_renewal(acting: &Acting, consent: ConsentId) -> DispatchResult {
		let now = Self::now();
		let mut record = Self::changeable(acting, consent, now)?;
		let renewal = record.terms.renewal.ok_or(Error::<T>::NoRenewal)?;
		ensure!(record.renewal_stopped_at.is_none(), Error::<T>::RenewalAlreadyStopped);
		ensure!(record.renewals_at(now) < renewal.times, Error::<T>::NoRenewalLeft);

		record.renewal_stopped_at = Some(now);
		let (version, ends_at) = (record.version, record.period_at(now).end);
		Consents::<T>::insert(consent, record);
		Self::log_consent(acting, AuditAction::RenewalStopped, consent, version);
		Self::deposit_event(Event::RenewalStopped {
			consent,
			patient: acting.patient.clone(),
			version,
			ends_at: ends_at.unwrap_or(now),
		});
		Ok(())
	}
}
