//! `hdx shielded`: consents that nobody sees.
//!
//! [`wallet`] is what a patient keeps, [`secret_file`] how it is kept, [`element`], [`place`] and [`policy`] read what is
//! typed, [`kept`] is a note and [`delegation`] what a delegate sees to, [`proving`] proves, [`snapshot`] reads the trees of a
//! chain, and [`append`] is what granting, delegating and sending have in common. [`access_proof`] and [`asking`] prove for
//! `hdx access request-by-proof`. The other files are a verb each; `hdx demo --shielded` and `hdx study` call what is public of
//! them.

pub mod access_proof;
mod adopt;
pub mod append;
mod asking;
mod categories;
mod delegate;
mod delegation;
pub mod element;
pub mod grant;
pub mod kept;
mod list;
mod new;
pub mod place;
mod policy;
pub mod provider;
pub mod proving;
mod register;
pub mod revoke;
pub(crate) mod secret_file;
mod send;
mod share;
pub(super) mod snapshot;
pub mod subject;
mod tag;
pub mod wallet;

use super::Context;
use crate::{error::Error, exit::Exit};
use clap::Subcommand;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Shielded {
	/// Make a patient's wallet. Needs no node.
	#[command(after_help = "\
Example:
  hdx shielded new --out wallet.json
  hdx shielded new --out childs-wallet.json --guardian 0x1a…07

Shows the patient's key, by which custodians and providers know the patient. The wallet holds the secret, and later the
consents that are given with it. Keep a copy: what is lost can be neither used nor revoked. With --guardian somebody else
acts for the patient as well, for as long as the key is used: name them by the own key of their wallet.")]
	New(new::New),
	/// Make a wallet with which a guardian acts for a patient who named them. Needs no node.
	#[command(after_help = "\
Example:
  hdx shielded guardian my-wallet.json --patient 0x1a…07 --out childs-wallet-of-mine.json

The patient's key that is shown has to be the one that `hdx shielded tag` shows of the patient's wallet. The new wallet
gives and revokes for the patient, with the guardian's secret. What the patient gave comes into it by hdx shielded adopt.")]
	Guardian(new::Guardian),
	/// Keep what was given for the same patient with another wallet, so that this one can revoke it. Needs no node.
	#[command(after_help = "\
Example:
  hdx shielded adopt shared.json --wallet childs-wallet-of-mine.json

Patients and their guardians share with each other what they give (hdx shielded share), and take it over with this.")]
	Adopt(adopt::Adopt),
	/// Make a provider's secret. Needs no node.
	#[command(after_help = "\
Example:
  hdx shielded provider --out provider.json

Shows the provider's tag, which patients name when they give a consent. Register it, and wait until that is final, before
you tell it to anybody: whoever knows it can register it first, and keeps it for ever.")]
	Provider(provider::Provider),
	/// Show what others know a patient or a provider by. Needs no node.
	#[command(after_help = "\
Examples:
  hdx shielded tag provider.json
  hdx shielded tag wallet.json")]
	Tag(tag::Tag),
	/// Give a provider a consent of which the chain gets a hash alone.
	#[command(after_help = "\
Examples:
  hdx shielded grant --wallet wallet.json --to 0x1a…07 --purpose TREAT --category all --until 2027-06-30 \\
    --proving-key consent_grant.pk --version 1 --as relayer.key
  hdx shielded grant --wallet wallet.json --to 0x1a…07 --purpose TREAT --purpose HRESCH --category 0,3,7 \\
    --from 2027-01-01 --until 2027-06-30 --proving-key consent_grant.pk --version 1 --as relayer.key
  hdx shielded grant --wallet delegates-wallet.json --under delegation.json --to 0x1a…07 --purpose TREAT --category 3 \\
    --until 2027-03-31 --proving-key consent_grant.pk --version 1 --as relayer.key

The account of --as is seen beside the hash, and need not be the patient's. The consent is in the wallet before it is
sent; `hdx shielded send` goes on where that was interrupted. With --digest any proving key but the published one is
refused. With --under a delegate gives it in the place of whoever delegated, for no more than the delegation covers; it
ends with the delegation.")]
	Grant(Box<grant::Grant>),
	/// Let somebody give consents in your place, of which the chain gets a hash alone.
	#[command(after_help = "\
Example:
  hdx shielded delegate --wallet wallet.json --to 0x1a…07 --purpose TREAT --category all --until 2027-06-30 \\
    --proving-key consent_grant.pk --version 1 --as relayer.key

The key is that of the delegate's own wallet: hdx shielded tag. Share the delegation with them afterwards: hdx shielded
share. What they give covers no more than it, and ends with it: hdx shielded revoke. The chain cannot tell a delegation
from a consent. A delegate names no delegate.")]
	Delegate(Box<delegate::Delegate>),
	/// Find out where a pending consent or delegation is, or send it again.
	#[command(after_help = "\
Example:
  hdx shielded send 0x1a…07 --wallet wallet.json --proving-key consent_grant.pk --version 1 --as relayer.key

`hdx shielded list` shows which are pending: it is not known whether the chain has them. This asks the chain first.")]
	Send(send::Resend),
	/// Revoke a consent, or a delegation.
	#[command(after_help = "\
Examples:
  hdx shielded revoke 0/52 --wallet wallet.json --proving-key consent_revoke.pk --version 1 --as relayer.key
  hdx shielded revoke 0x1a…07 --wallet wallet.json --proving-key consent_revoke.pk --version 1 --as relayer.key

Proves that the consent is the wallet's, about the newest snapshot of the chain, and waits for one where the consent is
newer. The place is seen, and with it when the consent was given. A delegate revokes what the delegate gave; the patient
ends all of that at once by revoking the delegation.")]
	Revoke(revoke::Revoke),
	/// List the consents of a wallet, and how they stand.
	#[command(after_help = "\
Examples:
  hdx shielded list --wallet wallet.json
  hdx shielded list --wallet wallet.json --json

Asks the chain about each consent, so the node learns that they belong together: ask one of your own.")]
	List(list::List),
	/// Write what the provider of a consent, or the delegate of a delegation, has to know of it.
	#[command(after_help = "\
Examples:
  hdx shielded share 0/52 --wallet wallet.json --out consent-for-doctor.json
  hdx shielded share 0x1a…07 --wallet wallet.json --out consent-for-doctor.json

The file has no secret of the patient's, and tells what the consent covers and whose it is: give it to its provider
alone. With it and the provider's own secret, access is asked for by proof: hdx access request-by-proof. The file of a
delegation is for the delegate alone: hdx shielded grant --under. What a delegate gave is shared with the delegation.")]
	Share(share::Share),
	/// Register the tag of your secret, by which proofs of access know you. Practitioners do that.
	#[command(after_help = "\
Example:
  hdx shielded register provider.json --on-behalf-of 1 --role physician --as dave.key

Each account has one tag, and a tag is one practitioner's for ever. Another one takes its place; consents for the
one before are of no use until that is registered again.")]
	Register(register::Register),
	/// Say whose record one is, hidden, so that a consent can be proven for it. Its custodian does that.
	#[command(after_help = "\
Examples:
  hdx shielded subject 3 --patient-key 0x1a…07 --out subject-3.json --as operator.key
  hdx shielded subject 3 --withdraw --as operator.key

Draws a salt, and puts the hash of key and salt on the chain. It can be set once for each version of a record. Give
the file to whoever may prove; the chain cannot tell whether the key is the patient's. With --withdraw, the record has
none any more until there is a new version of it.")]
	Subject(subject::Subject),
	/// List which category of consents stands for which class of data.
	#[command(after_help = "\
Example:
  hdx shielded categories")]
	Categories,
	/// Give a class of data the next category, for ever. Governance does that.
	#[command(after_help = "\
Example:
  hdx shielded append-category NutritionOrder --as //Ferdie")]
	AppendCategory(categories::AppendCategory),
}

/// Does it.
pub async fn run(command: Shielded, context: &Context) -> Result<Exit, Error> {
	match command {
		Shielded::New(options) => new::run(options, context)?,
		Shielded::Guardian(options) => new::guardian(options, context)?,
		Shielded::Adopt(options) => adopt::run(options, context)?,
		Shielded::Provider(options) => provider::run(options, context)?,
		Shielded::Tag(options) => tag::run(options, context)?,
		Shielded::Grant(options) => grant::run(*options, context).await?,
		Shielded::Delegate(options) => delegate::run(*options, context).await?,
		Shielded::Send(options) => send::run(options, context).await?,
		Shielded::Revoke(options) => revoke::run(options, context).await?,
		Shielded::List(options) => list::run(options, context).await?,
		Shielded::Share(options) => share::run(options, context).await?,
		Shielded::Register(options) => register::run(options, context).await?,
		Shielded::Subject(options) => subject::run(options, context).await?,
		Shielded::Categories => categories::list(context).await?,
		Shielded::AppendCategory(options) => categories::append(options, context).await?,
	}
	Ok(Exit::Done)
}
