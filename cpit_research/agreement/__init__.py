"""Agreement between coders: tables on codings, passages to discuss."""

# Modules that bear the name of a function here are imported before it: the function is what shows.
from cpit_research.agreement.disputed import disputed
from cpit_research.agreement.disputes import DISPUTE_KINDS, Dispute, disputes
from cpit_research.agreement.on_codings import ac1, alpha, kappa

__all__ = ["DISPUTE_KINDS", "Dispute", "ac1", "alpha", "disputed", "disputes", "kappa"]
