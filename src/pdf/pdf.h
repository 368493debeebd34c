/* Shared by the files of nergraph-pdf. */
#ifndef NG_PDF_H
#define NG_PDF_H

#include <poppler.h>
#include <stdbool.h>

/* page.c: appends the text of a page, its lines joined to paragraphs that a blank line parts. */
void pdf_add_page(PopplerPage *page, GString *text);

#endif
