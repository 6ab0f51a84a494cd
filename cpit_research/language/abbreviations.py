"""French abbreviations, by what their point may do; and the words that open a clause.

Closed lists, from what dictionaries, the *Lexique des règles typographiques* and the minutes of
town councils use. Forms are lower-case, without their last point, with plain apostrophes.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "ARTICLES",
    "CLOSING",
    "CLOSING_PAIRS",
    "COMPLETE",
    "HONORIFICS",
    "LETTERED",
    "MONTHS",
    "MONTHS_TOO",
    "NUMBERED",
    "OPENERS",
    "PAIRS",
    "SHORTENED",
    "TAKING",
    "UNITS",
    "WAITING",
    "WELDED",
]


def _words(*listed: str) -> frozenset[str]:
    return frozenset(" ".join(listed).split())


HONORIFICS: Final = _words(
    "m mm mr mrs mme mmes mlle mlles dr drs pr prs me mes mgr mgrs sr vve",
)
#: Nothing can be said with them alone: what follows belongs to them.
WELDED: Final = HONORIFICS - {"me", "mes", "sr"} | _words(
    "st ste sts stes st-e cf confer voy v.g e.g i.e c.-à-d c-à-d c.à.d càd ex p.ex p.e fig réf pp",
    "chap sqq vs n.b nb p.-s p.s p.p.s n.d.l.r n.d.t n.d.a a.k.a apr tél courr resp respt notam",
    "spéc litt tabl av ave bd bld blvd boul rte imp pl fg fbg fb chem all résid rés zac z.a z.i",
    "bp cs bât esc appt apt lt lieut cdt capt sgt adjt brig amb insp subst proc qq qqs qques qqe",
    "ts ttes tt ds ns pr ss nº n° no° ph.d",
)
#: A clause may close on them: before a capital, they do.
CLOSING: Final = _words(
    "etc cit id ibid ib op.cit suiv sq min max moy env approx hab habts pers pax exempl nbr nbre",
    "qté bcp tjs tjrs jms gd gde ptit qqch qqn qqun pb pbs s.v.p r.a.s dvpt devt dévt chgt svt",
    "cpdt lgt lgts t.t.c h.t ét rez-de-ch r.-de-ch r.d.c étg niv nat soc adm terr hist a.m p.m",
    "lun mar ven sam dim équiv tps rens inscr remb déf obs rem dern préc proch",
)
#: Those of them that no number completes: « etc. 12 habitants… ».
COMPLETE: Final = _words("etc suiv sq hab habts pers id ibid ib")
#: They take a name or do without it: before a capital, what follows decides.
TAKING: Final = _words(
    "éd eds éds coll univ dép dpt dept rég arr cant circ cté cne comm commiss cons assoc ass dir",
    "adj prés vice-prés secr trés délég dél coord rapp gén ing arch trad ill préf introd bibl ms",
    "mss sté ets éts cie soc synd féd conf gouv mun munic agric cult éduc jct sect lib pref",
    "préfect just trib r.d r.n rd rn",
)
#: They are words too: abbreviations before a number only.
NUMBERED: Final = _words(
    "art vol t n no nos p f ff l r d al ch chap sect tit liv pl tab fig col v s doc cap lot port",
    "mob fax tel jeu mer §",
)
MONTHS: Final = _words("janv jan févr fév avr juil juill sept oct nov déc dec")
#: Abbreviations in two words that wait for what follows.
PAIRS: Final = frozenset(
    {("p", "ex"), ("i", "e"), ("e", "g"), ("n", "b"), ("p", "s"), ("c", "à-d")}
)  # fmt: skip
#: Those that a clause may close on.
CLOSING_PAIRS: Final = frozenset({("op", "cit"), ("loc", "cit"), ("art", "cit"), ("et", "al")})
#: Months that are also numbers or words: after a number or one of these words only.
MONTHS_TOO: Final = _words(
    "en de depuis fin début mi mi- d' jusqu'en avant après dès courant",
)
#: After a number.
UNITS: Final = _words(
    "h hr hrs mn mns min mins s sec secs j jr jrs sem km m cm mm ha a ca dm hm m2 m3 m² m³ km2",
    "km² km/h kg g mg t l cl ml hl kw kwh mw mwh w v kva € ke k€ m€ md€ eur frs fr f cts ct °c",
    "pts pt ko mo go hab hab/km2 etp pers ex exempl",
)
#: First names and ranks shortened, with their capital.
SHORTENED: Final = _words(
    "Ph Ch Chr Chs Th Cl Fr Fréd Br Bl Fl Gr Gh Gu Yv Gges Jos Jph Xav Alb Gal Col Cap Cne",
)
#: A letter after them is a rank, not an initial: « le plan B. ».
LETTERED: Final = _words(
    "annexe axe bâtiment bloc catégorie classe commission division document équipe escalier étape",
    "fiche formule groupe hall hypothèse immeuble lettre ligne liste lot niveau option partie",
    "phase pièce plan point porte quai question rang salle scénario section série site tome",
    "tranche type jour heure variante version vitamine volet zone tableau figure",
)
ARTICLES: Final = _words("le la les de du des l' d' el al ben van von")
#: Capitalised, they open a clause and are no surname.
OPENERS: Final = _words(
    "je tu il elle on nous vous ils elles moi toi lui eux soi ce c' ça cela ceci ci celui celle",
    "ceux celles un une le la les l' des du de d' au aux cet cette ces mon ma mes ton ta tes son",
    "sa ses notre nos votre vos leur leurs j' m' t' s' n' y qu' que qui quoi dont où quel quelle",
    "quels quelles lequel laquelle lesquels lesquelles combien comment pourquoi quand personne",
    "rien tout tous toute toutes chacun chacune chaque certain certains certaine certaines",
    "plusieurs aucun aucune quelques quelqu'un quelque nul nulle autre autres d'autres tel telle",
    "beaucoup peu trop assez plus moins très si tant tellement presque environ à dans sur pour",
    "avec sans chez depuis pendant après avant entre vers selon malgré dès en par sous contre",
    "outre hors parmi durant derrière devant autour jusqu'à jusqu'au jusqu'en face côté et mais",
    "ou donc or ni car lorsque lorsqu' comme puisque puisqu' quoique quoiqu' parce afin alors",
    "puis ensuite enfin ainsi pourtant cependant toutefois néanmoins bref voilà voici aussi",
    "d'abord d'ailleurs d'après c'est-à-dire surtout seulement finalement notamment effectivement",
    "aujourd'hui hier demain ici là là-bas encore toujours jamais souvent parfois déjà même seul",
    "seule seuls seules maintenant désormais autrefois longtemps tard bientôt dehors ailleurs oui",
    "non bon ben bah bof euh heu ah oh eh hé hein hop hum mouais ouais voyons tiens allez allons",
    "merci bonjour bonsoir salut pardon dommage bravo d'accord ok okay super exactement pas ne",
    "est-ce était-ce est sont était a ont faut il-y-a voir revoir noter prévoir vérifier relancer",
    "rappeler appeler demander penser suite fin début retour rires silence deux trois quatre cinq",
    "six sept huit neuf dix onze douze vingt cent mille premier première deuxième troisième",
    "dernier dernière peut-être sinon soit bien mieux pire heureusement malheureusement lundi",
    "mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet",
    "août septembre octobre novembre décembre ce-jour-là cela-dit impossible possible",
)
#: After them a clause waits for its complement: « c'est… Mme Tissot ».
WAITING: Final = _words(
    "le la les l' un une des du de d' au aux à en dans sur pour par avec sans chez vers entre",
    "sous contre depuis jusqu'à jusqu'au ce cet cette ces mon ma mes ton ta tes son sa ses notre",
    "nos votre vos leur leurs et ou ni que qu' qui dont est était sera serait sont étaient c'est",
    "c'était comme selon chaque quelques plusieurs m mme mlle dr appelle s'appelle nommé nommée",
    "monsieur madame saint sainte",
)
