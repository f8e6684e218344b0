/** What is served while a scenario file is wrong: the sentence, until the file is right. */
import { escaped } from '../page/page.ts';

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'";

export const problemPage = (file: string, sentence: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escaped(file)}</title>
<style>
body { font: 16px/1.5 "DejaVu Sans", Verdana, system-ui, sans-serif; max-width: 50rem; margin: 3rem auto; padding: 0 1rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border-left: 4px solid #c44f00; padding-left: 1rem; }
</style>
</head>
<body>
<main>
<h1>${escaped(file)} cannot be played</h1>
<pre id="problem">${escaped(sentence)}</pre>
<p>This page follows the file: it shows the run as soon as that is right.</p>
</main>
<script>new EventSource('/changes').addEventListener('changed', () => location.reload());</script>
</body>
</html>
`;
