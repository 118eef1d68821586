// What the form editor asks.
import { speaker } from '../../language.js';

export const word = speaker({
  'Text field': '单行文字', 'Text area': '多行文字', Number: '数字', Date: '日期', Checkbox: '勾选', Select: '下拉选择', Radio: '单选', Checklist: '多选', Tags: '标签多选', Text: '说明文字', Group: '分组',
  'List of rows': '明细表', Separator: '分隔线', Spacer: '空行', 'Choice {0}': '选项{0}', Question: '题目', 'Text (Chinese)': '中文内容', 'Text (English)': '英文内容', 'Label (Chinese)': '中文标签', 'Label (English)': '英文标签',
  Fact: '事实', 'The name under which conditions and services know the answer.': '条件和服务以此名称引用答案。', 'Explanation (Chinese)': '中文说明', 'Explanation (English)': '英文说明',
  'Small letters, digits and _, beginning with a letter.': '用字母、数字和下划线，以小写字母开头。', 'Another question writes this fact.': '另一题已写入此事实。',
  'What is accepted': '填写要求', 'Must be answered': '必填', 'At least': '最小值', 'At most': '最大值', 'Decimal places': '小数位数', 'Day or time': '日期或时间', Day: '日期', Time: '时间', 'Day and time': '日期和时间',
  'Characters at most': '最多字数', Pattern: '格式', 'A regular expression for the whole answer.': '整个答案须符合的正则表达式。', 'Said when it is missing': '未填时的提示', 'The law’s own words, in place of “required”.': '以法条用语代替“此项必填”。',
  'Shown, not asked': '只显示，不填写', 'Filled beforehand with the fact': '预填事实', 'Only read by': '仅可查看', 'everybody on the case': '案件全体人员',
  'When it is hidden': '隐藏条件', 'Hidden if': '符合时隐藏', 'One comparison, such as: triage != "split". A hidden question is neither required nor stored.': '一个比较，如：triage != "split"。隐藏的题目不必填，也不存储。',
  Layout: '版式', Width: '宽度', 'As the row has room': '自动', 'Whole row': '整行', 'Half a row': '半行', 'A third of a row': '三分之一行', 'A quarter of a row': '四分之一行', 'Height (pixels)': '高度（像素）', 'With a border': '加边框',
  'Rows at the beginning': '初始行数', 'Rows may be added and removed': '可增减行', 'With a search': '可搜索', Choices: '选项', 'Choices written here': '选项内容', 'written here': '在此填写', 'A list of the case is filled when the form is opened.': '案件列表在打开表单时填入。',
  Agencies: '机构', 'Possible members': '可选成员单位', 'Officers of the agency': '本单位人员', 'Possible chairs of a hearing': '可选听证主持人', 'Police organs': '公安机关', 'Acts of the tariff': '罚则事项',
  'Stored as': '存储值', 'Letters, digits, _ . and -': '只用字母、数字、_ . 和 -', 'Another choice is stored as this.': '存储值重复。', 'Example {0}': '示例{0}', 'Example: {0}': '示例：{0}', 'Sample answers': '示例答案', Empty: '空白', Preview: '预览',
});
