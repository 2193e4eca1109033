// One record on screen: its fields, what is wrong beside them, and the bar that saves it.
// Values the form only shows come from Python each time; what was typed comes from the newest copy.
function withShown(fields, typed, given) {
  const merged = {...typed};
  for (const field of fields) {
    if (field.type === 'shown') merged[field.name] = given[field.name];
    else if (field.type === 'table' && Array.isArray(typed[field.name]))
      merged[field.name] = typed[field.name].map((row, i) => withShown(field.columns, row, given[field.name]?.[i] ?? row));
    else if (!(field.name in merged)) merged[field.name] = given[field.name];
  }
  return merged;
}

// faults as sent: `cases.*.agree` stands for every row
function unpacked(errors, data) {
  const all = {};
  for (const [path, message] of Object.entries(errors)) {
    const [table, column] = path.split('.*.');
    if (column === undefined) all[path] = message;
    else (data[table] ?? []).forEach((_, place) => { all[`${table}.${place}.${column}`] = message; });
  }
  return all;
}
const at = (data, path) => path.split('.').reduce((value, part) => value?.[part], data);

function formScreen(desk, opened, local) {
  const {schema, keep} = desk;
  const state = {id: opened.id, base: opened.base, seq: opened.seq, sid: newId(), used: false, dirty: false, synced: true, saving: false,
    tried: false, touched: new Set(), sent: 0, changed: new Set(), errors: unpacked(opened.errors, opened.d), data: opened.d, hidden: opened.hidden, locked: opened.locked};
  const restored = local && !opened.locked && local.seq > opened.seq;
  if (restored) {
    Object.assign(state, {seq: local.seq, base: local.own && opened.sids.includes(local.sid) ? opened.base : local.base, dirty: true});
    // a submission belongs to the tab that began it: another tab's would make this one's save look like a second click
    if (local.own && !local.used) state.sid = local.sid;
    state.data = withShown(schema.fields, local.d, opened.d);
  } else state.dirty = opened.draft;

  const messages = new Map(), asks = [], fills = new Map(), badges = new Map();
  const status = h('span', {className: 'db-status', role: 'status'});
  const left = h('button', {type: 'button', className: 'db-left', onclick: () => jump()});
  const others = h('div', {className: 'db-others'});
  const reason = h('input', {type: 'text', className: 'db-reason', placeholder: '更正原因（必填）', 'aria-label': '更正原因', data: {p: '.reason'}});
  const saveButton = h('button', {type: 'button', className: 'db-save', onclick: () => save()}, '保存');
  const say = (text, kind = '') => { status.textContent = text; status.className = `db-status ${kind}`; };
  let timer, retry;

  const page = {
    locked: state.locked,
    hidden: state.hidden,
    message: path => { const node = h('small', {className: 'db-error', hidden: true, data: {e: path}}); messages.set(path, node); return node; },
    ask: refresh => asks.push(refresh),
    fill: (path, draw) => fills.set(path, draw),
    badge: (path, node) => badges.set(path, node),
    refresh: () => { asks.forEach(refresh => refresh()); paint(); },
    touch: path => {
      state.touched.add(path);
      state.changed.add(path);
      state.seq = Math.max(state.seq + 1, Date.now());
      if (state.used) { state.sid = newId(); state.used = false; }
      state.dirty = true; state.synced = false;
      keepLocal();
      if (!state.saving) say('正在保存草稿……');
      clearTimeout(timer);
      timer = setTimeout(flush, 300);
      asks.forEach(refresh => refresh());
      bar();
    },
    upload: (file, path) => upload(file, path),
  };
  const keepLocal = () => keep.put(state.id, {seq: state.seq, sid: state.sid, used: state.used, base: state.base, d: state.data});

  function flush() {
    clearTimeout(timer);
    // only what changed since the last message, so that a long hearing stays quick
    const what = state.sent ? {after: state.sent, set: [...state.changed].map(path => [path, at(state.data, path) ?? null])} : {d: state.data};
    sent();
    desk.send({t: 'draft', id: state.id, seq: state.seq, ...what});
  }
  const sent = () => { state.sent = state.seq; state.changed.clear(); };
  // unsent text is sent again until the store has it, whatever happens to the kernel
  retry = setInterval(() => { if (state.synced || state.locked) return; state.sent = 0; flush(); }, 5000);

  function save() {
    if (state.locked || saveButton.disabled) return;
    if (!desk.who()) return desk.askWho();
    if (state.base && !reason.value.trim()) { reason.focus(); return say('更正已保存的记录，请写明更正原因。', 'bad'); }
    clearTimeout(timer);
    saveButton.disabled = state.saving = true;
    // what is saved or refused is kept by the store; a draft sent after it would be older than the record
    state.tried = state.used = state.synced = true;
    keepLocal();
    sent();
    say('正在保存……');
    desk.send({t: 'save', id: state.id, seq: state.seq, sid: state.sid, base: state.base, d: state.data, who: desk.who(), reason: reason.value.trim()});
  }

  async function upload(file, path) {
    if (file.size > desk.limit) return say(`“${file.name}”有${size(file.size)}，超过${size(desk.limit)}，没有添加。请压缩后再添加。`, 'bad');
    const upload = newId(), step = 2 ** 21;
    try {
      for (let at = 0; at < file.size || at === 0; at += step) {
        say(`正在保存“${file.name}” ${file.size ? Math.round(at / file.size * 100) : 0}%`);
        const answer = await desk.call({t: 'chunk', upload, at, size: file.size}, [await file.slice(at, at + step).arrayBuffer()]);
        if (answer.sha256) {
          const parts = path.split('.'), name = parts.pop();
          const row = parts.reduce((value, part) => value[part], state.data);
          row[name] = [...(row[name] ?? []), {name: file.name, size: file.size, sha256: answer.sha256}];
          fills.get(path)?.();
          page.touch(path);
          flush();
        }
      }
    } catch (error) {
      say(`“${file.name}”没有保存成功：${error.message} 请再添加一次。`, 'bad');
    }
  }

  function paint() {
    const visible = path => state.errors[path] && (state.tried || state.touched.has(path));
    for (const [path, node] of messages) {
      node.textContent = visible(path) ? state.errors[path] : '';
      node.hidden = !node.textContent;
      node.closest('.db-field')?.classList.toggle('db-bad', !!node.textContent && !node.closest('.db-count'));
    }
    for (const [path, node] of badges) {
      const wrong = Object.keys(state.errors).filter(one => one.startsWith(path + '.')).length;
      const begun = state.tried || [...state.touched].some(one => one.startsWith(path + '.'));
      node.textContent = wrong ? (begun ? `还有 ${wrong} 处需要更正` : `${wrong} 处待填`) : '已填好';
      node.className = `db-badge ${wrong ? (begun ? 'db-wrong' : '') : 'db-fine'}`;
    }
    others.replaceChildren(...Object.entries(state.errors)
      .filter(([path]) => state.tried && !messages.has(path) && !badges.has(path.split('.').slice(0, 2).join('.')))
      .map(([, text]) => h('div', {}, text)));
    bar();
  }
  function bar() {
    const count = Object.keys(state.errors).length;
    left.textContent = state.locked ? '' : count ? `还有 ${count} 处需要更正` : '';
    left.hidden = !left.textContent || !(state.dirty || state.tried);
    saveButton.hidden = state.locked;
    discardButton.hidden = state.locked || !state.dirty;
    reason.hidden = state.locked || !state.base || !state.dirty;
    saveButton.textContent = state.base ? '保存更正' : '保存';
    if (!state.dirty) saveButton.disabled = !!state.base;
    else saveButton.disabled = state.saving;
  }
  function jump() {
    state.tried = true;
    for (const path of Object.keys(state.errors)) {
      const parts = path.split('.');
      if (parts.length > 2) {
        const shut = node.querySelector(`[data-card="${parts.slice(0, 2).join('.')}"]`);
        if (shut) { shut.build(); shut.open = true; }
      }
      const place = node.querySelector(`[data-p="${path}"]`) ?? node.querySelector(`[data-e="${path}"]`);
      if (place) { paint(); place.scrollIntoView({block: 'center'}); place.focus({preventScroll: true}); return; }
    }
    paint();
  }

  const actions = opened.actions.map(action => h('button', {type: 'button', className: 'db-second', data: {act: action.action},
    onclick: () => act(action)}, action.label));
  const actReason = h('input', {type: 'text', className: 'db-reason', hidden: !opened.actions.some(one => one.reason),
    placeholder: '意见（退回、撤回时必填）', 'aria-label': '意见', data: {p: '.opinion'}});
  function act(action) {
    if (!desk.who()) return desk.askWho();
    if (state.dirty) return say('还有没保存的改动，请先保存，或放弃改动。', 'bad');
    if (action.reason && !actReason.value.trim()) { actReason.focus(); return say(`${action.label}请先写明意见。`, 'bad'); }
    say('正在保存……');
    desk.send({t: 'act', id: state.id, action: action.action, seq: state.seq, base: state.base, sid: newId(), who: desk.who(), reason: actReason.value.trim()});
  }
  const discardButton = h('button', {type: 'button', className: 'db-plain', onclick: () => discard()}, '放弃改动');
  const discard = () => {
    if (!confirm('放弃没有保存的改动？已保存的内容不变。')) return;
    keep.drop(state.id);
    state.synced = true;
    desk.send({t: 'discard', id: state.id});
  };

  const trail = opened.events.length ? h('details', {className: 'db-trail'}, h('summary', {}, `经过（${opened.events.length}）`),
    h('ol', {}, ...opened.events.map(event => h('li', {}, event)))) : null;
  const clash = h('div', {className: 'db-clash', hidden: true});
  const node = h('div', {className: 'db-form', data: {record: state.id}},
    h('div', {className: 'db-head'}, h('button', {type: 'button', className: 'db-back', onclick: () => desk.showList()}, '← 返回清单'),
      h('h3', {}, schema.title), h('span', {className: 'db-state', data: {state: opened.status}}, opened.status)),
    clash, ...schema.fields.map(field => fieldRow(page, field, state.data, field.name)), others, trail,
    h('div', {className: 'db-bar'}, saveButton, reason, left, status,
      h('span', {className: 'db-right'}, actReason, ...actions,
        discardButton)));
  page.refresh();
  if (opened.clash) versions(opened.clash, opened.clash.heads, h('div', {className: 'db-choices'}, ...opened.clash.heads.map((_, side) =>
    h('button', {type: 'button', className: 'db-second', data: {adopt: side}, onclick: () => adopt(side)}, `选用第${side + 1}份`))));
  if (restored) { state.synced = false; keepLocal(); flush(); say('已恢复上次没有保存的内容。', 'good'); }
  else if (opened.note) say(opened.note, 'good');
  else if (opened.draft) say('已载入草稿，接着填写即可。', 'good');

  // both versions side by side: nothing is overwritten without a person's choice
  function moved(m) {
    versions(m, ['我填写的', '已保存的'], h('div', {className: 'db-choices'},
      h('button', {type: 'button', className: 'db-second', onclick: () => { keep.drop(state.id); state.synced = true; desk.send({t: 'discard', id: state.id}); }}, '采用已保存的'),
      h('button', {type: 'button', className: 'db-second', onclick: () => {
        state.base = m.base; state.sid = newId(); state.used = false; state.dirty = true; clash.hidden = true; keepLocal(); bar(); reason.focus();
        say('请写明更正原因，再按“保存更正”。', 'bad');
      }}, '以我填写的更正')));
  }
  // one version of a dispute becomes what is on the screen; it is valid once saved with a reason
  function adopt(side) {
    keep.drop(state.id);
    state.synced = true;
    desk.send({t: 'adopt', id: state.id, side, base: state.base, seq: Math.max(state.seq + 1, Date.now())});
  }
  function versions(m, heads, choices) {
    const cells = (tag, texts) => h('tr', {}, ...texts.map(text => h(tag, {}, text)));
    clash.replaceChildren(h('p', {}, m.message), h('table', {}, h('thead', {}, cells('th', ['项目', ...heads])),
      h('tbody', {}, ...m.rows.map(row => cells('td', row)))), choices ?? '');
    clash.hidden = false;
    clash.scrollIntoView({block: 'center'});
  }

  const answers = {
    draft: m => {
      if (m.need) { state.sent = 0; return flush(); }
      for (const [path, text] of Object.entries(m.changed)) if (text) state.errors[path] = text; else delete state.errors[path];
      if (m.seq === state.seq) { state.synced = true; if (!state.saving) say(`草稿已存 ${clock()}`); }
      paint();
    },
    refused: m => {
      state.errors = unpacked(m.errors, state.data); state.synced = true; saveButton.disabled = state.saving = false;
      say(m.message, 'bad'); paint(); jump();
    },
    moved: m => { say('没有保存：此记录已被改动，请看上面的对照。', 'bad'); saveButton.disabled = state.saving = false; moved(m); },
    error: m => { saveButton.disabled = state.saving = false; say(m.message, 'bad'); },
  };
  return {
    node, id: state.id,
    answer: m => answers[m.t]?.(m),
    // a saved record is drawn anew unless somebody typed on meanwhile
    saved: m => {
      keep.drop(state.id);
      if (state.seq === m.seq) return false;
      Object.assign(state, {base: m.base});
      keepLocal(); bar(); flush();
      return true;
    },
    quiet: () => {
      state.synced = !state.dirty;
      saveButton.disabled = state.saving = false;
      say('后台程序没有回应。已填的内容都在本机，恢复后自动补送，请稍候或重新打开本页。', 'bad');
    },
    leave: () => { if (!state.synced && !state.locked) flush(); clearTimeout(timer); clearInterval(retry); },
  };
}
