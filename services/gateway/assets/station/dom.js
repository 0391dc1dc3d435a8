// Making and changing what stands on the page. Text is set as text, never as markup.

export const byId = (id) => document.getElementById(id);

/** An element: `el("button", { class: "primary", type: "button", on: { click } }, "Redeem")`. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") {
      for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Puts new content in the place of the old; the focus stays on what bears the same `data-focus`. */
export function redraw(container, ...children) {
  const focused = container.contains(document.activeElement) ? document.activeElement : null;
  const name = focused?.dataset.focus;
  container.replaceChildren(...children.flat().filter(Boolean));
  if (!name) return;
  const again = container.querySelector(`[data-focus="${CSS.escape(name)}"]`);
  if (again && !again.disabled) again.focus({ preventScroll: true });
}

/** A term and its value, for a `<dl>`. */
export function pair(term, value, attributes = {}) {
  return el("div", attributes, el("dt", {}, term), el("dd", {}, value));
}

/** Says something to those who can't see that it changed. */
export function speak(text) {
  byId("spoken").textContent = text;
}
