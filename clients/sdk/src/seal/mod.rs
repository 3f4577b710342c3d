//! # Sealing
//!
//! ## Overview
//!
//! A custodian seals the [`Section`](crate::bundle::Section)s of a record, each under a key of its
//! own, and registers one commitment on chain. Later it wraps the keys of exactly the sections
//! that a decision permits for the requester, who opens those and no other. A grant never rewrites
//! ciphertext.
//!
//! ## Terminology
//!
//! - **Block**: ciphertext of a section or of the manifest, stored under its content id.
//! - **Manifest**: what a custodian knows of the sections of a record (class, labels, content id,
//!   key commitment); sealed itself, since labels are health data.
//! - **Commitment**: salted hash of the Merkle root of the manifest's entries; what the chain has.
//! - **Record keys**: the secrets of a record: section keys, salts, manifest key. Whoever destroys
//!   them has erased the record.
//! - **Grant package**: for one grantee, the permitted sections' entries with their proofs, and
//!   their keys, wrapped.
//!
//! ## Scenario
//!
//! ```no_run
//! # async fn scenario(bindings: hdx_sdk::seal::Bindings, obligations: Vec<hdx_consent_engine::Obligation>)
//! # -> Result<(), Box<dyn std::error::Error>> {
//! use hdx_sdk::{bundle::{Bundle, Labeller}, seal, store::BlockStore};
//!
//! // The custodian seals, stores, keeps the keys, and only then registers `sealed.commitment`.
//! let bundle = Bundle::read("patient.json")?;
//! let sealed = seal::seal(&bundle.sections(&Labeller::default()), 0)?;
//! let store = BlockStore::open("/var/lib/hdx/blocks")?;
//! store.put_all(&sealed.blocks).await?;
//! sealed.keys.write("record.keys".as_ref())?;
//!
//! // After a decision it wraps the keys that the obligations leave.
//! let grantee = seal::EncryptionKeyPair::generate()?;
//! let permitted = seal::permitted(&sealed.manifest, &obligations, &[], &[]);
//! let package =
//!     seal::wrap(&sealed.manifest, &sealed.keys, &permitted, grantee.public(), &bindings)?;
//!
//! // The grantee opens, against the commitment that the chain holds.
//! let opened = seal::open(&package, &grantee, &sealed.commitment, &bindings, &store).await?;
//! # Ok(())
//! # }
//! ```
//!
//! ## Data structures
//!
//! - Section plaintext: a FHIR Bundle in JSON whose entries are the original bytes. It is padded
//!   to a power of two, at least 4 KiB, so the length of a block tells no more than its magnitude.
//! - Block: ChaCha20-Poly1305 of that. Associated data: a tag, the record's salt, the section's
//!   number and the epoch, so a block opens nowhere but in its place.
//! - Entry hash: BLAKE2-256(tag ++ leaf salt ++ SCALE(entry)). Each leaf has a secret salt of 256
//!   bits: entries that are not released cannot be guessed from the tree.
//! - Commitment: BLAKE2-256(tag ++ record salt ++ Merkle root ++ count ++ epoch).
//! - Wrap: HPKE (RFC 9180) in base mode with X-Wing (ML-KEM-768 and X25519), SHAKE256 and
//!   ChaCha20-Poly1305; bound to the chain, the record, the grant, the consent, the grantee, the
//!   section and the epoch.
//! - Sections are numbered in random order: the numbers missing from a package tell nothing about
//!   what is missing.
//!
//! ## What this does not do
//!
//! A grantee who has opened a section has read it. Revocation stops further wraps; a new version
//! of a record gets new keys.

mod check;
mod cipher;
mod encryption_key;
mod error;
#[cfg(fuzzing)]
pub(crate) mod fuzzing;
mod keys;
mod manifest;
mod open;
mod package;
mod permitted;
mod record;
mod secret;
pub mod secret_file;
#[cfg(test)]
mod tests;
mod wrap;

pub use check::check;
pub use encryption_key::{EncryptionKeyPair, EncryptionPublicKey, Fingerprint, PUBLIC_KEY_BYTES};
pub use error::{CheckError, KeyFileError, OpenError, ResealError, SealError, WrapError};
pub use keys::RecordKeys;
pub use manifest::{Manifest, ManifestEntry, ManifestSection, SectionId};
pub use open::{open, open_section, OpenedResource, OpenedSection};
pub use package::{Bindings, GrantPackage, ReleasedSection};
pub use permitted::permitted;
pub use record::{reseal, seal, SealedRecord, MAX_SECTIONS};
pub use secret::Secret;
pub use wrap::wrap;
