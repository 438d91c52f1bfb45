<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
 <context>
  <name>UhrLandCover</name>
  <message>
   <location filename="../../plugin.py" />
   <location filename="../../ui/dock.py" />
   <source>Land Cover</source>
   <translation>Cobertura del suelo</translation>
  </message>
  <message>
   <location filename="../../plugin.py" />
   <source>Open or close the Land Cover panel</source>
   <translation>Abrir o cerrar el panel Cobertura del suelo</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Look at a map</source>
   <translation>Mirar un mapa</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Nobody said where the sample is to go. Choose a file.</source>
   <translation>Falta indicar dónde va la muestra. Elija un archivo.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Draw a sample</source>
   <translation>Extraer una muestra</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>No file of labels is chosen. Tick at least one.</source>
   <translation>Ningún archivo de etiquetas está elegido. Marque al menos uno.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Estimate accuracy and areas</source>
   <translation>Estimar exactitud y superficies</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Gather disagreements</source>
   <translation>Reunir los desacuerdos</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>“{name}” is there already. Draw it anew? Its labels are lost.</source>
   <translation>«{name}» ya existe. ¿Extraerla de nuevo? Sus etiquetas se pierden.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Draw sample</source>
   <translation>Extraer muestra</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Open a sample</source>
   <translation>Abrir una muestra</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Who labels? Leave empty if it is one person alone.</source>
   <translation>¿Quién etiqueta? Déjelo vacío si es una sola persona.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Compare with a map</source>
   <translation>Comparar con un mapa</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_dock.py" />
   <location filename="../../ui/assess/labels/labelling.py" />
   <source>Assess</source>
   <translation>Evaluar</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_dock.py" />
   <source>1  Sample</source>
   <translation>1  Muestra</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_dock.py" />
   <source>2  Labels</source>
   <translation>2  Etiquetas</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_dock.py" />
   <source>3  Estimates</source>
   <translation>3  Estimación</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>A class raster, or polygons with a class</source>
   <translation>Un ráster de clases o polígonos con una clase</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Field with the class</source>
   <translation>Campo con la clase</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>How points are drawn</source>
   <translation>Cómo se extraen los puntos</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Random in each stratum</source>
   <translation>Al azar en cada estrato</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Random over the whole map</source>
   <translation>Al azar en todo el mapa</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>A lattice with a random start</source>
   <translation>Una retícula con inicio al azar</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>As many points as these targets need:</source>
   <translation>Tantos puntos como pidan estos objetivos:</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Size of the sample</source>
   <translation>Tamaño de la muestra</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Let the engine find the size; “Look at the map” tells it</source>
   <translation>Dejar que el motor halle el tamaño; «Mirar el mapa» lo dice</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>How points are divided among strata</source>
   <translation>Cómo se reparten los puntos entre estratos</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>A minimum each, the rest by area</source>
   <translation>Un mínimo para cada uno, el resto por superficie</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>By area</source>
   <translation>Por superficie</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>The same for all</source>
   <translation>Lo mismo para todos</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Neyman (best for the targets)</source>
   <translation>Neyman (lo mejor para los objetivos)</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Fewest points of a stratum</source>
   <translation>Menor número de puntos de un estrato</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Further points, if more are needed later</source>
   <translation>Más puntos, por si luego hacen falta</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>The same seed draws the same points</source>
   <translation>La misma semilla extrae los mismos puntos</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>What gets a label</source>
   <translation>Qué recibe una etiqueta</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>A pixel</source>
   <translation>Un píxel</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>A block of pixels</source>
   <translation>Un bloque de píxeles</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>A circle</source>
   <translation>Un círculo</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Pixels along the side of a block, metres of the radius of a circle</source>
   <translation>Píxeles del lado de un bloque, metros del radio de un círculo</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Which class counts where there are several</source>
   <translation>Qué clase cuenta donde hay varias</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>The class at the centre</source>
   <translation>La clase del centro</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>The class of the majority</source>
   <translation>La clase de la mayoría</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>The classes of the map</source>
   <translation>Las clases del mapa</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Another raster or polygons whose parts are the strata</source>
   <translation>Otro ráster o polígonos cuyas partes son los estratos</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Field with the names of the strata</source>
   <translation>Campo con los nombres de los estratos</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>crossed with the classes of the map</source>
   <translation>cruzados con las clases del mapa</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>A stratum for each class in each part</source>
   <translation>Un estrato por cada clase en cada parte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Examples that a model was taught with: no points are drawn there</source>
   <translation>Ejemplos con que se enseñó un modelo: allí no se extraen puntos</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Points to label; the design is written beside them</source>
   <translation>Puntos por etiquetar; el diseño se escribe al lado</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Look at the map</source>
   <translation>Mirar el mapa</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Count the strata, and tell what every allocation needs or reaches</source>
   <translation>Contar los estratos y decir qué necesita o alcanza cada reparto</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Draw the points and begin to label them</source>
   <translation>Extraer los puntos y empezar a etiquetarlos</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Open a sample…</source>
   <translation>Abrir una muestra…</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Go on with a sample that is there</source>
   <translation>Seguir con una muestra que ya existe</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <location filename="../../ui/corrections/panel.py" />
   <location filename="../../ui/teach/panel.py" />
   <source>Map</source>
   <translation>Mapa</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Design</source>
   <translation>Diseño</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <location filename="../../ui/assess/design/strata_table.py" />
   <location filename="../../ui/assess/report_page.py" />
   <source>Points</source>
   <translation>Puntos</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <location filename="../../ui/form/form.py" />
   <source>Save to</source>
   <translation>Guardar en</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>More</source>
   <translation>Más</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Strata</source>
   <translation>Estratos</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Allocation</source>
   <translation>Reparto</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Minimum</source>
   <translation>Mínimo</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Reserve</source>
   <translation>Reserva</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Seed</source>
   <translation>Semilla</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Support</source>
   <translation>Soporte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Its size</source>
   <translation>Su tamaño</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Mixed support</source>
   <translation>Soporte mixto</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Leave out</source>
   <translation>Dejar fuera</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>{allocation}: {points} points ({sizes})</source>
   <translation>{allocation}: {points} puntos ({sizes})</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>; standard errors {errors}</source>
   <translation>; errores estándar {errors}</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>{n} points in all</source>
   <translation>{n} puntos en total</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>drawn in proportion to the area on the ground</source>
   <translation>extraídos en proporción a la superficie del terreno</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>{n} pixels of examples are left out</source>
   <translation>{n} píxeles de ejemplos quedan fuera</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/strata_table.py" />
   <source>Stratum</source>
   <translation>Estrato</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/strata_table.py" />
   <source>Area, ha</source>
   <translation>Superficie, ha</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/strata_table.py" />
   <location filename="../../ui/results/legend_table.py" />
   <source>Share</source>
   <translation>Proporción</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/strata_table.py" />
   <source>Expected, %</source>
   <translation>Esperado, %</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/strata_table.py" />
   <source>Points may be changed: then each stratum gets the number that stands here</source>
   <translation>Los puntos pueden cambiarse: entonces cada estrato recibe el número que está aquí</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>What shall be known</source>
   <translation>Qué se quiere saber</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>± half-width</source>
   <translation>± semiancho</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>standard error</source>
   <translation>error estándar</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>How its uncertainty is given</source>
   <translation>Cómo se da su incertidumbre</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Of 100 %; for an area: of the whole area</source>
   <translation>De 100 %; de una superficie: del total</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Add</source>
   <translation>Añadir</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Add this target</source>
   <translation>Añadir este objetivo</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Remove</source>
   <translation>Quitar</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Remove the chosen target</source>
   <translation>Quitar el objetivo elegido</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Targets; the sample is large enough for all of them</source>
   <translation>Objetivos; la muestra basta para todos</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Overall accuracy</source>
   <translation>Exactitud global</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Area of {name}</source>
   <translation>Superficie de {name}</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>User's accuracy of {name}</source>
   <translation>Exactitud del usuario de {name}</translation>
  </message>
  <message>
   <location filename="../../ui/assess/drawn_sample.py" />
   <source>“{path}” is no design of a sample ({reason}). Choose a file that ends in {ending}.</source>
   <translation>«{path}» no es el diseño de una muestra ({reason}). Elija un archivo que termine en {ending}.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/entry.py" />
   <source>Assess a map</source>
   <translation>Evaluar un mapa</translation>
  </message>
  <message>
   <location filename="../../ui/assess/entry.py" />
   <source>How right is a map? Draw a sample, label it, read accuracy and areas</source>
   <translation>¿Cuánto acierta un mapa? Extraiga una muestra, etiquétela, lea exactitud y superficies</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_file.py" />
   <source>“{path}” holds no points to label. Choose the file made with the sample.</source>
   <translation>«{path}» no contiene puntos por etiquetar. Elija el archivo hecho con la muestra.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_file.py" />
   <source>The label could not be written to “{path}”. Is the file open elsewhere or write-protected?</source>
   <translation>La etiqueta no pudo escribirse en «{path}». ¿Está el archivo abierto en otro lugar o protegido?</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_file.py" />
   <source>“{path}” cannot be written: {reason}</source>
   <translation>«{path}» no puede escribirse: {reason}</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>This point is “{name}”</source>
   <translation>Este punto es «{name}»</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source> (reserve)</source>
   <translation> (reserva)</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Point {number} of {last}{kind}: what do you see inside the outline?</source>
   <translation>Punto {number} de {last}{kind}: ¿qué ve dentro del contorno?</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>{done} of {all} looked at · {unsure} not sure · {skipped} skipped</source>
   <translation>{done} de {all} vistos · {unsure} dudosos · {skipped} omitidos</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>{key}  Second choice</source>
   <translation>{key}  Segunda opción</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>The class you click next is noted as the second choice</source>
   <translation>La próxima clase que pulse se anota como segunda opción</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Not sure</source>
   <translation>Dudoso</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Do not count the label of this point</source>
   <translation>No contar la etiqueta de este punto</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Skip</source>
   <translation>Omitir</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Pass this point over</source>
   <translation>Pasar por alto este punto</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <location filename="../../ui/base/help.py" />
   <source>Back</source>
   <translation>Atrás</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>To the point before</source>
   <translation>Al punto anterior</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Next</source>
   <translation>Siguiente</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>To the next point</source>
   <translation>Al punto siguiente</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Point </source>
   <translation>Punto </translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Go to this point</source>
   <translation>Ir a este punto</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Go on to the next point after a label</source>
   <translation>Seguir al próximo punto tras una etiqueta</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>A label turns to the next point by itself</source>
   <translation>Una etiqueta lleva por sí sola al punto siguiente</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>high</source>
   <translation>alta</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>medium</source>
   <translation>media</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>low</source>
   <translation>baja</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>How sure you are of the label</source>
   <translation>Cuán seguro está de la etiqueta</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Date of the image that the label was taken from</source>
   <translation>Fecha de la imagen de la que se tomó la etiqueta</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>2024-06-30; kept for the next points</source>
   <translation>2024-06-30; se mantiene para los puntos siguientes</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Anything worth remembering of this point</source>
   <translation>Lo que convenga recordar de este punto</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Scale of the map at every point</source>
   <translation>Escala del mapa en cada punto</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Hide the map that is assessed</source>
   <translation>Ocultar el mapa que se evalúa</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Labels must not be taken from the map: it is hidden while you label</source>
   <translation>Las etiquetas no deben tomarse del mapa: se oculta mientras etiqueta</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>View of another layer…</source>
   <translation>Vista de otra capa…</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Open a second map of the same place, with another layer: an older image, a service</source>
   <translation>Abrir un segundo mapa del mismo lugar con otra capa: una imagen anterior, un servicio</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Estimate…</source>
   <translation>Estimar…</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>To accuracy and areas from the labels so far</source>
   <translation>A la exactitud y las superficies según las etiquetas hasta ahora</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <location filename="../../ui/processing/segment.py" />
   <source>Confidence</source>
   <translation>Confianza</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Date of the image</source>
   <translation>Fecha de la imagen</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Note</source>
   <translation>Nota</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Scale</source>
   <translation>Escala</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Go to</source>
   <translation>Ir a</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Label: {name}</source>
   <translation>Etiqueta: {name}</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>second choice: {name}</source>
   <translation>segunda opción: {name}</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>not sure</source>
   <translation>dudoso</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>skipped</source>
   <translation>omitido</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>No label yet.</source>
   <translation>Aún sin etiqueta.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/linked_view.py" />
   <source>View of another layer</source>
   <translation>Vista de otra capa</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/linked_view.py" />
   <source>Layer of this view; web maps (XYZ) in the project, too</source>
   <translation>Capa de esta vista; también mapas web (XYZ) del proyecto</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/linked_view.py" />
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Layer</source>
   <translation>Capa</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Labels that are estimated from: one file for each interpreter</source>
   <translation>Etiquetas de las que se estima: un archivo por intérprete</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Intervals that stay within 0 and 1</source>
   <translation>Intervalos que quedan entre 0 y 1</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>± 1.96 standard errors, as in papers</source>
   <translation>± 1,96 errores estándar, como en artículos</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>The first holds the truth with few points, too; the second is for comparison</source>
   <translation>El primero contiene la verdad también con pocos puntos; el segundo sirve para comparar</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <location filename="../../ui/results/legend_table.py" />
   <location filename="../../ui/teach/class_list.py" />
   <source>Class</source>
   <translation>Clase</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>User's</source>
   <translation>Usuario</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Producer's</source>
   <translation>Productor</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Area by the sample</source>
   <translation>Superficie según la muestra</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Area on the map</source>
   <translation>Superficie en el mapa</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Overall accuracy: {value} ({points} points)</source>
   <translation>Exactitud global: {value} ({points} puntos)</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>± 1.96 standard errors are too narrow here: {n} points of omission</source>
   <translation>± 1,96 errores estándar son aquí demasiado estrechos: {n} puntos de omisión</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Estimate</source>
   <translation>Estimar</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Accuracy and areas from the labels so far; writes the report</source>
   <translation>Exactitud y superficies según las etiquetas hasta ahora; escribe el informe</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Settle disagreements…</source>
   <translation>Resolver desacuerdos…</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Label the points on which interpreters differ once more</source>
   <translation>Etiquetar otra vez los puntos en que difieren los intérpretes</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Compare with a map…</source>
   <translation>Comparar con un mapa…</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Score another map on the same points, with the difference and its interval</source>
   <translation>Puntuar otro mapa en los mismos puntos, con la diferencia y su intervalo</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Label</source>
   <translation>Etiquetar</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Back to the points</source>
   <translation>Volver a los puntos</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <location filename="../../ui/results/result_panel.py" />
   <source>Open report</source>
   <translation>Abrir informe</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Read the report with chart and method paragraph in the browser</source>
   <translation>Leer el informe con gráfico y párrafo de método en el navegador</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <location filename="../../ui/results/result_panel.py" />
   <source>Open folder</source>
   <translation>Abrir carpeta</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Show the files of the report</source>
   <translation>Mostrar los archivos del informe</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>not estimated</source>
   <translation>no estimado</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>{names} labelled no point in common.</source>
   <translation>{names} no etiquetaron ningún punto en común.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>{names} agree on {percent} of {n} points.</source>
   <translation>{names} coinciden en {percent} de {n} puntos.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Overall accuracy less that of “{map}”: {value}</source>
   <translation>Exactitud global menos la de «{map}»: {value}</translation>
  </message>
  <message>
   <location filename="../../ui/base/help.py" />
   <source>Land Cover: user guide</source>
   <translation>Cobertura del suelo: guía del usuario</translation>
  </message>
  <message>
   <location filename="../../ui/base/i18n.py" />
   <source>en</source>
   <translation>es</translation>
  </message>
  <message>
   <location filename="../../ui/base/message_bar.py" />
   <source>More…</source>
   <translation>Más…</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Preparing</source>
   <translation>Preparación</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Classifying</source>
   <translation>Clasificación</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Assembling the map</source>
   <translation>Montaje del mapa</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Making polygons</source>
   <translation>Creación de polígonos</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Measuring areas</source>
   <translation>Medición de superficies</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <location filename="../../ui/processing/training.py" />
   <source>Training</source>
   <translation>Entrenamiento</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Evaluating</source>
   <translation>Evaluación</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>tiles</source>
   <translation>teselas</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>strips</source>
   <translation>franjas</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>steps</source>
   <translation>pasos</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>{done} of {total} {unit}</source>
   <translation>{done} de {total} {unit}</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>about {time} left</source>
   <translation>quedan unos {time}</translation>
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
   <translation>La carpeta y el nombre se fijan en «Resultados».</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Checkpoints are chosen under “Advanced”.</source>
   <translation>Los checkpoints se eligen en «Avanzado».</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Or right-click the layer ▸ Export ▸ Save As…, and use the new GeoTIFF.</source>
   <translation>O clic derecho en la capa ▸ Exportar ▸ Guardar como…, y use el nuevo GeoTIFF.</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>This run cannot be done</source>
   <translation>Esta ejecución no es posible</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Raster not found</source>
   <translation>Ráster no encontrado</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Check that the layer's file is still where the project expects it.</source>
   <translation>Compruebe que el archivo de la capa sigue donde el proyecto lo espera.</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Raster cannot be read</source>
   <translation>No se puede leer el ráster</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Raster does not fit</source>
   <translation>El ráster no es adecuado</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Bands do not fit</source>
   <translation>Las bandas no son adecuadas</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Bands are chosen under “Advanced”.</source>
   <translation>Las bandas se eligen en «Avanzado».</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Part of the raster is damaged</source>
   <translation>Parte del ráster está dañada</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>“Advanced” has a box that leaves unreadable blocks empty.</source>
   <translation>«Avanzado» tiene una casilla que deja vacíos los bloques ilegibles.</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Results of that name exist</source>
   <translation>Ya existen resultados con ese nombre</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The result would replace the input</source>
   <translation>El resultado sustituiría la entrada</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Cannot write there</source>
   <translation>No se puede escribir allí</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The disk is full</source>
   <translation>El disco está lleno</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>There is no checkpoint</source>
   <translation>No hay checkpoint</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The checkpoint is damaged</source>
   <translation>El checkpoint está dañado</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The checkpoint does not fit</source>
   <translation>El checkpoint no es adecuado</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Device not available</source>
   <translation>Dispositivo no disponible</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>“Automatic” takes the best one there is.</source>
   <translation>«Automático» toma el mejor que haya.</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Not enough memory</source>
   <translation>Memoria insuficiente</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Choose the preset “Low memory”, or close other programs.</source>
   <translation>Elija el preajuste «Poca memoria» o cierre otros programas.</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The data cannot be used</source>
   <translation>Los datos no se pueden usar</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The engine is not set up</source>
   <translation>El motor no está instalado</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The engine stopped unexpectedly</source>
   <translation>El motor se detuvo inesperadamente</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Often memory ran out: try the preset “Low memory”. The message log has the details.</source>
   <translation>A menudo se agotó la memoria: pruebe el preajuste «Poca memoria». El registro de mensajes tiene los detalles.</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The raster has changed</source>
   <translation>El ráster ha cambiado</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>This run is already going on</source>
   <translation>Esta ejecución ya está en curso</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Cancelled</source>
   <translation>Cancelado</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Something went wrong</source>
   <translation>Algo salió mal</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The message log (UHR Land Cover) has the details; please report them.</source>
   <translation>El registro de mensajes (UHR Land Cover) tiene los detalles; por favor, comuníquelos.</translation>
  </message>
  <message>
   <location filename="../../ui/base/numbers.py" />
   <source>{n} px</source>
   <translation>{n} px</translation>
  </message>
  <message>
   <location filename="../../ui/base/page_bar.py" />
   <source>What the guide says about this page (F1)</source>
   <translation>Lo que dice la guía de esta página (F1)</translation>
  </message>
  <message>
   <location filename="../../ui/base/strip.py" />
   <source>Show</source>
   <translation>Mostrar</translation>
  </message>
  <message>
   <location filename="../../ui/base/strip.py" />
   <source>Go to what this line is about</source>
   <translation>Ir a lo que dice esta línea</translation>
  </message>
  <message>
   <location filename="../../ui/controller.py" />
   <source>The image “{path}” is not there any more; choose another one.</source>
   <translation>La imagen «{path}» ya no está; elija otra.</translation>
  </message>
  <message>
   <location filename="../../ui/controller.py" />
   <location filename="../../ui/processing/base.py" />
   <location filename="../../ui/results/naming.py" />
   <location filename="../../ui/results/results.py" />
   <location filename="../../ui/runs/run_controller.py" />
   <source>Land cover</source>
   <translation>Cobertura del suelo</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/controller.py" />
   <source>There is no finished map in the project. Map a layer first.</source>
   <translation>No hay ningún mapa terminado en el proyecto. Cartografíe antes una capa.</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/controller.py" />
   <source>Nothing is being taught. Begin on the page “Teach” with the image.</source>
   <translation>No se está enseñando nada. Empiece en la página «Enseñar» con la imagen.</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/controller.py" />
   <source>The outline is an example of {name} now.</source>
   <translation>El contorno es ahora un ejemplo de {name}.</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/controller.py" />
   <source>Correct a map</source>
   <translation>Corregir un mapa</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/controller.py" />
   <source>Map corrected</source>
   <translation>Mapa corregido</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/controller.py" />
   <source>Raster, polygons and areas are made again.</source>
   <translation>El ráster, los polígonos y las superficies se han hecho de nuevo.</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/controller.py" />
   <source>There is no polygon of this map there. Draw an outline instead.</source>
   <translation>Ahí no hay ningún polígono de este mapa. Dibuje un contorno en su lugar.</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Undo the last</source>
   <translation>Deshacer la última</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Take back the last correction</source>
   <translation>Deshacer la última corrección</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Undo all</source>
   <translation>Deshacer todas</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Take back all corrections: every file is what it was, byte for byte</source>
   <translation>Deshacer todas las correcciones: cada archivo vuelve a ser lo que era, byte a byte</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Last one as an example</source>
   <translation>La última como ejemplo</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Teach with the outline that was corrected last</source>
   <translation>Enseñar con el último contorno corregido</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Corrections of this map: {n}</source>
   <translation>Correcciones de este mapa: {n}</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Finished map that is corrected</source>
   <translation>Mapa terminado que se corrige</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Class that the outline gets</source>
   <translation>Clase que recibe el contorno</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Only pixels of these classes change; tick none to change all</source>
   <translation>Solo cambian los píxeles de estas clases; no marque ninguna para cambiarlos todos</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>all</source>
   <translation>todas</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Kept with the correction, for the record</source>
   <translation>Se guarda con la corrección, como constancia</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>optional</source>
   <translation>opcional</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <location filename="../../ui/teach/panel.py" />
   <source>Draw:</source>
   <translation>Dibujar:</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Becomes</source>
   <translation>Pasa a ser</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Only where it is</source>
   <translation>Solo donde es</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Reason</source>
   <translation>Motivo</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <location filename="../../ui/teach/panel.py" />
   <source>Polygon: click corners, right-click to end</source>
   <translation>Polígono: clic en las esquinas, clic derecho para terminar</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <location filename="../../ui/teach/panel.py" />
   <source>Freehand: drag around the place</source>
   <translation>A mano alzada: arrastrar alrededor del lugar</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <location filename="../../ui/teach/panel.py" />
   <source>Rectangle: drag from corner to corner</source>
   <translation>Rectángulo: arrastrar de esquina a esquina</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Click a polygon of the map: all of it gets the class</source>
   <translation>Clic en un polígono del mapa: todo él recibe la clase</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Running: {percent}</source>
   <translation>En marcha: {percent}</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Last result: {title}</source>
   <translation>Último resultado: {title}</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Make a land-cover map of an image</source>
   <translation>Hacer de una imagen un mapa de cobertura del suelo</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Segment</source>
   <translation>Segmentar</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Draw a few examples on an image and see it mapped</source>
   <translation>Dibujar unos ejemplos sobre una imagen y ver nacer el mapa</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Teach</source>
   <translation>Enseñar</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Give parts of a finished map another class</source>
   <translation>Dar otra clase a partes de un mapa terminado</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Correct</source>
   <translation>Corregir</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Finished runs: open them, or do them again</source>
   <translation>Procesos terminados: abrirlos o repetirlos</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>History</source>
   <translation>Historial</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Advanced</source>
   <translation>Avanzado</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>File name of the results, without extension. A number is added if it is taken.</source>
   <translation>Nombre de archivo de los resultados, sin extensión. Se añade un número si ya existe.</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Report (HTML)</source>
   <translation>Informe (HTML)</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>One page with the map, the areas, the recipe and the warnings, to read or print</source>
   <translation>Una página con el mapa, las superficies, la receta y las advertencias, para leer o imprimir</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Confidence raster</source>
   <translation>Ráster de confianza</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>How sure the model was of each pixel, in per cent; it is not the chance of being right</source>
   <translation>Qué seguro estaba el modelo de cada píxel, en por ciento; no es la probabilidad de acertar</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/segment.py" />
   <location filename="../../ui/results/naming.py" />
   <source>Probabilities of all classes</source>
   <translation>Probabilidades de todas las clases</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>A raster with a band for each class, in per cent</source>
   <translation>Un ráster con una banda por clase, en tanto por ciento</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/segment.py" />
   <source>Patches that PPN refined</source>
   <translation>Recortes refinados por PPN</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>The patches that the method chose to refine, as polygons</source>
   <translation>Los recortes que el método eligió refinar, como polígonos</translation>
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
   <translation>GeoTIFF optimizado para la nube</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Layout of the class raster; both open in every GIS</source>
   <translation>Estructura del ráster de clases; ambos se abren en cualquier SIG</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>What computes: the processor, or a graphics card that the engine found</source>
   <translation>Qué calcula: el procesador o una tarjeta gráfica que el motor encontró</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>The mean of several looks makes a slightly better map and takes as many times as long.</source>
   <translation>La media de varias pasadas da un mapa algo mejor y tarda otras tantas veces más.</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/image/raster_facts.py" />
   <source>Choose bands</source>
   <translation>Elegir bandas</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Otherwise the bands that say they are red, green and blue are taken</source>
   <translation>Si no, se toman las bandas que dicen ser roja, verde y azul</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Otherwise a damaged block ends the run.</source>
   <translation>De lo contrario, un bloque dañado termina la ejecución.</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Leave unreadable blocks empty</source>
   <translation>Dejar vacíos los bloques ilegibles</translation>
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
   <translation>Automático</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <location filename="../../ui/processing/maps.py" />
   <location filename="../../ui/results/naming.py" />
   <location filename="../../ui/results/results.py" />
   <source>Polygons</source>
   <translation>Polígonos</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Results</source>
   <translation>Resultados</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Name</source>
   <translation>Nombre</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <location filename="../../ui/processing/maps.py" />
   <source>Class raster</source>
   <translation>Ráster de clases</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Computing</source>
   <translation>Cálculo</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Device</source>
   <translation>Dispositivo</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Looks</source>
   <translation>Pasadas</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/form/image_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <location filename="../../ui/processing/teaching.py" />
   <location filename="../../ui/processing/training.py" />
   <location filename="../../ui/teach/panel.py" />
   <source>Image</source>
   <translation>Imagen</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Pixel size</source>
   <translation>Tamaño de píxel</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Red</source>
   <translation>Rojo</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Green</source>
   <translation>Verde</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Blue</source>
   <translation>Azul</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Band of the image that the model gets as {color}</source>
   <translation>Banda de la imagen que el modelo recibe como {color}</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>One</source>
   <translation>Una</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Four, mirrored</source>
   <translation>Cuatro, reflejadas</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Eight, mirrored and turned</source>
   <translation>Ocho, reflejadas y giradas</translation>
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
   <translation>Según la imagen</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Ground size of a pixel, for images that do not tell it themselves</source>
   <translation>Tamaño de un píxel en el terreno, para imágenes que no lo indican</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_layer.py" />
   <source>No polygon layer is chosen for the area. Choose one, or “Whole layer”.</source>
   <translation>No se ha elegido ninguna capa de polígonos para el área. Elija una o «Capa completa».</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_layer.py" />
   <source>No polygon of layer “{name}” is selected. Select some, or take the whole layer.</source>
   <translation>No hay ningún polígono seleccionado en la capa «{name}». Seleccione algunos o tome la capa completa.</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_layer.py" />
   <source>Layer “{name}” has no polygons. Draw some, or choose another layer.</source>
   <translation>La capa «{name}» no tiene polígonos. Dibuje algunos o elija otra capa.</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_layer.py" />
   <source>Layer “{name}” has no coordinate reference system. Set one.</source>
   <translation>La capa «{name}» no tiene sistema de referencia de coordenadas. Asigne uno.</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_layer.py" />
   <source>Layer “{name}” has {n} polygons to copy; up to {most} are. Export it to a GeoPackage first.</source>
   <translation>La capa «{name}» tiene {n} polígonos por copiar; se admiten hasta {most}. Expórtela primero a un GeoPackage.</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_layer.py" />
   <source>The polygons cannot be written to “{path}”: {why}</source>
   <translation>Los polígonos no se pueden escribir en «{path}»: {why}</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Which part of the image is classified</source>
   <translation>Qué parte de la imagen se clasifica</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Area</source>
   <translation>Área</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Drag a rectangle over the map; Esc ends it</source>
   <translation>Arrastre un rectángulo sobre el mapa; Esc termina</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Draw on the map</source>
   <translation>Dibujar en el mapa</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Polygons of the area</source>
   <translation>Polígonos de la zona</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Pixels whose centre lies in a polygon of this layer are classified</source>
   <translation>Se clasifican los píxeles cuyo centro está dentro de un polígono de esta capa</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Take only the polygons that are selected in that layer</source>
   <translation>Tomar solo los polígonos seleccionados en esa capa</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Selected polygons only</source>
   <translation>Solo los polígonos seleccionados</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>No rectangle is drawn yet: the whole image would be classified.</source>
   <translation>Aún no hay rectángulo dibujado: se clasificaría toda la imagen.</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>{width} × {height} {unit}, from {x}, {y} ({crs})</source>
   <translation>{width} × {height} {unit}, desde {x}, {y} ({crs})</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <location filename="../../ui/image/raster_facts.py" />
   <source>no CRS</source>
   <translation>sin SRC</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Whole image</source>
   <translation>Imagen entera</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Visible part of the map</source>
   <translation>Parte visible del mapa</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Rectangle on the map</source>
   <translation>Rectángulo en el mapa</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Polygons of a layer</source>
   <translation>Polígonos de una capa</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>Estimating …</source>
   <translation>Estimando …</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>a few tiles are being timed …</source>
   <translation>se cronometran algunas teselas …</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>Needs {parts}.</source>
   <translation>Necesita {parts}.</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>{needed} of {total} memory</source>
   <translation>{needed} de {total} de memoria</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>{needed} memory</source>
   <translation>{needed} de memoria</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>{needed} of {total} on the graphics card</source>
   <translation>{needed} de {total} en la tarjeta gráfica</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>{needed} on the graphics card</source>
   <translation>{needed} en la tarjeta gráfica</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>time unknown until the first run</source>
   <translation>duración desconocida hasta la primera ejecución</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>about {time}</source>
   <translation>unos {time}</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>at most {size} disk</source>
   <translation>como máximo {size} de disco</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>{size} disk</source>
   <translation>{size} de disco</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>Only {free} are free on that disk: choose another folder or make room.</source>
   <translation>Solo quedan {free} libres en ese disco: elija otra carpeta o haga sitio.</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>Only {free} of memory are free: choose “Low memory” or close other programs.</source>
   <translation>Solo quedan {free} de memoria libres: elija «Poca memoria» o cierre otros programas.</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>Only {free} are free on the graphics card: choose “Low memory” or the processor.</source>
   <translation>Solo quedan {free} libres en la tarjeta gráfica: elija «Poca memoria» o el procesador.</translation>
  </message>
  <message>
   <location filename="../../ui/form/form.py" />
   <source>Segment image</source>
   <translation>Segmentar la imagen</translation>
  </message>
  <message>
   <location filename="../../ui/form/form.py" />
   <source>Classify the image and write the results</source>
   <translation>Clasificar la imagen y escribir los resultados</translation>
  </message>
  <message>
   <location filename="../../ui/form/form.py" />
   <source>The chosen model is not there.</source>
   <translation>El modelo elegido no está.</translation>
  </message>
  <message>
   <location filename="../../ui/form/form.py" />
   <source>Add to the queue</source>
   <translation>Añadir a la cola</translation>
  </message>
  <message>
   <location filename="../../ui/form/form.py" />
   <location filename="../../ui/processing/segment.py" />
   <location filename="../../ui/processing/teaching.py" />
   <source>Folder for the results</source>
   <translation>Carpeta para los resultados</translation>
  </message>
  <message>
   <location filename="../../ui/form/form.py" />
   <source>Folder that receives the results; it is made if it does not exist</source>
   <translation>Carpeta que recibe los resultados; se crea si no existe</translation>
  </message>
  <message>
   <location filename="../../ui/form/image_section.py" />
   <source>Raster layer to classify</source>
   <translation>Capa ráster que clasificar</translation>
  </message>
  <message>
   <location filename="../../ui/form/image_section.py" />
   <location filename="../../ui/image/raster_facts.py" />
   <source>Open an image file that is not in the project</source>
   <translation>Abrir un archivo de imagen que no está en el proyecto</translation>
  </message>
  <message>
   <location filename="../../ui/form/job_builder.py" />
   <source>No raster layer is chosen. Add an image to the project and choose it.</source>
   <translation>No se ha elegido ninguna capa ráster. Añada una imagen al proyecto y elíjala.</translation>
  </message>
  <message>
   <location filename="../../ui/form/job_builder.py" />
   <source>Layer “{name}” cannot be read. Repair its data source.</source>
   <translation>No se puede leer la capa «{name}». Repare su fuente de datos.</translation>
  </message>
  <message>
   <location filename="../../ui/form/job_builder.py" />
   <source>Layer “{name}” comes from a {kind} service, not from a file. Export it first: right-click the layer ▸ Export ▸ Save As…, choose “Rendered image” and a resolution.</source>
   <translation>La capa «{name}» procede de un servicio {kind}, no de un archivo. Expórtela primero: clic derecho en la capa ▸ Exportar ▸ Guardar como…, elija «Imagen renderizada» y una resolución.</translation>
  </message>
  <message>
   <location filename="../../ui/form/job_builder.py" />
   <source>Layer “{name}” is not a plain file on disk. Export it to a GeoTIFF first.</source>
   <translation>La capa «{name}» no es un archivo normal en disco. Expórtela primero a un GeoTIFF.</translation>
  </message>
  <message>
   <location filename="../../ui/form/job_builder.py" />
   <source>The file of layer “{name}” is not there any more: “{path}”. Put it back, or choose another layer.</source>
   <translation>El archivo de la capa «{name}» ya no está: «{path}». Vuelva a colocarlo o elija otra capa.</translation>
  </message>
  <message>
   <location filename="../../ui/form/job_builder.py" />
   <location filename="../../ui/image/raster_export.py" />
   <source>The chosen area lies outside layer “{name}”.</source>
   <translation>El área elegida queda fuera de la capa «{name}».</translation>
  </message>
  <message>
   <location filename="../../ui/form/job_builder.py" />
   <location filename="../../ui/image/render_layer.py" />
   <source>The chosen area cannot be brought into the layer's coordinates.</source>
   <translation>El área elegida no se puede convertir a las coordenadas de la capa.</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>Model that classifies the image</source>
   <translation>Modelo que clasifica la imagen</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <location filename="../../ui/model_store/models_dialog.py" />
   <location filename="../../ui/processing/teaching.py" />
   <source>Model</source>
   <translation>Modelo</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>What this model is good for: its card</source>
   <translation>Para qué sirve este modelo: su ficha</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>Models…</source>
   <translation>Modelos…</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>All models on this computer: use, import, fine-tune, delete</source>
   <translation>Todos los modelos de este equipo: usar, importar, ajustar, eliminar</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>Time and memory</source>
   <translation>Tiempo y memoria</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>{method} (starter)</source>
   <translation>{method} (modelo inicial)</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>This model is not there, or has no readable card. Choose another one.</source>
   <translation>Este modelo no está o no tiene una ficha legible. Elija otro.</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>{n} classes, made for {m} m per pixel. {sentence}</source>
   <translation>{n} clases, hecho para {m} m por píxel. {sentence}</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>More about it…</source>
   <translation>Más información…</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>Classes, figures, training data, licence and limits of the model</source>
   <translation>Clases, cifras, datos de entrenamiento, licencia y límites del modelo</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Fast</source>
   <translation>Rápido</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>Uses the memory that is free to finish sooner. The map is the same.</source>
   <translation>Usa la memoria libre para acabar antes. El mapa es el mismo.</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Balanced</source>
   <translation>Equilibrado</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>Leaves room for other programs. The map is the same.</source>
   <translation>Deja sitio a otros programas. El mapa es el mismo.</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Low memory</source>
   <translation>Poca memoria</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>Takes the least memory, and more time. The map is the same.</source>
   <translation>Usa la mínima memoria y más tiempo. El mapa es el mismo.</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Write the polygons as {format}</source>
   <translation>Escribir los polígonos como {format}</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source> m²</source>
   <translation> m²</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Keep all</source>
   <translation>Conservar todo</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Smaller patches join the neighbour they share most border with.</source>
   <translation>Las manchas menores se unen al vecino con el que comparten más borde.</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Off</source>
   <translation>No</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Borders are simplified once for both neighbours, so no gaps appear.</source>
   <translation>Los bordes se simplifican una sola vez para ambos vecinos, sin que aparezcan huecos.</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Cut the corners of the borders, once for both neighbours, so no gaps appear.</source>
   <translation>Cortar las esquinas de los bordes, una sola vez para ambos vecinos, sin que aparezcan huecos.</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Round the borders</source>
   <translation>Redondear los bordes</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>A layer, or a file, for each class instead of one for all</source>
   <translation>Una capa, o un archivo, para cada clase en vez de una para todas</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>One polygon layer per class</source>
   <translation>Una capa de polígonos por clase</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Smallest patch</source>
   <translation>Mancha mínima</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Simplify borders</source>
   <translation>Simplificar los bordes</translation>
  </message>
  <message>
   <location filename="../../ui/image/image_sources.py" />
   <source>Image to classify</source>
   <translation>Imagen que clasificar</translation>
  </message>
  <message>
   <location filename="../../ui/image/image_sources.py" />
   <source>Rendering …</source>
   <translation>Renderizando …</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>Layer “{name}” comes from a {kind} source, not from a file. Give the area and the ground resolution (metres per pixel) to render it with, or export it to a GeoTIFF first.</source>
   <translation>La capa «{name}» procede de una fuente {kind}, no de un archivo. Indique el área y la resolución del terreno (metros por píxel) para renderizarla, o expórtela primero a un GeoTIFF.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>Layer “{name}” has no CRS, so its ground resolution is unknown. Set one.</source>
   <translation>La capa «{name}» no tiene SRC, así que se desconoce su resolución del terreno. Asigne uno.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>At {m} m per pixel the area is {width} × {height} pixels; at most {most} million can be rendered. Choose a smaller area or a coarser resolution, or get the image as a file.</source>
   <translation>A {m} m por píxel el área tiene {width} × {height} píxeles; se pueden renderizar como máximo {most} millones. Elija un área menor o una resolución más gruesa, o consiga la imagen como archivo.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <location filename="../../ui/results/export.py" />
   <source>Cannot write '{path}': {reason}.</source>
   <translation>No se puede escribir «{path}»: {reason}.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <location filename="../../ui/process/engine_client.py" />
   <location filename="../../ui/process/task.py" />
   <location filename="../../ui/runs/run_controller.py" />
   <source>The run was cancelled.</source>
   <translation>La ejecución se canceló.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>Layer “{name}” shows nothing in the chosen area at {m} m per pixel. Look at the area in the map, or choose a resolution the source offers.</source>
   <translation>La capa «{name}» no muestra nada en el área elegida a {m} m por píxel. Mire el área en el mapa o elija una resolución que la fuente ofrezca.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>it gave no picture</source>
   <translation>no devolvió ninguna imagen</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>Layer “{name}” could not be rendered: {reason}. Check the connection and try again.</source>
   <translation>No se pudo renderizar la capa «{name}»: {reason}. Compruebe la conexión e inténtelo de nuevo.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>Render {name}</source>
   <translation>Renderizar {name}</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>The ground resolution cannot be measured in layer “{name}”.</source>
   <translation>No se puede medir la resolución del terreno en la capa «{name}».</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Add an image to the project, open a file, or try a sample.</source>
   <translation>Añada una imagen al proyecto, abra un archivo o pruebe un ejemplo.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Open an image…</source>
   <translation>Abrir una imagen…</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Adds an aerial photograph that comes with the plugin</source>
   <translation>Añade una fotografía aérea que viene con el complemento</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Try with a sample scene</source>
   <translation>Probar con una escena de ejemplo</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>This layer comes from a {kind} source, not from a file. “Make a file of it” takes what the map shows, or the rectangle under “Area”, at the model's resolution.</source>
   <translation>Esta capa procede de una fuente {kind}, no de un archivo. «Crear un archivo» toma lo que muestra el mapa, o el rectángulo de «Área», con la resolución del modelo.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Renders the layer to a GeoTIFF and chooses that</source>
   <translation>Renderiza la capa a un GeoTIFF y lo elige</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Make a file of it</source>
   <translation>Crear un archivo</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>1 band</source>
   <translation>1 banda</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>{n} bands</source>
   <translation>{n} bandas</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>{m} m per pixel</source>
   <translation>{m} m por píxel</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>nodata value set</source>
   <translation>valor nodata definido</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>The image has one band and no colour palette; the model needs {needed} (red, green, blue). Choose an image in colour.</source>
   <translation>La imagen tiene una banda y ninguna paleta de color; el modelo necesita {needed} (rojo, verde, azul). Elija una imagen en color.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Use it as grey</source>
   <translation>Usarla como gris</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Gives the model the one band as red, green and blue</source>
   <translation>Da al modelo la única banda como rojo, verde y azul</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>The raster has {found} bands; the model needs {needed} (red, green, blue).</source>
   <translation>El ráster tiene {found} bandas; el modelo necesita {needed} (rojo, verde, azul).</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Say which band the model gets as red, green and blue</source>
   <translation>Indicar qué banda recibe el modelo como rojo, verde y azul</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>No CRS: areas are counted in pixels, and the pixel size is taken to be the model's.</source>
   <translation>Sin SRC: las superficies se cuentan en píxeles y se supone el tamaño de píxel del modelo.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Set the CRS…</source>
   <translation>Definir el SRC…</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Say which coordinate reference system the layer has</source>
   <translation>Indicar el sistema de coordenadas de la capa</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Give the pixel size</source>
   <translation>Indicar el tamaño de píxel</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Say how many metres a pixel has on the ground</source>
   <translation>Indicar cuántos metros mide un píxel en el terreno</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>8-bit</source>
   <translation>8 bits</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Not 8-bit: the values are stretched once, the same for the whole raster.</source>
   <translation>No es de 8 bits: los valores se estiran una vez, igual para todo el ráster.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Pixels of {raster} m are coarser than the model's {model} m: expect a poor map.</source>
   <translation>Los píxeles de {raster} m son más gruesos que los {model} m del modelo: espere un mapa deficiente.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Another model…</source>
   <translation>Otro modelo…</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Look for a model that was made for such pixels</source>
   <translation>Buscar un modelo hecho para píxeles así</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Pixels of {raster} m are finer than the model's {model} m: detail below that is not used.</source>
   <translation>Los píxeles de {raster} m son más finos que los {model} m del modelo: el detalle por debajo no se usa.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>16-bit</source>
   <translation>16 bits</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>16-bit signed</source>
   <translation>16 bits con signo</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>32-bit</source>
   <translation>32 bits</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>32-bit signed</source>
   <translation>32 bits con signo</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>32-bit float</source>
   <translation>32 bits de coma flotante</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>64-bit float</source>
   <translation>64 bits de coma flotante</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>other type</source>
   <translation>otro tipo</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Model card: {title}</source>
   <translation>Ficha del modelo: {title}</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <location filename="../../ui/teach/class_list.py" />
   <source>Classes</source>
   <translation>Clases</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>What it is not good for</source>
   <translation>Para qué no sirve</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Measured</source>
   <translation>Medido</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Scenes named “test” were held out from training.</source>
   <translation>Las escenas llamadas «test» se excluyeron del entrenamiento.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Trained on</source>
   <translation>Entrenado con</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Licence</source>
   <translation>Licencia</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>For trying out: it was trained on few places.</source>
   <translation>Para probar: se entrenó en pocos lugares.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Weak in: {names}.</source>
   <translation>Débil en: {names}.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Hardly learnt, do not rely on: {names}.</source>
   <translation>Apenas aprendidas, no se fíe de ellas: {names}.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Needs {n} bands. Made for {m} m per pixel.</source>
   <translation>Necesita {n} bandas. Hecho para {m} m por píxel.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Scenes</source>
   <translation>Escenas</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Mean IoU</source>
   <translation>IoU media</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Right pixels</source>
   <translation>Píxeles correctos</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>IoU of each class</source>
   <translation>IoU de cada clase</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Import a published checkpoint</source>
   <translation>Importar un checkpoint publicado</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>The downloaded file (.pth)</source>
   <translation>El archivo descargado (.pth)</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>The downloaded file of the global stage (.pth)</source>
   <translation>El archivo descargado de la etapa global (.pth)</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Import</source>
   <translation>Importar</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Convert the files and add the model</source>
   <translation>Convertir los archivos y añadir el modelo</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>A file is missing. The guide above says where its authors offer it.</source>
   <translation>Falta un archivo. La guía de arriba dice dónde lo ofrecen sus autores.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>There is no file '{path}'.</source>
   <translation>No existe el archivo «{path}».</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Imported as '{path}'.</source>
   <translation>Importado como «{path}».</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>'{path}' cannot be written: {reason}.</source>
   <translation>No se puede escribir «{path}»: {reason}.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <location filename="../../ui/runs/running_page.py" />
   <location filename="../../ui/setup/install_form.py" />
   <source>Cancel</source>
   <translation>Cancelar</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Close</source>
   <translation>Cerrar</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Which network the files belong to; of PPN none were published</source>
   <translation>A qué red pertenecen los archivos; de PPN no se publicó ninguno</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Both directions (two files, the most thorough)</source>
   <translation>Ambas direcciones (dos archivos, la más minuciosa)</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Global to local (one file)</source>
   <translation>De global a local (un archivo)</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Global branch alone (one file, the fastest)</source>
   <translation>Solo la rama global (un archivo, la más rápida)</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Which of GLNet's three stages to make</source>
   <translation>Cuál de las tres etapas de GLNet crear</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Name of the file in the folder of models</source>
   <translation>Nombre del archivo en la carpeta de modelos</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>&amp;Network</source>
   <translation>&amp;Red</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>&amp;Stage</source>
   <translation>&amp;Etapa</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>&amp;File</source>
   <translation>&amp;Archivo</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>&amp;Global stage</source>
   <translation>Etapa &amp;global</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>N&amp;ame</source>
   <translation>N&amp;ombre</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Published checkpoints</source>
   <translation>Checkpoints publicados</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>All files</source>
   <translation>Todos los archivos</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>GLNet's authors link their files from the README of {code} (the same as {page}). Download {files}, then name them here.</source>
   <translation>Los autores de GLNet enlazan sus archivos en el README de {code} (el mismo que {page}). Descargue {files} e indíquelos aquí.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>ISDNet's authors link their DeepGlobe file from the README of {page}. Download it, then name it here.</source>
   <translation>Los autores de ISDNet enlazan su archivo de DeepGlobe en el README de {page}. Descárguelo e indíquelo aquí.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>The files were trained on DeepGlobe, whose data are for research only: mind that, and the authors' licence. They are opened as data; nothing in them is run.</source>
   <translation>Los archivos se entrenaron con DeepGlobe, cuyos datos son solo para investigación: téngalo en cuenta, igual que la licencia de los autores. Se abren como datos; nada de ellos se ejecuta.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/info.py" />
   <source>The fastest.</source>
   <translation>El más rápido.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/info.py" />
   <source>The most thorough, and the slowest.</source>
   <translation>El más minucioso, y el más lento.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/info.py" />
   <source>Refines only where it is worth it: in between.</source>
   <translation>Solo refina donde merece la pena: intermedio.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Models</source>
   <translation>Modelos</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>&amp;Use</source>
   <translation>&amp;Usar</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Classify with this model</source>
   <translation>Clasificar con este modelo</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>&amp;Fine-tune…</source>
   <translation>A&amp;justar…</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Go on training this model on your own images</source>
   <translation>Seguir entrenando este modelo con sus propias imágenes</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>S&amp;how in folder</source>
   <translation>Mostrar en la &amp;carpeta</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Open the folder of this model</source>
   <translation>Abrir la carpeta de este modelo</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>&amp;Delete…</source>
   <translation>&amp;Eliminar…</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Delete the file of this model</source>
   <translation>Eliminar el archivo de este modelo</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>&amp;Import…</source>
   <translation>&amp;Importar…</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Convert a checkpoint that its authors published (GLNet, ISDNet)</source>
   <translation>Convertir un checkpoint publicado por sus autores (GLNet, ISDNet)</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>&amp;Add file…</source>
   <translation>&amp;Añadir archivo…</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Add a checkpoint of this plugin</source>
   <translation>Añadir un checkpoint de este complemento</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>“{name}” was deleted.</source>
   <translation>«{name}» se eliminó.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>This file has no readable model card: it is damaged or no checkpoint.</source>
   <translation>Este archivo no tiene una ficha de modelo legible: está dañado o no es un checkpoint.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>There are no models. Import or add one.</source>
   <translation>No hay modelos. Importe o añada uno.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Checkpoints</source>
   <translation>Checkpoints</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Add a checkpoint</source>
   <translation>Añadir un checkpoint</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Delete model</source>
   <translation>Eliminar modelo</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Delete “{name}”? Its file is removed from this computer.</source>
   <translation>¿Eliminar «{name}»? Su archivo se quitará de este equipo.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>The toolbox does not offer “Fine-tune a checkpoint”.</source>
   <translation>La caja de herramientas no ofrece «Ajustar un checkpoint».</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Method</source>
   <translation>Método</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Models on this computer</source>
   <translation>Modelos en este equipo</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Card of the chosen model</source>
   <translation>Ficha del modelo elegido</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Starters, for trying out</source>
   <translation>Modelos iniciales, para probar</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Imported</source>
   <translation>Importados</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Trained or added by you</source>
   <translation>Entrenados o añadidos por usted</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>File: {path} ({size} MB)</source>
   <translation>Archivo: {path} ({size} MB)</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/store.py" />
   <source>'{path}' is no checkpoint of this plugin: it has no model card. Choose a .safetensors file that was trained or imported here; a public .pth file is imported instead.</source>
   <translation>«{path}» no es un checkpoint de este complemento: no tiene ficha de modelo. Elija un archivo .safetensors entrenado o importado aquí; un archivo .pth público se importa.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/store.py" />
   <source>'{path}' cannot be copied to the models: {reason}.</source>
   <translation>No se puede copiar «{path}» a los modelos: {reason}.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/store.py" />
   <source>“{name}” belongs to the plugin and stays.</source>
   <translation>«{name}» pertenece al complemento y se queda.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/store.py" />
   <source>'{path}' cannot be deleted: {reason}.</source>
   <translation>No se puede eliminar «{path}»: {reason}.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/store.py" />
   <source>Add {name}</source>
   <translation>Añadir {name}</translation>
  </message>
  <message>
   <location filename="../../ui/process/engine_client.py" />
   <source>The engine's Python '{python}' could not be started. Choose another interpreter.</source>
   <translation>No se pudo iniciar el Python del motor «{python}». Elija otro intérprete.</translation>
  </message>
  <message>
   <location filename="../../ui/process/engine_client.py" />
   <source>The engine was ended by the system (signal or crash {code}).</source>
   <translation>El sistema terminó el motor (señal o fallo {code}).</translation>
  </message>
  <message>
   <location filename="../../ui/process/engine_client.py" />
   <source>The engine ended with status {code} and gave no result.</source>
   <translation>El motor terminó con el estado {code} y sin resultado.</translation>
  </message>
  <message>
   <location filename="../../ui/process/engine_finder.py" />
   <source>No Python for the engine was found.</source>
   <translation>No se encontró ningún Python para el motor.</translation>
  </message>
  <message>
   <location filename="../../ui/process/engine_finder.py" />
   <source>Click “Set up the engine …” in the Land Cover panel.</source>
   <translation>Pulse «Instalar el motor …» en el panel Cobertura del suelo.</translation>
  </message>
  <message>
   <location filename="../../ui/process/engine_finder.py" />
   <location filename="../../ui/setup/install_plan.py" />
   <source>{path} is Python {found}; the engine needs {needed} or newer.</source>
   <translation>{path} es Python {found}; el motor necesita {needed} o posterior.</translation>
  </message>
  <message>
   <location filename="../../ui/process/engine_finder.py" />
   <source>{path} lacks {names}.</source>
   <translation>A {path} le faltan {names}.</translation>
  </message>
  <message>
   <location filename="../../ui/process/task.py" />
   <source>Segment {name}</source>
   <translation>Segmentar {name}</translation>
  </message>
  <message>
   <location filename="../../ui/process/task.py" />
   <source>Look at the land-cover engine</source>
   <translation>Examinar el motor de cobertura del suelo</translation>
  </message>
  <message>
   <location filename="../../ui/process/task.py" />
   <source>Test the land-cover engine</source>
   <translation>Probar el motor de cobertura del suelo</translation>
  </message>
  <message>
   <location filename="../../ui/process/task.py" />
   <source>'{path}' gave no answer.</source>
   <translation>«{path}» no respondió.</translation>
  </message>
  <message>
   <location filename="../../ui/process/task.py" />
   <location filename="../../ui/setup/install_task.py" />
   <source>'{path}' is not a Python.</source>
   <translation>«{path}» no es un Python.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/base.py" />
   <source>The polygons cannot be read. Choose a polygon layer or file.</source>
   <translation>No se pueden leer los polígonos. Elija una capa o un archivo de polígonos.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/base.py" />
   <source>Device: auto, cpu, cuda or cuda:N</source>
   <translation>Dispositivo: auto, cpu, cuda o cuda:N</translation>
  </message>
  <message>
   <location filename="../../ui/processing/base.py" />
   <source>Engine: {python}, command {command}</source>
   <translation>Motor: {python}, orden {command}</translation>
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
   <translation>Ajustar un checkpoint</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>training,fine-tune,transfer learning,adapt,checkpoint</source>
   <translation>entrenamiento,ajuste fino,transferencia,adaptar,checkpoint,fine-tune</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Goes on training a checkpoint on your own images, so that it knows your area and your classes. The data is a folder of samples (“Make training samples”) or of images and masks.

