//! `hdx provider agree`: what one signs on one's own device, and somebody else sends.

use super::{done::Done, rotate::KeyAgreement};
use crate::{
	account,
	commands::{Context, SignedBy},
	error::Error,
	files::{self, NewFile},
	time,
};
use clap::Subcommand;
use codec::{Decode, Encode};
use hdx_primitives::{AccountId, InstitutionId};
use hdx_sdk::chain::{Agreed, Agreement};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Largest file with an agreement, in bytes.
const MAX_AGREEMENT_BYTES: u64 = 4_096;

/// What a file with an agreement says that it is.
const FORMAT: &str = "hdx-agreement/1";

/// What to agree to.
#[derive(Debug, Subcommand)]
pub enum Agree {
	/// Agree, with the new key, to go on for a practitioner's account.
	#[command(after_help = "\
Example:
  hdx provider agree rotate --as new.key --practitioner 5FHneW46… --key-agreement new.xwing.pub \\
    --out agreement.json

Give the file to whoever runs `hdx provider rotate --agreement`. It holds for a day at most.")]
	Rotate(Rotate),
	/// Agree that another institution answers for you, since yours has closed.
	#[command(after_help = "\
Example:
  hdx provider agree take-over --as //Dave --to 1 --out agreement.json

Give the file to the institution, which runs `hdx provider take-over`. It holds for a day at most.")]
	TakeOver(TakeOver),
}

/// Whose account the new key follows.
#[derive(Debug, clap::Args)]
pub struct Rotate {
	#[command(flatten)]
	by: SignedBy,
	/// The practitioner's account of before.
	#[arg(long, value_name = "PRACTITIONER", value_parser = account::parse)]
	practitioner: AccountId,
	#[command(flatten)]
	key_agreement: KeyAgreement,
	/// Where to write the agreement. An existing file is never overwritten.
	#[arg(long, value_name = "FILE", requires = "encryption")]
	out: PathBuf,
}

/// Who takes over.
#[derive(Debug, clap::Args)]
pub struct TakeOver {
	#[command(flatten)]
	by: SignedBy,
	/// The institution that takes over, by its number.
	#[arg(long, value_name = "N")]
	to: u32,
	/// Where to write the agreement. An existing file is never overwritten.
	#[arg(long, value_name = "FILE")]
	out: PathBuf,
}

/// A file with an agreement. The chain judges what is in it; the words are for who looks at it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct File {
	format: String,
	/// Who signed.
	account: String,
	/// What they agreed to.
	to: Contents,
	/// Until when, for people.
	valid_until: String,
	/// The SCALE encoding of the agreement.
	agreement: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase", deny_unknown_fields)]
enum Contents {
	Rotate { from: String, key_agreement: String },
	TakeOver { from: u32, to: u32 },
}

/// An agreement that was read.
pub struct Signed {
	/// Who signed it.
	pub account: AccountId,
	/// What they agreed to.
	pub agreed: Agreed,
	/// The signature.
	pub agreement: Agreement,
}

impl Signed {
	/// Reads a file that was written by `hdx provider agree`.
	pub fn read(path: &Path) -> Result<Self, Error> {
		let text = files::read(path, MAX_AGREEMENT_BYTES)?;
		Self::parse(&text).map_err(|detail| Error::Malformed {
			path: path.to_owned(),
			expected: "an agreement of `hdx provider agree`",
			detail,
		})
	}

	fn parse(text: &[u8]) -> Result<Self, String> {
		let file: File = serde_json::from_slice(text).map_err(|error| error.to_string())?;
		if file.format != FORMAT {
			return Err(format!("its format is `{}`, not `{FORMAT}`", file.format));
		}
		let agreed = match file.to {
			Contents::Rotate { from, key_agreement } => Agreed::Rotate {
				from: account::parse(&from)?,
				key_agreement: bytes(&key_agreement)?
					.try_into()
					.map_err(|_| "keyAgreement has not 32 bytes".to_owned())?,
			},
			Contents::TakeOver { from, to } => {
				Agreed::TakeOver { from: InstitutionId(from), to: InstitutionId(to) }
			},
		};
		let encoded = bytes(&file.agreement)?;
		let mut rest = encoded.as_slice();
		let agreement = Agreement::decode(&mut rest)
			.ok()
			.filter(|_| rest.is_empty())
			.ok_or("agreement is no signature with its end of validity")?;
		if time::show(agreement.valid_until) != file.valid_until {
			return Err("validUntil is not what was signed".to_owned());
		}
		Ok(Self { account: account::parse(&file.account)?, agreed, agreement })
	}

	fn file(&self) -> File {
		File {
			format: FORMAT.to_owned(),
			account: self.account.to_string(),
			to: match &self.agreed {
				Agreed::Rotate { from, key_agreement } => Contents::Rotate {
					from: from.to_string(),
					key_agreement: hexadecimal(key_agreement),
				},
				Agreed::TakeOver { from, to } => Contents::TakeOver { from: from.0, to: to.0 },
			},
			valid_until: time::show(self.agreement.valid_until),
			agreement: hexadecimal(&self.agreement.encode()),
		}
	}
}

