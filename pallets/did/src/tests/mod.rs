//! The rules of DIDs, by topic.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod audit;
mod authority;
mod controllers;
mod create;
mod deactivate;
mod keys;
mod limits;
mod material;
mod model;
mod properties;
mod retired;
mod rotate;
mod services;
mod try_state;
mod versions;
mod views;