Scenes are held out by group, never by crop: a pattern says which part of a file name is the group, e.g. tile(\d+)_, and the groups to hold out are listed, separated by blanks. With other classes than the checkpoint's give a legend; their part of the network starts afresh.

The log says after the first step how long it will take. On a processor without a graphics card a step of four samples takes some seconds, so set a time limit: stopped by it or by you, what was trained so far is a model. Use it, or run again with the same folder to go on, also with more steps.</source>
   <translation>Sigue entrenando un checkpoint con sus propias imágenes, para que conozca su zona y sus clases. Los datos son una carpeta de muestras («Crear muestras de entrenamiento») o de imágenes y máscaras.

Las escenas se excluyen por grupo, nunca por recorte: un patrón dice qué parte del nombre del archivo es el grupo, p. ej. tile(\d+)_, y los grupos excluidos se enumeran separados por espacios. Con otras clases que las del checkpoint, indique una leyenda; su parte de la red empieza de cero.

Tras el primer paso, el registro dice cuánto tardará. En un procesador sin tarjeta gráfica, un paso de cuatro muestras tarda unos segundos; ponga, pues, un límite de tiempo: si este o usted detienen el entrenamiento, lo aprendido hasta entonces es un modelo. Úselo o ejecute de nuevo con la misma carpeta para continuar, también con más pasos.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Folder of samples, or of images and masks</source>
   <translation>Carpeta de muestras, o de imágenes y máscaras</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Steps</source>
   <translation>Pasos</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Name (empty: that of the folder)</source>
   <translation>Nombre (vacío: el de la carpeta)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Legend of other classes (JSON)</source>
   <translation>Leyenda de otras clases (JSON)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Pattern of a scene's group</source>
   <translation>Patrón del grupo de una escena</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Groups held out to follow it</source>
   <translation>Grupos excluidos para el seguimiento</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Groups held out for the card</source>
   <translation>Grupos excluidos para la ficha</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Samples at a time</source>
   <translation>Muestras a la vez</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Learning rate</source>
   <translation>Tasa de aprendizaje</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Licence of the new weights</source>
   <translation>Licencia de los nuevos pesos</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <location filename="../../ui/processing/training.py" />
   <source>Folder for the training</source>
   <translation>Carpeta para el entrenamiento</translation>
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
   <translation>Medir un checkpoint con máscaras</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>accuracy,validation,confusion matrix,IoU,F1,checkpoint</source>
   <translation>exactitud,validación,matriz de confusión,IoU,F1,checkpoint</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Maps every image of a folder that also has a mask and compares: confusion matrix, intersection over union (IoU) and F1 of each class, accuracy. The figures are written as JSON, and as a table (.md) beside it.

