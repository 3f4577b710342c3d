//! `hdx consent`: what a patient permits.
//!
//! What patients, delegates and guardians can do alike is an [`act::Act`]; [`content`], [`limits`],
//! [`terms`] and [`fhir`] read what is consented to, [`answer`] what is answered to a request, and
//! [`done`] shows what came of it. The other files are a verb each.

mod act;
mod answer;
mod check;
mod content;
mod decide;
mod delegate;
pub(crate) mod document;
mod done;
mod emergency;
mod erasure;
mod fhir;
mod guardians;
mod history;
mod limits;
mod receipt;
mod renew;
mod request;
mod show;
mod terms;
mod view;

use super::Context;
use crate::{error::Error, exit::Exit};
use act::{Act, Amendment, Signed, Which};
use answer::{Approval, Denial};
use clap::Subcommand;
use content::Content;
use hdx_sdk::chain::AtBlock;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Consent {
	/// Grant a consent.
	#[command(after_help = "\
Examples:
  hdx consent grant --as //Charlie --organisation 1 --redact PSY --until 2027-06-30 \\
    --document signed-consent.pdf
  hdx consent grant --as patient.key --practitioner 5FHneW46… --purpose TREAT \\
    --purpose HPAYMT --document signed-consent.pdf --json
  hdx consent grant --as //Charlie --fhir consent.json --directory people.json \\
    --map Organization/clinic=institution:1 --document signed-consent.pdf
  hdx consent grant --as //Charlie --organisation 1 --until 2027-06-30 --frequency 10/30d \\
    --renew-by 1y --renew-times 3 --notice 30d --document signed-consent.pdf
  hdx consent grant --as //Eve --for //Charlie --organisation 1 --document signed-by-eve.pdf

Whoever acts for one of the organisations, or is one of the practitioners, may do what their role
permits for these purposes, in this time, except with what is redacted. Without a purpose it is
TREAT. A year has 365 days. The signed document stays with you: the chain gets a hash of it and of a
new secret salt, which is written to signed-consent.pdf.salt. Keep both. With --for a delegate acts
for a patient.")]
	Grant(Box<Signed<Content>>),
	/// Amend a consent: give it a new version, in force at once.
	#[command(after_help = "\
Example:
  hdx consent amend --as //Charlie 0 --organisation 1 --redact PSY --redact HIV \\
    --document signed-again.pdf

The new version says what is typed and nothing else: what is left out is not taken over from the old
one. The old one stays readable: hdx consent history.")]
	Amend(Box<Signed<Amendment>>),
	/// Decide a request by FHIR Consents. Opens no connection at all.
	#[command(after_help = "\
Examples:
  hdx consent decide --request request.json --consent consent.json --directory people.json --json
  hdx consent decide --request request.json --consent first.json --consent second.json \\
    --at 2027-06-30T12:00:00Z --algorithm deny-overrides

The request is the context of a patient-consent-consult CDS hook. The answer is CONSENT_PERMIT with
what must be withheld, CONSENT_DENY or NO_CONSENT; each of them exits with 0. A file that cannot be
read exits with 1 and says which element is wrong, and what was expected.")]
	Decide(decide::Decide),
	/// Ask what the consents on the chain decide, now or at a past block.
	#[command(after_help = "\
Examples:
  hdx consent check //Charlie --as-actor institution:1 --purpose TREAT
  hdx consent check //Charlie --as-actor institution:1 --as-actor //Dave --purpose TREAT \\
    --class Observation --at 1200 --json

CONSENT_PERMIT with what must be withheld, CONSENT_DENY or NO_CONSENT; each of them exits with 0.
Whether who asks may practise is not looked at. Nodes keep the state of old blocks only when they run
with --state-pruning archive.")]
	Check(Box<check::Check>),
	/// Revoke a consent. It takes effect with the block.
	#[command(after_help = "\
Example:
  hdx consent revoke --as //Charlie 0")]
	Revoke(Signed<Which>),
	/// Move the end of a consent. That makes a new version.
	#[command(after_help = "\
Example:
  hdx consent renew --as //Charlie 0 --until 2028-06-30")]
	Renew(renew::Renew),
	/// Stop a consent from being renewed. It ends when its current period does.
	#[command(after_help = "\
Example:
  hdx consent stop-renewal --as //Charlie 0")]
	StopRenewal(Signed<Which>),
	/// Ask a patient for a consent.
	#[command(after_help = "\
Example:
  hdx consent request --as //Dave --patient //Charlie --on-behalf-of 1 --role physician \\
    --purpose TREAT --class Observation --data-from 2020-01-01 --until 2027-06-30 \\
    --frequency 10/30d --erase-by 2028-06-30

Signed by a practitioner of the institution, or by its operator. It waits for the patient's answer
until it expires.")]
	Request(Box<request::Request>),
	/// List the requests that wait for a patient, or that somebody made.
	#[command(after_help = "\
Examples:
  hdx consent requests //Charlie
  hdx consent requests --by //Dave --json")]
	Requests(request::Requests),
	/// Approve a request, as a whole or in part.
	#[command(after_help = "\
Examples:
  hdx consent approve --as //Charlie 0 --all --document signed-consent.pdf
  hdx consent approve --as //Charlie 0 --class Observation --until 2026-12-31 --redact PSY \\
    --frequency 5/30d --document signed-consent.pdf
  hdx consent approve --as //Charlie 0 --fhir consent.json \\
    --map Organization/clinic=institution:1 --document signed-consent.pdf

What is not typed is as it was asked for. The chain refuses what goes beyond the request.")]
	Approve(Box<Signed<Approval>>),
	/// Deny a request.
	#[command(after_help = "\
Examples:
  hdx consent deny --as //Charlie 0
  hdx consent deny --as //Charlie 0 --reason 'http://snomed.info/sct|443390004'")]
	Deny(Signed<Denial>),
	/// Take a request back that you made.
	#[command(after_help = "\
Example:
  hdx consent withdraw --as //Dave 0")]
	Withdraw(request::Withdraw),
	/// Guardians: who they are, and what they decide together.
	#[command(subcommand)]
	Guardians(guardians::Guardians),
	/// Delegates: who may act for a patient, within limits.
	#[command(subcommand)]
	Delegate(delegate::Delegate),
	/// Whether break-glass may override what a patient decided.
	#[command(subcommand)]
	Emergency(emergency::Emergency),
	/// Show a consent, in force or not, as text or as a FHIR Consent.
	#[command(after_help = "\
Examples:
  hdx consent show 0 --json
  hdx consent show 0 --fhir r4
  hdx consent show 0 --fhir r5 --dictionary codes.txt

The chain has hashes of codes. Codes that the project does not know by name are taken from the
dictionary: system|code, one a line.")]
	Show(show::Show),
	/// List the consents of a patient, ended and revoked ones included.
	#[command(after_help = "\
Examples:
  hdx consent list //Charlie
  hdx consent list //Charlie --in-force --json
  hdx consent list //Charlie --at 1200")]
	List(show::List),
	/// Show every version of a consent, and check that its hash chain holds.
	#[command(after_help = "\
Example:
  hdx consent history 0 --json

Each version names the hash of the one before. Fails where a version is missing or was altered.")]
	History(history::History),
	/// Show the receipt of a consent, in the shape of ISO/IEC TS 27560.
	#[command(after_help = "\
Example:
  hdx consent receipt 0 > receipt.json")]
	Receipt(receipt::Options),
	/// What recipients erased.
	#[command(subcommand)]
	Erasure(erasure::Erasure),
}

