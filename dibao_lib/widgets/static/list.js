// The records and the cases still to do, with a filter.
const MOST_ROWS = 300;
function listScreen(desk, m) {
  const {schema} = desk;
  const text = h('input', {type: 'search', placeholder: '筛选：姓名、证号、村、线索……', 'aria-label': '筛选', value: desk.filter.text, oninput: () => draw()});
  const states = ['全部', ...new Set(m.rows.map(row => row.state))];
  const state = h('select', {'aria-label': '状态', onchange: () => draw()}, ...states.map(name => h('option', {value: name, selected: name === desk.filter.state}, name)));
  const count = h('span', {className: 'db-count-all'});
  const body = h('tbody');
  const cell = (className, ...content) => h('td', {className}, ...content);
  const line = row => h('tr', {data: {id: row.id}, ondblclick: () => desk.open(row.id)},
    cell('db-title', h('b', {}, row.title), row.place ? h('div', {className: 'db-small'}, row.place) : null),
    cell('db-note', row.note),
    cell('db-nowrap', h('span', {className: 'db-state', data: {state: row.state}}, row.state), row.wrong ? h('div', {className: 'db-small db-wrong'}, `还有 ${row.wrong} 处需要更正`) : null),
    cell('db-small', row.who, row.at ? h('div', {}, row.at) : null),
    cell('db-nowrap', h('button', {type: 'button', className: 'db-second', data: {open: row.id}, onclick: () => desk.open(row.id)}, row.state === '待填' ? '填写' : '打开'),
      row.again ? h('button', {type: 'button', className: 'db-plain', data: {again: row.id}, onclick: () => desk.again(row.id)}, '再记一次') : null));
  function draw() {
    desk.filter = {text: text.value, state: state.value};
    const words = halfWidth(text.value).split(/\s+/).filter(Boolean);
    const found = m.rows.filter(row => (state.value === '全部' || row.state === state.value)
      && words.every(each => [row.title, row.place, row.note, row.who].some(field => field.includes(each))));
    body.replaceChildren(...found.slice(0, MOST_ROWS).map(line));
    count.textContent = `共${m.rows.length}份，列出${Math.min(found.length, MOST_ROWS)}份` + (found.length > MOST_ROWS ? '，其余请用筛选缩小范围' : '');
  }
  draw();
  const head = h('div', {className: 'db-head'}, h('h3', {}, schema.title), text, state, count,
    m.fresh ? h('button', {type: 'button', className: 'db-save', data: {open: 'new'}, onclick: () => desk.send({t: 'new'})}, '新建') : null);
  return h('div', {className: 'db-list'}, head, m.rows.length
    ? h('table', {}, h('thead', {}, h('tr', {}, ...['对象', '待核实的线索', '状态', '填表人', ''].map(name => h('th', {}, name)))), body)
    : h('p', {className: 'db-small'}, m.empty));
}