Measure on scenes that the checkpoint was not trained on: name their groups, separated by blanks.</source>
   <translation>Cartografía cada imagen de una carpeta que también tenga máscara y compara: matriz de confusión, intersección sobre unión (IoU) y F1 de cada clase, exactitud. Las cifras se escriben como JSON y, al lado, como tabla (.md).

Mida con escenas con las que no se entrenó el checkpoint: nombre sus grupos, separados por espacios.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <location filename="../../ui/processing/training.py" />
   <source>Folder of images and masks</source>
   <translation>Carpeta de imágenes y máscaras</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Pattern of a scene's group, e.g. tile(\d+)_</source>
   <translation>Patrón del grupo de una escena, p. ej. tile(\d+)_</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Groups to measure (empty: all)</source>
   <translation>Grupos que medir (vacío: todos)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Name of the folder of images</source>
   <translation>Nombre de la carpeta de imágenes</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Name of the folder of masks</source>
   <translation>Nombre de la carpeta de máscaras</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Leave pixels of the unknown class out</source>
   <translation>Omitir los píxeles de la clase desconocida</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Figures</source>
   <translation>Cifras</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Table (Markdown)</source>
   <translation>Tabla (Markdown)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Mean IoU of the classes that occur</source>
   <translation>IoU media de las clases presentes</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Mean F1 of the classes that occur</source>
   <translation>F1 medio de las clases presentes</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Accuracy</source>
   <translation>Exactitud</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Scenes measured</source>
   <translation>Escenas medidas</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>The figures were not written to '{path}'.</source>
   <translation>Las cifras no se escribieron en «{path}».</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Preset</source>
   <translation>Preajuste</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Trades speed for memory. The map is the same.</source>
   <translation>Cambia velocidad por memoria. El mapa es el mismo.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>File formats of the polygons; none for no polygons.</source>
   <translation>Formatos de archivo de los polígonos; ninguno para no crear polígonos.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Red band</source>
   <translation>Banda roja</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Green band</source>
   <translation>Banda verde</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Blue band</source>
   <translation>Banda azul</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Empty: the bands that say they are red, green and blue, else the first three.</source>
   <translation>Vacío: las bandas que dicen ser roja, verde y azul; si no, las tres primeras.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Area (rectangle)</source>
   <translation>Área (rectángulo)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Empty: the whole image.</source>
   <translation>Vacío: la imagen completa.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Area (polygons)</source>
   <translation>Área (polígonos)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Only what lies inside is classified; with a rectangle, what lies in both.</source>
   <translation>Solo se clasifica lo que queda dentro; con un rectángulo, lo que queda en ambos.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Checkpoint (empty: the starter of the method)</source>
   <translation>Checkpoint (vacío: el modelo inicial del método)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Size of a pixel on the ground (m)</source>
   <translation>Tamaño de un píxel en el terreno (m)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>For images that do not tell it themselves; 0 takes it from the image.</source>
   <translation>Para imágenes que no la indican; 0 la toma de la imagen.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Also write the confidence (raster)</source>
   <translation>Escribir también la confianza (ráster)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>The probability of the class that was chosen, in per cent.</source>
   <translation>La probabilidad de la clase elegida, en por ciento.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Also write the probabilities of all classes (raster)</source>
   <translation>Escribir también las probabilidades de todas las clases (ráster)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Also write a report (HTML)</source>
   <translation>Escribir también un informe (HTML)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <location filename="../../ui/processing/maps.py" />
   <source>One polygon layer for each class</source>
   <translation>Una capa de polígonos para cada clase</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Also write the patches that PPN refined</source>
   <translation>Escribir también los recortes refinados por PPN</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Replace results of that name</source>
   <translation>Sustituir los resultados con ese nombre</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Add the results to the project</source>
   <translation>Añadir los resultados al proyecto</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Name of the results</source>
   <translation>Nombre de los resultados</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Empty: the name of the image and “_landcover”.</source>
   <translation>Vacío: el nombre de la imagen y «_landcover».</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Choose the bands for red, green and blue, or none of them to have them found.</source>
   <translation>Elija las bandas para rojo, verde y azul, o ninguna para que se encuentren.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Smaller patches join the neighbour they share most border with; 0 keeps all.</source>
   <translation>Las manchas menores se unen al vecino con el que comparten más borde; 0 las conserva todas.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Smallest patch (m²)</source>
   <translation>Mancha mínima (m²)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Borders are simplified once for both neighbours, so no gaps appear; 0 keeps the borders of the pixels.</source>
   <translation>Los bordes se simplifican una sola vez para ambos vecinos, sin que aparezcan huecos; 0 conserva los bordes de los píxeles.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Simplify borders by (m)</source>
   <translation>Simplificar los bordes en (m)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Rounds the simplified borders, once for both neighbours.</source>
   <translation>Redondea los bordes simplificados, una sola vez para ambos vecinos.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>The checkpoint is for {found}, the method is {wanted}. Choose {found} or another checkpoint.</source>
   <translation>El checkpoint es para {found}, el método es {wanted}. Elija {found} u otro checkpoint.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Legend (JSON; empty: what the raster says)</source>
   <translation>Leyenda (JSON; vacío: lo que dice el ráster)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>“{name}” has {n} bands; a class raster has one. Choose a land-cover raster.</source>
   <translation>«{name}» tiene {n} bandas; un ráster de clases tiene una. Elija un ráster de cobertura del suelo.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Make polygons from a class raster</source>
   <translation>Crear polígonos de un ráster de clases</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>vectorize,polygonize,polygons,coverage,simplify,smooth,minimum mapping unit,land cover</source>
   <translation>vectorizar,polígonos,cobertura,simplificar,suavizar,unidad mínima cartografiable,cobertura del suelo</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Makes polygons from a class raster of any size. Neighbours share their borders: they are simplified once for both sides, so neither gaps nor overlaps appear. Patches below the smallest size join the neighbour they share most border with.

