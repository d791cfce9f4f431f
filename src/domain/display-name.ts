/**
 * The name to show for a pacticipant or an environment that was given none (domain.md §1.3): words apart, each with a
 * capital first. `pact-broker-cli` → `Pact Broker Cli`, `HTTPServer` → `HTTP Server`.
 */
export function displayNameOf(name: string): string {
  return name
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/([a-z0-9])([A-Z][^ \t-\r])/g, '$1 $2')
    .replace(/([^ \t-\r])[-_. \t-\r]([^ \t-\r])/g, '$1 $2')
    .split(/[ \t-\r]+/)
    .filter((word) => word !== '')
    .map(capitalised)
    .join(' ');
}

function capitalised(word: string): string {
  return word
    .replace(/_+([a-z])/g, (_underscores, letter: string) => letter.toUpperCase())
    .replace(/^[a-z]/, (letter) => letter.toUpperCase());
}
