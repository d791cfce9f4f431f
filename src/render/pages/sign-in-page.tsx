/**
 * What a browser shows when nobody signed in. It loads nothing: all else is refused as well, and the browser would ask for
 * credentials again for each.
 */
export function renderSignIn(): string {
  const document = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Sign in · gitpact</title>
      </head>
      <body>
        <main>
          <h1>Sign in</h1>
          <p>This server shows its contracts to who signs in, with a name and a password or a token.</p>
          <p>Load the page again to try once more. Whoever runs the server knows the credentials.</p>
        </main>
      </body>
    </html>
  );
  return `<!doctype html>\n${document}\n`;
}
