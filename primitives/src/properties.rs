//! What a chain says of itself to wallets, in its specification. The hash of the metadata (RFC 78) covers it as well: one that a
//! wallet makes by other properties is not the one that the runtime was built with, and no transaction that is signed over it
//! is valid.
//!
//! The build script of the runtime includes this file.

/// What tools call the token. There are no coins; tools insist on naming them.
pub const TOKEN_SYMBOL: &str = "UNIT";
/// Decimals that tools show of it.
pub const TOKEN_DECIMALS: u8 = 12;
/// With what addresses are marked: registered for chains of no particular network.
pub const SS58_PREFIX: u16 = 42;
