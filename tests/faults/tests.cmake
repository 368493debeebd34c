add_test(NAME faults_command_line COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/faults/command_line.py --program $<TARGET_FILE:nergraph>)
