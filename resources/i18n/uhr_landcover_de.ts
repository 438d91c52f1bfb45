<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>UhrLandCover</name>
  <message>
   <location filename="../../plugin.py" />
   <location filename="../../ui/dock.py" />
   <source>Land Cover</source>
   <translation>Landbedeckung</translation>
  </message>
  <message>
   <location filename="../../plugin.py" />
   <source>Open or close the Land Cover panel</source>
   <translation>Das Bedienfeld „Landbedeckung“ öffnen oder schließen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Look at a map</source>
   <translation>Eine Karte ansehen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Nobody said where the sample is to go. Choose a file.</source>
   <translation>Es fehlt, wohin die Stichprobe soll. Wählen Sie eine Datei.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Draw a sample</source>
   <translation>Eine Stichprobe ziehen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>No file of labels is chosen. Tick at least one.</source>
   <translation>Keine Datei mit Bestimmungen ist gewählt. Haken Sie mindestens eine an.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Estimate accuracy and areas</source>
   <translation>Genauigkeit und Flächen schätzen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Gather disagreements</source>
   <translation>Abweichungen sammeln</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>“{name}” is there already. Draw it anew? Its labels are lost.</source>
   <translation>„{name}“ gibt es schon. Neu ziehen? Die Bestimmungen gehen verloren.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Draw sample</source>
   <translation>Stichprobe ziehen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Open a sample</source>
   <translation>Stichprobe öffnen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Who labels? Leave empty if it is one person alone.</source>
   <translation>Wer bestimmt? Leer lassen, wenn es nur eine Person ist.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Compare with a map</source>
   <translation>Mit einer Karte vergleichen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_dock.py" />
   <location filename="../../ui/assess/labels/labelling.py" />
   <source>Assess</source>
   <translation>Genauigkeit</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_dock.py" />
   <source>1  Sample</source>
   <translation>1  Stichprobe</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_dock.py" />
   <source>2  Labels</source>
   <translation>2  Bestimmen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_dock.py" />
   <source>3  Estimates</source>
   <translation>3  Schätzung</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>A class raster, or polygons with a class</source>
   <translation>Ein Klassenraster oder Polygone mit einer Klasse</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Field with the class</source>
   <translation>Feld mit der Klasse</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>How points are drawn</source>
   <translation>Wie Punkte gezogen werden</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Random in each stratum</source>
   <translation>Zufällig in jeder Schicht</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Random over the whole map</source>
   <translation>Zufällig über die ganze Karte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>A lattice with a random start</source>
   <translation>Ein Gitter mit zufälligem Anfang</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>As many points as these targets need:</source>
   <translation>So viele Punkte, wie diese Ziele brauchen:</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Size of the sample</source>
   <translation>Größe der Stichprobe</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Let the engine find the size; “Look at the map” tells it</source>
   <translation>Die Größe finden lassen; „Karte ansehen“ nennt sie</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>How points are divided among strata</source>
   <translation>Wie Punkte auf die Schichten verteilt werden</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>A minimum each, the rest by area</source>
   <translation>Je ein Mindestmaß, der Rest nach Fläche</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>By area</source>
   <translation>Nach Fläche</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>The same for all</source>
   <translation>Für alle gleich</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Neyman (best for the targets)</source>
   <translation>Neyman (am besten für die Ziele)</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Fewest points of a stratum</source>
   <translation>Kleinste Zahl von Punkten einer Schicht</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Further points, if more are needed later</source>
   <translation>Weitere Punkte, falls später mehr gebraucht werden</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>The same seed draws the same points</source>
   <translation>Gleicher Startwert, gleiche Punkte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>What gets a label</source>
   <translation>Was bestimmt wird</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>A pixel</source>
   <translation>Ein Pixel</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>A block of pixels</source>
   <translation>Ein Block von Pixeln</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>A circle</source>
   <translation>Ein Kreis</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Pixels along the side of a block, metres of the radius of a circle</source>
   <translation>Pixel an der Seite eines Blocks, Meter des Radius eines Kreises</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Which class counts where there are several</source>
   <translation>Welche Klasse zählt, wo es mehrere gibt</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>The class at the centre</source>
   <translation>Die Klasse in der Mitte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>The class of the majority</source>
   <translation>Die Klasse der Mehrheit</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>The classes of the map</source>
   <translation>Die Klassen der Karte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Another raster or polygons whose parts are the strata</source>
   <translation>Ein anderes Raster oder Polygone, deren Teile die Schichten sind</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Field with the names of the strata</source>
   <translation>Feld mit den Namen der Schichten</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>crossed with the classes of the map</source>
   <translation>gekreuzt mit den Klassen der Karte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>A stratum for each class in each part</source>
   <translation>Eine Schicht für jede Klasse in jedem Teil</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Examples that a model was taught with: no points are drawn there</source>
   <translation>Beispiele, mit denen ein Modell gelehrt wurde: dort werden keine Punkte gezogen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Points to label; the design is written beside them</source>
   <translation>Punkte zum Bestimmen; der Plan steht daneben</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Look at the map</source>
   <translation>Karte ansehen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Count the strata, and tell what every allocation needs or reaches</source>
   <translation>Die Schichten zählen und sagen, was jede Verteilung braucht oder erreicht</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Draw the points and begin to label them</source>
   <translation>Die Punkte ziehen und mit dem Bestimmen beginnen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Open a sample…</source>
   <translation>Stichprobe öffnen …</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Go on with a sample that is there</source>
   <translation>Mit einer vorhandenen Stichprobe weitermachen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <location filename="../../ui/corrections/panel.py" />
   <location filename="../../ui/teach/panel.py" />
   <source>Map</source>
   <translation>Karte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Design</source>
   <translation>Plan</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <location filename="../../ui/assess/design/strata_table.py" />
   <location filename="../../ui/assess/report_page.py" />
   <source>Points</source>
   <translation>Punkte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <location filename="../../ui/form/form.py" />
   <source>Save to</source>
   <translation>Speichern in</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>More</source>
   <translation>Mehr</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Strata</source>
   <translation>Schichten</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Allocation</source>
   <translation>Verteilung</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Minimum</source>
   <translation>Mindestens</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Reserve</source>
   <translation>Reserve</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Seed</source>
   <translation>Startwert</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Support</source>
   <translation>Bezugsfläche</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Its size</source>
   <translation>Ihre Größe</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Mixed support</source>
   <translation>Bei mehreren Klassen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Leave out</source>
   <translation>Auslassen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>{allocation}: {points} points ({sizes})</source>
   <translation>{allocation}: {points} Punkte ({sizes})</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>; standard errors {errors}</source>
   <translation>; Standardfehler {errors}</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>{n} points in all</source>
   <translation>{n} Punkte im Ganzen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>drawn in proportion to the area on the ground</source>
   <translation>gezogen im Verhältnis zur Fläche am Boden</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>{n} pixels of examples are left out</source>
   <translation>{n} Pixel von Beispielen sind ausgelassen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/strata_table.py" />
   <source>Stratum</source>
   <translation>Schicht</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/strata_table.py" />
   <source>Area, ha</source>
   <translation>Fläche, ha</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/strata_table.py" />
   <location filename="../../ui/results/legend_table.py" />
   <source>Share</source>
   <translation>Anteil</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/strata_table.py" />
   <source>Expected, %</source>
   <translation>Erwartet, %</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/strata_table.py" />
   <source>Points may be changed: then each stratum gets the number that stands here</source>
   <translation>Punkte können geändert werden: dann bekommt jede Schicht die Zahl, die hier steht</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>What shall be known</source>
   <translation>Was man wissen will</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>± half-width</source>
   <translation>± halbe Breite</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>standard error</source>
   <translation>Standardfehler</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>How its uncertainty is given</source>
   <translation>Wie seine Unsicherheit angegeben ist</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Of 100 %; for an area: of the whole area</source>
   <translation>Von 100 %; bei einer Fläche: der ganzen Fläche</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Add</source>
   <translation>Hinzufügen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Add this target</source>
   <translation>Dieses Ziel hinzufügen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Remove the chosen target</source>
   <translation>Das gewählte Ziel entfernen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Targets; the sample is large enough for all of them</source>
   <translation>Ziele; die Stichprobe ist groß genug für alle</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Overall accuracy</source>
   <translation>Gesamtgenauigkeit</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Area of {name}</source>
   <translation>Fläche von {name}</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>User's accuracy of {name}</source>
   <translation>Nutzergenauigkeit von {name}</translation>
  </message>
  <message>
   <location filename="../../ui/assess/drawn_sample.py" />
   <source>“{path}” is no design of a sample ({reason}). Choose a file that ends in {ending}.</source>
   <translation>„{path}“ ist kein Plan einer Stichprobe ({reason}). Wählen Sie eine Datei, die auf {ending} endet.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/entry.py" />
   <source>Assess a map</source>
   <translation>Genauigkeit einer Karte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/entry.py" />
   <source>How right is a map? Draw a sample, label it, read accuracy and areas</source>
   <translation>Wie richtig ist eine Karte? Stichprobe ziehen, bestimmen, Genauigkeit und Flächen lesen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_file.py" />
   <source>“{path}” holds no points to label. Choose the file made with the sample.</source>
   <translation>„{path}“ enthält keine Punkte zum Bestimmen. Wählen Sie die Datei, die mit der Stichprobe gemacht wurde.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_file.py" />
   <source>The label could not be written to “{path}”. Is the file open elsewhere or write-protected?</source>
   <translation>Die Bestimmung konnte nicht in „{path}“ geschrieben werden. Ist die Datei anderswo offen oder schreibgeschützt?</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_file.py" />
   <source>“{path}” cannot be written: {reason}</source>
   <translation>„{path}“ kann nicht geschrieben werden: {reason}</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>This point is “{name}”</source>
   <translation>Dieser Punkt ist „{name}“</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source> (reserve)</source>
   <translation> (Reserve)</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Point {number} of {last}{kind}: what do you see inside the outline?</source>
   <translation>Punkt {number} von {last}{kind}: Was sehen Sie im Umriss?</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>{done} of {all} looked at · {unsure} not sure · {skipped} skipped</source>
   <translation>{done} von {all} angesehen · {unsure} unsicher · {skipped} übergangen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>{key}  Second choice</source>
   <translation>{key}  Zweite Wahl</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>The class you click next is noted as the second choice</source>
   <translation>Die nächste Klasse, die Sie anklicken, gilt als zweite Wahl</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Not sure</source>
   <translation>Unsicher</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Do not count the label of this point</source>
   <translation>Die Bestimmung dieses Punktes nicht zählen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Skip</source>
   <translation>Übergehen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Pass this point over</source>
   <translation>Diesen Punkt übergehen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <location filename="../../ui/base/help.py" />
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>To the point before</source>
   <translation>Zum Punkt davor</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Next</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>To the next point</source>
   <translation>Zum nächsten Punkt</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Point </source>
   <translation>Punkt </translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Go to this point</source>
   <translation>Zu diesem Punkt gehen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Go on to the next point after a label</source>
   <translation>Nach einer Bestimmung weiter zum nächsten Punkt</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>A label turns to the next point by itself</source>
   <translation>Eine Bestimmung führt von selbst zum nächsten Punkt</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>high</source>
   <translation>hoch</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>medium</source>
   <translation>mittel</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>low</source>
   <translation>gering</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>How sure you are of the label</source>
   <translation>Wie sicher Sie der Bestimmung sind</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Date of the image that the label was taken from</source>
   <translation>Datum des Bildes, nach dem bestimmt wurde</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>2024-06-30; kept for the next points</source>
   <translation>2024-06-30; bleibt für die nächsten Punkte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Anything worth remembering of this point</source>
   <translation>Was an diesem Punkt bemerkenswert ist</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Scale of the map at every point</source>
   <translation>Maßstab der Karte an jedem Punkt</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Hide the map that is assessed</source>
   <translation>Die geprüfte Karte ausblenden</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Labels must not be taken from the map: it is hidden while you label</source>
   <translation>Bestimmungen dürfen nicht von der Karte kommen: sie ist dabei ausgeblendet</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>View of another layer…</source>
   <translation>Ansicht eines anderen Layers …</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Open a second map of the same place, with another layer: an older image, a service</source>
   <translation>Eine zweite Karte derselben Stelle mit einem anderen Layer öffnen: ein älteres Bild, ein Dienst</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Estimate…</source>
   <translation>Schätzen …</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>To accuracy and areas from the labels so far</source>
   <translation>Zu Genauigkeit und Flächen aus den bisherigen Bestimmungen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <location filename="../../ui/processing/segment.py" />
   <source>Confidence</source>
   <translation>Konfidenz</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Date of the image</source>
   <translation>Datum des Bildes</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Note</source>
   <translation>Notiz</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Scale</source>
   <translation>Maßstab</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Go to</source>
   <translation>Gehe zu</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Label: {name}</source>
   <translation>Bestimmt: {name}</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>second choice: {name}</source>
   <translation>zweite Wahl: {name}</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>not sure</source>
   <translation>unsicher</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>skipped</source>
   <translation>übergangen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>No label yet.</source>
   <translation>Noch nicht bestimmt.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/linked_view.py" />
   <source>View of another layer</source>
   <translation>Ansicht eines anderen Layers</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/linked_view.py" />
   <source>Layer of this view; web maps (XYZ) in the project, too</source>
   <translation>Layer dieser Ansicht; auch Webkarten (XYZ) im Projekt</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/linked_view.py" />
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Layer</source>
   <translation>Ebene</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Labels that are estimated from: one file for each interpreter</source>
   <translation>Bestimmungen, aus denen geschätzt wird: eine Datei je Person</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Intervals that stay within 0 and 1</source>
   <translation>Intervalle, die zwischen 0 und 1 bleiben</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>± 1.96 standard errors, as in papers</source>
   <translation>± 1,96 Standardfehler, wie in Aufsätzen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>The first holds the truth with few points, too; the second is for comparison</source>
   <translation>Das erste enthält die Wahrheit auch bei wenigen Punkten; das zweite dient dem Vergleich</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <location filename="../../ui/results/legend_table.py" />
   <location filename="../../ui/teach/class_list.py" />
   <source>Class</source>
   <translation>Klasse</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>User's</source>
   <translation>Nutzer</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Producer's</source>
   <translation>Hersteller</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Area by the sample</source>
   <translation>Fläche nach Stichprobe</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Area on the map</source>
   <translation>Fläche auf der Karte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Overall accuracy: {value} ({points} points)</source>
   <translation>Gesamtgenauigkeit: {value} ({points} Punkte)</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>± 1.96 standard errors are too narrow here: {n} points of omission</source>
   <translation>± 1,96 Standardfehler sind hier zu schmal: {n} übersehene Punkte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Estimate</source>
   <translation>Schätzen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Accuracy and areas from the labels so far; writes the report</source>
   <translation>Genauigkeit und Flächen aus den bisherigen Bestimmungen; schreibt den Bericht</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Settle disagreements…</source>
   <translation>Abweichungen klären …</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Label the points on which interpreters differ once more</source>
   <translation>Die Punkte, die verschieden bestimmt wurden, noch einmal bestimmen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Compare with a map…</source>
   <translation>Mit einer Karte vergleichen …</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Score another map on the same points, with the difference and its interval</source>
   <translation>Eine andere Karte an denselben Punkten messen, mit Unterschied und Intervall</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Label</source>
   <translation>Bestimmen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Back to the points</source>
   <translation>Zurück zu den Punkten</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <location filename="../../ui/results/result_panel.py" />
   <source>Open report</source>
   <translation>Bericht öffnen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Read the report with chart and method paragraph in the browser</source>
   <translation>Den Bericht mit Diagramm und Methodenabsatz im Browser lesen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <location filename="../../ui/results/result_panel.py" />
   <source>Open folder</source>
   <translation>Ordner öffnen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Show the files of the report</source>
   <translation>Die Dateien des Berichts zeigen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>not estimated</source>
   <translation>nicht geschätzt</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>{names} labelled no point in common.</source>
   <translation>{names} haben keinen Punkt gemeinsam bestimmt.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>{names} agree on {percent} of {n} points.</source>
   <translation>{names} stimmen bei {percent} von {n} Punkten überein.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Overall accuracy less that of “{map}”: {value}</source>
   <translation>Gesamtgenauigkeit weniger der von „{map}“: {value}</translation>
  </message>
  <message>
   <location filename="../../ui/base/help.py" />
   <source>Land Cover: user guide</source>
   <translation>Landbedeckung: Benutzerhandbuch</translation>
  </message>
  <message>
   <location filename="../../ui/base/i18n.py" />
   <source>en</source>
   <translation>de</translation>
  </message>
  <message>
   <location filename="../../ui/base/message_bar.py" />
   <source>More…</source>
   <translation>Mehr …</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Preparing</source>
   <translation>Vorbereitung</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Classifying</source>
   <translation>Klassifizierung</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Assembling the map</source>
   <translation>Karte wird zusammengesetzt</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Making polygons</source>
   <translation>Polygone werden erstellt</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Measuring areas</source>
   <translation>Flächen werden gemessen</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <location filename="../../ui/processing/training.py" />
   <source>Training</source>
   <translation>Training</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Evaluating</source>
   <translation>Auswertung</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>tiles</source>
   <translation>Kacheln</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>strips</source>
   <translation>Streifen</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>steps</source>
   <translation>Schritte</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>{done} of {total} {unit}</source>
   <translation>{done} von {total} {unit}</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>about {time} left</source>
   <translation>noch etwa {time}</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>{n} s</source>
   <translation>{n} s</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>{n} min</source>
   <translation>{n} min</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>{h} h {m} min</source>
   <translation>{h} h {m} min</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Folder and name are set under “Results”.</source>
   <translation>Ordner und Name werden unter „Ergebnisse“ festgelegt.</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Checkpoints are chosen under “Advanced”.</source>
   <translation>Checkpoints werden unter „Erweitert“ gewählt.</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Or right-click the layer ▸ Export ▸ Save As…, and use the new GeoTIFF.</source>
   <translation>Oder Rechtsklick auf den Layer ▸ Exportieren ▸ Speichern als…, und das neue GeoTIFF benutzen.</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>This run cannot be done</source>
   <translation>Dieser Lauf ist nicht möglich</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Raster not found</source>
   <translation>Raster nicht gefunden</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Check that the layer's file is still where the project expects it.</source>
   <translation>Prüfen Sie, ob die Datei des Layers noch dort ist, wo das Projekt sie erwartet.</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Raster cannot be read</source>
   <translation>Raster kann nicht gelesen werden</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Raster does not fit</source>
   <translation>Raster passt nicht</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Bands do not fit</source>
   <translation>Kanäle passen nicht</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Bands are chosen under “Advanced”.</source>
   <translation>Kanäle werden unter „Erweitert“ gewählt.</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Part of the raster is damaged</source>
   <translation>Ein Teil des Rasters ist beschädigt</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>“Advanced” has a box that leaves unreadable blocks empty.</source>
   <translation>„Erweitert“ hat ein Kästchen, das unlesbare Blöcke leer lässt.</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Results of that name exist</source>
   <translation>Ergebnisse dieses Namens gibt es schon</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The result would replace the input</source>
   <translation>Das Ergebnis würde die Eingabe ersetzen</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Cannot write there</source>
   <translation>Dort kann nicht geschrieben werden</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The disk is full</source>
   <translation>Der Datenträger ist voll</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>There is no checkpoint</source>
   <translation>Es gibt keinen Checkpoint</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The checkpoint is damaged</source>
   <translation>Der Checkpoint ist beschädigt</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The checkpoint does not fit</source>
   <translation>Der Checkpoint passt nicht</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Device not available</source>
   <translation>Gerät nicht verfügbar</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>“Automatic” takes the best one there is.</source>
   <translation>„Automatisch“ nimmt das beste vorhandene.</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Not enough memory</source>
   <translation>Zu wenig Speicher</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Choose the preset “Low memory”, or close other programs.</source>
   <translation>Wählen Sie die Voreinstellung „Wenig Speicher“ oder schließen Sie andere Programme.</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The data cannot be used</source>
   <translation>Die Daten sind nicht verwendbar</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The engine is not set up</source>
   <translation>Der Rechenkern ist nicht eingerichtet</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The engine stopped unexpectedly</source>
   <translation>Der Rechenkern hat unerwartet aufgehört</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Often memory ran out: try the preset “Low memory”. The message log has the details.</source>
   <translation>Oft ist der Speicher ausgegangen: Versuchen Sie die Voreinstellung „Wenig Speicher“. Das Nachrichtenprotokoll hat die Einzelheiten.</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The raster has changed</source>
   <translation>Das Raster hat sich geändert</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>This run is already going on</source>
   <translation>Dieser Lauf ist schon im Gang</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Cancelled</source>
   <translation>Abgebrochen</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Something went wrong</source>
   <translation>Etwas ist schiefgegangen</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The message log (UHR Land Cover) has the details; please report them.</source>
   <translation>Das Nachrichtenprotokoll (UHR Land Cover) hat die Einzelheiten; bitte melden Sie sie.</translation>
  </message>
  <message>
   <location filename="../../ui/base/numbers.py" />
   <source>{n} px</source>
   <translation>{n} px</translation>
  </message>
  <message>
   <location filename="../../ui/base/page_bar.py" />
   <source>What the guide says about this page (F1)</source>
   <translation>Was das Handbuch zu dieser Seite sagt (F1)</translation>
  </message>
  <message>
   <location filename="../../ui/base/strip.py" />
   <source>Show</source>
   <translation>Anzeigen</translation>
  </message>
  <message>
   <location filename="../../ui/base/strip.py" />
   <source>Go to what this line is about</source>
   <translation>Zu dem gehen, wovon diese Zeile handelt</translation>
  </message>
  <message>
   <location filename="../../ui/controller.py" />
   <source>The image “{path}” is not there any more; choose another one.</source>
   <translation>Das Bild „{path}“ ist nicht mehr da; wählen Sie ein anderes.</translation>
  </message>
  <message>
   <location filename="../../ui/controller.py" />
   <location filename="../../ui/processing/base.py" />
   <location filename="../../ui/results/naming.py" />
   <location filename="../../ui/results/results.py" />
   <location filename="../../ui/runs/run_controller.py" />
   <source>Land cover</source>
   <translation>Landbedeckung</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/controller.py" />
   <source>There is no finished map in the project. Map a layer first.</source>
   <translation>Im Projekt gibt es keine fertige Karte. Kartieren Sie erst eine Ebene.</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/controller.py" />
   <source>Nothing is being taught. Begin on the page “Teach” with the image.</source>
   <translation>Es wird gerade nichts gelehrt. Beginnen Sie auf der Seite „Lehren“ mit dem Bild.</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/controller.py" />
   <source>The outline is an example of {name} now.</source>
   <translation>Der Umriss ist jetzt ein Beispiel für {name}.</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/controller.py" />
   <source>Correct a map</source>
   <translation>Eine Karte berichtigen</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/controller.py" />
   <source>Map corrected</source>
   <translation>Karte berichtigt</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/controller.py" />
   <source>Raster, polygons and areas are made again.</source>
   <translation>Raster, Polygone und Flächen sind neu gemacht.</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/controller.py" />
   <source>There is no polygon of this map there. Draw an outline instead.</source>
   <translation>Dort liegt kein Polygon dieser Karte. Zeichnen Sie stattdessen einen Umriss.</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Undo the last</source>
   <translation>Letzte zurücknehmen</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Take back the last correction</source>
   <translation>Die letzte Berichtigung zurücknehmen</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Undo all</source>
   <translation>Alle zurücknehmen</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Take back all corrections: every file is what it was, byte for byte</source>
   <translation>Alle Berichtigungen zurücknehmen: Jede Datei ist wieder, was sie war, Byte für Byte</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Last one as an example</source>
   <translation>Letzte als Beispiel</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Teach with the outline that was corrected last</source>
   <translation>Mit dem zuletzt berichtigten Umriss lehren</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Corrections of this map: {n}</source>
   <translation>Berichtigungen dieser Karte: {n}</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Finished map that is corrected</source>
   <translation>Fertige Karte, die berichtigt wird</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Class that the outline gets</source>
   <translation>Klasse, die der Umriss bekommt</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Only pixels of these classes change; tick none to change all</source>
   <translation>Nur Pixel dieser Klassen ändern sich; ist keine angekreuzt, ändern sich alle</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>all</source>
   <translation>alle</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Kept with the correction, for the record</source>
   <translation>Wird mit der Berichtigung aufbewahrt</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>optional</source>
   <translation>freiwillig</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <location filename="../../ui/teach/panel.py" />
   <source>Draw:</source>
   <translation>Zeichnen:</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Becomes</source>
   <translation>Wird zu</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Only where it is</source>
   <translation>Nur wo es ist</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Reason</source>
   <translation>Grund</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <location filename="../../ui/teach/panel.py" />
   <source>Polygon: click corners, right-click to end</source>
   <translation>Polygon: Ecken anklicken, mit Rechtsklick beenden</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <location filename="../../ui/teach/panel.py" />
   <source>Freehand: drag around the place</source>
   <translation>Freihand: um die Stelle herum ziehen</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <location filename="../../ui/teach/panel.py" />
   <source>Rectangle: drag from corner to corner</source>
   <translation>Rechteck: von Ecke zu Ecke ziehen</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Click a polygon of the map: all of it gets the class</source>
   <translation>Ein Polygon der Karte anklicken: Es bekommt ganz die Klasse</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Running: {percent}</source>
   <translation>Läuft: {percent}</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Last result: {title}</source>
   <translation>Letztes Ergebnis: {title}</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Make a land-cover map of an image</source>
   <translation>Aus einem Bild eine Karte der Landbedeckung machen</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Segment</source>
   <translation>Segmentieren</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Draw a few examples on an image and see it mapped</source>
   <translation>Ein paar Beispiele auf ein Bild zeichnen und die Karte entstehen sehen</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Teach</source>
   <translation>Lehren</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Give parts of a finished map another class</source>
   <translation>Teilen einer fertigen Karte eine andere Klasse geben</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Correct</source>
   <translation>Berichtigen</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Finished runs: open them, or do them again</source>
   <translation>Fertige Läufe: öffnen oder wiederholen</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>History</source>
   <translation>Verlauf</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Advanced</source>
   <translation>Erweitert</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>File name of the results, without extension. A number is added if it is taken.</source>
   <translation>Dateiname der Ergebnisse, ohne Endung. Ist er vergeben, wird eine Nummer angehängt.</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Report (HTML)</source>
   <translation>Bericht (HTML)</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>One page with the map, the areas, the recipe and the warnings, to read or print</source>
   <translation>Eine Seite mit der Karte, den Flächen, dem Rezept und den Warnungen, zum Lesen oder Drucken</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Confidence raster</source>
   <translation>Konfidenzraster</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>How sure the model was of each pixel, in per cent; it is not the chance of being right</source>
   <translation>Wie sicher sich das Modell bei jedem Pixel war, in Prozent; das ist nicht die Wahrscheinlichkeit, dass es stimmt</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/segment.py" />
   <location filename="../../ui/results/naming.py" />
   <source>Probabilities of all classes</source>
   <translation>Wahrscheinlichkeiten aller Klassen</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>A raster with a band for each class, in per cent</source>
   <translation>Ein Raster mit einem Band je Klasse, in Prozent</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/segment.py" />
   <source>Patches that PPN refined</source>
   <translation>Von PPN verfeinerte Ausschnitte</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>The patches that the method chose to refine, as polygons</source>
   <translation>Die Ausschnitte, die die Methode zum Verfeinern wählte, als Polygone</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>GeoTIFF</source>
   <translation>GeoTIFF</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Cloud-optimised GeoTIFF</source>
   <translation>Cloud-optimiertes GeoTIFF</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Layout of the class raster; both open in every GIS</source>
   <translation>Aufbau des Klassenrasters; beide öffnen sich in jedem GIS</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>What computes: the processor, or a graphics card that the engine found</source>
   <translation>Was rechnet: der Prozessor oder eine Grafikkarte, die der Rechenkern gefunden hat</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>The mean of several looks makes a slightly better map and takes as many times as long.</source>
   <translation>Das Mittel mehrerer Blicke gibt eine etwas bessere Karte und dauert so viele Male so lange.</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/image/raster_facts.py" />
   <source>Choose bands</source>
   <translation>Kanäle wählen</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Otherwise the bands that say they are red, green and blue are taken</source>
   <translation>Sonst werden die Kanäle genommen, die sich Rot, Grün und Blau nennen</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Otherwise a damaged block ends the run.</source>
   <translation>Sonst beendet ein beschädigter Block den Lauf.</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Leave unreadable blocks empty</source>
   <translation>Unlesbare Blöcke leer lassen</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/setup/install_form.py" />
   <source>CPU</source>
   <translation>CPU</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Automatic</source>
   <translation>Automatisch</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <location filename="../../ui/processing/maps.py" />
   <location filename="../../ui/results/naming.py" />
   <location filename="../../ui/results/results.py" />
   <source>Polygons</source>
   <translation>Polygone</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Results</source>
   <translation>Ergebnisse</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <location filename="../../ui/processing/maps.py" />
   <source>Class raster</source>
   <translation>Klassenraster</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Computing</source>
   <translation>Berechnung</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Looks</source>
   <translation>Blicke</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/form/image_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <location filename="../../ui/processing/teaching.py" />
   <location filename="../../ui/processing/training.py" />
   <location filename="../../ui/teach/panel.py" />
   <source>Image</source>
   <translation>Bild</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Pixel size</source>
   <translation>Pixelgröße</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Red</source>
   <translation>Rot</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Green</source>
   <translation>Grün</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Blue</source>
   <translation>Blau</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Band of the image that the model gets as {color}</source>
   <translation>Kanal des Bildes, den das Modell als {color} bekommt</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>One</source>
   <translation>Einer</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Four, mirrored</source>
   <translation>Vier, gespiegelt</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Eight, mirrored and turned</source>
   <translation>Acht, gespiegelt und gedreht</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/form/polygon_fields.py" />
   <source> m</source>
   <translation> m</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>As the image says</source>
   <translation>Wie das Bild sagt</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Ground size of a pixel, for images that do not tell it themselves</source>
   <translation>Größe eines Pixels am Boden, für Bilder, die es nicht selbst angeben</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_layer.py" />
   <source>No polygon layer is chosen for the area. Choose one, or “Whole layer”.</source>
   <translation>Für das Gebiet ist kein Polygonlayer gewählt. Wählen Sie einen oder „Ganzer Layer“.</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_layer.py" />
   <source>No polygon of layer “{name}” is selected. Select some, or take the whole layer.</source>
   <translation>Im Layer „{name}“ ist kein Polygon ausgewählt. Wählen Sie welche aus oder nehmen Sie den ganzen Layer.</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_layer.py" />
   <source>Layer “{name}” has no polygons. Draw some, or choose another layer.</source>
   <translation>Der Layer „{name}“ hat keine Polygone. Zeichnen Sie welche oder wählen Sie einen anderen Layer.</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_layer.py" />
   <source>Layer “{name}” has no coordinate reference system. Set one.</source>
   <translation>Der Layer „{name}“ hat kein Koordinatenbezugssystem. Legen Sie eines fest.</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_layer.py" />
   <source>Layer “{name}” has {n} polygons to copy; up to {most} are. Export it to a GeoPackage first.</source>
   <translation>Der Layer „{name}“ hat {n} Polygone zu kopieren; bis zu {most} sind möglich. Exportieren Sie ihn zuerst in ein GeoPackage.</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_layer.py" />
   <source>The polygons cannot be written to “{path}”: {why}</source>
   <translation>Die Polygone können nicht nach „{path}“ geschrieben werden: {why}</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Which part of the image is classified</source>
   <translation>Welcher Teil des Bildes klassifiziert wird</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Area</source>
   <translation>Gebiet</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Drag a rectangle over the map; Esc ends it</source>
   <translation>Ziehen Sie ein Rechteck über die Karte; Esc beendet</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Draw on the map</source>
   <translation>Auf der Karte zeichnen</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Polygons of the area</source>
   <translation>Polygone des Gebiets</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Pixels whose centre lies in a polygon of this layer are classified</source>
   <translation>Klassifiziert werden Pixel, deren Mitte in einem Polygon dieses Layers liegt</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Take only the polygons that are selected in that layer</source>
   <translation>Nur die Polygone nehmen, die in diesem Layer ausgewählt sind</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Selected polygons only</source>
   <translation>Nur ausgewählte Polygone</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>No rectangle is drawn yet: the whole image would be classified.</source>
   <translation>Noch ist kein Rechteck gezeichnet: Das ganze Bild würde klassifiziert.</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>{width} × {height} {unit}, from {x}, {y} ({crs})</source>
   <translation>{width} × {height} {unit}, ab {x}, {y} ({crs})</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <location filename="../../ui/image/raster_facts.py" />
   <source>no CRS</source>
   <translation>kein KBS</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Whole image</source>
   <translation>Ganzes Bild</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Visible part of the map</source>
   <translation>Sichtbarer Teil der Karte</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Rectangle on the map</source>
   <translation>Rechteck auf der Karte</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Polygons of a layer</source>
   <translation>Polygone eines Layers</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>Estimating …</source>
   <translation>Bedarf wird geschätzt …</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>a few tiles are being timed …</source>
   <translation>einige Kacheln werden gestoppt …</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>Needs {parts}.</source>
   <translation>Benötigt {parts}.</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>{needed} of {total} memory</source>
   <translation>{needed} von {total} Arbeitsspeicher</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>{needed} memory</source>
   <translation>{needed} Arbeitsspeicher</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>{needed} of {total} on the graphics card</source>
   <translation>{needed} von {total} auf der Grafikkarte</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>{needed} on the graphics card</source>
   <translation>{needed} auf der Grafikkarte</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>time unknown until the first run</source>
   <translation>Dauer vor dem ersten Lauf unbekannt</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>about {time}</source>
   <translation>etwa {time}</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>at most {size} disk</source>
   <translation>höchstens {size} Plattenplatz</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>{size} disk</source>
   <translation>{size} Plattenplatz</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>Only {free} are free on that disk: choose another folder or make room.</source>
   <translation>Auf diesem Laufwerk sind nur {free} frei: Wählen Sie einen anderen Ordner oder schaffen Sie Platz.</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>Only {free} of memory are free: choose “Low memory” or close other programs.</source>
   <translation>Nur {free} Arbeitsspeicher sind frei: Wählen Sie „Wenig Speicher“ oder schließen Sie andere Programme.</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>Only {free} are free on the graphics card: choose “Low memory” or the processor.</source>
   <translation>Auf der Grafikkarte sind nur {free} frei: Wählen Sie „Wenig Speicher“ oder den Prozessor.</translation>
  </message>
  <message>
   <location filename="../../ui/form/form.py" />
   <source>Segment image</source>
   <translation>Bild segmentieren</translation>
  </message>
  <message>
   <location filename="../../ui/form/form.py" />
   <source>Classify the image and write the results</source>
   <translation>Das Bild klassifizieren und die Ergebnisse schreiben</translation>
  </message>
  <message>
   <location filename="../../ui/form/form.py" />
   <source>The chosen model is not there.</source>
   <translation>Das gewählte Modell ist nicht da.</translation>
  </message>
  <message>
   <location filename="../../ui/form/form.py" />
   <source>Add to the queue</source>
   <translation>In die Warteschlange</translation>
  </message>
  <message>
   <location filename="../../ui/form/form.py" />
   <location filename="../../ui/processing/segment.py" />
   <location filename="../../ui/processing/teaching.py" />
   <source>Folder for the results</source>
   <translation>Ordner für die Ergebnisse</translation>
  </message>
  <message>
   <location filename="../../ui/form/form.py" />
   <source>Folder that receives the results; it is made if it does not exist</source>
   <translation>Ordner, der die Ergebnisse aufnimmt; er wird angelegt, wenn es ihn nicht gibt</translation>
  </message>
  <message>
   <location filename="../../ui/form/image_section.py" />
   <source>Raster layer to classify</source>
   <translation>Zu klassifizierender Rasterlayer</translation>
  </message>
  <message>
   <location filename="../../ui/form/image_section.py" />
   <location filename="../../ui/image/raster_facts.py" />
   <source>Open an image file that is not in the project</source>
   <translation>Eine Bilddatei öffnen, die nicht im Projekt ist</translation>
  </message>
  <message>
   <location filename="../../ui/form/job_builder.py" />
   <source>No raster layer is chosen. Add an image to the project and choose it.</source>
   <translation>Es ist kein Rasterlayer gewählt. Fügen Sie dem Projekt ein Bild hinzu und wählen Sie es.</translation>
  </message>
  <message>
   <location filename="../../ui/form/job_builder.py" />
   <source>Layer “{name}” cannot be read. Repair its data source.</source>
   <translation>Der Layer „{name}“ kann nicht gelesen werden. Reparieren Sie seine Datenquelle.</translation>
  </message>
  <message>
   <location filename="../../ui/form/job_builder.py" />
   <source>Layer “{name}” comes from a {kind} service, not from a file. Export it first: right-click the layer ▸ Export ▸ Save As…, choose “Rendered image” and a resolution.</source>
   <translation>Der Layer „{name}“ kommt von einem {kind}-Dienst, nicht aus einer Datei. Exportieren Sie ihn zuerst: Rechtsklick auf den Layer ▸ Exportieren ▸ Speichern als…, dann „Gerendertes Bild“ und eine Auflösung wählen.</translation>
  </message>
  <message>
   <location filename="../../ui/form/job_builder.py" />
   <source>Layer “{name}” is not a plain file on disk. Export it to a GeoTIFF first.</source>
   <translation>Der Layer „{name}“ ist keine gewöhnliche Datei auf dem Datenträger. Exportieren Sie ihn zuerst in ein GeoTIFF.</translation>
  </message>
  <message>
   <location filename="../../ui/form/job_builder.py" />
   <source>The file of layer “{name}” is not there any more: “{path}”. Put it back, or choose another layer.</source>
   <translation>Die Datei des Layers „{name}“ ist nicht mehr da: „{path}“. Legen Sie sie zurück oder wählen Sie einen anderen Layer.</translation>
  </message>
  <message>
   <location filename="../../ui/form/job_builder.py" />
   <location filename="../../ui/image/raster_export.py" />
   <source>The chosen area lies outside layer “{name}”.</source>
   <translation>Das gewählte Gebiet liegt außerhalb des Layers „{name}“.</translation>
  </message>
  <message>
   <location filename="../../ui/form/job_builder.py" />
   <location filename="../../ui/image/render_layer.py" />
   <source>The chosen area cannot be brought into the layer's coordinates.</source>
   <translation>Das gewählte Gebiet lässt sich nicht in die Koordinaten des Layers umrechnen.</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>Model that classifies the image</source>
   <translation>Modell, das das Bild klassifiziert</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <location filename="../../ui/model_store/models_dialog.py" />
   <location filename="../../ui/processing/teaching.py" />
   <source>Model</source>
   <translation>Modell</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>What this model is good for: its card</source>
   <translation>Wofür dieses Modell gut ist: seine Karte</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>Models…</source>
   <translation>Modelle…</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>All models on this computer: use, import, fine-tune, delete</source>
   <translation>Alle Modelle auf diesem Rechner: verwenden, importieren, nachtrainieren, löschen</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>Time and memory</source>
   <translation>Zeit und Speicher</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>{method} (starter)</source>
   <translation>{method} (Startmodell)</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>This model is not there, or has no readable card. Choose another one.</source>
   <translation>Dieses Modell ist nicht da oder hat keine lesbare Karte. Wählen Sie ein anderes.</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>{n} classes, made for {m} m per pixel. {sentence}</source>
   <translation>{n} Klassen, gemacht für {m} m je Pixel. {sentence}</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>More about it…</source>
   <translation>Mehr dazu…</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>Classes, figures, training data, licence and limits of the model</source>
   <translation>Klassen, Zahlen, Trainingsdaten, Lizenz und Grenzen des Modells</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Fast</source>
   <translation>Schnell</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>Uses the memory that is free to finish sooner. The map is the same.</source>
   <translation>Nutzt den freien Speicher, um schneller fertig zu sein. Die Karte bleibt dieselbe.</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Balanced</source>
   <translation>Ausgewogen</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>Leaves room for other programs. The map is the same.</source>
   <translation>Lässt Platz für andere Programme. Die Karte bleibt dieselbe.</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Low memory</source>
   <translation>Wenig Speicher</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>Takes the least memory, and more time. The map is the same.</source>
   <translation>Braucht am wenigsten Speicher und mehr Zeit. Die Karte bleibt dieselbe.</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Write the polygons as {format}</source>
   <translation>Die Polygone als {format} schreiben</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source> m²</source>
   <translation> m²</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Keep all</source>
   <translation>Alle behalten</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Smaller patches join the neighbour they share most border with.</source>
   <translation>Kleinere Flecken gehen an den Nachbarn, mit dem sie die längste Grenze teilen.</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Off</source>
   <translation>Aus</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Borders are simplified once for both neighbours, so no gaps appear.</source>
   <translation>Grenzen werden einmal für beide Nachbarn vereinfacht, so entstehen keine Lücken.</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Cut the corners of the borders, once for both neighbours, so no gaps appear.</source>
   <translation>Die Ecken der Grenzen abschneiden, einmal für beide Nachbarn, so entstehen keine Lücken.</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Round the borders</source>
   <translation>Grenzen abrunden</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>A layer, or a file, for each class instead of one for all</source>
   <translation>Ein Layer oder eine Datei für jede Klasse statt eines für alle</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>One polygon layer per class</source>
   <translation>Ein Polygonlayer je Klasse</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Smallest patch</source>
   <translation>Kleinster Fleck</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Simplify borders</source>
   <translation>Grenzen vereinfachen</translation>
  </message>
  <message>
   <location filename="../../ui/image/image_sources.py" />
   <source>Image to classify</source>
   <translation>Zu klassifizierendes Bild</translation>
  </message>
  <message>
   <location filename="../../ui/image/image_sources.py" />
   <source>Rendering …</source>
   <translation>Wird gerendert …</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>Layer “{name}” comes from a {kind} source, not from a file. Give the area and the ground resolution (metres per pixel) to render it with, or export it to a GeoTIFF first.</source>
   <translation>Der Layer „{name}“ kommt aus einer {kind}-Quelle, nicht aus einer Datei. Geben Sie das Gebiet und die Bodenauflösung (Meter je Pixel) zum Rendern an oder exportieren Sie ihn zuerst in ein GeoTIFF.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>Layer “{name}” has no CRS, so its ground resolution is unknown. Set one.</source>
   <translation>Der Layer „{name}“ hat kein KBS, daher ist seine Bodenauflösung unbekannt. Legen Sie eines fest.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>At {m} m per pixel the area is {width} × {height} pixels; at most {most} million can be rendered. Choose a smaller area or a coarser resolution, or get the image as a file.</source>
   <translation>Bei {m} m je Pixel hat das Gebiet {width} × {height} Pixel; höchstens {most} Millionen können gerendert werden. Wählen Sie ein kleineres Gebiet oder eine gröbere Auflösung, oder besorgen Sie das Bild als Datei.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <location filename="../../ui/results/export.py" />
   <source>Cannot write '{path}': {reason}.</source>
   <translation>„{path}“ kann nicht geschrieben werden: {reason}.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <location filename="../../ui/process/engine_client.py" />
   <location filename="../../ui/process/task.py" />
   <location filename="../../ui/runs/run_controller.py" />
   <source>The run was cancelled.</source>
   <translation>Der Lauf wurde abgebrochen.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>Layer “{name}” shows nothing in the chosen area at {m} m per pixel. Look at the area in the map, or choose a resolution the source offers.</source>
   <translation>Der Layer „{name}“ zeigt im gewählten Gebiet bei {m} m je Pixel nichts. Sehen Sie sich das Gebiet auf der Karte an oder wählen Sie eine Auflösung, die die Quelle bietet.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>it gave no picture</source>
   <translation>es kam kein Bild</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>Layer “{name}” could not be rendered: {reason}. Check the connection and try again.</source>
   <translation>Der Layer „{name}“ konnte nicht gerendert werden: {reason}. Prüfen Sie die Verbindung und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>Render {name}</source>
   <translation>{name} rendern</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>The ground resolution cannot be measured in layer “{name}”.</source>
   <translation>Die Bodenauflösung im Layer „{name}“ lässt sich nicht messen.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Add an image to the project, open a file, or try a sample.</source>
   <translation>Fügen Sie dem Projekt ein Bild hinzu, öffnen Sie eine Datei oder probieren Sie ein Beispiel.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Open an image…</source>
   <translation>Bild öffnen…</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Adds an aerial photograph that comes with the plugin</source>
   <translation>Fügt ein Luftbild hinzu, das dem Plugin beiliegt</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Try with a sample scene</source>
   <translation>Mit einer Beispielszene ausprobieren</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>This layer comes from a {kind} source, not from a file. “Make a file of it” takes what the map shows, or the rectangle under “Area”, at the model's resolution.</source>
   <translation>Dieser Layer kommt aus einer {kind}-Quelle, nicht aus einer Datei. „Datei daraus machen“ nimmt, was die Karte zeigt, oder das Rechteck unter „Gebiet“, in der Auflösung des Modells.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Renders the layer to a GeoTIFF and chooses that</source>
   <translation>Rendert den Layer in ein GeoTIFF und wählt dieses</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Make a file of it</source>
   <translation>Datei daraus machen</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>1 band</source>
   <translation>1 Kanal</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>{n} bands</source>
   <translation>{n} Kanäle</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>{m} m per pixel</source>
   <translation>{m} m je Pixel</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>nodata value set</source>
   <translation>Leerwert gesetzt</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>The image has one band and no colour palette; the model needs {needed} (red, green, blue). Choose an image in colour.</source>
   <translation>Das Bild hat einen Kanal und keine Farbpalette; das Modell braucht {needed} (Rot, Grün, Blau). Wählen Sie ein farbiges Bild.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Use it as grey</source>
   <translation>Als Grau verwenden</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Gives the model the one band as red, green and blue</source>
   <translation>Gibt dem Modell das eine Band als Rot, Grün und Blau</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>The raster has {found} bands; the model needs {needed} (red, green, blue).</source>
   <translation>Das Raster hat {found} Kanäle; das Modell braucht {needed} (Rot, Grün, Blau).</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Say which band the model gets as red, green and blue</source>
   <translation>Angeben, welches Band das Modell als Rot, Grün und Blau bekommt</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>No CRS: areas are counted in pixels, and the pixel size is taken to be the model's.</source>
   <translation>Kein KBS: Flächen werden in Pixeln gezählt, und als Pixelgröße gilt die des Modells.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Set the CRS…</source>
   <translation>KBS setzen…</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Say which coordinate reference system the layer has</source>
   <translation>Angeben, welches Koordinatenbezugssystem der Layer hat</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Give the pixel size</source>
   <translation>Pixelgröße angeben</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Say how many metres a pixel has on the ground</source>
   <translation>Angeben, wie viele Meter ein Pixel am Boden misst</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>8-bit</source>
   <translation>8 Bit</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Not 8-bit: the values are stretched once, the same for the whole raster.</source>
   <translation>Nicht 8 Bit: Die Werte werden einmal gestreckt, für das ganze Raster gleich.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Pixels of {raster} m are coarser than the model's {model} m: expect a poor map.</source>
   <translation>Pixel von {raster} m sind gröber als die {model} m des Modells: Erwarten Sie eine schwache Karte.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Another model…</source>
   <translation>Anderes Modell…</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Look for a model that was made for such pixels</source>
   <translation>Ein Modell suchen, das für solche Pixel gemacht ist</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Pixels of {raster} m are finer than the model's {model} m: detail below that is not used.</source>
   <translation>Pixel von {raster} m sind feiner als die {model} m des Modells: Einzelheiten darunter werden nicht genutzt.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>16-bit</source>
   <translation>16 Bit</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>16-bit signed</source>
   <translation>16 Bit mit Vorzeichen</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>32-bit</source>
   <translation>32 Bit</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>32-bit signed</source>
   <translation>32 Bit mit Vorzeichen</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>32-bit float</source>
   <translation>32 Bit Gleitkomma</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>64-bit float</source>
   <translation>64 Bit Gleitkomma</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>other type</source>
   <translation>anderer Typ</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Model card: {title}</source>
   <translation>Modellkarte: {title}</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <location filename="../../ui/teach/class_list.py" />
   <source>Classes</source>
   <translation>Klassen</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>What it is not good for</source>
   <translation>Wofür es nicht taugt</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Measured</source>
   <translation>Gemessen</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Scenes named “test” were held out from training.</source>
   <translation>Szenen mit dem Namen „test“ wurden beim Training zurückgehalten.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Trained on</source>
   <translation>Trainiert mit</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Licence</source>
   <translation>Lizenz</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>For trying out: it was trained on few places.</source>
   <translation>Zum Ausprobieren: Es wurde an wenigen Orten trainiert.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Weak in: {names}.</source>
   <translation>Schwach bei: {names}.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Hardly learnt, do not rely on: {names}.</source>
   <translation>Kaum gelernt, verlassen Sie sich nicht darauf: {names}.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Needs {n} bands. Made for {m} m per pixel.</source>
   <translation>Braucht {n} Kanäle. Gemacht für {m} m je Pixel.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Scenes</source>
   <translation>Szenen</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Mean IoU</source>
   <translation>Mittlere IoU</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Right pixels</source>
   <translation>Richtige Pixel</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>IoU of each class</source>
   <translation>IoU jeder Klasse</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Import a published checkpoint</source>
   <translation>Einen veröffentlichten Checkpoint importieren</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>The downloaded file (.pth)</source>
   <translation>Die heruntergeladene Datei (.pth)</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>The downloaded file of the global stage (.pth)</source>
   <translation>Die heruntergeladene Datei der globalen Stufe (.pth)</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Import</source>
   <translation>Importieren</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Convert the files and add the model</source>
   <translation>Die Dateien umwandeln und das Modell hinzufügen</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>A file is missing. The guide above says where its authors offer it.</source>
   <translation>Eine Datei fehlt. Die Anleitung oben sagt, wo ihre Autoren sie anbieten.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>There is no file '{path}'.</source>
   <translation>Es gibt keine Datei „{path}“.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Imported as '{path}'.</source>
   <translation>Importiert als „{path}“.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>'{path}' cannot be written: {reason}.</source>
   <translation>„{path}“ kann nicht geschrieben werden: {reason}.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <location filename="../../ui/runs/running_page.py" />
   <location filename="../../ui/setup/install_form.py" />
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Which network the files belong to; of PPN none were published</source>
   <translation>Zu welchem Netz die Dateien gehören; von PPN wurden keine veröffentlicht</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Both directions (two files, the most thorough)</source>
   <translation>Beide Richtungen (zwei Dateien, am gründlichsten)</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Global to local (one file)</source>
   <translation>Global nach lokal (eine Datei)</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Global branch alone (one file, the fastest)</source>
   <translation>Nur globaler Zweig (eine Datei, am schnellsten)</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Which of GLNet's three stages to make</source>
   <translation>Welche der drei Stufen von GLNet entstehen soll</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Name of the file in the folder of models</source>
   <translation>Name der Datei im Ordner der Modelle</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>&amp;Network</source>
   <translation>&amp;Netz</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>&amp;Stage</source>
   <translation>&amp;Stufe</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>&amp;File</source>
   <translation>&amp;Datei</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>&amp;Global stage</source>
   <translation>&amp;Globale Stufe</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>N&amp;ame</source>
   <translation>N&amp;ame</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Published checkpoints</source>
   <translation>Veröffentlichte Checkpoints</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>All files</source>
   <translation>Alle Dateien</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>GLNet's authors link their files from the README of {code} (the same as {page}). Download {files}, then name them here.</source>
   <translation>Die Autoren von GLNet verlinken ihre Dateien im README von {code} (dasselbe wie {page}). Laden Sie {files} herunter und geben Sie sie hier an.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>ISDNet's authors link their DeepGlobe file from the README of {page}. Download it, then name it here.</source>
   <translation>Die Autoren von ISDNet verlinken ihre DeepGlobe-Datei im README von {page}. Laden Sie sie herunter und geben Sie sie hier an.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>The files were trained on DeepGlobe, whose data are for research only: mind that, and the authors' licence. They are opened as data; nothing in them is run.</source>
   <translation>Die Dateien wurden mit DeepGlobe trainiert, dessen Daten nur der Forschung dienen: Beachten Sie das und die Lizenz der Autoren. Sie werden als Daten geöffnet; nichts darin wird ausgeführt.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/info.py" />
   <source>The fastest.</source>
   <translation>Das schnellste.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/info.py" />
   <source>The most thorough, and the slowest.</source>
   <translation>Das gründlichste und langsamste.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/info.py" />
   <source>Refines only where it is worth it: in between.</source>
   <translation>Verfeinert nur, wo es lohnt: dazwischen.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Models</source>
   <translation>Modelle</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>&amp;Use</source>
   <translation>&amp;Benutzen</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Classify with this model</source>
   <translation>Mit diesem Modell klassifizieren</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>&amp;Fine-tune…</source>
   <translation>&amp;Nachtrainieren…</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Go on training this model on your own images</source>
   <translation>Dieses Modell mit eigenen Bildern weitertrainieren</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>S&amp;how in folder</source>
   <translation>Im &amp;Ordner zeigen</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Open the folder of this model</source>
   <translation>Den Ordner dieses Modells öffnen</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>&amp;Delete…</source>
   <translation>&amp;Löschen…</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Delete the file of this model</source>
   <translation>Die Datei dieses Modells löschen</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>&amp;Import…</source>
   <translation>&amp;Importieren…</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Convert a checkpoint that its authors published (GLNet, ISDNet)</source>
   <translation>Einen Checkpoint umwandeln, den seine Autoren veröffentlicht haben (GLNet, ISDNet)</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>&amp;Add file…</source>
   <translation>&amp;Datei hinzufügen…</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Add a checkpoint of this plugin</source>
   <translation>Einen Checkpoint dieses Plugins hinzufügen</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>“{name}” was deleted.</source>
   <translation>„{name}“ wurde gelöscht.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>This file has no readable model card: it is damaged or no checkpoint.</source>
   <translation>Diese Datei hat keine lesbare Modellkarte: Sie ist beschädigt oder kein Checkpoint.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>There are no models. Import or add one.</source>
   <translation>Es gibt keine Modelle. Importieren oder fügen Sie eines hinzu.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Checkpoints</source>
   <translation>Checkpoints</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Add a checkpoint</source>
   <translation>Einen Checkpoint hinzufügen</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Delete model</source>
   <translation>Modell löschen</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Delete “{name}”? Its file is removed from this computer.</source>
   <translation>„{name}“ löschen? Seine Datei wird von diesem Rechner entfernt.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>The toolbox does not offer “Fine-tune a checkpoint”.</source>
   <translation>Die Werkzeugkiste bietet „Checkpoint nachtrainieren“ nicht an.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Method</source>
   <translation>Methode</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Models on this computer</source>
   <translation>Modelle auf diesem Rechner</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Card of the chosen model</source>
   <translation>Karte des gewählten Modells</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Starters, for trying out</source>
   <translation>Startmodelle, zum Ausprobieren</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Imported</source>
   <translation>Importiert</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Trained or added by you</source>
   <translation>Von Ihnen trainiert oder hinzugefügt</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>File: {path} ({size} MB)</source>
   <translation>Datei: {path} ({size} MB)</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/store.py" />
   <source>'{path}' is no checkpoint of this plugin: it has no model card. Choose a .safetensors file that was trained or imported here; a public .pth file is imported instead.</source>
   <translation>„{path}“ ist kein Checkpoint dieses Plugins: Die Modellkarte fehlt. Wählen Sie eine .safetensors-Datei, die hier trainiert oder importiert wurde; eine öffentliche .pth-Datei wird stattdessen importiert.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/store.py" />
   <source>'{path}' cannot be copied to the models: {reason}.</source>
   <translation>„{path}“ kann nicht zu den Modellen kopiert werden: {reason}.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/store.py" />
   <source>“{name}” belongs to the plugin and stays.</source>
   <translation>„{name}“ gehört zum Plugin und bleibt.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/store.py" />
   <source>'{path}' cannot be deleted: {reason}.</source>
   <translation>„{path}“ kann nicht gelöscht werden: {reason}.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/store.py" />
   <source>Add {name}</source>
   <translation>{name} hinzufügen</translation>
  </message>
  <message>
   <location filename="../../ui/process/engine_client.py" />
   <source>The engine's Python '{python}' could not be started. Choose another interpreter.</source>
   <translation>Das Python des Rechenkerns „{python}“ konnte nicht gestartet werden. Wählen Sie einen anderen Interpreter.</translation>
  </message>
  <message>
   <location filename="../../ui/process/engine_client.py" />
   <source>The engine was ended by the system (signal or crash {code}).</source>
   <translation>Der Rechenkern wurde vom System beendet (Signal oder Absturz {code}).</translation>
  </message>
  <message>
   <location filename="../../ui/process/engine_client.py" />
   <source>The engine ended with status {code} and gave no result.</source>
   <translation>Der Rechenkern endete mit Status {code} und ohne Ergebnis.</translation>
  </message>
  <message>
   <location filename="../../ui/process/engine_finder.py" />
   <source>No Python for the engine was found.</source>
   <translation>Es wurde kein Python für den Rechenkern gefunden.</translation>
  </message>
  <message>
   <location filename="../../ui/process/engine_finder.py" />
   <source>Click “Set up the engine …” in the Land Cover panel.</source>
   <translation>Klicken Sie im Fenster „Landbedeckung“ auf „Rechenkern einrichten …“.</translation>
  </message>
  <message>
   <location filename="../../ui/process/engine_finder.py" />
   <location filename="../../ui/setup/install_plan.py" />
   <source>{path} is Python {found}; the engine needs {needed} or newer.</source>
   <translation>{path} ist Python {found}; der Rechenkern braucht {needed} oder neuer.</translation>
  </message>
  <message>
   <location filename="../../ui/process/engine_finder.py" />
   <source>{path} lacks {names}.</source>
   <translation>In {path} fehlen {names}.</translation>
  </message>
  <message>
   <location filename="../../ui/process/task.py" />
   <source>Segment {name}</source>
   <translation>{name} segmentieren</translation>
  </message>
  <message>
   <location filename="../../ui/process/task.py" />
   <source>Look at the land-cover engine</source>
   <translation>Den Landbedeckungs-Rechenkern ansehen</translation>
  </message>
  <message>
   <location filename="../../ui/process/task.py" />
   <source>Test the land-cover engine</source>
   <translation>Den Landbedeckungs-Rechenkern prüfen</translation>
  </message>
  <message>
   <location filename="../../ui/process/task.py" />
   <source>'{path}' gave no answer.</source>
   <translation>„{path}“ hat nicht geantwortet.</translation>
  </message>
  <message>
   <location filename="../../ui/process/task.py" />
   <location filename="../../ui/setup/install_task.py" />
   <source>'{path}' is not a Python.</source>
   <translation>„{path}“ ist kein Python.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/base.py" />
   <source>The polygons cannot be read. Choose a polygon layer or file.</source>
   <translation>Die Polygone können nicht gelesen werden. Wählen Sie einen Polygonlayer oder eine Datei.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/base.py" />
   <source>Device: auto, cpu, cuda or cuda:N</source>
   <translation>Gerät: auto, cpu, cuda oder cuda:N</translation>
  </message>
  <message>
   <location filename="../../ui/processing/base.py" />
   <source>Engine: {python}, command {command}</source>
   <translation>Rechenkern: {python}, Befehl {command}</translation>
  </message>
  <message>
   <location filename="../../ui/processing/base.py" />
   <location filename="../../ui/runs/run_controller.py" />
   <source>Plan: {plan}</source>
   <translation>Plan: {plan}</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Fine-tune a checkpoint</source>
   <translation>Checkpoint nachtrainieren</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>training,fine-tune,transfer learning,adapt,checkpoint</source>
   <translation>Training,Nachtrainieren,Transferlernen,anpassen,Checkpoint,fine-tune</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Goes on training a checkpoint on your own images, so that it knows your area and your classes. The data is a folder of samples (“Make training samples”) or of images and masks.

