// Bundles src/ into build/, the Python package onecase_assets: hashed files, manifest.json, THIRD-PARTY.txt.
// `node build.mjs` once, `node build.mjs --watch` again after every change.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { transform } from 'lightningcss';
import { sprite } from './icons.mjs';
import { libraryTexts } from './library_texts.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const BUILD = path.join(HERE, 'build');
const FORM_JS = path.join(HERE, 'node_modules/@bpmn-io/form-js-viewer/dist/index.es.js');

// What pages may ask for by name. Each script is one file: the page's policy admits scripts by nonce only.
const ENTRIES = {
  app: 'src/app/index.js',
  theme: 'src/theme.js',
  form: 'src/form/index.js',
  diagram: 'src/diagram/index.js',
  editor: 'src/editor/index.js',
  charts: 'src/charts/index.js',
  compare: 'src/compare/index.js',
};
// Besides these, built by itself: the form editor needs one preact for itself and for the viewer in it, and comes with another than npm gives the rest.
const FORM_EDITOR = { 'form-editor': 'src/editor/form/index.js' };
const ITS_PREACT = path.join(HERE, 'node_modules/@bpmn-io/form-js-editor/node_modules/preact');
const SHEETS = { 'app-style': 'src/app.css', 'form-style': 'src/form.css', 'diagram-style': 'src/diagram.css', 'editor-style': 'src/editor.css', 'form-editor-style': 'src/form-editor.css', 'compare-style': 'src/compare/compare.css' };

const shared = {
  absWorkingDir: HERE,
  bundle: true,
  minify: true,
  sourcemap: false,
  metafile: true,
  target: ['chrome100', 'firefox102', 'safari15.4'],
  charset: 'utf8',
  legalComments: 'none', // the licences are in THIRD-PARTY.txt
  logLevel: 'warning',
  entryNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  loader: { '.woff': 'file', '.woff2': 'file', '.ttf': 'file', '.eot': 'file', '.svg': 'file', '.png': 'file', '.gif': 'file' },
  define: { 'process.env.NODE_ENV': '"production"' },
  outdir: BUILD,
};

