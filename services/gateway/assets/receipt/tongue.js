// The language of a page: Chinese or English, chosen once and kept.

/** `words` has for each name a pair, each a text or a function of what it tells. */
export function tongue(page, words) {
  const kept = `linli.${page}.language`;
  let language = localStorage.getItem(kept) ?? (navigator.language.startsWith("zh") ? "zh" : "en");
  const inChinese = () => language === "zh";
  return {
    language: () => language,
    locale: () => (inChinese() ? "zh-CN" : "en-GB"),

    word(name, told) {
      const found = words[name][inChinese() ? 0 : 1];
      return typeof found === "function" ? found(told) : found;
    },

    /** Writes what stands on the page whatever it shows: title, labels, which language it is. */
    label() {
      document.documentElement.lang = inChinese() ? "zh-CN" : "en";
      document.title = inChinese() ? `邻里 · ${this.word("title")}` : `Linli · ${this.word("title")}`;
      for (const element of document.querySelectorAll("[data-t]")) element.textContent = this.word(element.dataset.t);
      for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", this.word(element.dataset.label));
      for (const button of document.querySelectorAll("[data-language]")) {
        button.setAttribute("aria-pressed", String(button.dataset.language === language));
      }
    },

    /** Lets the two buttons choose; `changed` draws the page anew. */
    choose(changed) {
      for (const button of document.querySelectorAll("[data-language]")) {
        button.addEventListener("click", () => {
          language = button.dataset.language;
          localStorage.setItem(kept, language);
          changed();
        });
      }
    },
  };
}
