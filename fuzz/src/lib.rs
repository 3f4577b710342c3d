//! What the fuzz targets do with their bytes: a module for each that reads, and here arbitrary input of
//! the engine.
//!
//! Of the engine, codes, actors and moments are drawn from a handful each, so that what a policy names
//! and what a request asks for meet. Nothing is made valid: parents may point anywhere, periods may end
//! before they start.

#![forbid(unsafe_code)]

pub mod circuit;
pub mod credential;
pub mod did;
pub mod fhir;
pub mod files;
pub mod input;
pub mod oracle;
pub mod proof;
pub mod record;

use arbitrary::{Arbitrary, Result, Unstructured};
use hdx_consent_engine::{
	Actor, Algorithm, Code, DataMeaning, DataReference, ImplicitPolicy, InstitutionId,
	Milliseconds, Period, Policy, Provision, Rule, Rules, Status, MAX_PROVISIONS, MAX_VALUES,
};

/// What a consent is, with its policy beside it.
#[derive(Debug)]
pub struct AnyConsent {
	/// Its number.
	pub id: u64,
	/// Its version.
	pub version: u32,
	/// Whether it is in force.
	pub status: Status,
	/// When it was given.
	pub given_at: Milliseconds,
	/// What it says.
	pub policy: Policy,
}

/// A request with its own lists.
#[derive(Debug)]
pub struct AnyRequest {
	/// Who asks.
	pub actors: Vec<Actor>,
	/// What for.
	pub purposes: Vec<Code>,
	/// To do what.
	pub actions: Vec<Code>,
	/// For which labels.
	pub labels: Vec<Code>,
	/// For which classes.
	pub classes: Vec<Code>,
	/// For which clinical codes.
	pub codes: Vec<Code>,
	/// For data from when.
	pub data_period: Period,
	/// For which data.
	pub data: Vec<DataReference>,
	/// Under which categories of consent.
	pub categories: Vec<Code>,
}

/// All that a decision is made from.
#[derive(Debug)]
pub struct AnyCase {
	/// The patient's consents.
	pub consents: Vec<AnyConsent>,
	/// Whether the patient opted out of emergency override.
	pub emergency_opt_out: bool,
	/// What is asked.
	pub request: AnyRequest,
	/// The governed parameters.
	pub rules: Rules,
	/// When.
	pub at: Milliseconds,
}

impl<'a> Arbitrary<'a> for AnyCase {
	fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
		Ok(Self {
			request: request(bytes)?,
			rules: rules(bytes)?,
			at: moment(bytes)?,
			emergency_opt_out: bytes.arbitrary()?,
			consents: some(bytes, 4, consent)?,
		})
	}
}

fn request(bytes: &mut Unstructured<'_>) -> Result<AnyRequest> {
	Ok(AnyRequest {
		actors: some(bytes, 3, actor)?,
		purposes: some(bytes, 2, code)?,
		actions: some(bytes, 2, code)?,
		labels: some(bytes, 3, code)?,
		classes: some(bytes, 3, code)?,
		codes: some(bytes, 3, code)?,
		data_period: period(bytes)?,
		data: some(bytes, 2, data)?,
		categories: some(bytes, 1, code)?,
	})
}

fn rules(bytes: &mut Unstructured<'_>) -> Result<Rules> {
	Ok(Rules {
		algorithm: *bytes.choose(&[Algorithm::MostRecentWins, Algorithm::DenyOverrides])?,
		implicit: *bytes.choose(&[
			ImplicitPolicy::Deny,
			ImplicitPolicy::BasicNormal,
			ImplicitPolicy::AllNormal,
			ImplicitPolicy::BreakGlassOnly,
		])?,
	})
}

fn consent(bytes: &mut Unstructured<'_>) -> Result<AnyConsent> {
	Ok(AnyConsent {
		id: bytes.int_in_range(0..=3)?,
		version: bytes.int_in_range(0..=3)?,
		status: if bytes.ratio(1, 8)? { Status::Inactive } else { Status::Active },
		given_at: moment(bytes)?,
		policy: policy(bytes)?,
	})
}

