//! Counting what actors and institutions do, and raising an alert when it is too much.

use crate::{
	index::acted_for,
	pallet::{
		Config, CurrentWindow, Error, Event, MonitoringTermsInForce, Pallet, PatientsOfWindow,
		WindowCounts,
	},
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	ensure,
	traits::{Contains, Get},
};
use hdx_primitives::{
	AccountId, AuditAction, AuditEvent, AuditOutcome, InstitutionId, Milliseconds, MonitoredClass,
	Subject,
};
use scale_info::TypeInfo;
use sp_runtime::DispatchResult;

/// Whose doing is counted.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Party {
	/// Who did or asked it.
	Actor(AccountId),
	/// For whom.
	Institution(InstitutionId),
}

/// How often something has to happen in one window to raise an alert. `None`: it never does.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Thresholds {
	/// Refusals.
	pub denials: Option<u32>,
	/// Emergency overrides.
	pub overrides: Option<u32>,
	/// Different patients about whom access was asked for.
	pub patients: Option<u32>,
}

impl Thresholds {
	fn of(&self, class: MonitoredClass) -> Option<u32> {
		match class {
			MonitoredClass::Denials => self.denials,
			MonitoredClass::EmergencyOverrides => self.overrides,
			MonitoredClass::DistinctPatients => self.patients,
		}
	}
}

/// What raises alerts.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct MonitoringTerms {
	/// How long a window is.
	pub window: Milliseconds,
	/// How much is too much of one account.
	pub actor: Thresholds,
	/// How much is too much of one institution.
	pub institution: Thresholds,
}

impl MonitoringTerms {
	pub(crate) fn thresholds(&self, party: &Party) -> &Thresholds {
		match party {
			Party::Actor(_) => &self.actor,
			Party::Institution(_) => &self.institution,
		}
	}
}

/// A window, in which things are counted.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Window {
	/// How many there were before it.
	pub number: u32,
	/// The first moment that is not in it.
	pub ends_at: Milliseconds,
}

/// The number of a window as a storage key: the order of the keys is that of the windows.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct WindowKey(pub [u8; 4]);

impl From<Window> for WindowKey {
	fn from(window: Window) -> Self {
		Self(window.number.to_be_bytes())
	}
}

/// What was counted of somebody in a window.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Counts {
	/// Refusals.
	pub denials: u32,
	/// Emergency overrides.
	pub overrides: u32,
	/// Different patients about whom access was asked for. Not counted beyond what raises the alert.
	pub patients: u32,
}

