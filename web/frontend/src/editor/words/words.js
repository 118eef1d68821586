// The editor's own sentences.
import { speaker } from '../../language.js';

export const word = speaker({
  // files
  Diagrams: '流程图', Forms: '表单', Tables: '决策表', Settings: '设置', 'Other files': '其他文件', 'New diagram': '新建流程图', 'New form': '新建表单', 'Delete this file': '删除此文件',
  'Delete {0}? The other files stay.': '删除 {0}？其他文件不受影响。', 'Name of the new file (letters, digits and _)': '新文件的名称（字母、数字和下划线）', 'There is such a file already.': '已有同名文件。',
  'Use small letters, digits and _, beginning with a letter.': '请用小写字母、数字和下划线，以字母开头。', 'not saved yet': '尚未保存', 'Edit as a table': '按表格编辑', 'Cells in words, tests run after each change.': '单元格用文字填写，每次改动后逐条运行用例。',
  'This file is kept as it is and cannot be edited here.': '此文件原样保留，不在这里编辑。', Create: '新建', Cancel: '取消', Delete: '删除', Name: '名称',
  // saving
  'All changes saved': '已全部保存', 'Saved {0}': '已保存 {0}', 'Saving…': '正在保存…', 'Not saved yet': '尚未保存', 'Decide which version stays': '需要选定保留哪一份',
  'Not saved: no network. Kept on this machine; trying again.': '未保存：网络不通。已留存在本机，正在重试。', 'Not saved: the server does not answer. Kept on this machine; trying again.': '未保存：服务器无响应。已留存在本机，正在重试。',
  'Not saved: your sign-in has ended. Kept on this machine; sign in again.': '未保存：登录已失效。已留存在本机，请重新登录。', 'Not saved: {0}': '未保存：{0}', 'The server refused it.': '服务器未接受。',
  'Changes of {0} that were not saved:': '上次未保存的修改（{0}）：', Restore: '恢复', Discard: '放弃', 'Changes put back: {0}': '已恢复：{0}',
  // two people
  'Also here: {0}': '正在查看：{0}', '{0} has saved a newer version; it is shown now.': '{0} 保存了新内容，已更新显示。', Somebody: '其他人', 'Two versions of {0}': '{0} 有两份不同的修改',
  '{0} saved this file at {1}, while you were changing it. Which version shall stay? The other one can be downloaded first; nothing is lost.': '您修改期间，{0} 于 {1} 保存了这个文件。保留哪一份？另一份可以先下载，不会丢失。',
  'Keep mine': '保留我的', 'Take theirs': '采用对方的', 'Download mine': '下载我的', 'Download theirs': '下载对方的',
  // states
  'Being edited': '编辑中', 'In review': '审核中', Published: '已发布', 'Given up': '已放弃', 'Nothing can be changed while the draft is in review.': '草稿正在审核，内容不能修改。', 'This draft is published; begin a new one to change it.': '此草稿已发布；要修改请新建草稿。',
  'This draft was given up.': '此草稿已放弃。', 'You may read this draft, not change it.': '您可以查看此草稿，不能修改。', 'Editing needs a wider screen; here you can read.': '修改需要更宽的屏幕；这里可以查看。',
  'Wait until everything is saved.': '请等全部保存后再操作。', 'Sent to review.': '已提交审核。', 'Sent back.': '已退回。', 'Published as version {0}.': '已发布为第 {0} 版。', 'Published.': '已发布。', 'Given up.': '已放弃。',
  'The server could not answer. Please try again.': '服务器暂时无法响应，请稍后重试。', 'The network is not reachable. Please try again.': '网络不通，请检查后重试。',
  'Your sign-in has ended. Please sign in again; your changes are kept on this machine.': '登录已失效，请重新登录；修改已留存在本机。', 'The draft could not be loaded.': '草稿未能加载。', 'Try again': '重试', Loading: '正在加载…',
  'This form has something that the editor does not know; here is its text.': '此表单有编辑器不认识的内容，以文本显示。', 'This diagram cannot be drawn: {0}': '此流程图无法绘制：{0}', 'Close': '关闭',
  // toolbar
  Undo: '撤销', Redo: '重做', 'Zoom in': '放大', 'Zoom out': '缩小', 'Fit to window': '适应窗口', Overview: '缩略图', 'Find element': '查找元素', Keys: '快捷键', Properties: '属性', Files: '文件', '{0} %': '{0}%',
  // problems
  Problems: '问题', 'No problem was found.': '没有发现问题。', '{0} errors': '{0} 个错误', '{0} warnings': '{0} 个提示', 'Not checked yet': '尚未检查', 'Checking…': '正在检查…', 'The check did not answer.': '检查未能完成。',
  error: '错误', warning: '提示', 'Fix it': '一键修复', 'Fixed. It can be undone.': '已修复，可以撤销。', 'Fixing…': '正在修复…', Rule: '规则', 'Whole bundle': '整个流程包', 'Checked {0}': '{0} 检查',
  // paths
  'Go every path': '验证全部路径', Stop: '停止', 'Going every path…': '正在逐条路径验证…', 'Stopped.': '已停止。', 'The proof did not end.': '验证没有完成。', '{0} states so far…': '已检查 {0} 个状态…', '{0} findings on the paths': '路径上发现 {0} 个问题',
  'Every path ends as it should.': '全部路径均能正常办结。', 'Play the path': '演示路径', Back: '上一步', Next: '下一步', 'Step {0} of {1}': '第 {0} 步，共 {1} 步',
  // keys
  'Keyboard': '键盘', 'undo': '撤销', 'redo': '重做', 'copy, cut, paste, duplicate': '复制、剪切、粘贴、再制', 'select all': '全选', 'find an element': '查找元素', 'zoom': '缩放', 'fit to window': '适应窗口', 'move what is selected': '移动所选元素',
  'move the canvas': '移动画布', 'delete what is selected': '删除所选元素', 'edit the name': '修改名称', 'append an element': '接着画', 'new element': '新元素', 'change the type': '更改类型', 'hand, lasso, space, connect': '拖动、框选、增减空间、连线', 'this help': '显示本帮助', 'save now': '立即保存',
});
