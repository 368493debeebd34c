add_test(NAME faults_command_line COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/faults/command_line.py --program $<TARGET_FILE:nergraph>)
if(NOT NERGRAPH_SANITIZE) # which needs more room than the test gives
  add_test(NAME faults_bombs COMMAND ${Python3_EXECUTABLE}
    ${CMAKE_CURRENT_SOURCE_DIR}/faults/bombs.py --program $<TARGET_FILE:nergraph>)
  set_tests_properties(faults_bombs PROPERTIES TIMEOUT 600)
endif()