The ending of the output decides the format: GeoPackage (gpkg), Shapefile (shp), GeoJSON (geojson) or FlatGeobuf (fgb). One layer for each class needs a GeoPackage.</source>
   <translation>Crea polígonos de un ráster de clases de cualquier tamaño. Los vecinos comparten sus bordes: se simplifican una sola vez para ambos lados, sin huecos ni solapes. Las manchas por debajo del tamaño mínimo se unen al vecino con el que comparten más borde.

La extensión de la salida decide el formato: GeoPackage (gpkg), Shapefile (shp), GeoJSON (geojson) o FlatGeobuf (fgb). Una capa para cada clase necesita un GeoPackage.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Confidence raster, for its mean per polygon</source>
   <translation>Ráster de confianza, para la media por polígono</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Polygons cannot be written as '{ending}'. Choose one of {known}.</source>
   <translation>Los polígonos no se pueden escribir como «{ending}». Elija uno de {known}.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Only a GeoPackage (.gpkg) holds a layer for each class. Choose it as the output.</source>
   <translation>Solo un GeoPackage (.gpkg) admite una capa para cada clase. Elíjalo como salida.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Measure areas of classes</source>
   <translation>Medir las superficies de las clases</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>area,hectares,statistics,zonal,zones,table,CSV,land cover</source>
   <translation>superficie,hectáreas,estadísticas,zonal,zonas,tabla,CSV,cobertura del suelo</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Measures how much ground each class of a class raster covers and writes a table (CSV). Areas are measured on the ellipsoid, so they are right in degrees and in web maps too.

