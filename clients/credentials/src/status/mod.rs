//! Whether a credential still stands: W3C Bitstring Status List 1.0.
//!
//! The issuer publishes one signed list for many credentials, so asking for it does not tell about
//! whom. A bit that is set means revoked, or suspended, as the purpose of the list says.

mod bitstring;
mod entry;
mod list;
mod source;
#[cfg(test)]
pub(crate) mod tests;

pub use bitstring::{Bitstring, BitstringError, MAX_COMPRESSED_BYTES, MAX_ENTRIES, MIN_ENTRIES};
pub use entry::{Entry, EntryError, Purpose};
pub use list::{ListError, StatusList, MAX_LIST_BYTES};
pub use source::{check, Checked, KnownLists, NoLists, StatusError, StatusSource, Unavailable};
