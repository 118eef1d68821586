// The words of trying a draft out.
import { speaker } from '../../language.js';

export const word = speaker({
  'Try it': '试办', 'Begin anew': '重新开始', 'Save as scenario': '存为场景', 'Step back': '退一步', Close: '关闭', 'It is {0}': '办理时间 {0}', 'Nothing has been done yet': '尚未办理', 'Steps: {0}': '已走 {0} 步',
  'Waiting tasks': '待办任务', 'Nobody is waited for.': '没有等待办理的任务。', Complete: '完成', 'Clocks': '期限', 'Let it run out': '让期限届满', 'due {0}': '{0} 届满', 'ran out {0}': '{0} 已届满', 'takes the case along': '届满即推进',
  'Let days pass': '经过天数', 'Days': '天', 'Pass': '经过', 'News that may come': '可能发生的事件', 'It happens': '发生', 'Steps so far': '办理经过', 'What the case knows': '案情', 'Documents issued': '已制发文书', 'Clocks that ran out: {0}': '已超期：{0}', 'Let it run out: {0}': '让期限届满：{0}', 'It happens: {0}': '发生：{0}', 'Play: {0}': '演示：{0}',
  'The case is closed.': '案件已办结。', 'Nobody and nothing could move the case: a dead end.': '没有任何人或事能推进此案：此处是死路。', 'The draft cannot be played while it has errors; see the list of problems.': '草稿有错误，尚不能试办；请先看问题清单。',
  'Step {0} no longer fits the draft: {1} The run was cut there.': '第 {0} 步与现在的草稿不符：{1}此后的步骤已去掉。', 'The draft has changed.': '草稿已修改。', 'Walk the run again': '按新草稿重走', 'Wait until everything is saved.': '请等全部保存后再操作。',
  'How it begins': '从何开始', 'Who takes part at the beginning': '开始时的参与机关', 'First day': '起始日', 'Facts known at the beginning (one a line: name: value)': '开始时已知的事实（每行一条，写作 名称: 值）', 'nobody yet': '暂无', Begin: '开始',
  'Name of the scenario': '场景名称', 'There is such a scenario already.': '已有同名场景。', 'Use a name with letters or digits.': '名称须含文字或数字。', 'Saved as {0}.': '已存为 {0}。', 'Scenarios': '场景', 'Coverage on the diagram': '在图上显示覆盖率',
  'No scenario yet. Play a case and save it.': '还没有场景。试办一案后可存为场景。', 'Play': '演示', '{0} of {1} ({2} %)': '{0}/{1}（{2}%）', 'runs': '通过', 'fails': '未通过', 'Passed by {0} scenarios': '{0} 个场景经过', 'No scenario passes here': '没有场景经过',
  'Days pass: {0}': '经过 {0} 天', '{0} runs out': '{0} 届满', '{0} happens': '发生：{0}', 'One moment…': '请稍候…', 'of the whole case': '全案', '{0} waits here': '等待 {0} 项', 'no fields to fill in': '此步骤没有要填写的内容', 'Coverage by diagram': '各图覆盖率',
  'How long a case takes': '用时推演', 'Random answers and times on the real engine; a step takes what the guesses say, else what closed cases took, else half a day to three days.': '在真实引擎上随机作答、随机用时；每步用时依次取自估计文件、已办结案件，都没有的按半天至三天。',
  Courses: '案件数', Seed: '随机种子', 'Work it out': '推演', 'Guesses of times and choices': '编辑用时与选择的估计', 'Half of the cases are closed within {0} working days': '半数案件在 {0} 个工作日内办结', 'one in ten within {0}, nine in ten within {1}': '一成在 {0} 个、九成在 {1} 个工作日内',
  'How many of {0} courses took how many working days': '{0} 件案件所用工作日的分布', '{0} of {1} courses came to their end.': '{1} 件中 {0} 件办结。', 'Times of {0} steps come from closed cases.': '{0} 个步骤的用时取自已办结案件。', 'Given up, because no random answer was accepted, at: {0}': '因随机答案均未被接受而中止于：{0}',
  'How often each clock runs out': '各期限超期的比例', '{0}: ran out in {1} of {2} courses': '{0}：{2} 件中 {1} 件超期', 'Working days of each step: least, usual, most': '每步用时（工作日）：最短、通常、最长', 'How often an answer is given, compared with the others: fact: {answer: weight}': '各答案出现的比重，写作 事实: {答案: 比重}',
});
