//! Getting status lists over HTTP.