/// Reads which block is meant: its number, or its hash.
pub fn block(text: &str) -> Result<AtBlock, String> {
	let not_one =
		|| format!("`{text}` is no block: give its number, or 0x and 64 hexadecimal digits");
	if let Some(digits) = text.strip_prefix("0x") {
		let mut hash = [0; 32];
		hex::decode_to_slice(digits, &mut hash).map_err(|_| not_one())?;
		return Ok(AtBlock::Hash(hash));
	}
	text.parse().map(AtBlock::Number).map_err(|_| not_one())
}

/// Does it.
pub async fn run(command: Consent, context: &Context) -> Result<Exit, Error> {
	match command {
		Consent::Grant(signed) => signed.run(Act::Grant, context).await?,
		Consent::Amend(signed) => signed.run(Act::Amend, context).await?,
		Consent::Revoke(signed) => signed.run(Act::Revoke, context).await?,
		Consent::StopRenewal(signed) => signed.run(Act::StopRenewal, context).await?,
		Consent::Approve(signed) => signed.run(Act::Approve, context).await?,
		Consent::Deny(signed) => signed.run(Act::Deny, context).await?,
		Consent::Renew(options) => renew::run(options, context).await?,
		Consent::Decide(options) => decide::run(&options, context)?,
		Consent::Check(options) => check::run(*options, context).await?,
		Consent::Request(options) => request::request(*options, context).await?,
		Consent::Requests(options) => request::requests(options, context).await?,
		Consent::Withdraw(options) => request::withdraw(options, context).await?,
		Consent::Guardians(command) => guardians::run(command, context).await?,
		Consent::Delegate(command) => delegate::run(command, context).await?,
		Consent::Emergency(command) => emergency::run(command, context).await?,
		Consent::Show(options) => show::show(options, context).await?,
		Consent::List(options) => show::list(options, context).await?,
		Consent::History(options) => history::run(options, context).await?,
		Consent::Receipt(options) => receipt::run(&options, context).await?,
		Consent::Erasure(command) => erasure::run(command, context).await?,
	}
	Ok(Exit::Done)
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn reads_blocks_by_number_and_by_hash() {
		assert_eq!(block("1200").unwrap(), AtBlock::Number(1200));
		assert_eq!(block(&format!("0x{}", "07".repeat(32))).unwrap(), AtBlock::Hash([7; 32]));
		for text in ["", "-1", "0x12", "yesterday", "4294967296"] {
			assert!(block(text).unwrap_err().contains("number"), "{text}");
		}
	}
}
