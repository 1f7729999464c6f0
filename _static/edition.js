// in the language of the edition; other themes have none
const WORDS = JSON.parse(document.querySelector('#display')?.dataset.words ?? '{}')
const on = (name, action) => document.addEventListener(name, action)
const all = (css, within = document) => [...within.querySelectorAll(css)]
const aim = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)))
const pixels = (length) => `${Math.round(length)}px`
const root = document.documentElement

// Notes: beside their lines where the frame has a margin; at their marks when these are pressed

const notes = all('.beside')
const text = notes[0]?.closest('article, [role="main"], main') ?? document.body
const opened = [] // what is shown at its mark: [note, mark], the last on top
const slots = new Map() // note -> [where it stands in the margin, its height]
const markOf = (note) => aim(note.querySelector('.backlink'))
const isOpen = (note) => opened.some(([one]) => one === note)
const hasMargin = () => getComputedStyle(root).getPropertyValue('--notes').trim() === 'margin'
const tell = (mark) => { if (aim(mark)?.matches('.beside')) mark.ariaExpanded = isOpen(aim(mark)) }
const put = (note, beside) => {
  note.style.top = beside ? pixels(slots.get(note)[0]) : ''
  note.hidden = beside ? false : 'until-found'
}

const GAP = 10
const place = () => {
  const beside = hasMargin()
  if (beside) {
    for (const note of notes) note.hidden = false
    root.dataset.margin = ''
    for (const note of notes.filter((one) => !one.dataset.cut)) shorten(note)
    const start = text.getBoundingClientRect().top
    const wanted = notes.map((note) => outermost(markOf(note)).getBoundingClientRect().top - start)
    const heights = notes.map((note) => (isOpen(note) && slots.get(note)?.[1]) || note.offsetHeight)
    let end = 0
    notes.forEach((note, n) => {
      const top = Math.max(wanted[n], end)
      slots.set(note, [top, heights[n]])
      end = top + heights[n] + GAP
    })
    text.style.minHeight = notes.length ? pixels(end) : ''
  } else {
    delete root.dataset.margin
    text.style.minHeight = ''
  }
  for (const note of notes.filter((one) => !isOpen(one))) put(note, beside)
  root.dataset.placed = ''
}
// of a mark within a note, the mark of that note
const outermost = (mark) => {
  const around = mark.closest('.beside')
  return around ? outermost(markOf(around)) : mark
}
// a long note in the margin ends after some lines, and says so
const shorten = (note) => {
  const prose = note.querySelector('.prose')
  const cut = prose.scrollHeight - prose.clientHeight
  note.dataset.cut = cut > 30 ? 'yes' : 'no'
  if (cut <= 30) return
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'more-of-note'
  button.textContent = WORDS.more ?? '…'
  button.setAttribute('aria-label', (WORDS.moreOf ?? '{note}').replace('{note}', note.ariaLabel ?? note.getAttribute('aria-label')))
  prose.after(button)
}
const whole = (note) => {
  if (note?.dataset.cut !== 'yes') return
  note.dataset.cut = 'no'
  note.querySelector('.more-of-note').remove()
  note.querySelector('.prose').scrollTop = 0
  place()
}

const close = (until = 0) => {
  while (opened.length > until) {
    const [note, mark] = opened.pop()
    note.classList.remove('open')
    put(note, 'margin' in root.dataset)
    tell(mark)
  }
}
const stand = ([note, mark]) => {
  const start = text.getBoundingClientRect().top
  const lines = mark.closest('p, li, td, .line') ?? mark
  const line = parseFloat(getComputedStyle(lines).lineHeight)
  const { top, bottom } = mark.getBoundingClientRect()
  const middle = (top + bottom) / 2
  const below = middle + line * 0.6
  const fits = below + note.offsetHeight < innerHeight || middle < note.offsetHeight
  note.style.top = pixels((fits ? below : middle - line * 0.6 - note.offsetHeight) - start)
}
const open = (mark) => {
  const note = aim(mark)
  close(opened.findIndex(([one]) => one.contains(mark)) + 1)
  note.hidden = false
  note.classList.add('open')
  opened.push([note, mark])
  stand([note, mark])
  tell(mark)
}
const shut = () => {
  const [, mark] = opened.at(-1)
  close(opened.length - 1)
  mark.focus({ preventScroll: true })
}

const arrive = () => {
  const at = location.hash.length > 1 && aim(location)
  if (!at) return
  at.closest('details')?.setAttribute('open', '')
  if (!at.matches('.beside')) return
  if ('margin' in root.dataset) whole(at)
  else open(markOf(at))
  outermost(markOf(at)).scrollIntoView({ block: 'center' })
}

