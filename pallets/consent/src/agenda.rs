//! What is to be announced when. Announcements only: whether a consent was renewed is read from the
//! time, so a late announcement changes no decision.

use crate::{types::ConsentRecord, Agenda, Config, Consents, Event, Pallet, WeightInfo};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::Get, weights::Weight};
use hdx_primitives::{
	consent::root_period,
	engine::{Basis, Status},
	AuditAction, AuditEvent, AuditSink, ConsentId, Milliseconds, Subject,
};
use scale_info::TypeInfo;

/// The place of an item: its moment and its consent, big-endian, so that the keys of the storage
/// are in the order of time.
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
pub struct AgendaKey {
	due: [u8; 8],
	consent: [u8; 8],
}

impl AgendaKey {
	/// The place of an item.
	pub fn new(due: Milliseconds, consent: ConsentId) -> Self {
		Self { due: due.0.to_be_bytes(), consent: consent.0.to_be_bytes() }
	}

	/// Its moment.
	pub fn due(&self) -> Milliseconds {
		Milliseconds(u64::from_be_bytes(self.due))
	}

	/// Its consent.
	pub fn consent(&self) -> ConsentId {
		ConsentId(u64::from_be_bytes(self.consent))
	}
}

/// What is to be announced.
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
pub struct AgendaItem {
	/// About this version of the consent; about another one the item is void.
	pub version: u32,
	/// The number of the renewal, counted from one.
	pub renewal: u32,
	/// Whether the renewal itself is due, or the notice before it.
	pub what: Announcement,
}

/// What an item of the agenda announces.
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
pub enum Announcement {
	/// The notice window before the renewal opens.
	NoticeOpens,
	/// The consent is renewed.
	Renews,
}

impl<T: Config> Pallet<T> {
	/// Notes the announcements of a renewal, the notice first, if it can still happen.
	pub(crate) fn schedule_renewal(consent: ConsentId, record: &ConsentRecord, renewal: u32) {
		if let Some(moment) = moment_of(record, renewal) {
			let notice = record.terms.renewal.map_or(0, |terms| terms.notice.0);
			let opens = Milliseconds(moment.0.saturating_sub(notice));
			let item =
				AgendaItem { version: record.version, renewal, what: Announcement::NoticeOpens };
			Agenda::<T>::insert(AgendaKey::new(opens, consent), item);
		}
	}

	/// Announces what is due, as much as fits into the weight and the bound of a block.
	pub(crate) fn work_agenda(limit: Weight) -> Weight {
		let mut last = None;
		let now = Self::now();
		let each = T::WeightInfo::announce();
		let mut used = Weight::zero();
		for _ in 0..T::MaxAnnouncementsPerBlock::get() {
			if used.saturating_add(each).any_gt(limit) {
				break;
			}
			let next = Self::next_of_agenda(last).filter(|key| key.due() <= now);
			let Some(key) = next else {
				used.saturating_accrue(T::DbWeight::get().reads(1));
				break;
			};
			last = Some(key);
			used.saturating_accrue(each);
			if let Some(item) = Agenda::<T>::take(key) {
				Self::announce(key.consent(), item);
			}
		}
		used
	}

	/// The first item after this one, or the first of all. Who looks from the beginning each time passes over all that the
	/// block has taken before. What an announcement notes comes later than it: a notice before its renewal, and that before
	/// the notice of the next.
	fn next_of_agenda(last: Option<AgendaKey>) -> Option<AgendaKey> {
		match last {
			Some(last) => Agenda::<T>::iter_keys_from_key(last).next(),
			None => Agenda::<T>::iter_keys().next(),
		}
	}

	fn announce(consent: ConsentId, item: AgendaItem) {
		let Some(record) = Consents::<T>::get(consent) else { return };
		if record.version != item.version || record.status != Status::Active {
			return;
		}
		let Some(moment) = moment_of(&record, item.renewal) else { return };
		let (patient, version, renewal) = (record.patient.clone(), record.version, item.renewal);
		match item.what {
			Announcement::NoticeOpens => {
				let item = AgendaItem { what: Announcement::Renews, ..item };
				Agenda::<T>::insert(AgendaKey::new(moment, consent), item);
				Self::deposit_event(Event::RenewalNoticeOpened {
					consent,
					patient,
					version,
					renewal,
					ends_at: moment,
				});
			},
			Announcement::Renews => {
				let next = item.renewal.saturating_add(1);
				Self::schedule_renewal(consent, &record, next);
				T::Audit::record(AuditEvent {
					patient: Some(patient.clone()),
					subject: Subject::Consent(consent),
					basis: Some(Basis { consent, version }),
					..AuditEvent::new(AuditAction::ConsentRenewed)
				});
				let until = record.period_at(moment).end.unwrap_or(moment);
				Self::deposit_event(Event::ConsentRenewed {
					consent,
					patient,
					version,
					renewal,
					until,
				});
			},
		}
	}
}

/// The moment of a renewal; `None` where it does not happen.
pub(crate) fn moment_of(record: &ConsentRecord, renewal: u32) -> Option<Milliseconds> {
	let (terms, end) = (record.terms.renewal?, root_period(&record.policy).end?);
	let moment = terms.moment(end, renewal);
	let happens = renewal <= record.renewals_in_all() && !record.is_over(moment);
	happens.then_some(moment)
}
