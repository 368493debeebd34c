// What graphology, Cytoscape.js and D3 read from one of our files. usage: node read_node.js TOOL FORMAT FILE (prints one
// JSON object; NODE_PATH names the folder of the packages)
"use strict";
const fs = require("fs");

const [tool, how, path] = process.argv.slice(2);
const text = fs.readFileSync(path, "utf-8");
const first = (data) => data.first || "";

const readers = {
  graphology() {
    const Graph = require("graphology");
    const parse = require(how === "gexf" ? "graphology-gexf" : "graphology-graphml").parse;
    const graph = parse(Graph, text);
    return {
      nodes: graph.mapNodes((id, data) => [id, data.label, data.kind, first(data)]),
      edges: graph.mapEdges((id, data, a, b) => [a, b, data.weight, first(data)]),
    };
  },
  cytoscape() {
    const cytoscape = require("cytoscape");
    const graph = cytoscape({ headless: true, ...JSON.parse(text) });
    return {
      nodes: graph.nodes().map((node) => [node.id(), node.data("label"), node.data("kind"), first(node.data())]),
      edges: graph.edges().map((edge) => [edge.data("source"), edge.data("target"), edge.data("weight"), first(edge.data())]),
    };
  },
  async d3() {
    const d3 = await import(require.resolve("d3-force"));
    const { nodes, links } = JSON.parse(text);
    d3.forceSimulation(nodes).force("link", d3.forceLink(links).id((node) => node.id)).stop();
    return {
      nodes: nodes.map((node) => [node.id, node.label, node.kind, first(node)]),
      edges: links.map((link) => [link.source.id, link.target.id, link.weight, first(link)]),
    };
  },
};

Promise.resolve(readers[tool]()).then((read) => process.stdout.write(JSON.stringify(read) + "\n"));