With polygons of an area only what lies inside counts; pixels on its border count in part. With zones the table has one row for each zone and class. Zones may overlap; the total then counts ground twice.</source>
   <translation>Mide cuánto terreno cubre cada clase de un ráster de clases y escribe una tabla (CSV). Las superficies se miden sobre el elipsoide, así que también son correctas en grados y en mapas web.

Con polígonos de un área solo cuenta lo que queda dentro; los píxeles de su borde cuentan en parte. Con zonas, la tabla tiene una fila para cada zona y clase. Las zonas pueden solaparse; el total cuenta entonces el terreno dos veces.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Only within</source>
   <translation>Solo dentro de</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Zones</source>
   <translation>Zonas</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Name of a zone</source>
   <translation>Nombre de una zona</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Areas</source>
   <translation>Superficies</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Table</source>
   <translation>Tabla</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Add the table to the project</source>
   <translation>Añadir la tabla al proyecto</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Areas as a table</source>
   <translation>Superficies como tabla</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Area of all classes (m²)</source>
   <translation>Superficie de todas las clases (m²)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>A field names zones, but no zones are chosen. Choose a polygon layer of zones.</source>
   <translation>Un campo nombra zonas, pero no se eligió ninguna. Elija una capa de polígonos de zonas.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Segment raster into land cover</source>
   <translation>Segmentar un ráster en cobertura del suelo</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>classification,segmentation,land cover,deep learning,neural network,polygonize</source>
   <translation>clasificación,segmentación,cobertura del suelo,aprendizaje profundo,red neuronal,vectorizar</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Classifies a raster of any size into land cover with a deep network made for ultra-high-resolution images, and writes a classified GeoTIFF, polygons, the area of each class (CSV) and the recipe of the run into a folder.

