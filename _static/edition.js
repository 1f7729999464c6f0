// Notes in place, cards of names, references to copy, the reader’s choices. All of it is extra:
// without this file every note, entry and address is still reached by its link.

const root = document.documentElement
const narrow = matchMedia('(width < 60em)') // as in edition.css: no margin for notes

// Notes: on narrow pages a mark opens its note in place

const noteOf = (mark) => document.getElementById(mark.hash.slice(1))

const toggle = (mark, open) => {
  const note = noteOf(mark)
  note.classList.toggle('open', open)
  mark.ariaExpanded = open
  if (!open && note.matches(':target')) location.replace(`#${mark.id}`)
}

const isOpen = (mark) => noteOf(mark).matches('.open, :target')

const marks = [...document.querySelectorAll('.noteref')].filter((mark) => noteOf(mark)?.matches('.sidenote'))
const showState = () => marks.forEach((mark) => { mark.ariaExpanded = narrow.matches ? isOpen(mark) : null })
showState()
narrow.addEventListener('change', showState)
addEventListener('hashchange', showState)

// Cards: the entry of a name, or the reference to a paragraph

let card, owner, timer

const hide = () => {
  clearTimeout(timer)
  card?.hidePopover()
  owner?.removeAttribute('aria-describedby')
  card = owner = undefined
}

const show = (found, link) => {
  if (link === owner) return
  hide()
  card = found
  owner = link
  card.showPopover()
  link.setAttribute('aria-describedby', card.id)
  const at = [...link.getClientRects()].at(-1)
  const below = at.bottom + card.offsetHeight + 8 < innerHeight
  card.style.top = `${below ? at.bottom + 4 : Math.max(8, link.getClientRects()[0].top - card.offsetHeight - 4)}px`
  card.style.left = `${Math.max(16, Math.min(at.left, root.clientWidth - card.offsetWidth - 16))}px`
}

const cardOf = (link) =>
  link?.matches('.mention:not(.locus)') && document.getElementById(`card-${link.hash.slice(1)}`)

const later = (action, wait) => { clearTimeout(timer); timer = setTimeout(action, wait) }

document.addEventListener('pointerover', ({ target, pointerType }) => {
  if (pointerType === 'touch') return
  const link = target.closest('a')
  if (link && link === owner || card?.contains(target)) clearTimeout(timer)
  else if (cardOf(link)) later(() => show(cardOf(link), link), 250)
  else if (card?.id === 'cite') return
  else later(hide, 300)
})
document.addEventListener('focusin', ({ target }) => {
  if (cardOf(target) && target.matches(':focus-visible')) show(cardOf(target), target)
  else if (target !== owner && !card?.contains(target)) hide()
})
addEventListener('scroll', hide, { passive: true })

// References: the number of a paragraph is its address, and offers the words to cite it by

const cite = document.getElementById('cite')

const refer = (number) => {
  const [label, address] = cite.querySelectorAll('.label, .address')
  label.textContent = number.ariaLabel
  address.textContent = number.href
  cite.querySelector('[role=status]').textContent = ''
  show(cite, number)
}

cite?.querySelector('button').addEventListener('click', async () => {
  await navigator.clipboard.writeText(cite.querySelector('.reference').textContent.trim())
  cite.querySelector('[role=status]').textContent = 'Copied.'
})

// Clicks and keys

let touched
document.addEventListener('pointerdown', ({ pointerType }) => { touched = pointerType === 'touch' }, true)

document.addEventListener('click', (event) => {
  const link = event.target.closest('a')
  const note = event.target.closest('.sidenote')
  if (marks.includes(link) && narrow.matches) {
    event.preventDefault()
    toggle(link, !isOpen(link))
  } else if (link?.matches('.sidenote > .backlink') && narrow.matches) {
    event.preventDefault()
    const mark = document.getElementById(link.hash.slice(1))
    toggle(mark, false)
    mark.focus()
  } else if (touched && cardOf(link) && link !== owner) {
    event.preventDefault()
    show(cardOf(link), link)
  } else if (cite && link?.matches('.number')) {
    refer(link)
  } else if (!link) {
    if (!card?.contains(event.target)) hide()
    if (note && !narrow.matches) note.classList.toggle('open')
  }
})

document.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape') return
  if (card) {
    if (card.contains(document.activeElement)) owner.focus()
    return hide()
  }
  const note = document.activeElement.closest('.sidenote')
  const open = marks.filter(isOpen)
  const mark = open.find((one) => one === document.activeElement || noteOf(one) === note) ?? open.at(-1)
  if (mark && narrow.matches) {
    toggle(mark, false)
    mark.focus()
  }
})

// The reader’s choices

const display = document.getElementById('display')
for (const field of display.elements) {
  if (!field.name) continue
  field.checked = field.value === (root.dataset[field.name] ?? '')
  field.addEventListener('change', () => {
    const value = field.checked ? field.value : ''
    root.dataset[field.name] = value
    try { localStorage.setItem(field.name, value) } catch {}
  })
}
