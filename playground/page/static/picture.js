// A picture in a block or beside one: from the web, or a file of the workspace.

import { el, safeUrl } from "./dom.js";

export function image(picture, size) {
  const source = picture.image_url ? safeUrl(picture.image_url) : picture.slack_file?.id ? `/page/file/${encodeURIComponent(picture.slack_file.id)}` : safeUrl(picture.slack_file?.url ?? "");
  return el("img", { class: `picture ${size}`, src: source, alt: picture.alt_text ?? "", loading: "lazy" });
}
