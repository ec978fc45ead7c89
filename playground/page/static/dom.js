// Elements made by hand. Text only ever becomes text nodes, so nothing that anybody wrote can turn into markup.

let made = 0;

export function freshId(prefix = "x") {
  made += 1;
  return `${prefix}-${made}`;
}

export function el(tag, props = {}, ...children) {
  const node = tag === "svg" || props.svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(node, name, value);
  append(node, children);
  return node;
}

function set(node, name, value) {
  if (name === "svg" || value === undefined || value === null || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "value" || name === "checked" || name === "disabled" || name === "selected") node[name] = value;
  else node.setAttribute(name === "class" ? "class" : name, value === true ? "" : String(value));
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

export function fill(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

export function button(label, onclick, props = {}) {
  return el("button", { type: "button", onclick, ...props }, label);
}

export function byId(id) {
  return document.getElementById(id);
}

// Only addresses that open something harmless; anything else stays words.
export function safeUrl(written) {
  try {
    const url = new URL(written);
    return ["http:", "https:", "mailto:", "tel:"].includes(url.protocol) ? url.href : "";
  } catch {
    return "";
  }
}

export function link(written, ...children) {
  const href = safeUrl(written);
  if (!href) return el("span", {}, ...children);
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

export function announce(words) {
  byId("say").textContent = words;
}

let hiding = 0;

export function complain(words) {
  const toast = byId("toast");
  toast.textContent = words;
  toast.classList.add("shown");
  clearTimeout(hiding);
  hiding = setTimeout(() => toast.classList.remove("shown"), 8000);
}