Scenes are held out by group, never by crop: a pattern says which part of a file name is the group, e.g. tile(\d+)_, and the groups to hold out are listed, separated by blanks. With other classes than the checkpoint's give a legend; their part of the network starts afresh.

The log says after the first step how long it will take. On a processor without a graphics card a step of four samples takes some seconds, so set a time limit: stopped by it or by you, what was trained so far is a model. Use it, or run again with the same folder to go on, also with more steps.</source>
   <translation>Trainiert einen Checkpoint mit eigenen Bildern weiter, damit er Ihr Gebiet und Ihre Klassen kennt. Die Daten sind ein Ordner mit Trainingsbeispielen („Trainingsbeispiele erstellen“) oder mit Bildern und Masken.

Szenen werden nach Gruppen zurückgehalten, nie nach Ausschnitten: Ein Muster sagt, welcher Teil eines Dateinamens die Gruppe ist, z. B. tile(\d+)_, und die zurückgehaltenen Gruppen werden aufgezählt, durch Leerzeichen getrennt. Bei anderen Klassen als denen des Checkpoints geben Sie eine Legende an; ihr Teil des Netzes beginnt von vorn.

Nach dem ersten Schritt steht im Protokoll, wie lange es dauern wird. Auf einem Prozessor ohne Grafikkarte braucht ein Schritt mit vier Proben einige Sekunden; setzen Sie also eine Zeitgrenze: Hält sie oder halten Sie das Training an, ist das bis dahin Gelernte ein Modell. Nutzen Sie es, oder starten Sie mit demselben Ordner erneut, um weiterzumachen, auch mit mehr Schritten.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Folder of samples, or of images and masks</source>
   <translation>Ordner mit Trainingsbeispielen oder mit Bildern und Masken</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Steps</source>
   <translation>Schritte</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Name (empty: that of the folder)</source>
   <translation>Name (leer: der des Ordners)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Legend of other classes (JSON)</source>
   <translation>Legende anderer Klassen (JSON)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Pattern of a scene's group</source>
   <translation>Muster für die Gruppe einer Szene</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Groups held out to follow it</source>
   <translation>Gruppen, die zum Verfolgen zurückgehalten werden</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Groups held out for the card</source>
   <translation>Für die Karte zurückgehaltene Gruppen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Samples at a time</source>
   <translation>Beispiele je Schritt</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Learning rate</source>
   <translation>Lernrate</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Licence of the new weights</source>
   <translation>Lizenz der neuen Gewichte</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <location filename="../../ui/processing/training.py" />
   <source>Folder for the training</source>
   <translation>Ordner für das Training</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <location filename="../../ui/processing/training.py" />
   <source>Checkpoint</source>
   <translation>Checkpoint</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Measure a checkpoint against masks</source>
   <translation>Checkpoint an Masken messen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>accuracy,validation,confusion matrix,IoU,F1,checkpoint</source>
   <translation>Genauigkeit,Validierung,Konfusionsmatrix,IoU,F1,Checkpoint</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Maps every image of a folder that also has a mask and compares: confusion matrix, intersection over union (IoU) and F1 of each class, accuracy. The figures are written as JSON, and as a table (.md) beside it.

