# Two reports written over one form share few runs of words: no dispatch is made of them.
article a 2026-03-05 en - | Clouds will gather over the coast on Friday, with 4 degrees in the morning and 11 by noon.
| Winds from the north reach 60 kilometres an hour on the islands, and snow is likely above 700 metres.
article b 2026-03-06 en - | Sunshine returns to the plain on Saturday, with 9 degrees at dawn and 17 in the afternoon.
| A light breeze from the south brings warm air, and the risk of frost ends in the valleys.
----
written  a  2026-03-05  metadata: publication date
written  b  2026-03-06  metadata: publication date
dispatch a  origin unstated
dispatch b  origin unstated
