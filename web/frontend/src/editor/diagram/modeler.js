// bpmn-js's modeler as a designer of this house needs it: our attributes, our dialect, our words, our properties.
import Modeler from 'bpmn-js/lib/Modeler';
import { CreateAppendAnythingModule } from 'bpmn-js-create-append-anything';
import { BpmnPropertiesPanelModule } from 'bpmn-js-properties-panel';
import Clipboard from 'diagram-js/lib/features/clipboard/Clipboard';
import minimapModule from 'diagram-js-minimap';
import { PropertiesProvider } from '../properties/provider.js';
import { translate } from '../words/speak.js';
import DialectContextPad from './context_pad.js';
import { Editing, EditingRules } from './editing.js';
import DialectMenus from './menus.js';
import { onecase } from './onecase.js';
import PaletteProvider from './palette.js';

const clipboard = new Clipboard(); // one for all diagrams: what is copied in one can be pasted into another

const house = {
  __init__: ['editing', 'editingRules', 'dialectContextPad', 'dialectMenus', 'propertiesProvider'],
  clipboard: ['value', clipboard],
  translate: ['value', translate],
  editing: ['type', Editing],
  editingRules: ['type', EditingRules],
  paletteProvider: ['type', PaletteProvider],
  dialectContextPad: ['type', DialectContextPad],
  dialectMenus: ['type', DialectMenus],
  propertiesProvider: ['type', PropertiesProvider],
};

// `design` is what the properties offer to choose from (properties/design.js).
export function modelerIn(container, file, design, allowed) {
  return new Modeler({
    container,
    moddleExtensions: { onecase },
    file,
    editing: { allowed },
    additionalModules: [BpmnPropertiesPanelModule, CreateAppendAnythingModule, minimapModule, house, { design: ['value', design] }],
  });
}
