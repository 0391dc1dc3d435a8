// Scanners type like a keyboard and press Enter. Wherever the focus stands, a scan reaches the
// field for the code, and never presses the button that happens to have the focus.

import { byId } from "./dom.js";

/** A scanner's characters and its Enter follow one another faster than this; no hand does. */
const SCAN_GAP_MS = 120;
/** Fewer characters are no card. */
const SCAN_CHARACTERS_MIN = 6;

let typed = "";
let typedAt = -Infinity;

const takesText = (element) => element instanceof HTMLInputElement
  && !["checkbox", "radio", "button"].includes(element.type);

/** Calls `scanned(text)` for a scan that met an open dialog. */
export function watch(scanned) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || takesText(event.target)) return;
    const dialog = document.querySelector("dialog[open]");
    if (event.key === "Enter") {
      const scan = event.timeStamp - typedAt < SCAN_GAP_MS ? typed : "";
      typed = "";
      if (scan.length < SCAN_CHARACTERS_MIN) return;
      event.preventDefault();
      event.stopPropagation();
      scanned(scan);
    } else if (event.key.length === 1 && event.key !== " ") {
      if (!dialog) return toCode();
      typed = event.timeStamp - typedAt < SCAN_GAP_MS ? typed + event.key : event.key;
      typedAt = event.timeStamp;
    }
    return undefined;
  }, { capture: true });
}

/** The character being typed goes into the field for the code. */
function toCode() {
  const code = byId("code");
  if (code.offsetParent === null) return;
  code.focus();
  code.select();
}
