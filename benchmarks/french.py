"""Plausible French, drawn from a seed: a Zipf-like law over a vocabulary, elisions, « quotes ».

The first words of the vocabulary are those of the field; thousands of rarer ones are put together
from syllables, so that texts repeat themselves no more than real notes do.
"""

from __future__ import annotations

from itertools import accumulate
from random import Random

_FREQUENT = (
    "de la le et les des à en un que une est du dans il qui pour on ne pas sur au ce plus par je "
    "avec se nous sont mais ont elle été cette qu'il y comme leur aux tout bien ces fait sans deux "
    "très même aussi ou être si peu encore avait était où ça leurs parce quand donc après avant "
    "toujours déjà jamais rien entre depuis pendant chez sous vers alors ainsi chaque plusieurs "
    "quelques trop moins beaucoup"
).split()
_FIELD = (
    "projet commune maire mairie conseil habitants territoire élus équipe réunion association "
    "atelier budget mandat dossier village centre-bourg école marché place commerce logement friche "
    "gare forêt eau rivière sécheresse énergie mobilité covoiturage vélo route pont salle bureau "
    "secrétaire technicien adjointe présidente préfecture département région État intercommunalité "
    "communauté agglomération partenaire fondation entreprise artisan agriculteur éleveur maraîchère "
    "cantine café tiers-lieu médiathèque crèche médecin pharmacie maison santé jeunesse aînés "
    "bénévole subvention financement calendrier délai échéance appel candidature convention "
    "délibération vote majorité opposition débat désaccord confiance conflit méfiance rumeur écoute "
    "posture rôle mission métier cheffe chargé coordination réseau pilotage comité gouvernance "
    "décision arbitrage diagnostic enquête entretien visite observation note carnet récit parole "
    "silence détour hésitation question réponse proposition idée envie besoin demande attente "
    "expérience expérimentation innovation essai échec réussite apprentissage évaluation indicateur "
    "bilan restitution effet miroir trace preuve exemple histoire mémoire patrimoine paysage terrain "
    "chantier travaux réhabilitation rénovation isolation chauffage toiture panneau éolienne "
    "méthanisation déchets compost jardin verger haie zone humide inondation crue canicule incendie "
    "assemblée collectif citoyenne participation concertation invitation affiche bulletin courrier "
    "téléphone message tableau chiffre facture devis contrat poste salaire formation stage retraite "
    "départ arrivée accueil rencontre visage voix regard main porte fenêtre table chaise couloir "
    "matin soir semaine mois année printemps été automne hiver aujourd'hui demain hier bientôt "
    "lentement ensemble seul nouvelle ancien petit grande vieux jeune public privé local rural "
    "urbain social économique écologique politique technique difficile possible nécessaire fragile "
    "prudent fatigué content inquiète surpris patient clair flou lourd léger urgent lointain proche "
    "dit demande explique raconte répond propose refuse accepte hésite insiste écoute attend cherche "
    "trouve perd gagne porte tient lâche relance prépare organise anime réunit convainc négocie "
    "signe reporte annule commence termine avance recule revient repart s'arrête comprend apprend "
    "sait croit pense espère craint veut peut doit faut reste devient cœur œuvre sœur aiguë "
    "naïf canoë Noël ambiguïté où dès là çà être connaît île août forêts fenêtres"
).split()
_STARTS = "ba bre ca cha clo con cré da dé dra é en fa fla for gra gué im jau la lé lon mar mé mon né no pa plé pré ra ré ro sa sé sou té tra tri va vi".split()
_MIDDLES = (
    "bi ci da di fé gi la li lo ma mi mo né ni pa pi ra ri ro sa si ta té ti to va vé".split()
)
_ENDS = "tion ment té rie ssage eur euse ique able isme elle ette ier ière ance ence oir ure esse age ais ée".split()

_TYPES = 6_000
_SHIFT = 2.7  # Mandelbrot's: the first words are less frequent than 1/rank would have them
_VOWELS = frozenset("aeéèêiîoôuyœAEÉÈÊIÎOÔUÀ")
_ELIDED = {
    "le": "l’", "la": "l’", "de": "d’", "que": "qu’", "ne": "n’", "je": "j’", "se": "s’", "ce": "c’",
}  # fmt: skip
_NBSP = "\u00a0"
_SEED = 20190704


def vocabulary(types: int = _TYPES) -> list[str]:
    """Return words from the most to the least frequent."""
    draw = Random(_SEED)
    words = dict.fromkeys(word.replace("'", "’") for word in (*_FREQUENT, *_FIELD))
    while len(words) < types:
        middles = "".join(draw.choices(_MIDDLES, k=draw.randrange(3)))
        words[draw.choice(_STARTS) + middles + draw.choice(_ENDS)] = None
    return list(words)[:types]


class Writer:
    """Writes sentences, the same ones for the same seed."""

    _words = vocabulary()
    _weights = tuple(accumulate(1 / (rank + _SHIFT) for rank in range(1, _TYPES + 1)))

    def __init__(self, draw: Random, names: list[str]) -> None:
        self._draw = draw
        self._names = names

    def sentence(self) -> str:
        """Return a sentence of 6 to 24 words."""
        draw = self._draw
        words = draw.choices(self._words, cum_weights=self._weights, k=draw.randrange(6, 25))
        chance = draw.random()
        if chance < 0.06:
            words[draw.randrange(1, len(words))] = draw.choice(self._names)
        elif chance < 0.14:
            at = draw.randrange(1, len(words) - 3)
            words[at] = f"«{_NBSP}{words[at]}"
            words[at + 2] = f"{words[at + 2]}{_NBSP}»"
        elif chance < 0.45:
            at = draw.randrange(2, len(words) - 1)
            words[at] += ","
        for at, word in enumerate(words[:-1]):
            if word in _ELIDED and words[at + 1][0] in _VOWELS:
                words[at] = _ELIDED[word]
        text = " ".join(words).replace("’ ", "’")
        end = "." if chance < 0.9 else f"{_NBSP}?" if chance < 0.95 else "…"
        return text[0].upper() + text[1:] + end

    def paragraph(self, words: int) -> str:
        """Return sentences of `words` words or a little more."""
        written: list[str] = []
        count = 0
        while count < words:
            written.append(self.sentence())
            count += written[-1].count(" ") + 1
        return " ".join(written)

    def phrase(self, words: int) -> str:
        """Return a few words, for a title or a cell."""
        picked = " ".join(self._draw.choices(self._words[80:900], k=words))
        return picked[0].upper() + picked[1:]
