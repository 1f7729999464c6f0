// The words of a PDF as Firefox takes them: node words.mjs BOOK.pdf. A form feed ends each page.

import { readFile } from 'node:fs/promises'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

const data = new Uint8Array(await readFile(process.argv[2]))
const book = await getDocument({ data, verbosity: 0 }).promise
for (let n = 1; n <= book.numPages; n++) {
  const { items } = await (await book.getPage(n)).getTextContent()
  console.log(`${items.map(({ str, hasEOL }) => str + (hasEOL ? '\n' : '')).join('')}\f`)
}
