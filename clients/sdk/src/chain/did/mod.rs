//! DIDs on the chain, a file a subject: [`changes`] makes them and changes them, [`queries`] reads
//! them at any block. As W3C documents they are in [`crate::did`].

mod changes;
mod queries;

pub use changes::DidChange;
