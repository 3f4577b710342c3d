//! `hdx zk`: the circuits of a chain, their keys, and proofs.

mod attest;
pub(crate) mod audit_open;
pub(crate) mod auditor;
mod bench;
pub mod circuit;
pub mod key;
mod list;
pub mod random;
mod register;
pub mod setup_dev;
mod standing;
mod transcript;
mod verify;
mod withdraw;

use super::Context;
use crate::{error::Error, exit::Exit};
use clap::Subcommand;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Zk {
	/// List the circuits of the chain, their keys, and who attested them.
	#[command(after_help = "\
Examples:
  hdx zk list
  hdx zk list --json")]
	List,
	/// Make keys for development. Needs no node.
	#[command(
		name = "setup-dev",
		after_help = "\
Example:
  hdx zk setup-dev consent_grant --out keys

Writes keys/consent_grant.development.pk, with which is proven, and keys/consent_grant.development.vk, which a
development chain registers. Whoever makes such keys can prove what is false, and nobody can tell that they
did not keep what they were made of. Chains for production refuse them."
	)]
	SetupDev(setup_dev::SetupDev),
	/// Register a version of a circuit with its verifying key, as governance.
	#[command(after_help = "\
Examples:
  hdx zk register consent_access --version 1 --key consent_access.vk --transcript 10.transcript --as //Ferdie
  hdx zk register consent_access --version 1 --key consent_access.vk --transcript 0x9f2c…41d0 --unverified --as //Ferdie

The key is checked here as the chain checks it, and that it is for the circuit as this program knows it. A version
has one key, for ever. The chain gets the hash of the transcript: BLAKE2-256 of the file. For a key of a ceremony the
file is verified first, up to the key, which takes minutes; with --unverified its hash is taken as it is given, and
nothing is verified. Keys for development have no ceremony: any file does, or a hash.")]
	Register(register::Register),
	/// Attest for your institution that a registered key is the one of the ceremony and of the circuit.
	#[command(after_help = "\
Examples:
  hdx zk attest consent_access --version 1 --key consent_access.vk --transcript 10.transcript --as operator.key
  hdx zk attest consent_access --version 1 --key consent_access.vk --transcript 0x9f2c…41d0 --unverified --as operator.key

Give the key and the transcript as you have them from the ceremony, not as the chain has them. This compares the key
with the circuit as this program knows it, and both with what is registered. For a key of a ceremony it verifies the
transcript first, up to the key, which takes minutes. With --unverified its hash is taken as it is given, and your
institution answers for what nobody verified here. Who contributed, and that the beacons are those that were agreed
on, it cannot tell: hdx ceremony verify --party … --beacon …")]
	Attest(attest::Attest),
	/// Take back your institution's attestation of a key.
	#[command(after_help = "\
Example:
  hdx zk withdraw consent_access --version 1 --as operator.key

Where fewer active institutions stand behind the key then than it took, the version is suspended at once. A circuit
that this program does not know is named by its number.")]
	Withdraw(standing::Which),
	/// Let proofs of a version be accepted, as governance.
	#[command(after_help = "\
Example:
  hdx zk activate consent_access --version 1 --as //Ferdie

As many institutions as are needed must have attested its key, and be active.")]
	Activate(standing::Which),
	/// Refuse all proofs of a version at once, as governance.
	#[command(after_help = "\
Example:
  hdx zk suspend consent_access --version 1 --as //Ferdie

Until it is activated again. Attestations of its key are void: institutions attest anew. A circuit that this program
does not know is named by its number.")]
	Suspend(standing::Which),
	/// Verify a proof: here, without a node, or as the chain would.
	#[command(after_help = "\
Examples:
  hdx zk verify --circuit consent_grant --key consent_grant.vk --proof proof.bin --input 0x1a…07 --input 0x55…00
  hdx zk verify --circuit consent_grant --on-chain --version 1 --proof proof.bin --input 0x1a…07 --input 0x55…00

