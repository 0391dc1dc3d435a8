// A row of a list of facts: what it is, and what is said of it.

export function fact(name, value) {
  const [row, term, detail] = ["div", "dt", "dd"].map((tag) => document.createElement(tag));
  term.textContent = name;
  detail.textContent = value;
  row.append(term, detail);
  return row;
}
