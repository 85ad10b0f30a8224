# One agency text printed three times, once without its dateline, once cut: one line, however many pages.
article a 2026-03-05 en Harbour Wire | HAMBURG, March 5 (Reuters) - A warehouse in the free port burned to the ground on Thursday after a forklift caught fire, the fire service said.
| “We had the flames under control by noon, and nobody was hurt,” said fire chief Karin Petersen.
| The warehouse held four thousand tons of coffee, according to the port authority.
| Smoke drifted over the old town and schools kept their pupils indoors until the afternoon.
article b - en Coast Daily | A warehouse in the free port burned to the ground on Thursday after a forklift caught fire, the fire service said.
| “We had the flames under control by noon, and nobody was hurt,” said fire chief Karin Petersen.
| The warehouse held four thousand tons of coffee, according to the port authority.
| Smoke drifted over the old town and schools kept their pupils indoors until the afternoon.
| Share this article
| 3 comments
article c - en - | A warehouse in the free port burned to the ground on Thursday after a forklift caught fire, the fire service said.
| “We had the flames under control by noon, and nobody was hurt,” said fire chief Karin Petersen.
----
written  a  2026-03-05  dateline: dateline "HAMBURG, March 5 (Reuters) -"; the year from publication date
block    b:5  boilerplate  page machinery in English
block    b:6  boilerplate  comment counter
written  b  2026-03-05  inferred: a prints the same dispatch with its dateline
written  c  2026-03-05  inferred: a prints the same dispatch with its dateline
dispatch a b c  origin Reuters
edge     b of a  copy 1.00
edge     c of a  cut 1.00
says     fire service  in a b c  lines 1-1  indirect  "A warehouse in the free port burned to the ground on Thursday after a forklift caught fire"
says     Karin Petersen  in a b c  lines 1-1  direct  "We had the flames under control by noon, and nobody was hurt,"
says     port authority  in a b  lines 1-1  indirect  "The warehouse held four thousand tons of coffee"
