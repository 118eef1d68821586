// What the engine executes (bpmn/README.md), in the terms of bpmn-js's menus: whatever is not listed here cannot be drawn.
import { is } from 'bpmn-js/lib/util/ModelUtil';

// Ids of the entries of bpmn-js's shared catalogue (popup-menu/PopupEntries) that belong to the dialect.
export const ELEMENTS = [
  'user-task', 'service-task', 'rule-task', 'call-activity', 'expanded-subprocess', 'exclusive-gateway', 'parallel-gateway', 'event-based-gateway',
  'none-start-event', 'none-end-event', 'message-intermediate-catch', 'timer-intermediate-catch', 'message-boundary', 'timer-boundary',
  'non-interrupting-message-boundary', 'non-interrupting-timer-boundary', 'expanded-pool',
];
const FLOWS = ['sequence-flow', 'default-flow'];
const SHORT_FORMS = ['none-start', 'none-end', 'subprocess']; // how the replace menus call three of them
const MARKERS = ['toggle-parallel-mi', 'toggle-sequential-mi'];
const REPEATABLE = ['bpmn:UserTask', 'bpmn:CallActivity'];

const CREATED = new Set(ELEMENTS.flatMap((id) => [`create-${id}`, `append-${id}`]));
const REPLACED = new Set([...ELEMENTS, ...FLOWS, ...SHORT_FORMS].map((id) => `replace-with-${id}`));

export const mayBeCreated = (entry) => CREATED.has(entry);
export const mayBeReplacedBy = (entry) => REPLACED.has(entry);

export function mayBeMarked(element, entry) {
  if (entry === 'toggle-non-interrupting') return is(element, 'bpmn:BoundaryEvent');
  return MARKERS.includes(entry) && REPEATABLE.some((type) => is(element, type));
}

export const only = (entries, allowed) => Object.fromEntries(Object.entries(entries).filter(([name]) => allowed(name)));