The preset trades speed for memory; the map is the same. Patches below the smallest size join the neighbour they share most border with; borders are simplified once for both neighbours, so the polygons keep covering the ground without gaps.

An image that is no file (WMS, XYZ tiles, memory) is rendered first: give a rectangle and the ground resolution to render it with. Mind the terms of the service.

A run that was cancelled or broke off is resumed where it stopped when it is started again with the same parameters and folder.

The starter checkpoints are for trying out.</source>
   <translation>Clasifica un ráster de cualquier tamaño en cobertura del suelo con una red profunda hecha para imágenes de ultra alta resolución, y escribe en una carpeta un GeoTIFF clasificado, polígonos, la superficie de cada clase (CSV) y la receta de la ejecución.

El preajuste cambia velocidad por memoria; el mapa es el mismo. Las manchas por debajo del tamaño mínimo se unen al vecino con el que comparten más borde; los bordes se simplifican una sola vez para ambos vecinos, así que los polígonos siguen cubriendo el terreno sin huecos.

Una imagen que no es un archivo (WMS, teselas XYZ, memoria) se renderiza primero: indique un rectángulo y la resolución del terreno. Respete las condiciones del servicio.

Una ejecución cancelada o interrumpida se reanuda donde se detuvo cuando se inicia de nuevo con los mismos parámetros y carpeta.

Los modelos iniciales son para probar.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Ground resolution to render with (m per pixel)</source>
   <translation>Resolución del terreno para renderizar (m por píxel)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>For images that are no files: WMS, XYZ tiles, memory. They need a rectangle, too.</source>
   <translation>Para imágenes que no son archivos: WMS, teselas XYZ, memoria. También necesitan un rectángulo.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Begin anew where an interrupted run could be resumed</source>
   <translation>Empezar de nuevo donde se podría reanudar una ejecución interrumpida</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <location filename="../../ui/processing/teaching.py" />
   <source>Land cover (raster)</source>
   <translation>Cobertura del suelo (ráster)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <location filename="../../ui/processing/teaching.py" />
   <source>Land cover (polygons)</source>
   <translation>Cobertura del suelo (polígonos)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Areas (CSV)</source>
   <translation>Superficies (CSV)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <location filename="../../ui/processing/training.py" />
   <source>Recipe</source>
   <translation>Receta</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <location filename="../../ui/results/results.py" />
   <source>Report</source>
   <translation>Informe</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Tiles classified</source>
   <translation>Teselas clasificadas</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Seconds taken</source>
   <translation>Segundos empleados</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Number of warnings</source>
   <translation>Número de advertencias</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>No output folder is chosen. Choose the folder that shall receive the results.</source>
   <translation>No se ha elegido carpeta de salida. Elija la carpeta que recibirá los resultados.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Rendering the image</source>
   <translation>Renderizando la imagen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>'{path}' was rendered before and is used again.</source>
   <translation>«{path}» ya se renderizó y se vuelve a usar.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>'{path}' exists. Choose another name or folder, or allow results to be replaced.</source>
   <translation>«{path}» ya existe. Elija otro nombre o carpeta, o permita sustituir los resultados.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Estimate memory, time and disk of a run</source>
   <translation>Estimar memoria, tiempo y disco de una ejecución</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>plan,memory,time,disk,tiles,land cover</source>
   <translation>plan,memoria,tiempo,disco,teselas,cobertura del suelo</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Says what “Segment raster into land cover” would need with the same parameters: memory of computer and graphics card, disk space, tiles, and the time where this computer has run the model before. Nothing is classified and nothing is written.</source>
   <translation>Dice lo que necesitaría «Segmentar un ráster en cobertura del suelo» con los mismos parámetros: memoria del equipo y de la tarjeta gráfica, disco, teselas y el tiempo si este equipo ya ejecutó el modelo. No se clasifica ni se escribe nada.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Memory (bytes)</source>
   <translation>Memoria (bytes)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Memory of the graphics card (bytes)</source>
   <translation>Memoria de la tarjeta gráfica (bytes)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Disk space (bytes)</source>
   <translation>Espacio en disco (bytes)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Seconds; none where they are not known</source>
   <translation>Segundos; ninguno si no se conocen</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Tiles</source>
   <translation>Teselas</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>In words</source>
   <translation>En palabras</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <location filename="../../ui/teach/class_list.py" />
   <location filename="../../ui/teach/example_layer.py" />
   <source>Examples</source>
   <translation>Ejemplos</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Field of the class (empty: found)</source>
   <translation>Campo de la clase (vacío: se busca)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Take classes to be equally common</source>
   <translation>Suponer las clases igual de frecuentes</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Unclassified below this probability</source>
   <translation>Sin clasificar por debajo de esta probabilidad</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Teach a model from examples</source>
   <translation>Enseñar un modelo con ejemplos</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>teach,examples,training,supervised,classification,land cover</source>
   <translation>enseñar,ejemplos,entrenamiento,supervisada,clasificación,cobertura del suelo</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Makes a model from a few points, lines or polygons drawn on an image, without a graphics card. The class is read from class_id, class_name, from the fields of the Semi-Automatic Classification Plugin or of ArcGIS, or from the field that you name.

The log says how many examples are recognised when they are left out. That is not the accuracy of a map.</source>
   <translation>Hace un modelo con unos puntos, líneas o polígonos dibujados sobre una imagen, sin tarjeta gráfica. La clase se lee de class_id, class_name, de los campos del Semi-Automatic Classification Plugin o de ArcGIS, o del campo que usted indique.

El registro dice cuántos ejemplos se reconocen cuando se dejan fuera. Eso no es la exactitud de un mapa.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Examples that were left out once</source>
   <translation>Ejemplos que se dejaron fuera una vez</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Of these recognised</source>
   <translation>De ellos reconocidos</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Map an image from examples</source>
   <translation>Cartografiar una imagen con ejemplos</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Makes a model from a few points, lines or polygons drawn on an image and maps the whole image with it: a classified GeoTIFF, polygons, the area of each class and the model, in a folder.</source>
   <translation>Hace un modelo con unos puntos, líneas o polígonos dibujados sobre una imagen y cartografía con él toda la imagen: un GeoTIFF clasificado, polígonos, la superficie de cada clase y el modelo, en una carpeta.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Replace results of the same name</source>
   <translation>Sustituir resultados del mismo nombre</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Starter of {method}</source>
   <translation>Modelo inicial de {method}</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Checkpoint that ships with the plugin</source>
   <translation>Checkpoint incluido en el complemento</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Other checkpoint, in its place</source>
   <translation>Otro checkpoint en su lugar</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>There is no checkpoint '{path}'. Choose a .safetensors file.</source>
   <translation>No existe el checkpoint «{path}». Elija un archivo .safetensors.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Stop after minutes (0: when done)</source>
   <translation>Detener tras minutos (0: al terminar)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Processor threads (0: all)</source>
   <translation>Hilos del procesador (0: todos)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Begin anew where the folder holds a training</source>
   <translation>Empezar de nuevo si la carpeta ya tiene un entrenamiento</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Add it to the models of the panel</source>
   <translation>Añadirlo a los modelos del panel</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>A quote is not closed in '{text}'.</source>
   <translation>Hay una comilla sin cerrar en «{text}».</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>There is no folder '{path}'.</source>
   <translation>No existe la carpeta «{path}».</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>tick “Begin anew where the folder holds a training”</source>
   <translation>marque «Empezar de nuevo si la carpeta ya tiene un entrenamiento»</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Added to the models as '{path}'.</source>
   <translation>Añadido a los modelos como «{path}».</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Make training samples</source>
   <translation>Crear muestras de entrenamiento</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>training,samples,chips,labels,digitised,mask</source>
   <translation>entrenamiento,muestras,recortes,etiquetas,digitalizado,máscara</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Cuts an image and its land cover into samples for “Fine-tune a checkpoint”. The land cover is a polygon layer whose field class_id or class_name (or the field you choose) says the class, or a raster of class ids or of the legend's colours. What nobody digitised is left out.

Run it for several images in batch, each into a folder of its own.</source>
   <translation>Corta una imagen y su cobertura del suelo en muestras para «Ajustar un checkpoint». La cobertura del suelo es una capa de polígonos cuyo campo class_id o class_name (o el que usted elija) dice la clase, o un ráster de números de clase o de los colores de la leyenda. Lo que nadie digitalizó se omite.

