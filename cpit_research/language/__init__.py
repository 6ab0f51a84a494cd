"""French, by rules: sentences, words, and the words that say a role."""

from cpit_research.language.sentences import sentences

__all__ = ["sentences"]
