// The words of the editor's libraries and our own, in the language of the page.
import { chinese, speaker } from '../../language.js';
import { LIBRARY } from './library.js';

const HOUSE_ENGLISH = { Collaboration: 'Process', Participant: 'Pool', 'Expanded pool/participant': 'Pool', 'Sub-process (expanded)': 'Sub-process', 'Business Rule Task': 'Decision task', 'Business rule task': 'Decision task' };
const speak = speaker(LIBRARY);

export const library = (text, ...values) => speak((!chinese() && HOUSE_ENGLISH[text]) || text, ...values);

// As diagram-js wants it: placeholders by name.
export const translate = (text, replacements = {}) => library(text).replace(/\{(\w+)\}/g, (whole, name) => replacements[name] ?? whole);
