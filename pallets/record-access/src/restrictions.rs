//! What patients restrict, whatever the consents say (45 CFR 164.522(a), GDPR article 18).
//!
//! A restriction only takes away. So a guardian can set one within their scope, alone, and what a patient
//! restricted no guardian loosens. It does not hold for breaking the glass (164.522(a)(1)(iii)), which
//! says in the log that there was one.

use crate::{
	Config, Error, Event, Pallet, Restriction, RestrictionCountOf, RestrictionTerms, Restrictions,
};
use alloc::vec::Vec;
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditSink, Code, EntryIndex, PatientDirectory, RecordId,
	RepresentativeDirectory, Subject, Target,
};

impl<T: Config> Pallet<T> {
	/// Sets a restriction, or changes it.
	pub(crate) fn do_restrict(
		who: AccountId,
		patient: AccountId,
		record: Option<RecordId>,
		terms: RestrictionTerms,
	) -> DispatchResult {
		Self::ensure_terms(&terms)?;
		Self::ensure_may_restrict(&who, &patient, record, &terms)?;
		let before = Restrictions::<T>::get(&patient, record);
		match &before {
			Some(stands) => {
				ensure!(stands.terms != terms, Error::<T>::AlreadyRestricted);
				let loosens = !terms.is_within(&stands.terms);
				ensure!(!loosens || may_loosen(&who, &patient, stands), Error::<T>::SetByPatient);
			},
			None => {
				let count = RestrictionCountOf::<T>::get(&patient);
				ensure!(count < T::MaxRestrictions::get(), Error::<T>::TooManyRestrictions);
				RestrictionCountOf::<T>::insert(&patient, count.saturating_add(1));
			},
		}

		// What the patient restricted stays the patient's, although a guardian narrowed it.
		let by = match before {
			Some(stands) if stands.by == patient => patient.clone(),
			_ => who.clone(),
		};
		let stored = Restriction { terms: terms.clone(), by, since: Self::now() };
		Restrictions::<T>::insert(&patient, record, stored);
		let entry =
			Self::log_restriction(AuditAction::RestrictionSet, who.clone(), &patient, record);
		Self::deposit_event(Event::RestrictionSet { patient, record, by: who, terms, entry });
		Ok(())
	}

	/// Lifts a restriction.
	pub(crate) fn do_lift_restriction(
		who: AccountId,
		patient: AccountId,
		record: Option<RecordId>,
	) -> DispatchResult {
		let stands = Restrictions::<T>::get(&patient, record).ok_or(Error::<T>::NoRestriction)?;
		let speaks = Self::speaks_for(&who, &patient, &stands.terms);
		ensure!(speaks, Error::<T>::MayNotRestrict);
		ensure!(may_loosen(&who, &patient, &stands), Error::<T>::SetByPatient);

		Self::remove_restriction(&patient, record);
		let action = AuditAction::RestrictionLifted;
		let entry = Self::log_restriction(action, who.clone(), &patient, record);
		Self::deposit_event(Event::RestrictionLifted { patient, record, by: who, entry });
		Ok(())
	}

	/// Removes a restriction, if there is one.
	pub(crate) fn remove_restriction(patient: &AccountId, record: Option<RecordId>) {
		if Restrictions::<T>::take(patient, record).is_some() {
			RestrictionCountOf::<T>::mutate_exists(patient, |count| {
				*count = count.and_then(|count| count.checked_sub(1)).filter(|count| *count > 0);
			});
		}
	}

	/// Refuses terms that restrict nothing, and lists that are no sets.
	pub(crate) fn ensure_terms(terms: &RestrictionTerms) -> Result<(), Error<T>> {
		let are_ordered = terms.purposes().is_sorted_by(|one, next| one < next);
		ensure!(are_ordered, Error::<T>::PurposesNotOrdered);
		let is_void = matches!(terms, RestrictionTerms::NotFor(purposes) if purposes.is_empty());
		ensure!(!is_void, Error::<T>::RestrictsNothing);
		Ok(())
	}

	fn ensure_may_restrict(
		who: &AccountId,
		patient: &AccountId,
		record: Option<RecordId>,
		terms: &RestrictionTerms,
	) -> Result<(), Error<T>> {
		ensure!(T::Patients::is_patient(patient), Error::<T>::PatientUnknown);
		ensure!(Self::speaks_for(who, patient, terms), Error::<T>::MayNotRestrict);
		if let Some(id) = record {
			let record = Self::record(id)?;
			ensure!(record.patient == *patient, Error::<T>::RecordOfAnotherPatient);
		}
		Ok(())
	}

	/// Whether the account is the patient, or a guardian whose scope includes whatever the terms take
	/// away.
	fn speaks_for(who: &AccountId, patient: &AccountId, terms: &RestrictionTerms) -> bool {
		who == patient
			|| match terms {
				RestrictionTerms::NotFor(purposes) => {
					T::Representatives::is_guardian_for_each(who, patient, purposes)
				},
				RestrictionTerms::OnlyFor(_) => {
					T::Representatives::is_guardian_for_all(who, patient)
				},
			}
	}

	/// Whether [`Pallet::restrict`] by this account would go through and only take away: nothing that is
	/// restricted now would be left again. Each restriction can be narrowed as often as it has purposes,
	/// so this holds for a bounded number of calls in a row.
	pub fn only_restricts(
		who: &AccountId,
		patient: &AccountId,
		record: Option<RecordId>,
		terms: &RestrictionTerms,
	) -> bool {
		Self::ensure_terms(terms).is_ok()
			&& Self::ensure_may_restrict(who, patient, record, terms).is_ok()
			&& match Restrictions::<T>::get(patient, record) {
				Some(stands) => stands.terms != *terms && terms.is_within(&stands.terms),
				None => RestrictionCountOf::<T>::get(patient) < T::MaxRestrictions::get(),
			}
	}

	/// Whether the patient restricted disclosures of this target for this purpose. For the whole record,
	/// what is restricted of single records is asked when they are disclosed.
	pub(crate) fn is_restricted(patient: &AccountId, target: Target, purpose: Code) -> bool {
		let restricts = |record| {
			Restrictions::<T>::get(patient, record)
				.is_some_and(|restriction| !restriction.terms.permit(purpose))
		};
		restricts(None)
			|| match target {
				Target::Record(id) => restricts(Some(id)),
				Target::WholeRecord => false,
			}
	}

	/// Whether anything of this target is restricted for this purpose.
	pub(crate) fn is_partly_restricted(patient: &AccountId, target: Target, purpose: Code) -> bool {
		match target {
			Target::Record(_) => Self::is_restricted(patient, target, purpose),
			Target::WholeRecord => Restrictions::<T>::iter_prefix_values(patient)
				.any(|restriction| !restriction.terms.permit(purpose)),
		}
	}

	pub(crate) fn query_restrictions(patient: &AccountId) -> Vec<(Option<RecordId>, Restriction)> {
		Restrictions::<T>::iter_prefix(patient).collect()
	}

	fn log_restriction(
		action: AuditAction,
		who: AccountId,
		patient: &AccountId,
		record: Option<RecordId>,
	) -> EntryIndex {
		T::Audit::record(AuditEvent {
			actor: Some(who),
			patient: Some(patient.clone()),
			subject: Subject::Restriction { record },
			..AuditEvent::new(action)
		})
	}
}

/// Whether somebody who speaks for the patient may loosen a restriction: what the patient set, the patient
/// alone.
fn may_loosen(who: &AccountId, patient: &AccountId, stands: &Restriction) -> bool {
	who == patient || stands.by != *patient
}
