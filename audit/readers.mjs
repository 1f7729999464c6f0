// The e-book in other people’s readers, page by page: does a word stand outside its page, or on another?
// epub.js and Readium’s style sheets in Chromium, at each size of type; and `mutool draw`, where it is installed.

import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import JSZip from 'jszip'
import puppeteer from 'puppeteer-core'

const run = promisify(execFile)
const [WIDTH, HEIGHT] = [360, 640] // a phone’s
const SIZES = [100, 125, 150, 200] // per cent
const LOOKS = { plain: {}, forced: { font: 'DejaVu Sans' }, night: { night: true } }
const TYPES = { '.xhtml': 'application/xhtml+xml', '.css': 'text/css', '.js': 'text/javascript', '.png': 'image/png',
  '.html': 'text/html', '.svg': 'image/svg+xml', '.epub': 'application/epub+zip' }
const module = (name) => fileURLToPath(new URL(`node_modules/${name}`, import.meta.url))
const READIUM = module('@readium/css/css/dist')

/** The files of the book, and what the readers need; a page of `/readium/` gets Readium’s style sheets. */
const serve = (file, archive) => new Promise((resolve) => {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname)
    const [, where, ...rest] = path.split('/')
    const name = rest.join('/')
    const found = {
      '': async () => '<!DOCTYPE html><meta charset="utf-8"><style>body { margin: 0 }</style><div id="page"></div>'
        + '<script src="/lib/jszip/dist/jszip.min.js"></script><script src="/lib/epubjs/dist/epub.js"></script>',
      'book.epub': () => readFile(file),
      lib: () => readFile(module(name)),
      css: () => readFile(join(READIUM, name)),
      readium: async () => name.endsWith('.xhtml')
        ? (await archive.file(name).async('string'))
          .replace('<head>', '<head><link rel="stylesheet" href="/css/ReadiumCSS-before.css"/>')
          .replace('</head>', '<link rel="stylesheet" href="/css/ReadiumCSS-after.css"/></head>')
        : archive.file(name).async('nodebuffer'),
    }[where]
    const body = found ? await found().catch(() => null) : null
    const type = TYPES[extname(path)] ?? 'text/html'
    response.writeHead(body === null ? 404 : 200, { 'Content-Type': type }).end(body)
  })
  server.listen(0, '127.0.0.1', () => resolve(server))
})

/** In the page: words that leave their column, and words that stand on others. Columns are *wide*, *apart* from each other. */
const look = ({ left, wide, apart, high }) => {
  const said = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  const boxes = []
  const unseen = (element) => element.closest('.said, [hidden]') || getComputedStyle(element).visibility === 'hidden'
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || unseen(node.parentElement)) continue
    for (const match of node.data.matchAll(/\S+/g)) {
      range.setStart(node, match.index)
      range.setEnd(node, match.index + match[0].length)
      for (const box of range.getClientRects()) {
        if (box.width < 1 || box.height < 1) continue
        const column = Math.floor((box.left + box.width / 2 - left) / apart)
        const start = left + column * apart
        const outside = box.left < start - 2 || box.right > start + wide + 2 || box.top < -2 || box.bottom > high + 2
        if (outside) said.push(`“${match[0]}” leaves its page`)
        boxes.push({ box, word: match[0], node })
      }
    }
  }
  boxes.sort((one, other) => one.box.left - other.box.left)
  for (const [n, { box, word, node }] of boxes.entries()) {
    for (let m = n + 1; m < boxes.length && boxes[m].box.left < box.right - 1; m++) {
      const other = boxes[m]
      const across = Math.min(box.right, other.box.right) - other.box.left
      const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top)
      const least = Math.min(box.height, other.box.height)
      const mark = [node, other.node].some((text) => text.parentElement.closest('.noteref, .number'))
      if (across > 3 && down > least * 0.6 && !mark) said.push(`“${word}” stands on “${other.word}”`)
    }
  }
  return { words: boxes.length, said }
}

/** epub.js: the page is a frame of columns as wide as the window. */
const inEpubJs = async (page, address, spine, { size, font, night }) => {
  await page.goto(address)
  await page.evaluate(async ([width, height, size, font, night]) => {
    window.book = ePub('/book.epub')
    await book.ready
    window.rendition = book.renderTo('page', { width, height, spread: 'none', allowScriptedContent: false })
    rendition.themes.fontSize(`${size}%`)
    if (font) rendition.themes.font(font)
    if (night) rendition.themes.override('color', '#ddd'), rendition.themes.override('background', '#111')
  }, [WIDTH, HEIGHT, size, font, night])
  const found = []
  for (const name of spine) {
    await page.evaluate(async (name) => { await rendition.display(name) }, name)
    const frame = page.frames().find((one) => one !== page.mainFrame() && !one.detached)
    const { padding, gap } = await frame.evaluate(() => {
      const style = getComputedStyle(document.body)
      return { padding: parseFloat(style.paddingLeft), gap: parseFloat(style.columnGap) || 0 }
    })
    const columns = { left: padding, wide: WIDTH - 2 * padding, apart: WIDTH, high: HEIGHT }
    if (Math.abs(2 * padding - gap) > 1) columns.wide = WIDTH - gap
    found.push([name, await frame.evaluate(look, columns)])
  }
  return found
}

