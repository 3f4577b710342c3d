//! The physician asks with a proof, and opens what it permits.

use super::{
	circuits::Circuits,
	classes::{is_plain, is_sensitive, Class, Classes},
	consent::Given,
	expect_denial,
};
use crate::{
	commands::{
		shielded::access_proof::{Files, Proven},
		Context,
	},
	demo::{
		access::{self, Opened},
		cast::short,
		narrator::Narrator,
		DemoError, Scene,
	},
	error::Error,
};
use hdx_primitives::{
	AccessProof, AccessRequest, DenialReason, EntryIndex, Milliseconds, RequestedCodes,
};
use hdx_sdk::chain::{AccessAnswer, Until};

/// How long a grant by proof holds at most: a quarter of an hour.
const QUARTER: Milliseconds = Milliseconds(15 * 60 * 1_000);

/// What is asked for, and with what it is proven.
pub struct Asking {
	/// What the physician asks for.
	pub request: AccessRequest,
	/// The same of the other class that the consent covers.
	pub also: AccessRequest,
	/// The same of a class that it does not cover.
	pub outside: AccessRequest,
	proven: Proven,
	files: Files,
}

/// What was proven before the patient took the consent back.
pub struct Proofs {
	/// What permits the request.
	pub access: AccessProof,
	/// What would permit the one for the other class, and is sent when it counts no more.
	pub unused: AccessProof,
}

/// What came of the request.
pub struct Answered {
	/// What the physician was given.
	pub opened: Opened,
	/// The entry of the log about the attempt to use the proof twice.
	pub used_twice: EntryIndex,
}

impl Asking {
	/// Reads what the physician has.
	pub fn prepare(
		scene: Scene<'_>,
		classes: &Classes,
		given: &Given,
		circuits: &Circuits,
	) -> Result<Self, DemoError> {
		let proven = Proven {
			proving: circuits.access.proving(),
			consent: given.note.clone(),
			provider: given.provider.clone(),
			subject: given.subject.clone(),
			revoked_by: circuits.revoke.version,
		};
		let files = proven.read()?;
		let request =
			AccessRequest { duration: QUARTER, ..access::request(scene.cast, scene.record)? };
		Ok(Self {
			request: of_class(&request, classes.asked)?,
			also: of_class(&request, classes.also)?,
			outside: of_class(&request, classes.outside)?,
			proven,
			files,
		})
	}

	/// Proves twice, once for each class that the consent covers. Without a proof, nobody is let in.
	pub async fn prove(
		&self,
		scene: Scene<'_>,
		context: &Context,
		narrator: &mut Narrator,
	) -> Result<Proofs, DemoError> {
		let Scene { chain, cast, .. } = scene;
		let answer = chain
			.request_access(&cast.practitioner, self.request.clone(), None, Until::InBlock)
			.await;
		expect_denial("the request without a proof", DenialReason::NoConsent, answer)?;
		narrator.step("without a proof: denied (no consent), as the chain sees none");

		let access = self.proof_of(scene, &self.request, context).await?;
		narrator.step(format!(
			"the physician waited for a snapshot that has the consent, and proved that one permits this: {} bytes about snapshot {}, nullifier {}",
			access.proof.0.len(),
			access.snapshot,
			short(&access.nullifier),
		));
		let unused = self.proof_of(scene, &self.also, context).await?;
		narrator.step(format!(
			"and the same for the other class, not to be sent yet: snapshot {}, nullifier {}",
			unused.snapshot,
			short(&unused.nullifier),
		));
		if access.nullifier == unused.nullifier {
			return Err(DemoError::unexpected(
				"the nullifiers",
				"another one for each class",
				"the same",
			));
		}
		Ok(Proofs { access, unused })
	}

	/// A proof by the physician.
	pub async fn proof_of(
		&self,
		scene: Scene<'_>,
		request: &AccessRequest,
		context: &Context,
	) -> Result<AccessProof, Error> {
		let Scene { chain, cast, .. } = scene;
		self.proven.prove(&self.files, chain, &cast.practitioner, request, context).await
	}
}

/// The request for this class alone.
fn of_class(request: &AccessRequest, class: Class) -> Result<AccessRequest, DemoError> {
	let classes = RequestedCodes::try_from(vec![class.code])
		.map_err(|_| DemoError::unexpected("the request", "room for a class", "none"))?;
	Ok(AccessRequest { classes, ..request.clone() })
}

/// Asks with the proof, which counts once, and opens what is permitted.
pub async fn ask_and_open(
	scene: Scene<'_>,
	classes: &Classes,
	asking: &Asking,
	proofs: &Proofs,
	narrator: &mut Narrator,
) -> Result<Answered, DemoError> {
	let Scene { chain, cast, record, .. } = scene;
	let ask = |until| {
		let (request, proof) = (asking.request.clone(), proofs.access.clone());
		chain.request_access_by_proof(&cast.practitioner, request, None, proof, until)
	};
	let answer = ask(Until::Finalized).await?;
	let AccessAnswer::Granted { grant, entry } = answer else {
		return Err(DemoError::unexpected("the proof", "a grant", format!("{answer:?}")));
	};
	let view = chain.finalized_grant(grant).await?;
	if view.basis.is_some() || view.obligations.is_empty() {
		return Err(DemoError::unexpected(
			"the grant by proof",
			"obligations, and no consent",
			format!("{:?}, {:?}", view.obligations, view.basis),
		));
	}
	narrator.step(format!(
		"a physician of institution {} asked for {} with the proof: grant {} is finalized, for a quarter of an hour; entry {}",
		cast.requester_institution.0, classes.asked, grant.0, entry.0,
	));

	let again = ask(Until::InBlock).await;
	let used_twice = expect_denial("the proof used twice", DenialReason::ProofUsed, again)?;
	narrator.step("the same proof again: denied (ProofUsed), its nullifier is known");

	let opened = access::release_and_open(scene, &view, entry, narrator).await?;
	for released in opened.package.sections() {
		if !classes.asked.is(&released.entry.class) || !is_plain(&released.entry.labels) {
			return Err(DemoError::unexpected(
				"what was released",
				format!("{} without a sensitivity label", classes.asked),
				format!("{} labelled {:?}", released.entry.class, released.entry.labels),
			));
		}
	}
	let sections = record.manifest.sections().iter().map(|section| &section.entry);
	let sensitive: Vec<_> = sections
		.filter(|entry| classes.asked.is(&entry.class) && is_sensitive(&entry.labels))
		.map(|entry| {
			let labels = entry.labels.iter().filter(|label| label.is_sensitivity());
			labels.map(|label| label.code.as_str()).collect::<Vec<_>>().join("+")
		})
		.collect();
	let withheld = match sensitive.as_slice() {
		[] => "the record has none with one".to_owned(),
		some => format!("what has one ({}) is not in the package", some.join(", ")),
	};
	narrator
		.step(format!("all of it is {} without a sensitivity label; {withheld}", classes.asked));
	Ok(Answered { opened, used_twice })
}
