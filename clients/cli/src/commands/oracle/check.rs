//! `hdx oracle check`.

use super::{node, oracle, Configured};
use crate::{
	commands::Context,
	error::Error,
	exit::Exit,
	output::{block, count},
	time,
};
use hdx_oracle::{
	due::Due,
	event::{word, ShownPlace},
	Event, Finding,
};
use serde::Serialize;
use std::{fmt, time::Duration};

/// What would be reported.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Checked {
	/// Whether governance has set the terms without which no report is taken.
	terms: bool,
	credentials: Vec<Credential>,
	/// What is wrong with files of the directory.
	not_watched: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Credential {
	practitioner: String,
	/// As the configuration says.
	credential: String,
	/// Its number on chain.
	number: Option<u64>,
	status: Option<&'static str>,
	checked_at: Option<String>,
	/// The bits that say so.
	places: Vec<ShownPlace>,
	/// What `hdx oracle run` would do now.
	action: &'static str,
	reason: Option<String>,
}

impl From<Finding> for Credential {
	fn from(finding: Finding) -> Self {
		let reason = finding.obstacle();
		let seen = finding.verdict.ok();
		let action = match (&reason, finding.due) {
			(Some(_), _) => "nothing: in doubt",
			(None, Some(Due::Report | Due::LookAgain)) => "report",
			(None, Some(Due::Known)) => "nothing: the chain has it",
			(None, Some(Due::Waiting)) => "nothing: the others have not agreed yet",
			(None, Some(Due::Over)) => "nothing: it is over on chain",
			(None, None) => "nothing: governance has set no terms",
		};
		Self {
			practitioner: finding.watched.practitioner.to_string(),
			credential: finding.watched.which.to_string(),
			number: finding.credential.ok().map(|credential| credential.id.0),
			status: seen.as_ref().map(|seen| word(seen.status)),
			checked_at: seen.as_ref().map(|seen| time::show(seen.at)),
			places: seen.iter().flat_map(|seen| &seen.places).map(Into::into).collect(),
			action,
			reason,
		}
	}
}

impl fmt::Display for Checked {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		for one in &self.credentials {
			let title = format!("credential {} of {}", one.credential, one.practitioner);
			let text = |text: &Option<String>| text.clone().unwrap_or_default();
			let places: Vec<_> = one.places.iter().map(ToString::to_string).collect();
			let fields: [(&str, &dyn fmt::Display); 5] = [
				("status", &one.status.unwrap_or("unknown")),
				("seen at", &text(&one.checked_at)),
				("read", &places.join(", ")),
				("to do", &one.action),
				("reason", &text(&one.reason)),
			];
			block(f, title, &fields)?;
		}
		for one in &self.not_watched {
			block(f, format!("not watched: {one}"), &[])?;
		}
		write!(f, "{}", count(self.credentials.len(), "credential"))
	}
}

/// Looks, and shows it.
pub async fn run(configured: &Configured, context: &Context) -> Result<Exit, Error> {
	let (config, _) = configured.read()?;
	let mut oracle = oracle(&config);
	let progress = context.output.progress("fetching lists");
	let chain = hdx_oracle::connect(node(&config, context), &mut |_| {}).await?;
	let mut not_watched = Vec::new();
	let mut tell = |event| {
		if let Event::ConfigurationRefused { reason } = event {
			not_watched.push(reason);
		}
	};
	let (findings, terms) = oracle.look(&chain, Duration::ZERO, &mut tell).await?;
	drop(progress);
	let is_clean = not_watched.is_empty() && findings.iter().all(|one| one.obstacle().is_none());
	context.output.show(&Checked {
		terms: terms.is_some(),
		credentials: findings.into_iter().map(Credential::from).collect(),
		not_watched,
	})?;
	Ok(if is_clean { Exit::Done } else { Exit::Refused })
}