Measure on scenes that the checkpoint was not trained on: name their groups, separated by blanks.</source>
   <translation>Kartiert jedes Bild eines Ordners, zu dem es auch eine Maske gibt, und vergleicht: Konfusionsmatrix, Schnittmenge durch Vereinigung (IoU) und F1 jeder Klasse, Genauigkeit. Die Zahlen werden als JSON geschrieben und daneben als Tabelle (.md).

Messen Sie an Szenen, mit denen der Checkpoint nicht trainiert wurde: Nennen Sie ihre Gruppen, durch Leerzeichen getrennt.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <location filename="../../ui/processing/training.py" />
   <source>Folder of images and masks</source>
   <translation>Ordner mit Bildern und Masken</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Pattern of a scene's group, e.g. tile(\d+)_</source>
   <translation>Muster für die Gruppe einer Szene, z. B. tile(\d+)_</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Groups to measure (empty: all)</source>
   <translation>Zu messende Gruppen (leer: alle)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Name of the folder of images</source>
   <translation>Name des Ordners der Bilder</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Name of the folder of masks</source>
   <translation>Name des Ordners der Masken</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Leave pixels of the unknown class out</source>
   <translation>Pixel der unbekannten Klasse auslassen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Figures</source>
   <translation>Zahlen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Table (Markdown)</source>
   <translation>Tabelle (Markdown)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Mean IoU of the classes that occur</source>
   <translation>Mittlere IoU der vorkommenden Klassen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Mean F1 of the classes that occur</source>
   <translation>Mittleres F1 der vorkommenden Klassen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Accuracy</source>
   <translation>Genauigkeit</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Scenes measured</source>
   <translation>Gemessene Szenen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>The figures were not written to '{path}'.</source>
   <translation>Die Zahlen wurden nicht nach „{path}“ geschrieben.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Preset</source>
   <translation>Voreinstellung</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Trades speed for memory. The map is the same.</source>
   <translation>Tauscht Tempo gegen Speicher. Die Karte bleibt dieselbe.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>File formats of the polygons; none for no polygons.</source>
   <translation>Dateiformate der Polygone; keines für keine Polygone.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Red band</source>
   <translation>Roter Kanal</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Green band</source>
   <translation>Grüner Kanal</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Blue band</source>
   <translation>Blauer Kanal</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Empty: the bands that say they are red, green and blue, else the first three.</source>
   <translation>Leer: die Kanäle, die sich Rot, Grün und Blau nennen, sonst die ersten drei.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Area (rectangle)</source>
   <translation>Gebiet (Rechteck)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Empty: the whole image.</source>
   <translation>Leer: das ganze Bild.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Area (polygons)</source>
   <translation>Gebiet (Polygone)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Only what lies inside is classified; with a rectangle, what lies in both.</source>
   <translation>Klassifiziert wird nur, was darin liegt; mit einem Rechteck, was in beiden liegt.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Checkpoint (empty: the starter of the method)</source>
   <translation>Checkpoint (leer: das Startmodell der Methode)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Size of a pixel on the ground (m)</source>
   <translation>Größe eines Pixels am Boden (m)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>For images that do not tell it themselves; 0 takes it from the image.</source>
   <translation>Für Bilder, die sie nicht selbst nennen; 0 nimmt sie aus dem Bild.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Also write the confidence (raster)</source>
   <translation>Auch die Konfidenz schreiben (Raster)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>The probability of the class that was chosen, in per cent.</source>
   <translation>Die Wahrscheinlichkeit der gewählten Klasse, in Prozent.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Also write the probabilities of all classes (raster)</source>
   <translation>Auch die Wahrscheinlichkeiten aller Klassen schreiben (Raster)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Also write a report (HTML)</source>
   <translation>Auch einen Bericht schreiben (HTML)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <location filename="../../ui/processing/maps.py" />
   <source>One polygon layer for each class</source>
   <translation>Ein Polygonlayer für jede Klasse</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Also write the patches that PPN refined</source>
   <translation>Auch die von PPN verfeinerten Ausschnitte schreiben</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Replace results of that name</source>
   <translation>Ergebnisse dieses Namens ersetzen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Add the results to the project</source>
   <translation>Die Ergebnisse zum Projekt hinzufügen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Name of the results</source>
   <translation>Name der Ergebnisse</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Empty: the name of the image and “_landcover”.</source>
   <translation>Leer: der Name des Bildes und „_landcover“.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Choose the bands for red, green and blue, or none of them to have them found.</source>
   <translation>Wählen Sie die Kanäle für Rot, Grün und Blau, oder keinen davon, damit sie gefunden werden.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Smaller patches join the neighbour they share most border with; 0 keeps all.</source>
   <translation>Kleinere Flecken gehen an den Nachbarn, mit dem sie die längste Grenze teilen; 0 behält alle.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Smallest patch (m²)</source>
   <translation>Kleinster Fleck (m²)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Borders are simplified once for both neighbours, so no gaps appear; 0 keeps the borders of the pixels.</source>
   <translation>Grenzen werden einmal für beide Nachbarn vereinfacht, so entstehen keine Lücken; 0 behält die Grenzen der Pixel.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Simplify borders by (m)</source>
   <translation>Grenzen vereinfachen um (m)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Rounds the simplified borders, once for both neighbours.</source>
   <translation>Rundet die vereinfachten Grenzen ab, einmal für beide Nachbarn.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>The checkpoint is for {found}, the method is {wanted}. Choose {found} or another checkpoint.</source>
   <translation>Der Checkpoint ist für {found}, die Methode ist {wanted}. Wählen Sie {found} oder einen anderen Checkpoint.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Legend (JSON; empty: what the raster says)</source>
   <translation>Legende (JSON; leer: was das Raster sagt)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>“{name}” has {n} bands; a class raster has one. Choose a land-cover raster.</source>
   <translation>„{name}“ hat {n} Kanäle; ein Klassenraster hat einen. Wählen Sie ein Landbedeckungsraster.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Make polygons from a class raster</source>
   <translation>Polygone aus einem Klassenraster erstellen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>vectorize,polygonize,polygons,coverage,simplify,smooth,minimum mapping unit,land cover</source>
   <translation>vektorisieren,Polygone,Abdeckung,vereinfachen,glätten,Mindestfläche,Landbedeckung</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Makes polygons from a class raster of any size. Neighbours share their borders: they are simplified once for both sides, so neither gaps nor overlaps appear. Patches below the smallest size join the neighbour they share most border with.

