import { beforeAll, describe, expect, it } from 'vitest';
import { type Desk, desk, verified } from './cli.ts';

let at: Desk;
let tip: string;

beforeAll(async () => {
  at = await desk();
  await verified(at);
  await at.gitpact('create-environment', '--name=staging');
  tip = await at.soundTip();
});

/** Exit code 2, all of these lines below the sentence, and nothing written. */
async function expectAllTold(call: readonly string[], lines: readonly string[]): Promise<void> {
  const { code, out, err } = await at.gitpact(...call);
  expect({ code, out, err }).toMatchObject({ code: 2, out: '' });
  for (const line of lines) expect(err.split('\n')).toContain(line);
  expect(await at.soundTip()).toBe(tip);
}

describe('everything that is wrong with a call is told at once', () => {
  it.each([
    [
      ['publish', 'pact.json', '-a', ' ', '--branch', ' ', '--tag', ' ', '--ref=a..b', '--prefix=../x'],
      [
        '  --consumer-app-version: cannot be blank',
        '  --branch: cannot be blank',
        '  --tag: cannot be blank',
        '  --ref: is not the name of a branch: "a..b"',
        '  --prefix: is not a folder of a repository: "../x"',
      ],
    ],
    [
      ['publish'],
      [
        '  --consumer-app-version: is missing, and neither the CI nor Git tells it',
        '  <file|folder|glob>…: is missing',
      ],
    ],
    [
      ['publish', 'nowhere.json', 'pact.json', 'bad.json'],
      [
        '  --consumer-app-version: is missing, and neither the CI nor Git tells it',
        '  nowhere.json: does not exist',
        '  bad.json: provider.name is missing',
      ],
    ],
    [
      ['publish', 'nowhere.json', 'empty.json', '-a=9'],
      ['  nowhere.json: does not exist', '  empty.json is empty.'],
    ],
    [
      ['exec', '--rpo=x'],
      ['  --rpo: is unknown; did you mean --repo?', '  -- <command…>: is missing'],
    ],
    [
      ['push-pending', '--rpo=x'],
      ['  --rpo: is unknown; did you mean --repo?', '  <file>…: is missing'],
    ],
    [
      ['create-environment', '--name=two words', '--output=xml'],
      [
        '  --name: cannot contain spaces: "two words"',
        '  --output: must be one of: text, table, json, pretty, id (not "xml")',
      ],
    ],
    [
      ['create-version-tag', '-a', ' ', '-e', ' ', '-t', ' '],
      ['  --pacticipant: cannot be blank', '  --version: cannot be blank', '  --tag: cannot be blank'],
    ],
    [
      ['record-deployment', '-a', ' ', '-e', ' ', '--environment', 'a b', '--application-instance', ' '],
      [
        '  --pacticipant: cannot be blank',
        '  --version: cannot be blank',
        '  --environment: cannot contain spaces: "a b"',
        '  --application-instance: cannot be blank',
      ],
    ],
    [
      ['record-verification', '--provider', ' ', '--consumer', ' ', '-a', ' ', '--pact-version=x'],
      [
        '  --provider: cannot be blank',
        '  --consumer: cannot be blank',
        '  --provider-app-version: cannot be blank',
        '  --pact-version: is not a pact sha (40 lower-case hex digits): "x"',
        '  --result: is missing',
      ],
    ],
    [
      [
        'verify',
        '--provider',
        ' ',
        '--provider-base-url=x',
        '-H',
        'x',
        '--publish',
        '--consumer-version-selectors=[',
      ],
      [
        '  --provider: cannot be blank',
        '  --provider-base-url: must be an http or https URL: "x"',
        '  --header: must be "Name: value": "x"',
        '  --consumer-version-selectors: must be JSON, such as [{"mainBranch": true}, {"deployedOrReleased": true}]: "["',
        '  --provider-app-version: is needed to publish the results',
      ],
    ],
    [
      ['can-i-deploy', '-e=1', '-a=Web', '-e=1', '-l', '--to=prod', '--to-environment=production'],
      [
        '  -e: it is not clear whose is meant: put it after the --pacticipant it belongs to',
        '  Web: is given more than one of a --version, a --version-range and the latest version (of a branch)',
        '  --to-environment, --to: cannot be given together: each says where it goes',
      ],
    ],
    [
      ['matrix', '-a', ' ', '--limit=x', '--tag', ' '],
      ['  --pacticipant: cannot be blank', '  --tag: cannot be blank'],
    ],
    [
      ['diff', '--consumer=Web', '--version=1', '--branch=main', '--with-version=1', '--with-branch=main'],
      [
        '  --provider: is missing',
        '  --version, --branch: cannot be given together: each says which pact to show',
        '  --with-version, --with-branch: cannot be given together: each says what to compare with',
      ],
    ],
    [
      ['url', '--consumer', ' ', '--branch=x', '--tag=y', '--version=1'],
      [
        '  --consumer: cannot be blank',
        '  --provider: is missing',
        '  --branch, --tag: cannot be given together: each says which pact is meant',
        '  --environment: is missing: --version says which version in it',
      ],
    ],
    [
      ['serve', '--port=70000', '--base-url=pacts', '--host=0.0.0.0'],
      [
        '  --port: must be a whole number up to 65535: "70000"',
        '  --base-url: must be a URL such as https://pacts.example.org: "pacts"',
        '  --host: everybody who reaches 0.0.0.0 could change the contracts: give --username and --password or --write-token, or say --insecure if that is meant',
      ],
    ],
  ])('%j', async (call, lines) => {
    at.pact('Web', 'Api');
    at.write('bad.json', '{"consumer": {"name": "Web"}, "interactions": []}');
    at.write('empty.json', '');
    await expectAllTold(call, lines);
  });
});

