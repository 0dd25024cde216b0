// A session of VS Code's protocol library with concvet lsp: node client.mjs
// CONCVET. It prints what it has seen and exits with 1 if that is not what it
// should be.
import { spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import assert from 'node:assert/strict';
import rpc from 'vscode-jsonrpc/node';

const text = `package m

import (
	"os"
	"os/signal"
)

func bad() {
	c := make(chan os.Signal)
	signal.Notify(c)
}
`;
const dir = realpathSync(mkdtempSync(join(tmpdir(), 'concvet-')));
const uri = (...names) => pathToFileURL(join(dir, ...names)).href;
for (const name of ['a', 'b']) {
  mkdirSync(join(dir, name));
  writeFileSync(join(dir, name, 'go.mod'), `module example.com/${name}\n\ngo 1.26\n`);
  writeFileSync(join(dir, name, 'm.go'), text);
}

const server = spawn(process.argv[2], ['lsp'], { cwd: dir, stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, GOFLAGS: '' } });
const connection = rpc.createMessageConnection(new rpc.StreamMessageReader(server.stdout), new rpc.StreamMessageWriter(server.stdin));
const published = [];
let wake = () => {};
connection.onNotification('textDocument/publishDiagnostics', p => { published.push(p); wake(); });
connection.onRequest('client/registerCapability', () => null);
connection.onRequest('window/workDoneProgress/create', () => null);
connection.onError(e => { console.error(e); process.exitCode = 1; });
connection.listen();

// diagnostics waits for those of a version of a document that satisfy a test.
async function diagnostics(what, of, version, test) {
  for (const deadline = Date.now() + 100000; Date.now() < deadline;) {
    const p = published.findLast(p => p.uri === of && (p.version ?? 0) === version);
    if (p && test(p.diagnostics)) {
      console.log(`ok ${what}`);
      return p.diagnostics;
    }
    await new Promise(resolve => { wake = resolve; setTimeout(resolve, 1000); });
  }
  assert.fail(`${what}: ${JSON.stringify(published)}`);
}
const count = n => list => list.length === n;
const notify = (method, params) => connection.sendNotification(method, params);
const open = u => notify('textDocument/didOpen', { textDocument: { uri: u, languageId: 'go', version: 1, text } });
const change = (u, version, text) => notify('textDocument/didChange', { textDocument: { uri: u, version }, contentChanges: [{ text }] });

function applied(edits, text) {
  const lines = text.split('\n');
  const offset = p => lines.slice(0, p.line).reduce((n, l) => n + l.length + 1, 0) + p.character;
  for (const e of edits) text = text.slice(0, offset(e.range.start)) + e.newText + text.slice(offset(e.range.end));
  return text;
}

async function session() {
  await connection.sendRequest('initialize', {
    processId: process.pid, rootUri: uri('a'),
    workspaceFolders: [{ uri: uri('a'), name: 'a' }, { uri: uri('b'), name: 'b' }],
    capabilities: { window: { workDoneProgress: true }, workspace: { workspaceEdit: { documentChanges: true }, workspaceFolders: true } },
  });
  await notify('initialized', {});
  const a = uri('a', 'm.go'), b = uri('b', 'm.go');
  await open(a);
  const [d] = await diagnostics('open', a, 1, count(1));
  assert.equal(d.source, 'concvet');
  assert.equal(d.code, 'sigchanyzer');

  const actions = await connection.sendRequest('textDocument/codeAction', { textDocument: { uri: a }, range: d.range, context: { diagnostics: [d] } });
  assert.equal(actions.length, 1);
  assert.equal(actions[0].isPreferred, true);
  const fixed = applied(actions[0].edit.documentChanges[0].edits, text);
  assert.equal(fixed, text.replace('os.Signal)', 'os.Signal, 1)'));
  await change(a, 2, fixed);
  writeFileSync(join(dir, 'a', 'm.go'), fixed);
  await notify('textDocument/didSave', { textDocument: { uri: a } });
  await diagnostics('fixed and saved', a, 2, count(0));

  await change(a, 3, text);
  await diagnostics('undone, not saved', a, 3, count(1));
  await change(a, 4, text + '\nfunc broken(\n');
  await diagnostics('broken', a, 4, list => list.length === 1 && list[0].message.includes('stale'));

  await open(b);
  await diagnostics('the other folder', b, 1, count(1));
  await notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [{ uri: uri('b'), name: 'b' }] } });
  await diagnostics('a folder less', b, 1, count(0));

  await connection.sendRequest('shutdown');
  await notify('exit');
  const status = await new Promise(resolve => server.on('exit', resolve));
  assert.equal(status, 0);
  console.log('ok exit');
}

try {
  await session();
} catch (e) {
  console.error(e);
  process.exitCode = 1;
  server.kill();
} finally {
  connection.dispose();
  rmSync(dir, { recursive: true, force: true });
}
