//! What came of it, as it is shown.

use crate::{output::block, time};
use hdx_primitives::{consent::ConsentAction, AccountId};
use hdx_sdk::chain::Acted;
use serde::Serialize;
use std::{fmt, path::PathBuf};

/// Something that was done with consents, or proposed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Done {
	/// What.
	action: &'static str,
	/// Whether it is done. What guardians proposed may still be waiting.
	done: bool,
	#[serde(skip_serializing_if = "Option::is_none")]
	consent: Option<u64>,
	#[serde(skip_serializing_if = "Option::is_none")]
	version: Option<u32>,
	#[serde(skip_serializing_if = "Option::is_none")]
	request: Option<u64>,
	#[serde(skip_serializing_if = "Option::is_none")]
	proposal: Option<u64>,
	/// From when on the proposal can be carried out.
	#[serde(skip_serializing_if = "Option::is_none")]
	ready_at: Option<String>,
	patient: String,
	#[serde(skip_serializing_if = "Option::is_none")]
	template: Option<u32>,
	#[serde(skip_serializing_if = "Option::is_none")]
	document: Option<String>,
	#[serde(skip_serializing_if = "Option::is_none")]
	salt_file: Option<PathBuf>,
	#[serde(skip_serializing_if = "Vec::is_empty")]
	warnings: Vec<String>,
}

impl Done {
	/// Of something that is about to be done.
	pub fn of(action: &ConsentAction, patient: &AccountId, warnings: Vec<String>) -> Self {
		let (name, consent, request) = match action {
			ConsentAction::Grant(_) => ("granted", None, None),
			ConsentAction::Amend { consent, .. } => ("amended", Some(consent.0), None),
			ConsentAction::Revoke { consent } => ("revoked", Some(consent.0), None),
			ConsentAction::StopRenewal { consent } => ("renewal-stopped", Some(consent.0), None),
			ConsentAction::ApproveRequest { request, .. } => ("approved", None, Some(request.0)),
			ConsentAction::DenyRequest { request, .. } => ("denied", None, Some(request.0)),
		};
		let document = action.content().map(|content| content.document);
		Self {
			action: name,
			done: false,
			consent,
			version: None,
			request,
			proposal: None,
			ready_at: None,
			patient: patient.to_string(),
			template: document.map(|document| document.template.0),
			document: document.map(|document| format!("0x{}", hex::encode(document.commitment.0))),
			salt_file: None,
			warnings,
		}
	}

	/// Notes where the salt of the document lies.
	pub fn keep(&mut self, salt_file: PathBuf) {
		self.salt_file = Some(salt_file);
	}

	/// Notes what came of it.
	pub fn became(&mut self, acted: &Acted) {
		self.done = acted.is_done;
		self.proposal = acted.proposal.map(|proposal| proposal.0);
		self.ready_at = acted.ready_at.map(time::show);
		if let Some((consent, version)) = acted.consent {
			self.consent = Some(consent.0);
			self.version = Some(version);
		}
	}

	/// What is done, or would be.
	fn sentence(&self) -> String {
		let consent =
			self.consent.map_or_else(|| "a consent".to_owned(), |id| format!("consent {id}"));
		let request = self.request.unwrap_or_default();
		match (self.action, self.version) {
			("granted", _) => format!("{consent} is granted"),
			("amended", Some(version)) => format!("{consent} is amended: version {version}"),
			("amended", None) => format!("{consent} is amended"),
			("revoked", _) => format!("{consent} is revoked"),
			("renewal-stopped", _) => format!("{consent} will not be renewed any more"),
			("approved", Some(_)) => format!("request {request} is approved: {consent}"),
			("approved", None) => format!("request {request} is approved"),
			(other, _) => format!("request {request} is {other}"),
		}
	}
}

/// How a proposal stands, for people.
pub fn proposal_line(proposal: u64, is_done: bool, ready_at: Option<&str>) -> String {
	match (is_done, ready_at) {
		(true, _) => format!("proposal {proposal} is carried out"),
		(false, Some(ready_at)) => format!(
			"proposal {proposal} is agreed. The patient can object until {ready_at}; then: \
			 hdx consent guardians execute --as KEY {proposal}"
		),
		(false, None) => format!(
			"proposal {proposal} waits for other guardians: \
			 hdx consent guardians approve --as KEY {proposal}"
		),
	}
}

impl fmt::Display for Done {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let template = self.template.map(|number| number.to_string()).unwrap_or_default();
		let document = self.document.as_deref().unwrap_or_default();
		let salt_file = self.salt_file.as_ref().map(|path| path.display().to_string());
		let title = match self.proposal {
			Some(proposal) if !self.done => {
				proposal_line(proposal, false, self.ready_at.as_deref())
			},
			_ => self.sentence(),
		};
		let fields: [(&str, &dyn fmt::Display); 4] = [
			("patient", &self.patient),
			("template", &template),
			("document", &document),
			("salt (keep)", &salt_file.unwrap_or_default()),
		];
		block(f, title, &fields)?;
		for warning in &self.warnings {
			block(f, format!("warning: {warning}"), &[])?;
		}
		Ok(())
	}
}
