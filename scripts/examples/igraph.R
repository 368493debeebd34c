# Reads a graph of nergraph with R's igraph, ranks the actors, draws them.
#
#     nergraph graph article.txt -o net.graphml
#     Rscript igraph.R net.graphml net.pdf
library(igraph)
arguments <- commandArgs(trailingOnly = TRUE)

graph <- read_graph(arguments[1], format = "graphml")
graph <- delete_vertices(graph, which(degree(graph) == 0))
best <- order(-V(graph)$strength)
best <- best[seq_len(min(5, length(best)))]
print(data.frame(name = V(graph)$label, kind = V(graph)$kind, strength = V(graph)$strength)[best, ], row.names = FALSE)

colours <- c(person = "#D9772B", country = "#2F6DB5", place = "#3E9A6B", organization = "#8A5BB0", people = "#B04A6E")
set.seed(1)
pdf(arguments[2], width = 11, height = 8)
plot(graph, layout = layout_with_fr(graph, weights = E(graph)$weight), vertex.label = V(graph)$label,
     vertex.color = colours[V(graph)$kind], vertex.size = 4 + 2 * sqrt(V(graph)$strength), vertex.label.color = "black",
     vertex.label.family = "sans", edge.width = sqrt(E(graph)$weight), edge.color = "#5B6B7C88")
invisible(dev.off())
