// What the reader chose, before anything is drawn
const chosen = document.documentElement.dataset
chosen.scripted = ''
try {
  for (const name of ['light', 'size', 'names', 'notes']) chosen[name] = localStorage.getItem(`edition.${name}`) ?? ''
} catch {} // refused
