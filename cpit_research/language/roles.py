"""Words that say the role of a speaker, and words that open a line without naming one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from cpit_research.text.folding import fold

__all__ = ["NOT_SPEAKERS", "ROLES", "is_role", "named_role"]

_ROLES: Final = (
    "chercheur, chercheuse, enquêteur, enquêtrice, enquêteuse, intervieweur, intervieweuse, "
    "interviewer, interviewé, interviewée, enquêté, enquêtée, répondant, répondante, locuteur, "
    "locutrice, intervenant, intervenante, participant, participante, animateur, animatrice, "
    "facilitateur, facilitatrice, modérateur, modératrice, médiateur, médiatrice, observateur, "
    "observatrice, maire, adjoint, adjointe, élu, élue, conseiller, conseillère, président, "
    "présidente, vice-président, vice-présidente, directeur, directrice, dgs, dga, dst, chef de "
    "projet, cheffe de projet, chef de service, cheffe de service, chargé de mission, chargée "
    "de mission, manager de centre-ville, secrétaire de mairie, secrétaire, technicien, "
    "technicienne, agent, agente, habitant, habitante, commerçant, commerçante, architecte, "
    "urbaniste, partenaire, préfet, préfète, sous-préfet, sous-préfète, enseignant, "
    "enseignante, stagiaire, consultant, consultante, public, salle, inconnu, inconnue, "
    "speaker, interviewee, researcher, moderator, facilitator, mayor, voix, personne"
)
#: Roles by folded form, as they are shown.
ROLES: Final = {
    fold(role): role.upper()
    if len(role) == 3 and role.startswith("d")
    else role[0].upper() + role[1:]
    for role in _ROLES.split(", ")
}

_FIELDS: Final = (
    "a noter, a faire, a retenir, a suivre, a voir, accord, accroche, action, actions, adresse, "
    "agenda, alerte, ambiance, analyse, annexe, annexes, attention, atelier, auteur, autre, "
    "autres, avantage, avantages, avertissement, axe, besoin, besoins, bilan, blocage, budget, "
    "but, cadre, cause, citation, code, commentaire, commentaires, commune, conclusion, "
    "confidentialite, consequence, consigne, constat, constats, contact, contexte, contrainte, "
    "contraintes, contre, date, dates, debut, deadline, decision, decisions, definition, delai, "
    "demande, departement, deroule, deroulement, description, detail, diagnostic, difficulte, "
    "difficultes, document, donc, duree, echeance, ecart, effet, effectif, element, email, "
    "enjeu, enjeux, enregistrement, enseignement, entretien, equipe, etape, etapes, etat, "
    "evaluation, ex, exemple, exemples, explication, extrait, facteur, faiblesse, faiblesses, "
    "fait, faits, fiche, figure, fin, financement, focus, fonction, force, forces, format, "
    "frein, freins, gouvernance, heure, heures, horaire, horaires, hypothese, hypotheses, idee, "
    "idees, impact, important, indicateur, indicateurs, info, information, informations, "
    "interet, intitule, introduction, jour, legende, levier, leviers, lien, liens, lieu, lieux, "
    "limite, limites, logement, loi, mail, materiel, matin, apres-midi, menace, menaces, "
    "methode, methodologie, mission, missions, mobilite, modalites, moyen, moyens, mot, mots, "
    "motif, nb, niveau, nom, nombre, nota, note, notes, numero, objectif, objectifs, objet, "
    "observation, observations, obstacle, opportunite, opportunites, option, ordre du jour, "
    "organisation, origine, outil, outils, page, participants, partenaires, partie, periode, "
    "perspective, perspectives, phase, photo, piste, pistes, plan, plus, point, points, "
    "population, posture, pour, precision, preconisation, prenom, presents, presentes, absents, "
    "excuses, pre-requis, principe, priorite, priorites, probleme, problemes, processus, "
    "prochaine etape, programme, projet, projets, proposition, propositions, public cible, "
    "qualite, question, questions, rappel, raison, recommandation, recommandations, redaction, "
    "reference, references, region, relance, remarque, remarques, remerciements, rendez-vous, "
    "reponse, reponses, resultat, resultats, resume, reunion, risque, risques, role, roles, "
    "rubrique, sauf, scenario, sequence, seance, service, services, session, signature, site, "
    "situation, situations, solution, solutions, sommaire, source, sources, statut, strategie, "
    "suite, suites, sujet, support, synthese, tableau, tache, taches, tel, telephone, temps, "
    "territoire, theme, themes, thematique, thematiques, titre, total, transcription, travaux, "
    "type, url, usage, usages, valeur, verbatim, verbatims, version, visite, zone, rires, rire, "
    "inaudible, silence, pause, musique, bruit, bruits, applaudissements, coupure, coupe, "
    "blanc, soupir, sic, passage inaudible, incomprehensible, brouhaha, sonnerie, telephone "
    "sonne, fin de l'enregistrement"
)
#: First words, folded, of lines such as « Objectif : » that name nobody.
NOT_SPEAKERS: Final = frozenset(_FIELDS.split(", "))

#: « chercheur·se », « interviewé(e) », « enquêteur.rice »: what follows the mark is dropped.
_INCLUSIVE: Final = re.compile(
    r"[·•.(/-](?:e|se|fe|ne|ve|ere|te|trice|rice|euse|teuse|ice|ienne)(?:[·•.-]?s)?\)?(?![^\W\d_])"
)
_ARTICLE: Final = re.compile(r"(?:le|la|l'|un|une) ?")
_RANK: Final = re.compile(r" ?(?:n° ?)?\d{1,2}$| [a-z]$")


@lru_cache(maxsize=4096)
def named_role(label: str) -> str:
    """Return the folded role in a label, without article, inclusive ending, number or letter.

    Examples
    --------
    >>> named_role("Le Chercheur·se 2"), named_role("Cheffe de projet PVD")
    ('chercheur', 'cheffe de projet')
    """
    folded = re.sub(r"\([^)]{3,}\)", "", _INCLUSIVE.sub("", fold(label))).strip()
    folded = _ARTICLE.sub("", folded, count=1) if _ARTICLE.match(folded) else folded
    if folded in ROLES:
        return folded
    unranked = _RANK.sub("", folded)
    if unranked in ROLES:
        return unranked
    first, _space, last = label.strip().rpartition(" ")
    return named_role(first) if first and last.isupper() and len(last) <= 5 else folded


def is_role(label: str) -> bool:
    """Tell whether a label says a role: « Chercheur·se 2 », « Cheffe de projet PVD »."""
    return named_role(label) in ROLES
