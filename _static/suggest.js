// A correction is suggested for the very place that the address names
document.addEventListener('click', ({ target }) => {
  const link = target.closest('a.suggest')
  const place = link && document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (!place) return
  const name = place.querySelector('.number')?.ariaLabel ?? place.getAttribute('aria-label') ??
    place.querySelector('.name')?.textContent ?? place.id
  link.href = `${link.href.replace(/=.*/, '=')}${encodeURIComponent(`${name} (${place.id})`)}`
})
