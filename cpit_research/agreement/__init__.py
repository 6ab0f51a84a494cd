"""Agreement between coders: arrays in, numbers out; tables on codings, passages to discuss."""

# Modules that bear the name of a function here are imported before it: the function is what shows.
from cpit_research.agreement.ac1 import brennan_prediger, gwet_ac1, pabak
from cpit_research.agreement.alignment import best_alignment
from cpit_research.agreement.alpha import krippendorff_alpha
from cpit_research.agreement.continuum import Continuum
from cpit_research.agreement.disputed import disputed
from cpit_research.agreement.disputes import Dispute, disputes
from cpit_research.agreement.gamma import Gamma, gamma
from cpit_research.agreement.kappa import cohen_kappa, conger_kappa, fleiss_kappa, scott_pi
from cpit_research.agreement.multivalued import multivalued_alpha
from cpit_research.agreement.on_codings import ac1, alpha, kappa
from cpit_research.agreement.pairs import pairs
from cpit_research.agreement.precision import Coefficient, from_table, linearized
from cpit_research.agreement.shares import observed_agreement, specific_agreement
from cpit_research.agreement.spans import spans
from cpit_research.agreement.undefined import UndefinedAgreement
from cpit_research.agreement.unitizing import pooled_unitizing_alpha, unitizing_alpha
from cpit_research.model.disagreement import DISPUTE_KINDS
from cpit_research.model.unit import Unit

__all__ = [
    "DISPUTE_KINDS",
    "Coefficient",
    "Continuum",
    "Dispute",
    "Gamma",
    "UndefinedAgreement",
    "Unit",
    "ac1",
    "alpha",
    "best_alignment",
    "brennan_prediger",
    "cohen_kappa",
    "conger_kappa",
    "disputed",
    "disputes",
    "fleiss_kappa",
    "from_table",
    "gamma",
    "gwet_ac1",
    "kappa",
    "krippendorff_alpha",
    "linearized",
    "multivalued_alpha",
    "observed_agreement",
    "pabak",
    "pairs",
    "pooled_unitizing_alpha",
    "scott_pi",
    "spans",
    "specific_agreement",
    "unitizing_alpha",
]
