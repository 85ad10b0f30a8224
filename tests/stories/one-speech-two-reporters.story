# Two reports of one speech share its words and nothing else: two dispatches, one statement, two lines.
article a 2026-03-05 en - | HAMBURG, March 5 (AP) - The city will pay for a new warehouse, its mayor announced in a speech to dockers on Thursday evening.
| “We will not leave a single docker of this port without work after the fire,” Mayor Anna Reimers said.
| Insurers put the damage at ninety million, more than any fire in the port since the war.
article b 2026-03-05 en - | HAMBURG, March 5 (Reuters) - Dockers cheered on Thursday night as the mayor promised them help after the blaze.
| “We will not leave a single docker of this port without work after the fire,” Mayor Anna Reimers said.
| The union had asked for three months of wages and for a say in how the quay is rebuilt.
----
written  a  2026-03-05  dateline: dateline "HAMBURG, March 5 (AP) -"; the year from publication date
written  b  2026-03-05  dateline: dateline "HAMBURG, March 5 (Reuters) -"; the year from publication date
dispatch a  origin AP
dispatch b  origin Reuters
says     Anna Reimers  in a b  lines 2-2  direct  "We will not leave a single docker of this port without work after the fire,"
says     Anna Reimers  in a  lines 1-1  indirect  "The city will pay for a new warehouse"
says     Anna Reimers  in b  lines 1-1  indirect  "them help after the blaze"
says     union  in b  lines 1-1  indirect  "three months of wages and for a say in how the quay is rebuilt"
