//! What an institution is, in FHIR's words and the registry's.
//!
//! | Registry | Written as `organization-type` | Read from, besides our own code |
//! |---|---|---|
//! | hospital | `prov` | NUCC 28… (hospitals) |
//! | clinic | `prov` | NUCC 261Q… (clinics, centres) |
//! | laboratory | `prov` | NUCC 291U… (clinical medical laboratory) |
//! | pharmacy | `prov` | NUCC 3336… (pharmacy) |
//! | insurer | `ins` | `ins`, `pay`; NUCC 302… and 305… (managed care organisations) |
//! | research | `edu` | `crs` |
//! | ethics board | `other` | |
//! | authority | `govt` | `govt` |
//!
//! HL7's code system has one code, `prov`, for everybody who provides care, and `edu` is a school
//! as well as a research institute. So each type is written with a second coding of [`KIND`], which
//! loses nothing, and `prov` alone is read as [`StatedKind::Provider`]: which of the four it is,
//! the caller has to know.

use crate::{coding::Coding, error::Refusal, naming};

/// HL7's code system of `Organization.type`.
pub const ORGANIZATION_TYPE: &str = "http://terminology.hl7.org/CodeSystem/organization-type";
/// The code system of the registry's kinds.
pub const KIND: &str = naming::INSTITUTION_KIND;
/// The NUCC Health Care Provider Taxonomy.
pub const TAXONOMY: &str = "http://nucc.org/provider-taxonomy";

/// What an institution of the provider registry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InstitutionKind {
	/// A hospital.
	Hospital,
	/// A clinic or a practice.
	Clinic,
	/// A laboratory.
	Laboratory,
	/// A pharmacy.
	Pharmacy,
	/// An insurer.
	Insurer,
	/// A research institute.
	Research,
	/// An ethics board.
	EthicsBoard,
	/// A public authority.
	Authority,
}

impl InstitutionKind {
	/// Every kind, in the order of the registry.
	pub const ALL: [Self; 8] = [
		Self::Hospital,
		Self::Clinic,
		Self::Laboratory,
		Self::Pharmacy,
		Self::Insurer,
		Self::Research,
		Self::EthicsBoard,
		Self::Authority,
	];

	/// The code in [`KIND`].
	pub const fn code(self) -> &'static str {
		match self {
			Self::Hospital => "hospital",
			Self::Clinic => "clinic",
			Self::Laboratory => "laboratory",
			Self::Pharmacy => "pharmacy",
			Self::Insurer => "insurer",
			Self::Research => "research",
			Self::EthicsBoard => "ethics-board",
			Self::Authority => "authority",
		}
	}

	/// The nearest code in [`ORGANIZATION_TYPE`].
	pub const fn organization_type(self) -> &'static str {
		match self {
			Self::Hospital | Self::Clinic | Self::Laboratory | Self::Pharmacy => "prov",
			Self::Insurer => "ins",
			Self::Research => "edu",
			Self::EthicsBoard => "other",
			Self::Authority => "govt",
		}
	}

	/// The kind that a coding says exactly.
	fn of(coding: &Coding) -> Option<Self> {
		match (coding.system.as_deref()?, coding.code.as_str()) {
			(ORGANIZATION_TYPE, "ins" | "pay") => Some(Self::Insurer),
			(ORGANIZATION_TYPE, "crs") => Some(Self::Research),
			(ORGANIZATION_TYPE, "govt") => Some(Self::Authority),
			(TAXONOMY, code) => Self::of_taxonomy(code),
			_ => None,
		}
	}

	fn of_taxonomy(code: &str) -> Option<Self> {
		let by_prefix = [
			("28", Self::Hospital),
			("261Q", Self::Clinic),
			("291U", Self::Laboratory),
			("3336", Self::Pharmacy),
			("302", Self::Insurer),
			("305", Self::Insurer),
		];
		by_prefix.into_iter().find(|(prefix, _)| code.starts_with(prefix)).map(|(_, kind)| kind)
	}
}

/// What the `type` of an `Organization` says about its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatedKind {
	/// It is this.
	One(InstitutionKind),
	/// It provides care: a hospital, a clinic, a laboratory or a pharmacy.
	Provider,
	/// Nothing, nothing that the registry knows, or more than one kind.
	Unclear,
}

impl StatedKind {
	/// The kind, where somebody who only "provides care" is of the kind given.
	pub fn or_provider(self, provider: InstitutionKind) -> Option<InstitutionKind> {
		match self {
			Self::One(kind) => Some(kind),
			Self::Provider => Some(provider),
			Self::Unclear => None,
		}
	}

	/// What these codings of `Organization.type` say. A coding of [`KIND`] counts before all
	/// others.
	pub(crate) fn of(codings: &[Coding]) -> Result<Self, Refusal> {
		let has = |system: &str, coding: &&Coding| coding.system.as_deref() == Some(system);
		let own = codings.iter().filter(|coding| has(KIND, coding)).map(|coding| {
			let kind = InstitutionKind::ALL.into_iter().find(|kind| kind.code() == coding.code);
			kind.ok_or_else(|| Refusal::UnknownCode {
				found: coding.code.clone(),
				expected: "hospital, clinic, laboratory, pharmacy, insurer, research, ethics-board or authority",
			})
		});
		let mut kinds = own.collect::<Result<Vec<_>, _>>()?;
		if kinds.is_empty() {
			kinds = codings.iter().filter_map(InstitutionKind::of).collect();
		}
		kinds.sort();
		kinds.dedup();
		let provides = |coding: &Coding| has(ORGANIZATION_TYPE, &coding) && coding.code == "prov";
		Ok(match kinds.as_slice() {
			[kind] => Self::One(*kind),
			[] if codings.iter().any(provides) => Self::Provider,
			_ => Self::Unclear,
		})
	}
}