place()
all('.noteref').forEach(tell)
arrive()
addEventListener('hashchange', arrive)
addEventListener('beforematch', ({ target }) => {
  const note = target.closest('.beside')
  if (note && !isOpen(note)) open(markOf(note))
}, true)
// a browser that finds words in what was cut scrolls there
text.addEventListener('scroll', ({ target }) => whole(target.closest?.('.beside')), true)
let width = innerWidth
new ResizeObserver(() => {
  if (width !== innerWidth) close()
  width = innerWidth
  place()
  opened.forEach(stand) // lines move when their letters arrive
}).observe(text)
for (const change of ['beforeprint', 'afterprint']) addEventListener(change, () => {
  close()
  for (const fold of all('details.more')) fold.open = change === 'beforeprint'
})

// Cards: who is named, what a reference leads to, how a paragraph is cited

let card, owner, timer, moved, tabbed
const cite = document.querySelector('template.cards')?.content.getElementById('cite')
const hide = () => {
  clearTimeout(timer)
  card?.remove()
  owner?.removeAttribute('aria-describedby')
  card = owner = null
}
const show = (wanted, link) => {
  if (link === owner) return
  hide()
  card = document.body.appendChild(wanted)
  owner = link
  link.setAttribute('aria-describedby', card.id)
  const lines = [...link.getClientRects()]
  const { bottom, left } = lines.at(-1)
  const height = card.offsetHeight
  card.style.top = pixels(scrollY + (bottom + height < innerHeight || lines[0].top < height ? bottom : lines[0].top - height))
  card.style.left = `clamp(1rem, ${left}px, 100% - 21rem)`
}
const NAMES = '.mention:not(.locus)'
const OTHERS = '.locus, .bibtex-citation a, .noteref'
const hasCard = (link) => link?.matches(`${NAMES}, ${OTHERS}`) && link.hash && !isNoteHere(link)
const isNoteHere = (link) => link.matches('.noteref') && link.pathname === location.pathname
const fetched = new Map()
const pageOf = (link) => {
  const address = link.href.replace(link.hash, '')
  if (address === location.href.replace(location.hash, '')) return document
  if (!fetched.has(address)) fetched.set(address, fetch(address).then((answer) => answer.text())
    .then((page) => new DOMParser().parseFromString(page, 'text/html')).catch(() => null))
  return fetched.get(address)
}
const preview = async (link) => {
  const there = (await pageOf(link))?.getElementById(decodeURIComponent(link.hash.slice(1)))
  if (!there) return null
  const made = document.createElement('div')
  made.id = 'preview'
  made.className = 'card'
  const copy = made.appendChild(there.cloneNode(true))
  for (const one of [copy, ...all('*', copy)]) {
    one.removeAttribute('id')
    one.removeAttribute('hidden')
    one.removeAttribute('style')
    if (one !== copy && one.matches('.number, .noteref, .backlink, .more-of-note')) one.remove()
    else if (one.matches('a')) one.replaceWith(...one.childNodes)
  }
  copy.classList.remove('source', 'beside', 'open')
  return made
}
globalThis.entryCards = {} // page -> id -> [name, dates, who, certainty]: its script fills it in
const home = new URL(root.dataset.content_root ?? '', location)
const loaded = new Map()
const entriesOf = (page) => {
  if (!loaded.has(page)) loaded.set(page, new Promise((done) => {
    const script = document.createElement('script')
    script.onload = script.onerror = () => done(entryCards[page])
    script.src = new URL(`_static/cards/${encodeURI(page)}.js`, home)
    document.head.append(script)
  }))
  return loaded.get(page)
}
const element = (tag, className, ...content) => {
  const one = document.createElement(tag)
  one.className = className
  one.append(...content)
  return one
}
const cardOf = async (link) => {
  const page = decodeURI(link.pathname.slice(home.pathname.length).replace(/\.html$/, ''))
  const entry = link.matches(NAMES) && (await entriesOf(page))?.[link.hash.slice(1)]
  if (!entry) return preview(link)
  const [name, dates, who, certainty] = entry
  const one = element('div', 'card', element('p', '', element('span', 'name', name), ' ', element('span', 'dates', dates)))
  one.id = `card-${link.hash.slice(1)}`
  if (who) one.append(element('p', '', `${who}.`))
  const last = one.appendChild(element('p', '', element('em', '', certainty)))
  if (WORDS.entry) last.append(' · ', Object.assign(element('a', '', WORDS.entry), { href: link.href }))
  return one
}
const offer = async (link) => {
  owner?.matches(':hover') || hide()
  const made = await cardOf(link)
  if (made && (link.matches(':hover') || document.activeElement === link || link === touched)) show(made, link)
}
let touched
const soon = (action, wait) => {
  clearTimeout(timer)
  timer = setTimeout(action, wait)
}
const point = ({ target, pointerType }) => {
  const link = target.closest('a')
  if (pointerType === 'touch' || card?.id === 'cite' || !moved) return
  if (card?.contains(target) || (link && link === owner)) clearTimeout(timer)
  else if (hasCard(link)) soon(() => offer(link), 250)
  else soon(hide, 300)
}
on('pointerover', point)
on('pointermove', (event) => { // a page that scrolls under a pointer at rest is not pointed at
  if (moved) return
  moved = true
  point(event)
})
on('focusin', ({ target }) => {
  const note = target.closest('.beside')
  if (target.closest('.prose') && tabbed) whole(note)
  if (hasCard(target) && tabbed) offer(target)
  else if (target !== owner && !card?.contains(target)) hide()
})
on('pointerdown', () => { tabbed = false })

