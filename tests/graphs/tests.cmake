add_test(NAME graphs_reference COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/graphs/reference.py --program $<TARGET_FILE:nergraph>)
