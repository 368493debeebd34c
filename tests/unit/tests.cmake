# Unit tests that need more than their own file.
# names_pack tests the packing tool, which is no part of the library.
file(GLOB PACK_SOURCES ${CMAKE_SOURCE_DIR}/src/names/pack/*.c)
list(FILTER PACK_SOURCES EXCLUDE REGEX "/main\\.c$")
target_sources(unit_names_pack PRIVATE ${PACK_SOURCES})
# documents_office makes archives, where there is libarchive.
target_compile_definitions(unit_documents_office PRIVATE NG_WITH_ARCHIVE=$<BOOL:${ARCHIVE_FOUND}>)
# documents_pdf starts the program that reads PDF, where it is built.
target_compile_definitions(unit_documents_pdf PRIVATE
  NG_TEST_PDF_PROGRAM="${CMAKE_BINARY_DIR}/nergraph-pdf")
if(TARGET nergraph-pdf)
  add_dependencies(unit_documents_pdf nergraph-pdf)
endif()