// form-js has no translations. Its fixed English texts are wrapped in our dictionary while it is bundled; a text that is
// no longer found stops the build, so that an update cannot bring English back in silence.
const wrap = (text) => [`'${text}'`, `onecaseWord('${text}')`];
const wrapDouble = (text) => [`"${text}"`, `onecaseWord('${text.replaceAll("'", "\\'")}')`];
const FORM_JS_TEXTS = [
  [`class: "fjs-form",`, `class: "fjs-form", "data-fjs": "",`],
  ["'Value is not a number.'", "onecaseWord('Value is not a number.')"],
  ["'Value is expected to ' + (decimalDigits === 0 ? 'be an integer' : `have at most ${decimalDigits} decimal digit${decimalDigits > 1 ? 's' : ''}`) + '.'",
    "decimalDigits === 0 ? onecaseWord('Value is expected to be an integer.') : onecaseWord('Value may have at most {0} decimal digits.', decimalDigits)"],
  ['`Please select a valid value, the two nearest valid values are ${previousValue} and ${nextValue}.`',
    "onecaseWord('Please select a valid value, the two nearest valid values are {0} and {1}.', previousValue, nextValue)"],
  ['`Field must match pattern ${validation.pattern}.`', "onecaseWord('Field must match pattern {0}.', validation.pattern)"],
  wrap('Field is required.'),
  ['`Field must have minimum value of ${validation.min}.`', "onecaseWord('Field must have minimum value of {0}.', validation.min)"],
  ['`Field must have maximum value of ${validation.max}.`', "onecaseWord('Field must have maximum value of {0}.', validation.max)"],
  ['`Field must have minimum length of ${validation.minLength}.`', "onecaseWord('Field must have minimum length of {0}.', validation.minLength)"],
  ['`Field must have maximum length of ${validation.maxLength}.`', "onecaseWord('Field must have maximum length of {0}.', validation.maxLength)"],
  ["'Field must be a valid  international phone number. (e.g. +4930664040900)'", "onecaseWord('Field must be a valid international phone number.')"],
  wrap('Field must be a valid email.'),
  wrap('Date and time must both be entered.'),
  wrap('No results'),
  ["placeholder: 'Search'", "placeholder: onecaseWord('Search')"],
  ["disabled || readonly ? undefined : 'Search'", "disabled || readonly ? undefined : onecaseWord('Search')"],
  ["valueLabel || 'Select'", "valueLabel || onecaseWord('Select')"],
  ["'All values selected'", "onecaseWord('All values selected')"],
  ['"aria-label": "Increment"', `"aria-label": onecaseWord('Increment')`],
  ['"aria-label": "Decrement"', `"aria-label": onecaseWord('Decrement')`],
  wrapDouble('Skip to search'),
  wrapDouble('Remove tag'),
  ["'Nothing to show.'", "onecaseWord('Nothing to show.')"],
  ['children: "Nothing to show."', "children: onecaseWord('Nothing to show.')"],
  wrapDouble('No content to show.'),
  ['"aria-label": "Previous page"', `"aria-label": onecaseWord('Previous page')`],
  ['"aria-label": "Next page"', `"aria-label": onecaseWord('Next page')`],
  ["return 'Click to remove sorting'", "return onecaseWord('Click to remove sorting')"],
  ['children: "Browse"', "children: onecaseWord('Browse')"],
  ["return 'No files selected'", "return onecaseWord('No files selected')"],
  ["'Add new'", "onecaseWord('Add new')"],
  ["'Collapse'", "onecaseWord('Collapse')"],
  ['`Remove list item ${itemIndex + 1}`', "onecaseWord('Remove list item {0}', itemIndex + 1)"],
  ['children: ["Web-based tooling for BPMN, DMN, and forms powered by"', `children: [onecaseWord('Web-based tooling for BPMN, DMN, and forms powered by')`],
  ["getLocaleDateFormat(locale = 'default')", "getLocaleDateFormat(locale = 'sv-SE')"], // 2026-04-03, as official forms write it
  ["'01/01/1900'", 'new Date(1900, 0, 1)'], // read with the date format above, it would be the year 1
];

const translateFormJs = {
  name: 'translate-form-js',
  setup(build) {
    build.onLoad({ filter: /form-js-viewer[\\/]dist[\\/]index\.es\.js$/ }, () => {
      let contents = fs.readFileSync(FORM_JS, 'utf8');
      const missing = FORM_JS_TEXTS.filter(([text]) => !contents.includes(text));
      for (const [text, replacement] of FORM_JS_TEXTS) contents = contents.replaceAll(text, () => replacement);
      const words = JSON.stringify(path.join(HERE, 'src/form/words.js'));
      return {
        contents: `import { word as onecaseWord } from ${words};\n${contents}`,
        loader: 'js',
        resolveDir: path.dirname(FORM_JS),
        errors: missing.map(([text]) => ({ text: `form-js no longer contains ${text}; see FORM_JS_TEXTS in build.mjs` })),
      };
    });
  },
};

function hashed(name, content) {
  const { name: stem, ext } = path.parse(name);
  const file = `${stem}-${createHash('sha256').update(content).digest('hex').slice(0, 8).toUpperCase()}${ext}`;
  fs.writeFileSync(path.join(BUILD, file), content);
  return file;
}

// Tabler asks for light-dark(), which Chromium has only since 123; many desks here still run 111 to 122.
function lowered(name, file) {
  const source = path.join(BUILD, file);
  const { code } = transform({ filename: file, code: fs.readFileSync(source), minify: true, targets: { chrome: 111 << 16 } });
  fs.rmSync(source);
  return hashed(name, code);
}

function packageOf(input) {
  const parts = input.split('node_modules/');
  if (parts.length < 2) return null;
  const [scope, name] = parts.at(-1).split('/');
  return parts.slice(0, -1).join('node_modules/') + 'node_modules/' + (scope.startsWith('@') ? `${scope}/${name}` : scope);
}

