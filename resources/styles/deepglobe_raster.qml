<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="AllStyleCategories">
  <pipe>
    <rasterrenderer type="paletted" band="1" opacity="1" alphaBand="-1" nodataColor="">
      <rasterTransparency />
      <colorPalette>
        <paletteEntry value="0" label="Unknown" color="#000000" alpha="255" />
        <paletteEntry value="1" label="Urban land" color="#00ffff" alpha="255" />
        <paletteEntry value="2" label="Agriculture land" color="#ffff00" alpha="255" />
        <paletteEntry value="3" label="Rangeland" color="#ff00ff" alpha="255" />
        <paletteEntry value="4" label="Forest land" color="#00ff00" alpha="255" />
        <paletteEntry value="5" label="Water" color="#0000ff" alpha="255" />
        <paletteEntry value="6" label="Barren land" color="#ffffff" alpha="255" />
      </colorPalette>
    </rasterrenderer>
    <rasterresampler zoomedInResampler="" maxOversampling="2" />
  </pipe>
</qgis>
