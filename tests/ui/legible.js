// Every text on the page whose contrast with what lies behind it is below 4.5:1, icons left out.
() => {
  const channels = colour => {
    const found = colour.match(/[\d.]+/g).map(Number);
    const scale = colour.startsWith("color(") ? 255 : 1;
    return [found[0] * scale, found[1] * scale, found[2] * scale, found[3] === undefined ? 1 : found[3]];
  };
  const over = (front, back) => [0, 1, 2].map(i => front[i] * front[3] + back[i] * (1 - front[3]));
  const luminance = colour => {
    const [r, g, b] = colour.map(x => (x / 255 <= 0.03928 ? x / 255 / 12.92 : ((x / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const parents = element => (element ? [...parents(element.parentElement), element] : []);
  const bad = {};
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    const said = walk.currentNode.textContent.trim();
    if (!said || ["SCRIPT", "STYLE", "NOSCRIPT"].includes(element.tagName)) continue;
    const style = getComputedStyle(element);
    const icon = style.fontFamily.includes("Material Symbols");
    const box = element.getBoundingClientRect();
    if (icon || !box.width || !box.height || style.visibility === "hidden") continue;
    if (element.closest("[disabled], [aria-disabled=true]")) continue;
    const chain = parents(element);
    const opacity = chain.reduce((all, one) => all * parseFloat(getComputedStyle(one).opacity), 1);
    if (opacity < 0.05) continue;
    const back = chain.reduce((all, one) => over(channels(getComputedStyle(one).backgroundColor), all), [255, 255, 255]);
    const front = channels(style.color);
    const [low, high] = [luminance(over([...front.slice(0, 3), front[3] * opacity], back)), luminance(back)].sort(
      (a, b) => a - b
    );
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 4.5) bad[said.slice(0, 60)] = ratio.toFixed(2);
  }
  return bad;
};