/// Any policy.
pub fn policy(bytes: &mut Unstructured<'_>) -> Result<Policy> {
	let categories = some(bytes, 1, code)?;
	let mut provisions = Vec::new();
	let count = bytes.int_in_range(0..=MAX_PROVISIONS)?;
	for _ in 0..count {
		// A fuzzer that is out of bytes gives zeros: stop before the tree fills up with them.
		if bytes.is_empty() {
			break;
		}
		provisions.push(provision(bytes)?);
	}
	Ok(Policy {
		categories: categories.try_into().unwrap_or_default(),
		provisions: provisions.try_into().unwrap_or_default(),
	})
}

fn provision(bytes: &mut Unstructured<'_>) -> Result<Provision> {
	let parent =
		if bytes.ratio(1, 32)? { bytes.arbitrary()? } else { bytes.int_in_range(0..=4)? };
	let rule = if bytes.arbitrary()? { Rule::Permit } else { Rule::Deny };
	let mut provision = Provision::new(parent, rule);
	// Which attributes are there: most provisions have few.
	let present: u16 = bytes.arbitrary()?;
	let has = |bit: u16| present & (1 << bit) != 0;
	if has(0) {
		provision.period = period(bytes)?;
	}
	if has(1) {
		provision.actors = some(bytes, MAX_VALUES, actor)?.try_into().unwrap_or_default();
	}
	if has(2) {
		provision.purposes = some(bytes, MAX_VALUES, code)?.try_into().unwrap_or_default();
	}
	if has(3) {
		provision.actions = some(bytes, MAX_VALUES, code)?.try_into().unwrap_or_default();
	}
	if has(4) {
		provision.labels = some(bytes, MAX_VALUES, code)?.try_into().unwrap_or_default();
	}
	if has(5) {
		provision.classes = some(bytes, MAX_VALUES, code)?.try_into().unwrap_or_default();
	}
	if has(6) {
		provision.codes = some(bytes, MAX_VALUES, code)?.try_into().unwrap_or_default();
	}
	if has(7) {
		provision.data_period = period(bytes)?;
	}
	if has(8) {
		provision.data = some(bytes, MAX_VALUES, data)?.try_into().unwrap_or_default();
	}
	Ok(provision)
}

fn some<'a, T>(
	bytes: &mut Unstructured<'a>,
	most: u32,
	mut one: impl FnMut(&mut Unstructured<'a>) -> Result<T>,
) -> Result<Vec<T>> {
	let count = bytes.int_in_range(0..=most)?;
	(0..count).map(|_| one(bytes)).collect()
}

/// One of a few codes, or any: many different ones make the long obligations.
fn code(bytes: &mut Unstructured<'_>) -> Result<Code> {
	let one: u8 = bytes.arbitrary()?;
	Ok(Code([if one < 0xc0 { one % 6 } else { one }; 16]))
}

fn actor(bytes: &mut Unstructured<'_>) -> Result<Actor> {
	Ok(match bytes.int_in_range(0..=4)? {
		0 => Actor::Account([bytes.int_in_range(0..=2)?; 32]),
		1 => Actor::Organisation(InstitutionId(bytes.int_in_range(0..=2)?)),
		2 => Actor::Role(code(bytes)?),
		3 => Actor::Group(code(bytes)?),
		_ => Actor::Identifier(code(bytes)?),
	})
}

fn data(bytes: &mut Unstructured<'_>) -> Result<DataReference> {
	let meaning = *bytes.choose(&[
		DataMeaning::Instance,
		DataMeaning::Related,
		DataMeaning::Dependents,
		DataMeaning::AuthoredBy,
	])?;
	Ok(DataReference { meaning, reference: code(bytes)? })
}

fn period(bytes: &mut Unstructured<'_>) -> Result<Period> {
	let bound = |bytes: &mut Unstructured<'_>| match bytes.arbitrary::<bool>()? {
		true => moment(bytes).map(Some),
		false => Ok(None),
	};
	Ok(Period { start: bound(bytes)?, end: bound(bytes)? })
}

fn moment(bytes: &mut Unstructured<'_>) -> Result<Milliseconds> {
	let one: u8 = bytes.arbitrary()?;
	Ok(Milliseconds(if one == u8::MAX { u64::MAX } else { u64::from(one % 16) }))
}
