const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');
const { crc32 } = require('node:zlib');

/**
 * What loads the files of a folder, which are CommonJS, each with what V8 made of it when it was packed: to compile it again
 * takes as long as all the rest of a short command. Where that is of another text or by another Node, V8 compiles.
 * `scripts`: those that were loaded, by name. `keep`: keeps what V8 has made of them by now.
 */
exports.loaderOf = (folder) => {
  const modules = new Map();
  const scripts = new Map();
  const load = (name) => {
    const known = modules.get(name);
    if (known) return known.exports;
    const module = { exports: {} };
    modules.set(name, module);
    const path = join(folder, name);
    const found = scriptOf(path);
    scripts.set(name, found);
    const requireOf = (id) => (id.startsWith('./') ? load(id.slice(2)) : require(id));
    found.script.runInThisContext()(module.exports, requireOf, importPackage, module, path, folder);
    return module.exports;
  };
  const keep = () => {
    for (const [name, { script, checksum }] of scripts) {
      writeFileSync(keptBeside(join(folder, name)), Buffer.concat([checksum, script.createCachedData()]));
    }
  };
  return { load, scripts, keep };
};

/** A script cannot import by itself without a warning of Node. */
const importPackage = (name) => import(name);

/** The checksum of the file at `path`, and then what V8 made of it. */
const keptBeside = (path) => `${path}.v8`;

function scriptOf(path) {
  const source = readFileSync(path);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(source));
  const cachedData = keptOf(path, checksum);
  const text = `(function (exports, require, importPackage, module, __filename, __dirname) {${source}\n})`;
  return { script: new Script(text, { filename: path, ...(cachedData ? { cachedData } : {}) }), checksum };
}

function keptOf(path, checksum) {
  try {
    const kept = readFileSync(keptBeside(path));
    return kept.subarray(0, 4).equals(checksum) ? kept.subarray(4) : undefined;
  } catch {
    return undefined;
  }
}
