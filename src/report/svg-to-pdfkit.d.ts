/** svg-to-pdfkit 0.1.8 comes without types. */
declare module 'svg-to-pdfkit' {
  export default function draw(
    document: PDFKit.PDFDocument,
    svg: string,
    x: number,
    y: number,
    options: Readonly<Record<string, unknown>>,
  ): void;
}
