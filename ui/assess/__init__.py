"""The Assess panel: draw a sample of a map, label it blind to the map, read accuracy and areas with intervals."""
