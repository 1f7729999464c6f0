// What the reader chose, before anything is drawn
const chosen = document.documentElement.dataset
chosen.scripted = ''
try {
  for (const name of ['theme', 'names']) chosen[name] = localStorage.getItem(name) ?? ''
} catch {} // refused
