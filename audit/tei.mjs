// The TEI in a viewer that knows nothing of it, CETEIcean: is what it shows of a block what stands there, and is the mark
// of a note its letter, raised?

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import puppeteer from 'puppeteer-core'

const VIEWER = fileURLToPath(new URL('node_modules/CETEIcean/dist/CETEI.js', import.meta.url))
const BLOCKS = ['head', 'p', 'dateline', 'salute', 'signed', 'titlePart', 'byline']

/** In the page: faults in what CETEIcean shows of the text in *xml*, and the number of its blocks. */
const look = async (xml, names) => {
  document.body.append(await new Promise((resolve) => new CETEI().makeHTML5(xml, resolve)))
  const words = (text) => text.replace(/\s+/g, ' ').trim()
  const written = [...new DOMParser().parseFromString(xml, 'text/xml').querySelector('text').querySelectorAll(names.join())]
  const shown = [...document.querySelector('tei-text').querySelectorAll(names.map((name) => `tei-${name}`).join())]
    .filter((block) => !block.closest('cetei-original')) // a copy, hidden
  const faults = written.flatMap((block, n) => {
    const [there, here] = [words(block.textContent), words(shown[n]?.innerText ?? '')]
    return there === here ? [] : [`“${here}” for “${there}”`]
  })
  for (const mark of document.querySelectorAll('tei-ref[type="note"]')) {
    const raised = getComputedStyle(mark).verticalAlign === 'super'
    if (mark.innerText !== mark.getAttribute('n') || !raised) faults.push(`the mark ${mark.id}: “${mark.innerText}”`)
  }
  return { faults, number: written.length }
}

/** What *folder* holds, in Chromium at *executablePath*; see `audit.mjs` for *line* and *held*. */
export const tei = async (folder, executablePath, line, held) => {
  const [name] = (await readdir(folder)).filter((file) => file.endsWith('.xml') && file !== 'cmif.xml')
  const browser = await puppeteer.launch({ executablePath, args: ['--no-sandbox'] })
  const page = await browser.newPage()
  await page.addScriptTag({ path: VIEWER })
  const { faults, number } = await page.evaluate(look, await readFile(join(folder, name), 'utf-8'), BLOCKS)
  await browser.close()
  for (const fault of faults) console.log(fault)
  line('CETEIcean', `${number} blocks`, held('CETEIcean', `${faults.length} faults`, number > 0 && !faults.length))
}
