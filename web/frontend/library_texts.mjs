// The diagram editor's libraries, as they are bundled: their texts are all in our dictionary, and the few places that know no translation, or that our
// page's policy would refuse, are rewritten. What is no longer found, or not translated, stops the build.
import fs from 'node:fs';
import path from 'node:path';
import { LIBRARY } from './src/editor/words/library.js';

const REWRITTEN = {
  'bpmn-js-properties-panel/dist/index.esm.js': [['<div style="height: 100%" tabindex="-1"', '<div tabindex="-1"']], // an inline style; editor.css has it
  'bpmn-js/lib/features/context-pad/ContextPadProvider.js': [['contextPad.getPad(element).html', 'contextPad._current.html']], // what it calls warns of itself in the console
  'bpmn-js/lib/draw/BpmnRenderer.js': [ // what is written into, beside and on the edge of a shape, and in an annotation
    ['renderLabel(parentGfx, semantic.name, {', 'renderLabel(parentGfx, onecaseName(element), {'],
    ['renderLabel(parentGfx, getLabel(element), {', 'onecaseLabel(element, renderLabel, parentGfx, {'],
    ["var text = semantic.get('name');", 'var text = onecaseName(element);'],
    ["name = semantic.get('name');", 'name = onecaseName(element);'],
    ["text = semantic.get('text') || '';", "text = onecaseName(element) || '';"],
  ],
  'diagram-js/lib/features/popup-menu/PopupMenuComponent.js': [
    ["title || 'Search'", "title || onecaseWord('Search')"],
    ["${ entriesToShow.length } ${ entriesToShow.length === 1 ? 'result' : 'results' } found", "${ onecaseWord('{0} found', entriesToShow.length) }"],
  ],
  '@bpmn-io/form-js-editor/dist/index.es.js': [
    ['function translateFallback(template, replacements) {', 'function translateFallback(template, replacements) {\n  return onecaseTranslate(template, replacements);'],
    ['title: "Components"', "title: onecaseWord('Components')"], ['children: "Components"', "children: onecaseWord('Components')"], ['placeholder: "Search components"', "placeholder: onecaseWord('Search components')"],
    ['title: "Clear content"', "title: onecaseWord('Clear content')"], ['children: "No components found."', "children: onecaseWord('No components found.')"],
    ['children: "Drag and drop components here."', "children: onecaseWord('Drag and drop components here.')"], ['children: "Build your form"', "children: onecaseWord('Build your form')"],
    ['children: "Drag and drop components here to start designing."', "children: onecaseWord('Drag and drop components here to start designing.')"], ['children: "Use the preview window to test your form."', "children: onecaseWord('Use the preview window to test your form.')"],
    ['title: `Create ${getIndefiniteArticle(type)} ${label} element`', "title: onecaseTranslate('Append {element}', { element: label })"], ['return `Remove ${entry.label}`', "return onecaseTranslate('Remove {element}', { element: entry.label })"],
    ['children: "Repeatable"', "children: onecaseWord('Repeatable')"], ["return 'Form';", "return onecaseWord('Form');"], ["text: 'Select a form field to edit its properties.'", "text: onecaseWord('Select a form field to edit its properties.')"],
    ["text: 'Multiple form fields are selected. Select a single form field to edit its properties.'", "text: onecaseWord('Multiple form fields are selected. Select a single form field to edit its properties.')"],
    ...['Input', 'Selection', 'Presentation', 'Containers'].map((group) => [`label: '${group}',\n  id: '`, `label: onecaseWord('${group}'),\n  id: '`]),
    ["propertiesProvider: ['type', PropertiesProvider]", "propertiesProvider: ['type', Object]"], // ours takes its place, and with it goes the code editor for FEEL
    ['export { ContextPadModule,', 'export { CheckboxEntry, ListGroup, SelectEntry, TextAreaEntry, TextfieldEntry, ContextPadModule,'], // the fields of its own panel, for our groups
  ],
};
const OURS = { onecaseWord: ['library', 'speak.js'], onecaseTranslate: ['translate', 'speak.js'], onecaseName: ['shownName', 'shown_names.js'], onecaseLabel: ['labelBeside', 'shown_names.js'] };
const LIBRARIES = /node_modules[\\/](bpmn-js|diagram-js|diagram-js-minimap|diagram-js-direct-editing|bpmn-js-create-append-anything|bpmn-js-properties-panel|@bpmn-io[\\/]properties-panel|@bpmn-io[\\/]form-js-editor)[\\/](lib|dist)[\\/].*\.js$/;
const CALLED = /translate\(\s*(['"`])([A-Za-z<{].*?)\1/g;
const LABELS = /\b(?:label|name): '([A-Z][^']+)'/g;
const COMPUTED = ['Align elements ']; // 'left' and the like follow; the whole texts are in the dictionary
// bpmn-js's own palette (ours takes its place), element templates, FEEL, what is only in a comment.
const NEVER_SHOWN = /FEEL|JSON|pop-?up editor|Opened in editor|HELLO|instantiating Gateway|^Templates$|Create (start|end|intermediate|expanded|data|group|gateway|task|pool)|\$\{/;

// The texts that a file may show; only the head of the properties panel is used of that package, the providers in it are not.
function texts(file, source) {
  if (file.includes('form-js-editor')) return source.match(/onecaseWord\('([^']+)'/g)?.map((call) => call.slice(13, -1)) ?? []; // few, and all of them rewritten above
  if (file.includes('bpmn-js-properties-panel')) return [...kindsOnPanel(source), ...[...source.slice(0, source.indexOf('class BpmnPropertiesPanelRenderer')).matchAll(CALLED)].map(([, , text]) => text)];
  const called = [...source.matchAll(CALLED)].map(([, , text]) => text);
  const menus = /PopupEntries|ReplaceOptions|create-append/.test(file) ? [...source.matchAll(LABELS)].map(([, text]) => text) : [];
  return [...called, ...menus];
}

function kindsOnPanel(source) {
  const icons = source.match(/iconsByType = \{([\s\S]*?)\};/)?.[1] ?? '';
  const kinds = [...icons.matchAll(/'(\w+)':/g)].map(([, kind]) => kind.replace(/(\B[A-Z])/g, ' $1').replace(/(\bNon Interrupting)/g, '($1)'));
  return kinds.length ? kinds : ['iconsByType'];
}

function rewrite(file, source) {
  const changes = Object.entries(REWRITTEN).find(([name]) => file.endsWith(`node_modules/${name}`))?.[1] ?? [];
  const missing = changes.filter(([text]) => !source.includes(text)).map(([text]) => `no longer contains ${text}; see REWRITTEN in library_texts.mjs`);
  const written = changes.reduce((whole, [text, replacement]) => whole.replaceAll(text, () => replacement), source);
  return [written, missing];
}

export function libraryTexts(here) {
  return {
    name: 'library-texts',
    setup(build) {
      build.onLoad({ filter: LIBRARIES }, ({ path: found }) => {
        const file = found.replaceAll('\\', '/');
        const source = fs.readFileSync(found, 'utf8');
        const [written, missing] = rewrite(file, source);
        const unknown = texts(file, file.includes('form-js-editor') ? written : source).filter((text) => !(text in LIBRARY) && !COMPUTED.includes(text) && !NEVER_SHOWN.test(text));
        const words = Object.entries(OURS).filter(([name]) => written.includes(`${name}(`)).map(([name, [what, from]]) => `import { ${what} as ${name} } from ${JSON.stringify(path.join(here, 'src/editor/words', from))};\n`).join('');
        const errors = [...missing, ...[...new Set(unknown)].map((text) => `says “${text}”, which src/editor/words/library.js does not translate`)];
        return { contents: words + written, loader: 'js', resolveDir: path.dirname(found), errors: errors.map((text) => ({ text: `${file.split('node_modules/').at(-1)} ${text}` })) };
      });
    },
  };
}
