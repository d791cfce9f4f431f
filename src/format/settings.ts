import { GitpactError } from '../domain/failure.ts';
import type { Settings } from '../domain/records.ts';
import { badRecord, Fields } from './reading.ts';
import { editYaml, parseYaml } from './yaml.ts';

/** The settings of a store whose `gitpact.yaml` says nothing but its format: the Pact Broker's defaults. */
export const defaultSettings: Settings = {
  format: 1,
  strict: false,
  allowContractModification: false,
  checkSimilarNames: true,
  firstTagAsBranch: true,
  deployTagsNamedLikeEnvironments: true,
  mainBranchCandidates: ['develop', 'main', 'master'],
  webhookHosts: [],
  webhookSchemes: ['https'],
  webhookMethods: ['POST'],
  webhookRetrySchedule: [10, 60, 120, 300, 600, 1200],
};

const nothingButTheFormat = /^(?:#[^\n]*\n|\n)*format: 1\n*$/;

/**
 * Reads `gitpact.yaml`.
 * @throws GitpactError `newer-format` when a newer gitpact wrote the store, `bad-record` for anything else it is not.
 */
export function readSettings(path: string, text: string): Settings {
  if (nothingButTheFormat.test(text)) return defaultSettings;
  const fields = new Fields(path, parseYaml(path, text));
  const format = fields.whole('format');
  if (format > 1) {
    throw new GitpactError(
      'newer-format',
      `This contract repository has format ${format}; this gitpact knows format 1.`,
      {
        hint: 'Upgrade gitpact: npm install gitpact@latest.',
      },
    );
  }
  if (format !== 1) throw badRecord(path, `has format ${format}, which never was`);
  return {
    format: 1,
    strict: fields.flag('strict', defaultSettings.strict),
    allowContractModification: fields.flag(
      'allowContractModification',
      defaultSettings.allowContractModification,
    ),
    checkSimilarNames: fields.flag('checkSimilarNames', defaultSettings.checkSimilarNames),
    firstTagAsBranch: fields.flag('firstTagAsBranch', defaultSettings.firstTagAsBranch),
    deployTagsNamedLikeEnvironments: fields.flag(
      'deployTagsNamedLikeEnvironments',
      defaultSettings.deployTagsNamedLikeEnvironments,
    ),
    mainBranchCandidates: fields.texts('mainBranchCandidates', defaultSettings.mainBranchCandidates),
    webhookHosts: fields.texts('webhookHosts', defaultSettings.webhookHosts),
    webhookSchemes: fields.texts('webhookSchemes', defaultSettings.webhookSchemes),
    webhookMethods: fields.texts('webhookMethods', defaultSettings.webhookMethods),
    webhookRetrySchedule: fields.wholes('webhookRetrySchedule', defaultSettings.webhookRetrySchedule),
  };
}

/** The `gitpact.yaml` of a new store. */
export const newSettingsText = `# This folder is a contract repository of gitpact: it does what a Pact Broker does. Settings go below.
format: 1
`;

/** `gitpact.yaml` with these settings; what equals the default is left out, comments survive. */
export function writeSettings(settings: Settings, before: string | undefined): string {
  const changed = Object.entries(settings).map(([key, value]) => [
    key,
    key === 'format' || JSON.stringify(value) !== JSON.stringify(defaultSettings[key as keyof Settings])
      ? value
      : undefined,
  ]);
  return editYaml(before ?? newSettingsText, Object.fromEntries(changed));
}
