// Reads a graph of nergraph with Cytoscape.js and asks who is nearest to the strongest actor.
//
//     npm install cytoscape
//     nergraph graph article.txt -o net.cyjs
//     node cytoscape.cjs net.cyjs
const { readFileSync } = require("node:fs");
const cytoscape = require("cytoscape");

// In a page: cytoscape({ container: document.getElementById("net"), layout: { name: "cose" }, ...file })
const file = JSON.parse(readFileSync(process.argv[2], "utf-8"));
const graph = cytoscape({ headless: true, ...file });
const strongest = graph.nodes().max((node) => node.data("strength")).ele;
console.log(`${graph.nodes().length} actors, ${graph.edges().length} ties; strongest: ${strongest.data("label")}`);
strongest.connectedEdges().sort((a, b) => b.data("weight") - a.data("weight")).slice(0, 5).forEach((edge) => {
  const other = edge.connectedNodes().difference(strongest);
  console.log(`  ${other.data("label")}: ${edge.data("weight")}`);
});
