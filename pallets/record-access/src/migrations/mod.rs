//! From each layout of the storage to the next.

pub mod v2;
pub mod v3;
pub mod v4;
