// What bpmn-js, its menus and its properties panel say, in Chinese. library_texts.mjs stops the build when they say something that is not here.
const PLACES = {
  'Start Event': '开始事件', 'Intermediate Catch Event': '中间捕获事件', 'Intermediate Throw Event': '中间抛出事件', 'Boundary Event': '边界事件', 'End Event': '结束事件',
};
const TRIGGERS = {
  Message: '消息', Timer: '定时', Conditional: '条件', Signal: '信号', Error: '错误', Escalation: '升级', Compensation: '补偿', Compensate: '补偿', Cancel: '取消',
  Terminate: '终止', Link: '链接', Multiple: '多重', Parallel: '并行', 'Parallel Multiple': '并行多重',
};
const KINDS = {
  Task: '任务', 'User Task': '用户任务', 'Service Task': '服务任务', 'Business Rule Task': '决策任务', 'Script Task': '脚本任务', 'Send Task': '发送任务', 'Receive Task': '接收任务',
  'Manual Task': '手工任务', 'Call Activity': '调用流程', Transaction: '事务', 'Event Sub Process': '事件子流程', 'Expanded Sub Process': '子流程', 'Collapsed Sub Process': '子流程（折叠）',
  'Expanded Ad Hoc Sub Process': '特别子流程', 'Collapsed Ad Hoc Sub Process': '特别子流程（折叠）', Gateway: '网关', 'Exclusive Gateway': '排他网关', 'Parallel Gateway': '并行网关',
  'Event Based Gateway': '事件网关', 'Inclusive Gateway': '包容网关', 'Complex Gateway': '复杂网关', Lane: '泳道', Participant: '泳池', Process: '流程', Collaboration: '流程',
  'Sequence Flow': '顺序流', 'Default Flow': '默认流', 'Conditional Flow': '条件流', 'Message Flow': '消息流', Association: '关联', 'Text Annotation': '批注', Group: '分组',
  'Data Input': '数据输入', 'Data Output': '数据输出', 'Data Input Association': '数据输入关联', 'Data Output Association': '数据输出关联', 'Data Object Reference': '数据对象', 'Data Store Reference': '数据存储',
};
const MENUS = {
  'Event sub-process': '事件子流程', 'Sub-process': '子流程', 'Sub-process (collapsed)': '子流程（折叠）', 'Sub-process (expanded)': '子流程', 'Ad-hoc sub-process': '特别子流程',
  'Ad-hoc sub-process (collapsed)': '特别子流程（折叠）', 'Ad-hoc sub-process (expanded)': '特别子流程', 'Event-based gateway': '事件网关', 'Expanded pool/participant': '泳池', 'Empty pool/participant': '空泳池',
  Events: '事件', Tasks: '任务', Gateways: '网关', 'Sub-processes': '子流程', Data: '数据', Participants: '泳池',
};
const DEEDS = {
  'Activate hand tool': '拖动画布', 'Activate lasso tool': '框选', 'Activate create/remove space tool': '增减空间', 'Activate global connect tool': '连线',
  'Create element': '更多元素', 'Append element': '接着画…', 'Append {element}': '接{element}', 'Append end event': '接结束事件', 'Append gateway': '接排他网关', 'Append task': '接任务',
  'Append message intermediate catch event': '接消息事件', 'Append timer intermediate catch event': '接定时事件', 'Append conditional intermediate catch event': '接条件事件',
  'Append signal intermediate catch event': '接信号事件', 'Append receive task': '接接收任务', 'Append compensation activity': '接补偿活动', 'Append intermediate/boundary event': '接中间事件',
  'Add text annotation': '加批注', 'Add lane above': '在上方加泳道', 'Add lane below': '在下方加泳道', 'Divide into two lanes': '分成两条泳道', 'Divide into three lanes': '分成三条泳道',
  'Change element': '更改类型', 'Connect to other element': '连到其他元素', 'Connect using association': '以关联线连接', 'Connect using data input association': '以数据输入连接', Delete: '删除',
  'Align elements': '对齐', 'Align elements left': '左对齐', 'Align elements right': '右对齐', 'Align elements center': '水平居中', 'Align elements top': '上对齐', 'Align elements bottom': '下对齐', 'Align elements middle': '垂直居中',
  'Distribute elements horizontally': '水平等距', 'Distribute elements vertically': '垂直等距', 'Parallel multi-instance': '逐项同时办理', 'Sequential multi-instance': '逐项依次办理', Loop: '循环',
  Collection: '集合', 'Participant multiplicity': '多方参与', 'Toggle non-interrupting': '不中断所附活动', 'Open {element}': '打开{element}', 'Open minimap': '打开缩略图', 'Close minimap': '关闭缩略图',
  'Search in diagram': '在图中查找', Search: '搜索', '{0} found': '找到 {0} 项',
  'flow elements must be children of pools/participants': '流程元素要画在泳池里。', 'Data object must be placed within a pool/participant.': '数据对象要画在泳池里。',
};
const PANEL = {
  'Select an element to edit its properties.': '选中图上的元素，在这里填写属性。', 'Multiple elements are selected. Select a single element to edit its properties.': '已选中多个元素；选中一个后填写属性。',
  'Open documentation': '打开说明', 'Toggle section': '展开或收起', 'Section contains an error': '有错误', 'Section contains edits': '已填写', 'Toggle list item': '展开或收起此项', 'Delete item': '删除此项',
  'Create new list item': '新增一项', Create: '新增', '<empty>': '（空）', 'List contains {numOfItems} item': '共 {numOfItems} 项', 'List contains {numOfItems} items': '共 {numOfItems} 项',
};

const FORMS = {
  Components: '组件', 'Search components': '搜索组件', 'Clear content': '清除', 'No components found.': '没有匹配的组件。', 'Drag and drop components here.': '将组件拖到这里。', 'Build your form': '设计表单',
  'Drag and drop components here to start designing.': '将左侧组件拖到这里。', 'Use the preview window to test your form.': '右侧可以预览。', 'Remove {element}': '删除{element}', Repeatable: '可增减行', Form: '表单', Input: '填写', Selection: '选择', Presentation: '展示', Containers: '容器',
  'Select a form field to edit its properties.': '选中表单中的组件，在这里填写属性。', 'Multiple form fields are selected. Select a single form field to edit its properties.': '已选中多个组件；选中一个后填写属性。',
};

const inSentence = (name) => name[0] + name.slice(1).toLowerCase();

// Every kind in both ways of writing: 'User Task' on the panel, 'User task' in the menus.
function spoken(kinds) {
  return Object.fromEntries(Object.entries(kinds).flatMap(([name, chinese]) => [[name, chinese], [inSentence(name), chinese]]));
}

function events() {
  const found = { ...PLACES };
  for (const [trigger, what] of Object.entries(TRIGGERS)) {
    for (const [place, where] of Object.entries(PLACES)) found[`${trigger} ${place}`] = `${what}${where}`;
  }
  return found;
}

function beside(kinds) {
  return Object.fromEntries(Object.entries(kinds).flatMap(([name, chinese]) => [
    [`${name} (Non Interrupting)`, `${chinese}（不中断）`], [`${inSentence(name)} (non-interrupting)`, `${chinese}（不中断）`],
  ]));
}

export const LIBRARY = { ...spoken(KINDS), ...spoken(events()), ...beside(events()), ...MENUS, ...DEEDS, ...PANEL, ...FORMS };
