// What a reader mode (Firefox’s) takes of a page: the witness’s paragraphs whole, their notes after them.

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import puppeteer from 'puppeteer-core'

const READABILITY = fileURLToPath(new URL('node_modules/@mozilla/readability/Readability.js', import.meta.url))

/** In the page: how many blocks of the witness there are, and which of them are not taken as they are. */
const take = (source) => {
  const Readability = new Function(`${source}; return Readability`)()
  const words = (element) => {
    const bare = element.cloneNode(true)
    for (const one of bare.querySelectorAll('.apparatus')) one.remove()
    return bare.textContent.replace(/\s+/g, ' ').trim()
  }
  const blocks = [...document.querySelectorAll('article p.source')].map(words)
  const article = document.createElement('article')
  article.innerHTML = new Readability(document.cloneNode(true), { keepClasses: true }).parse()?.content ?? ''
  const taken = new Set([...article.querySelectorAll('p.source')].map(words))
  return { blocks: blocks.length, lost: blocks.filter((block) => !taken.has(block)) }
}

/** A row for each of *pages*: blocks of the witness, and those that are lost or broken. */
export const readerMode = async (address, pages, chrome, line, held) => {
  const source = await readFile(READABILITY, 'utf8')
  const browser = await puppeteer.launch({ executablePath: chrome, args: ['--no-sandbox', '--disable-gpu'] })
  const page = await browser.newPage()
  await page.setBypassCSP(true) // for `new Function`
  line('Reader mode', 'blocks', 'amiss')
  for (const name of pages) {
    await page.goto(`${address}${name}.html`)
    const { blocks, lost } = await page.evaluate(take, source)
    for (const words of lost) console.log(`${name}: “${words.slice(0, 60)}…” is not taken`)
    line(name, held(`reader mode ${name}, blocks`, blocks, blocks > 0), held(`reader mode ${name}, amiss`, lost.length, lost.length === 0))
  }
  await browser.close()
}
