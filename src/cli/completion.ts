import { type Command, commonOptions, type Option } from './command.ts';

/** The shells that completion is made for. */
export const shells = ['bash', 'zsh', 'fish'] as const;

/** One of {@link shells}. */
export type Shell = (typeof shells)[number];

/**
 * The script that teaches a shell every command, its options and the values these take. The name of a command of a
 * family has two words: `webhooks run`.
 */
export function completionFor(shell: Shell, commands: readonly Command[]): string {
  return { bash, zsh, fish }[shell](commands);
}

function told({ options }: Command): [name: string, option: Option][] {
  return Object.entries({ ...options, ...commonOptions } as Readonly<Record<string, Option>>);
}

function takesValue({ type }: Option): boolean {
  return type !== 'flag';
}

/** The commands that are called by one word. */
function single(commands: readonly Command[]): readonly Command[] {
  return commands.filter(({ name }) => !name.includes(' '));
}

/** The second words of each family, by its name. */
function families(commands: readonly Command[]): readonly (readonly [family: string, members: string])[] {
  const members = new Map<string, string[]>();
  for (const { name } of commands) {
    const [family = '', member] = name.split(' ');
    if (member !== undefined) members.set(family, [...(members.get(family) ?? []), member]);
  }
  return [...members].map(([family, words]) => [family, words.join(' ')]);
}

function bash(commands: readonly Command[]): string {
  const values = commands.flatMap((command) =>
    told(command).flatMap(([name, { choices, short }]) =>
      choices
        ? [
            `    ${[`--${name}`, ...(short ? [`-${short}`] : [])].map((flag) => `"${command.name} ${flag}"`).join('|')}) words="${choices.join(' ')}" ;;`,
          ]
        : [],
    ),
  );
  const options = commands.map(
    (command) =>
      `    "${command.name}") words="${told(command)
        .map(([name]) => `--${name}`)
        .join(' ')}" ;;`,
  );
  const names = single(commands)
    .map(({ name }) => name)
    .join(' ');
  const second = families(commands).map(([family, members]) => `    "${family} 2") words="${members}" ;;`);
  return `# eval "$(gitpact completion bash)"
_gitpact() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  local command="\${COMP_WORDS[1]}"
  if [[ $current == = ]]; then
    current=""
  elif [[ $before == = ]]; then
    before="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W "${names} help" -- "$current"))
    return
  fi
  case "$command \${COMP_WORDS[2]}" in
    ${inFamilies(commands, '"')}) ((COMP_CWORD > 2)) && command="$command \${COMP_WORDS[2]}" ;;
  esac
  case "$command $COMP_CWORD" in
${second.join('\n')}
  esac
  case "$command $before" in
${values.join('\n')}
    "completion completion") words="${shells.join(' ')}" ;;
    "help help") words="${names}" ;;
  esac
  if [[ -z $words && $current == -* ]]; then
    case "$command" in
${options.map((line) => `  ${line}`).join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _gitpact gitpact
`;
}

/** The names of two words, as alternatives of a shell's `case`. */
function inFamilies(commands: readonly Command[], quote: string): string {
  const names = commands.flatMap(({ name }) => (name.includes(' ') ? [`${quote}${name}${quote}`] : []));
  return names.length > 0 ? names.join('|') : `${quote}${quote}`;
}

function zsh(commands: readonly Command[]): string {
  const named = single(commands).map(
    ({ name, about }) => `    ${quoted(`${name}:${about.replaceAll(':', '\\:')}`)}`,
  );
  const cases = commands.map((command) => {
    const options = told(command).flatMap(([name, option]) => {
      const about = option.about.replace(/[[\]:\\]/g, '\\$&');
      const value = takesValue(option)
        ? `:value:${option.choices ? `(${option.choices.join(' ')})` : '_files'}`
        : '';
      const flags = [`--${name}${value && '='}`, ...(option.short ? [`-${option.short}`] : [])];
      return flags.map((flag) => quoted(`*${flag}[${about}]${value}`));
    });
    const [, members] = families(commands).find(([family]) => family === command.name) ?? [];
    const words = command.name === 'completion' ? shells.join(' ') : members;
    const rest = words === undefined ? '*:file:_files' : `*:word:(${words})`;
    return `    '${command.name}') _arguments ${[...options, quoted(rest)].join(' \\\n      ')} ;;`;
  });
  return `#compdef gitpact
# source <(gitpact completion zsh), after compinit; or the file _gitpact in a folder of $fpath
_gitpact() {
  local -a commands
  commands=(
${named.join('\n')}
    'help:Show how a command is called'
  )
  if (( CURRENT == 2 )) || [[ "\${words[2]}" == help ]]; then
    _describe command commands
    return
  fi
  local command="\${words[2]}"
  shift words
  (( CURRENT-- ))
  case "$command \${words[2]}" in
    ${inFamilies(commands, "'")})
      if (( CURRENT > 2 )); then
        command="$command \${words[2]}"
        shift words
        (( CURRENT-- ))
      fi ;;
  esac
  case "$command" in
${cases.join('\n')}
  esac
}
if [[ "\${funcstack[1]}" == _gitpact ]]; then _gitpact "$@"; else compdef _gitpact gitpact; fi
`;
}

function fish(commands: readonly Command[]): string {
  // Fish sees words anywhere: those that are second ones elsewhere are a command only where no family is.
  const all = families(commands).map(([family]) => family);
  const isMember = (name: string) => families(commands).some(([, words]) => words.split(' ').includes(name));
  const seen = (name: string) => {
    const words = name.split(' ').map((word) => `__fish_seen_subcommand_from ${word}`);
    const no = isMember(name) ? [`not __fish_seen_subcommand_from ${all.join(' ')}`] : [];
    return [...words, ...no].join('; and ');
  };
  const lines = commands.flatMap((command) => {
    const inside = `complete -c gitpact -n '${seen(command.name)}'`;
    const options = told(command).map(([name, option]) => {
      const short = option.short ? ` -s ${option.short}` : '';
      const values = option.choices ? ` -f -a ${quoted(option.choices.join(' '))}` : '';
      return `${inside} -l ${name}${short}${takesValue(option) ? ' -r' : ''}${values} -d ${quoted(option.about)}`;
    });
    const [family, member] = command.name.split(' ');
    const where = member === undefined ? '__fish_use_subcommand' : quoted(seen(`${family}`));
    return [
      `complete -c gitpact -f -n ${where} -a ${member ?? family} -d ${quoted(command.about)}`,
      ...options,
    ];
  });
  const names = single(commands).map(({ name }) => name);
  const own = [
    `complete -c gitpact -f -n '__fish_seen_subcommand_from completion' -a ${quoted(shells.join(' '))}`,
    "complete -c gitpact -f -n __fish_use_subcommand -a help -d 'Show how a command is called'",
    `complete -c gitpact -f -n '__fish_seen_subcommand_from help' -a ${quoted(names.join(' '))}`,
  ];
  return `# gitpact completion fish | source\n${[...lines, ...own].join('\n')}\n`;
}

/** In single quotes, as all three shells read them. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