describe('everything that is named and is not there is told at once, with what was probably meant', () => {
  it.each([
    [
      ['record-deployment', '-a=Web', '-e=9', '--environment=prodution'],
      [
        'gitpact: No version 9 of Web found.',
        "  Environment with name 'prodution' does not exist.",
        '  Did you mean "production"? Publish its pacts or verification results first: that is what makes a version known. The newest version of Web is 1.10. Make it with `gitpact create-environment --name prodution`. There are: production, staging.',
      ],
    ],
    [
      ['record-deployment', '-a=web', '-e=9', '--environment=Staging'],
      ['gitpact: Pacticipant web not found.', "  Environment with name 'Staging' does not exist."],
    ],
    [
      ['record-verification', '--provider=Ap', '--consumer=Wbe', '-a=1', '--result=success'],
      ['gitpact: Pacticipant Wbe not found.', '  Pacticipant Ap not found.'],
    ],
    [
      ['can-i-deploy', '-a=web', '-e=1', '-a=ApiService', '-e=1', '--to-environment=prod'],
      [
        'gitpact: Pacticipant web not found.',
        '  Pacticipant ApiService not found.',
        "  Environment with name 'prod' does not exist.",
        '  Did you mean "Web", "Api"? A pacticipant is made by publishing a pact of it, with `gitpact publish`. Make it with `gitpact create-environment --name prod`. There are: production, staging.',
      ],
    ],
    [
      ['why', '-a=web', '-e=1', '--to-environment=prod'],
      ['gitpact: Pacticipant web not found.', "  Environment with name 'prod' does not exist."],
    ],
    [
      ['matrix', '-a=web', '-a=api'],
      ['gitpact: Pacticipant web not found.', '  Pacticipant api not found.'],
    ],
    [
      ['matrix', '-a=Web', '--version-range=^5', '-a=Api', '--version-range=^6'],
      ['gitpact: No version of Web is in the range ^5.', '  No version of Api is in the range ^6.'],
    ],
    [
      ['diff', '--consumer=web', '--provider=api'],
      ['gitpact: Pacticipant web not found.', '  Pacticipant api not found.'],
    ],
    [
      ['diff', '--consumer=Web', '--provider=Api', '--version=8', '--with-branch=Main'],
      [
        'gitpact: No version 8 of Web found.',
        '  No branch Main of Web found.',
        '  Did you mean "main"? Publish its pacts or verification results first: that is what makes a version known. The newest version of Web is 1.10. A branch is made by publishing with --branch. There are: main.',
      ],
    ],
    [
      ['create-version-tag', '-a=Webs', '-e=1', '-t=x'],
      [
        'gitpact: Pacticipant Webs not found.',
        '  Did you mean "Web"? A pacticipant is made by publishing a pact of it, with `gitpact publish`.',
      ],
    ],
  ])('%j', async (call, lines) => {
    await expectAllTold(call, lines);
  });
});