Para varias imágenes ejecútelo por lotes, cada una en su propia carpeta.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Land cover (polygons or raster)</source>
   <translation>Cobertura del suelo (polígonos o ráster)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Field of the class</source>
   <translation>Campo de la clase</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Side of a sample in pixels</source>
   <translation>Lado de una muestra en píxeles</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Ground resolution (m; 0: the image's)</source>
   <translation>Resolución del terreno (m; 0: la de la imagen)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Legend (JSON; empty: DeepGlobe's)</source>
   <translation>Leyenda (JSON; vacío: la de DeepGlobe)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Replace an older folder of samples</source>
   <translation>Sustituir una carpeta de muestras anterior</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Folder for the samples</source>
   <translation>Carpeta para las muestras</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Number of samples</source>
   <translation>Número de muestras</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>The land cover cannot be read. Choose a polygon layer or a raster.</source>
   <translation>No se puede leer la cobertura del suelo. Elija una capa de polígonos o un ráster.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Train a network</source>
   <translation>Entrenar una red</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>training,deep learning,recipe,checkpoint</source>
   <translation>entrenamiento,aprendizaje profundo,receta,checkpoint</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Trains a network from nothing as a recipe (TOML) says. Recipes for GLNet, PPN and ISDNet are in the project's repository. This takes hours on a graphics card and is hardly possible without one; to adapt a checkpoint to your own area take “Fine-tune a checkpoint”.

Stopped by you or by the time limit, what was trained so far is a model: use it, or run again with the same folder to go on.</source>
   <translation>Entrena una red desde cero según una receta (TOML). En el repositorio del proyecto hay recetas para GLNet, PPN e ISDNet. Tarda horas en una tarjeta gráfica y apenas es posible sin ella; para adaptar un checkpoint a su zona use «Ajustar un checkpoint».

Si usted o el límite de tiempo lo detienen, lo aprendido hasta entonces es un modelo: úselo o ejecute de nuevo con la misma carpeta para continuar.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>There is no recipe '{path}'. Choose a .toml file.</source>
   <translation>No existe la receta «{path}». Elija un archivo .toml.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Stopped after {step} of {steps} steps. Run again with the folder “{folder}” to go on.</source>
   <translation>Detenido tras {step} de {steps} pasos. Ejecute de nuevo con la carpeta «{folder}» para continuar.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>What was trained so far is the model “{path}”.</source>
   <translation>Lo aprendido hasta ahora es el modelo «{path}».</translation>
  </message>
  <message>
   <location filename="../../ui/results/export.py" />
   <source>Export {name}</source>
   <translation>Exportar {name}</translation>
  </message>
  <message>
   <location filename="../../ui/results/export.py" />
   <source>The export was cancelled.</source>
   <translation>La exportación se canceló.</translation>
  </message>
  <message>
   <location filename="../../ui/results/export.py" />
   <source>The file could not be written.</source>
   <translation>No se pudo escribir el archivo.</translation>
  </message>
  <message>
   <location filename="../../ui/results/layers.py" />
   <source>Source raster: {path}</source>
   <translation>Ráster de origen: {path}</translation>
  </message>
  <message>
   <location filename="../../ui/results/layers.py" />
   <source>Model: {model}, method {method}</source>
   <translation>Modelo: {model}, método {method}</translation>
  </message>
  <message>
   <location filename="../../ui/results/layers.py" />
   <source>Requested {when}; took {s:.0f} s on {device}</source>
   <translation>Solicitado {when}; tardó {s:.0f} s en {device}</translation>
  </message>
  <message>
   <location filename="../../ui/results/layers.py" />
   <source>Recipe: {path}</source>
   <translation>Receta: {path}</translation>
  </message>
  <message>
   <location filename="../../ui/results/layers.py" />
   <source>Land cover of {raster}, made by UHR Land Cover with {model}.</source>
   <translation>Cobertura del suelo de {raster}, hecha por UHR Land Cover con {model}.</translation>
  </message>
  <message>
   <location filename="../../ui/results/legend_table.py" />
   <source>Surface area</source>
   <translation>Superficie</translation>
  </message>
  <message>
   <location filename="../../ui/results/legend_table.py" />
   <source>Areas of the classes</source>
   <translation>Superficies de las clases</translation>
  </message>
  <message>
   <location filename="../../ui/results/naming.py" />
   <source>Confidence (per cent)</source>
   <translation>Confianza (por ciento)</translation>
  </message>
  <message>
   <location filename="../../ui/results/naming.py" />
   <source>Refined patches</source>
   <translation>Zonas refinadas</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>New map…</source>
   <translation>Nuevo mapa…</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Back to the form</source>
   <translation>Volver al formulario</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Correct…</source>
   <translation>Corregir…</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Edit the polygons in QGIS; names and areas follow</source>
   <translation>Editar los polígonos en QGIS; nombres y superficies se actualizan</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Export…</source>
   <translation>Exportar…</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Save the polygons as a Shapefile, GeoPackage, GeoJSON or FlatGeobuf</source>
   <translation>Guardar los polígonos como Shapefile, GeoPackage, GeoJSON o FlatGeobuf</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Assess…</source>
   <translation>Evaluar…</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Draw a sample, label it, read accuracy and areas</source>
   <translation>Extraer una muestra, etiquetarla, leer exactitud y superficies</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Areas (CSV)…</source>
   <translation>Superficies (CSV)…</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Save the table of areas</source>
   <translation>Guardar la tabla de superficies</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Read the report in the browser</source>
   <translation>Leer el informe en el navegador</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Show the files of this run</source>
   <translation>Mostrar los archivos de esta ejecución</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Colours of the classes on the map</source>
   <translation>Colores de las clases en el mapa</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Colours</source>
   <translation>Colores</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Muted</source>
   <translation>Suaves</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Colour-blind safe</source>
   <translation>Para daltónicos</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>As in the legend</source>
   <translation>Como la leyenda</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>How much of the image below the map lets through</source>
   <translation>Cuánto deja ver el mapa de la imagen de debajo</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Opacity</source>
   <translation>Opacidad</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>For print</source>
   <translation>Para imprimir</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Opaque, in just the colours of the legend: for layouts and export</source>
   <translation>Opaco, con los colores exactos de la leyenda: para composiciones y exportación</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>For the screen</source>
   <translation>Para la pantalla</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Make the polygons again</source>
   <translation>Rehacer los polígonos</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Make new polygons of the finished class raster; the map is not computed again</source>
   <translation>Crear polígonos nuevos del ráster de clases terminado; el mapa no se recalcula</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <location filename="../../ui/results/revectorize.py" />
   <source>Make polygons</source>
   <translation>Crear polígonos</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Making polygons …</source>
   <translation>Creando polígonos …</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <location filename="../../ui/runs/history_panel.py" />
   <source>took {time}</source>
   <translation>tardó {time}</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>{gb} GB of memory</source>
   <translation>{gb} GB de memoria</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>{name} is ready, after {time}.</source>
   <translation>{name} está listo, tras {time}.</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Add to this project</source>
   <translation>Añadir a este proyecto</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Its polygons are not in this project. Open the run under “History”.</source>
   <translation>Sus polígonos no están en este proyecto. Abra el proceso en «Historial».</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Nothing to correct</source>
   <translation>Nada que corregir</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Click a polygon and choose its class in the form; save the edits of the layer when you are done.</source>
   <translation>Haga clic en un polígono y elija su clase en el formulario; al terminar, guarde los cambios de la capa.</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Correct polygons</source>
   <translation>Corregir polígonos</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Export polygons</source>
   <translation>Exportar polígonos</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Nothing to export</source>
   <translation>Nada que exportar</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Make a map with polygons first.</source>
   <translation>Haga primero un mapa con polígonos.</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Save the areas</source>
   <translation>Guardar las superficies</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Export failed</source>
   <translation>Falló la exportación</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Exported</source>
   <translation>Exportado</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>“{path}” is not there any more.</source>
   <translation>«{path}» ya no está.</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>No polygons</source>
   <translation>Sin polígonos</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Tick at least one format.</source>
   <translation>Marque al menos un formato.</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>{name} is ready.</source>
   <translation>{name} está listo.</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Finished runs appear here. They can be opened or repeated.</source>
   <translation>Aquí aparecen las ejecuciones terminadas. Se pueden abrir o repetir.</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Open</source>
   <translation>Abrir</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Add the results of the run to the project</source>
   <translation>Añadir los resultados de la ejecución al proyecto</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Fill the form with what this run was asked to do</source>
   <translation>Rellenar el formulario con lo que se pidió en esta ejecución</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Again</source>
   <translation>Repetir</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Take the run off the list; its files stay</source>
   <translation>Quitar la ejecución de la lista; sus archivos permanecen</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Forget</source>
   <translation>Olvidar</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Finished runs</source>
   <translation>Procesos terminados</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Image and method</source>
   <translation>Imagen y método</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>When</source>
   <translation>Cuándo</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Runs that came to a result, the last one first</source>
   <translation>Ejecuciones con resultado, la última primero</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>The class raster is not there any more.</source>
   <translation>El ráster de clases ya no está.</translation>
  </message>
  <message>
   <location filename="../../ui/runs/interrupted.py" />
   <source>Interrupted runs</source>
   <translation>Ejecuciones interrumpidas</translation>
  </message>
  <message>
   <location filename="../../ui/runs/interrupted.py" />
   <source>Go on where the run stopped; what is finished is not done again</source>
   <translation>Continuar donde se detuvo la ejecución; lo terminado no se repite</translation>
  </message>
  <message>
   <location filename="../../ui/runs/interrupted.py" />
   <source>Resume</source>
   <translation>Reanudar</translation>
  </message>
  <message>
   <location filename="../../ui/runs/interrupted.py" />
   <source>Throw away what the run has done so far</source>
   <translation>Descartar lo que la ejecución ha hecho hasta ahora</translation>
  </message>
  <message>
   <location filename="../../ui/runs/interrupted.py" />
   <source>Delete</source>
   <translation>Eliminar</translation>
  </message>
  <message>
   <location filename="../../ui/runs/interrupted.py" />
   <source>{done} of {total} tiles</source>
   <translation>{done} de {total} teselas</translation>
  </message>
  <message>
   <location filename="../../ui/runs/interrupted.py" />
   <source>{size} on disk</source>
   <translation>{size} en el disco</translation>
  </message>
  <message>
   <location filename="../../ui/runs/preview.py" />
   <source>Land cover so far (preview)</source>
   <translation>Cobertura del suelo hasta ahora (vista previa)</translation>
  </message>
  <message>
   <location filename="../../ui/runs/run_controller.py" />
   <source>Run started: {job}</source>
   <translation>Ejecución iniciada: {job}</translation>
  </message>
  <message>
   <location filename="../../ui/runs/run_controller.py" />
   <source>The run was stopped. What is finished is kept in the hidden folder “{folder}”: choose “Resume” in the panel to go on, or “Delete” to be rid of it.</source>
   <translation>El proceso se detuvo. Lo terminado queda en la carpeta oculta «{folder}»: elija «Reanudar» en el panel para continuar o «Eliminar» para quitarla.</translation>
  </message>
  <message>
   <location filename="../../ui/runs/run_controller.py" />
   <source>What is finished is kept: “Resume” goes on from there.</source>
   <translation>Lo terminado se conserva: «Reanudar» continúa desde ahí.</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>A preview layer with the tiles that are finished; it goes away by itself</source>
   <translation>Una capa de vista previa con las teselas terminadas; desaparece sola</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Show the map as it grows</source>
   <translation>Mostrar el mapa mientras crece</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Stop the run; what is finished is kept</source>
   <translation>Detener la ejecución; lo terminado se conserva</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Prepare another run…</source>
   <translation>Preparar otro proceso…</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Fill the form for a run that begins when this one has ended</source>
   <translation>Rellenar el formulario para un proceso que empezará tras este</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Starting the engine …</source>
   <translation>Iniciando el motor …</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Stopping …</source>
   <translation>Deteniendo …</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Waiting</source>
   <translation>En espera</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Take this run off the queue</source>
   <translation>Quitar este proceso de la cola</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <source>In use</source>
   <translation>En uso</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <location filename="../../ui/setup/engine_section.py" />
   <source>Check again</source>
   <translation>Comprobar de nuevo</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <source>Ask the Python in use again and let the engine test itself</source>
   <translation>Consultar de nuevo el Python en uso y dejar que el motor se pruebe</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <source>Use an existing Python …</source>
   <translation>Usar un Python existente …</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <source>A Python that has the engine's packages already; nothing is installed into it</source>
   <translation>Un Python que ya tiene los paquetes del motor; no se instala nada en él</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <source>Find by itself</source>
   <translation>Buscar automáticamente</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <source>Forget the choice and look in the usual places</source>
   <translation>Olvidar la elección y buscar en los lugares habituales</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <location filename="../../ui/setup/engine_section.py" />
   <source>Looking for the engine …</source>
   <translation>Buscando el motor …</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <location filename="../../ui/setup/engine_section.py" />
   <source>Python of the engine</source>
   <translation>Python del motor</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>Engine</source>
   <translation>Motor</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>Shows what the engine runs on, and makes its environment</source>
   <translation>Muestra sobre qué funciona el motor y crea su entorno</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>Set up and details …</source>
   <translation>Instalación y detalles …</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>Found by itself</source>
   <translation>Encontrado automáticamente</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>An existing Python for the engine; leave it empty to have one found</source>
   <translation>Un Python existente para el motor; déjelo vacío para que se busque uno</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>Ask the Python again and let the engine test itself</source>
   <translation>Consultar de nuevo el Python y dejar que el motor se pruebe</translation>
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
   <translation>Listo: Python {version}, {path}</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <location filename="../../ui/setup/environment_facts.py" />
   <source>Testing …</source>
   <translation>Probando …</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>Test passed. Devices: {devices}</source>
   <translation>Prueba superada. Dispositivos: {devices}</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_dialog.py" />
   <source>Land Cover: engine</source>
   <translation>Cobertura del suelo: motor</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_dialog.py" />
   <source>Copy diagnosis</source>
   <translation>Copiar el diagnóstico</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_dialog.py" />
   <source>Versions, findings and the end of the log for a report; names of people and folders are replaced</source>
   <translation>Versiones, hallazgos y el final del registro para un informe; los nombres de personas y carpetas se sustituyen</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>none</source>
   <translation>ninguno</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>passed</source>
   <translation>superada</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>Found by</source>
   <translation>Encontrado por</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>Version</source>
   <translation>Versión</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>Packages</source>
   <translation>Paquetes</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>Devices</source>
   <translation>Dispositivos</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>Self-test</source>
   <translation>Autocomprobación</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>your choice</source>
   <translation>su elección</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>the variable UHR_ENGINE_PYTHON</source>
   <translation>la variable UHR_ENGINE_PYTHON</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>the plugin's development folder</source>
   <translation>la carpeta de desarrollo del complemento</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>the folder made for it</source>
   <translation>la carpeta creada para ello</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Make an environment</source>
   <translation>Crear un entorno</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Makes the environment; it stays as it is, and so does QGIS's own Python</source>
   <translation>Crea el entorno; él mismo queda como está, igual que el Python de QGIS</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Name another Python</source>
   <translation>Indicar otro Python</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>The CPU build is small and runs everywhere; the GPU build needs an NVIDIA driver</source>
   <translation>La versión para CPU es pequeña y funciona en todas partes; la de GPU necesita un controlador NVIDIA</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>A new or an empty folder; deleting it removes the environment</source>
   <translation>Una carpeta nueva o vacía; al borrarla se elimina el entorno</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Download from the network</source>
   <translation>Descargar de la red</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Without network: a folder with the wheels of all packages for this system</source>
   <translation>Sin red: una carpeta con los wheels de todos los paquetes para este sistema</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Make environment</source>
   <translation>Crear entorno</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Goes on where it stopped if it was interrupted</source>
   <translation>Continúa donde se detuvo si se interrumpió</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Stop; what is there already is kept for the next try</source>
   <translation>Detener; lo que ya hay se guarda para el próximo intento</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Python {version}, {path}</source>
   <translation>Python {version}, {path}</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>No Python {needed} or newer was found. Install one (from your system's packages, or from python.org), or name one with “…”.</source>
   <translation>No se encontró ningún Python {needed} o posterior. Instale uno (de los paquetes de su sistema o de python.org) o indique uno con «…».</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Starting …</source>
   <translation>Iniciando …</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Step {number} of {count}: {title}</source>
   <translation>Paso {number} de {count}: {title}</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>The environment is in {folder} and is used from now on.</source>
   <translation>El entorno está en {folder} y se usará a partir de ahora.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Looking for Pythons and a GPU …</source>
   <translation>Buscando Pythons y una GPU …</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Downloads about {download} GB and takes about {need} GB of disk; {free} GB are free there.</source>
   <translation>Descarga unos {download} GB y ocupa unos {need} GB de disco; allí hay {free} GB libres.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>CPU and Apple GPU</source>
   <translation>CPU y GPU de Apple</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>NVIDIA GPU (CUDA)</source>
   <translation>GPU NVIDIA (CUDA)</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>{title}, suits this computer</source>
   <translation>{title}, adecuado para este equipo</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Python that makes the environment</source>
   <translation>Python que crea el entorno</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>What pip says</source>
   <translation>Lo que dice pip</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>The same steps as commands for a terminal</source>
   <translation>Los mismos pasos como órdenes para un terminal</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>The engine needs a Python environment of its own, with PyTorch and the libraries for rasters. It is made in one folder; neither QGIS nor its Python is changed.</source>
   <translation>El motor necesita su propio entorno de Python, con PyTorch y las bibliotecas para rásteres. Se crea en una sola carpeta; ni QGIS ni su Python se modifican.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>&amp;Made with</source>
   <translation>&amp;Creado con</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Computes &amp;on</source>
   <translation>Calcula &amp;en</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>&amp;Folder</source>
   <translation>C&amp;arpeta</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>&amp;Wheels from</source>
   <translation>&amp;Wheels de</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>By hand</source>
   <translation>A mano</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>The GPU build needs an NVIDIA GPU with a fitting driver.</source>
   <translation>La versión para GPU necesita una GPU NVIDIA con un controlador adecuado.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>No NVIDIA driver was found, so the engine computes on the CPU.</source>
   <translation>No se encontró ningún controlador NVIDIA, así que el motor calcula en el procesador.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>{path} cannot make environments: it lacks {names}. On Debian and Ubuntu install the package python3-venv (sudo apt install python3-venv), then try again.</source>
   <translation>{path} no puede crear entornos: le faltan {names}. En Debian y Ubuntu instale el paquete python3-venv (sudo apt install python3-venv) e inténtelo de nuevo.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>“{folder}” is not a full path; choose a folder for the environment.</source>
   <translation>«{folder}» no es una ruta completa; elija una carpeta para el entorno.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>“{folder}” is a file; choose a folder for the environment.</source>
   <translation>«{folder}» es un archivo; elija una carpeta para el entorno.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>“{folder}” holds something else; choose an empty or a new folder.</source>
   <translation>«{folder}» contiene otra cosa; elija una carpeta vacía o nueva.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>{free} GB are free there; the environment needs about {need} GB. Free some space first.</source>
   <translation>Hay {free} GB libres allí; el entorno necesita unos {need} GB. Libere primero espacio.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>Making the environment</source>
   <translation>Creando el entorno</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>Installing torch, the largest part</source>
   <translation>Instalando torch, la parte más grande</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>Installing the other packages</source>
   <translation>Instalando los demás paquetes</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>The folder {folder} has no fitting wheel of {name}; add it, or leave the folder empty to download.</source>
   <translation>La carpeta {folder} no tiene un wheel adecuado de {name}; añádalo o deje la carpeta vacía para descargarlo.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>No package source offers {name} for this Python. Choose another Python (3.11 to 3.13 are safe), or a folder with the wheels.</source>
   <translation>Ninguna fuente de paquetes ofrece {name} para este Python. Elija otro Python (3.11 a 3.13 son seguros) o una carpeta con los wheels.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>no message</source>
   <translation>ningún mensaje</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>It ended with: {line}</source>
   <translation>Terminó con: {line}</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>The disk is full. Free some space, then click again: it goes on.</source>
   <translation>El disco está lleno. Libere espacio y haga clic de nuevo: continúa.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>This Python cannot make environments. On Debian and Ubuntu: sudo apt install python3-venv.</source>
   <translation>Este Python no puede crear entornos. En Debian y Ubuntu: sudo apt install python3-venv.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>The proxy refuses. Check the proxy under Settings ▸ Options ▸ Network, then click again.</source>
   <translation>El proxy rechaza la conexión. Compruébelo en Configuración ▸ Opciones ▸ Red y haga clic de nuevo.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>The certificate of the package source is not trusted, often because a firewall opens the traffic. Ask your administrator for the certificate and name it in the variable PIP_CERT.</source>
   <translation>El certificado de la fuente de paquetes no es de confianza, a menudo porque un cortafuegos abre el tráfico. Pida el certificado a su administrador e indíquelo en la variable PIP_CERT.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>The package source cannot be reached. Check the network and click again: it goes on where it stopped.</source>
   <translation>No se puede acceder a la fuente de paquetes. Compruebe la red y haga clic de nuevo: continúa donde se detuvo.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>A download arrived damaged. Click again.</source>
   <translation>Una descarga llegó dañada. Haga clic de nuevo.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>Files cannot be written there. Choose another folder, or ask whether a virus scanner holds them.</source>
   <translation>No se pueden escribir archivos allí. Elija otra carpeta o pregunte si un antivirus los retiene.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_task.py" />
   <source>Look for Pythons and a GPU</source>
   <translation>Buscar Pythons y una GPU</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_task.py" />
   <source>Make the land-cover engine's environment</source>
   <translation>Crear el entorno del motor de cobertura del suelo</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_task.py" />
   <source>It was cancelled. Click again to go on where it stopped.</source>
   <translation>Se canceló. Haga clic de nuevo para continuar donde se detuvo.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_task.py" />
   <source>“{path}”: {reason}.</source>
   <translation>«{path}»: {reason}.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_task.py" />
   <source>'{path}' could not be started.</source>
   <translation>No se pudo iniciar «{path}».</translation>
  </message>
  <message>
   <location filename="../../ui/setup/set_up_note.py" />
   <source>First of all</source>
   <translation>Antes de empezar</translation>
  </message>
  <message>
   <location filename="../../ui/setup/set_up_note.py" />
   <source>Opens the window that makes what the engine needs, or takes a Python of yours</source>
   <translation>Abre la ventana que crea lo que necesita el motor, o que toma un Python existente</translation>
  </message>
  <message>
   <location filename="../../ui/setup/set_up_note.py" />
   <source>Set up the engine …</source>
   <translation>Instalar el motor …</translation>
  </message>
  <message>
   <location filename="../../ui/setup/set_up_note.py" />
   <source>The maps are made by an engine beside QGIS. It is set up once, with a click; QGIS is not changed.</source>
   <translation>Los mapas los hace un motor junto a QGIS. Se instala una vez, con un clic; QGIS no cambia.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/class_list.py" />
   <source>Add a class</source>
   <translation>Añadir una clase</translation>
  </message>
  <message>
   <location filename="../../ui/teach/class_list.py" />
   <source>Draw this class in another colour</source>
   <translation>Dibujar esta clase en otro color</translation>
  </message>
  <message>
   <location filename="../../ui/teach/class_list.py" />
   <source>Delete this class and its examples</source>
   <translation>Borrar esta clase y sus ejemplos</translation>
  </message>
  <message>
   <location filename="../../ui/teach/class_list.py" />
   <source>New class</source>
   <translation>Clase nueva</translation>
  </message>
  <message>
   <location filename="../../ui/teach/class_list.py" />
   <source>Colour of the class</source>
   <translation>Color de la clase</translation>
  </message>
  <message>
   <location filename="../../ui/teach/class_list.py" />
   <source>Key</source>
   <translation>Tecla</translation>
  </message>
  <message>
   <location filename="../../ui/teach/class_list.py" />
   <source>The class that is drawn. Double-click a name to change it.</source>
   <translation>La clase que se dibuja. Haga doble clic en un nombre para cambiarlo.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Take examples from a layer</source>
   <translation>Tomar ejemplos de una capa</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Save model</source>
   <translation>Guardar modelo</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Model ({pattern})</source>
   <translation>Modelo ({pattern})</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Draw a polygon or two of each class that you see.</source>
   <translation>Dibuje uno o dos polígonos de cada clase que vea.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Choose a class, then a way to draw, and draw a place where you are sure.</source>
   <translation>Elija una clase, luego un modo de dibujar, y dibuje un lugar del que esté seguro.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Add an orthophoto or a satellite image to the project.</source>
   <translation>Añada al proyecto una ortofoto o una imagen de satélite.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>There is no other place in this view. Move the map and ask again.</source>
   <translation>No hay otro lugar en esta vista. Mueva el mapa y pregunte de nuevo.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>A place by chance: the map says {one}. Draw what it is.</source>
   <translation>Un lugar al azar: el mapa dice {one}. Dibuje lo que es.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Is it {one} or {other}? Draw what it is, or press N for the next place.</source>
   <translation>¿Es {one} o {other}? Dibuje lo que es, o pulse N para el lugar siguiente.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>The model is in {path}. It maps other images as well.</source>
   <translation>El modelo está en {path}. También cartografía otras imágenes.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Model saved</source>
   <translation>Modelo guardado</translation>
  </message>
  <message>
   <location filename="../../ui/teach/example_layer.py" />
   <source>{path} holds no examples. Move it away, or choose another output folder.</source>
   <translation>{path} no contiene ejemplos. Muévalo a otro sitio o elija otra carpeta de salida.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/example_layer.py" />
   <source>The examples cannot be written: {why}</source>
   <translation>No se pueden escribir los ejemplos: {why}</translation>
  </message>
  <message>
   <location filename="../../ui/teach/example_layer.py" />
   <source>Draw an example</source>
   <translation>Dibujar un ejemplo</translation>
  </message>
  <message>
   <location filename="../../ui/teach/example_layer.py" />
   <source>Rename a class</source>
   <translation>Cambiar el nombre de una clase</translation>
  </message>
  <message>
   <location filename="../../ui/teach/example_layer.py" />
   <source>Recolour a class</source>
   <translation>Cambiar el color de una clase</translation>
  </message>
  <message>
   <location filename="../../ui/teach/example_layer.py" />
   <source>Delete a class</source>
   <translation>Borrar una clase</translation>
  </message>
  <message>
   <location filename="../../ui/teach/example_layer.py" />
   <source>The examples cannot be kept in {path}: {why}. Choose another output folder.</source>
   <translation>No se pueden guardar los ejemplos en {path}: {why}. Elija otra carpeta de salida.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Examples from a layer</source>
   <translation>Ejemplos de una capa</translation>
  </message>
  <message>
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Layer whose polygons become examples</source>
   <translation>Capa cuyos polígonos serán ejemplos</translation>
  </message>
  <message>
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Field that says which class a polygon is</source>
   <translation>Campo que dice de qué clase es un polígono</translation>
  </message>
  <message>
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Leave out polygons that are not selected in the layer</source>
   <translation>Dejar fuera los polígonos que no están seleccionados en la capa</translation>
  </message>
  <message>
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Classes that are not in the list are added to it.</source>
   <translation>Las clases que no están en la lista se añaden.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/palette.py" />
   <source>A class needs a name.</source>
   <translation>Una clase necesita un nombre.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/palette.py" />
   <source>There is already a class “{name}”. Choose another name.</source>
   <translation>Ya hay una clase «{name}». Elija otro nombre.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Take the polygons of a layer as examples …</source>
   <translation>Tomar los polígonos de una capa como ejemplos …</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Show the map of the view</source>
   <translation>Mostrar el mapa de la vista</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Where next?</source>
   <translation>¿Dónde seguir?</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Go to the place where another example helps most (key N while drawing)</source>
   <translation>Ir al lugar donde más ayuda otro ejemplo (tecla N al dibujar)</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Map the whole layer</source>
   <translation>Cartografiar toda la capa</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Map the whole image with what was learnt, with areas, polygons and report</source>
   <translation>Cartografiar toda la imagen con lo aprendido, con superficies, polígonos e informe</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Save model …</source>
   <translation>Guardar modelo …</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Save the model in a file: it maps other images as well</source>
   <translation>Guardar el modelo en un archivo: también cartografía otras imágenes</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Image that is taught</source>
   <translation>Imagen que se enseña</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>kind, e.g. tin roof (optional)</source>
   <translation>tipo, p. ej. tejado de chapa (opcional)</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Kind inside the class</source>
   <translation>Tipo dentro de la clase</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Kinds that look different are learnt apart, and shown as one class: red, grey and tin roofs.</source>
   <translation>Los tipos de aspecto distinto se aprenden por separado y se muestran como una clase: tejados rojos, grises y de chapa.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>How much the map covers the image</source>
   <translation>Cuánto cubre el mapa la imagen</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Opacity of the map</source>
   <translation>Opacidad del mapa</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Looking at the view: %p %</source>
   <translation>Mirando la vista: %p %</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Each example is left out once, and the others say what it is. Examples lie where you drew them, so this is not the accuracy of the map.</source>
   <translation>Cada ejemplo se deja fuera una vez y los demás dicen qué es. Los ejemplos están donde usted los dibujó, así que esto no es la exactitud del mapa.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Draw a second example of a class, and this line says how well the examples agree.</source>
   <translation>Dibuje un segundo ejemplo de una clase y esta línea dirá cuánto concuerdan los ejemplos.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Agreement with left-out examples: {right} of {n} polygons ({low}–{high} %).</source>
   <translation>Concordancia con los ejemplos dejados fuera: {right} de {n} polígonos ({low}–{high} %).</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Weakest: {name}.</source>
   <translation>La más débil: {name}.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Not the accuracy of the map.</source>
   <translation>No es la exactitud del mapa.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Point: click; a few pixels around it become the example</source>
   <translation>Punto: clic; unos píxeles alrededor serán el ejemplo</translation>
  </message>
  <message>
   <location filename="../../ui/teach/session_process.py" />
   <source>The engine ended while it was taught.</source>
   <translation>El motor terminó mientras se le enseñaba.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/view_map.py" />
   <source>Map of the view</source>
   <translation>Mapa de la vista</translation>
  </message>
 </context>
</TS>
