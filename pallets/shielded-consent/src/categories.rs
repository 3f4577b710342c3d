//! Which category of a shielded consent stands for which class of data.
//!
//! The list only grows, at its end, and each class has a category of its own: consents name places, so whatever came to
//! stand for a place later would be covered by consents whose patients never thought of it.

use crate::{Categories, Config, Error, Event, Pallet};
use frame_support::{dispatch::DispatchResult, ensure};
use hdx_primitives::{
	engine::terminology::purpose, AuditAction, AuditEvent, AuditSink, Code, Subject,
};
use hdx_zk_circuits::note::{Category, Purpose};

/// The code system of classes: FHIR resource types.
pub const CLASS_SYSTEM: &str = "http://hl7.org/fhir/resource-types";

/// The classes that a chain starts with, each at its place.
pub const SHIPPED: [&str; 26] = [
	"Patient",
	"AllergyIntolerance",
	"Condition",
	"Observation",
	"DiagnosticReport",
	"Procedure",
	"Encounter",
	"Immunization",
	"Medication",
	"MedicationRequest",
	"MedicationStatement",
	"MedicationAdministration",
	"MedicationDispense",
	"CarePlan",
	"CareTeam",
	"Goal",
	"FamilyMemberHistory",
	"DocumentReference",
	"Composition",
	"ImagingStudy",
	"Specimen",
	"Device",
	"ServiceRequest",
	"Coverage",
	"Claim",
	"ExplanationOfBenefit",
];

/// The code of a class that is shipped.
pub(crate) fn class_code(kind: &str) -> Code {
	Code::of_token(&alloc::format!("{CLASS_SYSTEM}|{kind}"))
}

/// The place of a purpose in consents.
pub(crate) fn purpose_of(code: Code) -> Option<Purpose> {
	let place = purpose::ALL.iter().position(|term| term.code == code)?;
	Purpose::new(u8::try_from(place).ok()?)
}

impl<T: Config> Pallet<T> {
	/// The category that stands for a class.
	pub(crate) fn category_of_class(class: Code) -> Option<Category> {
		Category::new(Categories::<T>::get(class)?)
	}

	/// Gives a class the next place.
	pub(crate) fn append_class(class: Code) -> Result<u8, Error<T>> {
		ensure!(!Categories::<T>::contains_key(class), Error::<T>::CategoryExists);
		let place =
			u8::try_from(Categories::<T>::count()).map_err(|_| Error::<T>::NoCategoryLeft)?;
		ensure!(Category::new(place).is_some(), Error::<T>::NoCategoryLeft);
		Categories::<T>::insert(class, place);
		Ok(place)
	}

	pub(crate) fn do_append_category(class: Code) -> DispatchResult {
		let place = Self::append_class(class)?;
		T::Audit::record(AuditEvent {
			subject: Subject::Category { class, place },
			..AuditEvent::new(AuditAction::CategoryAppended)
		});
		Self::deposit_event(Event::CategoryAppended { class, place });
		Ok(())
	}
}