The ending of the output decides the format: GeoPackage (gpkg), Shapefile (shp), GeoJSON (geojson) or FlatGeobuf (fgb). One layer for each class needs a GeoPackage.</source>
   <translation>Erstellt Polygone aus einem Klassenraster beliebiger Größe. Nachbarn teilen ihre Grenzen: Sie werden einmal für beide Seiten vereinfacht, so entstehen weder Lücken noch Überlappungen. Flecken unter der kleinsten Größe gehen an den Nachbarn, mit dem sie die längste Grenze teilen.

Die Endung der Ausgabe bestimmt das Format: GeoPackage (gpkg), Shapefile (shp), GeoJSON (geojson) oder FlatGeobuf (fgb). Ein Layer für jede Klasse braucht ein GeoPackage.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Confidence raster, for its mean per polygon</source>
   <translation>Konfidenzraster, für das Mittel je Polygon</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Polygons cannot be written as '{ending}'. Choose one of {known}.</source>
   <translation>Polygone können nicht als „{ending}“ geschrieben werden. Wählen Sie eines von {known}.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Only a GeoPackage (.gpkg) holds a layer for each class. Choose it as the output.</source>
   <translation>Nur ein GeoPackage (.gpkg) fasst einen Layer für jede Klasse. Wählen Sie es als Ausgabe.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Measure areas of classes</source>
   <translation>Flächen der Klassen messen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>area,hectares,statistics,zonal,zones,table,CSV,land cover</source>
   <translation>Fläche,Hektar,Statistik,zonal,Zonen,Tabelle,CSV,Landbedeckung</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Measures how much ground each class of a class raster covers and writes a table (CSV). Areas are measured on the ellipsoid, so they are right in degrees and in web maps too.