fn hexadecimal(bytes: &[u8]) -> String {
	format!("0x{}", hex::encode(bytes))
}

fn bytes(text: &str) -> Result<Vec<u8>, String> {
	let digits =
		text.strip_prefix("0x").ok_or_else(|| format!("`{text}` does not begin with 0x"))?;
	hex::decode(digits).map_err(|error| format!("`{text}`: {error}"))
}

/// Reads anything as an agreement. What is read is written, and read again.
#[cfg(fuzzing)]
pub fn fuzz(bytes: &[u8]) {
	let Ok(signed) = Signed::parse(bytes) else { return };
	let again = serde_json::to_vec_pretty(&signed.file())
		.map_err(|error| error.to_string())
		.and_then(|text| Signed::parse(&text));
	let parts = |Signed { account, agreed, agreement }| (account, agreed, agreement);
	assert_eq!(again.map(parts), Ok(parts(signed)));
}

/// Signs.
pub async fn run(command: Agree, context: &Context) -> Result<(), Error> {
	match command {
		Agree::Rotate(options) => {
			let source = options.key_agreement.source()?;
			let out = NewFile::create(&options.out)?;
			let chain = context.connect().await?;
			let key_agreement = source.fingerprint(&chain, &options.practitioner).await?;
			let agreed = Agreed::Rotate { from: options.practitioner, key_agreement };
			sign(&options.by, &chain, agreed, out, context).await
		},
		Agree::TakeOver(options) => {
			let signer = options.by.signer()?;
			let out = NewFile::create(&options.out)?;
			let chain = context.connect().await?;
			let from = chain.practitioner(&signer.account()).await?.enrolled_by;
			let agreed = Agreed::TakeOver { from, to: InstitutionId(options.to) };
			sign(&options.by, &chain, agreed, out, context).await
		},
	}
}

async fn sign(
	by: &SignedBy,
	chain: &hdx_sdk::chain::Chain,
	agreed: Agreed,
	mut out: NewFile,
	context: &Context,
) -> Result<(), Error> {
	let signer = by.signer()?;
	let agreement = chain.agree(&agreed, &signer).await?;
	let signed = Signed { account: signer.account(), agreed, agreement };
	let file = signed.file();
	let text = serde_json::to_vec_pretty(&file)
		.map_err(|error| Error::System(std::io::Error::other(error)))?;
	out.write(&text)?;
	let path = out.keep();
	context.output.show(&Done::new(
		format!("{} agrees until {}: {}", signed.account, file.valid_until, path.display()),
		json!({
			"account": file.account,
			"to": file.to,
			"validUntil": file.valid_until,
			"file": path,
		}),
	))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_primitives::Milliseconds;
	use hdx_sdk::chain::Signer;

	fn signed(agreed: Agreed) -> Signed {
		let key = Signer::read("//Dave").unwrap();
		let agreement = agreed.sign(&[7; 32], &key, Milliseconds(1_750_000_000_123));
		Signed { account: key.account(), agreed, agreement }
	}

	fn rotate() -> Signed {
		let from = account::parse("//Charlie").unwrap();
		signed(Agreed::Rotate { from, key_agreement: [5; 32] })
	}

	#[test]
	fn what_is_written_is_read_again() {
		let take_over = Agreed::TakeOver { from: InstitutionId(1), to: InstitutionId(2) };
		for written in [rotate(), signed(take_over)] {
			let text = serde_json::to_vec(&written.file()).unwrap();
			let read = Signed::parse(&text).unwrap();
			assert_eq!(read.account, written.account);
			assert_eq!(read.agreed, written.agreed);
			assert_eq!(read.agreement, written.agreement);
		}
	}

	#[test]
	fn fails_when_anything_of_it_was_changed() {
		let good = serde_json::to_value(rotate().file()).unwrap();
		for (field, value, named) in [
			("format", json!("hdx-agreement/2"), "hdx-agreement/1"),
			("account", json!("Dave"), "Dave"),
			("to", json!({ "rotate": { "from": "//Dave", "keyAgreement": "0x07" } }), "32 bytes"),
			("to", json!({ "leave": {} }), "leave"),
			("validUntil", json!("2099-01-01T00:00:00Z"), "validUntil"),
			("agreement", json!("0x"), "agreement"),
			("agreement", json!("07"), "0x"),
			("more", json!(1), "more"),
		] {
			let mut changed = good.clone();
			changed.as_object_mut().unwrap().insert(field.to_owned(), value);
			let error = Signed::parse(&serde_json::to_vec(&changed).unwrap()).err().unwrap();
			assert!(error.contains(named), "{field}: {error}");
		}
		assert!(Signed::parse(b"").is_err());
	}
}