function thirdParty(metafiles) {
  const used = new Set(['node_modules/@tabler/icons']);
  for (const { inputs } of metafiles) for (const input of Object.keys(inputs)) if (packageOf(input)) used.add(packageOf(input));
  const notices = [...used].sort().map((folder) => {
    const about = JSON.parse(fs.readFileSync(path.join(HERE, folder, 'package.json'), 'utf8'));
    const texts = fs.readdirSync(path.join(HERE, folder)).filter((file) => /^(licen[sc]e|notice|copying)/i.test(file)).sort()
      .map((file) => path.join(HERE, folder, file)).filter((file) => fs.statSync(file).isFile()).map((file) => fs.readFileSync(file, 'utf8').trim());
    const home = about.homepage ?? about.repository?.url ?? about.repository ?? '';
    const title = `${about.name} ${about.version} (${about.license ?? 'see text'})${home ? `\n${home}` : ''}`;
    return `${title}\n\n${texts.join('\n\n') || 'No licence file in the package.'}`;
  });
  const head = 'OneCase ships these third-party works, bundled into its scripts, style sheets, fonts and icons.\n'
    + 'The bpmn.io watermark in diagrams and forms is part of their licence and stays visible.';
  return [head, ...notices].join(`\n\n${'-'.repeat(100)}\n\n`) + '\n';
}

function outputsByEntry({ outputs }) {
  return Object.entries(outputs).filter(([, about]) => about.entryPoint).map(([file, about]) => [about.entryPoint, path.basename(file)]);
}

function onlyNewest(results, extra) {
  const keep = new Set([...results.flatMap(({ metafile }) => Object.keys(metafile.outputs).map((file) => path.basename(file))), ...extra]);
  for (const file of fs.readdirSync(BUILD)) if (!keep.has(file)) fs.rmSync(path.join(BUILD, file), { recursive: true });
}

function finish(results) {
  const byEntry = Object.fromEntries(results.flatMap(({ metafile }) => outputsByEntry(metafile)));
  const manifest = {};
  for (const [name, source] of Object.entries({ ...ENTRIES, ...FORM_EDITOR })) manifest[`${name}.js`] = byEntry[source];
  for (const [name, source] of Object.entries(SHEETS)) {
    const sheet = `${name.replace('-style', '')}.css`;
    manifest[sheet] = lowered(sheet, byEntry[source]);
  }
  manifest['icons.svg'] = hashed('icons.svg', sprite(path.join(HERE, 'node_modules/@tabler/icons/icons')));
  const missing = Object.entries(manifest).filter(([, file]) => !file).map(([name]) => name);
  if (missing.length) throw new Error(`not built: ${missing.join(', ')}`);
  const texts = {
    'THIRD-PARTY.txt': thirdParty(results.map(({ metafile }) => metafile)),
    'manifest.json': JSON.stringify({ ...manifest, 'THIRD-PARTY.txt': 'THIRD-PARTY.txt' }, null, 2) + '\n',
    '__init__.py': '"""The built front end of OneCase: see web/frontend in its sources."""\n',
  };
  for (const [file, text] of Object.entries(texts)) fs.writeFileSync(path.join(BUILD, file), text);
  onlyNewest(results, [...Object.keys(texts), ...Object.values(manifest)]);
}

const scripts = { ...shared, entryPoints: ENTRIES, format: 'iife', plugins: [translateFormJs, libraryTexts(HERE)] };
const formEditor = { ...scripts, entryPoints: FORM_EDITOR, alias: fs.existsSync(ITS_PREACT) ? { preact: ITS_PREACT } : {} };
const sheets = { ...shared, entryPoints: SHEETS };

async function once() {
  fs.mkdirSync(BUILD, { recursive: true });
  finish(await Promise.all([esbuild.build(scripts), esbuild.build(formEditor), esbuild.build(sheets)]));
}

await once();
if (process.argv.includes('--watch')) {
  console.log('watching src/');
  let waiting;
  fs.watch(path.join(HERE, 'src'), { recursive: true }, () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => once().then(() => console.log(new Date().toLocaleTimeString(), 'built'), () => {}), 80);
  });
}
