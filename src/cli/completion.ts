import { type Command, commonOptions, type Option } from './command.ts';

/** The shells that completion is made for. */
export const shells = ['bash', 'zsh', 'fish'] as const;

/** One of {@link shells}. */
export type Shell = (typeof shells)[number];

/** The script that teaches a shell every command, its options and the values these take. */
export function completionFor(shell: Shell, commands: readonly Command[]): string {
  return { bash, zsh, fish }[shell](commands);
}

function told({ options }: Command): [name: string, option: Option][] {
  return Object.entries({ ...options, ...commonOptions } as Readonly<Record<string, Option>>);
}

function takesValue({ type }: Option): boolean {
  return type !== 'flag';
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
      `    ${command.name}) words="${told(command)
        .map(([name]) => `--${name}`)
        .join(' ')}" ;;`,
  );
  return `# eval "$(gitpact completion bash)"
_gitpact() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(' ')} help" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]} $before" in
${values.join('\n')}
    "completion completion") words="${shells.join(' ')}" ;;
    "help help") words="${commands.map(({ name }) => name).join(' ')}" ;;
  esac
  if [[ -z $words && $current == -* ]]; then
    case "\${COMP_WORDS[1]}" in
${options.map((line) => `  ${line}`).join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _gitpact gitpact
`;
}

function zsh(commands: readonly Command[]): string {
  const named = commands.map(({ name, about }) => `    ${quoted(`${name}:${about.replaceAll(':', '\\:')}`)}`);
  const cases = commands.map((command) => {
    const options = told(command).map(([name, option]) => {
      const about = option.about.replace(/[[\]:\\]/g, '\\$&');
      const values = option.choices ? `(${option.choices.join(' ')})` : '_files';
      return quoted(
        `*--${name}${takesValue(option) ? '=' : ''}[${about}]${takesValue(option) ? `:value:${values}` : ''}`,
      );
    });
    const rest = command.name === 'completion' ? `*:shell:(${shells.join(' ')})` : '*:file:_files';
    return `    ${command.name}) _arguments ${[...options, quoted(rest)].join(' \\\n      ')} ;;`;
  });
  return `#compdef gitpact
# source <(gitpact completion zsh)
_gitpact() {
  local -a commands
  commands=(
${named.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command="\${words[2]}"
  shift words
  (( CURRENT-- ))
  case "$command" in
${cases.join('\n')}
  esac
}
compdef _gitpact gitpact
`;
}

function fish(commands: readonly Command[]): string {
  const lines = commands.flatMap((command) => {
    const inside = `complete -c gitpact -n '__fish_seen_subcommand_from ${command.name}'`;
    const options = told(command).map(([name, option]) => {
      const short = option.short ? ` -s ${option.short}` : '';
      const values = option.choices ? ` -f -a ${quoted(option.choices.join(' '))}` : '';
      return `${inside} -l ${name}${short}${takesValue(option) ? ' -r' : ''}${values} -d ${quoted(option.about)}`;
    });
    return [
      `complete -c gitpact -f -n __fish_use_subcommand -a ${command.name} -d ${quoted(command.about)}`,
      ...options,
    ];
  });
  const own = `complete -c gitpact -f -n '__fish_seen_subcommand_from completion' -a ${quoted(shells.join(' '))}`;
  return `# gitpact completion fish | source\n${lines.join('\n')}\n${own}\n`;
}

/** In single quotes, as all three shells read them. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
