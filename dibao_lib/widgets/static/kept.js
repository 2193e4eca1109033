// What this browser keeps of a form at each key, until the store has it. One entry a record and tab.
const tabId = () => {
  let tab = sessionStorage.getItem('dibao:tab');
  if (!tab) sessionStorage.setItem('dibao:tab', tab = newId());
  return tab;
};
const keeper = prefix => {
  const key = (id, tab) => `dibao:${prefix}:${id}:${tab}`;
  const read = name => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } };
  const all = id => Object.keys(localStorage).filter(name => name.startsWith(key(id, '')))
    .map(name => ({name, entry: read(name)})).filter(found => found.entry);
  return {
    put: (id, entry) => { try { localStorage.setItem(key(id, tabId()), JSON.stringify(entry)); } catch { /* full: the draft store has it */ } },
    // this tab's own text first, else the newest that another tab left behind
    get: id => {
      const found = all(id).sort((a, b) => b.entry.seq - a.entry.seq);
      return (found.find(one => one.name === key(id, tabId())) ?? found[0])?.entry ?? null;
    },
    drop: (id, upTo) => all(id).filter(one => one.name === key(id, tabId()) || one.entry.seq <= upTo)
      .forEach(one => localStorage.removeItem(one.name)),
    who: name => name === undefined ? localStorage.getItem(`dibao:${prefix}:who`) ?? '' : localStorage.setItem(`dibao:${prefix}:who`, name),
    place: id => id === undefined ? sessionStorage.getItem(`dibao:${prefix}:open`) : sessionStorage.setItem(`dibao:${prefix}:open`, id ?? ''),
  };
};
