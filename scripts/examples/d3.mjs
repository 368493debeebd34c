// Reads a graph of nergraph and lays it out with D3's forces; writes an SVG picture.
//
//     npm install d3-force
//     nergraph graph article.txt -o net.json
//     node d3.mjs net.json net.svg
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

// In a page this is simply: import * as d3 from "https://cdn.jsdelivr.net/npm/d3-force@3/+esm"
const d3 = await import(pathToFileURL(createRequire(import.meta.url).resolve("d3-force")));

const colours = { person: "#D9772B", country: "#2F6DB5", place: "#3E9A6B", organization: "#8A5BB0", people: "#B04A6E" };
const { nodes, links } = JSON.parse(readFileSync(process.argv[2], "utf-8"));
d3.forceSimulation(nodes)
  .force("link", d3.forceLink(links).id((node) => node.id).distance(90))
  .force("charge", d3.forceManyBody().strength(-250))
  .force("x", d3.forceX().strength(0.05))
  .force("y", d3.forceY().strength(0.08))
  .stop()
  .tick(300);

const escape = (text) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
const xs = nodes.map((node) => node.x), ys = nodes.map((node) => node.y);
const [left, top] = [Math.min(0, ...xs) - 80, Math.min(0, ...ys) - 30];
const [width, height] = [Math.max(0, ...xs) + 80 - left, Math.max(0, ...ys) + 30 - top];
const lines = links.map(({ source, target, weight }) => `<line x1="${source.x}" y1="${source.y}" x2="${target.x}" ` +
  `y2="${target.y}" stroke="#5B6B7C" stroke-opacity="0.5" stroke-width="${Math.sqrt(weight)}"/>`);
const dots = nodes.map((node) => `<circle cx="${node.x}" cy="${node.y}" r="${4 + 2 * Math.sqrt(node.strength)}" ` +
  `fill="${colours[node.kind]}"/><text x="${node.x}" y="${node.y - 10}" text-anchor="middle" font-family="sans-serif" ` +
  `font-size="11">${escape(node.label)}</text>`);
writeFileSync(process.argv[3], `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}">\n` +
  [...lines, ...dots].join("\n") + "\n</svg>\n");
console.log(`${nodes.length} actors, ${links.length} ties`);
