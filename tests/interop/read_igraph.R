# What R's igraph reads from one of our files. usage: Rscript read_igraph.R FORMAT FILE OUT (tab-separated lines: n id label
# kind first, e id id weight first; \t \n \r \0 and backslash in texts are written as \x09 ... \x5c)
suppressMessages(library(igraph))
arguments <- commandArgs(trailingOnly = TRUE)
how <- arguments[1]
path <- arguments[2]
options(digits = 17, scipen = 100)

text <- function(x, count) {
  if (is.null(x)) return(rep("", count))
  x[is.na(x)] <- ""
  x <- enc2utf8(as.character(x))
  x <- gsub("\\", "\\x5c", x, fixed = TRUE)
  x <- gsub("\t", "\\x09", x, fixed = TRUE)
  x <- gsub("\n", "\\x0a", x, fixed = TRUE)
  gsub("\r", "\\x0d", x, fixed = TRUE)
}

if (how == "csv") {
  table <- function(name) read.csv(name, encoding = "UTF-8", colClasses = "character", check.names = FALSE,
                                   na.strings = character(), skipNul = FALSE)
  nodes <- table(sub(".csv", "-nodes.csv", path, fixed = TRUE))
  edges <- table(path)
  graph <- graph_from_data_frame(data.frame(edges$Source, edges$Target, weight = as.numeric(edges$Weight),
                                            first = edges$first, stringsAsFactors = FALSE),
                                 directed = FALSE,
                                 vertices = data.frame(name = nodes$Id, label = nodes$Label, kind = nodes$kind,
                                                       first = nodes$first, stringsAsFactors = FALSE))
  ids <- V(graph)$name
  labels <- V(graph)$label
} else {
  graph <- read_graph(path, format = c(net = "pajek", graphml = "graphml", gml = "gml")[[how]])
  ids <- switch(how, graphml = V(graph)$id, gml = V(graph)$actor, net = V(graph)$id)
  labels <- if (how == "net") V(graph)$id else V(graph)$label
}
count <- vcount(graph)
out <- character()
if (count > 0) {
  out <- paste("n", text(ids, count), text(labels, count), text(V(graph)$kind, count), text(V(graph)$first, count), sep = "\t")
}
if (ecount(graph) > 0) {
  pairs <- ends(graph, E(graph), names = FALSE)
  out <- c(out, paste("e", text(ids[pairs[, 1]], 0), text(ids[pairs[, 2]], 0), format(E(graph)$weight, digits = 17,
                      trim = TRUE), text(E(graph)$first, ecount(graph)), sep = "\t"))
}
con <- file(arguments[3], open = "wb")
writeLines(enc2utf8(out), con, useBytes = TRUE)
close(con)
