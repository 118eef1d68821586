import { speaker } from '../language.js';

export const word = speaker({
  'The diagram could not be loaded. The table beside it shows the same facts.': '流程图暂时无法加载，可先查看旁边的列表。',
  'This diagram cannot be drawn. Please tell the process designer.': '此流程图无法绘制，请联系流程设计人员。',
  'Try again': '重试',
  'Loading the diagram…': '正在加载流程图…',
  'Zoom in': '放大',
  'Zoom out': '缩小',
  'Fit to window': '适应窗口',
  Overview: '缩略图',
  'Full screen': '全屏',
  red: '超期',
  yellow: '临期',
  green: '正常',
  '{0} here': '{0} 件在此',
  'Open the called process': '打开被调用的流程',
  'Diagram: arrow keys move, + and - zoom, 0 fits': '流程图：方向键移动，+ 和 - 缩放，0 适应窗口',
  current: '当前',
});
