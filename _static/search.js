// Search: entries by any of their forms, with all the places that name them; then words of the text.

const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[’']/g, '').toLowerCase()
const base = document.documentElement.dataset.content_root
const form = document.querySelector('form.search')
const [count, found] = ['count', 'found'].map((id) => document.getElementById(id))

const element = (name, ...children) => {
  const made = document.createElement(name)
  made.append(...children)
  return made
}
const link = (words, page, id) => {
  const made = element('a', words)
  made.href = `${base}${index.pages[page][0]}#${id}`
  return made
}

// every word that is looked for begins a word of the text
const matches = (words, text) => {
  const folded = ` ${fold(text).replace(/[^\p{L}\p{N}]+/gu, ' ')}`
  return words.every((word) => folded.includes(` ${word}`))
}

const entry = ([name, , facts, page, key, places]) => element(
  'li', link(name, page, key), ` ${facts}`,
  element('p', ...places.flatMap(([label, ...place], n) => [n ? ' · ' : '', link(label, ...place)])),
)

const passage = (words) => ([label, page, id, text]) => {
  const at = fold(text).indexOf(words[0])
  const start = at < 60 ? 0 : text.indexOf(' ', at - 60) + 1
  const quoted = `${start ? '… ' : ''}${text.slice(start, start + 150)} …`
  return element('li', link(label, page, id), ` ${index.pages[page][1]}`, element('p', quoted))
}

const search = () => {
  const words = fold(form.q.value).match(/[\p{L}\p{N}]+/gu) ?? []
  const entries = words.length ? index.entries.filter(([name, forms]) => matches(words, `${name} ${forms}`)) : []
  const texts = words.length ? index.texts.filter(([, , , text]) => matches(words, text)) : []
  count.textContent = words.length ? `Entries: ${entries.length}. Passages and notes: ${texts.length}.` : ''
  found.replaceChildren(
    element('ul', ...entries.map(entry)),
    element('ul', ...texts.map(passage(words))),
  )
}

const start = () => {
  const script = element('script')
  script.src = `${base}_static/search-index.js`
  script.onload = () => {
    form.q.value = new URLSearchParams(location.search).get('q') ?? ''
    form.addEventListener('input', search)
    form.addEventListener('submit', (event) => { event.preventDefault(); search() })
    search()
  }
  document.head.append(script)
}
start()
