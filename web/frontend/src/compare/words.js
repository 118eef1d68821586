import { speaker } from '../language.js';

export const WEIGHT = ['execution', 'proof', 'words', 'layout'];
export const SIGNS = { added: '+', removed: '−', changed: '≠', worded: 'A', moved: '↔' };

export const word = speaker({
  added: '增加',
  removed: '去掉',
  changed: '变更',
  worded: '文字',
  moved: '移动',
  'It is not drawn.': '图上没有画出这一处。',
  'Nothing of this kind differs.': '没有这一类改动。',
});
