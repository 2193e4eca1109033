// What this browser keeps of a form at each key, until the store has it. One entry a record and tab.
// A lock that ends with the page tells living tabs from closed ones: only what a closed tab left is taken over.
const claim = tab => new Promise(done => {
  if (!navigator.locks) return done(true);
  navigator.locks.request(`dibao:${tab}`, {ifAvailable: true}, lock => { done(!!lock); return lock ? new Promise(() => {}) : null; });
});
// the name of this tab: the same after loading the page again, another one in a duplicated tab
const thisTab = () => window.dibaoTab ??= (async () => {
  let tab = sessionStorage.getItem('dibao:tab') ?? newId();
  if (!await claim(tab)) await claim(tab = newId());
  sessionStorage.setItem('dibao:tab', tab);
  return tab;
})();
async function keeper(prefix) {
  const tab = await thisTab(), key = (id, of) => `dibao:${prefix}:${id}:${of}`;
  const read = name => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } };
  const newest = names => names.map(name => ({name, entry: read(name)})).filter(found => found.entry).sort((a, b) => b.entry.seq - a.entry.seq)[0];
  return {
    put: (id, entry) => { try { localStorage.setItem(key(id, tab), JSON.stringify(entry)); } catch { /* full: the draft store has it */ } },
    // this tab's own text first, else the newest that a closed tab left behind, which becomes this tab's
    get: async id => {
      const own = read(key(id, tab));
      if (own) return {...own, own: true};
      const alive = new Set((await navigator.locks?.query())?.held.map(lock => lock.name.replace('dibao:', '')));
      const left = newest(Object.keys(localStorage).filter(name => name.startsWith(key(id, '')) && !alive.has(name.slice(key(id, '').length))));
      if (!left) return null;
      localStorage.removeItem(left.name);
      return {...left.entry, own: false};
    },
    drop: id => localStorage.removeItem(key(id, tab)),
    who: name => name === undefined ? localStorage.getItem(`dibao:${prefix}:who`) ?? '' : localStorage.setItem(`dibao:${prefix}:who`, name),
    place: id => id === undefined ? sessionStorage.getItem(`dibao:${prefix}:open`) : sessionStorage.setItem(`dibao:${prefix}:open`, id ?? ''),
  };
}
