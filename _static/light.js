// Before anything is drawn: what the reader chose. A file of its own, for it must not wait.
document.documentElement.classList.add('js')
try {
  for (const choice of ['theme', 'names']) {
    document.documentElement.dataset[choice] = localStorage.getItem(choice) ?? ''
  }
} catch {} // storage is refused: the choice lasts as long as the page