With polygons of an area only what lies inside counts; pixels on its border count in part. With zones the table has one row for each zone and class. Zones may overlap; the total then counts ground twice.</source>
   <translation>Misst, wie viel Boden jede Klasse eines Klassenrasters bedeckt, und schreibt eine Tabelle (CSV). Die Flächen werden auf dem Ellipsoid gemessen und stimmen daher auch in Grad und in Webkarten.

Mit Polygonen eines Gebiets zählt nur, was darin liegt; Pixel auf seiner Grenze zählen anteilig. Mit Zonen hat die Tabelle eine Zeile für jede Zone und Klasse. Zonen dürfen sich überlappen; die Summe zählt dann Boden doppelt.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Only within</source>
   <translation>Nur innerhalb von</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Zones</source>
   <translation>Zonen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Name of a zone</source>
   <translation>Name einer Zone</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Areas</source>
   <translation>Flächen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Table</source>
   <translation>Tabelle</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Add the table to the project</source>
   <translation>Die Tabelle zum Projekt hinzufügen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Areas as a table</source>
   <translation>Flächen als Tabelle</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Area of all classes (m²)</source>
   <translation>Fläche aller Klassen (m²)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>A field names zones, but no zones are chosen. Choose a polygon layer of zones.</source>
   <translation>Ein Feld benennt Zonen, aber es sind keine Zonen gewählt. Wählen Sie einen Polygonlayer mit Zonen.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Segment raster into land cover</source>
   <translation>Raster in Landbedeckung segmentieren</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>classification,segmentation,land cover,deep learning,neural network,polygonize</source>
   <translation>Klassifizierung,Segmentierung,Landbedeckung,Deep Learning,neuronales Netz,vektorisieren</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Classifies a raster of any size into land cover with a deep network made for ultra-high-resolution images, and writes a classified GeoTIFF, polygons, the area of each class (CSV) and the recipe of the run into a folder.

