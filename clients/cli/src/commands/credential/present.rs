//! `hdx credential present`.

use super::{now, read, signing_key};
use crate::{
	commands::Context, credential_error::CredentialError, error::Error, files::NewFile,
	output::block,
};
use hdx_credentials::sd_jwt::Binding;
use serde::Serialize;
use std::{fmt, path::PathBuf};

/// What is shown, and to whom.
#[derive(Debug, clap::Args)]
pub struct Present {
	/// The credential.
	#[arg(value_name = "CREDENTIAL")]
	credential: PathBuf,
	/// A claim that is shown; may be repeated. Left out: none, but that there is such a credential.
	#[arg(long = "disclose", value_name = "CLAIM")]
	claims: Vec<String>,
	/// The holder's key.
	#[arg(long, value_name = "KEY-FILE", requires_all = ["audience", "nonce"])]
	holder_key: Option<PathBuf>,
	/// Whom it is for.
	#[arg(long, value_name = "NAME", requires = "holder_key")]
	audience: Option<String>,
	/// What the verifier gave for this presentation.
	#[arg(long, value_name = "TEXT", requires = "holder_key")]
	nonce: Option<String>,
	/// Where to write it. Left out: to standard output.
	#[arg(long, value_name = "FILE")]
	out: Option<PathBuf>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Presented {
	disclosed: Vec<String>,
	bound: bool,
	#[serde(skip_serializing_if = "Option::is_none")]
	presentation: Option<String>,
	#[serde(skip_serializing_if = "Option::is_none")]
	file: Option<PathBuf>,
}

impl fmt::Display for Presented {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		// On standard output there is nothing else: it is passed on as it is.
		if let Some(presentation) = &self.presentation {
			return f.write_str(presentation);
		}
		let disclosed = self.disclosed.join(", ");
		let fields: [(&str, &dyn fmt::Display); 2] =
			[("file", &super::shown(&self.file)), ("disclosed", &disclosed)];
		block(f, "the presentation is made", &fields)
	}
}

/// Presents.
pub fn run(options: &Present, context: &Context) -> Result<(), Error> {
	let credential = read(&options.credential)?;
	let key = options.holder_key.as_deref().map(signing_key).transpose()?;
	let binding = match (&key, &options.audience, &options.nonce) {
		(Some(key), Some(audience), Some(nonce)) => {
			Some(Binding { key, audience, nonce, now: now() })
		},
		_ => None,
	};
	let bound = binding.is_some();
	let claims: Vec<&str> = options.claims.iter().map(String::as_str).collect();
	let presentation = credential.present(&claims, binding).map_err(CredentialError::from)?;
	let (presentation, file) = match &options.out {
		None => (Some(presentation), None),
		Some(out) => {
			let mut file = NewFile::create(out)?;
			file.write(presentation.as_bytes())?;
			(None, Some(file.keep()))
		},
	};
	context.output.show(&Presented { disclosed: options.claims.clone(), bound, presentation, file })
}
