# Inputs that make naive code quadratic; each ends within a generous limit, nothing is timed.
add_test(NAME slow_input_long_line COMMAND ${Python3_EXECUTABLE}
  ${CMAKE_CURRENT_SOURCE_DIR}/slow_input/long_line.py --program $<TARGET_FILE:nergraph>)
set_tests_properties(slow_input_long_line PROPERTIES TIMEOUT 600)
