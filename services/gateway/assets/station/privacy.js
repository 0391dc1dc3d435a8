// A resident's data doesn't stay on a screen that nobody uses.

/** Long enough to fetch a bag of rice, too short to be read by the next in the queue. */
const IDLE_MS = 120_000;
const LOOK_MS = 1_000;

let touchedAt = Date.now();

/** Calls `idle()` once nobody has touched the page for so long, for as long as `shown()`. */
export function watch(shown, idle) {
  for (const event of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) {
    document.addEventListener(event, () => { touchedAt = Date.now(); }, { capture: true, passive: true });
  }
  const look = () => {
    if (!shown()) touchedAt = Date.now();
    else if (Date.now() - touchedAt > IDLE_MS) idle();
  };
  setInterval(look, LOOK_MS);
  // A tablet that slept has had no timer: look before anything is seen.
  document.addEventListener("visibilitychange", look);
}
