// What the properties panel asks.
import { speaker } from '../../language.js';

export const word = speaker({
  Name: '名称', 'Name (Chinese)': '中文名称', 'Name (English)': '英文名称', Text: '内容', 'Text (English)': '英文内容', Id: '编号', Process: '流程', 'The file bears this name.': '文件以此为名。',
  'Letters, digits, _ and -; begins with a letter.': '只用字母、数字、_ 和 -，以字母开头。', 'This id is taken.': '此编号已被使用。', 'An element needs an id.': '编号不能为空。',
  'Who works here': '由谁办理', Agency: '单位', 'By its part in the case': '案件中的身份', 'By its function': '职能部门', Role: '角色',
  'What is done': '办理', Form: '表单', 'Open the form': '打开表单', 'Create the form': '新建表单', 'Two certified officers': '须两名执法人员', 'Gate of the law': '法定关口', 'Checked by the server when the task is completed.': '办结时由服务器核对。',
  Clock: '期限', 'Clock of this task': '本步期限', 'Starts a clock of the case': '启动案件期限', 'Clocks that it stops': '停止案件期限', 'Documents that it issues': '出具文书', Document: '文书',
  'Begun now, it ends {0}.': '若从现在起算：{0} 届满。', 'set by this installation': '内部设定', 'Only clocks that are set here may decide (bpmn/README).': '会中断办理的定时，只能用内部设定的期限。',
  Service: '服务', 'Sets: {0}': '写入事实：{0}', 'Sets no facts.': '不写入事实。', 'Decision table': '决策表', 'Open the table': '打开决策表', 'Called process': '被调用的流程', 'Open the process': '打开流程', 'not in this draft': '不在本草稿中',
  Timer: '定时', News: '消息', 'What the news is called (Chinese)': '消息名称（中文）', 'What the news is called (English)': '消息名称（英文）', 'Existing news': '已有消息', 'New news': '新的消息', 'Ends the activity': '中断所附活动',
  Branches: '逐项办理', 'One branch for each item of': '列表', 'Set by forms': '表单写入', 'Set by services': '服务写入', Order: '次序', 'All at once': '同时', 'One after the other': '依次', 'The item is called “member” in the branch.': '分支中的当前项名为 member。',
  Flow: '流转条件', Condition: '条件', 'Otherwise (default flow)': '其余情况走此线（默认流）', 'The default flow has no condition.': '默认流不写条件。', 'Facts of this draft': '可用的事实', 'yes': '是', 'no': '否',
  '(none)': '（无）', working_day: '个工作日', calendar_day: '日', hour: '小时', month: '个月', year: '年', '{0} before': '提前 {0}',
});