With --digest 0x9f2c…41d0 any key but the published one is refused. proof.bin has the 384 bytes of a proof. Each input
is an element of the field in 32 bytes, the lowest first, in the order of docs/zero-knowledge.md. Whose roots, times
and contexts the inputs are, neither of them can tell.")]
	Verify(verify::Verify),
	/// Make the secret with which an auditor reads identities. Needs no node.
	#[command(
		name = "audit-new",
		after_help = "\
Example:
  hdx zk audit-new --out auditor.json

Shows the key that governance appoints. Whoever has the file reads who broke the glass; without it nobody does. Keep it
off any machine that need not have it, and keep a copy."
	)]
	AuditNew(auditor::New),
	/// Show the auditor for whom identities are encrypted.
	#[command(
		name = "audit-show",
		after_help = "\
Example:
  hdx zk audit-show"
	)]
	AuditShow,
	/// Appoint the auditor with a key, in the place of the one in office. Governance does that.
	#[command(
		name = "audit-appoint",
		after_help = "\
Example:
  hdx zk audit-appoint 0x31…81 --as //Ferdie

The chain cannot tell whether anybody has the secret: have the auditor show the file's key first (hdx zk audit-new).
Each key is appointed once."
	)]
	AuditAppoint(auditor::Appoint),
	/// Dismiss the auditor in office, and appoint none. Governance does that.
	#[command(
		name = "audit-dismiss",
		after_help = "\
Example:
  hdx zk audit-dismiss --as //Ferdie"
	)]
	AuditDismiss(auditor::Dismiss),
	/// Read who broke the glass by proof, as the auditor for whom it was encrypted.
	#[command(
		name = "audit-open",
		after_help = "\
Examples:
  hdx zk audit-open 4711 --key auditor.json --save evidence-4711.json
  hdx zk audit-open 4711 --key auditor.json --evidence evidence-4711.json --proof entry-4711.proof.json \\
    --genesis 0x9f2c…41d0

The log has the hash of what is opened, so nobody can pass off anything else. Tells the number of the licence, and whose it
is where the tree still has it. With --evidence and --proof no node is asked. The chain does not see that you opened."
	)]
	AuditOpen(audit_open::Open),
	/// Measure proving and verifying on this machine. Needs no node, unless the runtime is measured as well.
	#[command(after_help = "\
Examples:
  hdx zk bench
  hdx zk bench --circuit consent_access --rounds 20 --json
  hdx zk bench --in-runtime

Proves statements of made-up people with development keys, on one thread. Times are medians. With --in-runtime a version
of each circuit is registered with the keys of this run, attested and activated, for ever; so it takes a development
chain, such as one of ./scripts/run.sh, and only one that may be thrown away. Then its runtime verifies proofs, one by one
and 32 at once. What calling it takes anyway, which is measured beside, is taken off.")]
	Bench(bench::Bench),
}

/// Does it.
pub async fn run(command: Zk, context: &Context) -> Result<Exit, Error> {
	match command {
		Zk::List => list::run(context).await?,
		Zk::SetupDev(options) => setup_dev::run(&options, context)?,
		Zk::Register(options) => register::run(options, context).await?,
		Zk::Attest(options) => attest::run(options, context).await?,
		Zk::Withdraw(options) => withdraw::run(options, context).await?,
		Zk::Activate(options) => standing::activate(options, context).await?,
		Zk::Suspend(options) => standing::suspend(options, context).await?,
		Zk::Verify(options) => verify::run(options, context).await?,
		Zk::AuditNew(options) => auditor::make(&options, context)?,
		Zk::AuditShow => auditor::show(context).await?,
		Zk::AuditAppoint(options) => auditor::appoint(options, context).await?,
		Zk::AuditDismiss(options) => auditor::dismiss(options, context).await?,
		Zk::AuditOpen(options) => audit_open::run(options, context).await?,
		Zk::Bench(options) => bench::run(&options, context).await?,
	}
	Ok(Exit::Done)
}
