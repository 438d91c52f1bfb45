<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
 <context>
  <name>UhrLandCover</name>
  <message>
   <location filename="../../plugin.py" />
   <location filename="../../ui/dock.py" />
   <source>Land Cover</source>
   <translation>Occupation du sol</translation>
  </message>
  <message>
   <location filename="../../plugin.py" />
   <source>Open or close the Land Cover panel</source>
   <translation>Ouvrir ou fermer le panneau Occupation du sol</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Look at a map</source>
   <translation>Examiner une carte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Nobody said where the sample is to go. Choose a file.</source>
   <translation>Il manque la destination de l’échantillon. Choisissez un fichier.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Draw a sample</source>
   <translation>Tirer un échantillon</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>No file of labels is chosen. Tick at least one.</source>
   <translation>Aucun fichier d’étiquettes n’est choisi. Cochez-en au moins un.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Estimate accuracy and areas</source>
   <translation>Estimer l’exactitude et les surfaces</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Gather disagreements</source>
   <translation>Rassembler les désaccords</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>“{name}” is there already. Draw it anew? Its labels are lost.</source>
   <translation>« {name} » existe déjà. Le tirer à nouveau ? Ses étiquettes seront perdues.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Draw sample</source>
   <translation>Tirer l’échantillon</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Open a sample</source>
   <translation>Ouvrir un échantillon</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Who labels? Leave empty if it is one person alone.</source>
   <translation>Qui étiquette ? Laisser vide s’il n’y a qu’une personne.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_controller.py" />
   <source>Compare with a map</source>
   <translation>Comparer à une carte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_dock.py" />
   <location filename="../../ui/assess/labels/labelling.py" />
   <source>Assess</source>
   <translation>Évaluer</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_dock.py" />
   <source>1  Sample</source>
   <translation>1  Échantillon</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_dock.py" />
   <source>2  Labels</source>
   <translation>2  Étiquettes</translation>
  </message>
  <message>
   <location filename="../../ui/assess/assess_dock.py" />
   <source>3  Estimates</source>
   <translation>3  Estimations</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>A class raster, or polygons with a class</source>
   <translation>Un raster de classes ou des polygones avec une classe</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Field with the class</source>
   <translation>Champ de la classe</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>How points are drawn</source>
   <translation>Comment les points sont tirés</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Random in each stratum</source>
   <translation>Au hasard dans chaque strate</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Random over the whole map</source>
   <translation>Au hasard sur toute la carte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>A lattice with a random start</source>
   <translation>Une grille à départ aléatoire</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>As many points as these targets need:</source>
   <translation>Autant de points qu’il en faut pour ces objectifs :</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Size of the sample</source>
   <translation>Taille de l’échantillon</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Let the engine find the size; “Look at the map” tells it</source>
   <translation>Laisser le moteur trouver la taille ; « Examiner la carte » la donne</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>How points are divided among strata</source>
   <translation>Comment les points sont répartis entre les strates</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>A minimum each, the rest by area</source>
   <translation>Un minimum pour chacune, le reste selon la surface</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>By area</source>
   <translation>Selon la surface</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>The same for all</source>
   <translation>Autant pour toutes</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Neyman (best for the targets)</source>
   <translation>Neyman (le mieux pour les objectifs)</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Fewest points of a stratum</source>
   <translation>Plus petit nombre de points d’une strate</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Further points, if more are needed later</source>
   <translation>D’autres points, s’il en faut plus tard</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>The same seed draws the same points</source>
   <translation>La même graine tire les mêmes points</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>What gets a label</source>
   <translation>Ce qui reçoit une étiquette</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>A pixel</source>
   <translation>Un pixel</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>A block of pixels</source>
   <translation>Un bloc de pixels</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>A circle</source>
   <translation>Un cercle</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Pixels along the side of a block, metres of the radius of a circle</source>
   <translation>Pixels du côté d’un bloc, mètres du rayon d’un cercle</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Which class counts where there are several</source>
   <translation>Quelle classe compte là où il y en a plusieurs</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>The class at the centre</source>
   <translation>La classe au centre</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>The class of the majority</source>
   <translation>La classe majoritaire</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>The classes of the map</source>
   <translation>Les classes de la carte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Another raster or polygons whose parts are the strata</source>
   <translation>Un autre raster ou des polygones dont les parties sont les strates</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Field with the names of the strata</source>
   <translation>Champ des noms des strates</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>crossed with the classes of the map</source>
   <translation>croisées avec les classes de la carte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>A stratum for each class in each part</source>
   <translation>Une strate par classe dans chaque partie</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Examples that a model was taught with: no points are drawn there</source>
   <translation>Exemples ayant servi à enseigner un modèle : aucun point n’y est tiré</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Points to label; the design is written beside them</source>
   <translation>Points à étiqueter ; le plan est écrit à côté</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Look at the map</source>
   <translation>Examiner la carte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Count the strata, and tell what every allocation needs or reaches</source>
   <translation>Compter les strates et dire ce que demande ou atteint chaque répartition</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Draw the points and begin to label them</source>
   <translation>Tirer les points et commencer à les étiqueter</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Open a sample…</source>
   <translation>Ouvrir un échantillon…</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Go on with a sample that is there</source>
   <translation>Continuer un échantillon existant</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <location filename="../../ui/corrections/panel.py" />
   <location filename="../../ui/teach/panel.py" />
   <source>Map</source>
   <translation>Carte</translation>
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
   <translation>Points</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <location filename="../../ui/form/form.py" />
   <source>Save to</source>
   <translation>Enregistrer dans</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>More</source>
   <translation>Plus</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Strata</source>
   <translation>Strates</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Allocation</source>
   <translation>Répartition</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Minimum</source>
   <translation>Minimum</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Reserve</source>
   <translation>Réserve</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Seed</source>
   <translation>Graine</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Support</source>
   <translation>Support</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Its size</source>
   <translation>Sa taille</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Mixed support</source>
   <translation>Support mixte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>Leave out</source>
   <translation>Laisser de côté</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>{allocation}: {points} points ({sizes})</source>
   <translation>{allocation} : {points} points ({sizes})</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>; standard errors {errors}</source>
   <translation>; erreurs types {errors}</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>{n} points in all</source>
   <translation>{n} points en tout</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>drawn in proportion to the area on the ground</source>
   <translation>tirés en proportion de la surface au sol</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/design_page.py" />
   <source>{n} pixels of examples are left out</source>
   <translation>{n} pixels d’exemples sont laissés de côté</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/strata_table.py" />
   <source>Stratum</source>
   <translation>Strate</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/strata_table.py" />
   <source>Area, ha</source>
   <translation>Surface, ha</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/strata_table.py" />
   <location filename="../../ui/results/legend_table.py" />
   <source>Share</source>
   <translation>Part</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/strata_table.py" />
   <source>Expected, %</source>
   <translation>Attendu, %</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/strata_table.py" />
   <source>Points may be changed: then each stratum gets the number that stands here</source>
   <translation>Les points peuvent être changés : chaque strate reçoit alors le nombre inscrit ici</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>What shall be known</source>
   <translation>Ce que l’on veut savoir</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>± half-width</source>
   <translation>± demi-largeur</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>standard error</source>
   <translation>erreur type</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>How its uncertainty is given</source>
   <translation>Comment son incertitude est donnée</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Of 100 %; for an area: of the whole area</source>
   <translation>De 100 % ; pour une surface : de la surface totale</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Add</source>
   <translation>Ajouter</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Add this target</source>
   <translation>Ajouter cet objectif</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Remove</source>
   <translation>Retirer</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Remove the chosen target</source>
   <translation>Retirer l’objectif choisi</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Targets; the sample is large enough for all of them</source>
   <translation>Objectifs ; l’échantillon suffit à tous</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Overall accuracy</source>
   <translation>Exactitude globale</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>Area of {name}</source>
   <translation>Surface de {name}</translation>
  </message>
  <message>
   <location filename="../../ui/assess/design/target_fields.py" />
   <source>User's accuracy of {name}</source>
   <translation>Exactitude de l’utilisateur de {name}</translation>
  </message>
  <message>
   <location filename="../../ui/assess/drawn_sample.py" />
   <source>“{path}” is no design of a sample ({reason}). Choose a file that ends in {ending}.</source>
   <translation>« {path} » n’est pas le plan d’un échantillon ({reason}). Choisissez un fichier finissant par {ending}.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/entry.py" />
   <source>Assess a map</source>
   <translation>Évaluer une carte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/entry.py" />
   <source>How right is a map? Draw a sample, label it, read accuracy and areas</source>
   <translation>Une carte est-elle juste ? Tirer un échantillon, l’étiqueter, lire exactitude et surfaces</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_file.py" />
   <source>“{path}” holds no points to label. Choose the file made with the sample.</source>
   <translation>« {path} » ne contient pas de points à étiqueter. Choisissez le fichier créé avec l’échantillon.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_file.py" />
   <source>The label could not be written to “{path}”. Is the file open elsewhere or write-protected?</source>
   <translation>L’étiquette n’a pas pu être écrite dans « {path} ». Le fichier est-il ouvert ailleurs ou protégé ?</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_file.py" />
   <source>“{path}” cannot be written: {reason}</source>
   <translation>« {path} » ne peut pas être écrit : {reason}</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>This point is “{name}”</source>
   <translation>Ce point est « {name} »</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source> (reserve)</source>
   <translation> (réserve)</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Point {number} of {last}{kind}: what do you see inside the outline?</source>
   <translation>Point {number} sur {last}{kind} : que voyez-vous dans le contour ?</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>{done} of {all} looked at · {unsure} not sure · {skipped} skipped</source>
   <translation>{done} sur {all} vus · {unsure} incertains · {skipped} passés</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>{key}  Second choice</source>
   <translation>{key}  Second choix</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>The class you click next is noted as the second choice</source>
   <translation>La prochaine classe cliquée est notée comme second choix</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Not sure</source>
   <translation>Incertain</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Do not count the label of this point</source>
   <translation>Ne pas compter l’étiquette de ce point</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Skip</source>
   <translation>Passer</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Pass this point over</source>
   <translation>Passer ce point</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <location filename="../../ui/base/help.py" />
   <source>Back</source>
   <translation>Retour</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>To the point before</source>
   <translation>Au point précédent</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Next</source>
   <translation>Suivant</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>To the next point</source>
   <translation>Au point suivant</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Point </source>
   <translation>Point </translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Go to this point</source>
   <translation>Aller à ce point</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Go on to the next point after a label</source>
   <translation>Continuer au point suivant après une étiquette</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>A label turns to the next point by itself</source>
   <translation>Une étiquette mène d’elle-même au point suivant</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>high</source>
   <translation>haute</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>medium</source>
   <translation>moyenne</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>low</source>
   <translation>basse</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>How sure you are of the label</source>
   <translation>À quel point vous êtes sûr de l’étiquette</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Date of the image that the label was taken from</source>
   <translation>Date de l’image d’où vient l’étiquette</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>2024-06-30; kept for the next points</source>
   <translation>2024-06-30 ; gardée pour les points suivants</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Anything worth remembering of this point</source>
   <translation>Ce qu’il faut retenir de ce point</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Scale of the map at every point</source>
   <translation>Échelle de la carte à chaque point</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Hide the map that is assessed</source>
   <translation>Masquer la carte évaluée</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Labels must not be taken from the map: it is hidden while you label</source>
   <translation>Les étiquettes ne doivent pas venir de la carte : elle est masquée pendant l’étiquetage</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>View of another layer…</source>
   <translation>Vue d’une autre couche…</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Open a second map of the same place, with another layer: an older image, a service</source>
   <translation>Ouvrir une seconde carte du même lieu avec une autre couche : image plus ancienne, service</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Estimate…</source>
   <translation>Estimer…</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>To accuracy and areas from the labels so far</source>
   <translation>Vers l’exactitude et les surfaces d’après les étiquettes faites</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <location filename="../../ui/processing/segment.py" />
   <source>Confidence</source>
   <translation>Confiance</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Date of the image</source>
   <translation>Date de l’image</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Note</source>
   <translation>Note</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Scale</source>
   <translation>Échelle</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Go to</source>
   <translation>Aller à</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>Label: {name}</source>
   <translation>Étiquette : {name}</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>second choice: {name}</source>
   <translation>second choix : {name}</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>not sure</source>
   <translation>incertain</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>skipped</source>
   <translation>passé</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/label_page.py" />
   <source>No label yet.</source>
   <translation>Pas encore d’étiquette.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/linked_view.py" />
   <source>View of another layer</source>
   <translation>Vue d’une autre couche</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/linked_view.py" />
   <source>Layer of this view; web maps (XYZ) in the project, too</source>
   <translation>Couche de cette vue ; aussi les cartes web (XYZ) du projet</translation>
  </message>
  <message>
   <location filename="../../ui/assess/labels/linked_view.py" />
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Layer</source>
   <translation>Couche</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Labels that are estimated from: one file for each interpreter</source>
   <translation>Étiquettes d’où l’on estime : un fichier par interprète</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Intervals that stay within 0 and 1</source>
   <translation>Intervalles qui restent entre 0 et 1</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>± 1.96 standard errors, as in papers</source>
   <translation>± 1,96 erreur type, comme dans les articles</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>The first holds the truth with few points, too; the second is for comparison</source>
   <translation>Le premier contient la vérité même avec peu de points ; le second sert à comparer</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <location filename="../../ui/results/legend_table.py" />
   <location filename="../../ui/teach/class_list.py" />
   <source>Class</source>
   <translation>Classe</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>User's</source>
   <translation>Utilisateur</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Producer's</source>
   <translation>Producteur</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Area by the sample</source>
   <translation>Surface d’après l’échantillon</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Area on the map</source>
   <translation>Surface sur la carte</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Overall accuracy: {value} ({points} points)</source>
   <translation>Exactitude globale : {value} ({points} points)</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>± 1.96 standard errors are too narrow here: {n} points of omission</source>
   <translation>± 1,96 erreur type est ici trop étroit : {n} points d’omission</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Estimate</source>
   <translation>Estimer</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Accuracy and areas from the labels so far; writes the report</source>
   <translation>Exactitude et surfaces d’après les étiquettes faites ; écrit le rapport</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Settle disagreements…</source>
   <translation>Trancher les désaccords…</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Label the points on which interpreters differ once more</source>
   <translation>Étiqueter encore les points où les interprètes diffèrent</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Compare with a map…</source>
   <translation>Comparer à une carte…</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Score another map on the same points, with the difference and its interval</source>
   <translation>Noter une autre carte aux mêmes points, avec la différence et son intervalle</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Label</source>
   <translation>Étiqueter</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Back to the points</source>
   <translation>Retour aux points</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <location filename="../../ui/results/result_panel.py" />
   <source>Open report</source>
   <translation>Ouvrir le rapport</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Read the report with chart and method paragraph in the browser</source>
   <translation>Lire le rapport avec graphique et paragraphe de méthode dans le navigateur</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <location filename="../../ui/results/result_panel.py" />
   <source>Open folder</source>
   <translation>Ouvrir le dossier</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Show the files of the report</source>
   <translation>Montrer les fichiers du rapport</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>not estimated</source>
   <translation>non estimé</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>{names} labelled no point in common.</source>
   <translation>{names} n’ont étiqueté aucun point en commun.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>{names} agree on {percent} of {n} points.</source>
   <translation>{names} concordent sur {percent} de {n} points.</translation>
  </message>
  <message>
   <location filename="../../ui/assess/report_page.py" />
   <source>Overall accuracy less that of “{map}”: {value}</source>
   <translation>Exactitude globale moins celle de « {map} » : {value}</translation>
  </message>
  <message>
   <location filename="../../ui/base/help.py" />
   <source>Land Cover: user guide</source>
   <translation>Occupation du sol : guide d'utilisation</translation>
  </message>
  <message>
   <location filename="../../ui/base/i18n.py" />
   <source>en</source>
   <translation>fr</translation>
  </message>
  <message>
   <location filename="../../ui/base/message_bar.py" />
   <source>More…</source>
   <translation>Plus…</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Preparing</source>
   <translation>Préparation</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Classifying</source>
   <translation>Classification</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Assembling the map</source>
   <translation>Assemblage de la carte</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Making polygons</source>
   <translation>Création des polygones</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Measuring areas</source>
   <translation>Mesure des surfaces</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <location filename="../../ui/processing/training.py" />
   <source>Training</source>
   <translation>Entraînement</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Evaluating</source>
   <translation>Évaluation</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>tiles</source>
   <translation>tuiles</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>strips</source>
   <translation>bandes</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>steps</source>
   <translation>étapes</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>{done} of {total} {unit}</source>
   <translation>{done} {unit} sur {total}</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>about {time} left</source>
   <translation>encore {time} environ</translation>
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
   <translation>Le dossier et le nom se règlent sous « Résultats ».</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Checkpoints are chosen under “Advanced”.</source>
   <translation>Les checkpoints se choisissent sous « Avancé ».</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Or right-click the layer ▸ Export ▸ Save As…, and use the new GeoTIFF.</source>
   <translation>Ou clic droit sur la couche ▸ Exporter ▸ Enregistrer sous…, puis utilisez le nouveau GeoTIFF.</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>This run cannot be done</source>
   <translation>Ce traitement est impossible</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Raster not found</source>
   <translation>Raster introuvable</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Check that the layer's file is still where the project expects it.</source>
   <translation>Vérifiez que le fichier de la couche est encore là où le projet l'attend.</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Raster cannot be read</source>
   <translation>Le raster ne peut pas être lu</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Raster does not fit</source>
   <translation>Le raster ne convient pas</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Bands do not fit</source>
   <translation>Les bandes ne conviennent pas</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Bands are chosen under “Advanced”.</source>
   <translation>Les bandes se choisissent sous « Avancé ».</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Part of the raster is damaged</source>
   <translation>Une partie du raster est endommagée</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>“Advanced” has a box that leaves unreadable blocks empty.</source>
   <translation>« Avancé » a une case qui laisse vides les blocs illisibles.</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Results of that name exist</source>
   <translation>Des résultats de ce nom existent</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The result would replace the input</source>
   <translation>Le résultat remplacerait l'entrée</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Cannot write there</source>
   <translation>Impossible d'écrire là</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The disk is full</source>
   <translation>Le disque est plein</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>There is no checkpoint</source>
   <translation>Il n'y a pas de checkpoint</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The checkpoint is damaged</source>
   <translation>Le checkpoint est endommagé</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The checkpoint does not fit</source>
   <translation>Le checkpoint ne convient pas</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Device not available</source>
   <translation>Périphérique non disponible</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>“Automatic” takes the best one there is.</source>
   <translation>« Automatique » prend le meilleur disponible.</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Not enough memory</source>
   <translation>Mémoire insuffisante</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Choose the preset “Low memory”, or close other programs.</source>
   <translation>Choisissez le préréglage « Peu de mémoire », ou fermez d'autres programmes.</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The data cannot be used</source>
   <translation>Les données sont inutilisables</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The engine is not set up</source>
   <translation>Le moteur n'est pas installé</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The engine stopped unexpectedly</source>
   <translation>Le moteur s'est arrêté de façon inattendue</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Often memory ran out: try the preset “Low memory”. The message log has the details.</source>
   <translation>Souvent la mémoire a manqué : essayez le préréglage « Peu de mémoire ». Le journal des messages a les détails.</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The raster has changed</source>
   <translation>Le raster a changé</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>This run is already going on</source>
   <translation>Ce traitement est déjà en cours</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Cancelled</source>
   <translation>Annulé</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>Something went wrong</source>
   <translation>Quelque chose s'est mal passé</translation>
  </message>
  <message>
   <location filename="../../ui/base/messages.py" />
   <source>The message log (UHR Land Cover) has the details; please report them.</source>
   <translation>Le journal des messages (UHR Land Cover) a les détails ; merci de les signaler.</translation>
  </message>
  <message>
   <location filename="../../ui/base/numbers.py" />
   <source>{n} px</source>
   <translation>{n} px</translation>
  </message>
  <message>
   <location filename="../../ui/base/page_bar.py" />
   <source>What the guide says about this page (F1)</source>
   <translation>Ce que le guide dit de cette page (F1)</translation>
  </message>
  <message>
   <location filename="../../ui/base/strip.py" />
   <source>Show</source>
   <translation>Afficher</translation>
  </message>
  <message>
   <location filename="../../ui/base/strip.py" />
   <source>Go to what this line is about</source>
   <translation>Aller à ce dont parle cette ligne</translation>
  </message>
  <message>
   <location filename="../../ui/controller.py" />
   <source>The image “{path}” is not there any more; choose another one.</source>
   <translation>L'image « {path} » n'existe plus ; choisissez-en une autre.</translation>
  </message>
  <message>
   <location filename="../../ui/controller.py" />
   <location filename="../../ui/processing/base.py" />
   <location filename="../../ui/results/naming.py" />
   <location filename="../../ui/results/results.py" />
   <location filename="../../ui/runs/run_controller.py" />
   <source>Land cover</source>
   <translation>Occupation du sol</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/controller.py" />
   <source>There is no finished map in the project. Map a layer first.</source>
   <translation>Il n’y a pas de carte terminée dans le projet. Cartographiez d’abord une couche.</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/controller.py" />
   <source>Nothing is being taught. Begin on the page “Teach” with the image.</source>
   <translation>Rien n’est en cours d’enseignement. Commencez à la page « Enseigner » avec l’image.</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/controller.py" />
   <source>The outline is an example of {name} now.</source>
   <translation>Le contour est maintenant un exemple de {name}.</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/controller.py" />
   <source>Correct a map</source>
   <translation>Corriger une carte</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/controller.py" />
   <source>Map corrected</source>
   <translation>Carte corrigée</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/controller.py" />
   <source>Raster, polygons and areas are made again.</source>
   <translation>Le raster, les polygones et les surfaces ont été refaits.</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/controller.py" />
   <source>There is no polygon of this map there. Draw an outline instead.</source>
   <translation>Il n’y a pas de polygone de cette carte à cet endroit. Dessinez plutôt un contour.</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Undo the last</source>
   <translation>Annuler la dernière</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Take back the last correction</source>
   <translation>Annuler la dernière correction</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Undo all</source>
   <translation>Tout annuler</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Take back all corrections: every file is what it was, byte for byte</source>
   <translation>Annuler toutes les corrections : chaque fichier redevient ce qu’il était, octet par octet</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Last one as an example</source>
   <translation>La dernière comme exemple</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Teach with the outline that was corrected last</source>
   <translation>Enseigner avec le dernier contour corrigé</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Corrections of this map: {n}</source>
   <translation>Corrections de cette carte : {n}</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Finished map that is corrected</source>
   <translation>Carte terminée que l’on corrige</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Class that the outline gets</source>
   <translation>Classe que reçoit le contour</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Only pixels of these classes change; tick none to change all</source>
   <translation>Seuls les pixels de ces classes changent ; n’en cochez aucune pour tout changer</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>all</source>
   <translation>toutes</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Kept with the correction, for the record</source>
   <translation>Gardé avec la correction, pour mémoire</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>optional</source>
   <translation>facultatif</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <location filename="../../ui/teach/panel.py" />
   <source>Draw:</source>
   <translation>Dessiner :</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Becomes</source>
   <translation>Devient</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Only where it is</source>
   <translation>Seulement où c’est</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Reason</source>
   <translation>Raison</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <location filename="../../ui/teach/panel.py" />
   <source>Polygon: click corners, right-click to end</source>
   <translation>Polygone : cliquez les sommets, clic droit pour finir</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <location filename="../../ui/teach/panel.py" />
   <source>Freehand: drag around the place</source>
   <translation>À main levée : faites glisser autour de l’endroit</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <location filename="../../ui/teach/panel.py" />
   <source>Rectangle: drag from corner to corner</source>
   <translation>Rectangle : faites glisser d’un coin à l’autre</translation>
  </message>
  <message>
   <location filename="../../ui/corrections/panel.py" />
   <source>Click a polygon of the map: all of it gets the class</source>
   <translation>Cliquez un polygone de la carte : il reçoit tout entier la classe</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Running: {percent}</source>
   <translation>En cours : {percent}</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Last result: {title}</source>
   <translation>Dernier résultat : {title}</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Make a land-cover map of an image</source>
   <translation>Faire d’une image une carte d’occupation du sol</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Segment</source>
   <translation>Segmenter</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Draw a few examples on an image and see it mapped</source>
   <translation>Dessiner quelques exemples sur une image et voir naître la carte</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Teach</source>
   <translation>Enseigner</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Give parts of a finished map another class</source>
   <translation>Donner une autre classe à des parties d’une carte terminée</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Correct</source>
   <translation>Corriger</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>Finished runs: open them, or do them again</source>
   <translation>Calculs terminés : les ouvrir ou les refaire</translation>
  </message>
  <message>
   <location filename="../../ui/dock.py" />
   <source>History</source>
   <translation>Historique</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Advanced</source>
   <translation>Avancé</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>File name of the results, without extension. A number is added if it is taken.</source>
   <translation>Nom de fichier des résultats, sans extension. Un numéro est ajouté s'il est pris.</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Report (HTML)</source>
   <translation>Rapport (HTML)</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>One page with the map, the areas, the recipe and the warnings, to read or print</source>
   <translation>Une page avec la carte, les surfaces, la recette et les avertissements, à lire ou à imprimer</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Confidence raster</source>
   <translation>Raster de confiance</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>How sure the model was of each pixel, in per cent; it is not the chance of being right</source>
   <translation>La certitude du modèle pour chaque pixel, en pour cent ; ce n'est pas la probabilité d'être juste</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/segment.py" />
   <location filename="../../ui/results/naming.py" />
   <source>Probabilities of all classes</source>
   <translation>Probabilités de toutes les classes</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>A raster with a band for each class, in per cent</source>
   <translation>Un raster avec une bande par classe, en pour cent</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/segment.py" />
   <source>Patches that PPN refined</source>
   <translation>Extraits affinés par PPN</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>The patches that the method chose to refine, as polygons</source>
   <translation>Les extraits que la méthode a choisi d'affiner, en polygones</translation>
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
   <translation>GeoTIFF optimisé pour le cloud</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Layout of the class raster; both open in every GIS</source>
   <translation>Structure du raster de classes ; les deux s'ouvrent dans tout SIG</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>What computes: the processor, or a graphics card that the engine found</source>
   <translation>Ce qui calcule : le processeur, ou une carte graphique trouvée par le moteur</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>The mean of several looks makes a slightly better map and takes as many times as long.</source>
   <translation>La moyenne de plusieurs passages donne une carte un peu meilleure et prend autant de fois plus de temps.</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/image/raster_facts.py" />
   <source>Choose bands</source>
   <translation>Choisir les bandes</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Otherwise the bands that say they are red, green and blue are taken</source>
   <translation>Sinon, les bandes qui se disent rouge, verte et bleue sont prises</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Otherwise a damaged block ends the run.</source>
   <translation>Sinon un bloc endommagé met fin au traitement.</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Leave unreadable blocks empty</source>
   <translation>Laisser vides les blocs illisibles</translation>
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
   <translation>Automatique</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <location filename="../../ui/processing/maps.py" />
   <location filename="../../ui/results/naming.py" />
   <location filename="../../ui/results/results.py" />
   <source>Polygons</source>
   <translation>Polygones</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Results</source>
   <translation>Résultats</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Name</source>
   <translation>Nom</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <location filename="../../ui/processing/maps.py" />
   <source>Class raster</source>
   <translation>Raster de classes</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Computing</source>
   <translation>Calcul</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Device</source>
   <translation>Périphérique</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Looks</source>
   <translation>Passages</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <location filename="../../ui/form/image_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <location filename="../../ui/processing/teaching.py" />
   <location filename="../../ui/processing/training.py" />
   <location filename="../../ui/teach/panel.py" />
   <source>Image</source>
   <translation>Image</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Pixel size</source>
   <translation>Taille du pixel</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Red</source>
   <translation>Rouge</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Green</source>
   <translation>Vert</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Blue</source>
   <translation>Bleu</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Band of the image that the model gets as {color}</source>
   <translation>Bande de l'image que le modèle reçoit comme {color}</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>One</source>
   <translation>Un</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Four, mirrored</source>
   <translation>Quatre, en miroir</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Eight, mirrored and turned</source>
   <translation>Huit, en miroir et tournés</translation>
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
   <translation>Selon l’image</translation>
  </message>
  <message>
   <location filename="../../ui/form/advanced_section.py" />
   <source>Ground size of a pixel, for images that do not tell it themselves</source>
   <translation>Taille d’un pixel au sol, pour les images qui ne l’indiquent pas</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_layer.py" />
   <source>No polygon layer is chosen for the area. Choose one, or “Whole layer”.</source>
   <translation>Aucune couche de polygones n'est choisie pour le secteur. Choisissez-en une, ou « Couche entière ».</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_layer.py" />
   <source>No polygon of layer “{name}” is selected. Select some, or take the whole layer.</source>
   <translation>Aucun polygone de la couche « {name} » n'est sélectionné. Sélectionnez-en, ou prenez la couche entière.</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_layer.py" />
   <source>Layer “{name}” has no polygons. Draw some, or choose another layer.</source>
   <translation>La couche « {name} » n'a pas de polygones. Dessinez-en, ou choisissez une autre couche.</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_layer.py" />
   <source>Layer “{name}” has no coordinate reference system. Set one.</source>
   <translation>La couche « {name} » n'a pas de système de coordonnées de référence. Définissez-en un.</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_layer.py" />
   <source>Layer “{name}” has {n} polygons to copy; up to {most} are. Export it to a GeoPackage first.</source>
   <translation>La couche « {name} » a {n} polygones à copier ; {most} au plus sont possibles. Exportez-la d'abord vers un GeoPackage.</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_layer.py" />
   <source>The polygons cannot be written to “{path}”: {why}</source>
   <translation>Impossible d’écrire les polygones dans « {path} » : {why}</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Which part of the image is classified</source>
   <translation>La partie de l'image à classer</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Area</source>
   <translation>Secteur</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Drag a rectangle over the map; Esc ends it</source>
   <translation>Tracez un rectangle sur la carte ; Échap termine</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Draw on the map</source>
   <translation>Dessiner sur la carte</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Polygons of the area</source>
   <translation>Polygones de la zone</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Pixels whose centre lies in a polygon of this layer are classified</source>
   <translation>Sont classés les pixels dont le centre se trouve dans un polygone de cette couche</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Take only the polygons that are selected in that layer</source>
   <translation>Ne prendre que les polygones sélectionnés dans cette couche</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Selected polygons only</source>
   <translation>Polygones sélectionnés uniquement</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>No rectangle is drawn yet: the whole image would be classified.</source>
   <translation>Aucun rectangle n’est encore tracé : toute l’image serait classée.</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>{width} × {height} {unit}, from {x}, {y} ({crs})</source>
   <translation>{width} × {height} {unit}, à partir de {x}, {y} ({crs})</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <location filename="../../ui/image/raster_facts.py" />
   <source>no CRS</source>
   <translation>pas de SCR</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Whole image</source>
   <translation>Image entière</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Visible part of the map</source>
   <translation>Partie visible de la carte</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Rectangle on the map</source>
   <translation>Rectangle sur la carte</translation>
  </message>
  <message>
   <location filename="../../ui/form/area_section.py" />
   <source>Polygons of a layer</source>
   <translation>Polygones d'une couche</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>Estimating …</source>
   <translation>Estimation en cours …</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>a few tiles are being timed …</source>
   <translation>quelques tuiles sont chronométrées …</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>Needs {parts}.</source>
   <translation>Nécessite {parts}.</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>{needed} of {total} memory</source>
   <translation>{needed} sur {total} de mémoire</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>{needed} memory</source>
   <translation>{needed} de mémoire</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>{needed} of {total} on the graphics card</source>
   <translation>{needed} sur {total} sur la carte graphique</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>{needed} on the graphics card</source>
   <translation>{needed} sur la carte graphique</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>time unknown until the first run</source>
   <translation>durée inconnue avant le premier traitement</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>about {time}</source>
   <translation>environ {time}</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>at most {size} disk</source>
   <translation>au plus {size} de disque</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>{size} disk</source>
   <translation>{size} de disque</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>Only {free} are free on that disk: choose another folder or make room.</source>
   <translation>Seulement {free} libres sur ce disque : choisissez un autre dossier ou faites de la place.</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>Only {free} of memory are free: choose “Low memory” or close other programs.</source>
   <translation>Seulement {free} de mémoire libres : choisissez « Peu de mémoire » ou fermez d'autres programmes.</translation>
  </message>
  <message>
   <location filename="../../ui/form/estimate.py" />
   <source>Only {free} are free on the graphics card: choose “Low memory” or the processor.</source>
   <translation>Seulement {free} libres sur la carte graphique : choisissez « Peu de mémoire » ou le processeur.</translation>
  </message>
  <message>
   <location filename="../../ui/form/form.py" />
   <source>Segment image</source>
   <translation>Segmenter l’image</translation>
  </message>
  <message>
   <location filename="../../ui/form/form.py" />
   <source>Classify the image and write the results</source>
   <translation>Classer l’image et écrire les résultats</translation>
  </message>
  <message>
   <location filename="../../ui/form/form.py" />
   <source>The chosen model is not there.</source>
   <translation>Le modèle choisi n’est pas là.</translation>
  </message>
  <message>
   <location filename="../../ui/form/form.py" />
   <source>Add to the queue</source>
   <translation>Mettre en attente</translation>
  </message>
  <message>
   <location filename="../../ui/form/form.py" />
   <location filename="../../ui/processing/segment.py" />
   <location filename="../../ui/processing/teaching.py" />
   <source>Folder for the results</source>
   <translation>Dossier pour les résultats</translation>
  </message>
  <message>
   <location filename="../../ui/form/form.py" />
   <source>Folder that receives the results; it is made if it does not exist</source>
   <translation>Dossier qui reçoit les résultats ; il est créé s'il n'existe pas</translation>
  </message>
  <message>
   <location filename="../../ui/form/image_section.py" />
   <source>Raster layer to classify</source>
   <translation>Couche raster à classer</translation>
  </message>
  <message>
   <location filename="../../ui/form/image_section.py" />
   <location filename="../../ui/image/raster_facts.py" />
   <source>Open an image file that is not in the project</source>
   <translation>Ouvrir un fichier image qui n'est pas dans le projet</translation>
  </message>
  <message>
   <location filename="../../ui/form/job_builder.py" />
   <source>No raster layer is chosen. Add an image to the project and choose it.</source>
   <translation>Aucune couche raster n'est choisie. Ajoutez une image au projet et choisissez-la.</translation>
  </message>
  <message>
   <location filename="../../ui/form/job_builder.py" />
   <source>Layer “{name}” cannot be read. Repair its data source.</source>
   <translation>La couche « {name} » ne peut pas être lue. Réparez sa source de données.</translation>
  </message>
  <message>
   <location filename="../../ui/form/job_builder.py" />
   <source>Layer “{name}” comes from a {kind} service, not from a file. Export it first: right-click the layer ▸ Export ▸ Save As…, choose “Rendered image” and a resolution.</source>
   <translation>La couche « {name} » vient d'un service {kind}, pas d'un fichier. Exportez-la d'abord : clic droit sur la couche ▸ Exporter ▸ Enregistrer sous…, choisissez « Image rendue » et une résolution.</translation>
  </message>
  <message>
   <location filename="../../ui/form/job_builder.py" />
   <source>Layer “{name}” is not a plain file on disk. Export it to a GeoTIFF first.</source>
   <translation>La couche « {name} » n'est pas un simple fichier sur disque. Exportez-la d'abord vers un GeoTIFF.</translation>
  </message>
  <message>
   <location filename="../../ui/form/job_builder.py" />
   <source>The file of layer “{name}” is not there any more: “{path}”. Put it back, or choose another layer.</source>
   <translation>Le fichier de la couche « {name} » n’est plus là : « {path} ». Remettez-le ou choisissez une autre couche.</translation>
  </message>
  <message>
   <location filename="../../ui/form/job_builder.py" />
   <location filename="../../ui/image/raster_export.py" />
   <source>The chosen area lies outside layer “{name}”.</source>
   <translation>Le secteur choisi est hors de la couche « {name} ».</translation>
  </message>
  <message>
   <location filename="../../ui/form/job_builder.py" />
   <location filename="../../ui/image/render_layer.py" />
   <source>The chosen area cannot be brought into the layer's coordinates.</source>
   <translation>Le secteur choisi ne peut pas être converti dans les coordonnées de la couche.</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>Model that classifies the image</source>
   <translation>Modèle qui classe l’image</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <location filename="../../ui/model_store/models_dialog.py" />
   <location filename="../../ui/processing/teaching.py" />
   <source>Model</source>
   <translation>Modèle</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>What this model is good for: its card</source>
   <translation>À quoi sert ce modèle : sa fiche</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>Models…</source>
   <translation>Modèles…</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>All models on this computer: use, import, fine-tune, delete</source>
   <translation>Tous les modèles de cet ordinateur : utiliser, importer, affiner, supprimer</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>Time and memory</source>
   <translation>Temps et mémoire</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>{method} (starter)</source>
   <translation>{method} (modèle de départ)</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>This model is not there, or has no readable card. Choose another one.</source>
   <translation>Ce modèle n’est pas là ou n’a pas de fiche lisible. Choisissez-en un autre.</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>{n} classes, made for {m} m per pixel. {sentence}</source>
   <translation>{n} classes, prévu pour {m} m par pixel. {sentence}</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>More about it…</source>
   <translation>En savoir plus…</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>Classes, figures, training data, licence and limits of the model</source>
   <translation>Classes, chiffres, données d'entraînement, licence et limites du modèle</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Fast</source>
   <translation>Rapide</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>Uses the memory that is free to finish sooner. The map is the same.</source>
   <translation>Utilise la mémoire libre pour finir plus tôt. La carte est la même.</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Balanced</source>
   <translation>Équilibré</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>Leaves room for other programs. The map is the same.</source>
   <translation>Laisse de la place à d'autres programmes. La carte est la même.</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Low memory</source>
   <translation>Peu de mémoire</translation>
  </message>
  <message>
   <location filename="../../ui/form/model_section.py" />
   <source>Takes the least memory, and more time. The map is the same.</source>
   <translation>Prend le moins de mémoire, et plus de temps. La carte est la même.</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Write the polygons as {format}</source>
   <translation>Écrire les polygones en {format}</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source> m²</source>
   <translation> m²</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Keep all</source>
   <translation>Tout garder</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Smaller patches join the neighbour they share most border with.</source>
   <translation>Les taches plus petites rejoignent le voisin avec lequel elles partagent le plus de limite.</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Off</source>
   <translation>Non</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Borders are simplified once for both neighbours, so no gaps appear.</source>
   <translation>Les limites sont simplifiées une fois pour les deux voisins, sans créer de vides.</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Cut the corners of the borders, once for both neighbours, so no gaps appear.</source>
   <translation>Couper les coins des limites, une fois pour les deux voisins, sans créer de vides.</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Round the borders</source>
   <translation>Arrondir les limites</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>A layer, or a file, for each class instead of one for all</source>
   <translation>Une couche, ou un fichier, pour chaque classe au lieu d'une pour toutes</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>One polygon layer per class</source>
   <translation>Une couche de polygones par classe</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Smallest patch</source>
   <translation>Plus petite tache</translation>
  </message>
  <message>
   <location filename="../../ui/form/polygon_fields.py" />
   <source>Simplify borders</source>
   <translation>Simplifier les limites</translation>
  </message>
  <message>
   <location filename="../../ui/image/image_sources.py" />
   <source>Image to classify</source>
   <translation>Image à classer</translation>
  </message>
  <message>
   <location filename="../../ui/image/image_sources.py" />
   <source>Rendering …</source>
   <translation>Rendu en cours …</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>Layer “{name}” comes from a {kind} source, not from a file. Give the area and the ground resolution (metres per pixel) to render it with, or export it to a GeoTIFF first.</source>
   <translation>La couche « {name} » vient d'une source {kind}, pas d'un fichier. Donnez le secteur et la résolution au sol (mètres par pixel) du rendu, ou exportez-la d'abord vers un GeoTIFF.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>Layer “{name}” has no CRS, so its ground resolution is unknown. Set one.</source>
   <translation>La couche « {name} » n'a pas de SCR, sa résolution au sol est donc inconnue. Définissez-en un.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>At {m} m per pixel the area is {width} × {height} pixels; at most {most} million can be rendered. Choose a smaller area or a coarser resolution, or get the image as a file.</source>
   <translation>À {m} m par pixel, le secteur fait {width} × {height} pixels ; {most} millions au plus peuvent être rendus. Choisissez un secteur plus petit ou une résolution plus grossière, ou procurez-vous l'image en fichier.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <location filename="../../ui/results/export.py" />
   <source>Cannot write '{path}': {reason}.</source>
   <translation>Impossible d'écrire « {path} » : {reason}.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <location filename="../../ui/process/engine_client.py" />
   <location filename="../../ui/process/task.py" />
   <location filename="../../ui/runs/run_controller.py" />
   <source>The run was cancelled.</source>
   <translation>Le traitement a été annulé.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>Layer “{name}” shows nothing in the chosen area at {m} m per pixel. Look at the area in the map, or choose a resolution the source offers.</source>
   <translation>La couche « {name} » ne montre rien dans le secteur choisi à {m} m par pixel. Regardez le secteur sur la carte, ou choisissez une résolution que la source propose.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>it gave no picture</source>
   <translation>aucune image n'est venue</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>Layer “{name}” could not be rendered: {reason}. Check the connection and try again.</source>
   <translation>La couche « {name} » n'a pas pu être rendue : {reason}. Vérifiez la connexion et réessayez.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>Render {name}</source>
   <translation>Rendre {name}</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_export.py" />
   <source>The ground resolution cannot be measured in layer “{name}”.</source>
   <translation>La résolution au sol ne peut pas être mesurée dans la couche « {name} ».</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Add an image to the project, open a file, or try a sample.</source>
   <translation>Ajoutez une image au projet, ouvrez un fichier ou essayez un exemple.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Open an image…</source>
   <translation>Ouvrir une image…</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Adds an aerial photograph that comes with the plugin</source>
   <translation>Ajoute une photographie aérienne fournie avec l’extension</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Try with a sample scene</source>
   <translation>Essayer avec une scène d'exemple</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>This layer comes from a {kind} source, not from a file. “Make a file of it” takes what the map shows, or the rectangle under “Area”, at the model's resolution.</source>
   <translation>Cette couche vient d'une source {kind}, pas d'un fichier. « En faire un fichier » prend ce que montre la carte, ou le rectangle sous « Secteur », à la résolution du modèle.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Renders the layer to a GeoTIFF and chooses that</source>
   <translation>Rend la couche vers un GeoTIFF et choisit celui-ci</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Make a file of it</source>
   <translation>En faire un fichier</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>1 band</source>
   <translation>1 bande</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>{n} bands</source>
   <translation>{n} bandes</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>{m} m per pixel</source>
   <translation>{m} m par pixel</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>nodata value set</source>
   <translation>valeur nodata définie</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>The image has one band and no colour palette; the model needs {needed} (red, green, blue). Choose an image in colour.</source>
   <translation>L’image a une seule bande et pas de palette ; le modèle en demande {needed} (rouge, vert, bleu). Choisissez une image en couleur.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Use it as grey</source>
   <translation>L’utiliser en gris</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Gives the model the one band as red, green and blue</source>
   <translation>Donne au modèle l’unique bande comme rouge, vert et bleu</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>The raster has {found} bands; the model needs {needed} (red, green, blue).</source>
   <translation>Le raster a {found} bandes ; le modèle en exige {needed} (rouge, vert, bleu).</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Say which band the model gets as red, green and blue</source>
   <translation>Indiquer la bande que le modèle reçoit comme rouge, vert et bleu</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>No CRS: areas are counted in pixels, and the pixel size is taken to be the model's.</source>
   <translation>Pas de SCR : les surfaces sont comptées en pixels, et la taille de pixel est supposée celle du modèle.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Set the CRS…</source>
   <translation>Définir le SCR…</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Say which coordinate reference system the layer has</source>
   <translation>Indiquer le système de coordonnées de la couche</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Give the pixel size</source>
   <translation>Indiquer la taille du pixel</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Say how many metres a pixel has on the ground</source>
   <translation>Indiquer combien de mètres mesure un pixel au sol</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>8-bit</source>
   <translation>8 bits</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Not 8-bit: the values are stretched once, the same for the whole raster.</source>
   <translation>Pas 8 bits : les valeurs sont étirées une fois, de la même façon pour tout le raster.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Pixels of {raster} m are coarser than the model's {model} m: expect a poor map.</source>
   <translation>Les pixels de {raster} m sont plus grossiers que les {model} m du modèle : attendez-vous à une carte médiocre.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Another model…</source>
   <translation>Autre modèle…</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Look for a model that was made for such pixels</source>
   <translation>Chercher un modèle prévu pour de tels pixels</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>Pixels of {raster} m are finer than the model's {model} m: detail below that is not used.</source>
   <translation>Les pixels de {raster} m sont plus fins que les {model} m du modèle : le détail en dessous n'est pas utilisé.</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>16-bit</source>
   <translation>16 bits</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>16-bit signed</source>
   <translation>16 bits signés</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>32-bit</source>
   <translation>32 bits</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>32-bit signed</source>
   <translation>32 bits signés</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>32-bit float</source>
   <translation>32 bits flottants</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>64-bit float</source>
   <translation>64 bits flottants</translation>
  </message>
  <message>
   <location filename="../../ui/image/raster_facts.py" />
   <source>other type</source>
   <translation>autre type</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Model card: {title}</source>
   <translation>Fiche du modèle : {title}</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <location filename="../../ui/teach/class_list.py" />
   <source>Classes</source>
   <translation>Classes</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>What it is not good for</source>
   <translation>Ce pour quoi il ne convient pas</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Measured</source>
   <translation>Mesuré</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Scenes named “test” were held out from training.</source>
   <translation>Les scènes nommées « test » ont été exclues de l'entraînement.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Trained on</source>
   <translation>Entraîné sur</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Licence</source>
   <translation>Licence</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>For trying out: it was trained on few places.</source>
   <translation>Pour essayer : il a été entraîné sur peu de lieux.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Weak in: {names}.</source>
   <translation>Faible pour : {names}.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Hardly learnt, do not rely on: {names}.</source>
   <translation>À peine apprises, ne vous y fiez pas : {names}.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Needs {n} bands. Made for {m} m per pixel.</source>
   <translation>Nécessite {n} bandes. Fait pour {m} m par pixel.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Scenes</source>
   <translation>Scènes</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Mean IoU</source>
   <translation>IoU moyenne</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>Right pixels</source>
   <translation>Pixels justes</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/card.py" />
   <source>IoU of each class</source>
   <translation>IoU de chaque classe</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Import a published checkpoint</source>
   <translation>Importer un checkpoint publié</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>The downloaded file (.pth)</source>
   <translation>Le fichier téléchargé (.pth)</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>The downloaded file of the global stage (.pth)</source>
   <translation>Le fichier téléchargé de l'étape globale (.pth)</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Import</source>
   <translation>Importer</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Convert the files and add the model</source>
   <translation>Convertir les fichiers et ajouter le modèle</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>A file is missing. The guide above says where its authors offer it.</source>
   <translation>Un fichier manque. Le guide ci-dessus dit où ses auteurs le proposent.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>There is no file '{path}'.</source>
   <translation>Il n'y a pas de fichier « {path} ».</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Imported as '{path}'.</source>
   <translation>Importé sous « {path} ».</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>'{path}' cannot be written: {reason}.</source>
   <translation>« {path} » ne peut pas être écrit : {reason}.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <location filename="../../ui/runs/running_page.py" />
   <location filename="../../ui/setup/install_form.py" />
   <source>Cancel</source>
   <translation>Annuler</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Close</source>
   <translation>Fermer</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Which network the files belong to; of PPN none were published</source>
   <translation>Le réseau auquel appartiennent les fichiers ; aucun n'a été publié pour PPN</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Both directions (two files, the most thorough)</source>
   <translation>Dans les deux sens (deux fichiers, le plus approfondi)</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Global to local (one file)</source>
   <translation>Du global au local (un fichier)</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Global branch alone (one file, the fastest)</source>
   <translation>Branche globale seule (un fichier, le plus rapide)</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Which of GLNet's three stages to make</source>
   <translation>Laquelle des trois étapes de GLNet créer</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Name of the file in the folder of models</source>
   <translation>Nom du fichier dans le dossier des modèles</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>&amp;Network</source>
   <translation>&amp;Réseau</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>&amp;Stage</source>
   <translation>&amp;Étape</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>&amp;File</source>
   <translation>&amp;Fichier</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>&amp;Global stage</source>
   <translation>Étape &amp;globale</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>N&amp;ame</source>
   <translation>N&amp;om</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>Published checkpoints</source>
   <translation>Checkpoints publiés</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>All files</source>
   <translation>Tous les fichiers</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>GLNet's authors link their files from the README of {code} (the same as {page}). Download {files}, then name them here.</source>
   <translation>Les auteurs de GLNet donnent les liens de leurs fichiers dans le README de {code} (le même que {page}). Téléchargez {files}, puis indiquez-les ici.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>ISDNet's authors link their DeepGlobe file from the README of {page}. Download it, then name it here.</source>
   <translation>Les auteurs d'ISDNet donnent le lien de leur fichier DeepGlobe dans le README de {page}. Téléchargez-le, puis indiquez-le ici.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/import_form.py" />
   <source>The files were trained on DeepGlobe, whose data are for research only: mind that, and the authors' licence. They are opened as data; nothing in them is run.</source>
   <translation>Les fichiers ont été entraînés sur DeepGlobe, dont les données sont réservées à la recherche : tenez-en compte, ainsi que de la licence des auteurs. Ils sont ouverts comme données ; rien n'y est exécuté.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/info.py" />
   <source>The fastest.</source>
   <translation>Le plus rapide.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/info.py" />
   <source>The most thorough, and the slowest.</source>
   <translation>Le plus minutieux, et le plus lent.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/info.py" />
   <source>Refines only where it is worth it: in between.</source>
   <translation>N’affine que là où c’est utile : entre les deux.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Models</source>
   <translation>Modèles</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>&amp;Use</source>
   <translation>&amp;Utiliser</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Classify with this model</source>
   <translation>Classer avec ce modèle</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>&amp;Fine-tune…</source>
   <translation>A&amp;ffiner…</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Go on training this model on your own images</source>
   <translation>Continuer l'entraînement de ce modèle sur vos images</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>S&amp;how in folder</source>
   <translation>Montrer dans le &amp;dossier</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Open the folder of this model</source>
   <translation>Ouvrir le dossier de ce modèle</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>&amp;Delete…</source>
   <translation>&amp;Supprimer…</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Delete the file of this model</source>
   <translation>Supprimer le fichier de ce modèle</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>&amp;Import…</source>
   <translation>&amp;Importer…</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Convert a checkpoint that its authors published (GLNet, ISDNet)</source>
   <translation>Convertir un checkpoint publié par ses auteurs (GLNet, ISDNet)</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>&amp;Add file…</source>
   <translation>&amp;Ajouter un fichier…</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Add a checkpoint of this plugin</source>
   <translation>Ajouter un checkpoint de cette extension</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>“{name}” was deleted.</source>
   <translation>« {name} » a été supprimé.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>This file has no readable model card: it is damaged or no checkpoint.</source>
   <translation>Ce fichier n'a pas de fiche de modèle lisible : il est endommagé ou n'est pas un checkpoint.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>There are no models. Import or add one.</source>
   <translation>Il n'y a pas de modèles. Importez-en ou ajoutez-en un.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Checkpoints</source>
   <translation>Checkpoints</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Add a checkpoint</source>
   <translation>Ajouter un checkpoint</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Delete model</source>
   <translation>Supprimer le modèle</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Delete “{name}”? Its file is removed from this computer.</source>
   <translation>Supprimer « {name} » ? Son fichier sera retiré de cet ordinateur.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>The toolbox does not offer “Fine-tune a checkpoint”.</source>
   <translation>La boîte à outils ne propose pas « Affiner un checkpoint ».</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Method</source>
   <translation>Méthode</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Models on this computer</source>
   <translation>Modèles sur cet ordinateur</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Card of the chosen model</source>
   <translation>Fiche du modèle choisi</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Starters, for trying out</source>
   <translation>Modèles de départ, pour essayer</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Imported</source>
   <translation>Importés</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>Trained or added by you</source>
   <translation>Entraînés ou ajoutés par vous</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/models_dialog.py" />
   <source>File: {path} ({size} MB)</source>
   <translation>Fichier : {path} ({size} Mo)</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/store.py" />
   <source>'{path}' is no checkpoint of this plugin: it has no model card. Choose a .safetensors file that was trained or imported here; a public .pth file is imported instead.</source>
   <translation>« {path} » n'est pas un checkpoint de cette extension : il n'a pas de fiche de modèle. Choisissez un fichier .safetensors entraîné ou importé ici ; un fichier .pth public doit être importé.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/store.py" />
   <source>'{path}' cannot be copied to the models: {reason}.</source>
   <translation>« {path} » ne peut pas être copié vers les modèles : {reason}.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/store.py" />
   <source>“{name}” belongs to the plugin and stays.</source>
   <translation>« {name} » fait partie de l'extension et reste.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/store.py" />
   <source>'{path}' cannot be deleted: {reason}.</source>
   <translation>« {path} » ne peut pas être supprimé : {reason}.</translation>
  </message>
  <message>
   <location filename="../../ui/model_store/store.py" />
   <source>Add {name}</source>
   <translation>Ajouter {name}</translation>
  </message>
  <message>
   <location filename="../../ui/process/engine_client.py" />
   <source>The engine's Python '{python}' could not be started. Choose another interpreter.</source>
   <translation>Le Python du moteur « {python} » n'a pas pu être démarré. Choisissez un autre interpréteur.</translation>
  </message>
  <message>
   <location filename="../../ui/process/engine_client.py" />
   <source>The engine was ended by the system (signal or crash {code}).</source>
   <translation>Le moteur a été arrêté par le système (signal ou plantage {code}).</translation>
  </message>
  <message>
   <location filename="../../ui/process/engine_client.py" />
   <source>The engine ended with status {code} and gave no result.</source>
   <translation>Le moteur s'est terminé avec le code {code} et sans résultat.</translation>
  </message>
  <message>
   <location filename="../../ui/process/engine_finder.py" />
   <source>No Python for the engine was found.</source>
   <translation>Aucun Python pour le moteur n'a été trouvé.</translation>
  </message>
  <message>
   <location filename="../../ui/process/engine_finder.py" />
   <source>Click “Set up the engine …” in the Land Cover panel.</source>
   <translation>Cliquez sur « Installer le moteur … » dans le panneau Occupation du sol.</translation>
  </message>
  <message>
   <location filename="../../ui/process/engine_finder.py" />
   <location filename="../../ui/setup/install_plan.py" />
   <source>{path} is Python {found}; the engine needs {needed} or newer.</source>
   <translation>{path} est Python {found} ; le moteur exige {needed} ou plus récent.</translation>
  </message>
  <message>
   <location filename="../../ui/process/engine_finder.py" />
   <source>{path} lacks {names}.</source>
   <translation>Il manque {names} à {path}.</translation>
  </message>
  <message>
   <location filename="../../ui/process/task.py" />
   <source>Segment {name}</source>
   <translation>Segmenter {name}</translation>
  </message>
  <message>
   <location filename="../../ui/process/task.py" />
   <source>Look at the land-cover engine</source>
   <translation>Examiner le moteur d'occupation du sol</translation>
  </message>
  <message>
   <location filename="../../ui/process/task.py" />
   <source>Test the land-cover engine</source>
   <translation>Tester le moteur d'occupation du sol</translation>
  </message>
  <message>
   <location filename="../../ui/process/task.py" />
   <source>'{path}' gave no answer.</source>
   <translation>« {path} » n'a pas répondu.</translation>
  </message>
  <message>
   <location filename="../../ui/process/task.py" />
   <location filename="../../ui/setup/install_task.py" />
   <source>'{path}' is not a Python.</source>
   <translation>« {path} » n'est pas un Python.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/base.py" />
   <source>The polygons cannot be read. Choose a polygon layer or file.</source>
   <translation>Les polygones ne peuvent pas être lus. Choisissez une couche ou un fichier de polygones.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/base.py" />
   <source>Device: auto, cpu, cuda or cuda:N</source>
   <translation>Périphérique : auto, cpu, cuda ou cuda:N</translation>
  </message>
  <message>
   <location filename="../../ui/processing/base.py" />
   <source>Engine: {python}, command {command}</source>
   <translation>Moteur : {python}, commande {command}</translation>
  </message>
  <message>
   <location filename="../../ui/processing/base.py" />
   <location filename="../../ui/runs/run_controller.py" />
   <source>Plan: {plan}</source>
   <translation>Plan : {plan}</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Fine-tune a checkpoint</source>
   <translation>Affiner un checkpoint</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>training,fine-tune,transfer learning,adapt,checkpoint</source>
   <translation>entraînement,affinage,apprentissage par transfert,adapter,checkpoint,fine-tune</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Goes on training a checkpoint on your own images, so that it knows your area and your classes. The data is a folder of samples (“Make training samples”) or of images and masks.