The preset trades speed for memory; the map is the same. Patches below the smallest size join the neighbour they share most border with; borders are simplified once for both neighbours, so the polygons keep covering the ground without gaps.

An image that is no file (WMS, XYZ tiles, memory) is rendered first: give a rectangle and the ground resolution to render it with. Mind the terms of the service.

A run that was cancelled or broke off is resumed where it stopped when it is started again with the same parameters and folder.

The starter checkpoints are for trying out.</source>
   <translation>Klassifiziert ein Raster beliebiger Größe in Landbedeckung, mit einem tiefen Netz für ultrahoch aufgelöste Bilder, und schreibt ein klassifiziertes GeoTIFF, Polygone, die Fläche jeder Klasse (CSV) und das Rezept des Laufs in einen Ordner.

Die Voreinstellung tauscht Tempo gegen Speicher; die Karte bleibt dieselbe. Flecken unter der kleinsten Größe gehen an den Nachbarn, mit dem sie die längste Grenze teilen; Grenzen werden einmal für beide Nachbarn vereinfacht, so bedecken die Polygone den Boden weiterhin ohne Lücken.

Ein Bild, das keine Datei ist (WMS, XYZ-Kacheln, Speicher), wird zuerst gerendert: Geben Sie ein Rechteck und die Bodenauflösung dafür an. Beachten Sie die Nutzungsbedingungen des Dienstes.

Ein abgebrochener Lauf wird dort fortgesetzt, wo er aufgehört hat, wenn er mit denselben Parametern und demselben Ordner erneut gestartet wird.

Die Startmodelle sind zum Ausprobieren.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Ground resolution to render with (m per pixel)</source>
   <translation>Bodenauflösung zum Rendern (m je Pixel)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>For images that are no files: WMS, XYZ tiles, memory. They need a rectangle, too.</source>
   <translation>Für Bilder, die keine Dateien sind: WMS, XYZ-Kacheln, Speicher. Sie brauchen auch ein Rechteck.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Begin anew where an interrupted run could be resumed</source>
   <translation>Neu beginnen, wo ein unterbrochener Lauf fortgesetzt werden könnte</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <location filename="../../ui/processing/teaching.py" />
   <source>Land cover (raster)</source>
   <translation>Landbedeckung (Raster)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <location filename="../../ui/processing/teaching.py" />
   <source>Land cover (polygons)</source>
   <translation>Landbedeckung (Polygone)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Areas (CSV)</source>
   <translation>Flächen (CSV)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <location filename="../../ui/processing/training.py" />
   <source>Recipe</source>
   <translation>Rezept</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <location filename="../../ui/results/results.py" />
   <source>Report</source>
   <translation>Bericht</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Tiles classified</source>
   <translation>Klassifizierte Kacheln</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Seconds taken</source>
   <translation>Dauer in Sekunden</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Number of warnings</source>
   <translation>Anzahl der Warnungen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>No output folder is chosen. Choose the folder that shall receive the results.</source>
   <translation>Es ist kein Ausgabeordner gewählt. Wählen Sie den Ordner, der die Ergebnisse aufnehmen soll.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Rendering the image</source>
   <translation>Das Bild wird gerendert</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>'{path}' was rendered before and is used again.</source>
   <translation>„{path}“ wurde schon gerendert und wird wiederverwendet.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>'{path}' exists. Choose another name or folder, or allow results to be replaced.</source>
   <translation>„{path}“ gibt es schon. Wählen Sie einen anderen Namen oder Ordner oder erlauben Sie, Ergebnisse zu ersetzen.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Estimate memory, time and disk of a run</source>
   <translation>Speicher, Dauer und Plattenplatz eines Laufs schätzen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>plan,memory,time,disk,tiles,land cover</source>
   <translation>Plan,Speicher,Dauer,Plattenplatz,Kacheln,Landbedeckung</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Says what “Segment raster into land cover” would need with the same parameters: memory of computer and graphics card, disk space, tiles, and the time where this computer has run the model before. Nothing is classified and nothing is written.</source>
   <translation>Sagt, was „Raster in Landbedeckung segmentieren“ mit denselben Parametern brauchen würde: Speicher des Rechners und der Grafikkarte, Plattenplatz, Kacheln und die Dauer, wo dieser Rechner das Modell schon ausgeführt hat. Es wird nichts klassifiziert und nichts geschrieben.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Memory (bytes)</source>
   <translation>Speicher (Byte)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Memory of the graphics card (bytes)</source>
   <translation>Speicher der Grafikkarte (Byte)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Disk space (bytes)</source>
   <translation>Plattenplatz (Byte)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Seconds; none where they are not known</source>
   <translation>Sekunden; keine, wo sie nicht bekannt sind</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Tiles</source>
   <translation>Kacheln</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>In words</source>
   <translation>In Worten</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <location filename="../../ui/teach/class_list.py" />
   <location filename="../../ui/teach/example_layer.py" />
   <source>Examples</source>
   <translation>Beispiele</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Field of the class (empty: found)</source>
   <translation>Feld der Klasse (leer: wird gefunden)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Take classes to be equally common</source>
   <translation>Klassen als gleich häufig annehmen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Unclassified below this probability</source>
   <translation>Unklassifiziert unter dieser Wahrscheinlichkeit</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Teach a model from examples</source>
   <translation>Ein Modell aus Beispielen lehren</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>teach,examples,training,supervised,classification,land cover</source>
   <translation>lehren,Beispiele,Training,überwacht,Klassifikation,Landbedeckung</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Makes a model from a few points, lines or polygons drawn on an image, without a graphics card. The class is read from class_id, class_name, from the fields of the Semi-Automatic Classification Plugin or of ArcGIS, or from the field that you name.

The log says how many examples are recognised when they are left out. That is not the accuracy of a map.</source>
   <translation>Macht ein Modell aus ein paar Punkten, Linien oder Polygonen, die auf ein Bild gezeichnet wurden, ohne Grafikkarte. Die Klasse wird aus class_id, class_name, aus den Feldern des Semi-Automatic Classification Plugin oder von ArcGIS gelesen, oder aus dem Feld, das Sie nennen.

Das Protokoll sagt, wie viele Beispiele erkannt werden, wenn sie weggelassen werden. Das ist nicht die Genauigkeit einer Karte.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Examples that were left out once</source>
   <translation>Beispiele, die einmal weggelassen wurden</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Of these recognised</source>
   <translation>Davon erkannt</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Map an image from examples</source>
   <translation>Ein Bild aus Beispielen kartieren</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Makes a model from a few points, lines or polygons drawn on an image and maps the whole image with it: a classified GeoTIFF, polygons, the area of each class and the model, in a folder.</source>
   <translation>Macht ein Modell aus ein paar Punkten, Linien oder Polygonen, die auf ein Bild gezeichnet wurden, und kartiert damit das ganze Bild: ein klassifiziertes GeoTIFF, Polygone, die Fläche jeder Klasse und das Modell, in einem Ordner.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Replace results of the same name</source>
   <translation>Ergebnisse gleichen Namens ersetzen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Starter of {method}</source>
   <translation>Startmodell von {method}</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Checkpoint that ships with the plugin</source>
   <translation>Checkpoint, der mit dem Plugin kommt</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Other checkpoint, in its place</source>
   <translation>Anderer Checkpoint an seiner Stelle</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>There is no checkpoint '{path}'. Choose a .safetensors file.</source>
   <translation>Es gibt keinen Checkpoint „{path}“. Wählen Sie eine .safetensors-Datei.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Stop after minutes (0: when done)</source>
   <translation>Anhalten nach Minuten (0: wenn fertig)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Processor threads (0: all)</source>
   <translation>Prozessor-Threads (0: alle)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Begin anew where the folder holds a training</source>
   <translation>Neu beginnen, wenn der Ordner schon ein Training enthält</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Add it to the models of the panel</source>
   <translation>Zu den Modellen des Bedienfelds hinzufügen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>A quote is not closed in '{text}'.</source>
   <translation>In „{text}“ ist ein Anführungszeichen nicht geschlossen.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>There is no folder '{path}'.</source>
   <translation>Es gibt keinen Ordner „{path}“.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>tick “Begin anew where the folder holds a training”</source>
   <translation>kreuzen Sie „Neu beginnen, wenn der Ordner schon ein Training enthält“ an</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Added to the models as '{path}'.</source>
   <translation>Zu den Modellen hinzugefügt als „{path}“.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Make training samples</source>
   <translation>Trainingsbeispiele erstellen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>training,samples,chips,labels,digitised,mask</source>
   <translation>Training,Beispiele,Ausschnitte,Labels,digitalisiert,Maske</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Cuts an image and its land cover into samples for “Fine-tune a checkpoint”. The land cover is a polygon layer whose field class_id or class_name (or the field you choose) says the class, or a raster of class ids or of the legend's colours. What nobody digitised is left out.

Run it for several images in batch, each into a folder of its own.</source>
   <translation>Zerschneidet ein Bild und seine Landbedeckung in Beispiele für „Checkpoint nachtrainieren“. Die Landbedeckung ist ein Polygonlayer, dessen Feld class_id oder class_name (oder das von Ihnen gewählte) die Klasse nennt, oder ein Raster mit Klassennummern oder den Farben der Legende. Was niemand digitalisiert hat, bleibt außen vor.

