// A page on which something is looked up by its code: typed, or printed after the page's address.

/**
 * Asks `address` for the code in the form, and tells what came of it: `{ found }`, or `{ failed }`,
 * which is false where there is no such thing.
 */
export function byCode(address, tell) {
  const field = document.getElementById("code");
  async function ask() {
    const code = field.value.trim().toUpperCase();
    if (code === "") return;
    let told = { failed: true };
    try {
      const answer = await fetch(`${address}/${encodeURIComponent(code)}`);
      told = answer.ok ? { found: await answer.json() } : { failed: answer.status >= 500 };
    } catch {
      // No answer, or none that can be read.
    }
    tell(told);
  }
  document.getElementById("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  const given = location.hash.slice(1);
  if (given === "") return;
  field.value = given;
  ask();
}
