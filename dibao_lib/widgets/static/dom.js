// Small tools for building the page; every text goes in as text, never as markup.
const h = (tag, props = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'data') Object.assign(node.dataset, value);
    else if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
};
const newId = () => crypto.randomUUID?.() ??
  [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
// １２３ -> 123, as an input method types them
const halfWidth = text => text.replace(/[０-９．，－]/g, c => String.fromCharCode(c.charCodeAt(0) - 65248)).trim();
const yuan = fen => {
  const text = String(Math.abs(fen)).padStart(3, '0'), cents = text.slice(-2);
  return (fen < 0 ? '-' : '') + text.slice(0, -2) + (cents === '00' ? '' : '.' + cents);
};
const size = bytes => bytes < 1e6 ? Math.max(1, Math.round(bytes / 1024)) + ' KB' : (bytes / 1048576).toFixed(1) + ' MB';
const clock = () => new Date().toTimeString().slice(0, 8);
// an answer as the conditions of other fields name it
const word = value => value === true ? '是' : value === false ? '否' : String(value ?? '');
const shownText = (field, value) => {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'number') return (field.unit === '元' ? yuan(value) : value) + field.unit;
  return Array.isArray(value) ? (value.length ? value.join('；') : '无') : word(value);
};
