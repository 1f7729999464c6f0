// Entries by any form of a name; then text and notes
const fold = (text) => text.normalize('NFKD').replace(/[\p{M}’']/gu, '').toLowerCase()
const [query, count, found] = all('#query, #count, #found')
const make = (name, ...children) => {
  const made = document.createElement(name)
  made.append(...children)
  return made
}
const link = (words, page, id) => {
  const made = make('a', words)
  made.href = `${chosen.content_root}${index.pages[page][0]}#${id}`
  return made
}
// each word sought begins one
const has = (text, words) => {
  const known = ` ${fold(text).replace(/[^\p{L}\p{N}]+/gu, ' ')}`
  return words.every((word) => known.includes(` ${word}`))
}
const entry = ([name, , facts, page, id, places]) => make(
  'li', link(name, page, id), ` ${facts}`,
  make('p', ...places.flatMap((place, n) => [n ? ' · ' : '', link(...place)])),
)
const passage = ([label, page, id, text], words) => {
  const start = text.lastIndexOf(' ', fold(text).indexOf(words[0]) - 50) + 1
  return make(
    'li', link(label, page, id), ` ${index.pages[page][1]}`,
    make('p', `${start ? '… ' : ''}${text.slice(start, start + 150)} …`),
  )
}
const search = () => {
  const words = fold(query.value).match(/[\p{L}\p{N}]+/gu) ?? ['\0']
  const entries = index.entries.filter(([name, forms]) => has(`${name} ${forms}`, words))
  const texts = index.texts.filter((one) => has(one[3], words))
  count.textContent = query.value && `Entries: ${entries.length}. Passages and notes: ${texts.length}.`
  found.replaceChildren(
    make('ul', ...entries.map(entry)), make('ul', ...texts.map((one) => passage(one, words))),
  )
}
query.value = new URLSearchParams(location.search).get('q')
query.addEventListener('input', search)
search()