Scenes are held out by group, never by crop: a pattern says which part of a file name is the group, e.g. tile(\d+)_, and the groups to hold out are listed, separated by blanks. With other classes than the checkpoint's give a legend; their part of the network starts afresh.

The log says after the first step how long it will take. On a processor without a graphics card a step of four samples takes some seconds, so set a time limit: stopped by it or by you, what was trained so far is a model. Use it, or run again with the same folder to go on, also with more steps.</source>
   <translation>Continue l'entraînement d'un checkpoint sur vos images, pour qu'il connaisse votre territoire et vos classes. Les données sont un dossier d'échantillons (« Créer des échantillons d'entraînement ») ou d'images et de masques.

Les scènes sont exclues par groupe, jamais par extrait : un motif dit quelle partie d'un nom de fichier est le groupe, par ex. tile(\d+)_, et les groupes à exclure sont énumérés, séparés par des espaces. Avec d'autres classes que celles du checkpoint, donnez une légende ; leur partie du réseau repart de zéro.

Après la première étape, le journal dit combien de temps cela prendra. Sur un processeur sans carte graphique, une étape de quatre échantillons prend quelques secondes ; fixez donc une limite de temps : arrêté par elle ou par vous, ce qui a été appris est un modèle. Utilisez-le, ou relancez avec le même dossier pour continuer, même avec plus d’étapes.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Folder of samples, or of images and masks</source>
   <translation>Dossier d'échantillons, ou d'images et de masques</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Steps</source>
   <translation>Étapes</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Name (empty: that of the folder)</source>
   <translation>Nom (vide : celui du dossier)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Legend of other classes (JSON)</source>
   <translation>Légende d'autres classes (JSON)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Pattern of a scene's group</source>
   <translation>Motif du groupe d'une scène</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Groups held out to follow it</source>
   <translation>Groupes exclus pour le suivi</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Groups held out for the card</source>
   <translation>Groupes exclus pour la fiche</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Samples at a time</source>
   <translation>Échantillons à la fois</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Learning rate</source>
   <translation>Taux d'apprentissage</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Licence of the new weights</source>
   <translation>Licence des nouveaux poids</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <location filename="../../ui/processing/training.py" />
   <source>Folder for the training</source>
   <translation>Dossier pour l'entraînement</translation>
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
   <translation>Mesurer un checkpoint avec des masques</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>accuracy,validation,confusion matrix,IoU,F1,checkpoint</source>
   <translation>exactitude,validation,matrice de confusion,IoU,F1,checkpoint</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Maps every image of a folder that also has a mask and compares: confusion matrix, intersection over union (IoU) and F1 of each class, accuracy. The figures are written as JSON, and as a table (.md) beside it.

Measure on scenes that the checkpoint was not trained on: name their groups, separated by blanks.</source>
   <translation>Cartographie chaque image d'un dossier qui a aussi un masque et compare : matrice de confusion, intersection sur union (IoU) et F1 de chaque classe, exactitude. Les chiffres sont écrits en JSON, et en tableau (.md) à côté.

Mesurez sur des scènes qui n'ont pas servi à l'entraînement : nommez leurs groupes, séparés par des espaces.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <location filename="../../ui/processing/training.py" />
   <source>Folder of images and masks</source>
   <translation>Dossier d'images et de masques</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Pattern of a scene's group, e.g. tile(\d+)_</source>
   <translation>Motif du groupe d'une scène, par ex. tile(\d+)_</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Groups to measure (empty: all)</source>
   <translation>Groupes à mesurer (vide : tous)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Name of the folder of images</source>
   <translation>Nom du dossier des images</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Name of the folder of masks</source>
   <translation>Nom du dossier des masques</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Leave pixels of the unknown class out</source>
   <translation>Ignorer les pixels de la classe inconnue</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Figures</source>
   <translation>Chiffres</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Table (Markdown)</source>
   <translation>Tableau (Markdown)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Mean IoU of the classes that occur</source>
   <translation>IoU moyenne des classes présentes</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Mean F1 of the classes that occur</source>
   <translation>F1 moyen des classes présentes</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Accuracy</source>
   <translation>Exactitude</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>Scenes measured</source>
   <translation>Scènes mesurées</translation>
  </message>
  <message>
   <location filename="../../ui/processing/checkpoints.py" />
   <source>The figures were not written to '{path}'.</source>
   <translation>Les chiffres n'ont pas été écrits dans « {path} ».</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Preset</source>
   <translation>Préréglage</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Trades speed for memory. The map is the same.</source>
   <translation>Échange vitesse contre mémoire. La carte est la même.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>File formats of the polygons; none for no polygons.</source>
   <translation>Formats de fichier des polygones ; aucun pour ne pas en créer.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Red band</source>
   <translation>Bande rouge</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Green band</source>
   <translation>Bande verte</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Blue band</source>
   <translation>Bande bleue</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Empty: the bands that say they are red, green and blue, else the first three.</source>
   <translation>Vide : les bandes qui se disent rouge, verte et bleue, sinon les trois premières.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Area (rectangle)</source>
   <translation>Secteur (rectangle)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Empty: the whole image.</source>
   <translation>Vide : l'image entière.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Area (polygons)</source>
   <translation>Secteur (polygones)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Only what lies inside is classified; with a rectangle, what lies in both.</source>
   <translation>Seul ce qui est à l'intérieur est classé ; avec un rectangle, ce qui est dans les deux.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Checkpoint (empty: the starter of the method)</source>
   <translation>Checkpoint (vide : le modèle de départ de la méthode)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Size of a pixel on the ground (m)</source>
   <translation>Taille d'un pixel au sol (m)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>For images that do not tell it themselves; 0 takes it from the image.</source>
   <translation>Pour les images qui ne l'indiquent pas ; 0 la prend dans l'image.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Also write the confidence (raster)</source>
   <translation>Écrire aussi la confiance (raster)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>The probability of the class that was chosen, in per cent.</source>
   <translation>La probabilité de la classe choisie, en pour cent.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Also write the probabilities of all classes (raster)</source>
   <translation>Écrire aussi les probabilités de toutes les classes (raster)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Also write a report (HTML)</source>
   <translation>Écrire aussi un rapport (HTML)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <location filename="../../ui/processing/maps.py" />
   <source>One polygon layer for each class</source>
   <translation>Une couche de polygones pour chaque classe</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Also write the patches that PPN refined</source>
   <translation>Écrire aussi les extraits affinés par PPN</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Replace results of that name</source>
   <translation>Remplacer les résultats de ce nom</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Add the results to the project</source>
   <translation>Ajouter les résultats au projet</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Name of the results</source>
   <translation>Nom des résultats</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Empty: the name of the image and “_landcover”.</source>
   <translation>Vide : le nom de l'image et « _landcover ».</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Choose the bands for red, green and blue, or none of them to have them found.</source>
   <translation>Choisissez les bandes rouge, verte et bleue, ou aucune pour qu'elles soient trouvées.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Smaller patches join the neighbour they share most border with; 0 keeps all.</source>
   <translation>Les taches plus petites rejoignent le voisin avec lequel elles partagent le plus de limite ; 0 garde tout.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Smallest patch (m²)</source>
   <translation>Plus petite tache (m²)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Borders are simplified once for both neighbours, so no gaps appear; 0 keeps the borders of the pixels.</source>
   <translation>Les limites sont simplifiées une fois pour les deux voisins, sans créer de vides ; 0 garde les limites des pixels.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Simplify borders by (m)</source>
   <translation>Simplifier les limites de (m)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>Rounds the simplified borders, once for both neighbours.</source>
   <translation>Arrondit les limites simplifiées, une fois pour les deux voisins.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/job_parameters.py" />
   <source>The checkpoint is for {found}, the method is {wanted}. Choose {found} or another checkpoint.</source>
   <translation>Le checkpoint est pour {found}, la méthode est {wanted}. Choisissez {found} ou un autre checkpoint.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Legend (JSON; empty: what the raster says)</source>
   <translation>Légende (JSON ; vide : ce que dit le raster)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>“{name}” has {n} bands; a class raster has one. Choose a land-cover raster.</source>
   <translation>« {name} » a {n} bandes ; un raster de classes en a une. Choisissez un raster d'occupation du sol.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Make polygons from a class raster</source>
   <translation>Créer des polygones d'un raster de classes</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>vectorize,polygonize,polygons,coverage,simplify,smooth,minimum mapping unit,land cover</source>
   <translation>vectoriser,polygones,couverture,simplifier,lisser,unité cartographique minimale,occupation du sol</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Makes polygons from a class raster of any size. Neighbours share their borders: they are simplified once for both sides, so neither gaps nor overlaps appear. Patches below the smallest size join the neighbour they share most border with.

The ending of the output decides the format: GeoPackage (gpkg), Shapefile (shp), GeoJSON (geojson) or FlatGeobuf (fgb). One layer for each class needs a GeoPackage.</source>
   <translation>Crée des polygones d'un raster de classes de toute taille. Les voisins partagent leurs limites : elles sont simplifiées une fois pour les deux côtés, sans vides ni recouvrements. Les taches sous la plus petite taille rejoignent le voisin avec lequel elles partagent le plus de limite.

L'extension de la sortie décide du format : GeoPackage (gpkg), Shapefile (shp), GeoJSON (geojson) ou FlatGeobuf (fgb). Une couche pour chaque classe exige un GeoPackage.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Confidence raster, for its mean per polygon</source>
   <translation>Raster de confiance, pour la moyenne par polygone</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Polygons cannot be written as '{ending}'. Choose one of {known}.</source>
   <translation>Les polygones ne peuvent pas être écrits en « {ending} ». Choisissez parmi {known}.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Only a GeoPackage (.gpkg) holds a layer for each class. Choose it as the output.</source>
   <translation>Seul un GeoPackage (.gpkg) contient une couche pour chaque classe. Choisissez-le comme sortie.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Measure areas of classes</source>
   <translation>Mesurer les surfaces des classes</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>area,hectares,statistics,zonal,zones,table,CSV,land cover</source>
   <translation>surface,hectares,statistiques,zonal,zones,tableau,CSV,occupation du sol</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Measures how much ground each class of a class raster covers and writes a table (CSV). Areas are measured on the ellipsoid, so they are right in degrees and in web maps too.

With polygons of an area only what lies inside counts; pixels on its border count in part. With zones the table has one row for each zone and class. Zones may overlap; the total then counts ground twice.</source>
   <translation>Mesure la surface au sol de chaque classe d'un raster de classes et écrit un tableau (CSV). Les surfaces sont mesurées sur l'ellipsoïde, donc justes aussi en degrés et dans les cartes web.

Avec les polygones d'un secteur, seul ce qui est à l'intérieur compte ; les pixels de sa limite comptent en partie. Avec des zones, le tableau a une ligne pour chaque zone et classe. Les zones peuvent se recouvrir ; le total compte alors le sol deux fois.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Only within</source>
   <translation>Seulement dans</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Zones</source>
   <translation>Zones</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Name of a zone</source>
   <translation>Nom d'une zone</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Areas</source>
   <translation>Surfaces</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Table</source>
   <translation>Tableau</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Add the table to the project</source>
   <translation>Ajouter le tableau au projet</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Areas as a table</source>
   <translation>Surfaces en tableau</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>Area of all classes (m²)</source>
   <translation>Surface de toutes les classes (m²)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/maps.py" />
   <source>A field names zones, but no zones are chosen. Choose a polygon layer of zones.</source>
   <translation>Un champ nomme des zones, mais aucune zone n'est choisie. Choisissez une couche de polygones de zones.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Segment raster into land cover</source>
   <translation>Segmenter un raster en occupation du sol</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>classification,segmentation,land cover,deep learning,neural network,polygonize</source>
   <translation>classification,segmentation,occupation du sol,apprentissage profond,réseau de neurones,vectoriser</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Classifies a raster of any size into land cover with a deep network made for ultra-high-resolution images, and writes a classified GeoTIFF, polygons, the area of each class (CSV) and the recipe of the run into a folder.

The preset trades speed for memory; the map is the same. Patches below the smallest size join the neighbour they share most border with; borders are simplified once for both neighbours, so the polygons keep covering the ground without gaps.

An image that is no file (WMS, XYZ tiles, memory) is rendered first: give a rectangle and the ground resolution to render it with. Mind the terms of the service.

A run that was cancelled or broke off is resumed where it stopped when it is started again with the same parameters and folder.

The starter checkpoints are for trying out.</source>
   <translation>Classe un raster de toute taille en occupation du sol avec un réseau profond fait pour les images à ultra-haute résolution, et écrit un GeoTIFF classé, des polygones, la surface de chaque classe (CSV) et la recette du traitement dans un dossier.

Le préréglage échange vitesse contre mémoire ; la carte est la même. Les taches sous la plus petite taille rejoignent le voisin avec lequel elles partagent le plus de limite ; les limites sont simplifiées une fois pour les deux voisins, si bien que les polygones couvrent le sol sans vides.

Une image qui n'est pas un fichier (WMS, tuiles XYZ, mémoire) est d'abord rendue : donnez un rectangle et la résolution au sol. Respectez les conditions du service.

Un traitement annulé ou interrompu reprend où il s'est arrêté quand on le relance avec les mêmes paramètres et le même dossier.

Les modèles de départ servent à essayer.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Ground resolution to render with (m per pixel)</source>
   <translation>Résolution au sol du rendu (m par pixel)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>For images that are no files: WMS, XYZ tiles, memory. They need a rectangle, too.</source>
   <translation>Pour les images qui ne sont pas des fichiers : WMS, tuiles XYZ, mémoire. Il leur faut aussi un rectangle.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Begin anew where an interrupted run could be resumed</source>
   <translation>Recommencer là où un traitement interrompu pourrait reprendre</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <location filename="../../ui/processing/teaching.py" />
   <source>Land cover (raster)</source>
   <translation>Occupation du sol (raster)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <location filename="../../ui/processing/teaching.py" />
   <source>Land cover (polygons)</source>
   <translation>Occupation du sol (polygones)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Areas (CSV)</source>
   <translation>Surfaces (CSV)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <location filename="../../ui/processing/training.py" />
   <source>Recipe</source>
   <translation>Recette</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <location filename="../../ui/results/results.py" />
   <source>Report</source>
   <translation>Rapport</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Tiles classified</source>
   <translation>Tuiles classées</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Seconds taken</source>
   <translation>Durée en secondes</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Number of warnings</source>
   <translation>Nombre d'avertissements</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>No output folder is chosen. Choose the folder that shall receive the results.</source>
   <translation>Aucun dossier de sortie n'est choisi. Choisissez le dossier qui recevra les résultats.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Rendering the image</source>
   <translation>Rendu de l'image</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>'{path}' was rendered before and is used again.</source>
   <translation>« {path} » a déjà été rendu et est réutilisé.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>'{path}' exists. Choose another name or folder, or allow results to be replaced.</source>
   <translation>« {path} » existe. Choisissez un autre nom ou dossier, ou autorisez le remplacement des résultats.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Estimate memory, time and disk of a run</source>
   <translation>Estimer mémoire, durée et disque d'un traitement</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>plan,memory,time,disk,tiles,land cover</source>
   <translation>plan,mémoire,durée,disque,tuiles,occupation du sol</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Says what “Segment raster into land cover” would need with the same parameters: memory of computer and graphics card, disk space, tiles, and the time where this computer has run the model before. Nothing is classified and nothing is written.</source>
   <translation>Dit ce qu'exigerait « Segmenter un raster en occupation du sol » avec les mêmes paramètres : mémoire de l'ordinateur et de la carte graphique, disque, tuiles, et la durée si cet ordinateur a déjà exécuté le modèle. Rien n'est classé et rien n'est écrit.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Memory (bytes)</source>
   <translation>Mémoire (octets)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Memory of the graphics card (bytes)</source>
   <translation>Mémoire de la carte graphique (octets)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Disk space (bytes)</source>
   <translation>Espace disque (octets)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Seconds; none where they are not known</source>
   <translation>Secondes ; aucune si inconnues</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>Tiles</source>
   <translation>Tuiles</translation>
  </message>
  <message>
   <location filename="../../ui/processing/segment.py" />
   <source>In words</source>
   <translation>En mots</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <location filename="../../ui/teach/class_list.py" />
   <location filename="../../ui/teach/example_layer.py" />
   <source>Examples</source>
   <translation>Exemples</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Field of the class (empty: found)</source>
   <translation>Champ de la classe (vide : trouvé)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Take classes to be equally common</source>
   <translation>Supposer les classes aussi fréquentes</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Unclassified below this probability</source>
   <translation>Non classé sous cette probabilité</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Teach a model from examples</source>
   <translation>Enseigner un modèle par des exemples</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>teach,examples,training,supervised,classification,land cover</source>
   <translation>enseigner,exemples,entraînement,supervisée,classification,occupation du sol</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Makes a model from a few points, lines or polygons drawn on an image, without a graphics card. The class is read from class_id, class_name, from the fields of the Semi-Automatic Classification Plugin or of ArcGIS, or from the field that you name.

The log says how many examples are recognised when they are left out. That is not the accuracy of a map.</source>
   <translation>Fait un modèle de quelques points, lignes ou polygones dessinés sur une image, sans carte graphique. La classe est lue dans class_id, class_name, dans les champs du Semi-Automatic Classification Plugin ou d’ArcGIS, ou dans le champ que vous nommez.

Le journal dit combien d’exemples sont reconnus quand on les laisse de côté. Ce n’est pas l’exactitude d’une carte.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Examples that were left out once</source>
   <translation>Exemples laissés de côté une fois</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Of these recognised</source>
   <translation>Dont reconnus</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Map an image from examples</source>
   <translation>Cartographier une image par des exemples</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Makes a model from a few points, lines or polygons drawn on an image and maps the whole image with it: a classified GeoTIFF, polygons, the area of each class and the model, in a folder.</source>
   <translation>Fait un modèle de quelques points, lignes ou polygones dessinés sur une image et cartographie avec lui toute l’image : un GeoTIFF classé, des polygones, la surface de chaque classe et le modèle, dans un dossier.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/teaching.py" />
   <source>Replace results of the same name</source>
   <translation>Remplacer les résultats du même nom</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Starter of {method}</source>
   <translation>Modèle de départ de {method}</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Checkpoint that ships with the plugin</source>
   <translation>Checkpoint fourni avec l'extension</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Other checkpoint, in its place</source>
   <translation>Autre checkpoint, à sa place</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>There is no checkpoint '{path}'. Choose a .safetensors file.</source>
   <translation>Il n'y a pas de checkpoint « {path} ». Choisissez un fichier .safetensors.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Stop after minutes (0: when done)</source>
   <translation>Arrêter après (minutes ; 0 : à la fin)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Processor threads (0: all)</source>
   <translation>Threads du processeur (0 : tous)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Begin anew where the folder holds a training</source>
   <translation>Recommencer si le dossier contient déjà un entraînement</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Add it to the models of the panel</source>
   <translation>L'ajouter aux modèles du panneau</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>A quote is not closed in '{text}'.</source>
   <translation>Un guillemet n'est pas fermé dans « {text} ».</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>There is no folder '{path}'.</source>
   <translation>Il n'y a pas de dossier « {path} ».</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>tick “Begin anew where the folder holds a training”</source>
   <translation>cochez « Recommencer si le dossier contient déjà un entraînement »</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Added to the models as '{path}'.</source>
   <translation>Ajouté aux modèles sous « {path} ».</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Make training samples</source>
   <translation>Créer des échantillons d'entraînement</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>training,samples,chips,labels,digitised,mask</source>
   <translation>entraînement,échantillons,extraits,étiquettes,numérisé,masque</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Cuts an image and its land cover into samples for “Fine-tune a checkpoint”. The land cover is a polygon layer whose field class_id or class_name (or the field you choose) says the class, or a raster of class ids or of the legend's colours. What nobody digitised is left out.

Run it for several images in batch, each into a folder of its own.</source>
   <translation>Découpe une image et son occupation du sol en échantillons pour « Affiner un checkpoint ». L'occupation du sol est une couche de polygones dont le champ class_id ou class_name (ou celui que vous choisissez) dit la classe, ou un raster de numéros de classe ou des couleurs de la légende. Ce que personne n'a numérisé est ignoré.

Pour plusieurs images, lancez-le par lots, chacune dans son dossier.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Land cover (polygons or raster)</source>
   <translation>Occupation du sol (polygones ou raster)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Field of the class</source>
   <translation>Champ de la classe</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Side of a sample in pixels</source>
   <translation>Côté d'un échantillon en pixels</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Ground resolution (m; 0: the image's)</source>
   <translation>Résolution au sol (m ; 0 : celle de l'image)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Legend (JSON; empty: DeepGlobe's)</source>
   <translation>Légende (JSON ; vide : celle de DeepGlobe)</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Replace an older folder of samples</source>
   <translation>Remplacer un ancien dossier d'échantillons</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Folder for the samples</source>
   <translation>Dossier pour les échantillons</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Number of samples</source>
   <translation>Nombre d'échantillons</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>The land cover cannot be read. Choose a polygon layer or a raster.</source>
   <translation>L'occupation du sol ne peut pas être lue. Choisissez une couche de polygones ou un raster.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Train a network</source>
   <translation>Entraîner un réseau</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>training,deep learning,recipe,checkpoint</source>
   <translation>entraînement,apprentissage profond,recette,checkpoint</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Trains a network from nothing as a recipe (TOML) says. Recipes for GLNet, PPN and ISDNet are in the project's repository. This takes hours on a graphics card and is hardly possible without one; to adapt a checkpoint to your own area take “Fine-tune a checkpoint”.

