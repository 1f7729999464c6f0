const on = (name, action) => document.addEventListener(name, action)
const all = (css) => [...document.querySelectorAll(css)]
const aim = (link) => document.getElementById(link.hash.slice(1))

// Notes open in place if no margin
const narrow = matchMedia('(width < 60em)')
const marks = all('.noteref').filter((mark) => aim(mark)?.matches('.sidenote'))
const isOpen = (mark) => aim(mark).matches('.open, :target')
const tell = () => marks.forEach((mark) => { mark.ariaExpanded = narrow.matches ? isOpen(mark) : null })
const open = (mark, yes) => {
  aim(mark).classList.toggle('open', yes)
  if (!yes && isOpen(mark)) location.replace(`#${mark.id}`)
  if (!yes) mark.focus()
  tell()
}
narrow.addEventListener('change', tell)
for (const event of ['load', 'hashchange']) addEventListener(event, tell)

// Cards
let card, owner, timer
const hide = () => {
  clearTimeout(timer)
  card?.hidePopover()
  owner?.removeAttribute('aria-describedby')
  card = owner = null
}
const show = (wanted, link) => {
  if (link === owner) return
  hide()
  card = wanted
  owner = link
  card.showPopover()
  link.setAttribute('aria-describedby', card.id)
  const lines = [...link.getClientRects()]
  const { bottom, left } = lines.at(-1)
  const height = card.offsetHeight
  card.style.top = `${scrollY + (bottom + height < innerHeight ? bottom : Math.max(0, lines[0].top - height))}px`
  card.style.left = `clamp(1rem, ${left}px, 100% - 21rem)`
}
const cardOf = (link) =>
  link?.matches('.mention:not(.locus)') && document.getElementById(`card-${link.hash.slice(1)}`)
const soon = (action, wait) => {
  clearTimeout(timer)
  timer = setTimeout(action, wait)
}
on('pointerover', ({ target, pointerType }) => {
  const link = target.closest('a')
  if (pointerType === 'touch' || card?.id === 'cite') return
  if (card?.contains(target) || (link && link === owner)) clearTimeout(timer)
  else if (cardOf(link)) soon(() => show(cardOf(link), link), 250)
  else soon(hide, 300)
})
on('focusin', ({ target }) => {
  if (cardOf(target) && target.matches(':focus-visible')) show(cardOf(target), target)
  else if (target !== owner && !card?.contains(target)) hide()
})

const cite = document.getElementById('cite')
const fill = (part, words) => { for (const one of all(`#cite ${part}`)) one.textContent = words }
const refer = (number) => {
  fill('.label', number.textContent)
  fill('.address', number.hash)
  fill('.here', location.host && number.href)
  fill('[role]', '')
  show(cite, number)
}
cite?.querySelector('button').addEventListener('click', async () => {
  await navigator.clipboard.writeText(cite.querySelector('p').textContent)
  fill('[role]', 'Copied.')
})

on('click', (event) => {
  const link = event.target.closest('a')
  const mark = marks.find((one) => one === link || (link?.matches('.backlink') && one === aim(link)))
  if (mark && narrow.matches) {
    event.preventDefault()
    open(mark, mark === link && !isOpen(mark))
  } else if (event.pointerType === 'touch' && cardOf(link) && link !== owner) {
    event.preventDefault()
    show(cardOf(link), link)
  } else if (cite && link?.matches('.number')) {
    event.preventDefault()
    history.replaceState(0, '', link)
    refer(link)
    if (!event.detail) cite.querySelector('button').focus()
  } else if (!link && !card?.contains(event.target)) {
    hide()
    event.target.closest('.sidenote')?.classList.toggle('open')
  }
})
on('keydown', ({ key }) => {
  if (key !== 'Escape') return
  if (card) {
    if (card.contains(document.activeElement)) owner.focus()
    hide()
  } else if (narrow.matches) {
    const opened = marks.filter(isOpen)
    const mark = opened.find((one) => aim(one).contains(document.activeElement)) ?? opened.at(-1)
    if (mark) open(mark, false)
  }
})

for (const field of all('#display input')) {
  field.checked = field.value === chosen[field.name]
  field.addEventListener('change', () => {
    chosen[field.name] = field.checked ? field.value : ''
    try { localStorage.setItem(field.name, chosen[field.name]) } catch {}
  })
}
