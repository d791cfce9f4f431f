// Packs the command as .rolldown.config.mjs says; rolldown's own command would tell of every file it writes.
import { build } from 'rolldown';
import config from './.rolldown.config.mjs';

await build({ ...config, logLevel: 'silent' });