// The reference of a paragraph

const fill = (part, words) => { for (const one of all(part, card ?? document)) one.textContent = words }
const refer = (number) => {
  const made = cite.cloneNode(true)
  for (const [part, words] of [['.label', number.textContent], ['.address', number.hash], ['.here', location.host && number.href]]) {
    for (const one of all(part, made)) one.textContent = words
  }
  show(made, number)
}
const words = (block) => {
  const copy = block.cloneNode(true)
  for (const one of all('.apparatus', copy)) one.remove()
  return copy.textContent.replace(/\s+/g, ' ').trim()
}
const copy = async (what) => {
  const reference = card.querySelector('.reference')
  const said = { link: owner.href, reference: words(reference), paragraph: `${words(owner.parentNode)}\n\n${words(reference)}` }[what]
  try {
    await navigator.clipboard.writeText(said)
    fill('[role]', WORDS.copied)
  } catch {
    getSelection().selectAllChildren(reference)
    fill('[role]', WORDS.refused)
  }
}

on('click', (event) => {
  const { target, detail, pointerType } = event
  const link = target.closest('a')
  const button = target.closest('button')
  if (button?.matches('.more-of-note')) whole(button.closest('.beside'))
  else if (button?.closest('#cite')) copy(button.value)
  else if (link?.matches('.noteref') && isNoteHere(link) && aim(link)?.matches('.beside')) {
    event.preventDefault()
    hide()
    if (isOpen(aim(link))) shut()
    else {
      open(link)
      if (!detail) aim(link).querySelector('.backlink').focus({ preventScroll: true })
    }
  } else if (link?.matches('.backlink') && opened.length && isOpen(link.closest('.beside'))) {
    event.preventDefault()
    close(opened.findIndex(([one]) => one === link.closest('.beside')) + 1)
    shut()
  } else if (pointerType === 'touch' && link?.matches(NAMES) && link !== owner) {
    event.preventDefault()
    touched = link
    offer(link)
  } else if (link?.matches('.number') && cite) {
    event.preventDefault()
    history.replaceState(0, '', link)
    refer(link)
    if (!detail) card.querySelector('button').focus()
  } else if (!link && !card?.contains(target)) {
    hide()
    if (!target.closest('.beside') && getSelection().isCollapsed) close()
  }
})
on('keydown', (event) => {
  const { key, shiftKey } = event
  tabbed = key === 'Tab'
  if (tabbed && card && document.activeElement === all('button', card).at(shiftKey ? 0 : -1)) {
    owner.focus() // from where the next step leads on in the text, as if the card stood there
    if (shiftKey) event.preventDefault()
  }
  if (key !== 'Escape') return
  if (card) {
    if (card.contains(document.activeElement)) owner.focus()
    hide()
  } else if (opened.length) shut()
})

// What the reader may choose

for (const here of all('.printed .here')) here.textContent = location.host && location.href.replace(/#.*/, '')
for (const field of all('#display input')) {
  field.checked = field.type === 'radio' ? field.value === (chosen[field.name] ?? '') : Boolean(chosen[field.name])
  field.addEventListener('change', () => {
    chosen[field.name] = field.checked ? field.value : ''
    close()
    place()
    try {
      localStorage.setItem(`edition.${field.name}`, chosen[field.name])
    } catch {
      document.querySelector('#display [role]').textContent = WORDS.unkept
    }
  })
}
