#!/usr/bin/env bash
# Makes the office documents and the book that the tests read out of office.md, by pandoc.
#
# usage: make_office.sh   (the files are in the repository; the day is fixed, so that it stays)
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
export SOURCE_DATE_EPOCH=1550736000 # 2019-02-21
for format in docx odt epub; do
    pandoc office.md --standalone -o "office.$format"
done
