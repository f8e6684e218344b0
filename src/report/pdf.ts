/**
 * A picture as PDF: vectors, text as text in the shipped font, of which it holds the letters it needs, at the size it
 * has in print. The same bytes each time and on each machine: no date, and not compressed, as the bytes of zlib differ
 * between versions and machines. The libraries are loaded on first use.
 */
import { fontFiles } from './font.ts';

export interface PdfOptions {
  readonly pointsPerPx: number;
  /** For the properties of the document. */
  readonly title: string;
  readonly subject: string;
}

export async function toPdf(svg: string, options: PdfOptions): Promise<Uint8Array> {
  const [{ default: PDFDocument }, { default: draw }] = await Promise.all([
    import('pdfkit'),
    import('svg-to-pdfkit'),
  ]);
  const { pointsPerPx, title, subject } = options;
  const [width, height] = sizeOf(svg).map((px) => px * pointsPerPx);
  const [plain, bold] = fontFiles();
  const document = new PDFDocument({
    size: [width, height],
    margin: 0,
    font: plain, // else it begins with Helvetica, which is not embedded
    compress: false,
    pdfVersion: '1.7',
    lang: 'en',
    displayTitle: true,
    info: { Title: title, Subject: subject, Creator: 'hearsay', CreationDate: new Date(0) },
  });
  const chunks: Uint8Array[] = [];
  document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const ended = new Promise<void>((resolve) => document.on('end', resolve));
  document.registerFont('plain', plain).registerFont('bold', bold);
  document.scale(pointsPerPx);
  draw(document, svg, 0, 0, {
    assumePt: true, // a px of the picture is a unit, scaled above
    fontCallback: (_family: string, isBold: boolean) => (isBold ? 'bold' : 'plain'),
    warningCallback: (what: string) => {
      throw new Error(`BUG: the figure cannot be drawn as PDF: ${what}`);
    },
  });
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

/** Width and height in px. */
const sizeOf = (svg: string): number[] =>
  /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!.slice(1).map(Number);
