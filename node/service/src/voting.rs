//! For which block this node votes.

use crate::runtime_api::Block;
use sc_client_api::HeaderBackend;
use sc_consensus_grandpa::{SharedAuthoritySet, VotingRule, VotingRuleResult, VotingRulesBuilder};
use sp_runtime::traits::{Block as BlockT, NumberFor};
use std::{num::NonZeroUsize, sync::Arc};

type Header = <Block as BlockT>::Header;
type Authorities = SharedAuthoritySet<<Block as BlockT>::Hash, NumberFor<Block>>;

/// GRANDPA's usual rules, wherever there is somebody else to vote: votes stay two blocks behind the best one, so that
/// validators who saw different blocks last agree in one round. Whoever votes alone has nobody to disagree with, and
/// finalizes the best block: on a chain for trying, what is sent is final four seconds earlier.
///
/// Asked at each vote: a chain that starts with one validator can get more.
#[derive(Clone)]
pub struct BehindOthers<Rules> {
	authorities: Authorities,
	rules: Rules,
}

/// The rules of this node, where `authorities` are those that vote.
pub fn rules<B>(authorities: Authorities) -> BehindOthers<impl VotingRule<Block, B> + Clone>
where
	B: HeaderBackend<Block> + 'static,
{
	BehindOthers { authorities, rules: VotingRulesBuilder::default().build() }
}

impl<B, Rules> VotingRule<Block, B> for BehindOthers<Rules>
where
	B: HeaderBackend<Block>,
	Rules: VotingRule<Block, B> + Clone,
{
	fn restrict_vote(
		&self,
		backend: Arc<B>,
		base: &Header,
		best_target: &Header,
		current_target: &Header,
	) -> VotingRuleResult<Block> {
		if self.authorities.current_authorities().len() == NonZeroUsize::MIN {
			return Box::pin(async { None });
		}
		self.rules.restrict_vote(backend, base, best_target, current_target)
	}
}
