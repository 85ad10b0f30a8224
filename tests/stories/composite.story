# Three paragraphs of a dispatch inside a text that opens with news of its own: part of both, chaining nothing.
article a 2026-03-05 de - | HAMBURG, 5. März (dpa) - Im Freihafen ist am Donnerstag eine Lagerhalle bis auf die Grundmauern niedergebrannt, wie die Feuerwehr am Abend mitteilte.
| „Wir hatten die Flammen gegen Mittag unter Kontrolle, und niemand wurde verletzt“, sagte Einsatzleiterin Karin Petersen.
| In der Halle lagerten nach Angaben der Hafenbehörde viertausend Tonnen Kaffee aus drei Schiffen.
| Rauch zog über die Altstadt, und die Schulen behielten ihre Kinder bis zum Nachmittag in den Klassen.
article b 2026-03-06 de - | Nach zwei Bränden in einer Woche verlangt die Gewerkschaft schärfere Kontrollen in allen Häfen an der Elbe.
| Viele Hallen seien seit Jahren nicht geprüft worden, heißt es in einem Brief an den Senat.
| Im Freihafen war am Donnerstag eine Lagerhalle bis auf die Grundmauern niedergebrannt, wie die Feuerwehr am Abend mitteilte.
| „Wir hatten die Flammen gegen Mittag unter Kontrolle, und niemand wurde verletzt“, sagte Einsatzleiterin Karin Petersen.
| In der Halle lagerten nach Angaben der Hafenbehörde viertausend Tonnen Kaffee aus drei Schiffen.
| Der Senat will sich in der kommenden Woche mit der Sache befassen und dann Stellung nehmen.
----
written  a  2026-03-05  dateline: dateline "HAMBURG, 5. März (dpa) -"; the year from publication date
written  b  2026-03-06  metadata: publication date
dispatch a b  origin dpa
edge     b of a  part 0.46
dispatch b  origin unstated
edge     b of itself  part 0.54
says     Feuerwehr  in a b  lines 1-1  indirect  "Im Freihafen ist am Donnerstag eine Lagerhalle bis auf die Grundmauern niedergebrannt"
says     Karin Petersen  in a b  lines 1-1  direct  "Wir hatten die Flammen gegen Mittag unter Kontrolle, und niemand wurde verletzt"
says     Hafenbehörde  in a b  lines 1-1  indirect  "In der Halle lagerten … viertausend Tonnen Kaffee aus drei Schiffen"
says     Gewerkschaft  in b  lines 1-1  indirect  "schärfere Kontrollen in allen Häfen an der Elbe"
says     Gewerkschaft  in b  lines 1-1  indirect  "Viele Hallen seien seit Jahren nicht geprüft worden"
