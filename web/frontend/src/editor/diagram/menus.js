// The three menus with a search (create, append, change), cut down to the dialect.
import { mayBeCreated, mayBeMarked, mayBeReplacedBy, only } from './dialect.js';

const LATE = 400;
const ORDER = ['tasks', 'gateways', 'subprocess', 'events', 'participants'];

export default class DialectMenus {
  static $inject = ['popupMenu', 'palette', 'editing'];

  constructor(popupMenu, palette, editing) {
    palette.registerProvider(LATE, { getPaletteEntries: () => (entries) => (editing.allowed ? entries : {}) }); // with the create menu's own button
    for (const menu of ['bpmn-create', 'bpmn-append']) popupMenu.registerProvider(menu, LATE, { getPopupMenuEntries: () => (entries) => grouped(only(entries, mayBeCreated)) });
    popupMenu.registerProvider('bpmn-replace', LATE, {
      getPopupMenuEntries: () => (entries) => only(entries, mayBeReplacedBy),
      getPopupMenuHeaderEntries: (element) => (entries) => only(entries, (name) => mayBeMarked(element, name)),
    });
  }
}

function grouped(entries) {
  const rank = ([, entry]) => ORDER.indexOf(entry.group?.id);
  return Object.fromEntries(Object.entries(entries).sort((one, other) => rank(one) - rank(other)));
}
