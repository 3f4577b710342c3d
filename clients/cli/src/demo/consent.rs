//! What the patient permits.

use super::{
	cast::{salted, Cast, YEAR},
	error::DemoError,
	narrator::Narrator,
	record::Registered,
};
use hdx_primitives::{
	consent::{ConsentContent, ConsentTerms, SignedDocument},
	engine::{
		terminology::{purpose, sensitivity},
		Actor, Policy, Provision, Rule, Values,
	},
	Code, ConsentId, Milliseconds, Period,
};
use hdx_sdk::{
	bundle::class_code,
	chain::{Chain, Until},
};

/// A consent, and what it withholds.
pub struct Given {
	/// Which.
	pub id: ConsentId,
	/// The codes that must be redacted: what the patient denied.
	pub withheld: Vec<Code>,
}

/// What to withhold besides psychiatric notes, so that something is withheld of any Bundle: its
/// first other sensitive label, or one of its classes.
enum Also {
	Nothing,
	Label(String, Code),
	Class(String, Code),
}

/// The patient consents: treatment, the other hospital, one year, but no psychiatric notes.
pub async fn grant(
	chain: &Chain,
	cast: &Cast,
	record: &Registered,
	narrator: &mut Narrator,
) -> Result<Given, DemoError> {
	let also = also_withheld(record);
	let now = chain.now().await?;
	let mut root = Provision::new(0, Rule::Permit);
	root.period = Period { start: None, end: Some(Milliseconds(now.0.saturating_add(YEAR))) };
	root.actors = Values::try_from(vec![Actor::Organisation(cast.requester_institution)])
		.map_err(too_many)?;
	root.purposes = Values::try_from(vec![purpose::TREAT]).map_err(too_many)?;
	let mut labels = vec![sensitivity::PSY];
	let mut withheld = labels.clone();
	let mut told = "no psychiatric notes (PSY)".to_owned();
	let mut provisions = vec![root];
	match also {
		Also::Nothing => {},
		Also::Label(name, code) => {
			labels.push(code);
			withheld.push(code);
			told = format!("{told}, nor what is labelled {name}");
		},
		Also::Class(name, code) => {
			let mut deny = Provision::new(0, Rule::Deny);
			deny.classes = Values::try_from(vec![code]).map_err(too_many)?;
			provisions.push(deny);
			withheld.push(code);
			told = format!("{told}, nor any {name}");
		},
	}
	let mut deny = Provision::new(0, Rule::Deny);
	deny.labels = Values::try_from(labels).map_err(too_many)?;
	provisions.insert(1, deny);
	let policy = Policy {
		categories: Values::default(),
		provisions: provisions.try_into().map_err(too_many)?,
	};

	let template = chain.templates().await?.last().copied().ok_or_else(|| {
		DemoError::NotADevelopmentChain("no consent document was published".to_owned())
	})?;
	let commitment = salted(b"the consent document that the patient signed")?;
	let document = SignedDocument { template: template.id, commitment };
	let content = ConsentContent { policy, document, terms: ConsentTerms::default() };
	let id = chain.grant_consent(&cast.patient, content, Until::InBlock).await?;
	narrator.step(format!(
		"the patient granted consent {}: treatment, institution {}, one year, {told}",
		id.0, cast.requester_institution.0,
	));
	Ok(Given { id, withheld })
}

fn too_many<T>(_: T) -> DemoError {
	DemoError::unexpected("the consent", "a policy within its bounds", "more")
}

fn also_withheld(record: &Registered) -> Also {
	let entries = || record.manifest.sections().iter().map(|section| &section.entry);
	if entries().any(|entry| entry.codes().contains(&sensitivity::PSY)) {
		return Also::Nothing;
	}
	let sensitive =
		entries().flat_map(|entry| entry.labels.iter()).find(|label| label.is_sensitivity());
	if let Some(label) = sensitive {
		return Also::Label(label.code.clone(), label.code());
	}
	let mut classes: Vec<_> =
		entries().map(|entry| entry.class.as_str()).filter(|class| *class != "Patient").collect();
	classes.sort_unstable();
	match classes.first() {
		Some(class) => Also::Class((*class).to_owned(), class_code(class)),
		None => Also::Nothing,
	}
}
