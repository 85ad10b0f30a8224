# A body pasted twice, a title three times, a link that names another article's date: all set aside, and said why.
article a - fr - | Incendie dans le port franc
| Incendie dans le port franc
| Incendie dans le port franc
| Un entrepôt du port franc a été détruit jeudi par un incendie après la chute d'une lampe, ont annoncé les pompiers.
| « Les flammes étaient maîtrisées vers midi et personne n'a été blessé », a déclaré la commandante Karine Petersen.
| Quatre mille tonnes de café se trouvaient dans l'entrepôt, selon les autorités du port.
| Un entrepôt du port franc a été détruit jeudi par un incendie après la chute d'une lampe, ont annoncé les pompiers.
| « Les flammes étaient maîtrisées vers midi et personne n'a été blessé », a déclaré la commandante Karine Petersen.
| Quatre mille tonnes de café se trouvaient dans l'entrepôt, selon les autorités du port.
| 12 commentaires
| Suivez-nous sur Facebook
| Article suivant : La météo du samedi 7 mars 2026
----
block    a:1  title  a line without a full stop before the text, with words of the text
block    a:2  repeat  repeats line 1
block    a:3  repeat  repeats line 1
block    a:7  repeat  repeats line 4
block    a:8  repeat  repeats line 5
block    a:9  repeat  repeats line 6
block    a:10  boilerplate  comment counter
block    a:11  boilerplate  follow-us prompt
block    a:12  boilerplate  link to another article
written  a  unknown
not      a  2026-03-07  line 12: in a line set aside: link to another article
dispatch a  origin unstated
says     pompiers  in a  lines 1-1  indirect  "Un entrepôt du port franc a été détruit jeudi par un incendie après la chute d'une lampe"
says     Karine Petersen  in a  lines 1-1  direct  "Les flammes étaient maîtrisées vers midi et personne n'a été blessé"
says     autorités du port  in a  lines 1-1  indirect  "Quatre mille tonnes de café se trouvaient dans l'entrepôt"
