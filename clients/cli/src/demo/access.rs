//! A practitioner of another hospital asks, and opens what is permitted.

use super::{
	cast::{salted, short, symbol, Cast},
	consent::Given,
	error::DemoError,
	narrator::Narrator,
	record::Registered,
	Scene,
};
use hdx_primitives::{
	engine::{terminology::purpose, DataFacts},
	AccessRequest, Action, ContextHash, EntryIndex, GrantId, Milliseconds, Role, Target,
};
use hdx_sdk::{
	chain::{AccessAnswer, ChainError, GrantView, Until},
	seal::{self, Bindings, GrantPackage},
};
use std::{collections::BTreeSet, path::Path};

/// How long the grant is to hold: eight hours.
const SHIFT: Milliseconds = Milliseconds(8 * 60 * 60 * 1_000);

/// What the practitioner was given.
pub struct Opened {
	/// Under which grant.
	pub grant: GrantId,
	/// The entry of the log about the decision.
	pub entry: EntryIndex,
	/// The wrapped keys.
	pub package: GrantPackage,
	/// What they are bound to.
	pub bindings: Bindings,
}

/// The request of the flow.
pub fn request(cast: &Cast, record: &Registered) -> Result<AccessRequest, DemoError> {
	Ok(AccessRequest {
		on_behalf_of: cast.requester_institution,
		role: Role::Physician,
		patient: cast.patient.account(),
		target: Target::Record(record.id),
		purpose: purpose::TREAT,
		action: Action::Read,
		labels: Default::default(),
		classes: Default::default(),
		context: ContextHash(salted(b"encounter of the demo")?.0),
		duration: SHIFT,
	})
}

/// Asks, has the permitted keys wrapped, opens, and compares.
pub async fn ask_and_open(
	scene: Scene<'_>,
	consent: &Given,
	narrator: &mut Narrator,
) -> Result<Opened, DemoError> {
	let Scene { chain, cast, record, .. } = scene;
	let asked = request(cast, record)?;
	let answer = chain.request_access(&cast.practitioner, asked, None, Until::Finalized).await?;
	let AccessAnswer::Granted { grant, entry } = answer else {
		return Err(DemoError::unexpected("the request", "a grant", format!("{answer:?}")));
	};
	let view = chain.finalized_grant(grant).await?;
	let redacted: Vec<_> = consent.withheld.iter().map(symbol).collect();
	let binding = consent.withheld.iter().all(|code| {
		let facts = DataFacts { codes: std::slice::from_ref(code), ..DataFacts::default() };
		view.obligations.iter().any(|obligation| obligation.withholds(&facts))
	});
	if !binding {
		return Err(DemoError::unexpected(
			"the obligations",
			format!("redact {}", redacted.join(", ")),
			format!("{:?}", view.obligations),
		));
	}
	narrator.step(format!(
		"a physician of institution {} asked: grant {} is finalized, with the obligation to redact {}; entry {}",
		cast.requester_institution.0,
		grant.0,
		redacted.join(", "),
		entry.0,
	));

	release_and_open(scene, &view, entry, narrator).await
}

/// What a grant permits is released to the physician by the custodian, opened, and compared with what was sealed; what it
/// does not permit stays closed.
pub async fn release_and_open(
	scene: Scene<'_>,
	view: &GrantView,
	entry: EntryIndex,
	narrator: &mut Narrator,
) -> Result<Opened, DemoError> {
	let Scene { chain, cast, record, bundle, store, data } = scene;
	let grant = view.id;
	let permitted =
		seal::permitted(&record.manifest, &view.obligations, &view.labels, &view.classes);
	let total = record.manifest.sections().len();
	if permitted.is_empty() || permitted.len() >= total {
		return Err(DemoError::unexpected(
			"partial access",
			"some sections released and some withheld",
			format!("{} of {total} released", permitted.len()),
		));
	}
	let bindings = Bindings {
		genesis: chain.genesis(),
		record: record.id,
		grant,
		consent: view.basis.map(|basis| basis.consent),
		grantee: view.grantee.clone(),
		epoch: record.keys.epoch(),
	};
	let registered = chain.practitioner(&view.grantee).await?;
	let public = cast.practitioner_keys.public();
	public.check(&registered.key_agreement.0)?;
	let package = seal::wrap(&record.manifest, &record.keys, &permitted, public, &bindings)?;
	let released = u32::try_from(permitted.len()).unwrap_or(u32::MAX);
	chain
		.record_disclosure(
			&cast.custodian,
			grant,
			record.id,
			released,
			salted(format!("{permitted:?}").as_bytes())?,
			Until::InBlock,
		)
		.await?;
	write_package(&package, data, grant)?;
	narrator.step(format!(
		"the custodian recorded the disclosure and wrapped the keys of {released} of {total} sections (X-Wing) for key {}",
		short(&cast.practitioner_keys.fingerprint().0),
	));

	let on_chain = chain.record(record.id).await?.manifest;
	let opened = seal::open(&package, &cast.practitioner_keys, &on_chain, &bindings, store).await?;
	let found: BTreeSet<&str> = opened
		.iter()
		.flat_map(|section| section.resources.iter().map(|resource| resource.json()))
		.collect();
	let original: BTreeSet<&str> =
		bundle.resources().iter().map(|resource| resource.json()).collect();
	if !found.is_subset(&original) {
		return Err(DemoError::unexpected("opening", "the bytes that were sealed", "others"));
	}
	let withheld = record
		.manifest
		.sections()
		.iter()
		.filter(|section| !permitted.contains(&section.entry.section));
	for section in withheld {
		let id = section.entry.section;
		let attempt =
			seal::open_section(&package, id, &cast.practitioner_keys, &on_chain, &bindings, store);
		match attempt.await {
			Err(seal::OpenError::NotInPackage { .. }) => {},
			other => {
				return Err(DemoError::unexpected(
					"a withheld section",
					"no key in the package",
					format!("{other:?}"),
				))
			},
		}
	}
	narrator.step(format!(
		"the physician verified them against the chain and opened {} resources, byte for byte; {} sections stay closed",
		found.len(),
		total.saturating_sub(permitted.len()),
	));
	Ok(Opened { grant, entry, package, bindings })
}

/// The refusal that a call must meet.
pub fn expect_refusal<T: std::fmt::Debug>(
	step: &'static str,
	expected: &str,
	result: Result<T, ChainError>,
) -> Result<String, DemoError> {
	match result {
		Err(error) if error.refusal() == Some(expected) => Ok(error.to_string()),
		Err(error) => Err(DemoError::unexpected(step, expected, error)),
		Ok(done) => Err(DemoError::unexpected(step, expected, format!("{done:?}"))),
	}
}

fn write_package(package: &GrantPackage, data: &Path, grant: GrantId) -> Result<(), DemoError> {
	let path = data.join(format!("grant-{}.package.json", grant.0));
	let text = serde_json::to_vec_pretty(package).map_err(|error| DemoError::file(&path, error))?;
	std::fs::write(&path, text).map_err(|error| DemoError::file(&path, error))
}
