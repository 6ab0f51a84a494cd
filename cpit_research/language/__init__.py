"""French by rules: sentences and tokens, at exact offsets, with no model to load."""

from cpit_research.language.sentences import sentences
from cpit_research.language.tokens import TOKEN_KINDS, Tokens, tokens

__all__ = ["TOKEN_KINDS", "Tokens", "sentences", "tokens"]
