#!/usr/bin/env node
const { join } = require('node:path');
const { loaderOf } = require('./load.js');

// A reader that has seen enough, as in `gitpact log | head`, is no failure.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
});

const { main } = loaderOf(join(__dirname, '..', 'dist', 'bundle')).load('main.js');

main({
  argv: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  ...(process.stderr.isTTY ? { status: (line) => void process.stderr.write(`\r\x1b[2K${line ?? ''}`) } : {}),
  now: () => new Date(),
  columns: process.stdout.columns ?? Number.POSITIVE_INFINITY,
  colour: Boolean(process.stdout.isTTY) && !process.env.NO_COLOR,
  onSignal: (handle) => {
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, handle);
    return () => {
      for (const signal of signals) process.off(signal, handle);
    };
  },
}).then((code) => {
  process.exitCode = code;
});
