// What Zotero makes of the pages and of the references beside them, by its own translators. They are in no package
// registry: `ZOTERO` is the address of a translation server (docker run --network host zotero/translation-server).

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const REFERENCES = ['json', 'ris', 'bib']
const WANTED = { // page -> what must not get lost, beside title, date, language and address
  index: ['author', 'translator', 'editor', 'edition', 'originalDate'],
  'chapters/diary': ['author', 'translator', 'editor', 'edition', 'originalDate', 'bookTitle', 'format'],
  'chapters/letter': ['author', 'translator', 'recipient', 'archive'],
  'notes/introduction': ['author'],
  'notes/people': ['author'],
}
// what BibTeX, as Zotero reads it, cannot say: the recipient, where a letter is, when it was first published
const UNSAID = { json: [], ris: ['originalDate', 'format'], bib: ['recipient', 'archive', 'originalDate', 'format'] }

const server = process.env.ZOTERO

/** What Zotero keeps of *body*, which is sent to *path* of the server: an item without its notes. */
const kept = async (path, body) => {
  const response = await fetch(new URL(path, server), { method: 'POST', body, headers: { 'Content-Type': 'text/plain' } })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  const [item] = await response.json()
  return item
}

/** An item as its fields: those that tell what is cited, a creator as “role: name”. */
const fields = (item) => {
  const { title, bookTitle, date, language, url, edition, archive, format, originalDate } = item
  const said = { title, bookTitle, date: day(date), language, url, edition, archive, format, originalDate }
  for (const { creatorType, name, lastName, firstName } of item.creators) {
    said[creatorType] = [...(said[creatorType] ?? []), name ?? `${lastName}, ${firstName}`]
  }
  return { itemType: item.itemType, ...said }
}

/** “November 23, 2026” as 2026-11-23. */
const day = (date) => {
  if (!date || /^\d/.test(date)) return date
  const at = new Date(`${date} UTC`)
  return at.toISOString().slice(0, 10)
}

/** The pages at *address*, whose files are in *folder*; see `audit.mjs` for *line* and *held*. */
export const zotero = async (folder, address, line, held) => {
  if (!server) return line('Zotero', 'left out: ZOTERO names no translation server')
  line('Zotero', 'type', 'page', ...REFERENCES)
  for (const [page, names] of Object.entries(WANTED)) {
    const item = await kept('/web', new URL(`${page}.html`, address).href)
    const said = fields(item)
    const lost = ['title', 'date', 'language', 'url', ...names].filter((name) => !said[name]?.length)
    const cells = [said.itemType, held(`Zotero, ${page}`, lost.join(', ') || 'all', !lost.length)]
    if (page.startsWith('notes')) {
      line(page, ...cells)
      continue
    }
    for (const ending of REFERENCES) {
      const other = fields(await kept('/import', await readFile(join(folder, `${page}.${ending}`), 'utf-8')))
      const unsaid = [...UNSAID[ending], ...(other.url ? [] : ['url'])] // which a build for a disk has not
      const differs = Object.keys({ ...said, ...other })
        .filter((name) => !unsaid.includes(name) && JSON.stringify(said[name]) !== JSON.stringify(other[name]))
      cells.push(held(`Zotero, ${page}.${ending}`, differs.join(', ') || 'the same', !differs.length))
    }
    line(page, ...cells)
  }
}