impl Counts {
	fn of(&mut self, class: MonitoredClass) -> &mut u32 {
		match class {
			MonitoredClass::Denials => &mut self.denials,
			MonitoredClass::EmergencyOverrides => &mut self.overrides,
			MonitoredClass::DistinctPatients => &mut self.patients,
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Refuses terms that are out of bounds.
	pub(crate) fn check_monitoring(terms: &MonitoringTerms) -> Result<(), Error<T>> {
		let lengths = T::MinWindow::get()..=T::MaxWindow::get();
		ensure!(lengths.contains(&terms.window), Error::<T>::WindowOutOfBounds);
		for thresholds in [terms.actor, terms.institution] {
			let Thresholds { denials, overrides, patients } = thresholds;
			for threshold in [denials, overrides, patients].into_iter().flatten() {
				ensure!(threshold > 0, Error::<T>::ThresholdZero);
				ensure!(threshold <= T::MaxThreshold::get(), Error::<T>::ThresholdTooHigh);
			}
		}
		Ok(())
	}

	pub(crate) fn do_set_monitoring(terms: MonitoringTerms) -> DispatchResult {
		Self::check_monitoring(&terms)?;
		MonitoringTermsInForce::<T>::put(terms);
		// What was counted until now was counted by other terms.
		Self::begin_window(Self::now(), terms);
		let entry = Self::append(AuditEvent::new(AuditAction::MonitoringTermsChanged));
		Self::deposit_event(Event::MonitoringSet { terms, entry });
		Ok(())
	}

	/// Counts what happened, and raises the alerts that this makes due.
	pub(crate) fn observe(event: &AuditEvent) {
		let is_denied = matches!(event.outcome, AuditOutcome::Denied(_));
		let is_override = T::EmergencyOverrides::contains(event);
		let asks_about = match &event.patient {
			Some(patient) if is_override || event.action == AuditAction::AccessDecided => {
				(event.actor.as_ref() != Some(patient)).then_some(patient)
			},
			_ => None,
		};
		if !is_denied && !is_override && asks_about.is_none() {
			return;
		}
		let terms = MonitoringTermsInForce::<T>::get();
		let window = Self::current_window(terms);
		let actor = event.actor.clone().map(Party::Actor);
		let institution = acted_for(event).map(Party::Institution);
		for party in [actor, institution].into_iter().flatten() {
			let key = WindowKey::from(window);
			let before = WindowCounts::<T>::get(key, &party);
			let mut counts = before;
			let thresholds = terms.thresholds(&party);
			let mut count = |class: MonitoredClass| {
				let counted = counts.of(class);
				*counted = counted.saturating_add(1);
				(thresholds.of(class) == Some(*counted)).then_some((class, *counted))
			};
			let denials = is_denied.then(|| count(MonitoredClass::Denials)).flatten();
			let overrides =
				is_override.then(|| count(MonitoredClass::EmergencyOverrides)).flatten();
			let patients = asks_about
				.filter(|patient| Self::is_new_patient(key, &party, patient, thresholds, before))
				.and_then(|_| count(MonitoredClass::DistinctPatients));
			if counts != before {
				WindowCounts::<T>::insert(key, &party, counts);
			}
			for (class, counted) in [denials, overrides, patients].into_iter().flatten() {
				Self::raise_alert(party.clone(), class, counted, window);
			}
		}
	}

	/// Whether it is the first time in the window that this party asks about the patient. As many
	/// patients are remembered as it takes to raise the alert, so the set is bounded; without a
	/// threshold none is.
	fn is_new_patient(
		key: WindowKey,
		party: &Party,
		patient: &AccountId,
		thresholds: &Thresholds,
		counts: Counts,
	) -> bool {
		let has_room = thresholds.patients.is_some_and(|threshold| counts.patients < threshold);
		if !has_room || PatientsOfWindow::<T>::contains_key((key, party, patient)) {
			return false;
		}
		PatientsOfWindow::<T>::insert((key, party, patient), ());
		true
	}

	fn raise_alert(party: Party, class: MonitoredClass, count: u32, window: Window) {
		let (account, institution) = match &party {
			Party::Actor(account) => (Some(account.clone().into()), None),
			Party::Institution(institution) => (None, Some(*institution)),
		};
		let entry = Self::append(AuditEvent {
			on_behalf_of: institution,
			subject: Subject::Alert { class, account },
			..AuditEvent::new(AuditAction::SecurityAlert)
		});
		let window = window.number;
		Self::deposit_event(Event::SecurityAlert { party, class, count, window, entry });
	}

	fn current_window(terms: MonitoringTerms) -> Window {
		let now = Self::now();
		match CurrentWindow::<T>::get() {
			Some(window) if now < window.ends_at => window,
			_ => Self::begin_window(now, terms),
		}
	}

	fn begin_window(now: Milliseconds, terms: MonitoringTerms) -> Window {
		let number = CurrentWindow::<T>::get().map_or(0, |window| window.number.saturating_add(1));
		let window = Window { number, ends_at: now.saturating_add(terms.window) };
		CurrentWindow::<T>::put(window);
		window
	}

	/// Forgets what was counted in windows that are over, in at most so many steps, and returns how
	/// many it took.
	pub(crate) fn forget_windows(steps: u32) -> u32 {
		let Some(window) = CurrentWindow::<T>::get() else { return 0 };
		let now = WindowKey::from(window);
		let mut taken = 0u32;
		while taken < steps {
			let old = PatientsOfWindow::<T>::iter_keys().next().filter(|(key, ..)| *key < now);
			if let Some((key, party, patient)) = old {
				PatientsOfWindow::<T>::remove((key, party, patient));
			} else {
				let old = WindowCounts::<T>::iter_keys().next().filter(|(key, _)| *key < now);
				let Some((key, party)) = old else { break };
				WindowCounts::<T>::remove(key, party);
			}
			taken = taken.saturating_add(1);
		}
		taken
	}
}
