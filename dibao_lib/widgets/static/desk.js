// Talks to Python, and shows either the list or one record.
// Once rendered, the desk waits for the name of its tab; then it asks Python what to show.
function render({model, el}) {
  let stop = () => {}, gone = false;
  keeper(model.get('place')).then(keep => { if (!gone) stop = openDesk(model, el, keep); });
  return () => { gone = true; stop(); };
}
function openDesk(model, el, keep) {
  const me = newId(), schema = model.get('schema');
  const calls = new Map();
  let screen = null, quiet, alive = false;

  const who = h('input', {type: 'text', className: 'db-who', value: keep.who(), placeholder: '姓名', 'aria-label': '填表人', data: {p: '.who'},
    oninput: () => { keep.who(who.value.trim()); whoBox.classList.remove('db-bad'); }});
  const whoBox = h('div', {className: 'db-whobox'}, h('label', {}, '填表人（审核时填审核人）', who));
  const notice = h('div', {className: 'db-notice', hidden: true});
  const main = h('div', {className: 'db-main'}, h('p', {className: 'db-small'}, '正在载入……'));

  function raw(message, buffers) {
    try { model.send({...message, me}, undefined, buffers); return true; } catch { return false; }
  }
  const desk = {
    schema, keep, limit: model.get('limit'), filter: {text: '', state: '全部'},
    // a name typed on another desk of this page, or before the page drew this one anew, is the name here too
    who: () => { if (!who.value.trim()) who.value = keep.who(); return who.value.trim(); },
    askWho: () => { whoBox.classList.add('db-bad'); who.focus(); tell('请先填写填表人姓名，再保存。'); },
    // an answer must come soon; the text is safe in this browser meanwhile
    send: message => {
      clearTimeout(quiet);
      quiet = setTimeout(() => screen?.quiet?.(), 6000);
      if (!raw(message)) screen?.quiet?.();
    },
    call: (message, buffers) => new Promise((resolve, reject) => {
      const key = newId(), timer = setTimeout(() => { calls.delete(key); reject(new Error('后台程序没有回应。')); }, 20000);
      calls.set(key, answer => { clearTimeout(timer); calls.delete(key); answer.t === 'error' ? reject(new Error(answer.message)) : resolve(answer); });
      if (!raw({...message, call: key}, buffers)) reject(new Error('后台程序没有回应。'));
    }),
    open: id => { keep.place(id); desk.send({t: 'open', id}); },
    again: id => desk.send({t: 'new', like: id}),
    showList: () => { keep.place(''); screen?.leave?.(); screen = null; desk.send({t: 'list'}); },
  };
  const tell = text => { notice.textContent = text; notice.hidden = !text; };
  const show = (next, node) => { screen?.leave?.(); screen = next; main.replaceChildren(node); };

  const answers = {
    list: m => { tell(m.message ?? ''); show(null, listScreen(desk, m)); },
    opened: async m => {
      const local = await keep.get(m.id);
      keep.place(m.id);
      tell('');
      draw(m, local);
      el.scrollIntoView({block: 'start'});
    },
    // drawn at once: a key pressed meanwhile must not be lost
    saved: m => { if (screen?.id === m.id && !screen.saved(m)) draw(m.opened, null); },
  };
  const draw = (m, local) => {
    screen?.leave?.();
    screen = null;
    const next = formScreen(desk, m, local);
    show(next, next.node);
  };
  const on = (m, buffers) => {
    if (m.me !== me) return;
    alive = true;
    clearTimeout(quiet);
    if (m.call) return calls.get(m.call)?.(m);
    if (answers[m.t]) return answers[m.t](m);
    if (m.id && screen?.id === m.id) return screen.answer(m);
    if (m.t === 'error') tell(m.message);
  };
  model.on('msg:custom', on);
  el.classList.add('db-desk');
  el.replaceChildren(whoBox, notice, main);
  raw({t: 'hello', open: keep.place() ?? ''});
  const late = setTimeout(() => { if (!alive) tell('后台程序没有回应。填写过的内容都在本机，重新打开本页即可接着填写。'); }, 6000);
  return () => { clearTimeout(late); clearTimeout(quiet); screen?.leave?.(); model.off('msg:custom', on); };
}
export default {render};
