// A button under a choice: opens the form, table or process that was chosen, or makes it.
import { h } from '@bpmn-io/properties-panel/preact';

export const link = (id, label, act) => ({ id, label, act, component: Link });

function Link({ id, element, label, act }) {
  const said = label(element);
  if (!said) return null;
  return h('div', { class: 'bio-properties-panel-entry oc-studio-link', 'data-entry-id': id }, h('button', { type: 'button', class: 'btn btn-sm', onClick: () => act(element) }, said));
}