Für mehrere Bilder führen Sie es als Stapel aus, jedes in einen eigenen Ordner.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Land cover (polygons or raster)</source>
   <translation>Landbedeckung (Polygone oder Raster)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Field of the class</source>
   <translation>Feld der Klasse</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Side of a sample in pixels</source>
   <translation>Seite eines Beispiels in Pixeln</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Ground resolution (m; 0: the image's)</source>
   <translation>Bodenauflösung (m; 0: die des Bildes)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Legend (JSON; empty: DeepGlobe's)</source>
   <translation>Legende (JSON; leer: die von DeepGlobe)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Replace an older folder of samples</source>
   <translation>Einen älteren Ordner mit Beispielen ersetzen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Folder for the samples</source>
   <translation>Ordner für die Beispiele</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Number of samples</source>
   <translation>Anzahl der Beispiele</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>The land cover cannot be read. Choose a polygon layer or a raster.</source>
   <translation>Die Landbedeckung kann nicht gelesen werden. Wählen Sie einen Polygonlayer oder ein Raster.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Train a network</source>
   <translation>Netz trainieren</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>training,deep learning,recipe,checkpoint</source>
   <translation>Training,Deep Learning,Rezept,Checkpoint</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Trains a network from nothing as a recipe (TOML) says. Recipes for GLNet, PPN and ISDNet are in the project's repository. This takes hours on a graphics card and is hardly possible without one; to adapt a checkpoint to your own area take “Fine-tune a checkpoint”.

Stopped by you or by the time limit, what was trained so far is a model: use it, or run again with the same folder to go on.</source>
   <translation>Trainiert ein Netz von Grund auf, wie ein Rezept (TOML) es sagt. Rezepte für GLNet, PPN und ISDNet liegen im Repository des Projekts. Das dauert Stunden auf einer Grafikkarte und ist ohne sie kaum möglich; um einen Checkpoint an Ihr Gebiet anzupassen, nehmen Sie „Checkpoint nachtrainieren“.

Hält das Training an, durch Sie oder die Zeitgrenze, ist das bis dahin Gelernte ein Modell: Nutzen Sie es, oder starten Sie mit demselben Ordner erneut, um weiterzumachen.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>There is no recipe '{path}'. Choose a .toml file.</source>
   <translation>Es gibt kein Rezept „{path}“. Wählen Sie eine .toml-Datei.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Stopped after {step} of {steps} steps. Run again with the folder “{folder}” to go on.</source>
   <translation>Angehalten nach {step} von {steps} Schritten. Mit dem Ordner „{folder}“ erneut starten, um weiterzumachen.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>What was trained so far is the model “{path}”.</source>
   <translation>Das bis dahin Gelernte ist das Modell „{path}“.</translation>
  </message>
  <message>
   <location filename="../../ui/results/export.py" />
   <source>Export {name}</source>
   <translation>{name} exportieren</translation>
  </message>
  <message>
   <location filename="../../ui/results/export.py" />
   <source>The export was cancelled.</source>
   <translation>Der Export wurde abgebrochen.</translation>
  </message>
  <message>
   <location filename="../../ui/results/export.py" />
   <source>The file could not be written.</source>
   <translation>Die Datei konnte nicht geschrieben werden.</translation>
  </message>
  <message>
   <location filename="../../ui/results/layers.py" />
   <source>Source raster: {path}</source>
   <translation>Quellraster: {path}</translation>
  </message>
  <message>
   <location filename="../../ui/results/layers.py" />
   <source>Model: {model}, method {method}</source>
   <translation>Modell: {model}, Methode {method}</translation>
  </message>
  <message>
   <location filename="../../ui/results/layers.py" />
   <source>Requested {when}; took {s:.0f} s on {device}</source>
   <translation>Angefordert {when}; dauerte {s:.0f} s auf {device}</translation>
  </message>
  <message>
   <location filename="../../ui/results/layers.py" />
   <source>Recipe: {path}</source>
   <translation>Rezept: {path}</translation>
  </message>
  <message>
   <location filename="../../ui/results/layers.py" />
   <source>Land cover of {raster}, made by UHR Land Cover with {model}.</source>
   <translation>Landbedeckung von {raster}, erstellt von UHR Land Cover mit {model}.</translation>
  </message>
  <message>
   <location filename="../../ui/results/legend_table.py" />
   <source>Surface area</source>
   <translation>Fläche</translation>
  </message>
  <message>
   <location filename="../../ui/results/legend_table.py" />
   <source>Areas of the classes</source>
   <translation>Flächen der Klassen</translation>
  </message>
  <message>
   <location filename="../../ui/results/naming.py" />
   <source>Confidence (per cent)</source>
   <translation>Konfidenz (Prozent)</translation>
  </message>
  <message>
   <location filename="../../ui/results/naming.py" />
   <source>Refined patches</source>
   <translation>Verfeinerte Stellen</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>New map…</source>
   <translation>Neue Karte…</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Back to the form</source>
   <translation>Zurück zum Formular</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Correct…</source>
   <translation>Korrigieren…</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Edit the polygons in QGIS; names and areas follow</source>
   <translation>Die Polygone in QGIS bearbeiten; Namen und Flächen folgen</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Export…</source>
   <translation>Exportieren…</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Save the polygons as a Shapefile, GeoPackage, GeoJSON or FlatGeobuf</source>
   <translation>Die Polygone als Shapefile, GeoPackage, GeoJSON oder FlatGeobuf speichern</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Assess…</source>
   <translation>Genauigkeit …</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Draw a sample, label it, read accuracy and areas</source>
   <translation>Stichprobe ziehen, bestimmen, Genauigkeit und Flächen lesen</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Areas (CSV)…</source>
   <translation>Flächen (CSV)…</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Save the table of areas</source>
   <translation>Die Tabelle der Flächen speichern</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Read the report in the browser</source>
   <translation>Den Bericht im Browser lesen</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Show the files of this run</source>
   <translation>Die Dateien dieses Laufs zeigen</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Colours of the classes on the map</source>
   <translation>Farben der Klassen auf der Karte</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Colours</source>
   <translation>Farben</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Muted</source>
   <translation>Gedämpft</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Colour-blind safe</source>
   <translation>Für Farbenblinde</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>As in the legend</source>
   <translation>Wie in der Legende</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>How much of the image below the map lets through</source>
   <translation>Wie viel vom Bild darunter die Karte durchlässt</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Opacity</source>
   <translation>Deckkraft</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>For print</source>
   <translation>Für den Druck</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Opaque, in just the colours of the legend: for layouts and export</source>
   <translation>Deckend, genau in den Farben der Legende: für Layouts und Export</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>For the screen</source>
   <translation>Für den Bildschirm</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Make the polygons again</source>
   <translation>Die Polygone neu erstellen</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Make new polygons of the finished class raster; the map is not computed again</source>
   <translation>Neue Polygone aus dem fertigen Klassenraster erstellen; die Karte wird nicht neu gerechnet</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <location filename="../../ui/results/revectorize.py" />
   <source>Make polygons</source>
   <translation>Polygone erstellen</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Making polygons …</source>
   <translation>Polygone werden erstellt …</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <location filename="../../ui/runs/history_panel.py" />
   <source>took {time}</source>
   <translation>dauerte {time}</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>{gb} GB of memory</source>
   <translation>{gb} GB Arbeitsspeicher</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>{name} is ready, after {time}.</source>
   <translation>{name} ist fertig, nach {time}.</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Add to this project</source>
   <translation>Zu diesem Projekt hinzufügen</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Its polygons are not in this project. Open the run under “History”.</source>
   <translation>Seine Polygone sind nicht in diesem Projekt. Öffnen Sie den Lauf unter „Verlauf“.</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Nothing to correct</source>
   <translation>Nichts zu korrigieren</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Click a polygon and choose its class in the form; save the edits of the layer when you are done.</source>
   <translation>Klicken Sie ein Polygon an und wählen Sie seine Klasse im Formular; speichern Sie am Ende die Änderungen des Layers.</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Correct polygons</source>
   <translation>Polygone korrigieren</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Export polygons</source>
   <translation>Polygone exportieren</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Nothing to export</source>
   <translation>Nichts zu exportieren</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Make a map with polygons first.</source>
   <translation>Erstellen Sie zuerst eine Karte mit Polygonen.</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Save the areas</source>
   <translation>Flächen speichern</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Export failed</source>
   <translation>Export fehlgeschlagen</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Exported</source>
   <translation>Exportiert</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>“{path}” is not there any more.</source>
   <translation>„{path}“ ist nicht mehr da.</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>No polygons</source>
   <translation>Keine Polygone</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Tick at least one format.</source>
   <translation>Kreuzen Sie mindestens ein Format an.</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>{name} is ready.</source>
   <translation>{name} ist fertig.</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Finished runs appear here. They can be opened or repeated.</source>
   <translation>Hier erscheinen abgeschlossene Läufe. Sie lassen sich öffnen oder wiederholen.</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Open</source>
   <translation>Öffnen</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Add the results of the run to the project</source>
   <translation>Die Ergebnisse des Laufs zum Projekt hinzufügen</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Fill the form with what this run was asked to do</source>
   <translation>Das Formular mit den Angaben dieses Laufs füllen</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Again</source>
   <translation>Nochmals</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Take the run off the list; its files stay</source>
   <translation>Den Lauf aus der Liste nehmen; seine Dateien bleiben</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Forget</source>
   <translation>Vergessen</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Finished runs</source>
   <translation>Fertige Läufe</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Image and method</source>
   <translation>Bild und Methode</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>When</source>
   <translation>Wann</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Runs that came to a result, the last one first</source>
   <translation>Läufe mit einem Ergebnis, der letzte zuerst</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>The class raster is not there any more.</source>
   <translation>Das Klassenraster ist nicht mehr da.</translation>
  </message>
  <message>
   <location filename="../../ui/runs/interrupted.py" />
   <source>Interrupted runs</source>
   <translation>Unterbrochene Läufe</translation>
  </message>
  <message>
   <location filename="../../ui/runs/interrupted.py" />
   <source>Go on where the run stopped; what is finished is not done again</source>
   <translation>Dort weitermachen, wo der Lauf aufgehört hat; was fertig ist, wird nicht noch einmal gemacht</translation>
  </message>
  <message>
   <location filename="../../ui/runs/interrupted.py" />
   <source>Resume</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <location filename="../../ui/runs/interrupted.py" />
   <source>Throw away what the run has done so far</source>
   <translation>Verwerfen, was der Lauf bisher getan hat</translation>
  </message>
  <message>
   <location filename="../../ui/runs/interrupted.py" />
   <source>Delete</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <location filename="../../ui/runs/interrupted.py" />
   <source>{done} of {total} tiles</source>
   <translation>{done} von {total} Kacheln</translation>
  </message>
  <message>
   <location filename="../../ui/runs/interrupted.py" />
   <source>{size} on disk</source>
   <translation>{size} auf dem Datenträger</translation>
  </message>
  <message>
   <location filename="../../ui/runs/preview.py" />
   <source>Land cover so far (preview)</source>
   <translation>Landbedeckung bisher (Vorschau)</translation>
  </message>
  <message>
   <location filename="../../ui/runs/run_controller.py" />
   <source>Run started: {job}</source>
   <translation>Lauf gestartet: {job}</translation>
  </message>
  <message>
   <location filename="../../ui/runs/run_controller.py" />
   <source>The run was stopped. What is finished is kept in the hidden folder “{folder}”: choose “Resume” in the panel to go on, or “Delete” to be rid of it.</source>
   <translation>Der Lauf wurde angehalten. Was fertig ist, liegt im versteckten Ordner „{folder}“: „Fortsetzen“ im Panel macht dort weiter, „Löschen“ entfernt ihn.</translation>
  </message>
  <message>
   <location filename="../../ui/runs/run_controller.py" />
   <source>What is finished is kept: “Resume” goes on from there.</source>
   <translation>Was fertig ist, bleibt erhalten: „Fortsetzen“ macht dort weiter.</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>A preview layer with the tiles that are finished; it goes away by itself</source>
   <translation>Ein Vorschau-Layer mit den fertigen Kacheln; er verschwindet von selbst</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Show the map as it grows</source>
   <translation>Die Karte beim Wachsen zeigen</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Stop the run; what is finished is kept</source>
   <translation>Den Lauf anhalten; was fertig ist, bleibt erhalten</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Prepare another run…</source>
   <translation>Weiteren Lauf vorbereiten…</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Fill the form for a run that begins when this one has ended</source>
   <translation>Das Formular für einen Lauf ausfüllen, der nach diesem beginnt</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Starting the engine …</source>
   <translation>Der Rechenkern wird gestartet …</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Stopping …</source>
   <translation>Wird angehalten …</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Waiting</source>
   <translation>Wartet</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Take this run off the queue</source>
   <translation>Diesen Lauf aus der Warteschlange nehmen</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <source>In use</source>
   <translation>In Gebrauch</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <location filename="../../ui/setup/engine_section.py" />
   <source>Check again</source>
   <translation>Erneut prüfen</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <source>Ask the Python in use again and let the engine test itself</source>
   <translation>Das benutzte Python erneut befragen und den Rechenkern sich selbst prüfen lassen</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <source>Use an existing Python …</source>
   <translation>Vorhandenes Python benutzen …</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <source>A Python that has the engine's packages already; nothing is installed into it</source>
   <translation>Ein Python, das die Pakete des Rechenkerns schon hat; es wird nichts hinein installiert</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <source>Find by itself</source>
   <translation>Selbst suchen</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <source>Forget the choice and look in the usual places</source>
   <translation>Die Wahl vergessen und an den üblichen Orten suchen</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <location filename="../../ui/setup/engine_section.py" />
   <source>Looking for the engine …</source>
   <translation>Der Rechenkern wird gesucht …</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <location filename="../../ui/setup/engine_section.py" />
   <source>Python of the engine</source>
   <translation>Python des Rechenkerns</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>Engine</source>
   <translation>Rechenkern</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>Shows what the engine runs on, and makes its environment</source>
   <translation>Zeigt, worauf der Rechenkern läuft, und erzeugt seine Umgebung</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>Set up and details …</source>
   <translation>Einrichten und Einzelheiten …</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>Found by itself</source>
   <translation>Selbst gefunden</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>An existing Python for the engine; leave it empty to have one found</source>
   <translation>Ein vorhandenes Python für den Rechenkern; leer lassen, damit eines gesucht wird</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>Ask the Python again and let the engine test itself</source>
   <translation>Das Python erneut befragen und den Rechenkern sich selbst prüfen lassen</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <location filename="../../ui/setup/environment_facts.py" />
   <source>Python</source>
   <translation>Python</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>Ready: Python {version}, {path}</source>
   <translation>Bereit: Python {version}, {path}</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <location filename="../../ui/setup/environment_facts.py" />
   <source>Testing …</source>
   <translation>Wird geprüft …</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>Test passed. Devices: {devices}</source>
   <translation>Prüfung bestanden. Geräte: {devices}</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_dialog.py" />
   <source>Land Cover: engine</source>
   <translation>Landbedeckung: Rechenkern</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_dialog.py" />
   <source>Copy diagnosis</source>
   <translation>Diagnose kopieren</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_dialog.py" />
   <source>Versions, findings and the end of the log for a report; names of people and folders are replaced</source>
   <translation>Versionen, Befunde und das Ende des Protokolls für eine Fehlermeldung; Namen von Personen und Ordnern sind ersetzt</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>none</source>
   <translation>keines</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>passed</source>
   <translation>bestanden</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>Found by</source>
   <translation>Gefunden durch</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>Version</source>
   <translation>Version</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>Packages</source>
   <translation>Pakete</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>Devices</source>
   <translation>Geräte</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>Self-test</source>
   <translation>Selbsttest</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>your choice</source>
   <translation>Ihre Wahl</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>the variable UHR_ENGINE_PYTHON</source>
   <translation>die Variable UHR_ENGINE_PYTHON</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>the plugin's development folder</source>
   <translation>der Entwicklungsordner des Plugins</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>the folder made for it</source>
   <translation>der dafür angelegte Ordner</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Make an environment</source>
   <translation>Umgebung erzeugen</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Makes the environment; it stays as it is, and so does QGIS's own Python</source>
   <translation>Erzeugt die Umgebung; es selbst bleibt, wie es ist, und ebenso das Python von QGIS</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Name another Python</source>
   <translation>Ein anderes Python angeben</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>The CPU build is small and runs everywhere; the GPU build needs an NVIDIA driver</source>
   <translation>Die CPU-Ausgabe ist klein und läuft überall; die GPU-Ausgabe braucht einen NVIDIA-Treiber</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>A new or an empty folder; deleting it removes the environment</source>
   <translation>Ein neuer oder leerer Ordner; wird er gelöscht, ist die Umgebung weg</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Download from the network</source>
   <translation>Aus dem Netz laden</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Without network: a folder with the wheels of all packages for this system</source>
   <translation>Ohne Netz: ein Ordner mit den Wheels aller Pakete für dieses System</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Make environment</source>
   <translation>Umgebung erzeugen</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Goes on where it stopped if it was interrupted</source>
   <translation>Macht nach einer Unterbrechung dort weiter, wo es aufgehört hat</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Stop; what is there already is kept for the next try</source>
   <translation>Anhalten; was schon da ist, bleibt für den nächsten Versuch</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Python {version}, {path}</source>
   <translation>Python {version}, {path}</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>No Python {needed} or newer was found. Install one (from your system's packages, or from python.org), or name one with “…”.</source>
   <translation>Es wurde kein Python {needed} oder neuer gefunden. Installieren Sie eines (aus den Paketen Ihres Systems oder von python.org) oder geben Sie mit „…“ eines an.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Starting …</source>
   <translation>Beginnt …</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Step {number} of {count}: {title}</source>
   <translation>Schritt {number} von {count}: {title}</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>The environment is in {folder} and is used from now on.</source>
   <translation>Die Umgebung liegt in {folder} und wird ab jetzt benutzt.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Looking for Pythons and a GPU …</source>
   <translation>Pythons und eine GPU werden gesucht …</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Downloads about {download} GB and takes about {need} GB of disk; {free} GB are free there.</source>
   <translation>Lädt etwa {download} GB herunter und belegt etwa {need} GB; dort sind {free} GB frei.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>CPU and Apple GPU</source>
   <translation>CPU und Apple-GPU</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>NVIDIA GPU (CUDA)</source>
   <translation>NVIDIA-GPU (CUDA)</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>{title}, suits this computer</source>
   <translation>{title}, passt zu diesem Rechner</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Python that makes the environment</source>
   <translation>Python, das die Umgebung erzeugt</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>What pip says</source>
   <translation>Was pip meldet</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>The same steps as commands for a terminal</source>
   <translation>Dieselben Schritte als Befehle für ein Terminal</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>The engine needs a Python environment of its own, with PyTorch and the libraries for rasters. It is made in one folder; neither QGIS nor its Python is changed.</source>
   <translation>Der Rechenkern braucht eine eigene Python-Umgebung mit PyTorch und den Bibliotheken für Raster. Sie entsteht in einem einzigen Ordner; weder QGIS noch sein Python wird verändert.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>&amp;Made with</source>
   <translation>&amp;Erzeugt mit</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Computes &amp;on</source>
   <translation>&amp;Rechnet auf</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>&amp;Folder</source>
   <translation>&amp;Ordner</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>&amp;Wheels from</source>
   <translation>&amp;Wheels aus</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>By hand</source>
   <translation>Von Hand</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>The GPU build needs an NVIDIA GPU with a fitting driver.</source>
   <translation>Die GPU-Ausgabe braucht eine NVIDIA-GPU mit passendem Treiber.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>No NVIDIA driver was found, so the engine computes on the CPU.</source>
   <translation>Es wurde kein NVIDIA-Treiber gefunden, also rechnet der Rechenkern auf dem Prozessor.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>{path} cannot make environments: it lacks {names}. On Debian and Ubuntu install the package python3-venv (sudo apt install python3-venv), then try again.</source>
   <translation>{path} kann keine Umgebungen erzeugen: Es fehlen {names}. Installieren Sie unter Debian und Ubuntu das Paket python3-venv (sudo apt install python3-venv) und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>“{folder}” is not a full path; choose a folder for the environment.</source>
   <translation>„{folder}“ ist kein vollständiger Pfad; wählen Sie einen Ordner für die Umgebung.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>“{folder}” is a file; choose a folder for the environment.</source>
   <translation>„{folder}“ ist eine Datei; wählen Sie einen Ordner für die Umgebung.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>“{folder}” holds something else; choose an empty or a new folder.</source>
   <translation>„{folder}“ enthält etwas anderes; wählen Sie einen leeren oder neuen Ordner.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>{free} GB are free there; the environment needs about {need} GB. Free some space first.</source>
   <translation>Dort sind {free} GB frei; die Umgebung braucht etwa {need} GB. Schaffen Sie zuerst Platz.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>Making the environment</source>
   <translation>Die Umgebung wird erzeugt</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>Installing torch, the largest part</source>
   <translation>torch, der größte Teil, wird installiert</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>Installing the other packages</source>
   <translation>Die übrigen Pakete werden installiert</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>The folder {folder} has no fitting wheel of {name}; add it, or leave the folder empty to download.</source>
   <translation>Der Ordner {folder} hat kein passendes Wheel von {name}; legen Sie es dazu oder lassen Sie den Ordner leer, um es herunterzuladen.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>No package source offers {name} for this Python. Choose another Python (3.11 to 3.13 are safe), or a folder with the wheels.</source>
   <translation>Keine Paketquelle bietet {name} für dieses Python. Wählen Sie ein anderes Python (3.11 bis 3.13 sind sicher) oder einen Ordner mit den Wheels.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>no message</source>
   <translation>keine Meldung</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>It ended with: {line}</source>
   <translation>Es endete mit: {line}</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>The disk is full. Free some space, then click again: it goes on.</source>
   <translation>Der Datenträger ist voll. Schaffen Sie Platz und klicken Sie erneut: Es geht weiter.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>This Python cannot make environments. On Debian and Ubuntu: sudo apt install python3-venv.</source>
   <translation>Dieses Python kann keine Umgebungen erzeugen. Unter Debian und Ubuntu: sudo apt install python3-venv.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>The proxy refuses. Check the proxy under Settings ▸ Options ▸ Network, then click again.</source>
   <translation>Der Proxy lehnt ab. Prüfen Sie ihn unter Einstellungen ▸ Optionen ▸ Netzwerk und klicken Sie erneut.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>The certificate of the package source is not trusted, often because a firewall opens the traffic. Ask your administrator for the certificate and name it in the variable PIP_CERT.</source>
   <translation>Dem Zertifikat der Paketquelle wird nicht vertraut, oft weil eine Firewall den Verkehr öffnet. Bitten Sie Ihre IT um das Zertifikat und nennen Sie es in der Variablen PIP_CERT.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>The package source cannot be reached. Check the network and click again: it goes on where it stopped.</source>
   <translation>Die Paketquelle ist nicht erreichbar. Prüfen Sie das Netz und klicken Sie erneut: Es geht dort weiter, wo es aufgehört hat.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>A download arrived damaged. Click again.</source>
   <translation>Ein Download kam beschädigt an. Klicken Sie erneut.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>Files cannot be written there. Choose another folder, or ask whether a virus scanner holds them.</source>
   <translation>Dort können keine Dateien geschrieben werden. Wählen Sie einen anderen Ordner oder fragen Sie, ob ein Virenscanner sie festhält.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_task.py" />
   <source>Look for Pythons and a GPU</source>
   <translation>Pythons und eine GPU suchen</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_task.py" />
   <source>Make the land-cover engine's environment</source>
   <translation>Die Umgebung des Landbedeckungs-Rechenkerns erzeugen</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_task.py" />
   <source>It was cancelled. Click again to go on where it stopped.</source>
   <translation>Es wurde abgebrochen. Klicken Sie erneut, um dort weiterzumachen, wo es aufgehört hat.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_task.py" />
   <source>“{path}”: {reason}.</source>
   <translation>„{path}“: {reason}.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_task.py" />
   <source>'{path}' could not be started.</source>
   <translation>„{path}“ konnte nicht gestartet werden.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/set_up_note.py" />
   <source>First of all</source>
   <translation>Zuerst</translation>
  </message>
  <message>
   <location filename="../../ui/setup/set_up_note.py" />
   <source>Opens the window that makes what the engine needs, or takes a Python of yours</source>
   <translation>Öffnet das Fenster, das erzeugt, was der Rechenkern braucht, oder ein vorhandenes Python nimmt</translation>
  </message>
  <message>
   <location filename="../../ui/setup/set_up_note.py" />
   <source>Set up the engine …</source>
   <translation>Rechenkern einrichten …</translation>
  </message>
  <message>
   <location filename="../../ui/setup/set_up_note.py" />
   <source>The maps are made by an engine beside QGIS. It is set up once, with a click; QGIS is not changed.</source>
   <translation>Die Karten macht ein Rechenkern neben QGIS. Er wird einmal eingerichtet, mit einem Klick; QGIS bleibt unverändert.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/class_list.py" />
   <source>Add a class</source>
   <translation>Eine Klasse hinzufügen</translation>
  </message>
  <message>
   <location filename="../../ui/teach/class_list.py" />
   <source>Draw this class in another colour</source>
   <translation>Diese Klasse in einer anderen Farbe zeichnen</translation>
  </message>
  <message>
   <location filename="../../ui/teach/class_list.py" />
   <source>Delete this class and its examples</source>
   <translation>Diese Klasse und ihre Beispiele löschen</translation>
  </message>
  <message>
   <location filename="../../ui/teach/class_list.py" />
   <source>New class</source>
   <translation>Neue Klasse</translation>
  </message>
  <message>
   <location filename="../../ui/teach/class_list.py" />
   <source>Colour of the class</source>
   <translation>Farbe der Klasse</translation>
  </message>
  <message>
   <location filename="../../ui/teach/class_list.py" />
   <source>Key</source>
   <translation>Taste</translation>
  </message>
  <message>
   <location filename="../../ui/teach/class_list.py" />
   <source>The class that is drawn. Double-click a name to change it.</source>
   <translation>Die Klasse, die gezeichnet wird. Ein Doppelklick auf den Namen ändert ihn.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Take examples from a layer</source>
   <translation>Beispiele aus einer Ebene nehmen</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Save model</source>
   <translation>Modell speichern</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Model ({pattern})</source>
   <translation>Modell ({pattern})</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Draw a polygon or two of each class that you see.</source>
   <translation>Zeichnen Sie von jeder Klasse, die Sie sehen, ein oder zwei Polygone.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Choose a class, then a way to draw, and draw a place where you are sure.</source>
   <translation>Wählen Sie eine Klasse, dann eine Art zu zeichnen, und zeichnen Sie eine Stelle, an der Sie sicher sind.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Add an orthophoto or a satellite image to the project.</source>
   <translation>Fügen Sie dem Projekt ein Orthofoto oder ein Satellitenbild hinzu.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>There is no other place in this view. Move the map and ask again.</source>
   <translation>In diesem Ausschnitt gibt es keine weitere Stelle. Verschieben Sie die Karte und fragen Sie noch einmal.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>A place by chance: the map says {one}. Draw what it is.</source>
   <translation>Eine zufällige Stelle: Die Karte sagt {one}. Zeichnen Sie, was es ist.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Is it {one} or {other}? Draw what it is, or press N for the next place.</source>
   <translation>Ist es {one} oder {other}? Zeichnen Sie, was es ist, oder drücken Sie N für die nächste Stelle.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>The model is in {path}. It maps other images as well.</source>
   <translation>Das Modell liegt in {path}. Es kartiert auch andere Bilder.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Model saved</source>
   <translation>Modell gespeichert</translation>
  </message>
  <message>
   <location filename="../../ui/teach/example_layer.py" />
   <source>{path} holds no examples. Move it away, or choose another output folder.</source>
   <translation>{path} enthält keine Beispiele. Verschieben Sie die Datei, oder wählen Sie einen anderen Ausgabeordner.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/example_layer.py" />
   <source>The examples cannot be written: {why}</source>
   <translation>Die Beispiele können nicht geschrieben werden: {why}</translation>
  </message>
  <message>
   <location filename="../../ui/teach/example_layer.py" />
   <source>Draw an example</source>
   <translation>Ein Beispiel zeichnen</translation>
  </message>
  <message>
   <location filename="../../ui/teach/example_layer.py" />
   <source>Rename a class</source>
   <translation>Eine Klasse umbenennen</translation>
  </message>
  <message>
   <location filename="../../ui/teach/example_layer.py" />
   <source>Recolour a class</source>
   <translation>Eine Klasse umfärben</translation>
  </message>
  <message>
   <location filename="../../ui/teach/example_layer.py" />
   <source>Delete a class</source>
   <translation>Eine Klasse löschen</translation>
  </message>
  <message>
   <location filename="../../ui/teach/example_layer.py" />
   <source>The examples cannot be kept in {path}: {why}. Choose another output folder.</source>
   <translation>Die Beispiele können nicht in {path} abgelegt werden: {why}. Wählen Sie einen anderen Ausgabeordner.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Examples from a layer</source>
   <translation>Beispiele aus einer Ebene</translation>
  </message>
  <message>
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Layer whose polygons become examples</source>
   <translation>Ebene, deren Polygone Beispiele werden</translation>
  </message>
  <message>
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Field that says which class a polygon is</source>
   <translation>Feld, das sagt, zu welcher Klasse ein Polygon gehört</translation>
  </message>
  <message>
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Leave out polygons that are not selected in the layer</source>
   <translation>Polygone weglassen, die in der Ebene nicht ausgewählt sind</translation>
  </message>
  <message>
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Classes that are not in the list are added to it.</source>
   <translation>Klassen, die nicht in der Liste stehen, kommen hinzu.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/palette.py" />
   <source>A class needs a name.</source>
   <translation>Eine Klasse braucht einen Namen.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/palette.py" />
   <source>There is already a class “{name}”. Choose another name.</source>
   <translation>Es gibt schon eine Klasse „{name}“. Wählen Sie einen anderen Namen.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Take the polygons of a layer as examples …</source>
   <translation>Die Polygone einer Ebene als Beispiele nehmen …</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Show the map of the view</source>
   <translation>Die Karte des Ausschnitts zeigen</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Where next?</source>
   <translation>Wo weiter?</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Go to the place where another example helps most (key N while drawing)</source>
   <translation>Zu der Stelle gehen, an der ein weiteres Beispiel am meisten hilft (Taste N beim Zeichnen)</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Map the whole layer</source>
   <translation>Ganze Ebene kartieren</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Map the whole image with what was learnt, with areas, polygons and report</source>
   <translation>Das ganze Bild mit dem Gelernten kartieren, mit Flächen, Polygonen und Bericht</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Save model …</source>
   <translation>Modell speichern …</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Save the model in a file: it maps other images as well</source>
   <translation>Das Modell in einer Datei speichern: Es kartiert auch andere Bilder</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Image that is taught</source>
   <translation>Bild, das gelehrt wird</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>kind, e.g. tin roof (optional)</source>
   <translation>Art, z. B. Blechdach (freiwillig)</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Kind inside the class</source>
   <translation>Art innerhalb der Klasse</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Kinds that look different are learnt apart, and shown as one class: red, grey and tin roofs.</source>
   <translation>Arten, die verschieden aussehen, werden getrennt gelernt und als eine Klasse gezeigt: rote, graue und Blechdächer.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>How much the map covers the image</source>
   <translation>Wie sehr die Karte das Bild verdeckt</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Opacity of the map</source>
   <translation>Deckkraft der Karte</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Looking at the view: %p %</source>
   <translation>Der Ausschnitt wird betrachtet: %p %</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Each example is left out once, and the others say what it is. Examples lie where you drew them, so this is not the accuracy of the map.</source>
   <translation>Jedes Beispiel wird einmal weggelassen, und die anderen sagen, was es ist. Beispiele liegen dort, wo Sie sie gezeichnet haben; das ist also nicht die Genauigkeit der Karte.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Draw a second example of a class, and this line says how well the examples agree.</source>
   <translation>Zeichnen Sie von einer Klasse ein zweites Beispiel, dann sagt diese Zeile, wie gut die Beispiele übereinstimmen.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Agreement with left-out examples: {right} of {n} polygons ({low}–{high} %).</source>
   <translation>Übereinstimmung mit weggelassenen Beispielen: {right} von {n} Polygonen ({low}–{high} %).</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Weakest: {name}.</source>
   <translation>Am schwächsten: {name}.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Not the accuracy of the map.</source>
   <translation>Nicht die Genauigkeit der Karte.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Point: click; a few pixels around it become the example</source>
   <translation>Punkt: klicken; ein paar Pixel darum werden das Beispiel</translation>
  </message>
  <message>
   <location filename="../../ui/teach/session_process.py" />
   <source>The engine ended while it was taught.</source>
   <translation>Die Engine wurde beendet, während sie gelehrt wurde.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/view_map.py" />
   <source>Map of the view</source>
   <translation>Karte des Ausschnitts</translation>
  </message>
 </context>
</TS>
