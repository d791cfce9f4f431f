import { type Frame, type Markup, page } from './page.ts';

/** `/hal-browser/browser.html#PATH`: the API browser (ui.md §7); its script does everything. */
export const explorerPage = page<true>({
  path: '/hal-browser/browser.html',
  question: () => true,
  title: () => 'API browser',
  component: Explorer,
});

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const types = ['application/hal+json', 'text/plain', 'text/csv', 'text/vnd.graphviz', '*/*'] as const;

function Explorer({ frame }: { readonly frame: Frame }): Markup {
  return (
    <>
      <h1>API browser</h1>
      <noscript>
        <p class="problem">
          The API browser needs scripts. The API itself does not: <code>curl</code> it, beginning with{' '}
          <code>/</code>, with <code>Accept: application/hal+json</code>.
        </p>
      </noscript>
      <div data-explorer hidden>
        <form class="request">
          <label class="field">
            <span>Method</span>
            <select name="method">
              {methods.map((method) => (
                <option>{method}</option>
              ))}
            </select>
          </label>
          <label class="field wide">
            <span>Path</span>
            <input name="url" value="/" autocomplete="off" spellcheck={false} />
          </label>
          <label class="field">
            <span>Accept</span>
            <select name="accept">
              {types.map((type) => (
                <option>{type}</option>
              ))}
            </select>
          </label>
          <button type="submit">Send</button>
          <label class="field body" data-body hidden>
            <span>Body (JSON)</span>
            <textarea name="body" rows={8} spellcheck={false} />
          </label>
        </form>
        <div data-answer aria-live="polite" />
      </div>
      <script src={frame.links.asset('explorer.js')} defer />
    </>
  );
}
