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
