// Search. The index lies in parts (web/search.py says which); a query loads a few of them, as
// scripts, so that it works from a disk and under a strict policy.
{
const root = document.documentElement.dataset.content_root ?? ''
const [query, form, count, found, elsewhere] =
  ['#query', '.search', '#count', '#found', '#elsewhere'].map((css) => document.querySelector(css))
const WORDS = JSON.parse(found.dataset.words) // in the language of the edition
const GROUPS = WORDS.groups
const say = (form, parts) => form.replace(/\{(\w+)\}/g, (_, name) => parts[name])
const quoted = (terms) => terms.map(({ typed }) => say(WORDS.quoted, { title: typed })).join(WORDS.and)
const SHOWN = 5 // of each group at first, and with each “more”
const PARTS = 6 // loaded at most for one word, or to look for words that follow each other

// Parts
const waiting = {}
const loaded = {}
globalThis.searchPart = (name, data) => waiting[name](data)
const part = (name) => (loaded[name] ??= new Promise((done) => {
  waiting[name] = done
  const script = document.createElement('script')
  script.src = `${root}_static/search/${name}.js`
  document.head.append(script)
}))

// Words: as the index has them
const PLAIN = { ł: 'l', ø: 'o', đ: 'd', ð: 'd', ħ: 'h', ı: 'i', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', '\u00AD': '' }
const fold = (text) =>
  text.normalize('NFKD').toLowerCase().replace(/[łøđðħıßæœþ\u00AD]/g, (c) => PLAIN[c]).replace(/\p{M}/gu, '')
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}\u00AD]*(?:[’'ʼ.‐‑-][\p{L}\p{N}][\p{L}\p{N}\p{M}\u00AD]*)*/gu
const keys = (word) => {
  const inner = fold(word).replace(/[’'ʼ]s$/, '').split(/[’'ʼ.‐‑-]/)
  return inner.length > 1 ? [inner.join(''), ...inner] : inner
}
const split = (text) => text.match(WORD) ?? []
const called = (text) => `#${split(text).map((word) => keys(word)[0]).join('')}`

// Near spellings: what all those of a name share is its skeleton
const CYRILLIC = Object.fromEntries(
  ('а=a б=b в=v г=g д=d е=e ж=zh з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ' +
  'ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya і=i ѣ=e').split(' ').map((pair) => pair.split('=')))
const ALIKE = [
  [/shch|tsch|tch|ch|cz|ts|tz/g, 'C'], [/sch|sh|sz|zh|z/g, 's'], [/kh|ck|c|q/g, 'k'], [/ph/g, 'f'],
  [/w/g, 'v'], [/x/g, 'ks'], [/ou|oo/g, 'u'], [/[yj]/g, 'i'], [/(.)\1+/g, '$1'],
]
const skeleton = (word) => `~${ALIKE.reduce((known, [sounds, letter]) => known.replace(sounds, letter),
  word.replace(/\p{Script=Cyrillic}/gu, (letter) => CYRILLIC[letter] ?? letter))}`
const distance = (a, b) => { // Levenshtein’s
  let row = [...b, ''].map((_, n) => n)
  for (const [n, x] of [...a].entries()) {
    let last = n + 1
    row = [last, ...[...b].map((y, m) => (last = Math.min(row[m] + (x !== y), row[m + 1] + 1, last + 1)))]
  }
  return row.at(-1)
}

// What has a word
const numbers = (steps) => {
  let at = 0
  return steps.split(' ').map((step) => (at += parseInt(step, 36)))
}
let index
const partOf = (starts, sought) => starts.findLastIndex((start) => start <= sought)
const wordsFrom = async (prefix) => { // all that begin with it, and more
  const first = Math.max(0, partOf(index.words, prefix))
  const names = []
  for (let n = first; n < index.words.length && names.length < PARTS; n++) {
    if (n > first && !index.words[n].startsWith(prefix)) break
    names.push(part(`w-${n}`))
  }
  return Object.assign({}, ...await Promise.all(names))
}
const withWords = (known, words) => ({
  words: new Set(words), texts: new Set(words.flatMap((word) => numbers(known[word]))),
})
const exactly = async (word, whole = word.length < 3) => {
  const known = await wordsFrom(word)
  const words = Object.keys(known).filter((one) => (whole ? one === word : one.startsWith(word)))
  return withWords(known, words)
}
const nearest = async (sought) => { // the words that differ least, if little
  const known = await wordsFrom(sought.slice(0, sought[0] === '~' ? 3 : 2))
  const most = sought.length < 9 ? 1 : 2
  const near = Object.keys(known).filter((one) => one.length > 3 && (one[0] === '~') === (sought[0] === '~'))
    .map((one) => [distance(sought, one), one]).filter(([far]) => far <= most)
  const least = Math.min(...near.map(([far]) => far))
  return withWords(known, near.filter(([far]) => far === least).map(([, one]) => one).slice(0, 8))
}
// One word of the query: as typed, or in its parts; in any spelling, if a name; else nearly so
const find = async (typed, whole) => {
  const [joined, ...inner] = keys(typed)
  let got = await exactly(joined, whole)
  if (!got.texts.size && inner.length) got = all(await Promise.all(inner.map((one) => exactly(one, whole))))
  if (whole || joined.length < 4) return { ...got, typed }
  const bones = skeleton(joined)
  let spelt = await exactly(bones, true)
  if (!got.texts.size && !spelt.texts.size) spelt = await nearest(bones)
  if (!got.texts.size && !spelt.texts.size && /^[a-z]{5}/.test(joined)) spelt = await nearest(joined)
  return {
    typed,
    words: new Set([...got.words, ...spelt.words]),
    texts: new Set([...got.texts, ...spelt.texts]),
    near: [...spelt.texts].some((one) => !got.texts.has(one)),
  }
}
const all = (some) => ({
  words: new Set(some.flatMap(({ words }) => [...words])),
  texts: some.map(({ texts }) => texts).reduce((a, b) => new Set([...a].filter((one) => b.has(one)))),
})

// What is shown
const make = (name, ...children) => {
  const made = document.createElement(name)
  made.append(...children)
  return made
}
const lead = (words, [address], id) => {
  const made = make('a', words)
  made.href = `${root}${address}${id && '#'}${id}`
  return made
}
const isHit = (word, words) =>
  keys(word).some((key) => words.has(key) || (key.length > 3 && words.has(skeleton(key))))
const marked = (text, words) => { // the hits in it
  const made = document.createDocumentFragment()
  let at = 0
  for (const { 0: word, index: start } of text.matchAll(WORD)) {
    if (!isHit(word, words)) continue
    made.append(text.slice(at, start), make('mark', word))
    at = start + word.length
  }
  made.append(text.slice(at))
  return made
}
const snippet = (text, words) => { // whole words around the first hit
  const all = text.match(/\S+\s*/g) ?? []
  const hit = Math.max(0, all.findIndex((one) => split(one).some((word) => isHit(word, words))))
  const start = hit < 14 ? 0 : hit - 10
  const end = all.length - start < 40 ? all.length : start + 34
  return make('p', start ? '… ' : '', marked(all.slice(start, end).join('').trim(), words), end < all.length ? ' …' : '')
}
const shown = ([pages, page, ...row], words) => {
  const [label, number, id, text, facts, places, namings] = row
  const item = make('li', lead(label, pages[number], id))
  if (!places) {
    const title = pages[number][1]
    if (!label.startsWith(title)) item.append(make('span', ` ${title}`))
    item.append(snippet(text, words))
    return item
  }
  item.append(make('span', facts && ` ${facts}`))
  if (split(text).some((word) => isHit(word, words))) item.append(snippet(text, words))
  if (places.length) {
    const rest = namings - places.length
    item.append(make('p', ...places.flatMap(([locus, number, id], n) => [n ? ' · ' : '', lead(locus, pages[number], id)]),
      rest > 0 ? ` ${say(WORDS.rest, { n: rest })}` : ''))
  }
  return item
}
const text = async (number) => {
  const n = partOf(index.texts, number)
  const data = await part(`t-${n}`)
  return [data[0], 0, ...data[number - index.texts[n] + 1]]
}
const holds = (phrases, words) => {
  const known = ` ${split(words).map((word) => keys(word)[0]).join(' ')} `
  return phrases.every((phrase) => known.includes(` ${split(phrase).map((word) => keys(word)[0]).join(' ')} `))
}

// Searching
let latest = 0
let there = '' // the passage or note whose very name is asked for
const search = async (shownBefore = {}) => {
  const mine = ++latest
  const typed = query.value.trim()
  index ??= await part('index')
  const phrases = [...typed.matchAll(/["“”„«»](.+?)["“”„«»]/g)].map(([, phrase]) => phrase)
  const loose = split(typed.replace(/["“”„«»].+?["“”„«»]/g, ' '))
  const terms = await Promise.all([
    ...loose.map((word) => find(word)), ...phrases.flatMap(split).map((word) => find(word, true)),
  ])
  const direct = typed ? await exactly(called(typed), true) : { texts: new Set() }
  if (mine !== latest) return
  const { words, texts } = terms.length ? all(terms) : { words: new Set(), texts: new Set() }
  const results = [...direct.texts, ...[...texts].filter((one) => !direct.texts.has(one)).sort((a, b) => a - b)]
  let first = 0
  const sections = []
  const told = []
  for (const [n, name] of GROUPS.entries()) {
    const last = first + index.groups[n]
    const some = results.filter((one) => first <= one && one < last)
    first = last
    if (!some.length) continue
    const section = await list(name, some, words, phrases, shownBefore[name])
    if (mine !== latest) return
    if (!section) continue
    told.push(say(WORDS.count, { group: name, n: section.dataset.count }))
    if (some.some((one) => direct.texts.has(one))) sections.unshift(section)
    else sections.push(section)
  }
  const near = terms.filter((term) => term.near && term.texts.size)
  const lost = terms.filter((term) => !term.texts.size)
  const news = []
  if (near.length) news.push(say(WORDS.spelt, { words: quoted(near) }))
  if (sections.length) news.push(`${told.join(' · ')}.`)
  else if (lost.length) news.push(say(WORDS.lost, { words: quoted(lost) }))
  else if (typed) news.push(WORDS.none)
  count.textContent = news.join(' ')
  found.replaceChildren(...sections)
  elsewhere.hidden = !typed || sections.length > 0
  if (!elsewhere.hidden) found.append(...alone(terms))
  const [names, ...places] = index.groups
  there = [...direct.texts].some((one) => one >= names && one < names + places[0] + places[1])
    ? found.querySelector('li a').href : ''
}
const alone = (terms) => terms.length < 2 ? [] : terms.filter((one) => one.texts.size).map(({ typed, texts }) => {
  const link = make('a', typed)
  link.href = `?q=${encodeURIComponent(typed)}`
  return make('p', `${WORDS.alone} `, link, ` (${texts.size})`)
})
const ranked = async (some, words) => { // first those whose very name it is, then those so called
  const known = await Promise.all(some.slice(0, 2 * SHOWN).map(async (one) => {
    const [, , label, , , forms] = await text(one)
    return [[label, forms, ''].findIndex((name) => !name || split(name).some((word) => isHit(word, words))), one]
  }))
  return [...known.sort(([a], [b]) => a - b).map(([, one]) => one), ...some.slice(2 * SHOWN)]
}
const list = async (name, some, words, phrases, most = SHOWN) => {
  const items = make('ul')
  const button = make('button', WORDS.more)
  button.type = 'button'
  const queue = name === GROUPS[0] ? await ranked(some, words) : [...some]
  let hits = 0
  const more = async (wanted) => {
    const loaded = new Set()
    const rows = []
    while (queue.length && rows.length < wanted && loaded.size <= PARTS) {
      loaded.add(partOf(index.texts, queue[0]))
      const row = await text(queue.shift())
      if (holds(phrases, `${row[2]} ${row[5]}`)) rows.push(row)
    }
    hits += rows.length
    items.append(...rows.map((row) => shown(row, words))) // at once: a list that trickles in moves under the hand
    button.hidden = !queue.length
  }
  await more(most)
  if (!hits && !queue.length) return null
  button.onclick = () => more(SHOWN).then(keep)
  const section = make('section', make('h2', name), items, button)
  section.dataset.name = name
  section.dataset.count = phrases.length && queue.length ? say(WORDS.open, { n: hits }) : phrases.length ? hits : some.length
  return section
}

// The address keeps the query, the history what was shown and where the reader was
const keep = () => {
  const lists = [...found.querySelectorAll('section')].map((one) => [one.dataset.name, one.querySelector('ul').children.length])
  const asked = query.value.trim()
  const address = asked ? `?q=${encodeURIComponent(asked)}` : location.pathname
  try { history.replaceState({ y: scrollY, lists: Object.fromEntries(lists) }, '', address) } catch {} // refused on some disks
}
const asked = new URLSearchParams(location.search).get('q')
if (asked) query.value = asked
const { y, lists } = history.state ?? {}
search(lists).then(() => { if (y) scrollTo({ top: y, behavior: 'instant' }) })
query.addEventListener('input', () => search().then(keep))
form.addEventListener('submit', (event) => {
  event.preventDefault()
  search().then(() => {
    keep()
    if (there) location.assign(there)
  })
})
addEventListener('pagehide', keep)
}
