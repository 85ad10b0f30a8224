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