/** Readium: its sheets make columns of the page itself. */
const inReadium = async (page, address, spine, { size, font, night }) => {
  const found = []
  for (const name of spine) {
    await page.goto(`${address}readium/${name}`)
    await page.evaluate(([size, font, night]) => {
      const root = document.documentElement.style
      root.setProperty('--USER__view', 'readium-paged-on')
      root.setProperty('--USER__fontSize', `${size}%`)
      root.setProperty('--USER__colCount', '1')
      if (font) root.setProperty('--USER__fontOverride', 'readium-font-on'), root.setProperty('--USER__fontFamily', font)
      if (night) root.setProperty('--USER__appearance', 'readium-night-on')
    }, [size, font, night])
    const columns = await page.evaluate((width) => {
      const { paddingLeft, paddingRight } = getComputedStyle(document.body)
      const [left, right] = [parseFloat(paddingLeft), parseFloat(paddingRight)]
      return { left, wide: width - left - right, apart: width }
    }, WIDTH)
    found.push([name, await page.evaluate(look, { ...columns, high: HEIGHT })])
  }
  return found
}

/** MuPDF: where each letter stands. Its lines may touch, so only what is printed on the same line counts. */
const inMuPdf = async (file, size) => {
  const em = Math.round(12 * size / 100)
  const options = ['draw', '-q', '-F', 'stext', '-W', WIDTH, '-H', HEIGHT, '-S', em, file]
  const { stdout, stderr } = await run('mutool', options.map(String), { maxBuffer: 1 << 28 })
  const refused = [...new Set(stderr.match(/css .*/g))] // older readers drop a style sheet that they cannot read
  const pages = stdout.split('<page ').slice(1).map((text, n) => {
    const lines = [...text.matchAll(/<line bbox="([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+)"[\s\S]*?<\/line>/g)]
    const boxes = lines.map(([whole, ...box]) => ({ box: box.map(Number), size: Number(/size="([\d.]+)"/.exec(whole)?.[1]),
      words: [...whole.matchAll(/ c="([^"]*)"/g)].map((letter) => letter[1]).join('') })).filter(({ words }) => words.trim())
    const said = boxes.filter(({ box: [x0, , x1] }) => x0 < -1 || x1 > WIDTH + 1).map(({ words }) => `“${words}” leaves its page`)
    for (const [n, one] of boxes.entries()) for (const other of boxes.slice(n + 1)) {
      const across = Math.min(one.box[2], other.box[2]) - Math.max(one.box[0], other.box[0])
      const down = Math.min(one.box[3], other.box[3]) - Math.max(one.box[1], other.box[1])
      const least = Math.min(one.box[3] - one.box[1], other.box[3] - other.box[1])
      if (across > 3 && down > least * 0.7) said.push(`“${one.words}” stands on “${other.words}”`)
    }
    return [`page ${n + 1}`, { words: boxes.reduce((sum, { words }) => sum + words.trim().split(/\s+/).length, 0), said }]
  })
  pages[0][1].said.push(...refused)
  return pages
}

/** A row for each reader, look and size: words seen, words amiss; each of these by name. */
export const readers = async (folder, chrome, line, held) => {
  const [name] = (await readdir(folder)).filter((file) => file.endsWith('.epub'))
  const file = join(folder, name)
  const archive = await JSZip.loadAsync(await readFile(file))
  const opf = await archive.file('content.opf').async('string')
  const hrefs = Object.fromEntries([...opf.matchAll(/<item id="([^"]+)" href="([^"]+)"/g)].map(([, id, href]) => [id, href]))
  const spine = [...opf.matchAll(/<itemref idref="([^"]+)"/g)].map(([, id]) => hrefs[id]).filter((page) => page !== 'cover.xhtml')
  const server = await serve(file, archive)
  const address = `http://127.0.0.1:${server.address().port}/`
  const browser = await puppeteer.launch({ executablePath: chrome, args: ['--no-sandbox', '--disable-gpu'] })
  line('Readers of the e-book', 'type', 'look', 'pages', 'words', 'amiss')
  const tell = (reader, size, look, found) => {
    const said = found.flatMap(([page, { said }]) => said.map((one) => `${reader} ${size} % ${look}, ${page}: ${one}`))
    said.slice(0, 12).forEach((one) => console.log(one))
    const words = found.reduce((sum, [, { words }]) => sum + words, 0)
    line(reader, `${size} %`, look, found.length, held(`${reader} ${size} % ${look}, words`, words, words > 0),
      held(`${reader} ${size} % ${look}, amiss`, said.length, said.length === 0))
  }
  for (const [reader, read] of [['epub.js', inEpubJs], ['ReadiumCSS', inReadium]]) {
    for (const [look, settings] of Object.entries(LOOKS)) {
      for (const size of look === 'plain' ? SIZES : SIZES.slice(-1)) {
        const page = await browser.newPage()
        await page.setViewport({ width: WIDTH, height: HEIGHT })
        tell(reader, size, look, await read(page, address, spine, { size, ...settings }))
        await page.close()
      }
    }
  }
  await browser.close()
  server.close()
  if (await run('mutool', ['-v']).then(() => true, ({ code }) => code !== 'ENOENT')) {
    for (const size of SIZES) tell('MuPDF', size, 'plain', await inMuPdf(file, size))
  } else console.log('MuPDF is not installed (Debian: mupdf-tools): left out')
}
