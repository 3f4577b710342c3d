//! Who the guardians of a patient are.

use crate::{
	acting::Acting,
	types::{Accounts, GuardianSet, Guardianship, PendingGuardians},
	Config, Error, Event, Guardians, GuardiansToBe, Pallet, Patients, Proposals, ProposalsOf,
};
use frame_support::{ensure, traits::Get};
use hdx_primitives::{
	engine::Scope, AccountId, AuditAction, Code, Milliseconds, ProviderDirectory,
	RepresentativeDirectory, Subject,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Names, replaces or releases guardians. Those who are in office have the objection delay to
	/// object; where nobody is, it holds at once.
	pub(crate) fn do_set_guardians(patient: AccountId, set: Option<GuardianSet>) -> DispatchResult {
		ensure!(Patients::<T>::contains_key(&patient), Error::<T>::NotAPatient);
		let now = Self::now();
		Self::settle_guardians(&patient, now);
		let set = set.map(|set| Self::checked_guardians(&patient, set, now)).transpose()?;
		let current = Guardians::<T>::get(&patient);
		let acting = Acting::in_person(patient.clone());
		if current.as_ref().map(|guardianship| &guardianship.set) == set.as_ref() {
			// Naming those who are in office takes back that they were to be replaced.
			ensure!(GuardiansToBe::<T>::contains_key(&patient), Error::<T>::GuardiansUnchanged);
			Self::log(&acting, AuditAction::GuardiansChanged, Subject::None);
			Self::keep_guardians(&patient);
			return Ok(());
		}
		Self::log(&acting, AuditAction::GuardiansChanged, Subject::None);
		let delay = current
			.filter(|guardianship| guardianship.set.period.end.is_none_or(|end| now < end))
			.map_or(Milliseconds(0), |guardianship| guardianship.set.objection_delay);
		if delay.0 == 0 {
			GuardiansToBe::<T>::remove(&patient);
			Self::install_guardians(&patient, set, now);
		} else {
			let takes_effect_at = now.saturating_add(delay);
			GuardiansToBe::<T>::insert(&patient, PendingGuardians { set, takes_effect_at });
			Self::deposit_event(Event::GuardianReplacementPending { patient, takes_effect_at });
		}
		Ok(())
	}

	/// The guardians go on as they are.
	pub(crate) fn keep_guardians(patient: &AccountId) {
		GuardiansToBe::<T>::remove(patient);
		Self::deposit_event(Event::GuardianReplacementCancelled { patient: patient.clone() });
	}

	/// Puts guardians in office, or none. What the ones before proposed dies with their office.
	pub(crate) fn install_guardians(
		patient: &AccountId,
		set: Option<GuardianSet>,
		since: Milliseconds,
	) {
		for proposal in ProposalsOf::<T>::take(patient) {
			Proposals::<T>::remove(proposal);
		}
		let count = set.as_ref().map_or(0, |set| set.guardians.len());
		let threshold = set.as_ref().map_or(0, |set| set.threshold);
		match set {
			Some(set) => Guardians::<T>::insert(patient, Guardianship { set, since }),
			None => Guardians::<T>::remove(patient),
		}
		Self::deposit_event(Event::GuardiansInstalled {
			patient: patient.clone(),
			count: u32::try_from(count).unwrap_or(u32::MAX),
			threshold,
		});
	}

	/// Writes down what time has done: a replacement whose delay is over.
	pub(crate) fn settle_guardians(patient: &AccountId, now: Milliseconds) {
		if let Some(due) = Self::due_replacement(patient, now) {
			GuardiansToBe::<T>::remove(patient);
			Self::install_guardians(patient, due.set, due.takes_effect_at);
		}
	}

	/// The guardians who are in office at the time of this block.
	pub(crate) fn guardians_in_office(patient: &AccountId) -> Option<Guardianship> {
		match Self::due_replacement(patient, Self::now()) {
			Some(due) => due.set.map(|set| Guardianship { set, since: due.takes_effect_at }),
			None => Guardians::<T>::get(patient),
		}
	}

	fn due_replacement(patient: &AccountId, now: Milliseconds) -> Option<PendingGuardians> {
		GuardiansToBe::<T>::get(patient).filter(|pending| pending.takes_effect_at <= now)
	}

	/// The guardians of the patient, of whom this account must be one, and in office now.
	pub(crate) fn guardianship_of(
		guardian: &AccountId,
		patient: &AccountId,
		now: Milliseconds,
	) -> Result<GuardianSet, Error<T>> {
		Self::settle_guardians(patient, now);
		let set = Guardians::<T>::get(patient).ok_or(Error::<T>::NotAGuardian)?.set;
		ensure!(set.guardians.contains(guardian), Error::<T>::NotAGuardian);
		ensure!(
			set.period.start.is_none_or(|start| start <= now),
			Error::<T>::GuardianshipNotBegun
		);
		ensure!(set.period.end.is_none_or(|end| now < end), Error::<T>::GuardianshipOver);
		Ok(set)
	}

	/// The set with its guardians sorted, if it is one.
	pub(crate) fn checked_guardians(
		patient: &AccountId,
		mut set: GuardianSet,
		now: Milliseconds,
	) -> Result<GuardianSet, Error<T>> {
		set.guardians = Self::sorted_guardians(patient, set.guardians, set.threshold)?;
		ensure!(set.period.is_ordered(), Error::<T>::PeriodNotOrdered);
		ensure!(set.period.end.is_none_or(|end| now < end), Error::<T>::GuardianshipOver);
		ensure!(
			set.objection_delay <= T::MaxObjectionDelay::get(),
			Error::<T>::ObjectionDelayTooLong
		);
		let scope = &set.scope;
		let are_ordered = scope.period.is_ordered() && scope.data_period.is_ordered();
		ensure!(are_ordered, Error::<T>::PeriodNotOrdered);
		Ok(set)
	}

	/// The guardians in their order, if they can be guardians of the patient. An institution's
	/// operator cannot: it would approve its own requests.
	pub(crate) fn sorted_guardians(
		patient: &AccountId,
		guardians: Accounts,
		threshold: u32,
	) -> Result<Accounts, Error<T>> {
		let mut sorted = guardians.into_inner();
		sorted.sort();
		let count = u32::try_from(sorted.len()).unwrap_or(u32::MAX);
		ensure!(count > 0, Error::<T>::NoGuardians);
		ensure!(count <= T::MaxGuardians::get(), Error::<T>::TooManyGuardians);
		ensure!(threshold > 0, Error::<T>::ThresholdZero);
		ensure!(threshold <= count, Error::<T>::ThresholdAboveGuardians);
		ensure!(sorted.is_sorted_by(|one, next| one < next), Error::<T>::DuplicateGuardian);
		ensure!(!sorted.contains(patient), Error::<T>::PatientAsGuardian);
		ensure!(
			!sorted.iter().any(|guardian| T::Providers::operated_by(guardian).is_some()),
			Error::<T>::GuardianIsOperator
		);
		Accounts::try_from(sorted).map_err(|_| Error::<T>::TooManyGuardians)
	}
}

impl<T: Config> RepresentativeDirectory for Pallet<T> {
	fn is_guardian(who: &AccountId, patient: &AccountId, purpose: Option<Code>) -> bool {
		Self::is_guardian_for_each(who, patient, purpose.as_slice())
	}

	fn is_guardian_for_each(who: &AccountId, patient: &AccountId, purposes: &[Code]) -> bool {
		Self::scope_of_guardian(who, patient).is_some_and(|scope| {
			scope.purposes.is_empty() || purposes.iter().all(|code| scope.purposes.contains(code))
		})
	}

	fn is_guardian_for_all(who: &AccountId, patient: &AccountId) -> bool {
		Self::scope_of_guardian(who, patient).is_some_and(|scope| scope.purposes.is_empty())
	}
}

impl<T: Config> Pallet<T> {
	/// The scope of a guardian who is in office now.
	fn scope_of_guardian(who: &AccountId, patient: &AccountId) -> Option<Scope> {
		let now = Self::now();
		let Guardianship { set, .. } = Self::guardians_in_office(patient)?;
		let is_in_office = set.guardians.contains(who)
			&& set.period.start.is_none_or(|start| start <= now)
			&& set.period.end.is_none_or(|end| now < end);
		is_in_office.then_some(set.scope)
	}
}