Stopped by you or by the time limit, what was trained so far is a model: use it, or run again with the same folder to go on.</source>
   <translation>Entraîne un réseau depuis zéro selon une recette (TOML). Des recettes pour GLNet, PPN et ISDNet sont dans le dépôt du projet. Cela prend des heures sur une carte graphique et n'est guère possible sans ; pour adapter un checkpoint à votre territoire, prenez « Affiner un checkpoint ».

Arrêté par vous ou par la limite de temps, ce qui a été appris est un modèle : utilisez-le, ou relancez avec le même dossier pour continuer.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>There is no recipe '{path}'. Choose a .toml file.</source>
   <translation>Il n'y a pas de recette « {path} ». Choisissez un fichier .toml.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>Stopped after {step} of {steps} steps. Run again with the folder “{folder}” to go on.</source>
   <translation>Arrêté après {step} étapes sur {steps}. Relancez avec le dossier « {folder} » pour continuer.</translation>
  </message>
  <message>
   <location filename="../../ui/processing/training.py" />
   <source>What was trained so far is the model “{path}”.</source>
   <translation>Ce qui a été appris est le modèle « {path} ».</translation>
  </message>
  <message>
   <location filename="../../ui/results/export.py" />
   <source>Export {name}</source>
   <translation>Exporter {name}</translation>
  </message>
  <message>
   <location filename="../../ui/results/export.py" />
   <source>The export was cancelled.</source>
   <translation>L'export a été annulé.</translation>
  </message>
  <message>
   <location filename="../../ui/results/export.py" />
   <source>The file could not be written.</source>
   <translation>Le fichier n'a pas pu être écrit.</translation>
  </message>
  <message>
   <location filename="../../ui/results/layers.py" />
   <source>Source raster: {path}</source>
   <translation>Raster source : {path}</translation>
  </message>
  <message>
   <location filename="../../ui/results/layers.py" />
   <source>Model: {model}, method {method}</source>
   <translation>Modèle : {model}, méthode {method}</translation>
  </message>
  <message>
   <location filename="../../ui/results/layers.py" />
   <source>Requested {when}; took {s:.0f} s on {device}</source>
   <translation>Demandé {when} ; a duré {s:.0f} s sur {device}</translation>
  </message>
  <message>
   <location filename="../../ui/results/layers.py" />
   <source>Recipe: {path}</source>
   <translation>Recette : {path}</translation>
  </message>
  <message>
   <location filename="../../ui/results/layers.py" />
   <source>Land cover of {raster}, made by UHR Land Cover with {model}.</source>
   <translation>Occupation du sol de {raster}, faite par UHR Land Cover avec {model}.</translation>
  </message>
  <message>
   <location filename="../../ui/results/legend_table.py" />
   <source>Surface area</source>
   <translation>Superficie</translation>
  </message>
  <message>
   <location filename="../../ui/results/legend_table.py" />
   <source>Areas of the classes</source>
   <translation>Surfaces des classes</translation>
  </message>
  <message>
   <location filename="../../ui/results/naming.py" />
   <source>Confidence (per cent)</source>
   <translation>Confiance (pour cent)</translation>
  </message>
  <message>
   <location filename="../../ui/results/naming.py" />
   <source>Refined patches</source>
   <translation>Zones affinées</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>New map…</source>
   <translation>Nouvelle carte…</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Back to the form</source>
   <translation>Retour au formulaire</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Correct…</source>
   <translation>Corriger…</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Edit the polygons in QGIS; names and areas follow</source>
   <translation>Modifier les polygones dans QGIS ; noms et surfaces suivent</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Export…</source>
   <translation>Exporter…</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Save the polygons as a Shapefile, GeoPackage, GeoJSON or FlatGeobuf</source>
   <translation>Enregistrer les polygones en Shapefile, GeoPackage, GeoJSON ou FlatGeobuf</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Assess…</source>
   <translation>Évaluer…</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Draw a sample, label it, read accuracy and areas</source>
   <translation>Tirer un échantillon, l’étiqueter, lire exactitude et surfaces</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Areas (CSV)…</source>
   <translation>Surfaces (CSV)…</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Save the table of areas</source>
   <translation>Enregistrer le tableau des surfaces</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Read the report in the browser</source>
   <translation>Lire le rapport dans le navigateur</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Show the files of this run</source>
   <translation>Montrer les fichiers de ce traitement</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Colours of the classes on the map</source>
   <translation>Couleurs des classes sur la carte</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Colours</source>
   <translation>Couleurs</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Muted</source>
   <translation>Douces</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Colour-blind safe</source>
   <translation>Pour daltoniens</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>As in the legend</source>
   <translation>Comme la légende</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>How much of the image below the map lets through</source>
   <translation>Ce que la carte laisse voir de l’image du dessous</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Opacity</source>
   <translation>Opacité</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>For print</source>
   <translation>Pour l’impression</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Opaque, in just the colours of the legend: for layouts and export</source>
   <translation>Opaque, exactement aux couleurs de la légende : pour mises en page et export</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>For the screen</source>
   <translation>Pour l’écran</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Make the polygons again</source>
   <translation>Recréer les polygones</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Make new polygons of the finished class raster; the map is not computed again</source>
   <translation>Créer de nouveaux polygones du raster de classes fini ; la carte n'est pas recalculée</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <location filename="../../ui/results/revectorize.py" />
   <source>Make polygons</source>
   <translation>Créer les polygones</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>Making polygons …</source>
   <translation>Création des polygones …</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <location filename="../../ui/runs/history_panel.py" />
   <source>took {time}</source>
   <translation>a duré {time}</translation>
  </message>
  <message>
   <location filename="../../ui/results/result_panel.py" />
   <source>{gb} GB of memory</source>
   <translation>{gb} Go de mémoire</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>{name} is ready, after {time}.</source>
   <translation>{name} est prêt, après {time}.</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Add to this project</source>
   <translation>Ajouter à ce projet</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Its polygons are not in this project. Open the run under “History”.</source>
   <translation>Ses polygones ne sont pas dans ce projet. Ouvrez le calcul sous « Historique ».</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Nothing to correct</source>
   <translation>Rien à corriger</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Click a polygon and choose its class in the form; save the edits of the layer when you are done.</source>
   <translation>Cliquez sur un polygone et choisissez sa classe dans le formulaire ; enregistrez les modifications de la couche à la fin.</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Correct polygons</source>
   <translation>Corriger les polygones</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Export polygons</source>
   <translation>Exporter les polygones</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Nothing to export</source>
   <translation>Rien à exporter</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Make a map with polygons first.</source>
   <translation>Faites d’abord une carte avec des polygones.</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Save the areas</source>
   <translation>Enregistrer les surfaces</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Export failed</source>
   <translation>Échec de l'export</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Exported</source>
   <translation>Exporté</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>“{path}” is not there any more.</source>
   <translation>« {path} » n'existe plus.</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>No polygons</source>
   <translation>Pas de polygones</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>Tick at least one format.</source>
   <translation>Cochez au moins un format.</translation>
  </message>
  <message>
   <location filename="../../ui/results/results.py" />
   <source>{name} is ready.</source>
   <translation>{name} est prêt.</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Finished runs appear here. They can be opened or repeated.</source>
   <translation>Les traitements terminés apparaissent ici. On peut les ouvrir ou les répéter.</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Open</source>
   <translation>Ouvrir</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Add the results of the run to the project</source>
   <translation>Ajouter les résultats du traitement au projet</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Fill the form with what this run was asked to do</source>
   <translation>Remplir le formulaire avec les paramètres de ce traitement</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Again</source>
   <translation>Refaire</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Take the run off the list; its files stay</source>
   <translation>Retirer le traitement de la liste ; ses fichiers restent</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Forget</source>
   <translation>Oublier</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Finished runs</source>
   <translation>Calculs terminés</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Image and method</source>
   <translation>Image et méthode</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>When</source>
   <translation>Quand</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>Runs that came to a result, the last one first</source>
   <translation>Traitements ayant abouti, le dernier en premier</translation>
  </message>
  <message>
   <location filename="../../ui/runs/history_panel.py" />
   <source>The class raster is not there any more.</source>
   <translation>Le raster de classes n'existe plus.</translation>
  </message>
  <message>
   <location filename="../../ui/runs/interrupted.py" />
   <source>Interrupted runs</source>
   <translation>Traitements interrompus</translation>
  </message>
  <message>
   <location filename="../../ui/runs/interrupted.py" />
   <source>Go on where the run stopped; what is finished is not done again</source>
   <translation>Continuer où le traitement s'est arrêté ; ce qui est fini n'est pas refait</translation>
  </message>
  <message>
   <location filename="../../ui/runs/interrupted.py" />
   <source>Resume</source>
   <translation>Reprendre</translation>
  </message>
  <message>
   <location filename="../../ui/runs/interrupted.py" />
   <source>Throw away what the run has done so far</source>
   <translation>Jeter ce que le traitement a fait jusqu'ici</translation>
  </message>
  <message>
   <location filename="../../ui/runs/interrupted.py" />
   <source>Delete</source>
   <translation>Supprimer</translation>
  </message>
  <message>
   <location filename="../../ui/runs/interrupted.py" />
   <source>{done} of {total} tiles</source>
   <translation>{done} tuiles sur {total}</translation>
  </message>
  <message>
   <location filename="../../ui/runs/interrupted.py" />
   <source>{size} on disk</source>
   <translation>{size} sur le disque</translation>
  </message>
  <message>
   <location filename="../../ui/runs/preview.py" />
   <source>Land cover so far (preview)</source>
   <translation>Occupation du sol jusqu'ici (aperçu)</translation>
  </message>
  <message>
   <location filename="../../ui/runs/run_controller.py" />
   <source>Run started: {job}</source>
   <translation>Traitement lancé : {job}</translation>
  </message>
  <message>
   <location filename="../../ui/runs/run_controller.py" />
   <source>The run was stopped. What is finished is kept in the hidden folder “{folder}”: choose “Resume” in the panel to go on, or “Delete” to be rid of it.</source>
   <translation>Le traitement a été arrêté. Ce qui est fini reste dans le dossier caché « {folder} » : « Reprendre » dans le panneau continue, « Supprimer » l’enlève.</translation>
  </message>
  <message>
   <location filename="../../ui/runs/run_controller.py" />
   <source>What is finished is kept: “Resume” goes on from there.</source>
   <translation>Ce qui est fini est gardé : « Reprendre » continue à partir de là.</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>A preview layer with the tiles that are finished; it goes away by itself</source>
   <translation>Une couche d’aperçu avec les tuiles terminées ; elle disparaît d’elle-même</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Show the map as it grows</source>
   <translation>Montrer la carte qui se forme</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Stop the run; what is finished is kept</source>
   <translation>Arrêter le traitement ; ce qui est fini est gardé</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Prepare another run…</source>
   <translation>Préparer un autre calcul…</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Fill the form for a run that begins when this one has ended</source>
   <translation>Remplir le formulaire pour un calcul qui commencera après celui-ci</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Starting the engine …</source>
   <translation>Démarrage du moteur …</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Stopping …</source>
   <translation>Arrêt en cours …</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Waiting</source>
   <translation>En attente</translation>
  </message>
  <message>
   <location filename="../../ui/runs/running_page.py" />
   <source>Take this run off the queue</source>
   <translation>Retirer ce calcul de la file</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <source>In use</source>
   <translation>Utilisé actuellement</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <location filename="../../ui/setup/engine_section.py" />
   <source>Check again</source>
   <translation>Vérifier à nouveau</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <source>Ask the Python in use again and let the engine test itself</source>
   <translation>Interroger à nouveau le Python utilisé et laisser le moteur se tester</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <source>Use an existing Python …</source>
   <translation>Utiliser un Python existant …</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <source>A Python that has the engine's packages already; nothing is installed into it</source>
   <translation>Un Python qui a déjà les paquets du moteur ; rien n'y est installé</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <source>Find by itself</source>
   <translation>Recherche automatique</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <source>Forget the choice and look in the usual places</source>
   <translation>Oublier le choix et chercher aux endroits habituels</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <location filename="../../ui/setup/engine_section.py" />
   <source>Looking for the engine …</source>
   <translation>Recherche du moteur …</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_in_use.py" />
   <location filename="../../ui/setup/engine_section.py" />
   <source>Python of the engine</source>
   <translation>Python du moteur</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>Engine</source>
   <translation>Moteur</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>Shows what the engine runs on, and makes its environment</source>
   <translation>Montre sur quoi tourne le moteur, et crée son environnement</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>Set up and details …</source>
   <translation>Installation et détails …</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>Found by itself</source>
   <translation>Trouvé automatiquement</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>An existing Python for the engine; leave it empty to have one found</source>
   <translation>Un Python existant pour le moteur ; laissez vide pour qu'il soit trouvé</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>Ask the Python again and let the engine test itself</source>
   <translation>Interroger à nouveau le Python et laisser le moteur se tester</translation>
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
   <translation>Prêt : Python {version}, {path}</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <location filename="../../ui/setup/environment_facts.py" />
   <source>Testing …</source>
   <translation>Test en cours …</translation>
  </message>
  <message>
   <location filename="../../ui/setup/engine_section.py" />
   <source>Test passed. Devices: {devices}</source>
   <translation>Test réussi. Périphériques : {devices}</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_dialog.py" />
   <source>Land Cover: engine</source>
   <translation>Occupation du sol : moteur</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_dialog.py" />
   <source>Copy diagnosis</source>
   <translation>Copier le diagnostic</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_dialog.py" />
   <source>Versions, findings and the end of the log for a report; names of people and folders are replaced</source>
   <translation>Versions, constats et fin du journal pour un rapport ; les noms de personnes et de dossiers sont remplacés</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>none</source>
   <translation>aucun</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>passed</source>
   <translation>réussi</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>Found by</source>
   <translation>Trouvé par</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>Version</source>
   <translation>Version</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>Packages</source>
   <translation>Paquets</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>Devices</source>
   <translation>Périphériques</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>Self-test</source>
   <translation>Autotest</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>your choice</source>
   <translation>votre choix</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>the variable UHR_ENGINE_PYTHON</source>
   <translation>la variable UHR_ENGINE_PYTHON</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>the plugin's development folder</source>
   <translation>le dossier de développement de l'extension</translation>
  </message>
  <message>
   <location filename="../../ui/setup/environment_facts.py" />
   <source>the folder made for it</source>
   <translation>le dossier créé pour cela</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Make an environment</source>
   <translation>Créer un environnement</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Makes the environment; it stays as it is, and so does QGIS's own Python</source>
   <translation>Crée l'environnement ; il reste tel quel, comme le Python de QGIS</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Name another Python</source>
   <translation>Indiquer un autre Python</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>The CPU build is small and runs everywhere; the GPU build needs an NVIDIA driver</source>
   <translation>La version CPU est petite et marche partout ; la version GPU exige un pilote NVIDIA</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>A new or an empty folder; deleting it removes the environment</source>
   <translation>Un dossier nouveau ou vide ; le supprimer retire l'environnement</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Download from the network</source>
   <translation>Télécharger depuis le réseau</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Without network: a folder with the wheels of all packages for this system</source>
   <translation>Sans réseau : un dossier avec les wheels de tous les paquets pour ce système</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Make environment</source>
   <translation>Créer l'environnement</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Goes on where it stopped if it was interrupted</source>
   <translation>Reprend où il s'est arrêté après une interruption</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Stop; what is there already is kept for the next try</source>
   <translation>Arrêter ; ce qui existe est gardé pour le prochain essai</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Python {version}, {path}</source>
   <translation>Python {version}, {path}</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>No Python {needed} or newer was found. Install one (from your system's packages, or from python.org), or name one with “…”.</source>
   <translation>Aucun Python {needed} ou plus récent n'a été trouvé. Installez-en un (depuis les paquets de votre système ou python.org), ou indiquez-en un avec « … ».</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Starting …</source>
   <translation>Démarrage …</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Step {number} of {count}: {title}</source>
   <translation>Étape {number} sur {count} : {title}</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>The environment is in {folder} and is used from now on.</source>
   <translation>L'environnement est dans {folder} et sera utilisé désormais.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Looking for Pythons and a GPU …</source>
   <translation>Recherche de Pythons et d'un GPU …</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Downloads about {download} GB and takes about {need} GB of disk; {free} GB are free there.</source>
   <translation>Télécharge environ {download} Go et occupe environ {need} Go ; {free} Go y sont libres.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>CPU and Apple GPU</source>
   <translation>CPU et GPU Apple</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>NVIDIA GPU (CUDA)</source>
   <translation>GPU NVIDIA (CUDA)</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>{title}, suits this computer</source>
   <translation>{title}, convient à cet ordinateur</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Python that makes the environment</source>
   <translation>Python qui crée l'environnement</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>What pip says</source>
   <translation>Ce que dit pip</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>The same steps as commands for a terminal</source>
   <translation>Les mêmes étapes comme commandes pour un terminal</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>The engine needs a Python environment of its own, with PyTorch and the libraries for rasters. It is made in one folder; neither QGIS nor its Python is changed.</source>
   <translation>Le moteur a besoin de son propre environnement Python, avec PyTorch et les bibliothèques pour les rasters. Il est créé dans un seul dossier ; ni QGIS ni son Python ne sont modifiés.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>&amp;Made with</source>
   <translation>&amp;Créé avec</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>Computes &amp;on</source>
   <translation>Calcule &amp;sur</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>&amp;Folder</source>
   <translation>&amp;Dossier</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>&amp;Wheels from</source>
   <translation>&amp;Wheels depuis</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>By hand</source>
   <translation>À la main</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>The GPU build needs an NVIDIA GPU with a fitting driver.</source>
   <translation>La version GPU exige un GPU NVIDIA avec un pilote adapté.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_form.py" />
   <source>No NVIDIA driver was found, so the engine computes on the CPU.</source>
   <translation>Aucun pilote NVIDIA n'a été trouvé, le moteur calcule donc sur le processeur.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>{path} cannot make environments: it lacks {names}. On Debian and Ubuntu install the package python3-venv (sudo apt install python3-venv), then try again.</source>
   <translation>{path} ne peut pas créer d'environnements : il manque {names}. Sous Debian et Ubuntu, installez le paquet python3-venv (sudo apt install python3-venv), puis réessayez.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>“{folder}” is not a full path; choose a folder for the environment.</source>
   <translation>« {folder} » n'est pas un chemin complet ; choisissez un dossier pour l'environnement.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>“{folder}” is a file; choose a folder for the environment.</source>
   <translation>« {folder} » est un fichier ; choisissez un dossier pour l'environnement.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>“{folder}” holds something else; choose an empty or a new folder.</source>
   <translation>« {folder} » contient autre chose ; choisissez un dossier vide ou nouveau.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>{free} GB are free there; the environment needs about {need} GB. Free some space first.</source>
   <translation>{free} Go y sont libres ; l'environnement exige environ {need} Go. Libérez d'abord de la place.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>Making the environment</source>
   <translation>Création de l'environnement</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>Installing torch, the largest part</source>
   <translation>Installation de torch, la plus grosse partie</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>Installing the other packages</source>
   <translation>Installation des autres paquets</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>The folder {folder} has no fitting wheel of {name}; add it, or leave the folder empty to download.</source>
   <translation>Le dossier {folder} n'a pas de wheel de {name} qui convienne ; ajoutez-le, ou laissez le dossier vide pour télécharger.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>No package source offers {name} for this Python. Choose another Python (3.11 to 3.13 are safe), or a folder with the wheels.</source>
   <translation>Aucune source de paquets ne propose {name} pour ce Python. Choisissez un autre Python (3.11 à 3.13 sont sûrs), ou un dossier avec les wheels.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>no message</source>
   <translation>aucun message</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>It ended with: {line}</source>
   <translation>Terminé par : {line}</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>The disk is full. Free some space, then click again: it goes on.</source>
   <translation>Le disque est plein. Libérez de la place puis cliquez à nouveau : cela continue.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>This Python cannot make environments. On Debian and Ubuntu: sudo apt install python3-venv.</source>
   <translation>Ce Python ne peut pas créer d'environnements. Sous Debian et Ubuntu : sudo apt install python3-venv.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>The proxy refuses. Check the proxy under Settings ▸ Options ▸ Network, then click again.</source>
   <translation>Le proxy refuse. Vérifiez-le sous Préférences ▸ Options ▸ Réseau, puis cliquez à nouveau.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>The certificate of the package source is not trusted, often because a firewall opens the traffic. Ask your administrator for the certificate and name it in the variable PIP_CERT.</source>
   <translation>Le certificat de la source de paquets n'est pas reconnu, souvent parce qu'un pare-feu ouvre le trafic. Demandez le certificat à votre administrateur et indiquez-le dans la variable PIP_CERT.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>The package source cannot be reached. Check the network and click again: it goes on where it stopped.</source>
   <translation>La source de paquets est injoignable. Vérifiez le réseau et cliquez à nouveau : cela reprend où cela s'est arrêté.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>A download arrived damaged. Click again.</source>
   <translation>Un téléchargement est arrivé endommagé. Cliquez à nouveau.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_plan.py" />
   <source>Files cannot be written there. Choose another folder, or ask whether a virus scanner holds them.</source>
   <translation>Impossible d'y écrire des fichiers. Choisissez un autre dossier, ou demandez si un antivirus les retient.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_task.py" />
   <source>Look for Pythons and a GPU</source>
   <translation>Chercher des Pythons et un GPU</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_task.py" />
   <source>Make the land-cover engine's environment</source>
   <translation>Créer l'environnement du moteur d'occupation du sol</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_task.py" />
   <source>It was cancelled. Click again to go on where it stopped.</source>
   <translation>C'est annulé. Cliquez à nouveau pour reprendre où cela s'est arrêté.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_task.py" />
   <source>“{path}”: {reason}.</source>
   <translation>« {path} » : {reason}.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/install_task.py" />
   <source>'{path}' could not be started.</source>
   <translation>« {path} » n'a pas pu être démarré.</translation>
  </message>
  <message>
   <location filename="../../ui/setup/set_up_note.py" />
   <source>First of all</source>
   <translation>Pour commencer</translation>
  </message>
  <message>
   <location filename="../../ui/setup/set_up_note.py" />
   <source>Opens the window that makes what the engine needs, or takes a Python of yours</source>
   <translation>Ouvre la fenêtre qui crée ce dont le moteur a besoin, ou qui prend un Python existant</translation>
  </message>
  <message>
   <location filename="../../ui/setup/set_up_note.py" />
   <source>Set up the engine …</source>
   <translation>Installer le moteur …</translation>
  </message>
  <message>
   <location filename="../../ui/setup/set_up_note.py" />
   <source>The maps are made by an engine beside QGIS. It is set up once, with a click; QGIS is not changed.</source>
   <translation>Les cartes sont faites par un moteur à côté de QGIS. Il s’installe une fois, en un clic ; QGIS n’est pas modifié.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/class_list.py" />
   <source>Add a class</source>
   <translation>Ajouter une classe</translation>
  </message>
  <message>
   <location filename="../../ui/teach/class_list.py" />
   <source>Draw this class in another colour</source>
   <translation>Dessiner cette classe dans une autre couleur</translation>
  </message>
  <message>
   <location filename="../../ui/teach/class_list.py" />
   <source>Delete this class and its examples</source>
   <translation>Supprimer cette classe et ses exemples</translation>
  </message>
  <message>
   <location filename="../../ui/teach/class_list.py" />
   <source>New class</source>
   <translation>Nouvelle classe</translation>
  </message>
  <message>
   <location filename="../../ui/teach/class_list.py" />
   <source>Colour of the class</source>
   <translation>Couleur de la classe</translation>
  </message>
  <message>
   <location filename="../../ui/teach/class_list.py" />
   <source>Key</source>
   <translation>Touche</translation>
  </message>
  <message>
   <location filename="../../ui/teach/class_list.py" />
   <source>The class that is drawn. Double-click a name to change it.</source>
   <translation>La classe que l’on dessine. Double-cliquez sur un nom pour le changer.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Take examples from a layer</source>
   <translation>Prendre des exemples d’une couche</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Save model</source>
   <translation>Enregistrer le modèle</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Model ({pattern})</source>
   <translation>Modèle ({pattern})</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Draw a polygon or two of each class that you see.</source>
   <translation>Dessinez un ou deux polygones de chaque classe que vous voyez.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Choose a class, then a way to draw, and draw a place where you are sure.</source>
   <translation>Choisissez une classe, puis une façon de dessiner, et dessinez un endroit dont vous êtes sûr.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Add an orthophoto or a satellite image to the project.</source>
   <translation>Ajoutez au projet une orthophoto ou une image satellite.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>There is no other place in this view. Move the map and ask again.</source>
   <translation>Il n’y a pas d’autre endroit dans cette vue. Déplacez la carte et redemandez.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>A place by chance: the map says {one}. Draw what it is.</source>
   <translation>Un endroit au hasard : la carte dit {one}. Dessinez ce que c’est.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Is it {one} or {other}? Draw what it is, or press N for the next place.</source>
   <translation>Est-ce {one} ou {other} ? Dessinez ce que c’est, ou appuyez sur N pour l’endroit suivant.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>The model is in {path}. It maps other images as well.</source>
   <translation>Le modèle est dans {path}. Il cartographie aussi d’autres images.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/controller.py" />
   <source>Model saved</source>
   <translation>Modèle enregistré</translation>
  </message>
  <message>
   <location filename="../../ui/teach/example_layer.py" />
   <source>{path} holds no examples. Move it away, or choose another output folder.</source>
   <translation>{path} ne contient pas d’exemples. Déplacez-le, ou choisissez un autre dossier de sortie.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/example_layer.py" />
   <source>The examples cannot be written: {why}</source>
   <translation>Les exemples ne peuvent pas être écrits : {why}</translation>
  </message>
  <message>
   <location filename="../../ui/teach/example_layer.py" />
   <source>Draw an example</source>
   <translation>Dessiner un exemple</translation>
  </message>
  <message>
   <location filename="../../ui/teach/example_layer.py" />
   <source>Rename a class</source>
   <translation>Renommer une classe</translation>
  </message>
  <message>
   <location filename="../../ui/teach/example_layer.py" />
   <source>Recolour a class</source>
   <translation>Changer la couleur d’une classe</translation>
  </message>
  <message>
   <location filename="../../ui/teach/example_layer.py" />
   <source>Delete a class</source>
   <translation>Supprimer une classe</translation>
  </message>
  <message>
   <location filename="../../ui/teach/example_layer.py" />
   <source>The examples cannot be kept in {path}: {why}. Choose another output folder.</source>
   <translation>Les exemples ne peuvent pas être gardés dans {path} : {why}. Choisissez un autre dossier de sortie.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Examples from a layer</source>
   <translation>Exemples d’une couche</translation>
  </message>
  <message>
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Layer whose polygons become examples</source>
   <translation>Couche dont les polygones deviennent des exemples</translation>
  </message>
  <message>
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Field that says which class a polygon is</source>
   <translation>Champ qui dit de quelle classe est un polygone</translation>
  </message>
  <message>
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Leave out polygons that are not selected in the layer</source>
   <translation>Laisser de côté les polygones qui ne sont pas sélectionnés dans la couche</translation>
  </message>
  <message>
   <location filename="../../ui/teach/layer_dialog.py" />
   <source>Classes that are not in the list are added to it.</source>
   <translation>Les classes qui ne sont pas dans la liste y sont ajoutées.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/palette.py" />
   <source>A class needs a name.</source>
   <translation>Une classe a besoin d’un nom.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/palette.py" />
   <source>There is already a class “{name}”. Choose another name.</source>
   <translation>Il y a déjà une classe « {name} ». Choisissez un autre nom.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Take the polygons of a layer as examples …</source>
   <translation>Prendre les polygones d’une couche comme exemples …</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Show the map of the view</source>
   <translation>Montrer la carte de la vue</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Where next?</source>
   <translation>Où continuer ?</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Go to the place where another example helps most (key N while drawing)</source>
   <translation>Aller à l’endroit où un autre exemple aide le plus (touche N en dessinant)</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Map the whole layer</source>
   <translation>Cartographier toute la couche</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Map the whole image with what was learnt, with areas, polygons and report</source>
   <translation>Cartographier toute l’image avec ce qui a été appris, avec surfaces, polygones et rapport</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Save model …</source>
   <translation>Enregistrer le modèle …</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Save the model in a file: it maps other images as well</source>
   <translation>Enregistrer le modèle dans un fichier : il cartographie aussi d’autres images</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Image that is taught</source>
   <translation>Image que l’on enseigne</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>kind, e.g. tin roof (optional)</source>
   <translation>genre, p. ex. toit de tôle (facultatif)</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Kind inside the class</source>
   <translation>Genre dans la classe</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Kinds that look different are learnt apart, and shown as one class: red, grey and tin roofs.</source>
   <translation>Les genres d’aspect différent sont appris à part et montrés comme une seule classe : toits rouges, gris et de tôle.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>How much the map covers the image</source>
   <translation>À quel point la carte couvre l’image</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Opacity of the map</source>
   <translation>Opacité de la carte</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Looking at the view: %p %</source>
   <translation>Examen de la vue : %p %</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Each example is left out once, and the others say what it is. Examples lie where you drew them, so this is not the accuracy of the map.</source>
   <translation>Chaque exemple est laissé de côté une fois, et les autres disent ce que c’est. Les exemples sont là où vous les avez dessinés : ce n’est donc pas l’exactitude de la carte.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Draw a second example of a class, and this line says how well the examples agree.</source>
   <translation>Dessinez un deuxième exemple d’une classe, et cette ligne dira à quel point les exemples s’accordent.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Agreement with left-out examples: {right} of {n} polygons ({low}–{high} %).</source>
   <translation>Accord avec les exemples laissés de côté : {right} polygones sur {n} ({low}–{high} %).</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Weakest: {name}.</source>
   <translation>La plus faible : {name}.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Not the accuracy of the map.</source>
   <translation>Ce n’est pas l’exactitude de la carte.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/panel.py" />
   <source>Point: click; a few pixels around it become the example</source>
   <translation>Point : cliquez ; quelques pixels autour deviennent l’exemple</translation>
  </message>
  <message>
   <location filename="../../ui/teach/session_process.py" />
   <source>The engine ended while it was taught.</source>
   <translation>Le moteur s’est arrêté pendant l’enseignement.</translation>
  </message>
  <message>
   <location filename="../../ui/teach/view_map.py" />
   <source>Map of the view</source>
   <translation>Carte de la vue</translation>
  </message>
 </context>
</TS>
