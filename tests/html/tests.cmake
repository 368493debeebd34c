# html_text prints what is read from a page; score.py compares it with what a person would keep.
add_executable(html_text ${CMAKE_CURRENT_SOURCE_DIR}/html/html_text.c
  $<TARGET_OBJECTS:nergraph_objects>)
target_include_directories(html_text PRIVATE ${CMAKE_SOURCE_DIR}/src)
target_link_libraries(html_text PRIVATE nergraph_objects)
set_target_properties(html_text PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
add_test(NAME html_pages COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/html/score.py
  $<TARGET_FILE:html_text> ${CMAKE_CURRENT_SOURCE_DIR}/html/pages)
set_tests_properties(html_pages PROPERTIES TIMEOUT 120)
