//! The consent documents that governance published.

use super::super::{interface, Chain, ChainError};
use hdx_primitives::TemplateId;

/// A consent-document template, as the chain has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TemplateView {
	/// Which.
	pub id: TemplateId,
	/// BLAKE2-256 of the URI of the document.
	pub uri_hash: [u8; 32],
	/// Its version.
	pub version: u32,
	/// Whether it was retired: no consent is given under it any more.
	pub retired: bool,
}

impl Chain {
	/// Every template that governance published, the retired ones included.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn templates(&self) -> Result<Vec<TemplateView>, ChainError> {
		let at = self.best().await?;
		let address = interface::storage().consent().templates();
		let mut entries = at.storage().iter(address, ()).await.map_err(ChainError::transport)?;
		let mut templates = Vec::new();
		while let Some(entry) = entries.next().await {
			let entry = entry.map_err(ChainError::transport)?;
			let key = entry.key().map_err(ChainError::transport)?;
			let (id,) = key.decode().map_err(ChainError::transport)?;
			let template = entry.value().decode().map_err(ChainError::transport)?.0;
			templates.push(TemplateView {
				id: id.0,
				uri_hash: template.uri_hash,
				version: template.version,
				retired: template.retired_at.is_some(),
			});
		}
		templates.sort_by_key(|template| template.id);
		Ok(templates)
	}
}
