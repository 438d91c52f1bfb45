<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology">
  <renderer-v2 type="categorizedSymbol" attr="class_id" symbollevels="0" forceraster="0" enableorderby="0">
    <categories>
      <category value="0" type="long" symbol="0" label="Unknown" render="true" />
      <category value="1" type="long" symbol="1" label="Urban land" render="true" />
      <category value="2" type="long" symbol="2" label="Agriculture land" render="true" />
      <category value="3" type="long" symbol="3" label="Rangeland" render="true" />
      <category value="4" type="long" symbol="4" label="Forest land" render="true" />
      <category value="5" type="long" symbol="5" label="Water" render="true" />
      <category value="6" type="long" symbol="6" label="Barren land" render="true" />
    </categories>
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" value="0,0,0,255" type="QString" />
            <Option name="style" value="solid" type="QString" />
            <Option name="outline_color" value="128,128,128,255" type="QString" />
            <Option name="outline_style" value="solid" type="QString" />
            <Option name="outline_width" value="0.1" type="QString" />
            <Option name="outline_width_unit" value="MM" type="QString" />
            <Option name="joinstyle" value="bevel" type="QString" />
          </Option>
          <prop k="color" v="0,0,0,255" />
          <prop k="style" v="solid" />
          <prop k="outline_color" v="128,128,128,255" />
          <prop k="outline_style" v="solid" />
          <prop k="outline_width" v="0.1" />
          <prop k="outline_width_unit" v="MM" />
          <prop k="joinstyle" v="bevel" />
        </layer>
      </symbol>
      <symbol type="fill" name="1" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" value="0,255,255,255" type="QString" />
            <Option name="style" value="solid" type="QString" />
            <Option name="outline_color" value="128,128,128,255" type="QString" />
            <Option name="outline_style" value="solid" type="QString" />
            <Option name="outline_width" value="0.1" type="QString" />
            <Option name="outline_width_unit" value="MM" type="QString" />
            <Option name="joinstyle" value="bevel" type="QString" />
          </Option>
          <prop k="color" v="0,255,255,255" />
          <prop k="style" v="solid" />
          <prop k="outline_color" v="128,128,128,255" />
          <prop k="outline_style" v="solid" />
          <prop k="outline_width" v="0.1" />
          <prop k="outline_width_unit" v="MM" />
          <prop k="joinstyle" v="bevel" />
        </layer>
      </symbol>
      <symbol type="fill" name="2" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" value="255,255,0,255" type="QString" />
            <Option name="style" value="solid" type="QString" />
            <Option name="outline_color" value="128,128,128,255" type="QString" />
            <Option name="outline_style" value="solid" type="QString" />
            <Option name="outline_width" value="0.1" type="QString" />
            <Option name="outline_width_unit" value="MM" type="QString" />
            <Option name="joinstyle" value="bevel" type="QString" />
          </Option>
          <prop k="color" v="255,255,0,255" />
          <prop k="style" v="solid" />
          <prop k="outline_color" v="128,128,128,255" />
          <prop k="outline_style" v="solid" />
          <prop k="outline_width" v="0.1" />
          <prop k="outline_width_unit" v="MM" />
          <prop k="joinstyle" v="bevel" />
        </layer>
      </symbol>
      <symbol type="fill" name="3" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" value="255,0,255,255" type="QString" />
            <Option name="style" value="solid" type="QString" />
            <Option name="outline_color" value="128,128,128,255" type="QString" />
            <Option name="outline_style" value="solid" type="QString" />
            <Option name="outline_width" value="0.1" type="QString" />
            <Option name="outline_width_unit" value="MM" type="QString" />
            <Option name="joinstyle" value="bevel" type="QString" />
          </Option>
          <prop k="color" v="255,0,255,255" />
          <prop k="style" v="solid" />
          <prop k="outline_color" v="128,128,128,255" />
          <prop k="outline_style" v="solid" />
          <prop k="outline_width" v="0.1" />
          <prop k="outline_width_unit" v="MM" />
          <prop k="joinstyle" v="bevel" />
        </layer>
      </symbol>
      <symbol type="fill" name="4" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" value="0,255,0,255" type="QString" />
            <Option name="style" value="solid" type="QString" />
            <Option name="outline_color" value="128,128,128,255" type="QString" />
            <Option name="outline_style" value="solid" type="QString" />
            <Option name="outline_width" value="0.1" type="QString" />
            <Option name="outline_width_unit" value="MM" type="QString" />
            <Option name="joinstyle" value="bevel" type="QString" />
          </Option>
          <prop k="color" v="0,255,0,255" />
          <prop k="style" v="solid" />
          <prop k="outline_color" v="128,128,128,255" />
          <prop k="outline_style" v="solid" />
          <prop k="outline_width" v="0.1" />
          <prop k="outline_width_unit" v="MM" />
          <prop k="joinstyle" v="bevel" />
        </layer>
      </symbol>
      <symbol type="fill" name="5" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" value="0,0,255,255" type="QString" />
            <Option name="style" value="solid" type="QString" />
            <Option name="outline_color" value="128,128,128,255" type="QString" />
            <Option name="outline_style" value="solid" type="QString" />
            <Option name="outline_width" value="0.1" type="QString" />
            <Option name="outline_width_unit" value="MM" type="QString" />
            <Option name="joinstyle" value="bevel" type="QString" />
          </Option>
          <prop k="color" v="0,0,255,255" />
          <prop k="style" v="solid" />
          <prop k="outline_color" v="128,128,128,255" />
          <prop k="outline_style" v="solid" />
          <prop k="outline_width" v="0.1" />
          <prop k="outline_width_unit" v="MM" />
          <prop k="joinstyle" v="bevel" />
        </layer>
      </symbol>
      <symbol type="fill" name="6" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" value="255,255,255,255" type="QString" />
            <Option name="style" value="solid" type="QString" />
            <Option name="outline_color" value="128,128,128,255" type="QString" />
            <Option name="outline_style" value="solid" type="QString" />
            <Option name="outline_width" value="0.1" type="QString" />
            <Option name="outline_width_unit" value="MM" type="QString" />
            <Option name="joinstyle" value="bevel" type="QString" />
          </Option>
          <prop k="color" v="255,255,255,255" />
          <prop k="style" v="solid" />
          <prop k="outline_color" v="128,128,128,255" />
          <prop k="outline_style" v="solid" />
          <prop k="outline_width" v="0.1" />
          <prop k="outline_width_unit" v="MM" />
          <prop k="joinstyle" v="bevel" />
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
</qgis>
