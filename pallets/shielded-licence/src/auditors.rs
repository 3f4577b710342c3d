//! The auditors for whom identities are encrypted.

use crate::{AuditorInOffice, Auditors, Config, Error, Event, IdentityAuditor, KnownKeys, Pallet};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{AuditAction, AuditEvent, AuditSink, EntryIndex, Subject};
use hdx_zk_circuits::auditor::AuditorKey;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_appoint(key: [u8; 32]) -> DispatchResult {
		ensure!(AuditorKey::from_bytes(&key).is_ok(), Error::<T>::NotAnAuditorKey);
		// Whoever was dismissed comes back with another key, so that a key says when it was in office.
		ensure!(!KnownKeys::<T>::contains_key(key), Error::<T>::AuditorKeyUsed);
		let number = Auditors::<T>::count();
		ensure!(number < u32::MAX, Error::<T>::NoAuditorNumberLeft);
		Auditors::<T>::insert(number, IdentityAuditor { key, appointed_at: Self::now() });
		KnownKeys::<T>::insert(key, number);
		AuditorInOffice::<T>::put(number);
		let entry = Self::log_auditor(AuditAction::IdentityAuditorAppointed, number, key);
		Self::deposit_event(Event::AuditorAppointed { number, key, entry });
		Ok(())
	}

	pub(crate) fn do_dismiss() -> DispatchResult {
		let (number, auditor) = Self::query_auditor().ok_or(Error::<T>::NoAuditor)?;
		AuditorInOffice::<T>::kill();
		let entry = Self::log_auditor(AuditAction::IdentityAuditorDismissed, number, auditor.key);
		Self::deposit_event(Event::AuditorDismissed { number, entry });
		Ok(())
	}

	/// The auditor in office.
	pub(crate) fn query_auditor() -> Option<(u32, IdentityAuditor)> {
		let number = AuditorInOffice::<T>::get()?;
		Some((number, Auditors::<T>::get(number)?))
	}

	fn log_auditor(action: AuditAction, number: u32, key: [u8; 32]) -> EntryIndex {
		T::Audit::record(AuditEvent {
			subject: Subject::IdentityAuditor { number, key },
			..AuditEvent::new(action)
		})
	}
}
