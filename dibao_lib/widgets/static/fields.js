// One control for each type of field. `page` gives: touch(path), ask(refresh), upload(file, path), locked.
const CONTROLS = {
  text: textControl, longtext: longControl, int: digitControl, money: digitControl, date: dateControl, month: textControl,
  choice: choiceControl, choices: choiceControl, flag: choiceControl, people: textControl, counts: countsControl,
  files: filesControl, table: tableControl, shown: shownControl,
};
const HINTS = {date: '如 2011-06-08', month: '如 2011-06', money: '元', people: '姓名，用顿号隔开'};

// how a stored answer looks in its box; what a person typed stays as typed
function typed(field, value) {
  if (field.type === 'money' && typeof value === 'number') return yuan(value);
  return Array.isArray(value) ? value.join('、') : value ?? '';
}
function box(tag, page, field, row, path, props = {}) {
  return h(tag, {
    value: typed(field, row[field.name]), disabled: page.locked, placeholder: HINTS[field.type] ?? '', data: {p: path},
    'aria-label': field.label, oninput: event => { row[field.name] = event.target.value; page.touch(path); }, ...props,
  });
}
function textControl(page, field, row, path) { return box('input', page, field, row, path, {type: 'text'}); }
function longControl(page, field, row, path) {
  const grow = node => { node.style.height = 'auto'; node.style.height = Math.max(58, node.scrollHeight + 2) + 'px'; };
  const node = box('textarea', page, field, row, path, {rows: 2});
  node.addEventListener('input', () => grow(node));
  requestAnimationFrame(() => node.value && grow(node));
  return node;
}
function digitControl(page, field, row, path) {
  return box('input', page, field, row, path, {
    type: 'text', inputMode: 'decimal', className: 'db-digits',
    onchange: event => { event.target.value = row[field.name] = halfWidth(event.target.value); page.touch(path); },
  });
}
function dateControl(page, field, row, path) {
  const text = box('input', page, field, row, path, {type: 'text', className: 'db-date'});
  const picker = h('input', {type: 'date', tabIndex: -1, className: 'db-picker', disabled: page.locked,
    onchange: () => { text.value = row[field.name] = picker.value; page.touch(path); }});
  const button = h('button', {type: 'button', className: 'db-calendar', tabIndex: -1, title: '从日历选择', disabled: page.locked,
    onclick: () => { picker.value = text.value; picker.showPicker?.(); }}, '日历');
  return h('span', {className: 'db-dates'}, text, button, picker);
}
// one of several, or several of them; a second click on the chosen one takes it back
function choiceControl(page, field, row, path) {
  const many = field.type === 'choices', flag = field.type === 'flag';
  const options = flag ? [['是', true], ['否', false]] : field.choices.map(choice => [choice, choice]);
  const chosen = value => many ? (row[field.name] ?? []).includes(value) : row[field.name] === value;
  const group = newId();
  const inputs = options.map(([label, value]) => {
    const input = h('input', {
      type: many ? 'checkbox' : 'radio', name: group, checked: chosen(value), disabled: page.locked, value: label,
      data: {p: path}, 'aria-label': `${field.label}：${label}`,
      onchange: () => {
        if (many) row[field.name] = options.map(o => o[1]).filter(v => v === value ? input.checked : chosen(v));
        else row[field.name] = value;
        page.touch(path);
      },
      onclick: () => {
        if (many || !was) return;
        input.checked = false; row[field.name] = flag ? null : ''; page.touch(path);
      },
    });
    let was = false;
    const label2 = h('label', {className: 'db-pill', onmousedown: () => { was = input.checked; }}, input, h('span', {}, label));
    input.addEventListener('keydown', () => { was = false; });
    return label2;
  });
  return h('div', {className: 'db-pills', role: many ? 'group' : 'radiogroup', 'aria-label': field.label}, ...inputs);
}
function countsControl(page, field, row, path) {
  const total = h('span', {className: 'db-total'});
  const counts = row[field.name] ??= {};
  const sum = () => {
    const numbers = field.keys.map(role => parseInt(halfWidth(String(counts[role] ?? '')), 10)).filter(Number.isFinite);
    total.textContent = numbers.length ? `合计 ${numbers.reduce((a, b) => a + b, 0)} 人` : '';
  };
  page.ask(sum);
  return h('div', {className: 'db-counts'}, ...field.keys.map(role => h('div', {className: 'db-count'},
    h('label', {}, role, digitControl(page, {name: role, label: role, type: 'int'}, counts, `${path}.${role}`)),
    page.message(`${path}.${role}`))), total);
}
function filesControl(page, field, row, path) {
  const list = h('ul', {className: 'db-files'});
  const files = () => row[field.name] ?? [];
  const draw = () => list.replaceChildren(...files().map((file, place) => h('li', {}, `${file.name}（${size(file.size)}）`,
    page.locked ? null : h('button', {type: 'button', className: 'db-plain', onclick: () => {
      row[field.name] = files().filter((_, other) => other !== place); draw(); page.touch(path);
    }}, '移除'))));
  draw();
  page.fill(path, draw);
  const input = h('input', {type: 'file', multiple: true, className: 'db-picker', tabIndex: -1, data: {p: path},
    onchange: async () => { for (const file of input.files) await page.upload(file, path); input.value = ''; }});
  return h('div', {}, list, input,
    page.locked ? null : h('button', {type: 'button', className: 'db-second', onclick: () => input.click()}, '添加照片或文件'));
}
function shownControl(page, field, row, path) {
  const hidden = page.hidden.includes(path);
  return h('span', {className: hidden ? 'db-hidden' : 'db-shown', data: {p: path}},
    hidden ? '先填写并保存上面的核实情况，保存后显示' : shownText(field, row[field.name]));
}
// label, control, hint and message of one field; asked only while its condition holds
function fieldRow(page, field, row, path) {
  const control = CONTROLS[field.type](page, field, row, path);
  const label = h('div', {className: 'db-label'}, field.label,
    field.required && field.type !== 'shown' ? h('b', {className: 'db-must', title: '必填'}, '*') : null);
  const node = h('div', {className: `db-field db-t-${field.type}`}, label,
    h('div', {className: 'db-answer'}, control, field.hint ? h('small', {className: 'db-hint'}, field.hint) : null, page.message(path)));
  if (field.relevant) page.ask(() => { node.hidden = !field.relevant[1].includes(word(row[field.relevant[0]])); });
  return node;
}
// repeat group: a card a row; rows given by the case can be neither added nor taken away
function tableControl(page, field, row, path) {
  const rows = row[field.name] ??= [];
  const fixed = field.columns.some(column => column.type === 'shown' && column.required);
  const body = h('div', {className: 'db-cards'});
  const draw = open => {
    body.replaceChildren(...rows.map((item, place) => card(page, field, item, `${path}.${place}`, place, {
      open: place === open || rows.length <= 3,
      remove: fixed || page.locked ? null : () => { rows.splice(place, 1); draw(); page.touch(path); },
    })));
    page.refresh();
  };
  draw(0);
  const add = fixed || page.locked ? null : h('button', {type: 'button', className: 'db-second', onclick: () => {
    rows.push(Object.fromEntries(field.columns.map(column => [column.name, blankOf(column)]))); draw(rows.length - 1); page.touch(path);
  }}, '添加一行');
  return h('div', {}, body, add);
}
const blankOf = field => ({choices: [], people: [], files: [], table: [], counts: {}, int: null, money: null, flag: null}[field.type] ?? '');
function card(page, field, row, path, place, {open, remove}) {
  const shown = field.columns.filter(column => column.type === 'shown');
  const rest = field.columns.filter(column => column.type !== 'shown');
  const badge = h('span', {className: 'db-badge', data: {row: path}});
  const title = shown.slice(0, 2).map(column => shownText(column, row[column.name])).filter(text => text !== '—').join('　');
  const node = h('details', {className: 'db-card', open: false, data: {card: path}},
    h('summary', {}, h('b', {}, `${place + 1}. ${title}`), badge,
      remove ? h('button', {type: 'button', className: 'db-plain', onclick: event => { event.preventDefault(); remove(); }}, '删除') : null));
  // the body of a card is built when it is first opened: 150 cases stay light
  const build = () => {
    if (node.dataset.built) return;
    node.dataset.built = '1';
    for (const column of shown.slice(2)) if (word(row[column.name])) node.append(fieldRow(page, column, row, `${path}.${column.name}`));
    node.append(h('div', {className: 'db-card-body'}, ...rest.map(column => fieldRow(page, column, row, `${path}.${column.name}`))));
    page.refresh();
  };
  node.build = build;
  node.addEventListener('toggle', build);
  if (open) { build(); node.open = true; }
  page.badge(path, badge);
  return node;
}
